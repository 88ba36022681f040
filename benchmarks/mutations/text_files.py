"""A page's tables as the text that copies leave: rows of pipes or tabs, one cell a line, all in one line."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Callable

from benchmarks.mutations.laying_out import lay_out
from benchmarks.mutations.model import Cell, Page, PageTable
from benchmarks.mutations.parts import Part
from benchmarks.mutations.parts import blocks as blocks_of
from benchmarks.mutations.standing import Shown

SPREAD, BLANKS, FILLED, ALIGNED = "spread_pipes", "pipes_with_blanks", "filled_pipes", "aligned_spaces"
COMMAS, TABS = "commas", "tabs_with_blanks"
WITH_SPANS = (SPREAD, BLANKS, ALIGNED, COMMAS, TABS)


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
    rows = [_firsts(table, y, row) for y, row in enumerate(lay_out(table.rows).grid)]
    return ["\n".join(f"| {' | '.join(row)} |" for row in rows)]


def _commas(table: PageTable, begin: str) -> list[str]:
    """As programs for spreadsheets export a table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL if begin else csv.QUOTE_MINIMAL)
    writer.writerows(_firsts(table, y, row) for y, row in enumerate(lay_out(table.rows).grid))
    return [text.getvalue().rstrip("\n")]


def _tabs_with_blanks(table: PageTable, begin: str) -> list[str]:
    """As they put a table on the clipboard."""
    return ["\n".join("\t".join(_firsts(table, y, row)) for y, row in enumerate(lay_out(table.rows).grid))]


def _firsts(table: PageTable, y: int, laid: list[Cell | None]) -> list[str]:
    """The texts of a row that is laid out, each in the first place of its cell."""
    own = [cell if cell in table.rows[y] else None for cell in laid]
    return [_said(cell) if cell and (not x or own[x - 1] is not cell) else "" for x, cell in enumerate(own)]


def _aligned(table: PageTable, begin: str) -> list[str]:
    """Columns of one width, parted by spaces; a cell over several begins in the first of them."""
    rows = [_firsts(table, y, row) for y, row in enumerate(lay_out(table.rows).grid)]
    size = max(map(len, rows), default=0)
    widths = [max((_wide(row[x]) for row in rows if x < len(row)), default=0) for x in range(size)]
    gap = "  " if begin else " "
    return ["\n".join(gap.join(text + " " * (widths[x] - _wide(text)) for x, text in enumerate(row)) for row in rows)]


def _wide(text: str) -> int:
    """How many places of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


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
    ALIGNED: _aligned,
    COMMAS: _commas,
    TABS: _tabs_with_blanks,
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
    begun, filled = drawn and not spread, look == FILLED
    return Shown(spans=False, columns=columns, rows=rows, drawn=drawn, spread=spread, begun=begun, filled=filled)
