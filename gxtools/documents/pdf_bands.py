"""Rows of a ruled table that have no lines between their columns, as in every second row of banded tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gxtools.documents.pdf_tables import Cell, RuledTable
from gxtools.documents.pdf_text import lines_of
from gxtools.documents.pdf_words import Word, is_of_figure
from gxtools.figures import is_cell

# Of the font's size: nothing that is one text has a wider gap; a row with a label and a figure in each of the other
# columns may stand closer.
_APART, _NEAR = 1.4, 0.6
_INSET = 0.1  # of the font's size: texts set alike in their cells differ less
Columns = tuple[int, int]


def divide_bands(table: RuledTable) -> None:
    """Divide each cell over several columns that holds texts far apart: as the row above or below it is, where each of
    these has one text; else a label and figures, each within columns of other rows."""
    bands = [cell for cell in table.cells if cell.right - cell.left > 1 and len(cell.words) > 1]
    if not bands:
        return
    beside = _Beside(table)
    divided = {id(cell): _divided(table, cell, beside) for cell in bands}
    table.cells = [part for cell in table.cells for part in divided.get(id(cell), [cell])]


class _Beside:
    """The cells that end above a row and those that begin below one."""

    def __init__(self, table: RuledTable) -> None:
        self._ending: defaultdict[int, list[Cell]] = defaultdict(list)
        self._beginning: defaultdict[int, list[Cell]] = defaultdict(list)
        for cell in table.cells:
            self._ending[cell.bottom].append(cell)
            self._beginning[cell.top].append(cell)

    def is_over_words(self, cell: Cell) -> bool:
        """Whether no figure stands in the row below a cell, and something does."""
        words = [word for other in self._beginning[cell.bottom] for word in other.words]
        return bool(words) and not any(is_of_figure(word.text) for word in words)

    def columns(self, cell: Cell) -> list[list[Columns]]:
        """How the rows above and below a cell divide its columns, where they do, each way once."""
        ways: list[list[Columns]] = []
        for row in (self._ending[cell.top], self._beginning[cell.bottom]):
            way = sorted((one.left, one.right) for one in row if cell.left < one.right and one.left < cell.right)
            whole = bool(way) and (way[0][0], way[-1][1]) == (cell.left, cell.right)
            if whole and len(way) > 1 and all(one[1] == other[0] for one, other in pairwise(way)) and way not in ways:
                ways.append(way)
        return ways


def _divided(table: RuledTable, cell: Cell, beside: _Beside) -> list[Cell]:
    ranges = _ranges(table, cell)
    if len(ranges) < 2:
        return [cell]
    fitting = [way for way in beside.columns(cell) if _fits(ranges, way, full=not cell.open_top)]
    if len(fitting) == 1:
        parts = _parts(table, cell, fitting[0])
        if _are_texts(parts):
            return parts
    if cell.top == 0 and not cell.open_top and beside.is_over_words(cell) and (flush := _flush(table, cell, ranges)):
        return flush
    parts = _parts(table, cell, _filled_up(ranges, cell))
    if all(part.right - part.left == 1 and part.words for part in parts) and _are_texts(parts):
        return parts
    figures = [part for part in parts if part.words and all(is_cell(word.text) for word in part.words)]
    sound = all(part.right - part.left == 1 and len(part.words) == 1 for part in figures)
    full = len(parts) > 2 and figures == parts[1:]
    apart = _NEAR if full else _APART
    if not figures or not sound or not all(_are_apart(one, other, apart) for one, other in pairwise(parts)):
        return [cell]
    return parts


def _flush(table: RuledTable, cell: Cell, ranges: Sequence[Columns]) -> list[Cell]:
    """The first row, of heads, divided where its texts begin: each as near to a line between columns as the first is to
    the side. None where they are not, or one is a figure."""
    starts = [left for left, _ in ranges]
    parts = _parts(table, cell, pairwise([*starts, cell.right]))
    insets = [min(word.left for word in part.words) - table.xs[part.left] for part in parts]
    alike = max(insets) - min(insets) <= _INSET * cell.words[0].size
    heads = not any(is_of_figure(word.text) for word in cell.words)
    return parts if alike and heads and starts[0] == cell.left and _are_texts(parts) else []


def _fits(ranges: Sequence[Columns], way: Sequence[Columns], *, full: bool) -> bool:
    """Whether each text stands in one of the columns, and none in each but one; ``full`` where each has to have one.

    Of a row that a page cut some cells go on and others do not.
    """
    held = [[part for part in way if part[0] <= left and right <= part[1]] for left, right in ranges]
    parts = [part for found in held for part in found]
    return all(held) and len(set(parts)) == len(parts) and (not full or len(parts) == len(way))


def _parts(table: RuledTable, cell: Cell, ranges: Iterable[Columns]) -> list[Cell]:
    """The cell divided, with its words."""
    parts = [replace(cell, left=left, right=right, words=[]) for left, right in ranges]
    for word in cell.words:
        left, _ = _reach(table, word)
        next(part for part in parts if part.left <= left < part.right).words.append(word)
    return parts


def _ranges(table: RuledTable, cell: Cell) -> list[Columns]:
    """The columns over which the words of a cell stand, those together that share one."""
    ranges: list[Columns] = []
    for left, right in sorted(_reach(table, word) for word in cell.words):
        if ranges and left < ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(right, ranges[-1][1]))
        else:
            ranges.append((left, right))
    return ranges


def _reach(table: RuledTable, word: Word) -> Columns:
    last = len(table.xs) - 2
    over = [n for n in range(last + 1) if word.left < table.xs[n + 1] and word.right > table.xs[n]]
    return (over[0], over[-1] + 1) if over else (0, last + 1)


def _filled_up(ranges: Sequence[Columns], cell: Cell) -> Iterator[Columns]:
    """The ranges with the columns between them, each by itself."""
    at = cell.left
    for left, right in ranges:
        yield from ((n, n + 1) for n in range(at, left))
        yield left, right
        at = right
    yield from ((n, n + 1) for n in range(at, cell.right))


def _are_texts(parts: Sequence[Cell]) -> bool:
    """Whether each part holds one text at most, far from the others."""
    return all(map(_is_one_text, parts)) and all(_are_apart(one, other, _APART) for one, other in pairwise(parts))


def _is_one_text(part: Cell) -> bool:
    """Whether no words of one line in a cell stand far apart."""
    return all(
        after.left - before.right <= _APART * min(before.size, after.size)
        for line in lines_of(part.words)
        for before, after in pairwise(line)
    )


def _are_apart(one: Cell, other: Cell, apart: float) -> bool:
    """Whether no words of one line in two cells stand nearer to each other, measured by their size."""
    lines = lines_of([*one.words, *other.words])
    gaps = [(before, after) for line in lines for before, after in pairwise(line) if before in one.words]
    return all(
        after.left - before.right > apart * min(before.size, after.size)
        for before, after in gaps
        if after in other.words
    )
