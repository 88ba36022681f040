"""The body of a Word document to blocks, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from lxml import etree

from gxtools.documents.docx_names import CELL, EMBEDDED, PARAGRAPH, ROW, TABLE
from gxtools.documents.docx_tables import read_rows
from gxtools.documents.docx_text import Texts
from gxtools.documents.html_tables import Rows, TableTooWide, is_layout
from gxtools.documents.text import grid_of_rows
from gxtools.documents.text_rows import Line
from gxtools.documents.text_tables import split_tables
from gxtools.grids import Block, Document, Grid, Note, TextLine

_SPACE = " \t\r\n"


class Flow:
    """Walks a body that ``keep_visible`` has cleaned, once. ``embedded`` reads what an element embeds, if it can."""

    def __init__(self, texts: Texts, embedded: Callable[[etree._Element], Document | None]) -> None:
        self._texts = texts
        self._embedded = embedded
        self._wide = self._unread = 0

    def blocks(self, body: etree._Element) -> tuple[Block, ...]:
        """Paragraphs and tables, both numbered from 1. Lines that tabs or pipes set as a table are one, as in a text.

        A table that only lays out the page (it holds another table, a single cell, or hardly anything but long text)
        is walked as text; an inner table of a single cell is only a box around text.
        """
        _unbox(body)
        blocks: list[Block] = []
        lines: list[str] = []
        paragraphs = tables = 0
        for piece in [*self._walk(body), ()]:
            if isinstance(piece, str):
                lines.append(piece)
                continue
            for part in split_tables(Line(0, line) for line in lines):
                if isinstance(part, Line):
                    paragraphs += 1
                    blocks.append(TextLine(part.text, paragraphs, "paragraph"))
                else:
                    tables += 1
                    blocks.append(grid_of_rows(tables, part, in_lines=False))
            lines.clear()
            if piece:
                tables += 1
                blocks.append(Grid(tables, piece))
        return tuple(blocks)

    def notes(self) -> tuple[Note, ...]:
        """What a person should know of the walk."""
        notes: tuple[Note, ...] = ()
        if hidden := self._texts.hidden:
            notes += (
                Note(f"Hidden text of {hidden:,} characters was not read.", f"隐藏的文字（{hidden}个字符）未读取。"),
            )
        if self._wide:
            notes += (
                Note(
                    f"{self._wide} of the document's tables have over a thousand columns and were read as text.",
                    f"文件有{self._wide}张表格超过一千列，已按文字读取。",
                ),
            )
        if self._unread:
            notes += (
                Note(
                    "The document embeds another one, which was not read: open it in Word and save it anew.",
                    "文件内嵌有另一文件，未读取：请用Word打开后另存。",
                ),
            )
        return notes

    def _walk(self, block: etree._Element) -> Iterator[str | Rows]:
        """Lines and rows of tables, as they come."""
        run: list[etree._Element] = []
        for element in block:
            if element.tag == PARAGRAPH:
                run.append(element)
            elif element.tag == TABLE:
                yield from self._texts.lines(run)
                run.clear()
                yield from self._table(element)
            elif element.tag == EMBEDDED:
                yield from self._texts.lines(run)
                run.clear()
                yield from self._document(element)
        yield from self._texts.lines(run)

    def _table(self, table: etree._Element) -> Iterator[str | Rows]:
        if next(table.iterdescendants(TABLE), None) is None:
            try:
                rows = read_rows(table, self._cell_text)
            except TableTooWide:
                self._wide += 1
            else:
                if not is_layout(rows):
                    yield rows
                    return
                for row in rows:
                    for cell in row:
                        yield from cell.text.split("\n")
                return
        for row in table.iterchildren(ROW):
            for cell in row.iterchildren(CELL):
                yield from self._walk(cell)

    def _document(self, element: etree._Element) -> Iterator[str | Rows]:
        document = self._embedded(element)
        if document is None:
            self._unread += 1
            return
        for block in document.blocks:
            yield block.rows if isinstance(block, Grid) else block.text

    def _cell_text(self, cell: etree._Element) -> str:
        """The lines of a cell. Those of nothing but spaces are left out, unless there is no other: then the first."""
        lines = [line.replace("\t", " ").strip(_SPACE) for line in self._texts.lines(cell.iterchildren(PARAGRAPH))]
        lines = list(filter(None, lines))
        if len(lines) > 1:
            lines = [line for line in lines if not line.isspace()] or lines[:1]
        return "\n".join(lines)


def _unbox(body: etree._Element) -> None:
    for inner in reversed(list(body.iter(TABLE))):  # the innermost first
        cells = list(islice(inner.iter(CELL), 2))
        if inner.getparent().tag == CELL and len(cells) < 2:
            for cell in cells:
                for element in cell.iterchildren(PARAGRAPH):
                    inner.addprevious(element)
            inner.getparent().remove(inner)
