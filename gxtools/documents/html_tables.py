"""A table of a page to rows of cells: positions and spans by the table model of the HTML standard."""

from __future__ import annotations

import re

from turbohtml import Document as Tree
from turbohtml import Element

from gxtools.documents.html_flow import SPACE, cell_text, is_tidy, leave_lines, tidy
from gxtools.documents.spread_cells import with_gathered
from gxtools.documents.text import check_size
from gxtools.grids import GridCell

Rows = tuple[tuple[GridCell, ...], ...]

# Some editors write a span of 1 on every cell.
_OVER_COLUMNS = "td[colspan]:not([colspan='1'])"
_OVER_ROWS = "td[rowspan]:not([rowspan='1'])"
_DIGITS = re.compile(r"[ \t\n\r\f]*\+?([0-9]{1,9})")
_USUAL_SPANS = {str(number): number for number in range(1, 100)}
_MOST_COLUMNS = 1000  # the standard's own limit of a span
_LONG_TEXT, _FEW_CELLS = 300, 12
_new = tuple.__new__  # as a named tuple's own constructor does after sorting its arguments: a page has some 400 cells


class TableTooWide(Exception):
    """The spans of a table add up to more columns than any form has."""


class Spans:
    """The columns and rows of a page's cells that ask for more than one."""

    def __init__(self, tree: Tree, name: str) -> None:
        columns = {cell: _number(cell.attr("colspan")) or 1 for cell in tree.select(_OVER_COLUMNS)}
        rows = {cell: _number(cell.attr("rowspan")) for cell in tree.select(_OVER_ROWS)}
        self.asked = {cell: (columns.get(cell, 1), rows.get(cell, 1)) for cell in columns | rows}
        self._name = name
        self._given = 0

    def give(self, places: int) -> None:
        """Count places that are given to cells over several rows.

        Raises ``UnreadableDocument`` where they are more than the cells of any report.
        """
        self._given += places
        check_size(self._name, self._given, 0)


def read_rows(table: Element, spans: Spans) -> Rows | None:
    """The cells of a table without inner tables, row by row; the n-th row holds the cells that begin in it.

    None for a table that only lays out the page. All cells must be ``td``. Spans are cut to the table: a row span to
    its group of rows (``thead``, ``tbody``, ``tfoot``), a column span to the last column in which some cell begins.
    """
    rows: list[list[GridCell]] = []
    texts: list[str] = []
    # The cells over several columns, by row and place in it: their spans are cut when all columns are known.
    wide: list[tuple[int, int]] = []
    for group in table:
        # A parsed table has no row outside a group: the parser opens one where the source has none.
        if isinstance(group, Element) and group.tag in ("tbody", "thead", "tfoot"):
            texts += _read_group(group, spans, rows, wide)
    if _are_of_layout(texts):
        return None
    columns = 1 + max(row[-1].column for row in rows if row)
    for row, index in wide:
        cell = rows[row][index]
        if cell.column + cell.column_span > columns:
            rows[row][index] = cell._replace(column_span=columns - cell.column)
    return with_gathered(tuple(map(tuple, rows)))


def _read_group(group: Element, spans: Spans, rows: list[list[GridCell]], wide: list[tuple[int, int]]) -> list[str]:
    """Add a group's rows to those above, and its cells over several columns to ``wide``; the texts of its cells."""
    # ``find_all`` is three times as fast as ``select``, which reads its selector each time.
    elements = [row.find_all("td") for row in group.find_all("tr")]
    texts = _texts(group, elements)
    left = iter(texts)
    asked = spans.asked
    end = len(rows) + len(elements)
    taken_until: list[int] = []  # for each column, the first row that is free again of the cells above
    for row, cells in enumerate(elements, start=len(rows)):
        if len(cells) > _MOST_COLUMNS:
            raise TableTooWide
        made: list[GridCell] = []
        rows.append(made)
        column = 0
        for cell in cells:
            while column < len(taken_until) and taken_until[column] > row:
                column += 1
            if cell not in asked:
                made.append(_new(GridCell, (next(left), row, column, 1, 1)))
                column += 1
                continue
            if column >= _MOST_COLUMNS:
                raise TableTooWide
            column_span, row_span = asked[cell]
            column_span = min(column_span, _MOST_COLUMNS - column)
            row_span = min(row_span or end, end - row)
            if row_span > 1:
                spans.give(column_span * row_span)
                taken_until.extend([0] * (column + column_span - len(taken_until)))
                for each in range(column, column + column_span):
                    taken_until[each] = max(taken_until[each], row + row_span)
            if column_span > 1:
                wide.append((row, len(made)))
            made.append(_new(GridCell, (next(left), row, column, row_span, column_span)))
            column += column_span
    return texts


def _texts(group: Element, rows: list[list[Element]]) -> list[str]:
    """The text of each cell of a group of rows."""
    texts = _texts_of_one_piece(group, rows)
    if texts is None:
        leave_lines(group)  # in which figures of several pieces become one
        texts = _texts_of_one_piece(group, rows)
    return [cell_text(cell) for cells in rows for cell in cells] if texts is None else texts


def _texts_of_one_piece(group: Element, rows: list[list[Element]]) -> list[str] | None:
    """The texts, where none is in several pieces, so that there is nothing to part or to join; as in most tables."""
    texts = [cell.text for cells in rows for cell in cells]
    pieces = list(group.stripped_strings)
    whole = "".join(pieces)
    if whole != "".join(texts):
        texts = [text.strip(SPACE) for text in texts]  # markup may be laid out in lines of its own
        if whole != "".join(texts):
            return None
    if len(pieces) > len(texts) - texts.count(""):
        return None
    return texts if is_tidy(whole) else [tidy(text) for text in texts]


def _number(value: str | None) -> int:
    """The number that an attribute begins with; 1 where there is none."""
    if value is None:
        return 1
    if usual := _USUAL_SPANS.get(value):
        return usual
    match = _DIGITS.match(value)
    return int(match[1]) if match else 1


def is_layout(rows: Rows) -> bool:
    """Whether a table places text on the page rather than holding data.

    So it does with fewer than two filled cells, or where long text is nearly all it holds. A note below a table of
    figures, or a summary in a table of an index number, leaves it a table.
    """
    return _are_of_layout([cell.text for row in rows for cell in row])


def _are_of_layout(texts: list[str]) -> bool:
    filled = len(texts) - texts.count("")
    long = [len(text) for text in texts if len(text) > _LONG_TEXT]
    if filled < 2 or not long:
        return filled < 2
    short = [len(text) for text in texts if 0 < len(text) <= _LONG_TEXT]
    return len(short) < _FEW_CELLS or sum(long) > 10 * sum(short)
