"""A page as the tables that damage works on: cells that know what they are, free of any format."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field

from gxtools.forms import Form

Key = tuple[str, str, str]

FIGURE, LINE, COLUMN, GROUP, OVER, WORDS = "figure", "line", "column", "group", "over", "words"


@dataclass(slots=True, eq=False)
class Cell:
    """One cell, equal to itself alone. ``kind`` tells a figure from the label of a line, of a column, of a group of
    lines, or ``over`` columns.

    ``id`` is that of the line, column or group that the text means. A figure has its ``value``, null where its text is
    none, and ``home``: the cell of the form in which it stood before any damage, null where it is foreign; a label into
    which a figure has run has them too. ``worn`` where what a label means cannot be told for certain any more.
    """

    text: str
    kind: str = WORDS
    id: str | None = None
    value: float | None = None
    home: Key | None = None
    across: int = 1
    down: int = 1
    worn: bool = False

    def exchange(self, other: Cell) -> None:
        """Exchange what two cells say; their places and spans stay."""
        for name in ("text", "kind", "id", "value", "home", "worn"):
            mine = getattr(self, name)
            setattr(self, name, getattr(other, name))
            setattr(other, name, mine)

    def say(self, text: str, value: float | None = None) -> None:
        """Print another figure, or one that cannot be read."""
        self.text, self.value = text, value

    def blot(self, text: str = "") -> None:
        """Print words that mean nothing here, or none, where a label stood."""
        self.text, self.kind, self.id = text, WORDS, None


Row = list[Cell]


@dataclass(slots=True, eq=False)
class PageTable:
    """A table of the page. ``table`` is that of the form, or empty for a foreign one; ``other_year`` where the text
    before it says that its figures are another year's."""

    table: str
    rows: list[Row]
    other_year: bool = False
    caption: str = ""

    def row_of(self, cell: Cell) -> int:
        """The number of the row in which a cell begins."""
        return next(number for number, row in enumerate(self.rows) if cell in row)

    def copy(self) -> PageTable:
        """The same table in cells of its own."""
        rows = [[copy.copy(cell) for cell in row] for row in self.rows]
        return PageTable(self.table, rows, self.other_year, self.caption)


@dataclass(slots=True)
class Page:
    """The tables of one page. ``places`` holds for each place at which the sound page has a table those that stand
    there; ``touched`` the ids of the form's tables that were damaged."""

    form: Form
    places: list[list[PageTable]]
    touched: set[str] = field(default_factory=set)

    def copy(self) -> Page:
        """The same page in tables of its own."""
        return Page(self.form, [[table.copy() for table in place] for place in self.places], set(self.touched))

    def tables(self, table: str | None = None) -> Iterator[PageTable]:
        """The form's tables of this year, or the parts of one of them, in reading order."""
        for place in self.places:
            for held in place:
                if held.table and not held.other_year and table in (None, held.table):
                    yield held

    def place_of(self, table: PageTable) -> list[PageTable]:
        """The place at which a table stands."""
        return next(place for place in self.places if table in place)


def line_of(row: Row) -> Cell | None:
    """The cell that bears the label of a row's line."""
    return next((cell for cell in row if cell.kind == LINE), None)


def is_header(row: Row) -> bool:
    """Whether a row bears labels of columns."""
    return any(cell.kind in (COLUMN, OVER) for cell in row)


def printed(value: float) -> str:
    """A figure in plain digits."""
    return f"{value:.12g}"
