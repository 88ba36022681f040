"""Blank cells of a text that holds a cell a line, each with a mark beside it or in a line of its own: ``|`` or a tab.

Without their marks such cells would be lines of nothing, and nothing would say that a row is short of figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from gxtools.documents.text_rows import Line
from gxtools.figures import BLANK_CELL, is_figure

_MARKS = "|\t"
_LONGEST_CELL = 80
_FEWEST_CELLS = 6
_SPACE = " \t\r\n"


class _Part(NamedTuple):
    """A line taken apart: the mark before its cell, the cell, the mark behind it. A lone mark stands before."""

    line: Line
    before: str
    cell: str
    behind: str


def with_blanks(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines in order, those of a table with a cell a line as its cells alone, blank ones as ``BLANK_CELL``.

    Other lines, and tables without a blank cell, stay as they are.
    """
    parts = [part for line in lines if (part := _part(line)).before or part.cell]
    for of_cells, run in groupby(zip(parts, _are_cells(parts), strict=True), key=lambda pair: pair[1]):
        stretch = [part for part, _ in run]
        cells = _cells(stretch) if of_cells else []
        blanks = sum(cell.text == BLANK_CELL for cell in cells)
        is_table = 0 < blanks <= len(cells) - _FEWEST_CELLS and any(is_figure(cell.text) for cell in cells)
        yield from cells if is_table else [part.line for part in stretch]


def _are_cells(parts: Sequence[_Part]) -> list[bool]:
    """Whether each line is short and has a mark: beside its cell, or above or below it as the cells around it have."""
    filled = [place for place, part in enumerate(parts) if part.cell]
    beside = {place for place in filled if parts[place].before or parts[place].behind}
    near = {other for above, below in pairwise(filled) for other in (above, below) if {above, below} & beside}
    lone = {place for place, part in enumerate(parts) if not part.cell}
    between = {place for place in filled if {place - 1, place + 1} & lone} - near
    cells = lone | beside | between
    return [place in cells and len(part.cell) <= _LONGEST_CELL for place, part in enumerate(parts)]


def _part(line: Line) -> _Part:
    text = line.text.strip(" \r\n")
    bare = text.strip(_MARKS + _SPACE)
    start = text.find(bare) if bare else len(text)
    return _Part(line, _mark(text[:start]), bare, _mark(text[start + len(bare) :]))


def _mark(text: str) -> str:
    """The one mark that stands beside a cell; several are something else."""
    return "".join(text.split(" "))


def _cells(parts: Sequence[_Part]) -> list[Line]:
    """The cells of a stretch in one of the three ways to set them; none where it holds anything else."""
    filled = [part for part in parts if part.cell]
    lone = {part.before for part in parts if not part.cell}
    before, behind = {part.before for part in filled}, {part.behind for part in filled}
    if len(lone) != 1 or not lone <= set(_MARKS):
        return []
    if (before == lone and behind == {""}) or (before == {""} and behind == lone):
        return [Line(part.line.number, part.cell or BLANK_CELL) for part in parts]
    if before | behind != {""}:
        return []
    return [
        Line(part.line.number, part.cell or BLANK_CELL)
        for above, part in zip([None, *parts], parts, strict=False)
        if part.cell or (above is not None and not above.cell)
    ]
