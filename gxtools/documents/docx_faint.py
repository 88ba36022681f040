"""Properties by which the text of a Word document is hardly seen: white, tiny, narrow, drawn over itself."""

from __future__ import annotations

import re

from lxml import etree

from gxtools.documents.docx_names import CELL, OF_CELL, OF_PARAGRAPH, OF_RUN, PARAGRAPH, TABLE, VALUE, W, number

COLOR = W + "color"
FAINT_BY = (
    *(COLOR, W + "sz", W + "w", W + "spacing"),
    "{http://schemas.microsoft.com/office/word/2010/wordml}textFill",
)
_SIX_DIGITS = re.compile(r"[0-9a-fA-F]{6}")
# Of 255: a color with no channel below is lost on paper. Half points of a font, percents of its width, and
# twentieths of a point between letters that nobody reads.
_PALE, _TINY, _NARROW, _CLOSE = 224, 4, 10, -45
_NO_FILL = etree.XPath("boolean(./*[local-name()='noFill'])")
_SHADE, _HIGHLIGHT = W + "shd", W + "highlight"


def is_faint(element: etree._Element) -> bool:
    """Whether a property of a run makes its letters white, or leaves them no size, no width, no room or no filling."""
    stated = number(element.get(VALUE), 100)
    match element.tag.removeprefix(W):
        case "color":
            return _is_white(element.get(VALUE)) or element.get(W + "themeColor") in ("background1", "light1")
        case "sz":
            return stated <= _TINY
        case "w":
            return stated <= _NARROW
        case "spacing":
            return stated <= _CLOSE
        case _:
            return bool(_NO_FILL(element))


def is_shaded(run: etree._Element, shading_styles: frozenset[str]) -> bool:
    """Whether something darker than paper may stand behind a run; ``shading_styles`` are the tables' that shade."""
    for tag, properties in ((None, OF_RUN), (PARAGRAPH, OF_PARAGRAPH), (CELL, OF_CELL)):
        around = run if tag is None else next(run.iterancestors(tag), None)
        found = around.find(properties) if around is not None else None
        for shade in found if found is not None else ():
            if shade.tag == _HIGHLIGHT or (shade.tag == _SHADE and not _is_paper(shade)):
                return True
    table = next(run.iterancestors(TABLE), None)
    style = table.find(f"{W}tblPr/{W}tblStyle") if table is not None else None
    return style is not None and style.get(VALUE) in shading_styles


def shading_styles(root: etree._Element | None) -> frozenset[str]:
    """The ids of the styles that shade something."""
    styles = root.iterchildren(W + "style") if root is not None else ()
    return frozenset(style.get(W + "styleId", "") for style in styles if not all(map(_is_paper, style.iter(_SHADE))))


def _is_paper(shade: etree._Element) -> bool:
    fill = shade.get(W + "fill") or "auto"
    return shade.get(VALUE) in (None, "clear", "nil") and (fill == "auto" or _is_white(fill))


def _is_white(color: str | None) -> bool:
    if color is None or not _SIX_DIGITS.fullmatch(color):
        return False
    return all(int(color[place : place + 2], 16) >= _PALE for place in (0, 2, 4))
