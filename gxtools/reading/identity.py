"""Whose report it is, of which year, and when it was published: told from titles, datelines and the stated period."""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gxtools import figures
from gxtools.bodies import Body, resolve
from gxtools.grids import Document, TextLine
from gxtools.reading.titles import Title, read_title

_INSIDE = re.compile(r"(?:《|现将|现发布|现公布|公布|发布)([^《》。]{6,60})")
_DATE_LABEL = re.compile(
    r"(?:(?:发布|发文|公开|成文|生成|发表|印发)|(?<![\u4e00-\u9fff]))(?:日\s*期|时\s*间)\s*[\])】］]?\s*[:：]?\s*(?=[2２])"
)
_TITLE_LINES = 400
_LONGEST_TITLE = 90
_LONGEST_PART = 40
_SMALL_TABLE = 12
# A page with the titles of so many years and no table is a list of links.
_YEARS_OF_A_LIST = 3


@dataclass(frozen=True)
class Identity:
    """``titled`` where the title of an annual report was met; ``other`` where the page is headed by what only bears its
    words (an interpretation, a half-year's figures), ``listed`` where it names the reports of several years.

    ``doubts`` are keys of the messages.
    """

    body: Body | None
    year: int | None
    published: datetime.date | None
    titled: bool
    other: bool
    listed: bool
    doubts: tuple[str, ...]


def identify(document: Document) -> Identity:
    """Tell agency, year and date of a document from what it says of itself. Nothing is taken from its file name."""
    lines = list(document.lines())
    period = next((found for line in lines if (found := figures.period_year(line.text)) is not None), None)
    heads = [title for text in _of_head(document) if (title := read_title(text)) is not None]
    texts = [title for text in _of_lines(lines) if (title := read_title(text)) is not None]
    titles = [*heads, *texts]
    agency, year = _told(heads, texts, period)
    if agency is None:
        agency = _from_parts(lines, year) or _from_prose(lines, year)
    doubts = []
    if year is None:
        year = period
    elif period is not None and period != year:
        doubts.append("year_differs")
    if year is None:
        doubts.append("no_year")
    if agency is None:
        doubts.append("no_agency")
    context = " ".join([*document.titles, *(line.text[:_LONGEST_TITLE] for line in lines[:5])])
    body = resolve(agency, context, year) if agency is not None else None
    listed = period is None and len({title.year for title in titles if title.year is not None}) >= _YEARS_OF_A_LIST
    titled = any(title.annual for title in titles)
    other = bool(titles) and not titles[0].annual
    return Identity(body, year, _published(document, lines), titled, other, listed, tuple(doubts))


def _of_head(document: Document) -> Iterator[str]:
    for title in document.titles:
        yield title
        yield from re.split(r"\s*[_|]\s*|\s+[-—–]+\s+|>", title)


def _of_lines(lines: list[TextLine]) -> Iterator[str]:
    for line in lines[:_TITLE_LINES]:
        # A whole report on one line begins with its title.
        yield line.text[:_LONGEST_TITLE]
    for line, following in itertools.pairwise(lines[:_TITLE_LINES]):
        short = len(line.text) <= _LONGEST_PART and len(following.text) <= _LONGEST_PART
        if short and read_title(line.text) is None and read_title(following.text) is None:
            yield line.text + following.text


def _told(heads: list[Title], texts: list[Title], period: int | None) -> tuple[str | None, int | None]:
    """Agency and year: of the first title that names both, else each from the first that names it.

    Titles of other years stand above a report as links: there the one that agrees with the text's own period counts.
    """
    annual = [title for title in [*heads, *texts] if title.annual]
    whole = [title for title in annual if title.agency and title.year]
    if whole:
        agreeing = [title for title in whole if title.year == period]
        chosen = agreeing[0] if agreeing and whole[0] not in heads else whole[0]
        return chosen.agency, chosen.year
    agency = next((title.agency for title in annual if title.agency), None)
    return agency, next((title.year for title in annual if title.year), None)


def _from_parts(lines: list[TextLine], year: int | None) -> str | None:
    """The agency in the line above a title that names none."""
    for line, following in itertools.pairwise(lines[:_TITLE_LINES]):
        title = read_title(following.text)
        if title is None or not title.annual or title.agency is not None or len(line.text) > _LONGEST_PART:
            continue
        name = _folded(line.text)
        if title.year == year and resolve(name).kind is not None:
            return name
    return None


def _from_prose(lines: list[TextLine], year: int | None) -> str | None:
    for line in lines[:_TITLE_LINES]:
        for match in _INSIDE.finditer(_folded(line.text)):
            title = read_title(match[1])
            if title is not None and title.agency and title.year and year in (None, title.year):
                return title.agency
    return None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _published(document: Document, lines: list[TextLine]) -> datetime.date | None:
    datelines = [line.text for line in lines[:_TITLE_LINES]]
    for grid in document.grids():
        if len(grid.rows) <= _SMALL_TABLE:
            datelines += ["".join(cell.text for cell in row) for row in grid.rows]
    for line in datelines:
        if "期" not in line and "间" not in line:
            continue
        match = _DATE_LABEL.search(line)
        if match is not None and (found := figures.date(line[match.end() : match.end() + 14])) is not None:
            return found
    return figures.date(document.published) if document.published else None
