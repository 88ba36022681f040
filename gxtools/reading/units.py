"""The unit of money of a figure, from all that is printed around it: heads, labels, a column of units, a caption.

元 for 万元 makes a figure ten thousand times too large and no sum can see it, so every place that may name a unit is
asked, and where two of them differ a bare figure has none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from gxtools.figures import is_unit, label_unit

FOREIGN = "foreign"

_LONGEST_CAPTION = 80
_UNITS = r"([\s、,，/／和件次条个项人篇期万亿千百美元民币]{1,20})"
_CAPTION = re.compile(
    rf".{{0,40}}?(?:单\s*位\s*(?:[:：]|均?[为是]){_UNITS}|[以按]{_UNITS}(?:为单位|计算?))[\s)）\]】。]*"
)


def unit_named(labels: Iterable[str]) -> str | None:
    """The unit that labels name (``cny``, ``10k_cny``, ``100m_cny``), null where none does.

    ``other`` where one names a unit that is not read, or they name different ones.
    """
    return unit_of(label_unit(label) for label in labels)


def unit_of(units: Iterable[str | None]) -> str | None:
    """The one unit among several, null where there is none, ``other`` where they differ; ``FOREIGN`` outweighs all."""
    named = {unit for unit in units if unit is not None}
    if FOREIGN in named:
        return FOREIGN
    return named.pop() if len(named) == 1 else "other" if named else None


def caption_unit(text: str) -> str | None:
    """The unit that a line around a table names for all of it (单位：元, 金额以万元为单位); null for any other text."""
    match = _CAPTION.fullmatch(text.strip()) if len(text) <= _LONGEST_CAPTION else None
    return label_unit(match[1] or match[2]) if match is not None else None


def unit_beside(text: str, units: Collection[str]) -> str | None:
    """What a unit printed in the row of a line says of figures that are to be in ``units``.

    ``FOREIGN`` where none of them can be counted in it. Null for a text that is no unit, for a word that counts plainly
    (件) and where the figures are of several kinds, for the unit of money of some says nothing of the others.
    """
    if not text or text[0].isdecimal() or not is_unit(text):
        return None
    money = label_unit(text)
    if money is not None:
        return FOREIGN if "10k_cny" not in units else money
    scaled = any(scale in text for scale in "万亿")
    return FOREIGN if scaled or "count" not in units else None
