"""Whose report it is, of which year, and when it was published: told from titles, datelines and the stated period."""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gxtools import figures
from gxtools.bodies import Body, resolve
from gxtools.forms.characters import simplified
from gxtools.grids import Document, TextLine
from gxtools.reading.titles import Title, read_title

_INSIDE = re.compile(r"(?:《|现将|现发布|现公布|公布|发布)([^《》。]{6,60})")
# It begins with a plain set of characters, which makes the search cheap, and gives nothing back in a run of spaces.
_DATE_LABEL = re.compile(
    r"[日时](?:(?<=(?:发布|发文|公开|成文|生成|发表|印发).)|(?<![\u4e00-\u9fff].))"
    r"(?:(?<=日)\s*+期|(?<=时)\s*+间)\s*+[\])】］]?+\s*+[:：]?+\s*+(?=[2２])"
)
_TITLE_LINES = 400
_LONGEST_TITLE, _LONGEST_HEAD = 90, 1000
_LONGEST_PART, _LONGEST_BROKEN = 40, 400
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


def identify(document: Document, lines: Sequence[TextLine]) -> Identity:
    """Tell agency, year and date of a document from what it says of itself, ``lines`` being those of its text.

    Nothing is taken from its file name.
    """
    texts = [line.text for line in lines]
    period = _period(texts)
    texts = _in_simplified(texts[:_TITLE_LINES])
    heads = [title for text in _in_simplified(list(_of_head(document))) if (title := read_title(text)) is not None]
    below = _of_lines(texts)
    titles = [*heads, *below]
    agency, year = _told(heads, below, period)
    if agency is None:
        agency = _from_parts(texts, year) or _from_prose(texts, year)
    doubts = []
    if year is None:
        year = period
    elif period is not None and period != year:
        doubts.append("year_differs")
    if year is None:
        doubts.append("no_year")
    if agency is None:
        doubts.append("no_agency")
    context = " ".join([*document.titles, *(text[:_LONGEST_TITLE] for text in texts[:5])])
    body = resolve(agency, context, year) if agency is not None else None
    listed = period is None and len({title.year for title in titles if title.year is not None}) >= _YEARS_OF_A_LIST
    titled = any(title.annual for title in titles)
    other = bool(titles) and not titles[0].annual
    return Identity(body, year, _published(document, texts), titled, other, listed, tuple(doubts))


def _period(texts: list[str]) -> int | None:
    """The year of the first period that the text states, in one line or broken over two."""
    whole = "".join(texts)
    if "31" not in whole and "３１" not in whole:  # far faster than to look at each line
        return None
    for text in texts:
        if ("31" in text or "３１" in text) and (year := figures.period_year(text)) is not None:
            return year
    for text, following in itertools.pairwise(texts):
        # A year and a month or day, which the break may have parted, stand before 31日.
        both = text + following if "20" in text and len(text) + len(following) < _LONGEST_BROKEN else ""
        if "31" in both and (year := figures.period_year(both)) is not None:
            return year
    return None


def _in_simplified(texts: list[str]) -> list[str]:
    """The texts of a copy in traditional characters as the body itself wrote them; any others as they are."""
    return list(map(simplified, texts)) if any("報" in text for text in texts) else texts


def _of_head(document: Document) -> Iterator[str]:
    for whole in document.titles:
        title = whole[:_LONGEST_HEAD]
        yield title
        yield from re.split(r"\s*[_|]\s*|\s+[-—–]+\s+|>", title)


def _of_lines(texts: list[str]) -> list[Title]:
    """The titles that single lines are, then those that two short lines make together."""
    named = [place for place, text in enumerate(texts) if "报" in text]
    # A whole report on one line begins with its title.
    single = {place: title for place in named if (title := read_title(texts[place][:_LONGEST_TITLE])) is not None}
    found = list(single.values())
    for place in sorted({begin for end in named for begin in (end - 1, end) if 0 <= begin < len(texts) - 1}):
        line, following = texts[place], texts[place + 1]
        short = len(line) <= _LONGEST_PART and len(following) <= _LONGEST_PART
        if short and place not in single and place + 1 not in single:
            title = read_title(line + following)
            found += [title] if title is not None else []
    return found


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


def _from_parts(texts: list[str], year: int | None) -> str | None:
    """The agency in the line above a title that names none."""
    for line, following in itertools.pairwise(texts):
        title = read_title(following)
        if title is None or not title.annual or title.agency is not None or len(line) > _LONGEST_PART:
            continue
        name = _folded(line)
        if title.year == year and resolve(name).kind is not None:
            return name
    return None


def _from_prose(texts: list[str], year: int | None) -> str | None:
    for text in texts:
        for match in _INSIDE.finditer(_folded(text)):
            title = read_title(match[1])
            if title is not None and title.agency and title.year and year in (None, title.year):
                return title.agency
    return None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _published(document: Document, texts: list[str]) -> datetime.date | None:
    dated = [text for text in texts if "期" in text or "间" in text]
    for text in itertools.chain(dated, _rows_of_small_tables(document)):
        if ("期" in text and "日" in text) or ("间" in text and "时" in text):
            match = _DATE_LABEL.search(text)
            if match is not None and (found := figures.date(text[match.end() : match.end() + 14])) is not None:
                return found
    return figures.date(document.published) if document.published else None


def _rows_of_small_tables(document: Document) -> Iterator[str]:
    for grid in document.grids():
        if len(grid.rows) <= _SMALL_TABLE:
            for row in grid.rows:
                yield "".join(cell.text for cell in row)
