"""XML: pages in XHTML, and feeds or answers of web services that hold a page as text."""

from __future__ import annotations

import re
from xml.parsers import expat

from gxtools.documents.answers import read_answer
from gxtools.documents.html import read_html
from gxtools.documents.markup import is_page
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document, Note

_PROLOG = re.compile(r"\s*<\?xml\s[^<>]*>")
_ROOT = re.compile(
    r"\s*(?:<\?[^<>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<![a-z][^<>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<([a-z][\w:.-]*)",
    re.I | re.A,
)
_OF_PAGES = frozenset(("html", "head", "body", "div", "p", "span", "table", "tbody", "tr", "td", "section", "article"))
_OF_FEEDS = frozenset(("rss", "feed", "rdf:rdf"))
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_EMPTY = re.compile(r"<([a-z][a-z0-9]*)\b([^<>]*)/>", re.I)
# What HTML never closes.
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_MOST_TAGS, _TOP = 2_000_000, 10_000


class _Refused(Exception):
    """A declaration that no answer needs, or too much of everything."""


def read_xml(text: str, name: str, notes: tuple[Note, ...] = ()) -> Document | None:
    """An XML document: a page as a page, else the one article that it holds as text; None where the text is no XML.

    Raises ``UnreadableDocument`` for damaged XML, for one without an article or with several of which none is clearly
    the one meant, and for one that declares entities.
    """
    found = _ROOT.match(text, 0, _TOP)
    root = found[1].lower() if found else ""
    if not found or not (_PROLOG.match(text) or root in _OF_FEEDS or (root not in _OF_PAGES and "<![CDATA[" in text)):
        return None
    if root in _OF_PAGES:
        return read_html(_closed(text), name, notes)
    if is_page(_CDATA.sub("", text)):
        return read_html(_closed(_CDATA.sub(r"\1", text)), name, notes)
    return read_answer("xml", _parsed(text, name), lambda string: None, name, notes)


def _closed(text: str) -> str:
    """Elements that XML writes as empty, as HTML does: it would take ``<sup/>`` for a beginning."""
    return _EMPTY.sub(lambda tag: tag[0] if tag[1].lower() in _VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", text)


def _parsed(text: str, name: str) -> object:
    """Elements as mappings by the names of those within; of several of one name a list; without any, their text."""
    stack: list[tuple[dict[str, object], list[str]]] = [({}, [])]

    def begin(tag: str, _: object) -> None:
        stack.append(({}, []))

    def end(tag: str) -> None:
        within, strings = stack.pop()
        _put(stack[-1][0], tag.rpartition(":")[2], within or "".join(strings).strip())

    def refuse(*_: object) -> None:
        raise _Refused

    parser = expat.ParserCreate("utf-8")  # the text is characters already, whatever it declares
    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda string: stack[-1][1].append(string)
    parser.EntityDeclHandler = refuse
    try:
        if text.count("<") > _MOST_TAGS:
            raise _Refused
        parser.Parse(text.encode("utf-8", "replace"), True)
    except _Refused as error:
        raise UnreadableDocument(
            name, "the XML declares entities or holds more tags than any answer has.", "Fetch the report's page."
        ) from error
    except expat.ExpatError as error:
        raise UnreadableDocument(
            name, f"the XML is damaged in line {error.lineno:,}.", "Fetch it again, or save the report's page."
        ) from error
    return stack[0][0]


def _put(within: dict[str, object], name: str, value: object) -> None:
    held = within.get(name)
    if isinstance(held, list):
        held.append(value)
    else:
        within[name] = value if held is None else [held, value]
