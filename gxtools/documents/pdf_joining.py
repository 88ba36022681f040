"""Ruled tables -> grids; the parts of one table on consecutive pages become one grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from gxtools.documents.pdf_bands import divide_bands
from gxtools.documents.pdf_paragraphs import NUMBERED, width_of_first
from gxtools.documents.pdf_tables import Cell, RuledTable
from gxtools.documents.pdf_text import join_lines, lines_of
from gxtools.documents.pdf_words import is_of_figure
from gxtools.figures import is_cell
from gxtools.grids import Grid, GridCell

# Of the size of the text: lines between columns on two pages are one when nearer; a line of a cell may go on in the
# next where it leaves less room, or less than the next word takes with the space at both sides of the cell, which is
# no wider, and is as long as the cell's others but for about that word.
_SAME_PLACE, _ROOM, _SPACE, _SHORTER = 0.6, 2.4, 1.0, 0.1

_COUNT_ALONE = re.compile(
    r"\d{1,2}[.．、]|[（(][一二三四五六七八九十]{1,3}[)）]"
)  # the item itself is on the next page

Columns = tuple[int, int]


class _Part(NamedTuple):
    """A page's part of a table. ``cut`` where its first row goes on the last one before; ``spliced`` are the first and
    last columns of cells that go on those above though their rows do not.
    """

    table: RuledTable
    cut: bool = False
    spliced: frozenset[Columns] = frozenset()


class JoinedTable:
    """A table in its parts on consecutive pages."""

    def __init__(self, table: RuledTable) -> None:
        self._parts = [_Part(table)]
        self._xs = table.xs

    def takes(self, table: RuledTable) -> bool:
        """Take in the table at the top of a page where it is the rest of this one; say whether it is."""
        last = self._parts[-1].table
        wider = max(self._xs, table.xs, key=len)
        both = (self._xs, table.xs)
        if table.page != last.page + 1 or any(_places(xs, wider, table.em) is None for xs in both):
            return False
        if heads := _repeated(self._parts[0].table, table):
            table = table.rows_between(heads, len(table.ys) - 1)
        self._parts = [_in_columns(part, wider) for part in self._parts]
        self._xs = wider
        last, table = self._parts[-1].table, _in_columns(_Part(table), wider).table
        if last.open_bottom and table.open_top:
            table = _divided(last, table)
        pairs = _pairs(last, table)
        self._parts.append(_Part(table, _is_cut(pairs, last, table), _spliced(pairs, last)))
        return True

    def grid(self, number: int) -> Grid:
        """The whole table."""
        rows: list[list[GridCell]] = []
        pages: list[int] = []
        for table, cut, spliced in self._parts:
            first = len(rows) - cut
            rows += ([] for _ in range(first + len(table.ys) - 1 - len(rows)))
            pages += [table.page] * (len(rows) - len(pages))
            for cell in table.cells:
                height, width = cell.bottom - cell.top, cell.right - cell.left
                placed = GridCell(cell.text, first + cell.top, cell.left, height, width)
                goes_on = cell.top == 0 and (cut or (cell.left, cell.right) in spliced)
                if not (goes_on and _joined_above(rows, placed, cut)):
                    rows[placed.row].append(placed)
        return Grid(number, tuple(map(tuple, rows)), pages=tuple(pages))


def _in_columns(part: _Part, xs: list[float]) -> _Part:
    """A part in the columns of the whole table, its cells divided where these tell several texts apart."""
    table = part.table
    places = _places(table.xs, xs, table.em)
    if places is None or len(table.xs) == len(xs):
        return part
    cells = [replace(cell, left=places[cell.left], right=places[cell.right]) for cell in table.cells]
    table = replace(table, xs=xs, cells=cells)
    divide_bands(table)
    return part._replace(table=table, spliced=frozenset((places[left], places[right]) for left, right in part.spliced))


def _divided(above: RuledTable, below: RuledTable) -> RuledTable:
    """The table below, its first row divided as the row above that it goes on, where it has no lines of its own."""
    row = [cell for cell in below.cells if cell.top == 0]
    if len(row) > 1:
        return below
    parts = [replace(row[0], left=left, right=right, words=[]) for left, right in sorted(_by_columns(_last_row(above)))]
    for word in row[0].words:
        part = next((p for p in parts if below.xs[p.left] <= word.left and word.right <= below.xs[p.right]), None)
        if part is None:
            return below
        part.words.append(word)
    return replace(below, cells=[*parts, *below.cells[1:]])


def _pairs(above: RuledTable, below: RuledTable) -> dict[Columns, tuple[Cell | None, Cell]]:
    """The cells of the first row with those of the last row above, by their columns."""
    last = _by_columns(_last_row(above))
    first = _by_columns(cell for cell in below.cells if cell.top == 0)
    return {columns: (last.get(columns), cell) for columns, cell in first.items()}


def _last_row(table: RuledTable) -> Iterator[Cell]:
    return (cell for cell in table.cells if cell.bottom == len(table.ys) - 1)


def _by_columns(cells: Iterable[Cell]) -> dict[Columns, Cell]:
    return {(cell.left, cell.right): cell for cell in cells}


def _repeated(first: RuledTable, table: RuledTable) -> int:
    """How many of the first rows of a part are the heads of the whole table over again; not all of them."""
    heads = reach = 0
    for row in range(min(len(first.ys), len(table.ys) - 1) - 1):
        own, other = ([cell for cell in held.cells if cell.top == row] for held in (first, table))
        if [_said(cell) for cell in own] != [_said(cell) for cell in other]:
            break
        if any(is_cell(cell.text) for cell in own if cell.words):
            break
        reach = max([reach, *(cell.bottom for cell in own)])
        heads = row + 1 if reach == row + 1 else heads
    return heads


def _said(cell: Cell) -> tuple[int, int, int, int, str]:
    return (cell.top, cell.left, cell.bottom, cell.right, cell.text)


def _is_cut(pairs: dict[Columns, tuple[Cell | None, Cell]], above: RuledTable, below: RuledTable) -> bool:
    """Whether the page cut a row: no line closes it, the text of its cells goes on, or an empty row is left of it."""
    matched = [(one, other) for one, other in pairs.values() if one is not None]
    if len(matched) < len(pairs):
        return False
    if above.open_bottom and below.open_top:
        return True
    if not any(cell.words for _, cell in matched):
        return len(below.ys) > 2  # a row of blanks that is the last may be the figures of a form left empty
    both = [(one, other) for one, other in matched if one.words and other.words]
    return bool(both) and all(_goes_on(above, one, other) for one, other in both)


def _spliced(pairs: dict[Columns, tuple[Cell | None, Cell]], above: RuledTable) -> frozenset[Columns]:
    """The cells over several rows, such as the label of a group, that go on those above."""
    found: set[Columns] = set()
    same = all(one is not None for one, _ in pairs.values())
    for columns, (one, other) in pairs.items():
        if (
            one is None
            or is_of_figure(one.text[-1:])
            or (same and one.bottom - one.top == other.bottom - other.top == 1)
        ):
            continue
        if one.open_bottom and other.open_top:
            goes_on = not is_of_figure(other.text)
        elif one.words and other.words:
            goes_on = _goes_on(above, one, other)
        else:
            goes_on = other.bottom - other.top > 1
        if goes_on:
            found.add(columns)
    return frozenset(found)


def _places(xs: Sequence[float], among: Sequence[float], em: float) -> list[int] | None:
    """Which of the lines ``among`` each line is; null where one is none of them, or an outer one is not outermost."""
    if xs is among:
        return list(range(len(xs)))
    places = [min(range(len(among)), key=lambda place: abs(among[place] - x)) for x in xs]
    near = all(abs(among[place] - x) <= _SAME_PLACE * em for place, x in zip(places, xs, strict=True))
    if not near or len(set(places)) != len(xs) or (places[0], places[-1]) != (0, len(among) - 1):
        return None
    return places


def _goes_on(table: RuledTable, cell: Cell, below: Cell) -> bool:
    """Whether the text of a cell goes on below: its last line has no room for more, and no new item begins there."""
    if is_of_figure(cell.text[-1] + below.text[0]) or NUMBERED.match(below.text):
        return False
    if _COUNT_ALONE.fullmatch(cell.text):
        return True
    lines = [*lines_of(cell.words), *lines_of(below.words)]
    widths = [line[-1].right - line[0].left for line in lines]
    last = widths[len(lines_of(cell.words)) - 1]
    size = cell.words[0].size
    room = table.xs[cell.right] - table.xs[cell.left] - last
    space = min(min(line[0].left for line in lines) - table.xs[cell.left], _SPACE * size)
    needed = width_of_first(below.text) * size
    return room <= max(_ROOM * size, needed + 2 * space) and last >= max(widths) - needed - _SHORTER * size


def _joined_above(rows: list[list[GridCell]], below: GridCell, cut: bool) -> bool:
    """Join a cell to its part above, in the row before or in the same one; say whether there is one."""
    for row in rows[: below.row + 1]:
        for place, cell in enumerate(row):
            same = (cell.column, cell.column_span) == (below.column, below.column_span)
            if same and cell.row + cell.row_span == below.row + cut:
                span = cell.row_span + below.row_span - cut
                row[place] = cell._replace(text=join_lines([cell.text, below.text]), row_span=span)
                return True
    return False
