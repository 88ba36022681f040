"""Rulings -> the borders of rows and columns, and the cells that they leave."""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

from gxtools.documents.pdf_ruling import SAME, Line, Ruling
from gxtools.documents.pdf_tables import Cell, RuledTable

# For each line between rows (or columns), along which columns (or rows) it is drawn.
Borders = list[list[bool]]
# The numbers of a row and a column.
Position = tuple[int, int]

# A border of a cell is there where lines run along more of it than this, and not where along less than that.
_DRAWN, _HALF, _LACKING = 0.75, 0.5, 0.25
_NARROWEST = 0.8  # of the size of the page's text: a row or column with a Chinese character is wider
_FEWEST_COLUMNS, _FEWEST_ENDS = 2, 2
# Of the size of the page's text: the rows that pages cut are no higher, nor areas of heads without lines.
_ROW, _LOW = 4.0, 8.0


def table_of(ruling: Ruling, em: float, *, loose: bool = False) -> RuledTable | None:
    """The table that a ruling draws; null where it draws none, or none whose cells are certain.

    ``loose`` takes a low area that is no rectangle, too, as the cells that its columns are: heads without lines between
    them.
    """
    level, upright = _own(ruling.level, ruling.upright, em), _own(ruling.upright, ruling.level, em)
    xs = _boundaries([line.at for line in upright], level, SAME * em)
    ys = _boundaries([line.at for line in level], upright, SAME * em)
    if len(xs) - 1 < _FEWEST_COLUMNS or len(ys) < 2:
        return None
    below, beside = _borders(level, ys, xs, SAME * em), _borders(upright, xs, ys, SAME * em)
    if min(after - before for bounds in (xs, ys) for before, after in pairwise(bounds)) <= _NARROWEST * em:
        ys, xs = _without_slits(ys, below, em), _without_slits(xs, beside, em)
        below, beside = _borders(level, ys, xs, _NARROWEST * em), _borders(upright, xs, ys, _NARROWEST * em)
    if below is None or beside is None:
        return None
    cells = _cells(below, beside, loose)
    if cells is None or any(cell.loose and ys[cell.bottom] - ys[cell.top] > _LOW * em for cell in cells):
        return None
    return RuledTable(xs, ys, cells, em, not any(below[0]), not any(below[-1]))


def _own(lines: Sequence[Line], across: Sequence[Line], em: float) -> Sequence[Line]:
    """The lines but for the few that come from afar and go on beyond, as the border of a page that a table crosses.

    Those at the ends of the lines across are the sides of the table, which go on a row beyond where pages cut it.
    """
    first, last = min(line.at for line in across) - em, max(line.at for line in across) + em
    far = [line for line in lines if line.start < first and line.end > last]
    if not far or 2 * len(far) >= len(lines):
        return lines
    sides = min(line.start for line in across), max(line.end for line in across)
    row = (_ROW - 1) * em

    def is_side(line: Line) -> bool:
        near = min(abs(side - line.at) for side in sides) <= SAME * em
        return near and (line.start >= first - row or line.end <= last + row)

    foreign = [line for line in far if not is_side(line)]
    return [line for line in lines if line not in foreign]


def _boundaries(drawn: list[float], across: Sequence[Line], near: float) -> list[float]:
    """The lines between columns, or rows; and the outer ones where only the ends of those that cross them show them."""
    bounds: list[float] = []
    for at in sorted(drawn):
        if not bounds or at - bounds[-1] > near:
            bounds.append(at)
    starts = [line.start for line in across if line.start < bounds[0] - near]
    ends = [line.end for line in across if line.end > bounds[-1] + near]
    if len(starts) >= _FEWEST_ENDS:
        bounds.insert(0, min(starts))
    if len(ends) >= _FEWEST_ENDS:
        bounds.append(max(ends))
    return bounds


def _without_slits(bounds: list[float], drawn: Borders | None, em: float) -> list[float]:
    """The lines between rows or columns, those as one between which is only a slit: the borders of two cells."""
    kept = bounds[:1]
    for place, at in enumerate(bounds[1:], start=1):
        both = drawn is None or any(map(operator.and_, drawn[place - 1], drawn[place]))
        if both and at - kept[-1] <= _NARROWEST * em:
            kept[-1] = (kept[-1] + at) / 2
        else:
            kept.append(at)
    return kept


def _borders(lines: Iterable[Line], places: Sequence[float], stations: Sequence[float], near: float) -> Borders | None:
    """For each place of a line, along which intervals between stations it is drawn; null where that is not clear."""
    last = len(stations) - 1
    drawn = [[0.0] * last for _ in places]
    for at, start, end, _ in lines:
        place = bisect_right(places, at)
        if place == len(places) or (place and at - places[place - 1] < places[place] - at):
            place -= 1
        if abs(places[place] - at) > near:
            continue
        row = drawn[place]
        # The hot loop: conditions, for calls of min and max would take most of its time.
        for index in range(max(0, bisect_right(stations, start) - 1), min(bisect_left(stations, end), last)):
            before, after = stations[index], stations[index + 1]
            row[index] += (end if end < after else after) - (start if start > before else before)
    found: list[list[bool]] = []
    for row in drawn:
        shares = [length / (b - a) for length, (a, b) in zip(row, pairwise(stations), strict=True)]
        # The ends of thick lines reach into the next row, and far where that is low.
        unclear = [length for length, share in zip(row, shares, strict=True) if _LACKING < share < _DRAWN]
        if any(length > near for length in unclear) or any(_HALF <= share < _DRAWN for share in shares):
            return None
        found.append([share >= _DRAWN for share in shares])
    return found


def _cells(below: Borders, beside: Borders, loose: bool) -> list[Cell] | None:
    """The cells: areas that no drawn line divides; null where one is no rectangle, unless they may be ``loose``."""
    height, width = len(below) - 1, len(beside) - 1
    owner: dict[Position, Cell | None] = dict.fromkeys(_outside(below, beside))
    cells: list[Cell] = []
    for y in range(height):
        for x in range(width):
            if (y, x) in owner:
                continue
            right = x + 1
            while right < width and not beside[right][y] and (y, right) not in owner:
                right += 1
            bottom = y + 1
            while bottom < height and not below[bottom][x]:
                bottom += 1
            cell = Cell(y, x, bottom, right)
            if not _is_whole(cell, below, beside, owner):
                if not loose:
                    return None
                strips = _strips(_area((y, x), below, beside, owner), below)
                cells += strips
                owner.update({(row, strip.left): strip for strip in strips for row in range(strip.top, strip.bottom)})
                continue
            cell.open_top = y == 0 and not all(below[0][x:right])
            cell.open_bottom = bottom == height and not all(below[-1][x:right])
            cells.append(cell)
            owner.update({(row, column): cell for row in range(y, bottom) for column in range(x, right)})
    return sorted(cells, key=lambda cell: (cell.top, cell.left)) if loose else cells


def _outside(below: Borders, beside: Borders) -> set[Position]:
    """What lies outside though inside the outermost lines: beside tables of other widths that touch each other.

    It is open to a side that is drawn elsewhere; where a side is not drawn at all the table has none there.
    """
    height, width = len(below) - 1, len(beside) - 1
    sides = [(beside[x], [(y, column) for y in range(height)]) for x, column in ((0, 0), (width, width - 1))]
    found: set[Position] = set()
    open_to = [
        place for drawn, places in sides if any(drawn) for place, line in zip(places, drawn, strict=True) if not line
    ]
    while open_to:
        y, x = open_to.pop()
        if (y, x) in found:
            continue
        found.add((y, x))
        ways = (
            (y - 1, x, y > 0 and not below[y][x]),
            (y + 1, x, y + 1 < height and not below[y + 1][x]),
            (y, x - 1, x > 0 and not beside[x][y]),
            (y, x + 1, x + 1 < width and not beside[x + 1][y]),
        )
        open_to += [(row, column) for row, column, is_open in ways if is_open]
    return found


def _area(start: Position, below: Borders, beside: Borders, owner: Container[Position]) -> set[Position]:
    """The positions to which one comes from one of them without crossing a line."""
    found: set[Position] = set()
    open_to = [start]
    while open_to:
        y, x = open_to.pop()
        if (y, x) in found or (y, x) in owner or not (0 <= y < len(below) - 1 and 0 <= x < len(beside) - 1):
            continue
        found.add((y, x))
        ways = (
            (y - 1, x, not below[y][x]),
            (y + 1, x, not below[y + 1][x]),
            (y, x - 1, not beside[x][y]),
            (y, x + 1, not beside[x + 1][y]),
        )
        open_to += [(row, column) for row, column, is_open in ways if is_open]
    return found


def _strips(area: set[Position], below: Borders) -> list[Cell]:
    """The cells that an area is, column by column, where level lines alone divide them."""
    strips: list[Cell] = []
    for x, y in sorted((x, y) for y, x in area):
        if strips and (strips[-1].left, strips[-1].bottom) == (x, y) and not below[y][x]:
            strips[-1].bottom = y + 1
        else:
            strips.append(Cell(y, x, y + 1, x + 1, loose=True))
    return strips


def _is_whole(cell: Cell, below: Borders, beside: Borders, owner: Container[Position]) -> bool:
    """Whether no line runs through a cell, lines close it on all sides, and nothing else holds part of it."""
    if cell.bottom - cell.top == cell.right - cell.left == 1:
        y, x = cell.top, cell.left
        return (
            (below[y][x] or y == 0)
            and (below[y + 1][x] or y + 2 == len(below))
            and (beside[x][y] or x == 0)
            and (beside[x + 1][y] or x + 2 == len(beside))
        )
    rows, columns = range(cell.top, cell.bottom), range(cell.left, cell.right)
    inside = [below[y][x] for y in rows[1:] for x in columns] + [beside[x][y] for x in columns[1:] for y in rows]
    last_row, last_column = len(below) - 1, len(beside) - 1
    ends = [below[y][x] for y in (cell.top, cell.bottom) if 0 < y < last_row for x in columns]
    ends += [beside[x][y] for x in (cell.left, cell.right) if 0 < x < last_column for y in rows]
    return not any(inside) and all(ends) and not any((y, x) in owner for y in rows for x in columns)
