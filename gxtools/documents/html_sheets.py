"""What a page's own style sheets hide: the parts of tables that no reader sees though their tags say nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from turbohtml import Document as Tree
from turbohtml import Element, parse

# A comment that nothing ends goes to the end of the sheet.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_CONDITION = re.compile(r"@(?!media\s+print\b)", re.IGNORECASE)  # paper is no reader's window
_OF_EVERY_WINDOW = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*", re.IGNORECASE)
_DEEPEST = 3
_REMEMBERED = 32  # sets of sheets; one may have 500 KB
_FOR_ALL = frozenset(("", "all", "screen"))
_LENGTH = r"(?:px|pt|em|rem|%)"

# Whether a rule is important, what its selector names, and its place in the sheets.
_Rank = tuple[bool, tuple[int, int, int], int]
_LOWEST: _Rank = (False, (0, 0, 0), -1)
_HIGHEST: _Rank = (True, (1000, 0, 0), 0)
_CLASS = re.compile(r"[.\[]|(?<!:):(?!:)")
_TAG = re.compile(r"(?:^|[\s>+~])[a-zA-Z]")
_MOST_CONTESTS = 100_000


class _Property(NamedTuple):
    """A property that can hide: whether it does in some declarations, or shows; ``room``: what it hides takes none."""

    hides: re.Pattern[str]
    shows: re.Pattern[str]
    room: bool = True


def _property(name: str, hiding: str, room: bool = True) -> _Property:
    start, end = rf"(?:^|;)\s*+(?:{name})\s*+:", r"\s*+(?:!\s*+important\s*+)?(?:;|$)"
    hides = rf"\s*+(?:{hiding}){end}"
    return _Property(re.compile(start + hides, re.IGNORECASE), re.compile(rf"{start}(?!{hides})", re.IGNORECASE), room)


_DISPLAY = _property("display", "none", room=False)
# What takes room and is not seen: digits put into a cell against copying.
_IN_PLACE = (
    _property("visibility", "hidden|collapse"),
    _property("opacity", r"0++(?:\.0*+)?|\.0++"),
    _property("font-size", rf"0{_LENGTH}?"),
    _property("color", "transparent"),
    _property("left|top|text-indent", rf"-\d{{3,}}+{_LENGTH}"),
    _property("clip", r"rect\((?:[\s,]*+[01](?:px)?){4}\s*+\)"),
)
_ANY = parse("")
_TABLE_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))


class Rule(NamedTuple):
    """A rule of a style sheet; ``always`` where every browser follows it, not for some widths of window alone."""

    selector: str
    declarations: str
    always: bool


@dataclass(frozen=True, eq=False)
class Sheets:
    """The rules of a page's style sheets but those for paper, each once.

    The pages of a site share theirs, and this object too, so that what is worked out of it is worked out once.
    """

    rules: tuple[Rule, ...]


def is_not_shown(style: str) -> bool:
    """Whether declarations take an element off the page."""
    return _DISPLAY.hides.search(style) is not None


@lru_cache(maxsize=4096)
def is_not_seen(style: str) -> bool:
    """Whether declarations leave an element its place and hide what stands there."""
    return any(property.hides.search(style) for property in _IN_PLACE)


def sheets_of(tree: Tree) -> Sheets:
    """The page's own style sheets."""
    return _read(tuple((sheet.text, (sheet.attr("media") or "").strip().lower()) for sheet in tree.find_all("style")))


@lru_cache(maxsize=_REMEMBERED)
def _read(sheets: tuple[tuple[str, str], ...]) -> Sheets:
    """Sheets, each a text and the media it is for."""
    found = (
        rule
        for text, media in sheets
        for rule in _rules_of(_COMMENT.sub("", text), [] if media in _FOR_ALL else [f"@media {media}"])
    )
    return Sheets(tuple(dict.fromkeys(found)))


class _Hiding(NamedTuple):
    """The rules that hide by a property, and those that show by it, with the selectors of all of each."""

    property: _Property
    hiding: list[Rule]
    showing: list[Rule]
    hidden: str
    shown: str


def hidden_by_sheets(tree: Tree, sheets: Sheets, inline: frozenset[str]) -> list[Element]:
    """The parts of tables that a page's sheets hide: whole ones, and tags of ``inline`` in a cell.

    Only these: elsewhere what is hidden is a menu, or a tab that a script shows. What the element's own ``style``, or a
    rule that ranks higher, shows by the same property is seen.
    """
    return [element for hiding in _hiding_of(sheets) for element in _hidden_by(hiding, tree, sheets, inline)]


def _hidden_by(hiding: _Hiding, tree: Tree, sheets: Sheets, inline: frozenset[str]) -> list[Element]:
    hidden = {
        element
        for element in tree.select(hiding.hidden)
        if (element.tag in inline and element.closest("td, th") is not None)
        or (element.tag in _TABLE_PARTS and not hiding.property.room)
    }
    if hidden and hiding.shown:
        contested = hidden.intersection(tree.select(hiding.shown))
        hidden -= contested - _hidden_by_rank(contested, hiding, sheets)
    return [element for element in hidden if not hiding.property.shows.search(element.attr("style") or "")]


def _hidden_by_rank(elements: set[Element], hiding: _Hiding, sheets: Sheets) -> set[Element]:
    """The elements that rules of both kinds select, and of which one that hides ranks highest.

    Too many are taken for seen: no site's sheets are at odds with themselves over so many.
    """
    if len(elements) * (len(hiding.hiding) + len(hiding.showing)) > _MOST_CONTESTS:
        return set()
    places = {rule: place for place, rule in enumerate(sheets.rules)}

    def highest(element: Element, own: list[Rule], unknown: _Rank) -> _Rank:
        """The rank of the highest rule; ``unknown`` where commas within a selector leave no part that selects."""
        parts = [(rule, part) for rule in own for part in rule.selector.split(",") if _is_selector(part)]
        ranks = [(_important(r), _specificity(part), places[r]) for r, part in parts if element.matches(part)]
        return max(ranks, default=unknown)

    return {e for e in elements if highest(e, hiding.hiding, _LOWEST) > highest(e, hiding.showing, _HIGHEST)}


def _important(rule: Rule) -> bool:
    return "important" in rule.declarations


def _specificity(selector: str) -> tuple[int, int, int]:
    """How many ids, how many classes, attributes and states, and how many tags a selector names."""
    return selector.count("#"), len(_CLASS.findall(selector)), len(_TAG.findall(selector))


@lru_cache(maxsize=_REMEMBERED)
def _hiding_of(sheets: Sheets) -> tuple[_Hiding, ...]:
    """What sheets hide by which property."""
    found: list[_Hiding] = []
    for property in (_DISPLAY, *_IN_PLACE):
        hiding = [rule for rule in sheets.rules if rule.always and property.hides.search(rule.declarations)]
        if hidden := selector_of(hiding):
            showing = [rule for rule in sheets.rules if property.shows.search(rule.declarations)]
            found.append(_Hiding(property, hiding, showing, hidden, selector_of(showing)))
    return tuple(found)


def _rules_of(text: str, around: list[str]) -> Iterator[Rule]:
    """The rules of a sheet, also within ``@media`` and its like; ``around`` is the condition on all of it."""
    heads: list[str] = []
    depth, said = 0, ""
    for piece in _BRACE.split(text):
        if piece == "{":
            depth += 1
            heads += [said] if depth <= _DEEPEST else []
        elif piece == "}":
            heads = heads[: max(depth - 1, 0)]
            depth, said = max(depth - 1, 0), ""
        else:
            said = piece.rpartition(";")[2].strip()  # behind @import and its like
            conditions = around + heads[:-1]
            if 0 < depth <= _DEEPEST and all(map(_CONDITION.match, conditions)) and not heads[-1].startswith("@"):
                yield Rule(heads[-1], piece, all(map(_OF_EVERY_WINDOW.fullmatch, conditions)))


def selected(tree: Tree, rules: Iterable[Rule]) -> list[Element]:
    """What any of the rules selects."""
    return tree.select(selector) if (selector := selector_of(rules)) else []


def selector_of(rules: Iterable[Rule]) -> str:
    """What selects all that any of the rules does: each asked alone would give thousands of elements anew."""
    return ", ".join(rule.selector for rule in rules if _is_selector(rule.selector))


@lru_cache(maxsize=4096)
def _is_selector(text: str) -> bool:
    """Whether it selects elements; what stands in no tree (``::after``) and a vendor's own do not."""
    try:
        _ANY.select(text)
    except ValueError:
        return False
    return True
