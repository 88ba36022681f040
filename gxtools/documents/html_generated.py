"""Figures in cells that style sheets change by ``::before``, ``::after`` or ``::first-letter``, without a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from turbohtml import Document as Tree
from turbohtml import Element, Text

from gxtools.documents.css_values import declarations
from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.html_above import Above
from gxtools.documents.html_looks import is_cut, is_light, is_lost, is_moved, is_tiny
from gxtools.documents.html_sheets import Rule, Sheets, is_not_shown, selected
from gxtools.figures import is_cell
from gxtools.grids import Note

_PART = re.compile(r"::?(before|after|first-letter|first-line)\s*$", re.IGNORECASE)
# A string, an attribute whose value is shown, or a count.
_CONTENT = re.compile(r"""("[^"]*+"|'[^']*+')|attr\(\s*([\w-]+)[^()]*\)|(counters?\()""")
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.IGNORECASE)
_SIGNS = frozenset("+-−－*")
_BLANK = " \t\n\r\f\xa0\u3000"


class _Change(NamedTuple):
    """What rules do to a part of the elements that selectors choose; ``attribute`` where they show one's value."""

    selector: str
    attribute: str | None = None


def doubt_generated(tree: Tree, sheets: Sheets) -> tuple[Note, ...]:
    """Put U+FFFD into cells of figures, and blank ones, whose characters a sheet adds to or hides; a note of them."""
    changes = _changes_by(sheets)
    if not changes:
        return ()
    cell_above = Above(_is_cell)
    doubted: dict[Element, None] = {}
    for element in _changed(tree, changes):
        cell = element if _is_cell(element) else cell_above(element)
        if cell is not None and (is_cell(text := cell.text.strip(_BLANK)) or not text):
            doubted[cell] = None
    for cell in doubted:
        cell.append(Text(REPLACEMENT))
    if not doubted:
        return ()
    return (
        Note(
            f"The page's style sheet adds to the figures in cells or hides a part of them (cells: {len(doubted)}); "
            f"they were not read.",
            f"页面样式表在单元格的数字上添加或隐藏了字符（{len(doubted)} 格），未读取。",
        ),
    )


@lru_cache(maxsize=32)
def _changes_by(sheets: Sheets) -> tuple[_Change, ...]:
    """What the sheets of a page change, each once."""
    return tuple(dict.fromkeys(change for rule in sheets.rules if rule.always for change in _changes(rule)))


def _changed(tree: Tree, changes: Sequence[_Change]) -> Iterator[Element]:
    added, shown = (
        [Rule(change.selector, "", True) for change in changes if (change.attribute is None) is bare]
        for bare in (True, False)
    )
    attributes = {change.attribute for change in changes if change.attribute is not None}
    yield from selected(tree, added)
    for element in selected(tree, shown):
        if any(_is_telling(element.attr(name) or "") for name in attributes.intersection(element.attrs.keys())):
            yield element


def _changes(rule: Rule) -> Iterator[_Change]:
    parts = [(part, found) for part in rule.selector.split(",") if (found := _PART.search(part))]
    for part, found in parts:
        selector = part[: found.start()].strip() or "*"
        if found[1].lower().startswith("first"):
            style = rule.declarations
            if is_not_shown(style) or is_lost(style) or is_moved(style) or is_tiny(style) or is_light(style):
                yield _Change(selector)
        else:
            yield from (_Change(selector, attribute) for attribute in _shown(rule.declarations))


def _shown(style: str) -> Iterator[str | None]:
    """The attributes whose values declarations show; null for digits, words or signs of their own."""
    content = declarations(style).get("content", "")
    if not content or is_not_shown(style) or is_lost(style) or is_cut(style):
        return
    for text, attribute, count in _CONTENT.findall(content):
        if attribute:
            yield attribute
        elif count or _is_telling(_ESCAPE.sub(_character, text[1:-1])):
            yield None


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return chr(code) if code < 0x110000 else REPLACEMENT


def _is_telling(text: str) -> bool:
    """Whether characters make a figure another one beside which they stand; pictures from fonts do not."""
    return any(character.isalnum() or character in _SIGNS for character in text)


def _is_cell(element: Element) -> bool:
    return element.tag in ("td", "th")
