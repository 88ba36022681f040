"""A parsed page brought to what a reader sees of it: no scripts, no hidden parts, marks that style alone carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from turbohtml import Document as Tree
from turbohtml import Element, Text

from gxtools.documents.html_above import Above
from gxtools.documents.html_faint import doubt_faint
from gxtools.documents.html_generated import doubt_generated
from gxtools.documents.html_marks import mark
from gxtools.documents.html_sheets import Sheets, hidden_by_sheets, is_not_seen, is_not_shown, sheets_of
from gxtools.grids import Note

_UNSEEN = (
    *("script", "style", "template", "noscript", "noframes", "noembed", "iframe", "object", "svg", "canvas", "audio"),
    *("video", "datalist", "rp", "rt"),
)
_LEVELS = ("sup", "sub")
_MARKED = (*_LEVELS, "del", "s", "strike")
_FIELDS = ("input", "select", "textarea")
_FIELDS_OF_TEXT = frozenset(("", "text", "number", "tel", "date", "month", "search"))
_INLINE = frozenset(("span", "a", "b", "strong", "font", "em", "i", "u", "label"))
_MOST_RULES = 20_000  # no site's sheets hold so many
_TOO_MANY_RULES = Note(
    "The page's style sheets hold too many rules to tell whether they make figures hardly seen.",
    "页面样式表规则过多，无法判断其是否使数字几乎不可见。",
    lost=True,
)
_SHOWN_AS_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)


def keep_visible(tree: Tree, body: Element) -> tuple[Note, ...]:
    """Change the body of a tree in place to what is seen, and return a note where tables were hidden.

    Raised text gets ``^`` before it and lowered text ``_`` (so that 5 with a footnote 1 is no 51), struck text ``~~``
    on both sides (so that a figure struck out is none), unless raised or lowered text is all that its cell holds.
    A filled field of a form becomes its value, a list of choices the one chosen. What is hardly seen in a cell of
    figures gets U+FFFD in its place.
    """
    sheets = sheets_of(tree)
    notes = _hide_by_sheets(tree, sheets)
    unseen: list[Element] = []
    fields: list[Element] = []
    marked: list[Element] = []
    for element in body.iter_elements((*_UNSEEN, *_FIELDS, *_MARKED)):
        tag = element.tag
        (fields if tag in _FIELDS else marked if tag in _MARKED else unseen).append(element)
    for element in unseen:
        element.extract()
    styles = set(cast("Iterator[str]", tree.xpath_iter("//@style")))
    _apply_displays(tree, styles)
    _hide_in_cells(tree, styles)
    notes += _drop_hidden(tree)
    if len(sheets.rules) > _MOST_RULES:
        notes += (_TOO_MANY_RULES,)
        sheets = Sheets(())
    notes += doubt_faint(tree, styles, sheets, _INLINE) + doubt_generated(tree, sheets)
    for element in fields:
        element.replace_with(Text(_value(element)))
    levels = [element for element in marked if element.tag in _LEVELS]
    struck = [element for element in marked if element.tag not in _LEVELS] + _styled(tree, styles, "line-through")
    mark(tree, levels, struck)
    return notes


def _hide_by_sheets(tree: Tree, sheets: Sheets) -> tuple[Note, ...]:
    """Mark what the page's style sheets hide in its tables; a note of digits, which a sheet elsewhere might show."""
    places = 0
    for element in hidden_by_sheets(tree, sheets, _INLINE):
        element.attrs["hidden"] = ""
        places += element.tag in _INLINE and any(map(str.isdigit, element.text))
    if not places:
        return ()
    return (
        Note(
            f"The page's style sheet hides digits within cells (places: {places}); they were not read.",
            f"页面样式表隐藏了单元格内的数字（{places} 处），未读取。",
        ),
    )


def _drop_hidden(tree: Tree) -> tuple[Note, ...]:
    """Hidden parts go, unless they hold more than what is shown: then a script shows them, and they are the page."""
    hidden = tree.select("[hidden]")
    if not hidden:
        return ()
    within = Above(set(hidden).__contains__)
    hidden = [element for element in hidden if within(element) is None]
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


def _styled(tree: Tree, styles: set[str], word: str) -> list[Element]:
    """The elements whose ``style`` holds a word. Asking every element for it is slow, so first whether any can."""
    return tree.select(f"[style*={word}]") if any(word in style for style in styles) else []


def _apply_displays(tree: Tree, styles: set[str]) -> None:
    for element in (*_styled(tree, styles, "display"), *_styled(tree, styles, "DISPLAY")):
        style = element.attr("style") or ""
        if is_not_shown(style):
            element.attrs["hidden"] = ""
        elif _SHOWN_AS_BLOCK.search(style) and element.tag in _INLINE:
            element.tag = "div"


def _hide_in_cells(tree: Tree, styles: set[str]) -> None:
    """Mark what stands within a cell and is not seen as hidden; elsewhere a script may show it."""
    if any(map(is_not_seen, styles)):
        for element in tree.select("td [style], th [style]"):
            if element.tag in _INLINE and is_not_seen(element.attr("style") or ""):
                element.attrs["hidden"] = ""


def _value(field: Element) -> str:
    if field.tag == "select":
        chosen = field.select_one("option[selected]")
        chosen = field.select_one("option") if chosen is None else chosen
        return chosen.text if chosen is not None else ""
    value = field.field_value
    is_text = field.tag == "textarea" or (field.attr("type") or "").lower() in _FIELDS_OF_TEXT
    return value if is_text and isinstance(value, str) else ""
