"""A page's tables as the text that copies leave: rows of pipes or tabs, one cell a line, all in one line."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.mutations.laying_out import lay_out
from benchmarks.mutations.model import Cell, Page, PageTable
from benchmarks.mutations.parts import Part
from benchmarks.mutations.parts import blocks as blocks_of
from benchmarks.mutations.standing import Shown

SPREAD, BLANKS, FILLED = "spread_pipes", "pipes_with_blanks", "filled_pipes"
WITH_SPANS = (SPREAD, BLANKS)


def text_setter(parts: list[Part], look: str, rng: random.Random) -> Callable[[Page], bytes]:
    """What sets pages as text, in one of the ``LOOKS``."""
    apart = rng.choice(["\n", "\n\n"])
    begin = rng.choice(["", "| "])
    as_rows = LOOKS[look]

    def set_bytes(page: Page) -> bytes:
        lines: list[str] = []
        for block in blocks_of(parts, page):
            lines += [block] if isinstance(block, str) else as_rows(block, begin)
        return (apart.join(lines) + "\n").encode()

    return set_bytes


def _said(cell: Cell) -> str:
    return cell.text.replace("\n", " ")


def _piped(table: PageTable, begin: str) -> list[str]:
    return ["\n".join(begin + " | ".join(_said(cell) for cell in row) + " |" for row in table.rows)]


def _lacking(table: PageTable) -> list[int]:
    """How many cells each row has fewer than the table has columns: what extractors of pages fill up with pipes."""
    width = max((sum(cell.across for cell in row) for row in table.rows), default=0)
    return [max(width - len(row), 0) for row in table.rows]


def _padded(table: PageTable, begin: str) -> list[str]:
    rows = zip(table.rows, _lacking(table), strict=True)
    return ["\n".join(begin + " | ".join(map(_said, row)) + " | " + "|" * lacking for row, lacking in rows)]


def _filled(table: PageTable, begin: str) -> list[str]:
    rows = zip(table.rows, _lacking(table), strict=True)
    return ["\n".join(begin + " | ".join([*map(_said, row), *[""] * lacking]) + " |" for row, lacking in rows)]


def _folded(table: PageTable, begin: str) -> list[str]:
    folded = [" | ".join(f"\n {_said(cell)} " for cell in row) for row in table.rows]
    return ["\n".join(f"| {row} | {'|' * pads}" for row, pads in zip(folded, _lacking(table), strict=True))]


def _padded_in_lines(table: PageTable, begin: str) -> list[str]:
    return _closed_by_pipes(table, " |")


def _padded_above_pipes(table: PageTable, begin: str) -> list[str]:
    return _closed_by_pipes(table, "\n|")


def _closed_by_pipes(table: PageTable, close: str) -> list[str]:
    lines = []
    for row, lacking in zip(table.rows, _lacking(table), strict=True):
        lines += [_said(cell) + close if cell.text.strip() else "|" for cell in row]
        lines += ["|" * lacking] if lacking else []
    return ["\n".join(lines)]


def _tabbed(table: PageTable, begin: str) -> list[str]:
    return ["\n".join("\t".join(_said(cell) for cell in row) for row in table.rows)]


def _spread(table: PageTable, begin: str) -> list[str]:
    """As programs that know no spans make a plain table: a cell's text in every row and column that it covers."""
    grid = lay_out(table.rows).grid
    return ["\n".join("| " + " | ".join(_said(cell) if cell else "" for cell in row) + " |" for row in grid)]


def _with_blanks(table: PageTable, begin: str) -> list[str]:
    """As programs do that put a cell's text in the first place that it covers and leave the others blank."""
    lines = []
    for y, row in enumerate(lay_out(table.rows).grid):
        first = [
            cell is not None and cell in table.rows[y] and (not x or row[x - 1] is not cell)
            for x, cell in enumerate(row)
        ]
        lines.append(
            "| " + " | ".join(_said(cell) if cell and own else "" for cell, own in zip(row, first, strict=True)) + " |"
        )
    return ["\n".join(lines)]


def _in_lines(table: PageTable, begin: str) -> list[str]:
    return [cell.text for row in table.rows for cell in row if cell.text.strip()]


def _in_one_line(table: PageTable, begin: str) -> list[str]:
    return [" ".join(_said(cell) for row in table.rows for cell in row if cell.text.strip())]


LOOKS: dict[str, Callable[[PageTable, str], list[str]]] = {
    "pipes": _piped,
    "padded_pipes": _padded,
    FILLED: _filled,
    "folded_pipes": _folded,
    "padded_lines": _padded_in_lines,
    "padded_lone_pipes": _padded_above_pipes,
    "tabs": _tabbed,
    SPREAD: _spread,
    BLANKS: _with_blanks,
    "lines": _in_lines,
    "one_line": _in_one_line,
}
_WITHOUT_ROWS = ("lines", "one_line")
_WITHOUT_COLUMNS = ("padded_pipes", "filled_pipes", "folded_pipes", "padded_lines", "padded_lone_pipes", *_WITHOUT_ROWS)


def shown(look: str) -> Shown:
    """What a look keeps of a table."""
    spread = look == SPREAD
    columns, rows = look not in _WITHOUT_COLUMNS, look not in _WITHOUT_ROWS
    drawn = look in WITH_SPANS
    return Shown(spans=False, columns=columns, rows=rows, drawn=drawn, spread=spread, filled=look == FILLED)
