"""What the lines of text around a table say of it: the unit of its money, and whether it is another year's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from gxtools.forms import year_in_words
from gxtools.grids import Block, Document, Grid, TextLine
from gxtools.reading.units import caption_unit, unit_of

_LONGEST = 40
# A table's name, a remark and its unit may stand above it, each in a line of its own.
_LINES_ABOVE = 3
_NOTE = re.compile(r"\s*(?:注|备注|说明)")
_LAST_YEAR = re.compile(r"上年|去年|上一年")
_THIS_YEAR = re.compile(r"本年|当年|今年")


class Caption(NamedTuple):
    """``unit`` of money, null where none is named; ``other_year`` the words that name another than the report's;
    ``title`` the nearest line, for the first table below it."""

    unit: str | None
    other_year: str | None
    title: str


def captioned(document: Document, year: int | None) -> Iterator[tuple[Grid, Caption]]:
    """The tables of a document in reading order, each with its caption, which holds for all down to the next text."""
    above: list[str] = []
    parted = True
    blocks = document.blocks
    for index, block in enumerate(blocks):
        if isinstance(block, TextLine):
            above = [] if parted else above
            above, parted = [*above[1 - _LINES_ABOVE :], block.text], False
        else:
            caption = _caption(tuple(above), _note_below(blocks[index + 1 : index + 2]), year)
            yield block, caption._replace(title="") if parted else caption
            parted = True


def _note_below(blocks: Sequence[Block]) -> str:
    """The line right below a table, where it is a note on it."""
    return next((b.text for b in blocks if isinstance(b, TextLine) and _NOTE.match(b.text)), "")


@lru_cache(maxsize=4096)
def _caption(above: tuple[str, ...], below: str, year: int | None) -> Caption:
    unit = unit_of(map(caption_unit, (*above, below)))
    nearest = above[-1] if above else ""
    return Caption(unit, nearest.strip() if names_another_year(nearest, year) else None, nearest.strip())


def names_another_year(text: str, year: int | None) -> bool:
    """Whether a short line that is no sentence names another year than ``year`` and not that one: 附：2020年度数据."""
    if len(text) > _LONGEST or "。" in text:
        return False
    said = text if year is None else year_in_words(text, year)
    return said is None or (_LAST_YEAR.search(said) is not None and _THIS_YEAR.search(said) is None)
