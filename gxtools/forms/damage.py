"""What copies do to the characters of a label, undone where that is certain: damage of encodings, fonts and converters.

Where a character is lost, the mark in its place is kept as ``?``: what stood there is not known.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from gxtools.forms.characters import simplified, traditional

LOST = "?"
_CIRCLED = {ord("①") + i: f"{i + 1}." for i in range(20)}
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\ufeff\u2060\u00ad"))
_MARKS = dict.fromkeys((*map(ord, "\ufffd□▯"), *range(0xE000, 0xF900)), LOST)
# Put together once: it has thousands of characters.
_UNSEEN_AND_MARKS: dict[int, str | None] = {**_UNSEEN, **_MARKS}
# Pinyin in brackets behind a character: 復(fù)議.
_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])\([a-zA-Z\u00c0-\u024f' ]{1,12}\)")
# A number with its marks in the bytes of one encoding read as another, （一） as £¨Ò»£© or 锛堜竴锛.
_LATIN = r"\x80-\u02ff\u2010-\u203a\u20ac\u2122"
_GARBLED_LATIN = re.compile(rf"^\(?[{_LATIN}][{_LATIN}?\ufffd]+\)?")
_GARBLED = [
    shape.format(number).encode().decode("gb18030", "replace")
    for shape in ("（{}）", "({})", "{}、")
    for number in "一二三四五六七八九十"
]
_GARBLED_HAN = re.compile("|".join("^" + re.escape(text).replace("\ufffd", "[?\ufffd]?") for text in _GARBLED))
# A star at either end points to a note; others hide characters.
_STAR = re.compile(r"^[*](?![*])|(?<![*])[*]$")


def mended(text: str) -> str:
    """The text without what is no character of it, its traditional characters as simplified ones; most have nothing."""
    if _suspect().search(text) is None:
        return text
    text = _GARBLED_HAN.sub("", _GARBLED_LATIN.sub("", text.lstrip()))
    text = unicodedata.normalize("NFKC", text.translate(_CIRCLED)).translate(_UNSEEN_AND_MARKS)
    return _STAR.sub("", simplified(_PINYIN.sub("", text)).strip()).replace("*", LOST)


@cache
def _suspect() -> re.Pattern[str]:
    """A character of those that only damaged labels hold."""
    garbled = "".join(text.lstrip("(")[0] for text in _GARBLED)
    return re.compile(
        f"[{garbled}{traditional()}a-zA-Z*＊?？□▯①-⑳\x80-\x9f\xa1-\u02ff\u200b-\u200f\u2060\ue000-\uf8ff\ufeff\ufffd]"
    )
