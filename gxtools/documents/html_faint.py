"""Figures that a reader of the page hardly sees, or sees in another order than their characters stand in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from turbohtml import Document as Tree
from turbohtml import Element, Node, Text

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.html_above import Above
from gxtools.documents.html_looks import (
    is_cut,
    is_light,
    is_light_color,
    is_lost,
    is_moved,
    is_paper,
    is_tiny,
    is_turned,
)
from gxtools.documents.html_marks import TELLING, doubted
from gxtools.documents.html_sheets import Rule, selected
from gxtools.figures import is_cell
from gxtools.grids import Note

# For each element of which something is said: what; a question to declarations.
_Said = dict[Element, bool]
_Asked = Callable[[str], bool | None]
_OF_TABLES = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot"))
_DIGITS = re.compile(r"[\d.,，\s]*\d[\d.,，\s]*")


class _Way(NamedTuple):
    """A way to be hardly seen: the elements of which it is said, and whether a text within a cell is so."""

    said: _Said
    holds: Callable[[Node, Element], bool]


def doubt_faint(tree: Tree, styles: set[str], rules: list[Rule], inline: frozenset[str]) -> tuple[Note, ...]:
    """Put U+FFFD in place of what stands in cells of figures and is hardly seen; a note where something does.

    So is what has the color of its ground, no size, no room or a place off the page, and digits whose order style
    changes. Such a cell is no figure: what a reader of the page takes it for cannot be told. Elsewhere so are digits
    alone in a tag of ``inline`` between others; what more is hidden there a script may show.
    """
    faint = list(_faint(_Styles(tree, styles, rules), inline))
    for text in faint:
        text.replace_with(Text(doubted(text.data)))
    if not faint:
        return ()
    return (
        Note(
            f"Figures are hardly seen, or in another order, by their style (places: {len(faint)}); such characters "
            f"stand as U+FFFD ({REPLACEMENT}).",
            f"有{len(faint)}处数字因样式几乎不可见或显示顺序不同，此类字符以U+FFFD（{REPLACEMENT}）代替。",
        ),
    )


class _Styles:
    """What the declarations for the elements of a page say: an element's own ``style``, or the page's sheets."""

    def __init__(self, tree: Tree, styles: set[str], rules: list[Rule]) -> None:
        self.tree = tree
        self._styles = styles
        self._rules = [rule for rule in rules if rule.always]

    def may_be(self, asked: _Asked) -> bool:
        """Whether the answer is yes for any declarations."""
        return any(map(asked, self._styles)) or any(asked(rule.declarations) for rule in self._rules)

    def said(self, asked: _Asked, attributes: _Said | None = None) -> _Said:
        """The answer for each element: of its own style, else of sheets, where no outweighs yes, else of attributes."""
        said = dict(attributes or {})
        for answer in (True, False):
            rules = (rule for rule in self._rules if asked(rule.declarations) is answer)
            said |= dict.fromkeys(selected(self.tree, rules), answer)
        own = {style: told for style in self._styles if (told := asked(style)) is not None}
        for element in self.tree.select("[style]") if own else ():
            if (told := own.get(element.attr("style") or "")) is not None:
                said[element] = told
        return said


def _faint(styles: _Styles, inline: frozenset[str]) -> Iterator[Text]:
    """The texts that are hardly seen or stand in another order."""
    hiding = [way for way in (_lost(styles), _tiny(styles), _light(styles)) if way]
    changing = [way for way in (_moved(styles), _turned(styles)) if way]
    if not hiding and not changing:
        return
    cell_above = Above(_is_cell)
    texts: dict[Element | None, list[Text]] = {}
    for node in styles.tree.descendants:
        if isinstance(node, Text) and TELLING.search(node.data):
            texts.setdefault(cell_above(node), []).append(node)
    for cell, own in texts.items():
        if cell is not None and is_cell(cell.text.strip()):
            yield from [text for text in own if any(way.holds(text, cell) for way in (*hiding, *changing))]
        else:
            yield from [text for text in own if _is_among_words(text, inline, hiding)]


def _is_among_words(text: Text, inline: frozenset[str], ways: list[_Way]) -> bool:
    """Whether a text is digits alone in an element with others beside it, of which one of some ways is said."""
    around = text.parent
    if not isinstance(around, Element) or around.tag not in inline or not any(way.said.get(around) for way in ways):
        return False
    if text.previous_sibling is not None or text.next_sibling is not None or not _DIGITS.fullmatch(text.data):
        return False
    beside = [node.text.strip() for node in (around.previous_sibling, around.next_sibling) if node is not None]
    return any(beside) and any(way.said.get(around) and way.holds(text, around) for way in ways)


def _lost(styles: _Styles) -> _Way | None:
    if not (styles.may_be(is_lost) or styles.may_be(is_cut)):
        return None
    cut = styles.said(lambda style: is_cut(style) or None)
    said = dict.fromkeys((element for element in cut if element.tag not in _OF_TABLES), True)
    said |= styles.said(lambda style: is_lost(style) or None)
    above = Above(lambda element: element.tag == "table" or said.get(element, False))
    return _Way(said, lambda text, cell: (element := above(text)) is not None and element.tag != "table")


def _tiny(styles: _Styles) -> _Way | None:
    if not styles.may_be(is_tiny):
        return None
    said = styles.said(is_tiny)
    above = Above(lambda element: element.tag == "table" or element in said)
    return _Way(said, lambda text, cell: (element := above(text)) is not None and said.get(element, False))


def _light(styles: _Styles) -> _Way | None:
    fonts = {e: e.attr("color") or "" for e in styles.tree.find_all("font", color=True)}
    light = {name for name in set(fonts.values()) if _is_light_name(name)}
    if not (light or styles.may_be(is_light)):
        return None
    said = styles.said(is_light, {element: name in light for element, name in fonts.items()})
    grounds = {e: _is_light_name(e.attr("bgcolor") or "") for e in styles.tree.select("[bgcolor]")}
    papers = styles.said(is_paper, grounds)
    above = Above(lambda element: element.tag == "table" or element in said)
    behind = Above(papers.__contains__)

    def holds(text: Node, cell: Element) -> bool:
        element, ground = above(text), behind(text)
        return element is not None and said.get(element, False) and (ground is None or papers[ground])

    return _Way(said, holds)


def _moved(styles: _Styles) -> _Way | None:
    if not styles.may_be(is_moved):
        return None
    said = styles.said(lambda style: is_moved(style) or None)
    above = Above(lambda element: _is_cell(element) or said.get(element, False))

    def holds(text: Node, cell: Element) -> bool:
        element = above(text)
        return element is not None and element != cell and _telling(element) < _telling(cell)

    return _Way(said, holds)


def _turned(styles: _Styles) -> _Way | None:
    overrides = {e: True for e in styles.tree.find_all("bdo") if (e.attr("dir") or "").lower() == "rtl"}
    if not (overrides or styles.may_be(is_turned)):
        return None
    said = styles.said(lambda style: is_turned(style) or None, overrides)
    above = Above(lambda element: element.tag == "table" or said.get(element, False))

    def holds(text: Node, cell: Element) -> bool:
        element = above(text)
        return element is not None and element.tag != "table" and _telling(cell) > 1

    return _Way(said, holds)


def _is_cell(element: Element) -> bool:
    return element.tag in ("td", "th")


def _telling(element: Element) -> int:
    return len(TELLING.findall(element.text))


def _is_light_name(value: str) -> bool:
    """Whether an attribute names a color that is lost on paper; a number may lack its sign there."""
    name = value.strip().lower()
    return is_light_color(name) or is_light_color(f"#{name}")
