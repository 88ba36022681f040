"""Tables drawn in text with lines around their cells (``┌─┬─┐``, ``+---+``) -> cells with their spans.

The drawing says exactly what each cell covers, in columns of a terminal, where a Chinese character takes two. A drawing
that does not come out in whole rectangles is no table for us: its lines are handed on as they are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gxtools.documents.text_rows import Line
from gxtools.figures import is_page_mark
from gxtools.grids import GridCell

_VERTICAL = frozenset("│┃║|¦")
_HORIZONTAL = frozenset("─━═-=╌┄")
_CORNER = frozenset("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫+")
_DRAWN = _VERTICAL | _HORIZONTAL | _CORNER
_RULE = re.compile("[┌└├╔╚╠┏┗┣╒╓╞╟+][─━═\\-=╌┄:]{2}")
_EDGE = re.compile("[│┃║|├┣╠╞╟]")
# Whether a mark such as “ takes one place or two differs; some programs count characters alone.
_WIDTHS: tuple[dict[str, int], ...] = ({"W": 2, "F": 2}, {"W": 2, "F": 2, "A": 2}, {})
_LONGEST_LINE = 4000


class Box(NamedTuple):
    """A drawn table: its cells row by row, and the number of the line in which each row begins."""

    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[int, ...]


def split_boxes(lines: Sequence[Line]) -> Iterator[Line | Box]:
    """The lines in order, those that draw a table taken together."""
    start = 0
    while start < len(lines):
        end = _end(lines, start)
        drawn = [line for line in lines[start:end] if not is_page_mark(line.text)]
        box = _box(drawn) if len(drawn) > 2 else None
        if box is not None:
            yield box
        else:
            yield from lines[start : max(end, start + 1)]
        start = max(end, start + 1)


def _end(lines: Sequence[Line], start: int) -> int:
    """The end of the run of lines that a rule begins and that all begin with an edge."""
    if not _RULE.match(lines[start].text.lstrip()):
        return start
    end = start
    while end < len(lines):
        text = lines[end].text.lstrip()
        if not (_RULE.match(text) or _EDGE.match(text) or is_page_mark(text)) or len(text) > _LONGEST_LINE:
            break
        end += 1
    return end


def _box(lines: Sequence[Line]) -> Box | None:
    for widths in _WIDTHS:
        drawing = [_places(line.text.rstrip(), widths) for line in lines]
        cells = _cells(drawing)
        if cells is not None:
            return _laid_out(cells, drawing, lines)
    return None


def _places(text: str, widths: dict[str, int]) -> list[str]:
    """One entry for each place of the terminal; a wide character fills its second place with nothing."""
    places: list[str] = []
    for character in text:
        width = 1 if character in _DRAWN else widths.get(unicodedata.east_asian_width(character), 1)
        places += [character, ""][:width]
    return places


class _Area(NamedTuple):
    """A cell by its borders, which are places in the drawing."""

    top: int
    left: int
    bottom: int
    right: int


def _cells(drawing: list[list[str]]) -> list[_Area] | None:
    """The rectangles between the lines drawn; null where they leave anything over or do not close."""
    width = max(map(len, drawing))
    if any(len(line) != width for line in drawing):
        return None
    rules = [y for y, line in enumerate(drawing) if _is_rule(line)]
    uprights = sorted({x for line in drawing for x, c in enumerate(line) if c in _VERTICAL or c in _CORNER})
    if rules[0] != 0 or rules[-1] != len(drawing) - 1 or len(uprights) < 2:
        return None
    heights, spans = list(pairwise(rules)), list(pairwise(uprights))
    parent: dict[tuple[int, int], tuple[int, int]] = {}
    for r, (top, bottom) in enumerate(heights):
        for c, (left, right) in enumerate(spans):
            parent[r, c] = (r, c)
            if r and not _is_drawn_across(drawing[top], left, right):
                parent[r, c] = parent[r - 1, c]
            if c and not _is_drawn_down(drawing, left, top, bottom):
                if parent[r, c] not in ((r, c), parent[r, c - 1]):
                    return None
                parent[r, c] = parent[r, c - 1]
    return _rectangles(parent, heights, spans)


def _is_rule(line: list[str]) -> bool:
    return any(
        a in _CORNER and b in _HORIZONTAL and c in _HORIZONTAL
        for a, b, c in zip(line, line[1:], line[2:], strict=False)
    )


def _is_drawn_across(line: list[str], left: int, right: int) -> bool:
    return all(c in _HORIZONTAL or c in _CORNER or c == ":" for c in line[left + 1 : right])


def _is_drawn_down(drawing: list[list[str]], x: int, top: int, bottom: int) -> bool:
    return all(line[x] in _VERTICAL or line[x] in _CORNER for line in drawing[top + 1 : bottom])


def _rectangles(
    parent: dict[tuple[int, int], tuple[int, int]], heights: list[tuple[int, int]], spans: list[tuple[int, int]]
) -> list[_Area] | None:
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, first in parent.items():
        members.setdefault(first, []).append(place)
    areas = []
    for places in members.values():
        rows, columns = {r for r, _ in places}, {c for _, c in places}
        if len(rows) * len(columns) != len(places):
            return None
        areas.append(
            _Area(heights[min(rows)][0], spans[min(columns)][0], heights[max(rows)][1], spans[max(columns)][1])
        )
    return areas


def _laid_out(areas: list[_Area], drawing: list[list[str]], lines: Sequence[Line]) -> Box:
    tops = sorted({area.top for area in areas})
    lefts = sorted({area.left for area in areas})
    rows: list[list[GridCell]] = [[] for _ in tops]
    for top, left, bottom, right in sorted(areas):
        texts = ("".join(line[left + 1 : right]).strip(" ") for line in drawing[top + 1 : bottom])
        row, column = bisect_left(tops, top), bisect_left(lefts, left)
        down, across = bisect_left(tops, bottom) - row, bisect_left(lefts, right) - column
        rows[row].append(GridCell("\n".join(filter(None, texts)), row, column, down, across))
    return Box(tuple(map(tuple, rows)), tuple(lines[top].number + 1 for top in tops))
