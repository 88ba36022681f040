"""Damage to columns and to their heads."""

from __future__ import annotations

import copy
import random

from benchmarks.mutations import choosing
from benchmarks.mutations.laying_out import lay_out
from benchmarks.mutations.model import COLUMN, FIGURE, OVER, Cell, Page, PageTable, is_header, printed

_STRANGE = ("行政机关总数", "本年数量", "备注", "上年数", "占比")


class Columns:
    """A table seen as columns of its grid."""

    def __init__(self, table: PageTable) -> None:
        self.table = table
        laid = lay_out(table.rows)
        self.grid = laid.grid
        # In a table damaged before, a head may stand over figures that are not, by their count, its own.
        self.straight = len(set(laid.widths)) == 1 and -1 not in laid.widths

    def heads(self, *, under: bool | None = None) -> list[int]:
        """The positions of the columns' heads; those of the lowest row alone, or the others."""
        found: dict[int, Cell] = {}
        lowest = max((y for y, row in enumerate(self.table.rows) if is_header(row)), default=0)
        for y, row in enumerate(self.grid):
            for x, cell in enumerate(row):
                if cell is not None and cell.kind == COLUMN and self.grid[y].index(cell) == x:
                    low = self.table.row_of(cell) == lowest
                    if under is None or under is low:
                        found.setdefault(x, cell)
        return sorted(found)

    def over(self, x: int) -> list[tuple[int, Cell]]:
        """The cells over a position, each once, with the number of the row in which it begins."""
        found: list[tuple[int, Cell]] = []
        for y, row in enumerate(self.grid):
            cell = row[x] if x < len(row) else None
            if cell is not None and all(cell is not held for _, held in found):
                found.append((y, cell))
        return found

    def delete(self, x: int, *, heads: bool) -> None:
        """Take a position out of every row, out of the header only where asked."""
        for y, cell in self.over(x):
            if cell.across > 1 and (heads or cell.kind == FIGURE):
                cell.across -= 1
            elif cell.kind == FIGURE or heads:
                self.table.rows[y].remove(cell)

    def double(self, x: int, *, heads: bool) -> list[Cell]:
        """Put a copy of a position behind it in every row, in the header only where asked; return the copies."""
        copies = []
        for y, cell in self.over(x):
            if cell.kind not in (FIGURE, COLUMN):
                cell.across += heads
            elif cell.kind == FIGURE or heads:
                twin = copy.copy(cell)
                self.table.rows[y].insert(self.table.rows[y].index(cell) + 1, twin)
                copies.append(twin)
        return copies

    def head(self, x: int) -> Cell:
        """The head over a position."""
        return next(cell for _, cell in self.over(x) if cell.kind == COLUMN)

    def exchange_figures(self, one: int, other: int) -> None:
        """Let the figures of two positions change places in every row that has both."""
        for row in self.grid:
            if max(one, other) < len(row):
                a, b = row[one], row[other]
                if a is not None and b is not None and a.kind == b.kind == FIGURE:
                    a.exchange(b)


def _columns(page: Page, rng: random.Random, *ids: str) -> Columns | None:
    table = choosing.table(page, rng, *(ids or ("requests", "disputes", "proactive")))
    columns = Columns(table) if table else None
    return columns if columns and columns.heads() else None


def drop_column(page: Page, rng: random.Random) -> None:
    """A column goes with its head."""
    if columns := _columns(page, rng):
        columns.delete(rng.choice(columns.heads()), heads=True)


def drop_figures_of_column(page: Page, rng: random.Random) -> None:
    """A column's figures go and its head stays."""
    if columns := _columns(page, rng):
        columns.delete(rng.choice(columns.heads()), heads=False)


def empty_column(page: Page, rng: random.Random) -> None:
    """All cells of a column are blank, under its head."""
    if columns := _columns(page, rng):
        for _, cell in columns.over(rng.choice(columns.heads())):
            if cell.kind == FIGURE:
                cell.say("")


def double_column(page: Page, rng: random.Random) -> None:
    """A column stands twice, with the same figures or, in one line, with another."""
    if columns := _columns(page, rng):
        x = rng.choice(columns.heads())
        columns.double(x, heads=True)
        figures = [cell for _, cell in columns.over(x) if cell.kind == FIGURE]
        if figures and rng.random() < 0.5:
            value = float(rng.randint(0, 500))
            rng.choice(figures).say(printed(value), value)


def double_figures_of_column(page: Page, rng: random.Random) -> None:
    """A column's figures stand twice under one head."""
    if columns := _columns(page, rng):
        columns.double(rng.choice(columns.heads()), heads=False)


def _two(columns: Columns, rng: random.Random) -> tuple[int, int] | None:
    choices = columns.heads() if rng.random() < 0.2 else columns.heads(under=rng.random() < 0.7)
    return tuple(rng.sample(choices, 2)) if columns.straight and len(choices) > 1 else None  # type: ignore[return-value]


def swap_columns(page: Page, rng: random.Random) -> None:
    """Two columns change places with their heads."""
    columns = _columns(page, rng)
    if columns and (two := _two(columns, rng)):
        columns.exchange_figures(*two)
        columns.head(two[0]).exchange(columns.head(two[1]))


def swap_heads(page: Page, rng: random.Random) -> None:
    """Two heads change places and their figures do not: the page then says another thing."""
    columns = _columns(page, rng)
    if columns and (two := _two(columns, rng)):
        columns.head(two[0]).exchange(columns.head(two[1]))


def swap_figures_of_columns(page: Page, rng: random.Random) -> None:
    """The figures of two columns change places and their heads do not."""
    columns = _columns(page, rng)
    if columns and (two := _two(columns, rng)):
        columns.exchange_figures(*two)


def extra_column(page: Page, rng: random.Random) -> None:
    """A province's own column with its head, before or behind one of the form's."""
    if columns := _columns(page, rng, "requests", "disputes"):
        x = rng.choice(columns.heads())
        copies = columns.double(x, heads=True)
        held = [cell for _, cell in columns.over(x) if cell.kind in (FIGURE, COLUMN)]
        for cell in copies if rng.random() < 0.5 else held:
            if cell.kind == COLUMN:
                cell.text, cell.id = _STRANGE[0], None
            else:
                value = float(rng.randint(0, 99))
                cell.say(printed(value), value)
                cell.home = None


def lose_header(page: Page, rng: random.Random) -> None:
    """All rows above the figures go."""
    table = choosing.table(page, rng)
    if table and (rows := choosing.header_rows(table)):
        del table.rows[: rows[-1] + 1]


def lose_header_row(page: Page, rng: random.Random) -> None:
    """One row of a header goes."""
    table = choosing.table(page, rng)
    if table and (rows := choosing.header_rows(table)):
        del table.rows[rng.choice(rows)]


def drop_head(page: Page, rng: random.Random) -> None:
    """A head's cell goes, and the header is one short."""
    if spot := choosing.head(page, rng):
        del spot.row[spot.index]


def blank_head(page: Page, rng: random.Random) -> None:
    """A head is empty."""
    if spot := choosing.head(page, rng):
        spot.cell.text, spot.cell.kind, spot.cell.id = "", "words", None


def strange_head(page: Page, rng: random.Random) -> None:
    """Words of another meaning stand where a head was."""
    if spot := choosing.head(page, rng):
        spot.cell.text, spot.cell.id = rng.choice(_STRANGE), None


def double_head(page: Page, rng: random.Random) -> None:
    """A head stands where another belongs, and so twice."""
    one, other = choosing.head(page, rng), choosing.head(page, rng)
    if one and other and one.table is other.table:
        one.cell.text, one.cell.id = other.cell.text, other.cell.id


def blank_heads(page: Page, rng: random.Random) -> None:
    """All heads of a table are empty, their cells stay."""
    if table := choosing.table(page, rng):
        for cell in (cell for row in table.rows for cell in row if cell.kind in (COLUMN, OVER)):
            cell.blot()


def drop_over(page: Page, rng: random.Random) -> None:
    """The head over several columns (法人或其他组织) goes, its cell too or only its words."""
    table = choosing.table(page, rng, "requests")
    cells = [cell for row in table.rows for cell in row if cell.kind == OVER] if table else []
    if table and cells:
        cell = rng.choice(cells)
        if rng.random() < 0.5:
            cell.text = ""
        else:
            table.rows[table.row_of(cell)].remove(cell)


def repeat_header(page: Page, rng: random.Random) -> None:
    """The header stands again in the middle, as after a page break."""
    table = choosing.table(page, rng, "requests", "statistics")
    rows = choosing.line_rows(table) if table else []
    free = [y for y in rows[1:] if table and not choosing.spans_from_above(table, y)]
    if table and free:
        y = rng.choice(free)
        again = [[copy.copy(cell) for cell in row] for row in table.rows[: rows[0]]]
        table.rows[y:y] = again


def wrong_span(page: Page, rng: random.Random) -> None:
    """One span is too long or too short."""
    if table := choosing.table(page, rng):
        cell = rng.choice([cell for row in table.rows for cell in row] or [Cell("")])
        by = rng.choice([-1, 1, 2, 40])
        if rng.random() < 0.5:
            cell.across = max(1, cell.across + by)
        else:
            cell.down = max(1, cell.down + by)


def no_spans(page: Page, rng: random.Random) -> None:
    """A table's spans are lost, all of them or those in one direction."""
    table = choosing.table(page, rng)
    across, down = rng.choice([(True, True), (True, False), (False, True)])
    for cell in (cell for row in table.rows for cell in row) if table else ():
        cell.across = 1 if across else cell.across
        cell.down = 1 if down else cell.down
