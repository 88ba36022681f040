"""What of a document's tables decides where its figures belong: places, spans and texts, but not which figures.

Pages of one site, and the official form anywhere, repeat one skeleton with other figures thousands of times.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from gxtools.grids import Document, Grid, GridCell
from gxtools.reading.captions import Caption, captioned
from gxtools.reading.lexicon import LONGEST_LABEL, Lexicon
from gxtools.reading.years_in_labels import neighbours, with_form_years

_REMEMBERED = 20_000
# Few enough digits that a float holds each of them: then all figures of a kind are read alike. A unit of counts is
# another matter beside a 0, which is 0 in any unit.
_NUMBER = r"(?:0|[1-9][0-9]{0,10}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2})(?:\.[0-9]{1,4})?"
_FIGURE = re.compile(rf"[+-]?{_NUMBER}(元|万元|亿元)?|[1-9][0-9]{{0,10}}(件次|人次|[件条份起次宗个项人部篇户家])")


class Skeleton(NamedTuple):
    """``grids`` that bear a label of some form, in reading order; the others cannot hold a figure of the form's.

    ``captions`` are what the line above each says.
    ``texts`` are their cells', grid by grid and row by row. ``key`` is equal where they differ in figures alone.
    """

    grids: tuple[Grid, ...]
    captions: tuple[Caption, ...]
    texts: tuple[str, ...]
    key: Hashable


def skeleton_of(document: Document, words: Lexicon, year: int | None) -> Skeleton:
    """The skeleton of a document's tables; ``year`` is the report's."""
    bone_of = _bones_of(words).__getitem__
    grids: list[Grid] = []
    texts: list[str] = []
    keys: list[Hashable] = []
    captions: list[Caption] = []
    years = neighbours(year)
    for grid, caption in captioned(document, year):
        # The fields of all cells in one run: a text, then its place and spans.
        fields: list[Any] = list(itertools.chain.from_iterable(cells_of(grid)))
        printed = fields[:: len(GridCell._fields)]
        if any(map("\0".join(printed).__contains__, years)):
            grid = with_form_years(grid, year, words)
            fields = list(itertools.chain.from_iterable(cells_of(grid)))
            printed = fields[:: len(GridCell._fields)]
        bones = list(map(bone_of, printed))
        if not any(words.evidence(bone).known for bone in bones if isinstance(bone, str)):
            continue
        fields[:: len(GridCell._fields)] = bones
        if not words.evidence(caption.title).known:
            caption = caption._replace(title="")  # titles differ from report to report
        captions.append(caption)
        where = (grid.number, grid.lines, grid.pages, grid.aligned)
        keys.append((caption, where, tuple(map(len, grid.rows)), tuple(fields)))
        grids.append(grid)
        texts += printed
    return Skeleton(tuple(grids), tuple(captions), tuple(texts), tuple(keys))


def cells_of(grid: Grid) -> Iterator[GridCell]:
    """The cells of a grid in the order of ``Skeleton.texts``."""
    return itertools.chain.from_iterable(grid.rows)


@lru_cache(maxsize=16384)
def kind_of(text: str) -> tuple[str] | None:
    """The kind of figure that a text is, which is its unit; null for any other text.

    In the place of such a figure another of its kind would be read in the same way, whatever its value.
    """
    match = _FIGURE.fullmatch(text)
    return None if match is None else (match[1] or match[2] or "",)


class _Bones(dict[str, str | tuple[str]]):
    """Text -> itself, or the kind of figure that it is, unless some form has it as a label. A kind is no text."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words

    def __missing__(self, text: str) -> str | tuple[str]:
        kind = kind_of(text)
        bone = text if kind is None or self._words.evidence(text).known else kind
        if len(text) <= LONGEST_LABEL:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[text] = bone
        return bone


@lru_cache(maxsize=8)
def _bones_of(words: Lexicon) -> _Bones:
    return _Bones(words)
