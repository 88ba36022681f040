"""Tables of text in columns: aligned by spaces, or with lines drawn around their cells."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from gxtools.writing.tables import Rows, SetCell


class _Placed(NamedTuple):
    cell: SetCell
    row: int
    column: int


def filled(rows: Rows) -> list[list[str]]:
    """Every row at the table's width: a cell's text at its upper left corner, nothing elsewhere under its spans."""
    grid = [[""] * _width(rows) for _ in rows]
    for cell, row, column in _placed(rows):
        grid[row][column] = cell.text
    return grid


def aligned(rows: Rows, longest_label: int | None, space: str) -> list[str]:
    """Columns as wide as their widest figure or head; a label that is longer than allowed goes on in the next lines."""
    grid = [[[""] for _ in range(_width(rows))] for _ in rows]
    for cell, y, x in _placed(rows):
        grid[y][x] = _lines(cell, longest_label)
    heads = next((i for i, row in enumerate(rows) if any(cell.figure for cell in row)), len(rows))
    widths = [
        max((_size(line) for row in grid[heads:] for line in row[column]), default=0) for column in range(_width(rows))
    ]
    printed: list[str] = []
    for row in grid:
        for depth in range(max(map(len, row))):
            parts = (
                (line := cell[depth] if depth < len(cell) else "") + space * max(width - _size(line), 0) + space
                for cell, width in zip(row, widths, strict=True)
            )
            printed.append("".join(parts).rstrip())
    return printed


def boxes(rows: Rows, longest_label: int | None) -> list[str]:
    """The table with lines drawn around every cell, as text browsers do; spans are shown as they are."""
    placed = _placed(rows)
    lines = {one: _lines(one.cell, longest_label) for one in placed}
    widths, heights = [1] * _width(rows), [1] * len(rows)
    for one in sorted(placed, key=lambda one: (one.cell.column_span, one.cell.row_span)):
        _widen(widths, one.column, one.cell.column_span, max(map(_size, lines[one])), between=1)
        _widen(heights, one.row, one.cell.row_span, len(lines[one]), between=1)
    xs, ys = _borders(widths), _borders(heights)
    drawing = [[" "] * (xs[-1] + 1) for _ in range(ys[-1] + 1)]
    sides = [[0] * len(line) for line in drawing]
    for cell, row, column in placed:
        top, bottom = ys[row], ys[row + cell.row_span]
        left, right = xs[column], xs[column + cell.column_span]
        for y in (top, bottom):
            for x in range(left, right):
                sides[y][x] |= _RIGHT
                sides[y][x + 1] |= _LEFT
        for x in (left, right):
            for y in range(top, bottom):
                sides[y][x] |= _DOWN
                sides[y + 1][x] |= _UP
        for depth, line in enumerate(lines[_Placed(cell, row, column)]):
            _write(drawing[top + 1 + depth], left + 1, line)
    for characters, drawn in zip(drawing, sides, strict=True):
        for x, side in enumerate(drawn):
            if side:
                characters[x] = _LINES[side]
    return ["".join(line) for line in drawing]


# To which sides a line leaves a place, and the character that draws it so.
_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_LINES = {
    _LEFT | _RIGHT: "─",
    _UP | _DOWN: "│",
    _RIGHT | _DOWN: "┌",
    _LEFT | _DOWN: "┐",
    _RIGHT | _UP: "└",
    _LEFT | _UP: "┘",
    _UP | _DOWN | _RIGHT: "├",
    _UP | _DOWN | _LEFT: "┤",
    _LEFT | _RIGHT | _DOWN: "┬",
    _LEFT | _RIGHT | _UP: "┴",
    _UP | _DOWN | _LEFT | _RIGHT: "┼",
}


def _widen(sizes: list[int], start: int, span: int, needed: int, between: int) -> None:
    have = sum(sizes[start : start + span]) + between * (span - 1)
    sizes[start + span - 1] += max(0, needed - have)


def _borders(sizes: list[int]) -> list[int]:
    places = [0]
    for size in sizes:
        places.append(places[-1] + size + 1)
    return places


def _write(line: list[str], at: int, text: str) -> None:
    """Put characters in their places; a wide one takes two."""
    for character in text:
        line[at] = character
        if _size(character) == 2:
            line[at + 1] = ""
        at += _size(character)


def _lines(cell: SetCell, longest: int | None) -> list[str]:
    text = cell.text
    size = longest if longest and not cell.figure else max(len(text), 1)
    return [text[start : start + size] for start in range(0, len(text), size)] or [""]


def _size(text: str) -> int:
    """The places of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _width(rows: Rows) -> int:
    return sum(cell.column_span for cell in rows[0])


def _placed(rows: Rows) -> list[_Placed]:
    """Each cell with the row and column of its upper left corner."""
    placed: list[_Placed] = []
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            placed.append(_Placed(cell, y, x))
            taken |= {(y + down, x + right) for down in range(cell.row_span) for right in range(cell.column_span)}
    return placed
