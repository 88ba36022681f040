"""The objects of a page as PDFium lists them: the lines drawn, and which text is not what a reader sees."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gxtools.documents import pdf_library as library
from gxtools.documents.pdf_paths import SAME, Matrix, PathReader, along
from gxtools.documents.pdf_pieces import WHITE
from gxtools.documents.pdf_raw import Box, Color, Stroke

_MOST_OBJECTS, _DEEPEST = 200_000, 12
_PALE, _OPAQUE = 238, 250
_PICTURE = 0.4  # of the page: a larger picture may be a scan of it
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_DOUBTED_MARKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("ActualText", "OC"))
_LONGEST_NAME = 64
_SIDES_OF_A_BOX = 5


class Paint(NamedTuple):
    """A box that is filled, or a picture; ``order`` is that of painting."""

    box: Box
    order: int
    white: bool = False
    picture: bool = False


class _Text(NamedTuple):
    thing: Any
    order: int
    outer: Matrix


class Drawn:
    """What is drawn on a page, those parts too that stand inside forms.

    ``unseen`` and ``doubted`` hold the addresses of text objects: those that nobody sees, and those that may show
    another text than they hold. ``pictured`` where a picture covers much of the page.
    """

    def __init__(self, page: Any, visible: Box, unpainted: bool) -> None:
        """``unpainted`` where some text may not be painted."""
        self.strokes: list[tuple[Color, Stroke]] = []
        self.unseen: set[int] = set()
        self.doubted: set[int] = set()
        self.fills: list[Paint] = []
        self.pictures: list[Paint] = []
        self._texts: list[_Text] = []
        self._order = 0
        self._paths = PathReader(max(visible.right - visible.left, visible.top - visible.bottom))
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._into_channels = [ctypes.byref(channel) for channel in self._channels]
        self._modes = ctypes.c_int(), ctypes.c_int()
        self._into_modes = [ctypes.byref(mode) for mode in self._modes]
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._take(library.object_of_page(page, index), SAME, 0)
        self.pictured = any(picture.box.common(visible).area > _PICTURE * visible.area for picture in self.pictures)
        self._weigh_covered()
        if unpainted:
            self._weigh_unpainted()

    def _take(self, thing: Any, outer: Matrix, depth: int) -> None:
        self._order += 1
        kind = library.kind_of(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self._texts.append(_Text(thing, self._order, outer))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._take_path(thing, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(Paint(self._paths.bounds(thing, outer), self._order, picture=True))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = self._paths.matrix(thing, outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
                if self._order > _MOST_OBJECTS:
                    return
                self._take(library.object_of_form(thing, index), inner, depth + 1)

    def _take_path(self, thing: Any, outer: Matrix) -> None:
        filled, stroked = self._modes
        library.draw_mode(thing, *self._into_modes)
        if stroked.value and _is_dark(color := self._color(library.stroke_color, thing)):
            self.strokes += [(color, stroke) for stroke in self._paths.stroked(thing, outer)]
        if filled.value:
            self._take_fill(thing, outer)

    def _take_fill(self, thing: Any, outer: Matrix) -> None:
        color = self._color(library.fill_color, thing)
        box = self._paths.bounds(thing, outer)
        thin = self._paths.is_thin(box)
        if not thin and color[3] >= _OPAQUE and not pdfium.FPDFPageObj_HasTransparency(thing):
            self.fills.append(Paint(box, self._order, min(color) >= WHITE))
        if _is_dark(color):
            if thin:
                self.strokes.append((color, along(box)))
            elif library.segments_of(thing) > _SIDES_OF_A_BOX:
                self.strokes += [(color, stroke) for stroke in self._paths.filled(thing, outer)]

    def _color(self, get: Any, thing: Any) -> Color:
        """A color with its opacity; black where it is a pattern."""
        if not get(thing, *self._into_channels):
            return (0, 0, 0, 255)
        red, green, blue, opacity = self._channels
        return (red.value, green.value, blue.value, opacity.value)

    def shows_pale(self, x: float, y: float) -> bool:
        """Whether what is painted at a point lets white text be seen."""
        under = [fill for fill in self.fills if fill.box.holds(x, y)]
        return any(picture.box.holds(x, y) for picture in self.pictures) or bool(under and not under[-1].white)

    def _weigh_covered(self) -> None:
        """Text under a box painted later is unseen, under a picture doubted: the picture may be transparent."""
        if not self._texts:
            return
        first = self._texts[0].order
        later = [paint for paint in [*self.fills, *self.pictures] if paint.order > first]
        for thing, order, outer in self._texts:
            later = [paint for paint in later if paint.order > order]
            if not later:
                return
            x, y = self._paths.bounds(thing, outer).middle
            over = [paint for paint in later if paint.box.holds(x, y)]
            if any(not paint.picture for paint in over):
                self.unseen.add(address(thing))
            elif over:
                self.doubted.add(address(thing))

    def _weigh_unpainted(self) -> None:
        """Text that is not painted is unseen; on a page under a picture a program may have read it off that picture."""
        for text in self._texts:
            if pdfium.FPDFTextObj_GetTextRenderMode(text.thing) in _INVISIBLE:
                (self.doubted if self.pictured else self.unseen).add(address(text.thing))


def address(thing: Any) -> int:
    """What tells one object of the library from another."""
    return ctypes.addressof(thing.contents)


def _is_dark(color: Color) -> bool:
    return min(color[:3]) < _PALE and color[3] > 0


def is_marked(thing: Any) -> bool:
    """Whether a text bears a mark that states another text, or that a layer may hide it."""
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    name = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), _LONGEST_NAME, ctypes.c_ulong()
    for index in range(pdfium.FPDFPageObj_CountMarks(thing)):
        mark = pdfium.FPDFPageObj_GetMark(thing, index)
        names = [pdfium.FPDFPageObjMark_GetName(mark, *name) and buffer.raw]
        for number in range(pdfium.FPDFPageObjMark_CountParams(mark)):
            names.append(pdfium.FPDFPageObjMark_GetParamKey(mark, number, *name) and buffer.raw)
        if any(found and found.startswith(_DOUBTED_MARKS) for found in names):
            return True
    return False
