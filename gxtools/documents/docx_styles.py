"""What the styles of a Word document, and the properties of its runs, say of text: marks and numbering."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from gxtools.documents.docx_faint import FAINT_BY, is_faint, shading_styles
from gxtools.documents.docx_names import OF_PARAGRAPH, OF_RUN, VALUE, W, is_on, number, value

Marks = dict[str, str]

NUMBERING = W + "numPr"
HIDDEN, LEVEL, STRUCK, FONT = "hidden", "level", "struck", "font"
YES, RAISED, LOWERED, SYMBOLS = "yes", "raised", "lowered", "symbols"
_LEVELS = {"superscript": RAISED, "subscript": LOWERED}
_FONTS_OF_SYMBOLS = ("wingdings", "webdings", "zapfdingbats", "zapf dingbats", "marlett")
_RAISED_BY = 6  # half points; less is how programs set a line straight


def marks_of(properties: etree._Element | None) -> Marks:
    """What the properties of a run say, by what they speak of; ``""`` where they switch off what a style says."""
    found: Marks = {}
    for element in () if properties is None else properties:
        match element.tag.removeprefix(W):
            case "vanish":
                found[HIDDEN] = YES if is_on(element) else ""
            case "strike" | "dstrike":
                found[STRUCK] = YES if is_on(element) or found.get(STRUCK) else ""
            case "vertAlign":
                found[LEVEL] = _LEVELS.get(element.get(VALUE, ""), "")
            case "position" if abs(by := number(element.get(VALUE), 0)) >= _RAISED_BY:
                found.setdefault(LEVEL, RAISED if by > 0 else LOWERED)
            case "rFonts" if font := element.get(W + "ascii"):
                found[FONT] = SYMBOLS if font.lower().startswith(_FONTS_OF_SYMBOLS) else ""
            case _ if element.tag in FAINT_BY:
                found[element.tag] = YES if is_faint(element) else ""
    return found


@dataclass(frozen=True)
class Style:
    """One style, with what it takes from those that it is based on. ``numbering`` holds the list and its level."""

    name: str = ""
    marks: Marks = field(default_factory=dict)
    numbering: tuple[str | None, int | None] = (None, None)


_PLAIN = Style()


class Styles:
    """The styles by their ids; one that is not there is a plain style. ``shading``: those that shade something."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = [] if root is None else list(root.iterchildren(W + "style"))
        self._elements = {element.get(W + "styleId", ""): element for element in reversed(elements)}
        self._styles: dict[str, Style] = {}
        self.shading = shading_styles(root)
        defaults = [element for element in elements if element.get(W + "default") in ("1", "true", "on")]
        of_paragraphs = (e.get(W + "styleId", "") for e in defaults if e.get(W + "type") == "paragraph")
        self.default = self.get(next(of_paragraphs, ""))

    def get(self, id: str) -> Style:
        """A style by its id. A loop in what styles are based on ends where it closes."""
        chain: dict[str, None] = {}
        following: str | None = id
        while following is not None and following not in self._styles and following not in chain:
            chain[following] = None
            following = value(self._elements.get(following), "basedOn")
        style = self._styles.get(following, _PLAIN) if following is not None else _PLAIN
        for own in reversed(chain):
            style = self._styles[own] = _based(style, self._elements.get(own))
        return style


def _based(style: Style, element: etree._Element | None) -> Style:
    """A style on the ground of another."""
    if element is None:
        return style
    own = element.find(f"{OF_PARAGRAPH}/{NUMBERING}")
    num, depth = numbering_of(own) if own is not None else (None, None)
    marks = style.marks | marks_of(element.find(OF_RUN))
    return Style(
        (value(element, "name") or "").lower(),
        {of: said for of, said in marks.items() if said},
        (num or style.numbering[0], style.numbering[1] if depth is None else depth),
    )


def numbering_of(element: etree._Element) -> tuple[str | None, int | None]:
    """The list that the numbering of a paragraph or style names, and its level; None for what it does not say."""
    depth = value(element, "ilvl")
    return value(element, "numId"), number(depth, 0) if depth is not None else None
