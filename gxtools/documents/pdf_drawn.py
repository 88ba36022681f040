"""The objects of a page as PDFium lists them: the lines drawn, and which text is not what a reader sees."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gxtools.documents import pdf_library as library
from gxtools.documents.pdf_clips import Clip
from gxtools.documents.pdf_paint import WHITE, Paint, Painted, is_faint_on, is_lost_on, points_of
from gxtools.documents.pdf_paths import SAME, Matrix, PathReader, along
from gxtools.documents.pdf_raw import Box, Color, Piece, Stroke, TooLarge

_MOST_OBJECTS, _DEEPEST, _MOST_LOOKS = 400_000, 12, 2_000_000
_PALE, _OPAQUE = 238, 250
_PICTURE = 0.4  # of the page: a larger picture may be a scan of it
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_OUTLINED = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_DOUBTED_MARKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("ActualText", "OC"))
_LONGEST_NAME = 64
_SIDES_OF_A_BOX, _SIDES_OF_A_LINE = 5, 2
NO_COLOR: Color = (128, 128, 128, 255)


class _Text(NamedTuple):
    thing: Any
    order: int
    outer: Matrix


class Drawn:
    """What is drawn on a page, those parts too that stand inside forms.

    ``unseen`` and ``doubted`` hold the addresses of text objects: those that nobody sees, and those that may show
    another text than they hold; ``covered`` those over a part of which something is painted later, and what;
    ``clipped`` those of which clip paths may leave a part alone.
    ``pictured`` where a picture covers much of the page; ``pictures`` are where all stand.
    """

    def __init__(self, page: Any, visible: Box, unpainted: bool) -> None:
        """``unpainted`` where some text may not be painted."""
        self.strokes: list[tuple[Color, Stroke]] = []
        self.unseen: set[int] = set()
        self.doubted: set[int] = set()
        self.covered: dict[int, list[Paint]] = {}
        self.clipped: dict[int, list[Clip]] = {}
        self.pictures: list[Box] = []
        self._paints: list[Paint] = []
        self._texts: list[_Text] = []
        self._orders: dict[int, int] = {}
        self._order = self._looks = 0
        self._paths = PathReader(max(visible.right - visible.left, visible.top - visible.bottom))
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._into_channels = [ctypes.byref(channel) for channel in self._channels]
        self._modes = ctypes.c_int(), ctypes.c_int()
        self._into_modes = [ctypes.byref(mode) for mode in self._modes]
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._take(library.object_of_page(page, index), SAME, [], 0)
        self.pictured = any(picture.common(visible).area > _PICTURE * visible.area for picture in self.pictures)
        self._grounds = {WHITE, *(paint.color for paint in self._paints if not paint.doubted)}
        self._painted = Painted(visible, self._paints)
        self._weigh_covered()
        if unpainted:
            self._weigh_unpainted()

    def _take(self, thing: Any, outer: Matrix, clips: list[Clip], depth: int) -> None:
        self._order += 1
        kind = library.kind_of(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self._texts.append(_Text(thing, self._order, outer))
            if clips or library.paths_of_clip(library.clip_of(thing)) > 0:
                self.clipped[address(thing)] = [*clips, *self._paths.clips(thing, outer)]
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._take_path(thing, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = self._paths.bounds(thing, outer)
            self.pictures.append(box)
            self._paints.append(Paint(box, self._order, NO_COLOR, doubted=True))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            self._paints.append(Paint(self._paths.bounds(thing, outer), self._order, NO_COLOR, doubted=True))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = self._paths.matrix(thing, outer)
            within = [*clips, *self._paths.clips(thing, outer)]
            for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
                if self._order > _MOST_OBJECTS:
                    raise TooLarge
                self._take(library.object_of_form(thing, index), inner, within, depth + 1)

    def _take_path(self, thing: Any, outer: Matrix) -> None:
        filled, stroked = self._modes
        library.draw_mode(thing, *self._into_modes)
        if stroked.value:
            self._take_stroke(thing, outer)
        if filled.value:
            self._take_fill(thing, outer)

    def _take_stroke(self, thing: Any, outer: Matrix) -> None:
        color = self._color(library.stroke_color, thing)
        if library.segments_of(thing) == _SIDES_OF_A_LINE:
            box = self._paths.bounds(thing, outer)
            if not self._paths.is_thin(box):
                if (bar := self._paths.bar(thing, outer)) is not None:
                    self._add_paint(thing, bar, color)
                    return
            elif _is_dark(color):
                self.strokes.append((color, along(box)))
                return
        if _is_dark(color):
            self.strokes += [(color, stroke) for stroke in self._paths.stroked(thing, outer)]

    def _take_fill(self, thing: Any, outer: Matrix) -> None:
        color = self._color(library.fill_color, thing)
        box = self._paths.bounds(thing, outer)
        many = library.segments_of(thing) > _SIDES_OF_A_BOX
        if self._paths.is_thin(box):
            if _is_dark(color):
                self.strokes.append((color, along(box)))
        elif not many:
            self._add_paint(thing, box, color)
        else:
            for shape in self._paths.shapes(thing, outer):
                self._add_paint(thing, shape, color)
            if _is_dark(color):
                self.strokes += [(color, stroke) for stroke in self._paths.filled(thing, outer)]

    def _add_paint(self, thing: Any, box: Box, color: Color) -> None:
        if color[3] >= _OPAQUE and not pdfium.FPDFPageObj_HasTransparency(thing):
            self._paints.append(Paint(box, self._order, color))

    def _color(self, get: Any, thing: Any) -> Color:
        """A color with its opacity; black where it is a pattern."""
        if not get(thing, *self._into_channels):
            return (0, 0, 0, 255)
        red, green, blue, opacity = self._channels
        return (red.value, green.value, blue.value, opacity.value)

    def may_hide(self, color: Color) -> bool:
        """Whether a text in a color can hardly be seen on some ground of the page."""
        return any(is_faint_on(color, ground) for ground in self._grounds)

    def ground(self, owner: int, x: float, y: float) -> Color:
        """The color of what lies under a point of the text object of an address."""
        if not self._orders:
            self._orders = {address(text.thing): text.order for text in self._texts}
        return self._painted.ground(x, y, self._orders.get(owner, self._order))

    def share_inside(self, owner: int, piece: Piece) -> float:
        """How much of a text the clip paths of its object leave; less than all where that is not known."""
        clips = self.clipped[owner]
        points = list(points_of(piece))
        self._looks += len(points) * sum(clip.sides for clip in clips)
        if self._looks > _MOST_LOOKS:
            raise TooLarge
        inside = sum(all(clip.holds(point) for clip in clips) for point in points)
        return (inside - any(clip.unknown for clip in clips) / 2) / len(points)

    def is_on_picture(self, x: float, y: float) -> bool:
        """Whether a point lies on a picture, of which nobody knows the colors."""
        return any(picture.holds(x, y) for picture in self.pictures)

    def _weigh_covered(self) -> None:
        """Over which texts something is painted later."""
        last = self._paints[-1].order if self._paints else 0
        for thing, order, outer in self._texts:
            if order > last:
                break
            if later := self._painted.later(self._paths.bounds(thing, outer), order):
                self.covered[address(thing)] = later

    def _weigh_unpainted(self) -> None:
        """Text that is not painted is unseen; on a page under a picture a program may have read it off that picture."""
        for text in self._texts:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(text.thing)
            if mode in _INVISIBLE:
                (self.doubted if self.pictured else self.unseen).add(address(text.thing))
            elif mode in _OUTLINED and is_lost_on(self._color(library.stroke_color, text.thing), WHITE):
                self.unseen.add(address(text.thing))


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
