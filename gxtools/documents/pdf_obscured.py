"""Cells and words that are not all that is printed: cut off by the page, under a form field, struck, a picture."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.pdf_raw import Box, Color, RawPage, Stroke
from gxtools.documents.pdf_tables import Cell, RuledTable
from gxtools.documents.pdf_words import Word, characters_of, into_frame, is_of_figure

_DIGIT = re.compile(r"\d")
# Of the font's size: a line through the middle of a word comes so near it; a line between rows is so near its place.
_THROUGH, _BORDER = 0.2, 0.8


class LevelLine(NamedTuple):
    """A level line in the frame of the text."""

    height: float
    left: float
    right: float


def level_lines(strokes: Iterable[tuple[Color, Stroke]], turn: int) -> list[LevelLine]:
    """The level lines of a page, from the top."""
    lines: list[LevelLine] = []
    for _, (x0, y0, x1, y1) in strokes:
        if turn:
            (u0, v0), (u1, v1) = into_frame(turn, x0, y0), into_frame(turn, x1, y1)
        else:
            u0, v0, u1, v1 = x0, -y0, x1, -y1
        if abs(u1 - u0) > abs(v1 - v0):
            lines.append(LevelLine((v0 + v1) / 2, u0, u1) if u0 < u1 else LevelLine((v0 + v1) / 2, u1, u0))
    lines.sort()
    return lines


def mark_obscured(table: RuledTable, raw: RawPage, turn: int, lines: Sequence[LevelLine]) -> None:
    """Doubt what the words of the cells of a table may not tell. ``lines`` are the level ones of the page."""
    edges = _in_frame(raw.shown, turn)
    for cell in table.cells:
        # A cell that begins on the page and ends beyond it has lost words that nobody can see.
        if table.xs[cell.right] > edges.right + table.em:
            cell.obscured = True
    for box in raw.fields:
        for cell in _cells_under(table, _in_frame(box, turn)):
            cell.obscured = True
    for box in raw.pictures:
        for cell in _cells_under(table, _in_frame(box, turn)):
            cell.obscured = cell.obscured or not cell.words
    through = [line for line in lines if _is_inside(table, line) and not _is_border(table, line)]
    if through:
        for cell in table.cells:
            cell.words = [_doubted(word) if _is_struck(word, through) else word for word in cell.words]


def without_struck(words: list[Word], tables: Sequence[RuledTable], lines: Sequence[LevelLine]) -> list[Word]:
    """The words outside tables, without the figures through which a line is drawn."""
    own = [line for line in lines if not any(_is_inside(table, line) for table in tables)]
    if not own:
        return words
    heights = [line.height for line in own]

    def is_struck(word: Word) -> bool:
        reach = _THROUGH * word.size
        near = slice(bisect_left(heights, word.middle - reach), bisect_right(heights, word.middle + reach))
        return _is_struck(word, own[near])

    return [word._replace(text=_DIGIT.sub(REPLACEMENT, word.text)) if is_struck(word) else word for word in words]


def _is_inside(table: RuledTable, line: LevelLine) -> bool:
    return table.ys[0] <= line.height <= table.ys[-1] and table.xs[0] < line.right and line.left < table.xs[-1]


def _in_frame(box: Box, turn: int) -> Box:
    """A box of the page in the frame of its text, of which ``top`` is the lower side there."""
    return Box.around([into_frame(turn, box.left, box.bottom), into_frame(turn, box.right, box.top)])


def _cells_under(table: RuledTable, box: Box) -> Iterator[Cell]:
    """The cell in which the middle of a box lies."""
    x, y = box.middle
    return (
        cell
        for cell in table.cells
        if table.xs[cell.left] < x < table.xs[cell.right] and table.ys[cell.top] < y < table.ys[cell.bottom]
    )


def _is_border(table: RuledTable, line: LevelLine) -> bool:
    """Whether a line inside a table stands between two rows of it."""
    below = bisect_left(table.ys, line.height)
    near = table.ys[max(0, below - 1) : below + 1]
    return any(abs(y - line.height) <= _BORDER / 2 * table.em for y in near)


def _is_struck(word: Word, lines: Iterable[LevelLine]) -> bool:
    """Whether a line runs through the middle of a digit."""
    if not is_of_figure(word.text):
        return False
    through = [line for line in lines if abs(line.height - word.middle) <= _THROUGH * word.size]
    return bool(through) and any(
        line.left < (part.left + part.right) / 2 < line.right
        for part in characters_of(word)
        if is_of_figure(part.text)
        for line in through
    )


def _doubted(word: Word) -> Word:
    return word._replace(text=word.text + REPLACEMENT)
