"""Tables whose lines stand across the header, with one row of figures below: the printed form of ``disputes``."""

from __future__ import annotations

from gxtools.figures import is_figure, parse
from gxtools.grids import GridCell
from gxtools.reading.counting import place_across_by_count
from gxtools.reading.finds import LABELS, Doubt, Extra, TableFinds
from gxtools.reading.layout import LaidRow, is_value
from gxtools.reading.lexicon import TableLexicon
from gxtools.reading.sheets import Sheet


def read_across(sheet: Sheet, rows: list[LaidRow], lexicon: TableLexicon) -> TableFinds:
    """Lines across the header, columns below each, one row of figures: the printed form of ``disputes``."""
    finds = TableFinds(lexicon.form.id, lexicon.table.id)
    split = next((i for i, row in enumerate(rows) if i and _is_value_row(row, lexicon)), None)
    if split is None:
        return finds
    header, values = rows[:split], [row for row in rows[split:] if _is_value_row(row, lexicon)]
    width = values[0].extent
    pairs = _pairs_above(header, width, lexicon, spanless=sheet.grid.lines is not None)
    sound = width > 0 and all(row.extent == width for row in [*header, *values])
    # Blanks that fill up a header short of a cell hide that its labels slipped.
    sound = sound and not any(_is_under_blank(cell, header[-1]) for row in values for cell in row.cells)
    known = [pair for pair in pairs if pair is not None]
    labels = [lexicon.label(cell.text) for row in header for cell in _beginning(row)]
    if sound and known and len(set(known)) == len(known):
        for row in values:
            _place_across(sheet, row.cells, pairs, header, finds)
        return finds
    for row in values:
        cells = [cell for cell in row.cells if is_value(cell)]
        founds = [sheet.found(cell, LABELS) for cell in cells]
        sheet.weighed = True
        place_across_by_count(finds, lexicon, founds, labels)
    return finds


def _is_under_blank(cell: GridCell, lowest: LaidRow) -> bool:
    head = lowest.positions[cell.column]
    return is_figure(cell.text) and head is not None and not head.text.strip()


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
            above = [c.text for row in header if (c := row.positions[cell.column]) is not None]
            finds.extras.append(Extra("", above[-1] if above else "", cell.text, where, sheet.source(cell)))


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
    columns: list[str | None] = [None] * max(width, 0)
    for row in header:
        last: str | None = None
        for position, cell in enumerate(row.positions[: len(lines)]):
            if cell is None:
                continue
            label = lexicon.label(cell.text)
            if label.strong_line:
                lines[position] = last = label.lines[0]
            elif spanless and not cell.text.strip() and last is not None:
                lines[position] = last
            else:
                last = None
            columns[position] = label.column or columns[position]
    return [
        (line, column) if line is not None and column is not None else None
        for line, column in zip(lines, columns, strict=True)
    ]
