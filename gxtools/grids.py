"""The one neutral form that every document becomes: grids and lines of text, each with its place.

Lowest layer but ``errors`` and ``figures``: it knows neither formats nor forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class GridCell(NamedTuple):
    """One cell of a table as the source has it; ``row`` and ``column`` count from 0 and are its upper left corner."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its cells row by row, each once. ``number`` counts the document's tables from 1, in reading order.

    ``lines`` is there for a table made of lines of text: the number of the line that each row stands in; ``pages`` for
    one of a document with pages: the page that each row stands on, counted from 1. ``aligned`` is false where the cells
    of a row stand in their order but under no column: some were lost or filled up, and it cannot be told which.
    """

    number: int
    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[int, ...] | None = None
    pages: tuple[int, ...] | None = None
    aligned: bool = True

    def where(self, cell: GridCell) -> str:
        """The place of a cell in words that a person can follow, counting from 1."""
        if self.lines is not None:
            return f"line {self.lines[cell.row]}, field {cell.column + 1}"
        page = f"page {self.pages[cell.row]}, " if self.pages is not None else ""
        return f"{page}table {self.number}, row {cell.row + 1}, column {cell.column + 1}"


class TextLine(NamedTuple):
    """One line of a text file, or one paragraph of a page, as ``kind`` says. ``number`` counts from 1."""

    text: str
    number: int
    kind: str = "line"

    @property
    def where(self) -> str:
        """The place of the line in words that a person can follow."""
        return f"{self.kind} {self.number}"


Block = Grid | TextLine


class Note(NamedTuple):
    """What a person must know of how a source was opened. ``lost`` where characters could not be told."""

    message: str
    message_zh: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """What a source holds, in reading order, free of markup.

    ``titles`` are the names that the source gives itself beside its text (``<title>``, meta tags), best first;
    ``published`` a date as printed in its metadata; ``address`` where the source says it was published.
    """

    format: str
    blocks: tuple[Block, ...]
    titles: tuple[str, ...] = ()
    published: str | None = None
    address: str | None = None
    notes: tuple[Note, ...] = field(default=())

    def grids(self) -> Iterator[Grid]:
        """The tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def lines(self) -> Iterator[TextLine]:
        """The text outside tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, TextLine))
