"""Figures in cells that a reader of the page hardly sees, or sees in another order than their characters stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from turbohtml import Document as Tree
from turbohtml import Element, Text

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.html_above import Above
from gxtools.documents.html_looks import is_light, is_light_color, is_lost, is_moved, is_paper, is_tiny, is_turned
from gxtools.documents.html_marks import TELLING, doubted
from gxtools.documents.html_sheets import Rule, Sheets, selected
from gxtools.figures import is_cell
from gxtools.grids import Note

# For each element of which something is said: what; a question to declarations; whether a text of a cell is faint.
_Said = dict[Element, bool]
_Asked = Callable[[str], bool | None]
_Way = Callable[[Text, Element], bool]


def doubt_faint(tree: Tree, styles: set[str], sheets: Sheets) -> tuple[Note, ...]:
    """Put U+FFFD in place of what stands in cells of figures and is hardly seen; a note where something does.

    So is what has the color of its ground, no size, no room or a place off the page, and digits whose order style
    changes. Such a cell is no figure: what a reader of the page takes it for cannot be told.
    """
    faint = list(_faint(_Styles(tree, styles, sheets)))
    for text in faint:
        text.replace_with(Text(doubted(text.data)))
    if not faint:
        return ()
    return (
        Note(
            f"Figures in cells are hardly seen, or in another order, by their style (places: {len(faint)}); such "
            f"characters stand as U+FFFD ({REPLACEMENT}).",
            f"单元格内有{len(faint)}处数字因样式几乎不可见或显示顺序不同，此类字符以U+FFFD（{REPLACEMENT}）代替。",
        ),
    )


class _Styles:
    """What the declarations for the elements of a page say: an element's own ``style``, or the page's sheets."""

    def __init__(self, tree: Tree, styles: set[str], sheets: Sheets) -> None:
        self.tree = tree
        self._styles = styles
        self._sheets = sheets
        self._table_above = Above(lambda element: element.tag == "table")

    def reach_tables(self, asked: _Asked, others: Iterable[Element] = ()) -> bool:
        """Whether the answer is yes for anything within a table, or such are ``others``: else none of it is a figure.

        Every site's sheets have white words and moved ones, in its menus.
        """
        rules = [rule for rule, answer in _answers(self._sheets, asked) if answer]
        own = {style for style in self._styles if asked(style)}
        styled = [element for element in self.tree.select("[style]") if element.attr("style") in own] if own else []
        return any(
            element.tag != "table" and self._table_above(element) is not None
            for element in (*others, *styled, *selected(self.tree, rules))
        )

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


def _faint(styles: _Styles) -> Iterator[Text]:
    """The texts in cells of figures that are hardly seen or stand in another order."""
    hiding = [way for way in (_lost(styles), _tiny(styles), _light(styles), _moved(styles), _turned(styles)) if way]
    if not hiding:
        return
    cell_above = Above(_is_cell)
    texts: dict[Element, list[Text]] = {}
    for node in styles.tree.descendants:
        if isinstance(node, Text) and TELLING.search(node.data) and (cell := cell_above(node)) is not None:
            texts.setdefault(cell, []).append(node)
    for cell, own in texts.items():
        if is_cell(cell.text.strip()):
            yield from [text for text in own if any(way(text, cell) for way in hiding)]


def _lost(styles: _Styles) -> _Way | None:
    if not styles.reach_tables(is_lost):
        return None
    said = styles.said(is_lost)
    above = Above(lambda element: element.tag == "table" or said.get(element, False))
    return lambda text, cell: (element := above(text)) is not None and element.tag != "table"


def _tiny(styles: _Styles) -> _Way | None:
    if not styles.reach_tables(is_tiny):
        return None
    said = styles.said(is_tiny)
    above = Above(lambda element: element.tag == "table" or element in said)
    return lambda text, cell: (element := above(text)) is not None and said.get(element, False)


def _light(styles: _Styles) -> _Way | None:
    named = {element: _is_light_name(element.attr("color") or "") for element in styles.tree.select("font[color]")}
    if not styles.reach_tables(is_light, [element for element, light in named.items() if light]):
        return None
    said = styles.said(is_light, named)
    grounds = {e: _is_light_name(e.attr("bgcolor") or "") for e in styles.tree.select("[bgcolor]")}
    papers = styles.said(is_paper, grounds)
    above = Above(lambda element: element.tag == "table" or element in said)
    behind = Above(papers.__contains__)

    def is_faint(text: Text, cell: Element) -> bool:
        element, ground = above(text), behind(text)
        return element is not None and said.get(element, False) and (ground is None or papers[ground])

    return is_faint


def _moved(styles: _Styles) -> _Way | None:
    if not styles.reach_tables(is_moved):
        return None
    said = styles.said(is_moved)
    above = Above(lambda element: _is_cell(element) or said.get(element, False))

    def is_among_others(text: Text, cell: Element) -> bool:
        element = above(text)
        return element is not None and element != cell and _telling(element) < _telling(cell)

    return is_among_others


def _turned(styles: _Styles) -> _Way | None:
    turned = styles.tree.select("[dir=rtl i]")
    if not styles.reach_tables(is_turned, turned):
        return None
    said = styles.said(is_turned, dict.fromkeys(turned, True))
    above = Above(lambda element: element.tag == "table" or said.get(element, False))
    return lambda text, cell: (element := above(text)) is not None and element.tag != "table" and _telling(cell) > 1


def _is_cell(element: Element) -> bool:
    return element.tag in ("td", "th")


def _telling(element: Element) -> int:
    return len(TELLING.findall(element.text))


def _is_light_name(value: str) -> bool:
    """Whether an attribute names a color that is lost on paper; a number may lack its sign there."""
    name = value.strip().lower()
    return is_light_color(name) or is_light_color(f"#{name}")
