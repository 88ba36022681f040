"""Columns of text side by side on a page, as in two pages printed on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gxtools.documents.pdf_tables import RuledTable
from gxtools.documents.pdf_text import lines_of
from gxtools.documents.pdf_words import Word
from gxtools.figures import is_cell

_GUTTER = 1.5  # of the size of the text: columns of text stand farther apart
_FEWEST_LINES = 3
_DENSE = 0.75  # of a line of prose at least so much is filled, of a row of figures less

Column = tuple[list[Word], list[RuledTable]]


def columns_of(words: list[Word], tables: list[RuledTable], em: float) -> list[Column]:
    """The words and tables of each column from left to right: of one, unless a gap runs down the whole page between
    lines of prose or tables. Columns of figures are no columns of text.
    """
    spans = sorted([(word.left, word.right) for word in words] + [(table.xs[0], table.xs[-1]) for table in tables])
    cuts: list[float] = []
    end = spans[0][1]
    for left, right in spans:
        if left - end > _GUTTER * em:
            cuts.append((end + left) / 2)
        end = max(end, right)
    if not cuts:
        return [(words, tables)]
    bounds = [float("-inf"), *cuts, float("inf")]
    columns = [
        (
            [word for word in words if low <= word.left < high],
            [table for table in tables if low <= table.xs[0] < high],
        )
        for low, high in pairwise(bounds)
    ]
    if all(_is_text(*column) for column in columns):
        return columns
    return [(words, tables)]


def _is_text(words: Sequence[Word], tables: Sequence[RuledTable]) -> bool:
    """Whether a column holds a table, or lines of prose."""
    if tables:
        return True
    lines = lines_of(words)
    width = max(line[-1].right for line in lines) - min(line[0].left for line in lines)
    dense = [line for line in lines if sum(word.right - word.left for word in line) > _DENSE * width]
    if all(is_cell(word.text) for line in dense for word in line):
        return False
    return len(lines) >= _FEWEST_LINES and 2 * len(dense) >= len(lines)
