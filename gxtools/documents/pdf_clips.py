"""Clip paths: how much of a text they leave to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]


class Clip(NamedTuple):
    """A clip path by the closed outlines of its parts; ``unknown`` where these are too many to look at."""

    outlines: tuple[Sequence[Point], ...]
    unknown: bool = False

    @property
    def sides(self) -> int:
        """The number of its sides."""
        return sum(map(len, self.outlines))

    def holds(self, point: Point) -> bool:
        """Whether a point may lie in it: the number of its sides to the right of the point is odd, or not known."""
        sides = (side for outline in self.outlines for side in pairwise(outline))
        return self.unknown or sum(_is_right_of(point, *side) for side in sides) % 2 == 1


def _is_right_of(point: Point, start: Point, end: Point) -> bool:
    (x, y), (x0, y0), (x1, y1) = point, start, end
    return (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0)
