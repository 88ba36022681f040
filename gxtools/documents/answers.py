"""Answers of web services, parsed: the article that one holds, and what it says of itself beside its text."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.html import read_html
from gxtools.documents.joining import joined
from gxtools.documents.markup import is_page
from gxtools.documents.text import read_text
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document, Note

_LONG_TEXT = 200
_DEEPEST = 3
_CELL = re.compile(r"<t[dh]\b", re.I)
_TAG = re.compile(r"<[^<>]*>")
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
# An article beside others is the one that is meant when no other holds even this part of what it holds.
_CLEARLY_MORE = 4

_TITLES = ("title", "articletitle", "infotitle", "doctitle", "newstitle", "contenttitle", "subject")
_DATES = (
    *("pubdate", "publishdate", "publisheddate", "publicdate", "releasedate", "docpubdate"),
    *(
        "pubtime",
        "publishtime",
        "publishedtime",
        "publictime",
        "releasetime",
        "docpubtime",
        "docreltime",
        "publishedat",
    ),
)
_ADDRESSES = ("url", "docpuburl", "puburl", "pageurl", "weburl", "articleurl", "link", "shareurl")
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
_SECONDS = re.compile(r"([1-9]\d{9})(?:\d{3})?")  # since 1970, or thousandths of them


@dataclass(eq=False)
class _Article:
    """One object of an answer: its strings that are text or a page, its short values, and the object around it."""

    around: _Article | None
    bodies: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)

    def stated(self, names: tuple[str, ...]) -> Iterator[str]:
        """The short values under one of the names, the article's own before those of what is around it."""
        article: _Article | None = self
        while article is not None:
            yield from (value for name, value in article.fields if name in names)
            article = article.around


def read_answer(
    format: str, answer: object, inner: Callable[[str], object | None], name: str, notes: tuple[Note, ...]
) -> Document:
    """The one article that an answer (of mappings, lists and values) holds, as a document of ``format``.

    What is text or a page is told by content, not by name; ``inner`` parses a string that is an answer in itself.
    Raises ``UnreadableDocument`` where there is no article, or several of which none is clearly the one meant.
    """
    articles = _articles(answer, inner)
    if not articles:
        raise UnreadableDocument(
            name,
            f"the answer of a web service ({format.upper()}) holds no page and no longer text.",
            "Open the report in a browser, save that page and read it.",
        )
    article, meant, others = _meant(articles, format, name)
    # Prose in fields of its own belongs to the page; tables in another field may be those of another year.
    bodies = [body for body in article.bodies if body == meant or (is_page(body) and not _cells(body))]
    if others:
        notes += (
            Note(
                f"The answer holds further texts with tables ({others}) beside the report's, which were not read.",
                f"该接口返回的内容中另有{others}段含表格的文字，未读取。",
            ),
        )
    if (lost := sum(len(_NO_CHARACTER.findall(body)) for body in bodies)) > 0:
        notes += (
            Note(
                f"The text holds {lost:,} codes that are no characters; each stands as U+FFFD ({REPLACEMENT}).",
                f"文字中有{lost}处代码不是字符，均以U+FFFD（{REPLACEMENT}）代替。",
                lost=True,
            ),
        )
    document = joined(format, [_read(_NO_CHARACTER.sub(REPLACEMENT, body), name) for body in bodies])
    return replace(
        document,
        titles=tuple(dict.fromkeys([*filter(None, map(_plain, article.stated(_TITLES))), *document.titles])),
        published=next(filter(None, map(_date, article.stated(_DATES))), document.published),
        address=_address(article) or document.address,
        notes=notes + document.notes,
    )


def _articles(answer: object, inner: Callable[[str], object | None]) -> list[_Article]:
    """The objects of an answer that hold text, in reading order.

    What stands in a list is no part of what is around it, unless it is the only one there.
    """
    found = [_Article(None)]
    waiting: list[tuple[str, object, _Article, int]] = [("", answer, found[0], 0)]
    while waiting:
        name, value, article, depth = waiting.pop()
        if isinstance(value, Mapping):
            found.append(_Article(article))
            waiting += [(_folded(key), part, found[-1], depth) for key, part in reversed(list(value.items()))]
        elif isinstance(value, list):
            around = article if len(value) == 1 else None
            for part in reversed(value):
                found.append(_Article(around))
                waiting.append(("", part, found[-1], depth))
        elif isinstance(value, str) and depth < _DEEPEST and (parsed := inner(value)) is not None:
            waiting.append((name, parsed, article, depth + 1))
        elif isinstance(value, str) and (body := _body(value)) is not None:
            article.bodies.append(body)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            article.fields.append((name, str(value)))
    _drop_repeated(found)
    return [article for article in found if article.bodies]


def _drop_repeated(articles: list[_Article]) -> None:
    """Some answers hold the same text twice, in one object or in two."""
    seen: set[str] = set()
    for article in articles:
        article.bodies = [body for body in dict.fromkeys(article.bodies) if body not in seen]
        seen.update(article.bodies)


def _folded(name: object) -> str:
    return re.sub("[_-]", "", str(name)).lower()


def _body(value: str) -> str | None:
    """A string that is a page or text. A page that was escaped once too often is unescaped once, never more."""
    if is_page(value):
        return value
    if "&" in value and is_page(unescaped := html.unescape(value)):
        return unescaped
    is_text = len(value) >= _LONG_TEXT and not value.isascii() and "&lt;" not in value.replace("&amp;", "&")
    return value if is_text else None


def _meant(articles: list[_Article], format: str, name: str) -> tuple[_Article, str, int]:
    """The text with clearly most table cells, or where none holds a table clearly the longest, with its article.

    The third is how many others hold tables.
    """
    found = [(cells, article, body) for article in articles for body in article.bodies if (cells := _cells(body))]
    tables = len(found)
    if not found:
        found = [(len(body), article, body) for article in articles for body in [max(article.bodies, key=len)]]
    found.sort(key=lambda one: one[0], reverse=True)
    (most, article, body), *others = found
    several = 1 + sum(weight * _CLEARLY_MORE >= most for weight, _, _ in others)
    if several > 1:
        raise UnreadableDocument(
            name,
            f"the answer of a web service ({format.upper()}) holds {several} articles, and which is meant is not told.",
            "Give the answer with the report alone.",
        )
    return article, body, max(0, tables - 1)


def _cells(body: str) -> int:
    return len(_CELL.findall(body))


def _read(body: str, name: str) -> Document:
    return read_html(body, name) if is_page(body) else read_text(body, name)


def _plain(title: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", _NO_CHARACTER.sub(REPLACEMENT, title))).split())


def _date(value: str) -> str | None:
    """A date as it is written; a count of seconds as the day that it was in China."""
    if not (seconds := _SECONDS.fullmatch(value)):
        return value if _YEAR.search(value) else None
    return datetime.datetime.fromtimestamp(int(seconds[1]), _CHINA).date().isoformat()


def _address(article: _Article) -> str | None:
    """The full address that an article states, if it states one and no other."""
    stated = {value.strip() for name, value in article.fields if name in _ADDRESSES}
    full = {value for value in stated if _is_full(value)}
    return next(iter(full)) if len(full) == 1 else None


def _is_full(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and bool(parts.path.strip("/") or parts.query)
