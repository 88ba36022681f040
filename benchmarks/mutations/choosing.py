"""What damage chooses from a page: figures, rows, labels."""

from __future__ import annotations

import random
from typing import NamedTuple

from benchmarks.mutations.model import COLUMN, FIGURE, LINE, Cell, Page, PageTable, Row


class Spot(NamedTuple):
    """A cell in its row and table."""

    table: PageTable
    row: Row
    cell: Cell

    @property
    def index(self) -> int:
        """The place of the cell in its row."""
        return self.row.index(self.cell)

    @property
    def after(self) -> Cell | None:
        """The figure to the right of the cell."""
        following = self.row[self.index + 1 : self.index + 2]
        return following[0] if following and following[0].kind == FIGURE else None


def table(page: Page, rng: random.Random, *ids: str) -> PageTable | None:
    """One of the page's tables, of those ids where given; its form's table counts as damaged from now on."""
    held = [one for one in page.tables() if one.rows and (not ids or one.table in ids)]
    if not held:
        return None
    kinds = sorted({one.table for one in held})
    kind = rng.choice(kinds)
    chosen = rng.choice([one for one in held if one.table == kind])
    page.touched.add(chosen.table)
    return chosen


def figure(page: Page, rng: random.Random, *ids: str) -> Spot | None:
    """One of the figures."""
    return _spot(page, rng, (FIGURE,), *ids)


def label(page: Page, rng: random.Random, *ids: str) -> Spot | None:
    """One of the labels of lines."""
    return _spot(page, rng, (LINE,), *ids)


def head(page: Page, rng: random.Random, *ids: str) -> Spot | None:
    """One of the labels of columns."""
    return _spot(page, rng, (COLUMN,), *ids)


def _spot(page: Page, rng: random.Random, kinds: tuple[str, ...], *ids: str) -> Spot | None:
    chosen = table(page, rng, *ids)
    if chosen is None:
        return None
    spots = [Spot(chosen, row, cell) for row in chosen.rows for cell in row if cell.kind in kinds]
    return rng.choice(spots) if spots else None


def line_rows(table: PageTable) -> list[int]:
    """The numbers of the rows with figures."""
    return [y for y, row in enumerate(table.rows) if any(cell.kind == FIGURE for cell in row)]


def header_rows(table: PageTable) -> list[int]:
    """The numbers of the rows above the first with figures."""
    rows = line_rows(table)
    return list(range(rows[0])) if rows else []


def spans_from_above(table: PageTable, y: int) -> list[Cell]:
    """The cells of rows above that reach into a row."""
    return [cell for above, row in enumerate(table.rows[:y]) for cell in row if above + cell.down > y]


def begins_group(row: Row) -> bool:
    """Whether a cell of the row reaches into rows below."""
    return any(cell.down > 1 for cell in row)
