"""Printed labels brought to one spelling, so that variants of type, spacing and numbering meet.

The words decide: numbering, brackets, quotation marks, punctuation and spaces are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CIRCLED = {ord("①") + i: f"{i + 1}." for i in range(20)}
_NUMBERING = re.compile(
    r"^(?:其中[、,:]|第[一二三四五六七八九十]+[、.,:]|[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[).、:,]+|\d{1,2}(?=[^\d\W]))+"
)
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]{2,}[)\]】]")
_NOT_WORDS = re.compile(r"[\W_]+")


_ORDINAL = re.compile(r"([一二三四五六七八九十]|\d{1,2})[)）.、:：,，．]")


@lru_cache(maxsize=16384)
def printed_number(text: str) -> str | None:
    """The last number of a label's numbering, as ``3`` in （六）3.其他; null where it has none."""
    folded = "".join(unicodedata.normalize("NFKC", text.translate(_CIRCLED)).split())
    match = _NUMBERING.match(folded)
    found = _ORDINAL.findall(match[0]) if match else []
    return found[-1] if found else None


@lru_cache(maxsize=16384)
def label_keys(text: str) -> tuple[str, ...]:
    """The spellings under which a printed label may be looked up, most literal first; empty for no label.

    The first keeps what stands in brackets, the second drops it (``部分公开（区分处理的…）`` is also ``部分公开``).
    """
    folded = unicodedata.normalize("NFKC", text.translate(_CIRCLED))
    folded = "".join(folded.split())
    folded = _NUMBERING.sub("", folded)
    whole = _NOT_WORDS.sub("", folded)
    bare = _NOT_WORDS.sub("", _BRACKETS.sub("", folded))
    return tuple(dict.fromkeys(key for key in (whole, bare) if key))
