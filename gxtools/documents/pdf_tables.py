"""Ruled tables: rulings and words -> rows, columns and the cells between them with their spans and words."""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.html_tables import is_layout
from gxtools.documents.pdf_ruling import SAME, Line, Ruling
from gxtools.documents.pdf_text import text_of_cell
from gxtools.documents.pdf_words import Part, Word, characters_of, is_of_figure, word_of
from gxtools.grids import GridCell

# For each line between rows (or columns), along which columns (or rows) it is drawn.
Borders = list[list[bool]]

# A border of a cell is there where lines run along more of it than this, and not where along less than that.
_DRAWN, _LACKING = 0.75, 0.25
# Of the font's size: what reaches farther over a line stands on both of its sides; so far apart are the texts of two
# cells, but no two digits of one number.
_ACROSS, _PLAIN_GAP = 0.2, 0.04
# Of the size of the page's text: a row or column with a Chinese character is wider; text that overflows a table stands
# so near below it; so far is the next line of a cell; an empty row so low is none.
_NARROWEST, _OVERFLOW, _NEXT_LINE, _LOW = 0.8, 1.5, 1.9, 1.3
_FEWEST_COLUMNS, _FEWEST_ENDS = 2, 2
_FEW = 5  # words are no long text


@dataclass(slots=True)
class Cell:
    """One cell by the numbers of the lines around it, counting from 0, with the words in it.

    ``obscured`` where they may not be all that is printed there.
    """

    top: int
    left: int
    bottom: int
    right: int
    words: list[Word] = field(default_factory=list)
    obscured: bool = False

    @property
    def text(self) -> str:
        """Its words as one text; what is obscured cannot be told."""
        return text_of_cell(self.words) + REPLACEMENT * self.obscured


@dataclass(slots=True)
class RuledTable:
    """The lines between columns (``xs``) and rows (``ys``), and the cells between them, row by row.

    ``em`` is the size of the page's text; ``open_top`` and ``open_bottom`` where no line closes that side. ``page``
    counts from 1.
    """

    xs: list[float]
    ys: list[float]
    cells: list[Cell]
    em: float
    open_top: bool
    open_bottom: bool
    page: int = 0

    def parted(self, words: Iterable[Word]) -> tuple[list[tuple[Word, Cell]], list[Word]]:
        """The words that stand in its cells, each with its cell, and the others."""
        left, right, top, bottom = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        owner = self._owners()
        inside: list[tuple[Word, Cell]] = []
        outside: list[Word] = []
        for word in words:
            middle = (word.left + word.right) / 2
            within = left <= middle <= right and top <= word.middle <= bottom
            cell = owner.get((_interval(self.ys, word.middle), _interval(self.xs, middle))) if within else None
            if cell is None:
                outside.append(word)
            else:
                inside.append((word, cell))
        return inside, outside

    @property
    def is_layout(self) -> bool:
        """Whether it only places text on the page."""
        if sum(bool(cell.words) for cell in self.cells) > 1 and not any(len(cell.words) > _FEW for cell in self.cells):
            return False
        return is_layout((tuple(GridCell(cell.text, cell.top, cell.left) for cell in self.cells),))

    def place(self, words: Iterable[tuple[Word, Cell]]) -> int:
        """Put words into the cells in which they stand, and count those that stand on a line.

        A word over an upright line is parted there. The figures of a word on a line are doubted.
        """
        misplaced = 0
        owner: dict[tuple[int, int], Cell] = {}
        for word, cell in words:
            slack = _ACROSS * word.size
            if self._is_between(cell, word):
                misplaced += 1
                word = word._replace(text=word.text + REPLACEMENT) if is_of_figure(word.text) else word
            if self.xs[cell.left] - slack <= word.left and word.right <= self.xs[cell.right] + slack:
                cell.words.append(word)
                continue
            misplaced += 1
            owner = owner or self._owners()
            row = _interval(self.ys, word.middle)
            for column, part in self._parted(word):
                owner.get((row, column), cell).words.append(part)
        return misplaced

    def take_overflow(self, words: Sequence[Word]) -> list[Word]:
        """Take in the words just below that go on the text of a cell of the last row; return the others."""
        last = {cell.left: cell for cell in self.cells if cell.bottom == len(self.ys) - 1 and cell.words}
        left: list[Word] = []
        lowest = self.ys[-1] + _OVERFLOW * self.em
        for word in words:
            if not self.ys[-1] < word.base or word.middle > lowest:
                left.append(word)
                continue
            cell = next((cell for cell in last.values() if self._goes_on(cell, word)), None)
            (left if cell is None else cell.words).append(word)
        return left

    def _goes_on(self, cell: Cell, word: Word) -> bool:
        inside = self.xs[cell.left] <= word.left and word.right <= self.xs[cell.right]
        below = word.base - max(other.base for other in cell.words)
        return inside and 0 < below <= _NEXT_LINE * word.size and not is_of_figure(word.text)

    def trim(self) -> None:
        """Take off a low empty row at a side that no line closes: lines that go on to the edge of the text."""
        last = len(self.ys) - 2
        if self.open_bottom and last and self.ys[-1] - self.ys[-2] < _LOW * self.em and self._is_empty(last):
            self.cells = [cell for cell in self.cells if cell.top < last]
            for cell in self.cells:
                cell.bottom = min(cell.bottom, last)
            self.ys = self.ys[:-1]
            self.open_bottom = False

    def rows_between(self, first: int, last: int) -> RuledTable:
        """The rows from one to before another as a table."""
        cells = [
            Cell(cell.top - first, cell.left, cell.bottom - first, cell.right, cell.words, cell.obscured)
            for cell in self.cells
            if first <= cell.top < last
        ]
        opens = self.open_top and first == 0, self.open_bottom and last == len(self.ys) - 1
        return RuledTable(self.xs, self.ys[first : last + 1], cells, self.em, *opens, self.page)

    def _is_empty(self, row: int) -> bool:
        return not any(cell.words for cell in self.cells if cell.top == row)

    def _owners(self) -> dict[tuple[int, int], Cell]:
        return {
            (y, x): cell
            for cell in self.cells
            for y in range(cell.top, cell.bottom)
            for x in range(cell.left, cell.right)
        }

    def _is_between(self, cell: Cell, word: Word) -> bool:
        """Whether a word stands on the line above or below its cell."""
        inside = min(word.middle - self.ys[cell.top], self.ys[cell.bottom] - word.middle)
        return inside < _ACROSS * word.size

    def _parted(self, word: Word) -> Iterator[tuple[int, Word]]:
        """The parts of a word that stand in different columns; figures are doubted where no gap lies at the line."""
        groups: list[tuple[int, list[Part]]] = []
        for part in characters_of(word):
            column = _interval(self.xs, (part.left + part.right) / 2)
            if not groups or groups[-1][0] != column:
                groups.append((column, []))
            groups[-1][1].append(part)
        cuts = [self._is_cut_through_figure(one, other) for (_, one), (_, other) in pairwise(groups)]
        for place, (column, parts) in enumerate(groups):
            found = word_of(parts)
            if any(cuts[max(0, place - 1) : place + 1]):
                found = found._replace(text=found.text + REPLACEMENT)
            yield column, found

    def _is_cut_through_figure(self, one: Sequence[Part], other: Sequence[Part]) -> bool:
        """Whether a figure stands at the line between two parts of a word, and not plainly on one side of it."""
        last, first = one[-1], other[0]
        if not is_of_figure(last.text + first.text):
            return False
        line = self.xs[_interval(self.xs, (first.left + first.right) / 2)]
        apart = first.left - last.right > _PLAIN_GAP * first.size
        slack = _ACROSS / 2 * first.size
        return not (apart and last.right - slack <= line <= first.left + slack)


def table_of(ruling: Ruling, em: float) -> RuledTable | None:
    """The table that a ruling draws; null where it draws none, or none whose cells are certain."""
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
    cells = _cells(below, beside)
    if cells is None:
        return None
    return RuledTable(xs, ys, cells, em, not any(below[0]), not any(below[-1]))


def _own(lines: Sequence[Line], across: Sequence[Line], em: float) -> Sequence[Line]:
    """The lines but for the few that come from afar and go on beyond, as the border of a page that a table crosses."""
    first, last = min(line.at for line in across) - em, max(line.at for line in across) + em
    own = [line for line in lines if line.start >= first or line.end <= last]
    return own if 2 * len(own) > len(lines) else lines


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
    drawn = [[0.0] * (len(stations) - 1) for _ in places]
    for at, start, end, _ in lines:
        place = bisect_right(places, at)
        if place == len(places) or (place and at - places[place - 1] < places[place] - at):
            place -= 1
        if abs(places[place] - at) > near:
            continue
        row = drawn[place]
        for index in range(max(0, bisect_right(stations, start) - 1), len(stations) - 1):
            if stations[index] >= end:
                break
            row[index] += min(end, stations[index + 1]) - max(start, stations[index])
    found: list[list[bool]] = []
    for row in drawn:
        shares = [length / (b - a) for length, (a, b) in zip(row, pairwise(stations), strict=True)]
        if any(_LACKING < share < _DRAWN for share in shares):
            return None
        found.append([share >= _DRAWN for share in shares])
    return found


def _cells(below: Borders, beside: Borders) -> list[Cell] | None:
    """The cells: areas that no drawn line divides; null where one is no rectangle."""
    height, width = len(below) - 1, len(beside) - 1
    owner: dict[tuple[int, int], Cell | None] = dict.fromkeys(_outside(below, beside))
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
                return None
            cells.append(cell)
            owner.update({(row, column): cell for row in range(y, bottom) for column in range(x, right)})
    return cells


def _outside(below: Borders, beside: Borders) -> set[tuple[int, int]]:
    """What lies outside though inside the outermost lines: beside tables of other widths that touch each other.

    It is open to a side that is drawn elsewhere; where a side is not drawn at all the table has none there.
    """
    height, width = len(below) - 1, len(beside) - 1
    sides = [(beside[x], [(y, column) for y in range(height)]) for x, column in ((0, 0), (width, width - 1))]
    found: set[tuple[int, int]] = set()
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


def _is_whole(cell: Cell, below: Borders, beside: Borders, owner: Container[tuple[int, int]]) -> bool:
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


def _interval(bounds: Sequence[float], at: float) -> int:
    """The number of the interval in which a point lies; outside, the nearest."""
    return min(max(bisect_right(bounds, at) - 1, 0), len(bounds) - 2)
