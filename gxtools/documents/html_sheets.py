"""What a page's own style sheets hide: the parts of tables that no reader sees though their tags say nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from turbohtml import Document as Tree
from turbohtml import Element

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
# Rules for paper or for a width of window, and what ends with a semicolon: none says what every reader sees.
_CONDITIONAL = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_FOR_ALL = frozenset(("", "all", "screen"))
_LENGTH = r"(?:px|pt|em|rem|%)"


class _Property(NamedTuple):
    """A property that can hide: whether it does in some declarations, or shows; ``room``: what it hides takes none."""

    hides: re.Pattern[str]
    shows: re.Pattern[str]
    room: bool = True


def _property(name: str, hiding: str, room: bool = True) -> _Property:
    start, end = rf"(?:^|;)\s*(?:{name})\s*:", r"\s*(?:!\s*important\s*)?(?:;|$)"
    hides = rf"\s*(?:{hiding}){end}"
    return _Property(re.compile(start + hides, re.IGNORECASE), re.compile(rf"{start}(?!{hides})", re.IGNORECASE), room)


_PROPERTIES = (
    _property("display", "none", room=False),
    _property("visibility", "hidden|collapse"),
    _property("opacity", r"0*\.?0+"),
    _property("font-size", rf"0{_LENGTH}?"),
    _property("color", "transparent"),
    _property("left|top|text-indent", rf"-\d{{3,}}{_LENGTH}"),
    _property("clip", r"rect\(\s*0[^)]*\)"),
)
_TABLE_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))


class _Rule(NamedTuple):
    selector: str
    declarations: str


def hidden_by_sheets(tree: Tree, inline: frozenset[str]) -> list[Element]:
    """The parts of tables that a ``<style>`` of the page hides: whole ones, and tags of ``inline`` in a cell.

    Only these: elsewhere what is hidden is a menu, or a tab that a script shows. What another rule, or the element's
    own ``style``, shows by the same property counts as seen: which of two rules wins is left to browsers.
    """
    rules = list(_rules(tree))
    return [element for property in _PROPERTIES for element in _hidden_by(property, tree, rules, inline)]


def _hidden_by(property: _Property, tree: Tree, rules: list[_Rule], inline: frozenset[str]) -> list[Element]:
    hidden = {
        element
        for rule in rules
        if property.hides.search(rule.declarations)
        for element in _selected(tree, rule.selector)
        if (element.tag in inline and element.closest("td, th") is not None)
        or (element.tag in _TABLE_PARTS and not property.room)
    }
    if not hidden:
        return []
    for rule in rules:
        if property.shows.search(rule.declarations):
            hidden.difference_update(_selected(tree, rule.selector))
    return [element for element in hidden if not property.shows.search(element.attr("style") or "")]


def _rules(tree: Tree) -> Iterator[_Rule]:
    for sheet in tree.find_all("style"):
        if (sheet.attr("media") or "").strip().lower() in _FOR_ALL:
            for selector, declarations in _RULE.findall(_CONDITIONAL.sub("", _COMMENT.sub("", sheet.text))):
                yield _Rule(selector.strip(), declarations)


def _selected(tree: Tree, selector: str) -> list[Element]:
    """What a selector selects; nothing where it speaks of what stands in no tree (``::after``, a vendor's own)."""
    try:
        return tree.select(selector)
    except ValueError:
        return []
