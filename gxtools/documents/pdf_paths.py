"""One path of a page as PDFium gives it -> the level and upright lines that it draws."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any

import pypdfium2.raw as pdfium

from gxtools.documents import pdf_library as library
from gxtools.documents.pdf_clips import Clip, Point
from gxtools.documents.pdf_raw import Box, Stroke

Matrix = tuple[float, float, float, float, float, float]

SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

# Of the longer side of the page, which usually has 842 points: a filled box that is thinner is a line; one that leans
# less is level or upright, what is less is no gap.
_THIN, _STRAIGHT, _NO_GAP = 3.0 / 842, 0.6 / 842, 0.05 / 842
_MOST_SEGMENTS, _MOST_SHAPES, _MOST_OF_CLIP = 20_000, 50, 200


class PathReader:
    """Reads paths with buffers of its own, on a page of which ``side`` is the longer side."""

    def __init__(self, side: float) -> None:
        self._thin, self._straight, self._no_gap = _THIN * side, _STRAIGHT * side, _NO_GAP * side
        self._matrix = pdfium.FS_MATRIX()
        self._sides = [ctypes.c_float() for _ in range(4)]
        self._into_sides = [ctypes.byref(side) for side in self._sides]
        self._point = ctypes.c_float(), ctypes.c_float()

    def matrix(self, thing: Any, outer: Matrix) -> Matrix:
        """The matrix of an object inside a form whose own is ``outer``."""
        m = self._matrix
        if not library.matrix_of(thing, ctypes.byref(m)):
            return outer
        a, b, c, d, e, f = outer
        return (
            m.a * a + m.b * c,
            m.a * b + m.b * d,
            m.c * a + m.d * c,
            m.c * b + m.d * d,
            m.e * a + m.f * c + e,
            m.e * b + m.f * d + f,
        )

    def bounds(self, thing: Any, outer: Matrix) -> Box:
        """The box around an object, on the page; an empty one where it has none."""
        if not library.bounds_of(thing, *self._into_sides):
            return Box(0, 0, 0, 0)
        left, bottom, right, top = [side.value for side in self._sides]
        if outer is SAME:
            return Box(left, bottom, right, top)
        corners = ((left, bottom), (right, top), (left, top), (right, bottom))
        return Box.around([_moved(corner, outer) for corner in corners])

    def stroked(self, thing: Any, outer: Matrix) -> Iterator[Stroke]:
        """The straight lines of a path that is stroked."""
        for points in self._outlines(thing, outer):
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x1 - x0) <= self._straight or abs(y1 - y0) <= self._straight:
                    yield (x0, y0, x1, y1)

    def filled(self, thing: Any, outer: Matrix) -> Iterator[Stroke]:
        """The lines that a filled path of several shapes draws: thin boxes, and the sides of a frame."""
        boxes = [Box.around(points) for points in self._outlines(thing, outer) if len(points) > 1]
        if len(boxes) == 2 and (frame := self._frame(*boxes)):
            yield from frame
        else:
            yield from (along(box) for box in boxes if self.is_thin(box))

    def shapes(self, thing: Any, outer: Matrix) -> list[Box]:
        """The boxes around the parts of a filled path; none where one lies in another, so that it may be a hole."""
        boxes = [Box.around(points) for points in self._outlines(thing, outer) if len(points) > 1]
        if len(boxes) > _MOST_SHAPES or any(one.common(other).area for one, other in combinations(boxes, 2)):
            return []
        return [box for box in boxes if not self.is_thin(box)]

    def bar(self, thing: Any, outer: Matrix) -> Box | None:
        """What a level or upright line covers that is no thin one; null for any other."""
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(thing, ctypes.byref(width))
        a, b, c, d, *_ = self.matrix(thing, outer)
        half = width.value * abs(a * d - b * c) ** 0.5 / 2
        for (x0, y0), (x1, y1) in (points[:2] for points in self._outlines(thing, outer)):
            if 2 * half > self._thin and abs(y1 - y0) <= self._straight:
                return Box.of((x0, y0 - half, x1, y1 + half))
            if 2 * half > self._thin and abs(x1 - x0) <= self._straight:
                return Box.of((x0 - half, y0, x1 + half, y1))
        return None

    def clips(self, thing: Any, outer: Matrix) -> list[Clip]:
        """The clip paths of an object, on the page; those that leave the whole of it are none of them."""
        clip = library.clip_of(thing)
        counts = [library.segments_of_clip(clip, path) for path in range(library.paths_of_clip(clip))]
        found: list[Clip] = []
        for path, count in enumerate(counts):
            segments = [library.segment_of_clip(clip, path, index) for index in range(min(count, _MOST_OF_CLIP))]
            outlines = tuple([*points, points[0]] for points in self._along(segments, outer))
            found.append(Clip(outlines, unknown=count > _MOST_OF_CLIP))
        return found

    def is_thin(self, box: Box) -> bool:
        """Whether a box is so thin that it is a line."""
        return min(box.right - box.left, box.top - box.bottom) <= self._thin

    def _frame(self, one: Box, other: Box) -> list[Stroke]:
        """The sides painted between two boxes, one inside the other and nearly as large."""
        inner, outer = sorted((one, other), key=lambda box: box.area)
        left, bottom, right, top = outer
        gaps = (inner.left - left, inner.bottom - bottom, right - inner.right, top - inner.top)
        if min(gaps) < -self._no_gap or max(gaps) > self._thin:
            return []
        sides = [
            (left, bottom, left, top),
            (left, bottom, right, bottom),
            (right, bottom, right, top),
            (left, top, right, top),
        ]
        return [side for side, gap in zip(sides, gaps, strict=True) if gap > self._no_gap]

    def _outlines(self, thing: Any, outer: Matrix) -> Iterator[list[Point]]:
        """The points of each part of a path; a curve by its end."""
        count = library.segments_of(thing)
        if count > _MOST_SEGMENTS:
            return
        segments = (library.segment_of(thing, index) for index in range(count))
        yield from self._along(segments, self.matrix(thing, outer))

    def _along(self, segments: Iterable[Any], matrix: Matrix) -> Iterator[list[Point]]:
        x, y = self._point
        into_x, into_y = ctypes.byref(x), ctypes.byref(y)
        points: list[Point] = []
        for segment in segments:
            library.segment_point(segment, into_x, into_y)
            if library.segment_kind(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = []
            points.append(_moved((x.value, y.value), matrix))
            if library.segment_closes(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def along(box: Box) -> Stroke:
    """The line along the middle of a thin box."""
    if box.right - box.left >= box.top - box.bottom:
        middle = (box.bottom + box.top) / 2
        return (box.left, middle, box.right, middle)
    middle = (box.left + box.right) / 2
    return (middle, box.bottom, middle, box.top)
