"""What an engine gives of a page: pieces of text where they are printed, and the lines drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class PageError(Exception):
    """An engine cannot read a document or a page of it."""


class TooLarge(Exception):
    """A document holds or draws more than any report does."""


class Piece(NamedTuple):
    """Characters that follow each other without a gap, and are about as wide as each other.

    In points of the page: where the first begins on its line, how far they take the line, the size of their font; the
    direction in which they run, in degrees. ``spaced`` where a space was typed before them.
    """

    text: str
    x: float
    y: float
    advance: float
    size: float
    angle: float
    spaced: bool


# A level or upright line from one point to another, in points of the page.
Stroke = tuple[float, float, float, float]
Color = tuple[int, int, int, int]


class Box(NamedTuple):
    """A rectangle in points of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, corners: Sequence[float]) -> Box:
        """From two opposite corners in any order."""
        return cls.around([(corners[0], corners[1]), (corners[2], corners[3])])

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]]) -> Box:
        """The smallest box that holds all points."""
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def area(self) -> float:
        """Its area; 0 where there is none."""
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def common(self, other: Box) -> Box:
        """What both cover."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


@dataclass(slots=True)
class RawPage:
    """A page as an engine gives it, without the text that nobody sees: of that, ``left_out`` counts the figures.

    ``shown`` is the part of it that is seen; ``pictured`` where a picture covers much of it. ``pictures`` are the
    smaller ones, ``fields`` what stands over the page: fields of forms, stamps, remarks that are printed.
    """

    pieces: list[Piece]
    strokes: list[tuple[Color, Stroke]]
    shown: Box
    pictured: bool = False
    pictures: Sequence[Box] = ()
    fields: Sequence[Box] = ()
    left_out: int = 0
