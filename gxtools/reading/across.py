"""Tables whose lines stand across the header, with one row of figures below: the printed form of ``disputes``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxtools.figures import is_figure, parse
from gxtools.forms import LOST, label_keys
from gxtools.grids import GridCell
from gxtools.reading.bounds import has_strange_head
from gxtools.reading.counting import place_across_by_count, without_blank_end
from gxtools.reading.finds import LABELS, Doubt, Extra, TableFinds
from gxtools.reading.headers import ends_blank
from gxtools.reading.layout import LaidRow, is_value
from gxtools.reading.lexicon import NO_LABEL, TableLexicon
from gxtools.reading.sheets import Sheet


def read_across(sheet: Sheet, rows: list[LaidRow], lexicon: TableLexicon) -> TableFinds:
    """Lines across the header, columns below each, one row of figures: the printed form of ``disputes``."""
    finds = TableFinds(lexicon.form.id, lexicon.table.id)
    blocks = list(_blocks(rows, lexicon))
    # Heads without a line's label are another table's where a block with such labels is there.
    needs_line = any(_names_line(header, lexicon) for header, _ in blocks)
    for header, values in blocks:
        if needs_line and not _names_line(header, lexicon):
            _keep_beside(sheet, header, values, finds)
        else:
            _read_block(sheet, header, values, lexicon, finds)
    return finds


def _blocks(rows: list[LaidRow], lexicon: TableLexicon) -> Iterator[tuple[list[LaidRow], list[LaidRow]]]:
    """The headers with the rows of figures below each; a row of another table that has figures, with no header."""
    header: list[LaidRow] = []
    values: list[LaidRow] = []
    for row in rows:
        if header and _is_value_row(row, lexicon) and not (values and _is_of_another(row, values[0])):
            values.append(row)
            continue
        if values:
            yield header, values
            header, values = [], []
        if any(is_figure(cell.text) for cell in row.cells):
            yield [], [row]
            header = []
        else:
            header.append(row)
    if values:
        yield header, values


def _is_of_another(row: LaidRow, before: LaidRow) -> bool:
    """Whether a row with words among its figures is not as wide as the row of figures before it."""
    return row.extent != before.extent and not all(is_value(cell) for cell in row.cells)


def _names_line(header: list[LaidRow], lexicon: TableLexicon) -> bool:
    """Whether a header bears the label of a line or of a group of lines."""
    labels = [lexicon.label(cell.text) for row in header for cell in row.cells]
    return any(label.strong_line or label.group for label in labels)


def _keep_beside(sheet: Sheet, header: list[LaidRow], values: list[LaidRow], finds: TableFinds) -> None:
    """Keep the figures of a table that is none of the form's."""
    for cell in (cell for row in values for cell in row.cells):
        if parse(cell.text).state == "printed":
            finds.extras.append(_extra(sheet, header, cell))


def _read_block(
    sheet: Sheet, header: list[LaidRow], values: list[LaidRow], lexicon: TableLexicon, finds: TableFinds
) -> None:
    width = values[0].extent
    pairs = _pairs_above(header, width, lexicon, spanless=sheet.grid.lines is not None)
    sound = sheet.grid.aligned and width > 0 and all(row.extent == width for row in [*header, *values])
    # Blanks that fill up a header short of a cell hide that its labels slipped.
    sound = sound and bool(header) and not any(_is_astray(cell, pairs, header) for row in values for cell in row.cells)
    sound = sound and not _may_stand_twice(header, lexicon)
    known = [pair for pair in pairs if pair is not None]
    labels = [lexicon.label(cell.text) for row in header for cell in _beginning(row)]
    strange = has_strange_head(_words_among_heads(header, lexicon), lexicon.words)
    for row in values:
        if sound and known and len(set(known)) == len(known):
            _place_across(sheet, row.cells, pairs, header, finds)
            continue
        founds = [sheet.found(cell, LABELS) for cell in row.cells if is_value(cell)]
        founds = without_blank_end(founds) if header and ends_blank(header) else founds
        sheet.weighed = True
        place_across_by_count(finds, lexicon, founds, labels, strange=strange)


def _is_astray(cell: GridCell, pairs: list[tuple[str, str] | None], header: list[LaidRow]) -> bool:
    """Whether a figure stands under no head of the form, and the lowest above it is blank."""
    head = header[-1].positions[cell.column]
    return pairs[cell.column] is None and is_figure(cell.text) and head is not None and not head.text.strip()


def _may_stand_twice(header: list[LaidRow], lexicon: TableLexicon) -> bool:
    """Whether a head that lost characters may have been a line's label that stands there too."""
    texts = {cell.text for row in header for cell in _beginning(row)}
    lines = [key for text in texts if lexicon.label(text).strong_line for key in label_keys(text)]
    lost = [key for text in texts if lexicon.label(text) is NO_LABEL for key in label_keys(text) if LOST in key]
    patterns = [".+".join(map(re.escape, re.split(f"{re.escape(LOST)}+", key))) for key in lost]
    return any(re.fullmatch(pattern, line) for pattern in patterns for line in lines)


def _words_among_heads(header: list[LaidRow], lexicon: TableLexicon) -> Iterator[str]:
    """The texts of no label in rows that bear labels too."""
    for row in header:
        texts = [cell.text.strip() for cell in _beginning(row)]
        if any(lexicon.label(text) is not NO_LABEL for text in texts):
            yield from (text for text in texts if text and lexicon.label(text) is NO_LABEL)


def _beginning(row: LaidRow) -> list[GridCell]:
    """The cells of a row but those that a row above began."""
    first = max((cell.row for cell in row.cells), default=0)
    return [cell for cell in row.cells if cell.row == first]


def _place_across(
    sheet: Sheet,
    cells: list[GridCell],
    pairs: list[tuple[str, str] | None],
    header: list[LaidRow],
    finds: TableFinds,
) -> None:
    for cell in cells:
        span = pairs[cell.column : cell.column + cell.column_span]
        met = dict.fromkeys(pair for pair in span if pair is not None)
        if len(met) == 1:
            finds.add_at(next(iter(met)), sheet.found(cell, LABELS))
            continue
        where = sheet.where(cell)
        if met:
            finds.doubts += [Doubt(line, column, "merged_cell", cell.text, where) for line, column in met]
        elif parse(cell.text).state == "printed":
            finds.extras.append(_extra(sheet, header, cell))


def _extra(sheet: Sheet, header: list[LaidRow], cell: GridCell) -> Extra:
    above = [c.text for row in header for c in row.positions[cell.column : cell.column + 1] if c is not None]
    return Extra("", above[-1] if above else "", cell.text, sheet.where(cell), sheet.source(cell))


def _is_value_row(row: LaidRow, lexicon: TableLexicon) -> bool:
    """A row of figures, or one left blank, below the header."""
    cells = row.cells
    has_figure = any(is_figure(cell.text) for cell in cells)
    is_blank = bool(cells) and not any(cell.text.strip() for cell in cells)
    return (has_figure or is_blank) and not any(lexicon.label(cell.text).column for cell in cells)


def _pairs_above(
    header: list[LaidRow], width: int, lexicon: TableLexicon, spanless: bool
) -> list[tuple[str, str] | None]:
    """The line and the column whose labels stand above each grid column; null unless both do.

    ``spanless`` for a table in text, which shows a head over several columns as itself and blanks behind it.
    """
    lines: list[str | None] = [None] * max(width, 0)
    groups: list[str | None] = [None] * max(width, 0)
    columns: list[str | None] = [None] * max(width, 0)
    for row in header:
        last: str | None = None
        for position, cell in enumerate(row.positions[: len(lines)]):
            if cell is None:
                continue
            label = lexicon.label(cell.text)
            groups[position] = label.group or groups[position]
            if label.strong_line:
                lines[position] = last = label.lines[0]
            elif spanless and not cell.text.strip() and last is not None:
                lines[position] = last
            else:
                last = None
            columns[position] = label.column or columns[position]
    # 行政复议 below 行政诉讼 stands in the place of another line: no label of such a header says where it stands.
    own = {line.id: line.group for line in lexicon.table.lines}
    if any(line and group and own[line] != group for line, group in zip(lines, groups, strict=True)):
        return [None] * len(lines)
    return [
        (line, column) if line is not None and column is not None else None
        for line, column in zip(lines, columns, strict=True)
    ]
