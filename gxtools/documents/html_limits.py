"""What is asked of a page before much is done with it, so that none takes more time or memory than it deserves."""

from __future__ import annotations

import re

from gxtools.errors import UnreadableDocument

_SMALL = 100_000  # characters; whatever so few of them hold, they take less than a second and a gigabyte
_MOST_TAGS = 500_000
_MOST_LINES = 100_000
_ROOT_TAG = re.compile(r"<(html|body)(?=[\s/>])", re.IGNORECASE)
_NOTHING = "<bgsound"  # an element without content, which is allowed wherever a page may repeat its beginning


def parsable(source: str, name: str) -> str:
    """The source as it can be parsed in a time that grows with its length and no faster.

    Raises ``UnreadableDocument`` where it holds more tags than any report.
    """
    if len(source) <= _SMALL:
        return source
    if (tags := source.count("<")) > _MOST_TAGS:
        raise UnreadableDocument(
            name,
            f"its markup holds {tags:,} tags, over the limit of {_MOST_TAGS:,}.",
            "Read the report's own page or text alone.",
        )
    return _with_one_root(source)


def check_lines(lines: int, name: str) -> None:
    """Refuse a page with more lines of text than any report has."""
    if lines > _MOST_LINES:
        raise UnreadableDocument(
            name,
            f"it has {lines:,} lines of text, over the limit of {_MOST_LINES:,}.",
            "Read the report's own page or text alone.",
        )


def _with_one_root(source: str) -> str:
    """Take out all ``<html>`` and ``<body>`` tags but the first.

    They add nothing but attributes to the first, which the parser compares and copies tag by tag.
    """
    seen: set[str] = set()
    parts: list[str] = []
    begin = 0
    for tag in _ROOT_TAG.finditer(source):
        if tag[1].lower() in seen:
            parts += source[begin : tag.start()], _NOTHING
            begin = tag.end()
        seen.add(tag[1].lower())
    return "".join((*parts, source[begin:]))
