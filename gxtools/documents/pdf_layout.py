"""A page's words and rulings -> its tables and lines of text, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gxtools.documents.pdf_bands import divide_bands
from gxtools.documents.pdf_columns import columns_of
from gxtools.documents.pdf_frames import tables_of, unframed
from gxtools.documents.pdf_obscured import level_lines, mark_obscured, without_struck
from gxtools.documents.pdf_raw import RawPage
from gxtools.documents.pdf_tables import RuledTable
from gxtools.documents.pdf_text import lines_of, text_of_line
from gxtools.documents.pdf_words import Word, into_frame, is_of_figure, turn_of, upright_words, words_of

# Of the lines of a column so many must end in one place that it is its margin, and so many times those that go beyond.
_SHARE, _TIMES = 0.1, 5
# Of the words of a table: where more stand on its lines they are no borders of cells; one may among so many words.
_MISPLACED, _FEWEST_WORDS = 0.15, 4
_CLOSE = 1.9  # of the size of the text: the next line is no farther
APART = 1.4  # of the font's size: a wider gap parts what stands on one line


@dataclass(slots=True)
class TextRow:
    """One line of text in the segments that wide gaps part. ``page`` counts from 1, and so does ``number``, which
    counts the lines of the page.

    ``margins`` are the left and the right end of the column of text in which it stands. ``shift`` is how far down the
    line was moved, so that the lines of several pages stand below each other.
    """

    page: int
    number: int
    segments: list[list[Word]]
    margins: tuple[float, float]
    shift: float = 0.0

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.segments[0][0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.segments[-1][-1].right

    @property
    def base(self) -> float:
        """The height of its line."""
        return self.segments[0][0].base + self.shift

    @property
    def size(self) -> float:
        """The size of its font."""
        return self.segments[0][0].size

    @property
    def place(self) -> str:
        """What counts the line in words that a person can follow."""
        return f"page {self.page}, line"

    @property
    def text(self) -> str:
        """Its text; a wide gap as a space."""
        return " ".join(text_of_line(segment) for segment in self.segments)


Item = RuledTable | TextRow


@dataclass(slots=True)
class Page:
    """A page laid out. ``number`` counts from 1; ``top`` and ``bottom`` are its edges."""

    number: int
    items: list[Item]
    top: float
    bottom: float


def lay_out(raw: RawPage, number: int) -> Page:
    """Lay out one page."""
    turn = turn_of(raw.pieces)
    words = words_of(raw.pieces, turn) + upright_words(raw.pieces, turn)
    corners = [into_frame(turn, raw.shown.left, raw.shown.bottom), into_frame(turn, raw.shown.right, raw.shown.top)]
    top, bottom = sorted(corner[1] for corner in corners)
    if not words:
        return Page(number, [], top, bottom)
    em = median(word.size for word in words)
    tables, words = _tables(raw, turn, em, words, (top, bottom))
    lines = level_lines(raw.strokes, turn)
    for table in tables:
        table.page = number
        mark_obscured(table, raw, turn, lines)
    words = without_struck(words, tables, lines)
    items: list[Item] = []
    for inside, boxes in columns_of(words, tables, em):
        items += _in_order(number, inside, boxes)
    for count, row in enumerate((item for item in items if isinstance(item, TextRow)), start=1):
        row.number = count
    return Page(number, items, top, bottom)


def _tables(
    raw: RawPage, turn: int, em: float, words: list[Word], edges: tuple[float, float]
) -> tuple[list[RuledTable], list[Word]]:
    """The ruled tables with their words, and the words outside. Of tables inside each other the inner has the word."""
    found = tables_of(raw.strokes, turn, em)
    found.sort(key=lambda table: (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0]))
    kept: list[RuledTable] = []
    for table in found:
        inside, outside = table.parted(words)
        if not table.is_sure(inside) or _is_misplaced(table.place(inside), len(inside)) or table.is_layout:
            continue  # lines under or around text
        table.trim()
        words = table.take_overflow(outside)
        divide_bands(table)
        parts, freed = unframed(table)
        words += freed
        bands = [part for part in parts if _is_band(part, words)]
        kept += [part.on_page(*edges) for part in parts if part not in bands]
        words += [word for band in bands for cell in band.cells for word in cell.words]
    return kept, words


def _is_band(table: RuledTable, outside: Sequence[Word]) -> bool:
    """Whether a table is but one row without figures that text follows closely: the head of a table without lines."""
    if len(table.ys) > 2 or any(is_of_figure(cell.text) for cell in table.cells):
        return False
    left, right, foot = table.xs[0], table.xs[-1], table.ys[-1]
    return any(foot < word.base < foot + _CLOSE * table.em and left <= word.left < right for word in outside)


def _is_misplaced(misplaced: int, words: int) -> bool:
    """Whether so many words of a table stand on its lines that they are no borders of cells."""
    return misplaced > _MISPLACED * words and (misplaced > 1 or words < _FEWEST_WORDS)


def _in_order(page: int, words: Sequence[Word], tables: Iterable[RuledTable]) -> Iterator[Item]:
    """The lines and tables of one column of text, from top to bottom."""
    rows = [_segments(line) for line in lines_of(words)]
    margins = _margins(rows)
    placed: list[tuple[float, Item]] = [(table.ys[0], table) for table in tables]
    placed += [(row[0][0].middle, TextRow(page, 0, row, margins)) for row in rows]
    return (item for _, item in sorted(placed, key=lambda pair: pair[0]))


def _segments(line: list[Word]) -> list[list[Word]]:
    segments = [[line[0]]]
    for before, word in pairwise(line):
        if word.left - before.right > APART * min(before.size, word.size):
            segments.append([])
        segments[-1].append(word)
    return segments


def _margins(rows: Sequence[list[list[Word]]]) -> tuple[float, float]:
    """The left and right end that many lines have in common; the outermost where no two have."""
    if not rows:
        return (0.0, 0.0)
    near = rows[0][0][0].size
    enough = max(2, round(_SHARE * len(rows)))
    lefts = sorted(row[0][0].left for row in rows)
    rights = sorted((row[-1][-1].right for row in rows), reverse=True)
    left = next((a for a in lefts if sum(0 <= b - a < near / 2 for b in lefts) >= enough), lefts[0])
    right = next(
        (
            a
            for beyond, a in enumerate(rights)
            if sum(0 <= a - b < near for b in rights) >= max(enough, _TIMES * beyond)
        ),
        rights[0],
    )
    return (left, right)
