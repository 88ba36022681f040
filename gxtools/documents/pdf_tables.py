"""Ruled tables: rows, columns and the cells between them with their spans, and the words that stand in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.html_tables import is_layout
from gxtools.documents.pdf_text import text_of_cell
from gxtools.documents.pdf_words import Part, Word, characters_of, is_of_figure, word_of
from gxtools.grids import GridCell

# Of the font's size: what reaches farther over a line stands on both of its sides; so far apart are the texts of two
# cells, but no two digits of one number.
_ACROSS, _PLAIN_GAP = 0.2, 0.04
# Of the size of the page's text: text that overflows a table stands so near below it; so far is the next line of a
# cell; an empty row so low is none.
_OVERFLOW, _NEXT_LINE, _LOW = 1.5, 1.9, 1.3
_FEW = 5  # words are no long text


@dataclass(slots=True)
class Cell:
    """One cell by the numbers of the lines around it, counting from 0, with the words in it.

    ``obscured`` where they may not be all that is printed there; ``open_top`` and ``open_bottom`` where it is in the
    first or last row and no line closes it in full there; ``loose`` where no lines stand at its sides.
    """

    top: int
    left: int
    bottom: int
    right: int
    words: list[Word] = field(default_factory=list)
    obscured: bool = False
    open_top: bool = False
    open_bottom: bool = False
    loose: bool = False

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

    def is_sure(self, words: Iterable[tuple[Word, Cell]]) -> bool:
        """Whether no word reaches over the sides of a cell at which no lines stand."""
        return all(self._is_over(cell, word) for word, cell in words if cell.loose)

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
            owner = owner or self._owners()
            row = _interval(self.ys, word.middle)
            parts, plain = self._parted(word)
            misplaced += not plain
            for column, part in parts:
                owner.get((row, column), cell).words.append(part)
        return misplaced

    def take_overflow(self, words: Sequence[Word]) -> list[Word]:
        """Take in the words just below that go on the text of a cell of the last row; return the others."""
        words = self._take_cut(words)
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

    def _take_cut(self, words: Sequence[Word]) -> Sequence[Word]:
        """Take in the words below that stand in a cell of several rows that the end of the page cut: no line closes it
        while those beside it are closed."""
        cut = [] if self.open_bottom else [cell for cell in self.cells if cell.open_bottom]
        if not cut:
            return words
        left: list[Word] = []
        end = self.ys[-1]
        for word in sorted(words, key=lambda word: word.base):
            near = self.ys[-1] < word.base <= end + _NEXT_LINE * word.size and not is_of_figure(word.text)
            cell = next((cell for cell in cut if near and self._is_over(cell, word)), None)
            if cell is None:
                left.append(word)
                continue
            cell.words.append(word)
            end = word.base
        return left

    def _is_over(self, cell: Cell, word: Word) -> bool:
        """Whether a word stands between the sides of a cell."""
        return self.xs[cell.left] <= word.left and word.right <= self.xs[cell.right]

    def _goes_on(self, cell: Cell, word: Word) -> bool:
        below = word.base - max(other.base for other in cell.words)
        return self._is_over(cell, word) and 0 < below <= _NEXT_LINE * word.size and not is_of_figure(word.text)

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
        """The rows from one to before another as a table; of cells that reach beyond them the part among them."""
        cells = [
            Cell(
                max(c.top - first, 0),
                c.left,
                min(c.bottom, last) - first,
                c.right,
                c.words,
                c.obscured,
                c.open_top and first == 0,
                c.open_bottom and last == len(self.ys) - 1,
            )
            for c in self.cells
            if first < c.bottom and c.top < last
        ]
        opens = self.open_top and first == 0, self.open_bottom and last == len(self.ys) - 1
        return RuledTable(self.xs, self.ys[first : last + 1], cells, self.em, *opens, self.page)

    def on_page(self, top: float, bottom: float) -> RuledTable:
        """The rows that are on the page: some programs draw those of the other pages above and below it.

        Rows at its edge without a word are not seen either.
        """
        first, last = 0, len(self.ys) - 1
        while first < last and self.ys[first + 1] <= top:
            first += 1
        end = last
        while last > first + 1 and self.ys[last - 1] >= bottom:
            last -= 1
        filled = {row for cell in self.cells if cell.words for row in range(cell.top, cell.bottom)}
        while end != last > first + 1 and last - 1 not in filled:
            last -= 1
        return self if (first, last) == (0, end) else self.rows_between(first, last)

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

    def _parted(self, word: Word) -> tuple[list[tuple[int, Word]], bool]:
        """The parts of a word that stand in different columns, and whether a gap lies at each line between them.

        Where none does, figures at the line are doubted.
        """
        groups: list[tuple[int, list[Part]]] = []
        for part in characters_of(word):
            column = _interval(self.xs, (part.left + part.right) / 2)
            if not groups or groups[-1][0] != column:
                groups.append((column, []))
            groups[-1][1].append(part)
        cuts = [(one[-1], other[0]) for (_, one), (_, other) in pairwise(groups)]
        plain = [self._is_plain(*cut) for cut in cuts]
        doubted = [not p and is_of_figure(a.text + b.text) for p, (a, b) in zip(plain, cuts, strict=True)]
        parts: list[tuple[int, Word]] = []
        for place, (column, characters) in enumerate(groups):
            found = word_of(characters)
            if any(doubted[max(0, place - 1) : place + 1]):
                found = found._replace(text=found.text + REPLACEMENT)
            parts.append((column, found))
        return parts, bool(cuts) and all(plain)

    def _is_plain(self, last: Part, first: Part) -> bool:
        """Whether two characters stand apart, one on each side of the line between them."""
        line = self.xs[_interval(self.xs, (first.left + first.right) / 2)]
        slack = _ACROSS / 2 * first.size
        apart = first.left - last.right > _PLAIN_GAP * first.size
        return apart and last.right - slack <= line <= first.left + slack


def _interval(bounds: Sequence[float], at: float) -> int:
    """The number of the interval in which a point lies; outside, the nearest."""
    return min(max(bisect_right(bounds, at) - 1, 0), len(bounds) - 2)
