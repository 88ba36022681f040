"""Titles of annual reports: whose, of which year, and what only bears the title of one (解读, 上半年, 编制工作)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from gxtools import figures

_SUBJECT = r"(?:政府信息公开|信息公开|政务公开)"
_REPORT = r"(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:报告|年报)"
_YEAR = r"[(〔\[]?(?P<year>20\d\d|[二][〇○零][一二三四五六七八九〇○零]{2})[)〕\]]?(?:年度?)?[)〕\]]?"
_SENT = r"(?:发布|公布|印发|公开|公示|报送|上报|呈报|下发)"
_AGENCY = r"(?P<agency>(?:(?!20\d\d|二[〇○零]|政府信息公开|信息公开|政务公开)[^，。;:,!?《》>]){2,40}?)"
_WITH = r"(?:[^，。;:,!?《》>\d]{2,12}?[和及与、])?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?:关于)?(?:{_SENT}的?)?{_AGENCY}(?:关于)?{_SENT}?(?:的)?{_YEAR}{_WITH}{_SUBJECT}{_REPORT}",
        rf"(?:关于)?(?:{_SENT}的?)?{_YEAR}{_AGENCY}{_SUBJECT}{_REPORT}",
        rf"{_AGENCY}{_SUBJECT}(?:工作)?{_YEAR}{_REPORT}",
        rf"{_AGENCY}{_SUBJECT}{_REPORT}{_YEAR}",
        rf"{_YEAR}{_SUBJECT}{_REPORT}",
        rf"{_AGENCY}{_SUBJECT}{_REPORT}",
    )
)
_IS_TITLE = re.compile(rf"{_SUBJECT}(?:工作)?(?:{_YEAR})?{_REPORT}")
_BEFORE = re.compile(r"^(?:.*>|【[^】]*】|附件\d*:?|(?:标题|名称|信息名称|题目):)+")
_QUOTED = re.compile(rf"《([^《》]*{_SUBJECT}[^《》]*)》")
_OTHER = re.compile(r"解读|图解|一图|图说|问答|指南|做好|编制工作|上半年|下半年|半年度|季度|\d{1,2}月")
# 二〇二三年 in a title is written so on purpose; anywhere else such digits are no figure.
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_BEHIND = 8  # what may stand behind a title's words and belong to it: 》解读, 编制工作的通知
_TRIMMED = "《》“”\"'-_—:、·#*="  # some of them are marks of headings in Markdown and text


class Title(NamedTuple):
    """What a title says. ``annual`` is false for what only bears its words, as an interpretation does."""

    agency: str | None
    year: int | None
    annual: bool


@lru_cache(maxsize=4096)
def read_title(text: str) -> Title | None:
    """Read one line as a title; null where it is none of such a report."""
    if "报" not in text or "公" not in text:  # most lines; the rest is slow
        return None
    folded = _BEFORE.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
    words = _IS_TITLE.search(folded)
    if words is None:
        return None
    folded = folded[: words.end() + _BEHIND]
    annual = not _OTHER.search(folded)
    quoted = _QUOTED.search(folded)
    bare = (quoted[1] if quoted else folded).strip(_TRIMMED)
    for shape in _SHAPES:
        match = shape.match(bare)
        if match is not None:
            named = match.groupdict()
            return Title(
                _agency(named.get("agency")), figures.year((named.get("year") or "").translate(_CHINESE_DIGITS)), annual
            )
    return Title(None, None, annual)


def _agency(text: str | None) -> str | None:
    if text is None:
        return None
    name = re.sub(rf"(?:关于|{_SENT})+$", "", text.strip(_TRIMMED))
    # 某县人民政府信息公开年报: the words 政府信息公开 begin inside the name.
    return f"{name}政府" if name.endswith("人民") else name if len(name) >= 2 else None
