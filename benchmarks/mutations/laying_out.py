"""Where the cells of a table come to stand when its spans are laid out as a browser does."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.mutations.model import Cell, Row


class Laid(NamedTuple):
    """``grid`` holds the cell over each position, row by row. ``widths`` is how far each row reaches without a hole; -1
    for a row with a hole, or with a position that two cells claim."""

    grid: list[list[Cell | None]]
    widths: list[int]


def lay_out(rows: list[Row]) -> Laid:
    """Lay out a table; a span never reaches below the last row."""
    grid: list[list[Cell | None]] = [[] for _ in rows]
    clashes: set[int] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while x < len(grid[y]) and grid[y][x] is not None:
                x += 1
            for below in range(y, min(y + cell.down, len(rows))):
                line = grid[below]
                line.extend([None] * (x + cell.across - len(line)))
                if any(line[x : x + cell.across]):
                    clashes.add(below)
                line[x : x + cell.across] = [cell] * cell.across
            x += cell.across
    widths = [-1 if y in clashes or None in line else len(line) for y, line in enumerate(grid)]
    return Laid(grid, widths)
