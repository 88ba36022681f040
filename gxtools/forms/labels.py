"""Printed labels brought to one spelling, so that variants of type, spacing, numbering and damage meet.

The words decide: numbering, brackets, quotation marks, punctuation and spaces are dropped. A mark that stands for a
lost character is kept, so that no label is taken for another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gxtools.forms.damage import LOST, mended

_SPACED_NUMBER = re.compile(r"^\s*([一二三四五六七八九十]{1,3})\s+(?=[\u3400-\u9fff])")
_NUMBERING = re.compile(
    r"^(?:其中[、,:]?|第[一二三四五六七八九十]+[、.,:]|[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[A-Za-z]{1,4})[)\].、:,]+"
    r"|[一二三四五六七八九十](?=\()|\?[一二三四五六七八九十]\?|\d{1,2}(?=[^\d\W]))+"
)
# Bullets and other marks before the numbering say nothing.
_BEFORE = re.compile(r"^[^\w(\[?]+")
_ORDINAL = re.compile(r"([一二三四五六七八九十]|\d{1,2})[)\]）.、:：,，．]")
_BRACKETS = re.compile(r"[(\[【〔](?!(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)\]】〕])[^()\[\]【】〔〕]*[)\]】〕]")
# Words in brackets that make the label mean something else: （上年）, （同比）, （占比）.
_OTHER_MEANING = re.compile(r"上年|去年|上一年|上半年|下半年|季度|累计|同比|环比|增长|增幅|比例|占比|百分|%")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:\s*年度?)?(?!\d)")
# Words in Latin letters before or behind the Chinese ones, with a number of their own: （七）总计 / (7) Total.
_TRANSLATION = re.compile(r"(?:^|(?<=[\s/(（|｜]))(?:[(（]?\d{1,2}[.)）、]+\s?)?[A-Za-z][^\u3400-\u9fff（]*")
_LETTERS_OF_A_TRANSLATION = 4
_LATIN = re.compile(r"[A-Za-z]{2}")
_NOT_WORDS = re.compile(r"[^\w?]+|_+")


@lru_cache(maxsize=16384)
def printed_number(text: str) -> str | None:
    """The last number of a label's numbering, as ``3`` in （六）3.其他; null where it has none."""
    match = _NUMBERING.match(_folded(_without_translation(text)))
    found = _ORDINAL.findall(match[0]) if match else []
    return found[-1] if found else None


@lru_cache(maxsize=16384)
def label_keys(text: str) -> tuple[str, ...]:
    """The spellings under which a printed label may be looked up, most literal first; empty for no label.

    The first keeps what stands in brackets, the second drops it (部分公开（区分处理的…） is also 部分公开) unless it
    changes what the label means. The last drop a translation.
    """
    own = _without_translation(text)
    return _spellings(text) if own == text else tuple(dict.fromkeys((*_spellings(text), *_spellings(own))))


def _without_translation(text: str) -> str:
    """The text without its words in Latin letters; a few letters (APP) are none."""
    if _LATIN.search(text) is None:
        return text
    return _TRANSLATION.sub(_left_of_translation, text)


def _left_of_translation(match: re.Match[str]) -> str:
    return " " if sum(map(str.isalpha, match[0])) >= _LETTERS_OF_A_TRANSLATION else match[0]


def _spellings(text: str) -> tuple[str, ...]:
    bare = _NUMBERING.sub("", _folded(text))
    whole = _NOT_WORDS.sub("", bare)
    if not whole.strip(LOST):
        return ()
    brackets = _BRACKETS.findall(bare)
    if not brackets or any(_OTHER_MEANING.search(inside) for inside in brackets):
        return (whole,)
    without = _NOT_WORDS.sub("", _BRACKETS.sub("", bare))
    return (whole, without) if without.strip(LOST) and without != whole else (whole,)


def year_in_words(text: str, year: int) -> str | None:
    """The text with the report's ``year`` as 本年, its neighbours as 上年 and 下年; null where it names another."""
    if "20" not in text:
        return text
    said = {year - 1: "上年", year: "本年", year + 1: "下年"}
    if any(int(found) not in said for found in _YEAR.findall(text)):
        return None
    return _YEAR.sub(lambda match: said[int(match[1])], text)


def damaged_keys(label: str) -> tuple[str, ...]:
    """The further spelling of a label whose marks are lost, all at once: 危及?三安全一稳定?."""
    bare = _NUMBERING.sub("", _folded(label))
    return (_NOT_WORDS.sub(LOST, bare),) if _NOT_WORDS.search(bare) else ()


def plain(text: str) -> str:
    """A text in one spelling of width and characters, without spaces and pinyin: 單位：萬(wàn)元 as 单位:万元."""
    return "".join(mended(unicodedata.normalize("NFKC", text)).split())


def _folded(text: str) -> str:
    """One spelling of width, spaces and characters, without what stands before the numbering."""
    folded = unicodedata.normalize("NFKC", mended(text))
    return _BEFORE.sub("", "".join(_SPACED_NUMBER.sub(r"\1、", folded).split()))
