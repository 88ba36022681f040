"""Whose report it is, of which year, and when it was published: told from titles, datelines and the stated period."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gxtools import figures
from gxtools.bodies import Body, resolve
from gxtools.grids import Document

_SUBJECT = r"(?:政府信息公开|信息公开|政务公开)"
_REPORT = r"(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:报告|年报)"
_AGENCY = r"(?P<agency>(?!政府信息|信息公开|政务公开)[^\d，。；:,;!?《》]{2,40}?)"
_YEAR = r"(?P<year>20\d\d)年?度?"
_LINK = r"(?:关于)?(?:发布|公布|印发|公开)?(?:的)?"
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_AGENCY}{_LINK}[(]?{_YEAR}[)]?{_SUBJECT}{_REPORT}",
        rf"^{_YEAR}{_AGENCY}{_SUBJECT}{_REPORT}",
        rf"^{_AGENCY}{_SUBJECT}{_REPORT}[(]?{_YEAR}[)]?",
        rf"^{_YEAR}{_SUBJECT}{_REPORT}",
        rf"^{_AGENCY}{_SUBJECT}{_REPORT}",
    )
)
_INSIDE = re.compile(rf"(?:[《]|现将|现发布|现公布|公布|发布){_AGENCY}{_YEAR}{_SUBJECT}{_REPORT}")
_IS_TITLE = re.compile(rf"{_SUBJECT}{_REPORT}")
_DATE_LABEL = re.compile(r"(?:日\s*期|时\s*间)\s*[:：]")
_TITLE_LINES = 60
_LONGEST_TITLE = 90


@dataclass(frozen=True)
class Identity:
    """``titled`` where a title of such a report was met; ``doubts`` are keys of the messages."""

    body: Body | None
    year: int | None
    published: datetime.date | None
    titled: bool
    doubts: tuple[str, ...]


def identify(document: Document) -> Identity:
    """Tell agency, year and date of a document from what it says of itself. Nothing is taken from its file name."""
    texts = [_folded(text) for text in _candidates(document)]
    agency, year, titled = _from_titles(texts)
    text_lines = list(document.lines())
    if agency is None:
        agency = _from_prose([_folded(line.text) for line in text_lines[:_TITLE_LINES]], year)
    period = next((found for line in text_lines if (found := figures.period_year(line.text)) is not None), None)
    doubts = []
    if year is None:
        year = period
    elif period is not None and period != year:
        doubts.append("year_differs")
    if year is None:
        doubts.append("no_year")
    if agency is None:
        doubts.append("no_agency")
    context = " ".join([*document.titles, *(line.text[:_LONGEST_TITLE] for line in text_lines[:5])])
    body = resolve(agency, context, year) if agency is not None else None
    return Identity(body, year, _published(document), titled, tuple(doubts))


def _candidates(document: Document) -> Iterator[str]:
    for title in document.titles:
        yield title
        yield from re.split(r"\s*[_|]\s*|\s+[-—–]+\s+|>", title)
    for index, line in enumerate(document.lines()):
        if index >= _TITLE_LINES:
            return
        if len(line.text) <= _LONGEST_TITLE:
            yield line.text


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(folded.split()).strip("《》“”\"'")


def _from_titles(texts: list[str]) -> tuple[str | None, int | None, bool]:
    """The first text that names both agency and year wins; else each is taken from the first that names it."""
    agency: str | None = None
    year: int | None = None
    titled = False
    for text in texts:
        if not _IS_TITLE.search(text):
            continue
        titled = True
        for pattern in _TITLES:
            match = pattern.match(text)
            if match is None:
                continue
            named = match.groupdict()
            found = _agency(named.get("agency"))
            found_year = figures.year(named["year"]) if named.get("year") else None
            if found and found_year:
                return found, found_year, True
            agency = agency or found
            year = year or found_year
            break
    return agency, year, titled


def _from_prose(lines: list[str], year: int | None) -> str | None:
    for line in lines:
        match = _INSIDE.search(line)
        if match is not None and (year is None or figures.year(match["year"]) == year):
            return _agency(match["agency"])
    return None


def _agency(text: str | None) -> str | None:
    if text is None:
        return None
    name = re.sub(r"(?:关于|发布|公布|印发|公开)+$", "", text.strip("《》“”\"'-_—:、"))
    return name if len(name) >= 2 else None


def _published(document: Document) -> datetime.date | None:
    for index, line in enumerate(document.lines()):
        if index >= _TITLE_LINES:
            break
        match = _DATE_LABEL.search(line.text)
        if match is not None and (found := figures.date(line.text[match.end() : match.end() + 14])) is not None:
            return found
    return figures.date(document.published) if document.published else None
