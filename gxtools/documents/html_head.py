"""What a page says of itself beside its text: titles, date of publication, address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from turbohtml import Document as Tree

from gxtools.documents.html_flow import tidy

_TITLES = ("articletitle", "og:title", "title", "dc.title")
_DATES = (
    "pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "og:published_time",
    "datepublished", "dc.date", "dc.date.issued", "dcterms.issued",
)  # fmt: skip
_ADDRESSES = ("og:url", "url", "dc.identifier")
_HEADINGS = ("h1", ".title")
_MOST_HEADINGS, _LONGEST_HEADING = 5, 200
# Browsers write this comment at the top of a page that they save.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(\S+?)\s*-->", re.IGNORECASE)
_TOP = 3000


class Head(NamedTuple):
    """Titles, best first; the date as printed; the address, of http or https."""

    titles: tuple[str, ...]
    published: str | None
    address: str | None


def read_head(tree: Tree, source: str) -> Head:
    """Read the head of a page, before anything is taken from the tree. What is not stated is empty or null."""
    meta: dict[str, str] = {}
    for element in tree.select("meta[content]"):
        name = element.attr("name") or element.attr("property") or element.attr("itemprop")
        content = tidy(element.attr("content") or "")
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    return Head(_titles(tree, meta), _first(meta, _DATES), _address(tree, meta, source))


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _titles(tree: Tree, meta: Mapping[str, str]) -> tuple[str, ...]:
    titles = [meta[name] for name in _TITLES if name in meta]
    titles += [tidy(element.text) for element in tree.select("head > title")]
    headings = (tidy(found.text) for where in _HEADINGS for found in tree.select(where)[:_MOST_HEADINGS])
    titles += [heading for heading in headings if len(heading) <= _LONGEST_HEADING]
    return tuple(dict.fromkeys(title for title in titles if title.strip()))


def _address(tree: Tree, meta: Mapping[str, str], source: str) -> str | None:
    canonical = tree.select_one("link[rel~=canonical i][href]")
    saved = _SAVED_FROM.search(source, 0, _TOP)
    stated = [
        canonical.attr("href") if canonical is not None else None,
        *(meta.get(name) for name in _ADDRESSES),
        saved[1] if saved else None,
    ]
    return next((address.strip() for address in stated if address and _is_of_a_page(address.strip())), None)


def _is_of_a_page(address: str) -> bool:
    """Whether an address is a full one and not that of a site's front page, which some sites state on every page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and bool(parts.path.strip("/") or parts.query)
