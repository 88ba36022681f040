"""What the line of text right above a table says of it: the unit of its money, and whether it is another year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gxtools.forms import year_in_words
from gxtools.grids import Document, Grid, TextLine
from gxtools.reading.units import caption_unit

_LONGEST = 40
_LAST_YEAR = re.compile(r"上年|去年|上一年")
_THIS_YEAR = re.compile(r"本年|当年|今年")


class Caption(NamedTuple):
    """``unit`` of money, null where none is named; ``other_year`` the words that name another than the report's."""

    unit: str | None
    other_year: str | None


_NONE = Caption(None, None)


def captioned(document: Document, year: int | None) -> Iterator[tuple[Grid, Caption]]:
    """The tables of a document in reading order, each with its caption, which holds for all down to the next text."""
    caption = _NONE
    for block in document.blocks:
        if isinstance(block, TextLine):
            caption = read_caption(block.text, year)
        else:
            yield block, caption


@lru_cache(maxsize=4096)
def read_caption(text: str, year: int | None) -> Caption:
    """What a line says of the table below it, in a report of ``year``."""
    other = year is not None and _names_another_year(text, year)
    return Caption(caption_unit(text), text.strip() if other else None)


def _names_another_year(text: str, year: int) -> bool:
    """Whether a short line without a sentence names another year and not this one: 附：2020年度数据, 上年数据."""
    if len(text) > _LONGEST or "。" in text:
        return False
    said = year_in_words(text, year)
    return said is None or (_LAST_YEAR.search(said) is not None and _THIS_YEAR.search(said) is None)
