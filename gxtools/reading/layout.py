"""A grid with its spans laid out: for each row, the cells that it shows and the positions that they cover."""

from __future__ import annotations

import re

from gxtools.figures import is_cell
from gxtools.grids import Grid, GridCell

_DIGIT = re.compile(r"\d")

Row = list[GridCell | None]

# No table of a report covers so many positions: beyond, spans are a mistake or meant to exhaust memory.
_MOST_POSITIONS = 2_000_000


class LaidRow:
    """One row. ``positions`` holds the cell over each grid column as far as any is, null where none is between them;
    ``cells`` each of them once.

    ``extent`` is how many columns the row fills from the left without a hole; -1 where there is a hole. ``labelled``
    are the places in ``cells`` of those that bear a label of some form: whoever lays out the row fills it in.
    """

    __slots__ = ("cells", "extent", "labelled", "positions")

    def __init__(self, positions: Row) -> None:
        self.positions = positions
        self.extent = len(positions)
        cells: list[GridCell] = []
        last: GridCell | None = None
        for cell in positions:
            if cell is not last:
                if cell is None:
                    self.extent = -1
                else:
                    cells.append(cell)
                last = cell
        self.cells = cells
        self.labelled: list[int] = []


def lay_out(grid: Grid) -> list[LaidRow]:
    """The rows of a grid, none where its spans cover more positions than a table can have.

    Where two cells claim a position the later keeps it, as the source's own spans collide.
    """
    rows: list[Row] = [[] for _ in grid.rows]
    spanned = 0
    for line in grid.rows:
        for cell in line:
            _, row, column, row_span, column_span = cell
            if row_span == 1 and column_span == 1 and len(rows[row]) == column:
                rows[row].append(cell)
                continue
            end = column + column_span
            spanned += row_span * end
            if spanned > _MOST_POSITIONS:
                return []
            for covered in rows[row : row + row_span]:
                if len(covered) < end:
                    covered += [None] * (end - len(covered))
                covered[column:end] = [cell] * column_span
    return [LaidRow(row) for row in rows]


def width(grid: Grid) -> int:
    """The number of columns that the cells of a grid reach over."""
    return max((row[-1].column + row[-1].column_span for row in grid.rows if row), default=0)


def is_value(cell: GridCell) -> bool:
    """Whether a cell is one of those for figures: blank, or holding one, or digits that may be a damaged one."""
    return not cell.text.strip() or is_cell(cell.text) or _DIGIT.search(cell.text) is not None
