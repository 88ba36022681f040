"""A parsed page brought to what a reader sees of it: no scripts, no hidden parts, marks that style alone carries."""

from __future__ import annotations

import re

from turbohtml import Document as Tree
from turbohtml import Element, Text

from gxtools.grids import Note

_UNSEEN = (
    *("script", "style", "template", "noscript", "noframes", "noembed", "iframe", "object", "svg", "canvas", "audio"),
    *("video", "datalist", "rp", "rt"),
)
_MARKED = ("sup", "sub", "del", "s", "strike")
_FIELDS = ("input", "select", "textarea")
_FIELDS_OF_TEXT = frozenset(("", "text", "number", "tel", "date", "month", "search"))
_OF_TABLES = ("table", "thead", "tbody", "tfoot", "tr")
_INLINE = frozenset(("span", "a", "b", "strong", "font", "em", "i", "u", "label"))
_ENCLOSING = "td, th, p, div, li"
_NOT_SHOWN = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_SHOWN_AS_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)

_TAG_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")
_CODE = ("script", "style")
_LONGEST_TAG = 5000

RAISED, LOWERED, STRUCK = "^", "_", "~~"


def keep_visible(tree: Tree, body: Element, source: str) -> tuple[Note, ...]:
    """Change the body of a tree in place to what is seen, and return a note where tables were hidden.

    Raised text gets ``^`` before it and lowered text ``_`` (so that 5 with a footnote 1 is no 51), struck text ``~~``
    on both sides (so that a figure struck out is none), unless raised or lowered text is all that its cell holds.
    A filled field of a form becomes its value, a list of choices the one chosen.
    ``source`` is the page's text: looking there first where a style occurs is much faster than asking every element.
    """
    unseen: list[Element] = []
    fields: list[Element] = []
    marked: list[Element] = []
    for element in body.iter_elements((*_UNSEEN, *_FIELDS, *_MARKED)):
        tag = element.tag
        (fields if tag in _FIELDS else marked if tag in _MARKED else unseen).append(element)
    for element in unseen:
        element.extract()
    notes = _drop_hidden(tree, source)
    for element in fields:
        element.replace_with(Text(_value(element)))
    _mark_levels([element for element in marked if element.tag in ("sup", "sub")])
    struck = [element for element in marked if element.tag not in ("sup", "sub")]
    struck += _styled(tree, source, "line-through")
    for element in struck:
        for part in element.select("td, th") if element.tag in _OF_TABLES else (element,):
            _surround(part, STRUCK, STRUCK)
    return notes


def _drop_hidden(tree: Tree, source: str) -> tuple[Note, ...]:
    """Hidden parts go, unless they hold more than what is shown: then a script shows them, and they are the page."""
    _apply_displays(tree, source)
    hidden = tree.select("[hidden]")
    if not hidden:
        return ()
    hidden = tree.select("[hidden]:not([hidden] [hidden])")
    cells = sum(len(element.select("td, th")) for element in hidden)
    text = sum(len(element.text) for element in hidden)
    if 2 * cells > len(tree.select("td, th")) or 2 * text > len(tree.text):
        return (
            Note(
                "Most of the page is marked as hidden until a script shows it; it was read as if shown.",
                "页面大部分内容标记为隐藏，须由脚本显示；已按可见内容读取。",
            ),
        )
    for element in hidden:
        element.decompose()
    if not cells:
        return ()
    return (
        Note(
            f"A hidden part of the page with {cells} table cells was not read.",
            f"页面中隐藏的部分（含{cells}个单元格）未读取。",
        ),
    )


def _styled(tree: Tree, source: str, *words: str) -> list[Element]:
    """The elements whose ``style`` holds one of the words."""
    return [
        element
        for word in words
        for tag in sorted(_tags_around(source, word))
        for element in tree.select(f"{tag}[style*={word}]")
    ]


def _tags_around(source: str, word: str) -> set[str]:
    """The names of the last tags that begin before a word: among them is each one in whose attributes it stands."""
    tags: set[str] = set()
    at = source.find(word)
    while at >= 0:
        opening = source.rfind("<", max(0, at - _LONGEST_TAG), at)
        name = _TAG_NAME.match(source, opening + 1) if opening >= 0 else None
        tag = name[0].lower() if name else ""
        if tag in _CODE:
            at = source.find("</", at)
        elif tag:
            tags.add(tag)
        at = source.find(word, at + 1) if at >= 0 else -1
    return tags


def _apply_displays(tree: Tree, source: str) -> None:
    for element in _styled(tree, source, "display", "DISPLAY"):  # old editors write properties in capitals
        style = element.attr("style") or ""
        if _NOT_SHOWN.search(style):
            element.attrs["hidden"] = ""
        elif _SHOWN_AS_BLOCK.search(style) and element.tag in _INLINE:
            element.tag = "div"


def _value(field: Element) -> str:
    if field.tag == "select":
        chosen = field.select_one("option[selected]")
        chosen = field.select_one("option") if chosen is None else chosen
        return chosen.text if chosen is not None else ""
    value = field.field_value
    is_text = field.tag == "textarea" or (field.attr("type") or "").lower() in _FIELDS_OF_TEXT
    return value if is_text and isinstance(value, str) else ""


def _mark_levels(elements: list[Element]) -> None:
    whole: dict[Element, str] = {}
    for element in elements:
        enclosing = element.closest(_ENCLOSING)
        if enclosing is not None and enclosing not in whole:
            whole[enclosing] = enclosing.text.strip()
        if enclosing is None or whole[enclosing] != element.text.strip():
            _surround(element, RAISED if element.tag == "sup" else LOWERED, "")


def _surround(element: Element, before: str, after: str) -> None:
    if element.text.strip():
        element.insert(0, Text(before))
        element.append(Text(after))
