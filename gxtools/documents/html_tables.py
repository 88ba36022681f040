"""A table of a page to rows of cells: positions and spans by the table model of the HTML standard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from turbohtml import Element

from gxtools.documents.html_flow import cell_text, is_tidy, tidy
from gxtools.grids import GridCell

Rows = tuple[tuple[GridCell, ...], ...]

_DIGITS = re.compile(r"[ \t\n\r\f]*\+?([0-9]{1,9})")
_MOST_COLUMNS = 1000  # the standard's own limit of a span
_LONG_TEXT, _FEW_CELLS = 300, 12
# What a named tuple's own constructor does after sorting its arguments: a page has some 400 cells.
_grid_cell = partial(tuple.__new__, GridCell)


class TableTooWide(Exception):
    """The spans of a table add up to more columns than any form has."""


def read_rows(table: Element, spans: Mapping[Element, tuple[int, int]]) -> Rows:
    """The cells of a table without inner tables, row by row; the n-th row holds the cells that begin in it.

    The cells must all be ``td``; ``spans`` has the columns and rows of those that ask for more than one. They are cut
    to the table: a row span to its group of rows (``thead``, ``tbody``, ``tfoot``), a column span to the last column
    in which some cell begins.
    """
    rows: list[list[GridCell]] = []
    # The cells over several columns, by row and place in it: their spans are cut when all columns are known.
    wide: list[tuple[int, int]] = []
    for group in table:
        # A parsed table has no row outside a group: the parser opens one where the source has none.
        if isinstance(group, Element) and group.tag in ("tbody", "thead", "tfoot"):
            _read_group(group.select("tr"), spans, rows, wide)
    columns = 1 + max((row[-1].column for row in rows if row), default=0)
    for row, index in wide:
        cell = rows[row][index]
        if cell.column + cell.column_span > columns:
            rows[row][index] = cell._replace(column_span=columns - cell.column)
    return tuple(map(tuple, rows))


def _read_group(
    group: list[Element],
    spans: Mapping[Element, tuple[int, int]],
    rows: list[list[GridCell]],
    wide: list[tuple[int, int]],
) -> None:
    end = len(rows) + len(group)
    taken_until: list[int] = []  # for each column, the first row that is free again of the cells above
    for row, element in enumerate(group, start=len(rows)):
        elements = element.select("td")
        texts = _texts(element, elements)
        if len(texts) > _MOST_COLUMNS:
            raise TableTooWide
        cells: list[GridCell] = []
        rows.append(cells)
        column = 0
        for cell, text in zip(elements, texts, strict=True):
            while column < len(taken_until) and taken_until[column] > row:
                column += 1
            if cell not in spans:
                cells.append(_grid_cell((text, row, column, 1, 1)))
                column += 1
                continue
            if column >= _MOST_COLUMNS:
                raise TableTooWide
            column_span, row_span = spans[cell]
            column_span = min(column_span, _MOST_COLUMNS - column)
            row_span = min(row_span or end, end - row)
            if row_span > 1:
                taken_until.extend([0] * (column + column_span - len(taken_until)))
                for spanned in range(column, column + column_span):
                    taken_until[spanned] = max(taken_until[spanned], row + row_span)
            if column_span > 1:
                wide.append((row, len(cells)))
            cells.append(GridCell(text, row, column, row_span, column_span))
            column += column_span


def _texts(row: Element, cells: list[Element]) -> list[str]:
    """The text of each cell of a row. Where no cell holds two pieces of text there is nothing to part in them."""
    texts = [cell.text for cell in cells]
    pieces = [*row.stripped_strings]
    if pieces != [*filter(None, texts)]:
        texts = [tidy(text) for text in texts]
        if len(pieces) > len(texts) - texts.count(""):
            return [cell_text(cell) for cell in cells]
    elif is_tidy("".join(pieces)):
        return texts
    return [tidy(text) for text in texts]


def spans_of(cell: Element) -> tuple[int, int]:
    """The columns and rows that a cell asks for, as the standard reads them; 0 rows are all that are left."""
    return _span(cell, "colspan") or 1, _span(cell, "rowspan")


def _span(cell: Element, name: str) -> int:
    """The number that an attribute begins with; 1 where there is none."""
    value = cell.attr(name)
    match = _DIGITS.match(value) if value else None
    return int(match[1]) if match else 1


def is_layout(rows: Rows) -> bool:
    """Whether a table places text on the page rather than holding data.

    So it does with fewer than two filled cells, or where long text is nearly all it holds. A note below a table of
    figures, or a summary in a table of an index number, leaves it a table.
    """
    texts = [cell.text for row in rows for cell in row]
    filled = len(texts) - texts.count("")
    if filled < 2 or max(map(len, texts)) <= _LONG_TEXT:
        return filled < 2
    long = sum(len(text) for text in texts if len(text) > _LONG_TEXT)
    short = [len(text) for text in texts if 0 < len(text) <= _LONG_TEXT]
    return len(short) < _FEW_CELLS or long > 10 * sum(short)
