"""The numbers that Word writes before paragraphs: they are on the page and not in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from lxml import etree

from gxtools.documents.docx_names import W, number, value
from gxtools.documents.docx_styles import Style, Styles, numbering_of

_PLACE = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class _Level(NamedTuple):
    style: str
    text: str
    start: int
    apart: bool
    legal: bool
    restart: int


class Numbering:
    """The lists of a document; asked paragraph by paragraph in reading order, for it counts."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, dict[int, _Level]] = {}
        self._of_num: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        linked: dict[str, str] = {}
        for element in root.iterchildren(W + "abstractNum"):
            id = element.get(W + "abstractNumId") or ""
            self._lists[id] = {}
            if (style := value(element, "numStyleLink")) is not None:
                linked[id] = style
            for level in element.iterchildren(W + "lvl"):
                depth = number(level.get(W + "ilvl"), 0)
                self._lists[id][depth] = _level(level, depth)
                if (style := value(level, "pStyle")) is not None:
                    self._by_style[id, style] = depth
        for element in root.iterchildren(W + "num"):
            id = element.get(W + "numId") or ""
            of = value(element, "abstractNumId") or ""
            for override in element.iterchildren(W + "lvlOverride"):
                depth = number(override.get(W + "ilvl"), 0)
                own = override.find(W + "lvl")
                if own is not None:
                    # A level of its own makes the list one of its own.
                    levels = self._lists.get(of, {}) | {depth: _level(own, depth)}
                    of = f"{of} of {id}"
                    self._lists[of] = levels
                if (start := value(override, "startOverride")) is not None:
                    self._starts.setdefault(id, {})[depth] = number(start, 1)
            self._of_num[id] = of
        for id, style in linked.items():
            through = self._styles.get(style).numbering[0]
            if (of := self._of_num.get(through or "", id)) != id:
                self._lists[id] = self._lists.get(of, {})

    def label(self, own: etree._Element | None, id: str | None, style: Style) -> str:
        """The number before a paragraph, with a space behind it where the list sets one; ``""`` where there is none.

        ``own`` is the paragraph's numbering where it has one; else that of its style, by whose id a level may be tied.
        """
        num, depth = numbering_of(own) if own is not None else (None, None)
        num = num if num is not None else style.numbering[0]
        of = self._of_num.get(num or "")
        if num is None or of is None:
            return ""
        if depth is None:
            depth = self._by_style.get((of, id or ""), style.numbering[1] or 0)
        levels = self._lists.get(of, {})
        if depth not in levels:
            return ""
        self._count(of, num, depth, levels)
        level = levels[depth]
        text = _PLACE.sub(lambda match: self._part(of, int(match[1]) - 1, levels, level.legal), level.text)
        return f"{text} " if text and level.apart else text

    def _count(self, of: str, num: str, depth: int, levels: dict[int, _Level]) -> None:
        counts = self._counts[of]
        starts = self._starts.get(num, {})
        if depth in starts:
            counts[depth] = starts.pop(depth)  # a list that begins anew does so once
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for deeper in [other for other in counts if other > depth]:
            if levels[deeper].restart > depth:
                del counts[deeper]

    def _part(self, of: str, depth: int, levels: dict[int, _Level], legal: bool) -> str:
        if depth not in levels:
            return ""
        level = levels[depth]
        return written(self._counts[of].get(depth, level.start), "decimal" if legal else level.style)


def _level(element: etree._Element, depth: int) -> _Level:
    style = value(element, "numFmt") or "decimal"
    text = "" if style == "bullet" else value(element, "lvlText") or ""
    return _Level(
        style,
        text,
        number(value(element, "start"), 1),
        value(element, "suff") != "nothing",
        element.find(W + "isLgl") is not None,
        number(value(element, "lvlRestart"), depth),
    )


def written(count: int, style: str) -> str:
    """A number in one of Word's styles; ``""`` in a style that is not known: then the words decide."""
    match style:
        case "decimal" | "decimalHalfWidth":
            return str(count)
        case "decimalZero":
            return f"{count:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(count).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return _enclosed(count, "①")
        case "decimalEnclosedParen":
            return _enclosed(count, "⑴")
        case "decimalEnclosedFullstop":
            return _enclosed(count, "⒈")
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
        ):
            return _counted(count, _DIGITS, "十百千", short_ten=True)
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return _counted(count, _LEGAL, "拾佰仟", short_ten=False)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(abs(count)))
        case "ideographTraditional":
            return _STEMS[count - 1] if 1 <= count <= len(_STEMS) else str(count)
        case "lowerLetter" | "upperLetter":
            text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 1 <= count <= 26 * 5 else ""
            return text.upper() if style == "upperLetter" else text
        case "lowerRoman" | "upperRoman":
            text = _roman(count)
            return text.upper() if style == "upperRoman" else text
    return ""


def _enclosed(count: int, first: str) -> str:
    return chr(ord(first) + count - 1) if 1 <= count <= 20 else str(count)


def _counted(count: int, digits: str, units: str, short_ten: bool) -> str:
    """Chinese numerals up to 9999: 十, 十一, 二十, 一百零三."""
    if not 0 < count < 10_000:
        return digits[0] if count == 0 else str(count)
    text = ""
    lacking = False
    for place in range(3, -1, -1):
        digit = count // 10**place % 10
        if digit == 0:
            lacking = bool(text)
            continue
        text += (digits[0] if lacking else "") + digits[digit] + (units[place - 1] if place else "")
        lacking = False
    return text[1:] if short_ten and 10 <= count < 20 else text


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN if 0 < count < 4000 else ():
        text += letters * (count // worth)
        count %= worth
    return text
