"""The text of a paragraph of a Word document, as it stands on the page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from gxtools.documents.docx_faint import COLOR, FAINT_BY, is_faint, is_shaded
from gxtools.documents.docx_names import MATH_TEXT, OF_PARAGRAPH, OF_RUN, RUN, TEXT, VALUE, W, value
from gxtools.documents.docx_numbering import Numbering
from gxtools.documents.docx_styles import (
    FONT,
    HIDDEN,
    LEVEL,
    NUMBERING,
    RAISED,
    STRUCK,
    Marks,
    Styles,
    marks_of,
)
from gxtools.documents.docx_visible import CHOICE, JOINED
from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.html_marks import LOWERED as LOWERED_MARK
from gxtools.documents.html_marks import RAISED as RAISED_MARK
from gxtools.documents.html_marks import STRUCK as STRUCK_MARK
from gxtools.documents.html_marks import doubted
from gxtools.figures import is_cell

_AS_CHARACTERS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
_MARKING = tuple(W + name for name in ("vanish", "strike", "dstrike", "vertAlign", "position", "rStyle"))
_ODD_FONTS = etree.XPath(
    ".//w:rFonts[contains(@w:ascii, 'ings') or contains(@w:ascii, 'INGS') or contains(@w:ascii, 'Zapf')]",
    namespaces={"w": W[1:-1]},
)
_PRIVATE = 0xF000  # where fonts of symbols have their characters
_LIKE_ASCII = frozenset("0123456789%()+,./:;<=>[]{|} ")  # what the font Symbol draws as others do


class _Piece(NamedTuple):
    text: str
    level: str
    struck: bool
    faint: bool = False


class Texts:
    """Reads paragraphs, in the order of the document, for their numbers are counted. ``hidden`` counts characters."""

    def __init__(self, body: etree._Element, styles: Styles, numbering: Numbering) -> None:
        self.hidden = 0
        self._styles = styles
        self._numbering = numbering
        # Looking through the body for what few paragraphs and runs have is much faster than asking each of them.
        self._style_of = {mark.getparent().getparent(): mark.get(VALUE) or "" for mark in body.iter(W + "pStyle")}
        self._list_of = {mark.getparent().getparent(): mark for mark in body.iter(NUMBERING)}
        self._odd = {mark.getparent().getparent() for mark in (*body.iter(*_MARKING), *_ODD_FONTS(body))}
        self._odd |= {mark.getparent().getparent() for mark in body.iter(*FAINT_BY) if is_faint(mark)}
        self._joined = {mark.getparent() for mark in body.iter(OF_PARAGRAPH) if mark.get(JOINED) is not None}

    def lines(self, paragraphs: Iterable[etree._Element]) -> list[str]:
        """The lines of paragraphs that follow one another, with their numbers; a break parts lines, tabs are kept."""
        lines: list[str] = []
        joined = False
        for paragraph in paragraphs:
            own = self._text(paragraph).split("\n")
            if joined and lines:
                lines[-1] += own.pop(0)
            lines += own
            joined = paragraph in self._joined
        return lines

    def _text(self, paragraph: etree._Element) -> str:
        id = self._style_of.get(paragraph)
        style = self._styles.get(id) if id is not None else self._styles.default
        pieces: list[_Piece] = []
        for run in paragraph.iter(RUN, MATH_TEXT):
            if run.tag == MATH_TEXT:
                pieces.append(_Piece(run.text or "", "", False))
            elif text := _text_of_run(run):
                marks = self._marks(run, style.marks) if style.marks or run in self._odd else {}
                if marks.get(HIDDEN):
                    self.hidden += len(text.strip())
                    continue
                if marks.get(FONT):
                    text = "".join(character if character.isspace() else REPLACEMENT for character in text)
                pieces.append(_Piece(text, marks.get(LEVEL, ""), bool(marks.get(STRUCK)), self._is_faint(run, marks)))
        if any(piece.faint for piece in pieces) and is_cell("".join(piece.text for piece in pieces).strip()):
            pieces = [piece._replace(text=doubted(piece.text)) if piece.faint else piece for piece in pieces]
        text = _joined(pieces)
        label = self._numbering.label(self._list_of.get(paragraph), id, style)
        if label and not label.endswith(" ") and text[:1].isdigit():
            label += " "  # 1. before 5 is no 1.5
        return label + text

    def _is_faint(self, run: etree._Element, marks: Marks) -> bool:
        faint = [tag for tag in FAINT_BY if marks.get(tag)]
        return bool(faint) and (faint != [COLOR] or not is_shaded(run, self._styles.shading))

    def _marks(self, run: etree._Element, of_style: Marks) -> Marks:
        properties = run.find(OF_RUN)
        own = value(properties, "rStyle")
        return of_style | (self._styles.get(own).marks if own is not None else {}) | marks_of(properties)


def _text_of_run(run: etree._Element) -> str:
    text = ""
    for element in run:
        tag = element.tag
        if tag in (TEXT, CHOICE):
            text += (element.text or "").replace("\n", " ")  # only a break parts lines
        elif tag in _AS_CHARACTERS:
            text += _AS_CHARACTERS[tag]
        elif tag == W + "sym":
            text += _symbol(element)
    return text


def _symbol(element: etree._Element) -> str:
    """A character of a font of symbols: what it looks like where that is certain, else U+FFFD."""
    try:
        code = int(element.get(W + "char") or "", 16)
    except ValueError:
        return REPLACEMENT
    font = (element.get(W + "font") or "").lower()
    if font == "symbol":
        found = chr(code - _PRIVATE if code >= _PRIVATE else code)
        return found if found in _LIKE_ASCII else REPLACEMENT
    plain = 0x20 <= code < 0xD800 and "dings" not in font
    return chr(code) if plain else REPLACEMENT


def _joined(pieces: list[_Piece]) -> str:
    """The pieces with signs for their marks, as in pages; text that is raised as a whole has none."""
    if not any(piece.level or piece.struck for piece in pieces):
        return "".join(piece.text for piece in pieces)
    levels = {piece.level for piece in pieces if piece.text.strip()}
    text = ""
    for (level, struck), group in groupby(pieces, key=lambda piece: (piece.level, piece.struck)):
        part = "".join(piece.text for piece in group)
        if part.strip() and struck:
            part = f"{STRUCK_MARK}{part}{STRUCK_MARK}"
        if part.strip() and level and len(levels) > 1:
            part = (RAISED_MARK if level == RAISED else LOWERED_MARK) + part
        text += part
    return text
