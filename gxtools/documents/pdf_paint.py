"""What is painted on a page, in its order: what covers a text, and on which ground it stands."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gxtools.documents.pdf_raw import Box, Color, Piece, TooLarge

_BANDS = 128
_MOST_LOOKS = 2_000_000
# Of a character, at the height of its middle: where one looks whether it is seen.
_ALONG, _UP = (0.2, 0.5, 0.8), 0.35
WHITE: Color = (255, 255, 255, 255)
# Colors that differ less than this are one to the eye, and less than that nearly so.
_SAME, _NEARLY = 6, 32


class Paint(NamedTuple):
    """A box that is filled; ``order`` is that of painting. ``doubted`` where it may let through what it covers."""

    box: Box
    order: int
    color: Color
    doubted: bool = False


class Painted:
    """The boxes that a page fills, by height."""

    def __init__(self, page: Box, paints: Sequence[Paint]) -> None:
        self._bottom, self._high = page.bottom, max(page.top - page.bottom, 1e-6) / _BANDS
        self._bands: defaultdict[int, list[Paint]] = defaultdict(list)
        self._looks = 0
        for paint in paints:
            for band in self._over(paint.box):
                self._bands[band].append(paint)

    def _over(self, box: Box) -> Iterable[int]:
        low, high = (self._band(y) for y in (box.bottom, box.top))
        return range(low, high + 1)

    def _band(self, y: float) -> int:
        return int(min(max((y - self._bottom) / self._high, -1.0), _BANDS))

    def _near(self, box: Box) -> Iterator[Paint]:
        for band in self._over(box):
            paints = self._bands.get(band, ())
            self._looks += len(paints)
            if self._looks > _MOST_LOOKS:
                raise TooLarge
            yield from paints

    def later(self, box: Box, order: int) -> list[Paint]:
        """What is painted over a part of a box after something."""
        return [paint for paint in self._near(box) if paint.order > order and _meet(paint.box, box)]

    def ground(self, x: float, y: float, order: int) -> Color:
        """The color of what lies under a point when something is painted there."""
        under = [p for p in self._near(Box(x, y, x, y)) if p.order < order and not p.doubted and p.box.holds(x, y)]
        return max(under, key=lambda paint: paint.order).color if under else WHITE


def _meet(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.bottom < other.top and other.bottom < one.top


def share_covered(piece: Piece, paints: Sequence[Paint]) -> float:
    """How much of a text lies under paint."""
    points = list(points_of(piece))
    return sum(any(paint.box.holds(x, y) for paint in paints) for x, y in points) / len(points)


def middle_of(piece: Piece) -> tuple[float, float]:
    """The middle of a text."""
    points = list(points_of(piece))
    return points[len(points) // 2]


def points_of(piece: Piece) -> Iterator[tuple[float, float]]:
    """Where one looks whether a text is seen: some points of each of its characters."""
    turn = math.radians(piece.angle)
    along, up = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
    step, high = piece.advance / len(piece.text), _UP * piece.size
    for place in range(len(piece.text)):
        for part in _ALONG:
            far = (place + part) * step
            yield piece.x + far * along[0] + high * up[0], piece.y + far * along[1] + high * up[1]


def is_lost_on(color: Color, ground: Color) -> bool:
    """Whether nobody sees a color on a ground."""
    return _difference(color, ground) < _SAME


def is_faint_on(color: Color, ground: Color) -> bool:
    """Whether a color can hardly be seen on a ground."""
    return _difference(color, ground) < _NEARLY


def _difference(color: Color, ground: Color) -> float:
    """How far a color is from its ground, as far as it is opaque."""
    return max(abs(one - other) for one, other in zip(color[:3], ground[:3], strict=True)) * color[3] / 255
