"""Figures that a reader of the page hardly sees, or sees in another order than their characters stand in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache

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
from gxtools.documents.html_sheets import Rule, Sheets, selected
from gxtools.figures import is_cell
from gxtools.grids import Note

# For each element of which something is said: what; a question to declarations; whether a text within a cell is faint.
_Said = dict[Element, bool]
_Asked = Callable[[str], bool | None]
_Holds = Callable[[Node, Element], bool]
_OF_TABLES = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot"))
_DIGITS = re.compile(r"[\d.,，\s]*\d[\d.,，\s]*")


def doubt_faint(tree: Tree, styles: set[str], sheets: Sheets, inline: frozenset[str]) -> tuple[Note, ...]:
    """Put U+FFFD in place of what stands in cells of figures and is hardly seen; a note where something does.

    So is what has the color of its ground, no size, no room or a place off the page, and digits whose order style
    changes. Such a cell is no figure: what a reader of the page takes it for cannot be told. Elsewhere so are digits
    alone in a tag of ``inline`` between others; what more is hidden there a script may show.
    """
    faint = list(dict.fromkeys(_faint(_Styles(tree, styles, sheets), inline)))
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

    def __init__(self, tree: Tree, styles: set[str], sheets: Sheets) -> None:
        self.tree = tree
        self._styles = styles
        self._sheets = sheets
        self._table_above = Above(lambda element: element.tag == "table")

    def elements(self, asked: _Asked) -> list[Element]:
        """The elements for which some declarations say yes."""
        own = {style for style in self._styles if asked(style)}
        styled = [element for element in self.tree.select("[style]") if element.attr("style") in own] if own else []
        return styled + selected(self.tree, [rule for rule, answer in _answers(self._sheets, asked) if answer])

    def are_in_tables(self, elements: Iterable[Element]) -> bool:
        """Whether any element stands within a table. Every site's sheets have white words and moved ones in menus."""
        return any(element.tag != "table" and self._table_above(element) is not None for element in elements)

    def said(self, asked: _Asked, attributes: _Said | None = None) -> _Said:
        """The answer for each element: of its own style, else of sheets, where no outweighs yes, else of attributes."""
        said = dict(attributes or {})
        for answer in (True, False):
            rules = (rule for rule, told in _answers(self._sheets, asked) if told is answer)
            said |= dict.fromkeys(selected(self.tree, rules), answer)
        own = {style: told for style in self._styles if (told := asked(style)) is not None}
        for element in self.tree.select("[style]") if own else ():
            if (told := own.get(element.attr("style") or "")) is not None:
                said[element] = told
        return said


@lru_cache(maxsize=256)
def _answers(sheets: Sheets, asked: _Asked) -> tuple[tuple[Rule, bool], ...]:
    """The answers of a page's sheets where there are any, with the rules that give them."""
    told = ((rule, asked(rule.declarations)) for rule in sheets.rules if rule.always)
    return tuple((rule, answer) for rule, answer in told if answer is not None)


class _Way:
    """A way to be hardly seen: ``elements`` of which some style says so, and whether a text within a cell is so."""

    def __init__(self, elements: list[Element], make: Callable[[], _Holds]) -> None:
        self.elements = elements
        self._make = make

    @cached_property
    def holds(self) -> _Holds:
        return self._make()


def _faint(styles: _Styles, inline: frozenset[str]) -> Iterator[Text]:
    """The texts that are hardly seen or stand in another order."""
    hiding = [_lost(styles), _tiny(styles), _light(styles)]
    ways = [*hiding, _moved(styles), _turned(styles)]
    cell_above = Above(_is_cell)
    if within := [way for way in ways if styles.are_in_tables(way.elements)]:
        yield from _in_figures(styles.tree, within, cell_above)
    for way in hiding:
        for element in way.elements:
            text = _digits_between(element) if element.tag in inline else None
            cell = cell_above(element)
            if text is not None and not (cell is not None and is_cell(cell.text.strip())) and way.holds(text, element):
                yield text


def _in_figures(tree: Tree, ways: list[_Way], cell_above: Above) -> Iterator[Text]:
    texts: dict[Element, list[Text]] = {}
    for node in tree.descendants:
        if isinstance(node, Text) and TELLING.search(node.data) and (cell := cell_above(node)) is not None:
            texts.setdefault(cell, []).append(node)
    for cell, own in texts.items():
        if is_cell(cell.text.strip()):
            yield from [text for text in own if any(way.holds(text, cell) for way in ways)]


def _digits_between(element: Element) -> Text | None:
    """The text of an element that holds digits alone, with others beside it."""
    text = next(iter(element), None)
    if not isinstance(text, Text) or text.next_sibling is not None or not _DIGITS.fullmatch(text.data):
        return None
    beside = (element.previous_sibling, element.next_sibling)
    return text if any(node.text.strip() for node in beside if node is not None) else None


def _lost(styles: _Styles) -> _Way:
    cut = [element for element in styles.elements(is_cut) if element.tag not in _OF_TABLES]
    elements = styles.elements(is_lost) + cut

    def make() -> _Holds:
        said = dict.fromkeys(cut, True) | styles.said(is_lost)
        above = Above(lambda element: element.tag == "table" or said.get(element, False))
        return lambda text, cell: (element := above(text)) is not None and element.tag != "table"

    return _Way(elements, make)


def _tiny(styles: _Styles) -> _Way:
    def make() -> _Holds:
        said = styles.said(is_tiny)
        above = Above(lambda element: element.tag == "table" or element in said)
        return lambda text, cell: (element := above(text)) is not None and said.get(element, False)

    return _Way(styles.elements(is_tiny), make)


def _light(styles: _Styles) -> _Way:
    names = {element: element.attr("color") or "" for element in styles.tree.find_all("font", color=True)}
    light = {name for name in set(names.values()) if _is_light_name(name)}
    named = {element: name in light for element, name in names.items()}

    def make() -> _Holds:
        said = styles.said(is_light, named)
        grounds = {e: _is_light_name(e.attr("bgcolor") or "") for e in styles.tree.select("[bgcolor]")}
        papers = styles.said(is_paper, grounds)
        above = Above(lambda element: element.tag == "table" or element in said)
        behind = Above(papers.__contains__)

        def holds(text: Node, cell: Element) -> bool:
            element, ground = above(text), behind(text)
            return element is not None and said.get(element, False) and (ground is None or papers[ground])

        return holds

    return _Way([*styles.elements(is_light), *(element for element, name in names.items() if name in light)], make)


def _moved(styles: _Styles) -> _Way:
    def make() -> _Holds:
        said = styles.said(is_moved)
        above = Above(lambda element: _is_cell(element) or said.get(element, False))

        def holds(text: Node, cell: Element) -> bool:
            element = above(text)
            return element is not None and element != cell and _telling(element) < _telling(cell)

        return holds

    return _Way(styles.elements(is_moved), make)


def _turned(styles: _Styles) -> _Way:
    turned = [element for element in styles.tree.find_all("bdo") if (element.attr("dir") or "").lower() == "rtl"]

    def make() -> _Holds:
        said = styles.said(is_turned, dict.fromkeys(turned, True))
        above = Above(lambda element: element.tag == "table" or said.get(element, False))

        def holds(text: Node, cell: Element) -> bool:
            element = above(text)
            return element is not None and element.tag != "table" and _telling(cell) > 1

        return holds

    return _Way(styles.elements(is_turned) + turned, make)


def _is_cell(element: Element) -> bool:
    return element.tag in ("td", "th")


def _telling(element: Element) -> int:
    return len(TELLING.findall(element.text))


def _is_light_name(value: str) -> bool:
    """Whether an attribute names a color that is lost on paper; a number may lack its sign there."""
    name = value.strip().lower()
    return is_light_color(name) or is_light_color(f"#{name}")
