"""The lines drawn on a page -> rulings: level and upright lines that cross each other, a table's worth together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from gxtools.documents.pdf_raw import Color, Stroke
from gxtools.documents.pdf_words import into_frame

# Of the size of the page's text: lines nearer than this are one (double lines, borders of neighbouring cells), ends
# nearer than this meet, gaps narrower than this are those of a dashed line, and what is shorter is a dot.
SAME, MEET, DASH, _DOT = 0.5, 0.45, 0.6, 0.35
_MOST_CROSSINGS = 250_000


# Where a line stands, and from where to where it runs.
_Span = tuple[float, float, float]


class Line(NamedTuple):
    """A level or upright line in the frame of the text: where it stands, and from where to where it runs."""

    at: float
    start: float
    end: float
    color: Color


class Ruling(NamedTuple):
    """Lines that hang together."""

    level: tuple[Line, ...]
    upright: tuple[Line, ...]


def rulings(strokes: Iterable[tuple[Color, Stroke]], turn: int, em: float) -> list[Ruling]:
    """The rulings of a page, lines of all colors together. ``em`` is the size of its text."""
    colors: dict[Color, list[Stroke]] = {}
    for color, stroke in strokes:
        colors.setdefault(color, []).append(stroke)
    level: list[Line] = []
    upright: list[Line] = []
    for color, own in colors.items():
        own_level, own_upright = _by_direction(own, turn, _DOT * em)
        level += _joined(own_level, color, em)
        upright += _joined(own_upright, color, em)
    return hanging_together(level, upright, em)


def by_color(ruling: Ruling, em: float) -> list[Ruling]:
    """The rulings that the lines of each color make by themselves; none where all are of one color."""
    colors = {line.color for line in [*ruling.level, *ruling.upright]}
    if len(colors) == 1:
        return []
    return [
        own
        for color in sorted(colors)
        for own in hanging_together(
            [line for line in ruling.level if line.color == color],
            [line for line in ruling.upright if line.color == color],
            em,
        )
    ]


def _by_direction(strokes: Iterable[Stroke], turn: int, short: float) -> tuple[list[_Span], list[_Span]]:
    level: list[_Span] = []
    upright: list[_Span] = []
    dots: list[tuple[float, float]] = []
    for x0, y0, x1, y1 in strokes:
        if turn:
            (u0, v0), (u1, v1) = into_frame(turn, x0, y0), into_frame(turn, x1, y1)
        else:
            u0, v0, u1, v1 = x0, -y0, x1, -y1
        wide, high = abs(u1 - u0), abs(v1 - v0)
        if max(wide, high) <= short:
            dots.append(((u0 + u1) / 2, (v0 + v1) / 2))
        elif wide >= high:
            level.append(((v0 + v1) / 2, min(u0, u1), max(u0, u1)))
        else:
            upright.append(((u0 + u1) / 2, min(v0, v1), max(v0, v1)))
    if dots:
        _add_dots(dots, short / 2, level, upright)
    return level, upright


def _add_dots(dots: list[tuple[float, float]], half: float, level: list[_Span], upright: list[_Span]) -> None:
    """Dots belong to the dotted line along which more of them stand."""
    beside = Counter(round(v / half) for _, v in dots)
    below = Counter(round(u / half) for u, _ in dots)
    for u, v in dots:
        if beside[round(v / half)] >= below[round(u / half)]:
            level.append((v, u - half, u + half))
        else:
            upright.append((u, v - half, v + half))


def _joined(spans: list[_Span], color: Color, em: float) -> list[Line]:
    """Lines that stand in one place as one, where they overlap or follow each other closely."""
    spans.sort()
    joined: list[Line] = []
    index = 0
    while index < len(spans):
        first = index
        while index < len(spans) and spans[index][0] - spans[first][0] <= SAME * em:
            index += 1
        joined += _joined_in_place(spans[first:index], color, DASH * em)
    return joined


def _joined_in_place(spans: list[_Span], color: Color, gap: float) -> list[Line]:
    at = sum(span[0] for span in spans) / len(spans)
    runs: list[list[float]] = []
    for _, start, end in sorted(spans, key=lambda span: span[1]):
        if runs and start - runs[-1][1] <= gap:
            runs[-1][1] = max(runs[-1][1], end)
        else:
            runs.append([start, end])
    return [Line(at, start, end, color) for start, end in runs]


def hanging_together(level: list[Line], upright: list[Line], em: float) -> list[Ruling]:
    """Sets of lines that meet or cross each other, with at least two level ones and an upright one."""
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return []
    owner = list(range(len(level) + len(upright)))

    def root(item: int) -> int:
        while owner[item] != item:
            owner[item] = owner[owner[item]]
            item = owner[item]
        return item

    slack = MEET * em
    for i, (v, u0, u1, _) in enumerate(level):
        for j, (u, v0, v1, _) in enumerate(upright, len(level)):
            if u0 - slack <= u <= u1 + slack and v0 - slack <= v <= v1 + slack:
                owner[root(j)] = root(i)
    sets: dict[int, tuple[list[Line], list[Line]]] = {}
    for item, line in enumerate([*level, *upright]):
        sets.setdefault(root(item), ([], []))[item >= len(level)].append(line)
    return [Ruling(tuple(one), tuple(other)) for one, other in sets.values() if len(one) > 1 and other]
