"""Rows of a ruled table that have no lines between their columns, as in every second row of banded tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gxtools.documents.pdf_tables import Cell, RuledTable
from gxtools.documents.pdf_text import lines_of
from gxtools.documents.pdf_words import Word
from gxtools.figures import is_cell

# Of the font's size: nothing that is one text has a wider gap; a row with a label and a figure in each of the other
# columns may stand closer.
_APART, _NEAR = 1.4, 0.6
Columns = tuple[int, int]


def divide_bands(table: RuledTable) -> None:
    """Divide each cell over several columns that holds a label and figures, far apart, each within columns of other
    rows."""
    table.cells = [part for cell in table.cells for part in _divided(table, cell)]


def _divided(table: RuledTable, cell: Cell) -> list[Cell]:
    ranges = _ranges(table, cell) if cell.right - cell.left > 1 and len(cell.words) > 1 else []
    if len(ranges) < 2:
        return [cell]
    parts = [Cell(cell.top, left, cell.bottom, right) for left, right in _filled_up(ranges, cell)]
    for word in cell.words:
        left, _ = _reach(table, word)
        next(part for part in parts if part.left <= left < part.right).words.append(word)
    figures = [part for part in parts if part.words and all(is_cell(word.text) for word in part.words)]
    sound = all(part.right - part.left == 1 and len(part.words) == 1 for part in figures)
    full = len(parts) > 2 and figures == parts[1:]
    apart = _NEAR if full else _APART
    if not figures or not sound or not all(_are_apart(one, other, apart) for one, other in pairwise(parts)):
        return [cell]
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


def _are_apart(one: Cell, other: Cell, apart: float) -> bool:
    """Whether no words of one line in two cells stand nearer to each other, measured by their size."""
    lines = lines_of([*one.words, *other.words])
    gaps = [(before, after) for line in lines for before, after in pairwise(line) if before in one.words]
    return all(
        after.left - before.right > apart * min(before.size, after.size)
        for before, after in gaps
        if after in other.words
    )
