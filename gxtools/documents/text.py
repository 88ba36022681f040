"""Text files to lines, and to grids where lines are the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxtools.documents.spread_cells import with_gathered
from gxtools.documents.text_boxes import Box, split_boxes
from gxtools.documents.text_commas import split_commas
from gxtools.documents.text_radicals import without_radicals
from gxtools.documents.text_rows import Line, Row, lines_parted
from gxtools.documents.text_tables import split_tables
from gxtools.errors import UnreadableDocument
from gxtools.grids import Block, Document, Grid, GridCell, Note, TextLine

_MOST_CELLS = _MOST_LINES = 200_000
_LINE_END = re.compile(r"\r\n|\r|\n")
# They end no line for an editor, which counts lines as we do, but part what stands on their sides.
_BREAK_WITHIN = re.compile("[\v\f\u2028\u2029\x85]")


def read_text(text: str, name: str, notes: tuple[Note, ...] = ()) -> Document:
    """A text file's lines, numbered from 1 as an editor does, without those that hold nothing but white space.

    Spaces and tabs at the ends of a line are taken off, nothing else is changed.
    """
    count = max(map(text.count, "\r\n")) + 1
    if count > _MOST_LINES:
        raise UnreadableDocument(
            name,
            f"it has {count:,} lines, over the limit of {_MOST_LINES:,}.",
            "Read the report's own text alone.",
        )
    lines = [
        Line(number, part)
        for number, line in enumerate(_LINE_END.split(without_radicals(text)), start=1)
        for part in _BREAK_WITHIN.split(line)
    ]
    blocks: list[Block] = []
    tables = cells = 0
    for piece in _pieces(lines):
        if isinstance(piece, Line):
            blocks.append(TextLine(piece.text, piece.number))
            continue
        tables += 1
        if isinstance(piece, Box):
            cells += sum(map(len, piece.rows))
            blocks.append(Grid(tables, with_gathered(piece.rows), piece.lines))
        else:
            cells += sum(len(row.fields) for row in piece)
            blocks.append(grid_of_rows(tables, piece, in_lines=True))
        check_size(name, cells, 0)
    if not blocks:
        raise UnreadableDocument(name, "it holds nothing but spaces and separators.", "Save its text again.")
    return Document("text", tuple(blocks), notes=notes)


def _pieces(lines: list[Line]) -> Iterator[Line | Box | tuple[Row, ...]]:
    """The lines in order, with those that draw a table or are the rows of one taken together."""
    return lines_parted(split_boxes(lines), lambda held: lines_parted(split_commas(held), split_tables))


def check_size(name: str, cells: int, rows: int) -> None:
    """Refuse a document with more table cells or rows than any report has: it would take minutes and gigabytes."""
    if (size := max(cells, rows)) > _MOST_CELLS:
        raise UnreadableDocument(
            name,
            f"its tables hold {size:,} cells or rows, over the limit of {_MOST_CELLS:,}.",
            "Read the report's own page or text alone.",
        )


def grid_of_rows(number: int, rows: tuple[Row, ...], in_lines: bool) -> Grid:
    """A grid with one cell a field, or several; ``in_lines`` where its rows stand in numbered lines of a file."""
    cells = tuple(
        tuple(GridCell(field, index, column) for column, field in enumerate(row.fields))
        for index, row in enumerate(rows)
    )
    lines = tuple(row.number for row in rows) if in_lines else None
    aligned = all(row.aligned for row in rows)
    return Grid(number, with_gathered(cells) if aligned else cells, lines, aligned=aligned)
