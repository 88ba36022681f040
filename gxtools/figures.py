"""Printed characters <-> value, unit and state. Nothing else in the package may parse a number.

Units are ``count`` and ``10k_cny`` (万元). A figure is read only where its characters leave no doubt: two numbers in
one cell, a broken thousands separator, a leading zero, a mark of omission are ``unreadable``, never repaired.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gxtools.forms.cell_words import no_figure
from gxtools.forms.characters import simplified
from gxtools.forms.labels import plain

PRINTED, BLANK, DASH, UNREADABLE, ABSENT = "printed", "blank", "dash", "unreadable", "absent"

_DASHES = frozenset({"-", "--", "—", "——", "–", "−", "―", "/", "\\", "无", "─", "──", "﹣"})
# What stands for a blank cell where a text is read line by line, in which nothing else would be left of it.
BLANK_CELL = "\u2422"
_INVISIBLE = {ord(c): None for c in "\u200b\u200c\u200d\u200e\u200f\ufeff\u2060\u00ad"}
_MINUS = {ord(c): "-" for c in "−–—﹣"}

_COUNT_WORDS = r"件次|人次|场次|批次|条次|期次|班次|件|条|份|起|次|宗|个|项|人|部|篇|户|家|例|期|场|名|位|笔|册|处|所"
_MONEY = {"亿元": Decimal(10000), "亿": Decimal(10000), "万元": Decimal(1), "万": Decimal(1), "元": Decimal("0.0001")}
_LABELLED = {"cny": _MONEY["元"], "10k_cny": _MONEY["万元"], "100m_cny": _MONEY["亿元"]}
_PLAIN_LENGTH = 12
_LARGE = {"亿": Decimal(100_000_000), "万": Decimal(10_000), "": Decimal(1)}

_NUMBER = r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?"
_FIGURE = re.compile(
    rf"(?P<sign>[+-]|减少?|增加?)?[ \t]*(?P<number>{_NUMBER})"
    rf"\s*(?P<unit>亿\s*元|万\s*元|元|亿|万)?\s*(?P<counted>{_COUNT_WORDS})?\s*(?P<currency>人民币)?"
)
# Characters that are a digit to a reader of Chinese; ² and ⑤ become digits when folded, and 5² is no 52.
_PLAIN_DIGIT = re.compile(r"[0-9０-９]")
_LONGEST_CELL = 300
_LONGEST_DAMAGED = 20
_DAMAGED = re.compile(r"[+-]*[\d*,.]*[\d*]")
_GREATEST = 10**15

_NOTE = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_UNIT_IN_BRACKETS = re.compile(rf"(?:单位:?)?((?:亿|万)?(?:元|{_COUNT_WORDS})|亿|万)")
# A remark that would change the figure which it stands beside: an amount or a magnitude, a sign, an estimate.
_CHANGES_FIGURE = re.compile(r"[亿万千百元]|^十|^[^0-9]*[减负降约余估近超多]")

# A number of prose stands for itself: no digit beside it across a mark or a space (ranges, telephone numbers, damage),
# no letter, no ordinal, no minus, no mask. The pattern begins with a digit, so that a search need only look for one.
_PROSE_WORDS = r"件\(次\)|件次|条次|人次|场次|批次|件|条|份|起|次|宗|个|项|例|篇|期|场|部|户|家|人|位|册|封"
_PROSE = re.compile(
    r"[0-9](?<![\d第A-Za-z*.\-—－〔].)(?<!\d[,，、/:~至到\s].)"
    r"(?P<digits>(?<=[1-9])[0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|(?:(?<=0)|(?<=[1-9])[0-9]*)(?:\.[0-9]+)?)"
    r"(?!\d|[.,，/:*\-—~]\d|\s+\d|\*)\s*(?P<more>余|多|来)?(?P<scale>万|亿)?(?P<after>余|多)?"
    rf"\s*(?P<unit>元|%|％|‰|{_PROSE_WORDS}|(?<=0)(?<![\d.,]0))(?P<odd>左右|以上|以下|上下|多)?"
)
_ABOUT_ENDS = frozenset("约近过超逾足到少上数几有为 ")
_ABOUT = re.compile(r"(?:约|近|超过|超|逾|不足|不到|至少|(?<![网线以])上|(?<![^,，、达有共了])[数几])(?:有|为)?\s*$")


class Figure(NamedTuple):
    """What stands in a cell. ``value`` is null exactly when ``state`` is not ``printed``; ``doubt`` says why."""

    value: float | None
    state: str
    doubt: str | None = None


class FoundFigure(NamedTuple):
    """A figure met in prose, ``start`` to ``end``. ``unit_word`` as printed: 件, 条, %, or none; 元 for money, in 万元.

    ``rounded`` where the text says about, more than or some (约, 余, 近): such a figure states no exact count.
    """

    start: int
    end: int
    value: float
    unit_word: str
    rounded: bool


@lru_cache(maxsize=65536)
def parse(raw: str, unit: str = "count", default_unit: str | None = "count") -> Figure:
    """Read the characters of one cell as a figure in ``unit``.

    ``default_unit`` is that of a bare number: ``count``, or of money ``10k_cny``, ``cny``, ``100m_cny``; null where a
    bare number has no certain unit (0 is 0 in any unit).
    """
    if (
        unit == "count"
        and len(raw) < _PLAIN_LENGTH
        and raw.isascii()
        and raw.isdigit()
        and (raw[0] != "0" or raw == "0")
    ):
        return Figure(float(raw), PRINTED)  # what most cells hold
    text = simplified(unicodedata.normalize("NFKC", raw.translate(_INVISIBLE)).strip())
    if not text or text == BLANK_CELL:
        return Figure(None, BLANK)
    if text in _DASHES or raw.strip() in _DASHES:
        return Figure(None, DASH)
    if len(text) > _LONGEST_CELL or len(re.findall("[0-9]", text)) != len(_PLAIN_DIGIT.findall(raw)):
        return Figure(None, UNREADABLE, _why(text))
    match = _FIGURE.fullmatch(_without_notes(text).translate(_MINUS))
    if match is None:
        return Figure(None, UNREADABLE, _why(text))
    value = Decimal(match["number"].replace(",", ""))
    if match["sign"] and match["sign"][0] in "-减":
        value = -value
    return _in_unit(value, match, unit, default_unit)


def _without_notes(text: str) -> str:
    """The text without a remark in brackets at its end or beginning, such as （含上年）.

    A unit in brackets is one as if it stood bare; a remark of digits alone, or one that changes the figure, stays.
    """
    for note in _NOTE.finditer(text):
        inside = "".join(note[1].split())
        before, after = text[: note.start()].rstrip(), text[note.end() :].lstrip()
        if unit := _UNIT_IN_BRACKETS.fullmatch(inside):
            return before + unit[1] + after if before and not after else text
        in_words = any(character.isalpha() and not character.isnumeric() for character in inside)
        if not (before and after) and in_words and not _CHANGES_FIGURE.search(inside):
            return _without_notes(before + after)
    return text


def _in_unit(value: Decimal, match: re.Match[str], unit: str, default_unit: str | None) -> Figure:
    printed = "".join((match["unit"] or "").split())
    money = printed.endswith("元")
    if match["currency"] and not money:
        return Figure(None, UNREADABLE, "not_plain")
    if unit == "count":
        return Figure(None, UNREADABLE, "money_in_count") if money else _exact(value * _LARGE[printed])
    if match["counted"] and value != 0:
        return Figure(None, UNREADABLE, "not_plain")
    if printed:
        return _exact(value * _MONEY[printed])
    if value == 0 or default_unit in _LABELLED:
        return _exact(value * _LABELLED.get(default_unit or "", Decimal(1)))
    return Figure(None, UNREADABLE, "no_unit")


def _exact(value: Decimal) -> Figure:
    """A printed figure, unless it has more digits than a float can hold: then it is no figure of a report."""
    held = _plain(value)
    if abs(value) >= _GREATEST or Decimal(repr(held)) != value:
        return Figure(None, UNREADABLE, "not_plain")
    return Figure(held, PRINTED)


def _plain(value: Decimal) -> float:
    return float(value) + 0.0


def _why(text: str) -> str:
    numbers = list(re.finditer(r"\d+", text))
    if "*" in text:
        return "masked"
    if not numbers:
        return "no_figure"
    if re.search(r"\s", text[numbers[0].start() : numbers[-1].end()]):
        return "several_figures"
    if re.fullmatch(r"[+-]?0\d+", text):
        return "leading_zero"
    return "not_plain"


def without_mark(text: str) -> str:
    """A line of text as the document has it: empty where it is the mark of a blank cell."""
    return "" if text == BLANK_CELL else text


def is_unit(raw: str) -> bool:
    """Whether the characters are a unit and nothing else (件, 万元), as a column of units holds them."""
    return _UNIT_IN_BRACKETS.fullmatch(plain(raw)) is not None


def is_figure(raw: str) -> bool:
    """Whether the characters are a figure, or a mark that stands for one: something that belongs in a cell."""
    return parse(raw, "10k_cny", "10k_cny").state in (PRINTED, DASH) or parse(raw).state in (PRINTED, DASH)


@lru_cache(maxsize=65536)
def is_cell(raw: str) -> bool:
    """Whether the characters are what stands in a cell of figures: a figure or mark, a damaged one (``*``, ``--253``),
    or words in its place (见附件).

    Other words are none: of those a line of text cannot say whether they stood in a cell or go on a label.
    """
    if is_figure(raw) or raw == BLANK_CELL:
        return True
    text = _folded(raw).strip() if len(raw) <= _LONGEST_DAMAGED else ""
    return _DAMAGED.fullmatch(text) is not None or no_figure().fullmatch("".join(text.split())) is not None


_LABEL_UNIT = re.compile(r"([十百千拾佰仟万亿兆美欧港日英澳加?\ufffd]*)元")


@lru_cache(maxsize=4096)
def label_unit(label: str) -> str | None:
    """The unit of money that a label names (采购总金额（万元）): ``10k_cny``, ``cny``, ``100m_cny``.

    ``other`` where it names one that is not read (千元, 美元) or two; a bare figure under it has no certain unit. Null
    where it names none.
    """
    named = set(_LABEL_UNIT.findall(plain(label)))
    if not named:
        return None
    return {"": "cny", "万": "10k_cny", "亿": "100m_cny"}.get(named.pop(), "other") if len(named) == 1 else "other"


def write(value: float, separators: bool = False) -> str:
    """The characters that ``parse`` reads back as ``value`` in the unit of its cell."""
    number = Decimal(repr(value))
    text = f"{number.normalize():,f}" if separators else f"{number.normalize():f}"
    return "0" if text in ("-0", "0") else text


def find(text: str) -> Iterator[FoundFigure]:
    """The figures of a sentence that bear a unit, and bare zeros, from left to right, in plain numbers, money in 万元.

    A count in 万 or 亿 is multiplied out and a rounded one (3.5万条); an amount (76320.9万元) is not. Left out are
    other bare numbers, ordinals, ranges, numbers that touch another across a space or a mark, or begin with a zero.
    """
    for match in _PROSE.finditer(text):
        start, end = match.span()
        digits, more, scale, after, unit, odd = match.groups()
        number = text[start] + digits.replace(",", "")
        money = unit == "元"
        value = _plain(Decimal(number) * _factor(scale or "", money)) if scale or money else float(number)
        about = start and text[start - 1] in _ABOUT_ENDS and _ABOUT.search(text[max(0, start - 3) : start])
        yield FoundFigure(start, end, value, unit, bool(more or after or odd or about or (scale and not money)))


def _factor(scale: str, money: bool) -> Decimal:
    return _MONEY[scale + "元"] if money else _LARGE[scale]


_PAGE_MARK = re.compile(r"[-—–]\s*\d{1,4}\s*[-—–]|[Pp]\.?\s*\d{1,4}|第\s*\d{1,4}\s*页(?:[,，/]?\s*共\s*\d{1,4}\s*页)?")


def is_page_mark(text: str) -> bool:
    """Whether a line is the mark of a page and nothing else (- 3 -, P. 9, 第 7 页 共 9 页)."""
    return _PAGE_MARK.fullmatch(_folded(text).strip()) is not None


def year(text: str) -> int | None:
    """Four digits that are a year between 2000 and 2099; null for anything else."""
    match = re.fullmatch(r"20[0-9]{2}", _folded(text).strip())
    return int(match[0]) if match else None


_DATE = re.compile(r"(?<![0-9])(20[0-9]{2})\s*[-年./]\s*([0-9]{1,2})\s*[-月./]\s*([0-9]{1,2})(?![0-9])")
_PERIOD = re.compile(r"(?<![0-9])(20[0-9]{2})年0?1月0?1日(?:起)?,?(?:至|到|-|—|–|~)(?:(20[0-9]{2})年)?12月31日")


def date(text: str) -> datetime.date | None:
    """The first full date of a text (2021-02-05, 2021年2月5日, 2021/2/5); null where there is none that exists."""
    match = _DATE.search(_folded(text))
    if match is None:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def period_year(text: str) -> int | None:
    """The year of a stated period from 1 January to 31 December of one year; null where none is stated."""
    if "31日" not in text and "３１" not in text and "31 日" not in text:
        return None
    match = _PERIOD.search("".join(_folded(text).split()))
    if match is None or (match[2] and match[2] != match[1]):
        return None
    return int(match[1])


def _folded(text: str) -> str:
    """Full-width characters as plain ones; ² and ⑤ do not become digits."""
    folded = unicodedata.normalize("NFKC", text)
    if len(re.findall("[0-9]", folded)) == len(_PLAIN_DIGIT.findall(text)):
        return folded
    return "".join(_folded_character(character) for character in text)


def _folded_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if _PLAIN_DIGIT.match(character) or not re.search("[0-9]", folded) else "\ufffd"
