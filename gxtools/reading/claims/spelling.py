"""One spelling for the sentences of all reports: marks, spaces, years, the body's own name, and its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from gxtools.figures import find
from gxtools.forms.claim_subjects import FIGURES, OTHER, PERCENT, WHOLE

_SPACE = re.compile(r"(?<![0-9A-Za-z.,])\s+|\s+(?![0-9A-Za-z.,])")
_WIDE = re.compile("[０-９％．＊－／Ａ-Ｚａ-ｚ]")
# A glyph of some font in the place of a character: it must not be taken for one of our signs for figures.
_PRIVATE = re.compile(f"[{FIGURES}]")
_MARKS = (("（", "("), ("）", ")"), ("：", ":"), ("“", ""), ("”", ""), ('"', ""))
_COMMA_IN_NUMBER = re.compile(r"，(?=\d)(?<=\d，)")
_SHARES = frozenset("%％‰")
_AREAS = "省市州县区旗"


def spelling(sentence: str, year: int | None, agency: str | None) -> str:
    """The sentence with half-width marks, no spaces but between numbers, and its years as 本年, 上年, 下年 or 他年.

    Two digits across a space or a full-width comma stay apart: they may be two numbers, or one that a copy has broken.
    """
    text = _SPACE.sub("", sentence) if len(sentence.split(None, 1)) > 1 else sentence
    for printed, plain in _MARKS:
        text = text.replace(printed, plain)
    if _PRIVATE.search(text) is not None:
        text = _PRIVATE.sub("*", text)
    if _WIDE.search(text) is not None:
        text = _WIDE.sub(lambda match: chr(ord(match[0]) - 0xFEE0), text)
    if _COMMA_IN_NUMBER.search(text) is None:
        text = text.replace("，", ",")
    else:
        text = _COMMA_IN_NUMBER.sub("\0", text).replace("，", ",").replace("\0", "，")
    if agency is not None and (names := _names(agency)) is not None:
        text = names.sub("本机关", text)
    if "年" in text or "月" in text:
        text = _calendar(year).sub(lambda match: _TIMES[(match.lastgroup or "any").partition("_")[0]], text)
    return text


def with_figures(text: str, units: Mapping[str, str]) -> tuple[str, dict[int, float]]:
    """The text with one character for each figure that bears a unit, and the values by the places of the exact ones.

    A rounded figure, and one in a unit that no statement uses, becomes ``OTHER``; a bare number but 0 stays as it is.
    """
    pieces: list[str] = []
    values: dict[int, float] = {}
    last = length = 0
    for figure in find(text):
        if figure.unit_word in _SHARES:
            mark = WHOLE if figure.value == 100 and not figure.rounded and figure.unit_word != "‰" else PERCENT
        elif figure.rounded or figure.unit_word not in units:
            mark = OTHER
        else:
            mark = units[figure.unit_word]
            values[length + figure.start - last] = figure.value
        piece = text[last : figure.start]
        pieces += (piece, mark)
        length += len(piece) + 1
        last = figure.end
    pieces.append(text[last:])
    return "".join(pieces), values


_TIMES = {"span": "全年", "end": "年底", "month": "某月", "own": "本年", "last": "上年", "next": "下年", "any": "他年"}


@lru_cache(maxsize=64)
def _calendar(year: int | None) -> re.Pattern[str]:
    """What names a time by its digits. Without a year of the report every year is another one."""
    own, last, following = (f"(?<=2){year + i - 2000:03}" if year is not None else "(?!)" for i in (0, -1, 1))
    again = f"(?:{year}年)?"
    to = "(?:至|到|-|—|–|~)+"
    day = r"(?:\d{1,2}日)?"
    # What follows the first character. An empty group names each; a search need only look for the first characters.
    alternatives = (
        rf"{own}年度?1月1日?起?{to}{again}12月(?:31日)?(?:止|期间)?(?P<span>)",
        rf"{own}年1{to}12月(?P<span_2>)",
        rf"(?<=1)月1日?起?{to}{again}12月(?:31日)?(?:止|期间)?(?P<span_3>)",
        rf"(?<=[截至到])[至止到]*{year}年(?:12月(?:31日)?|年?底|末)止?(?P<end>)",
        r"(?<=截)[至止到]+(?:12月31日|年底)(?P<end_2>)",
        rf"(?<=[12])[09]\d\d年\d{{1,2}}(?:{to}\d{{1,2}})?月份?{day}(?P<month>)",
        rf"(?<=\d)\d?(?:{to}\d{{1,2}})?月份?{day}(?P<month_2>)",
        rf"(?<=[12])[09]\d\d年?{to}(?:19|20)\d\d年(?P<any>)",
        rf"{own}年(?:全年|度)?(?P<own>)",
        rf"{last}年度?(?P<last>)",
        rf"{following}年度?(?P<next>)",
        # Digits that a damaged copy has run into a year make it no year that is known.
        r"(?<=[12])[09]\d\d年度?(?P<any_2>)",
    )
    return re.compile(rf"[截至到0-9](?<!\d\d)(?:{'|'.join(alternatives)})")


@lru_cache(maxsize=1024)
def _names(agency: str) -> re.Pattern[str] | None:
    """What the body may call itself: its name, also without the names of the areas above (九龙坡区人民政府, 市财政局).

    A government is not 区政府 for short: beside the whole area's figures that may be its own share.
    """
    names = {agency}
    for index, character in enumerate(agency):
        if character not in _AREAS:
            continue
        rest = agency[index + 1 :]
        if "政府" not in agency:
            names |= {agency[index:], rest}
        elif re.match(rf".{{2,}}[{_AREAS}]", rest):
            names.add(rest)
    longest_first = sorted((name for name in names if len(name) > 3), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
