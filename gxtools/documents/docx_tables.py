"""A table of a Word document to rows of cells: positions and spans by the grid that the file states."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from gxtools.documents.docx_names import CELL, ROW, VALUE, W, number
from gxtools.documents.html_tables import Rows, TableTooWide
from gxtools.documents.spread_cells import with_gathered
from gxtools.grids import GridCell

_SPAN, _ACROSS, _DOWN, _BEFORE = (W + name for name in ("gridSpan", "hMerge", "vMerge", "gridBefore"))
_GOES_ON = "continue"
_PLAIN: dict[str, str] = {}
_MOST_COLUMNS, _MOST_PLACES = 1_000, 2_000_000
# Twentieths of a point. Lines drawn by hand miss one another by a hair; no column is as narrow as that.
_HAIR = 120


class _Cell(NamedTuple):
    """A cell between two lines of the grid; ``merged`` says whether it begins a cell over several rows or goes on."""

    element: etree._Element
    left: int
    right: int
    merged: str | None


def read_rows(table: etree._Element, text_of: Callable[[etree._Element], str]) -> Rows:
    """The cells of a table row by row, each once; ``text_of`` gives the text of one.

    What Word does not show, the content of a cell that continues the one above or beside it, is not read. Raises
    ``TableTooWide`` for more columns, or places in all, than any form has.
    """
    merging = _merging(table)
    rows = [_cells_of(row, merging) for row in table.iterchildren(ROW)]
    lines = _lines_of(table, rows)
    starts = sorted({lines(cell.left) for row in rows for cell in row})
    if len(starts) > _MOST_COLUMNS or len(starts) * len(rows) > _MOST_PLACES:
        raise TableTooWide
    found: list[list[GridCell]] = []
    above: dict[tuple[int, int], tuple[int, int]] = {}  # the cells that reach the row before, by their two lines
    for index, row in enumerate(rows):
        cells: list[GridCell] = []
        reaching: dict[tuple[int, int], tuple[int, int]] = {}
        for cell in row:
            sides = lines(cell.left), lines(cell.right)
            if cell.merged == _GOES_ON and sides in above:
                y, x = reaching[sides] = above[sides]
                found[y][x] = found[y][x]._replace(row_span=index - y + 1)
                continue
            column = bisect_left(starts, sides[0])
            if cell.merged is not None:
                reaching[sides] = index, len(cells)
            cells.append(GridCell(text_of(cell.element), index, column, 1, bisect_left(starts, sides[1]) - column))
        found.append(cells)
        above = reaching
    return with_gathered(tuple(map(tuple, found)))


def _cells_of(row: etree._Element, merging: Mapping[etree._Element, Mapping[str, str]]) -> list[_Cell]:
    cells: list[_Cell] = []
    place = max(0, number(merging.get(row, _PLAIN).get(_BEFORE), 0))
    for element in row.iterchildren(CELL):
        stated = merging.get(element, _PLAIN)
        right = place + max(1, number(stated.get(_SPAN), 1))
        if cells and stated.get(_ACROSS) == _GOES_ON:
            cells[-1] = cells[-1]._replace(right=right)
        else:
            cells.append(_Cell(element, place, right, stated.get(_DOWN)))
        place = right
    return cells


def _merging(table: etree._Element) -> dict[etree._Element, dict[str, str]]:
    """What rows and cells say of spans and merges, for those that say anything; most do not."""
    found: dict[etree._Element, dict[str, str]] = {}
    for mark in table.iter(_SPAN, _ACROSS, _DOWN, _BEFORE):
        found.setdefault(mark.getparent().getparent(), {})[mark.tag] = mark.get(VALUE, _GOES_ON)
    return found


def _lines_of(table: etree._Element, rows: list[list[_Cell]]) -> Callable[[int], int]:
    """Where the lines of the grid stand, by their numbers: those a hair apart as one, if no cell vanishes between."""
    grid = table.find(W + "tblGrid")
    widths = [] if grid is None else [number(column.get(W + "w"), 0) for column in grid.iterchildren(W + "gridCol")]
    widest = max((row[-1].right for row in rows if row), default=0)
    if len(widths) < widest or min(widths, default=0) <= 0:
        return lambda line: line
    joined: list[int] = []
    for place in accumulate(widths, initial=0):
        joined.append(joined[-1] if joined and place - joined[-1] <= _HAIR else place)
    if any(joined[cell.left] == joined[cell.right] for row in rows for cell in row):
        return lambda line: line
    return joined.__getitem__
