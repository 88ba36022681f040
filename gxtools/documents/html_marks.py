"""Marks for what style alone carries: raised, lowered, struck and hardly seen text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from turbohtml import Document as Tree
from turbohtml import Element, Text

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.html_above import Above

RAISED, LOWERED, STRUCK = "^", "_", "~~"

# What makes a figure another one.
TELLING = re.compile(r"[\d.,，+\-−－万亿千百十元减]")

_OF_TABLES = ("table", "thead", "tbody", "tfoot", "tr")
_ENCLOSING = frozenset(("td", "th", "p", "div", "li"))
_CELLS = frozenset(("td", "th"))
_BOUND = "\0"  # no page holds one


def doubted(text: str) -> str:
    """A text that is hardly seen, with U+FFFD in place of what makes up figures."""
    return TELLING.sub(REPLACEMENT, text)


def mark(tree: Tree, levels: Sequence[Element], struck: Iterable[Element]) -> None:
    """Put marks into a tree: before raised and lowered text (``sup`` and ``sub``), on both sides of struck text.

    Raised or lowered text that is all that its cell or paragraph holds gets none, nor does what is blank. Of a table,
    or a part of one, each cell is struck.
    """
    parts = _parts(struck)
    above = Above(lambda element: element.tag in _ENCLOSING)
    enclosing = [(element, above(element)) for element in levels]
    around = [element for _, element in enclosing if element is not None]
    extents = _extents(tree, list(dict.fromkeys((*levels, *around, *parts))))
    for element, other in enclosing:
        if _is_filled(element, extents) and (other is None or extents[other] != extents[element]):
            element.insert(0, Text(RAISED if element.tag == "sup" else LOWERED))
    for element in parts:
        if _is_filled(element, extents):
            element.insert(0, Text(STRUCK))
            element.append(Text(STRUCK))


def _parts(struck: Iterable[Element]) -> Collection[Element]:
    """The elements that are to be struck, each once."""
    parts: dict[Element, None] = {}
    cells: dict[Element, None] = {}
    cell_above = Above(lambda element: element.tag in _CELLS)
    for element in struck:
        if element.tag not in _OF_TABLES:
            parts[element] = None
        elif cell_above(element) not in cells:  # else they all are among those of the table around
            cells |= dict.fromkeys((*element.find_all("td"), *element.find_all("th")))
    return parts | cells


def _extents(tree: Tree, elements: Sequence[Element]) -> dict[Element, tuple[int, int]]:
    """Where the text of each element begins and ends, counted in pieces that are not blank; nothing for what is in the
    tree no longer.

    All are told from the text of the whole page, with bounds put around them and taken out again: to ask each element
    for its text takes minutes where thousands stand in each other.
    """
    bounds: list[Text] = []
    for number, element in enumerate(elements):
        begin, end = Text(f"{_BOUND}{number}{_BOUND}"), Text(f"{_BOUND}{number}{_BOUND}")
        element.insert(0, begin)
        element.append(end)
        bounds += begin, end
    pieces = tree.text.split(_BOUND) if bounds else []
    for bound in bounds:
        bound.extract()
    extents: dict[Element, tuple[int, int]] = {}
    before = 0
    for text, number in zip(pieces[::2], map(int, pieces[1::2]), strict=False):
        before += bool(text.strip())
        begun, _ = extents.get(elements[number], (before, before))
        extents[elements[number]] = (begun, before)
    return extents


def _is_filled(element: Element, extents: dict[Element, tuple[int, int]]) -> bool:
    begin, end = extents.get(element, (0, 0))
    return end > begin
