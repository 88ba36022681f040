"""Tables that print their lines in several columns side by side: 统计指标 | 单位 | 统计数 twice and more."""

from __future__ import annotations

from gxtools.grids import GridCell
from gxtools.reading.layout import LaidRow
from gxtools.reading.lexicon import TableLexicon


def one_below_another(rows: list[LaidRow], lexicon: TableLexicon) -> list[LaidRow]:
    """The rows of such a table with the part of each row in the first column of lines, then those in the next.

    Only of a table with one column of figures, under a row that holds the same heads over each column of lines.
    """
    heads, period = next(((row, period) for row in rows if (period := _period(row, lexicon))), (None, 0))
    if heads is None:
        return rows
    return [_part(row, begin, period, heads.extent) for begin in range(0, heads.extent, period) for row in rows]


def _period(row: LaidRow, lexicon: TableLexicon) -> int:
    """After how many cells the heads of a row begin anew; 0 where they do not."""
    size = len(row.positions)
    if len(lexicon.columns) > 1 or row.extent != size or len(row.cells) != size:
        return 0
    texts = [cell.text.strip() for cell in row.cells]
    for period in range(2, size // 2 + 1):
        if size % period == 0 and texts == texts[:period] * (size // period):
            heads = sum(lexicon.label(text).column is not None for text in texts[:period])
            return period if heads == 1 and texts[0] else 0
    return 0


def _part(row: LaidRow, begin: int, period: int, width: int) -> LaidRow:
    """The cells of a row in one column of lines, with blank ones in the places before them.

    Of a row that is not as wide as the heads it cannot be told where its columns end: all up to the next label.
    """
    labelled = {id(row.cells[place]) for place in row.labelled}
    own = [cell if cell is None or cell.column >= begin else None for cell in row.positions[begin:]]
    if row.extent == width:
        own = own[:period]
    else:
        labels = [place for place, cell in enumerate(own) if id(cell) in labelled]
        own = own[: labels[1]] if len(labels) > 1 else own
    part = LaidRow([*(GridCell("", 0, column) for column in range(begin)), *own])
    part.labelled = [place for place, cell in enumerate(part.cells) if id(cell) in labelled]
    return part
