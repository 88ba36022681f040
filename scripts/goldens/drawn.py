"""Reports drawn on PDF pages by reportlab, so that every line and every character stands where it is told to."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from scripts.goldens.made import Cell, Made, Table, parts, title_of
from scripts.goldens.pages import printed

SONG = "STSong-Light"  # by name only: no outlines are embedded, the viewer brings them
SIZE, LINE, PAD = 9.0, 12.0, 3.0
WIDTHS = {3: (150, 110, 110, 110), 9: (44, 60, 112, *(38,) * 7), 14: (32,) * 15}


class Sheet:
    """Draws downwards on pages of a canvas. ``draw`` sets a text at a point; ``border`` a cell's four sides."""

    def __init__(
        self, canvas: Canvas, font: str, height: float = 842, prepare: Callable[[Canvas], None] | None = None
    ) -> None:
        self.canvas, self.font, self.height, self.prepare = canvas, font, height, prepare
        self.draw: Callable[[Sheet, float, float, str], None] = plain
        self.border: Callable[[Canvas, float, float, float, float], None] = boxed
        self.page = 1
        self._begin()

    def _begin(self) -> None:
        if self.prepare:
            self.prepare(self.canvas)
        self.canvas.setFont(self.font, SIZE)
        self.y = self.height - 60

    def turn(self) -> None:
        self.canvas.setFont(self.font, SIZE)
        self.canvas.drawCentredString(290, 30, f"- {self.page} -")
        self.canvas.showPage()
        self.page += 1
        self._begin()

    def text(self, words: str) -> None:
        if self.y < 80:
            self.turn()
        self.draw(self, 50, self.y, words)
        self.y -= 20

    def table(self, table: Table, made: Made) -> None:
        grid = laid_out(table)
        widths = WIDTHS[max(x + cell.columns for (_, x), cell in grid.items()) - 1]
        if len(widths) > 11:
            widths = widths[:15]
        heights = row_heights(grid, widths, made, self.font)
        first = 0
        while first < len(heights):
            last = first
            while last < len(heights) and sum(heights[first : last + 1]) < self.y - 60:
                last += 1
            self._rows(grid, widths, heights, first, last, made)
            first = last
            if first < len(heights):
                self.turn()
        self.y -= 14

    def _rows(
        self,
        grid: dict[tuple[int, int], Cell],
        widths: tuple[float, ...],
        heights: list[float],
        first: int,
        last: int,
        made: Made,
    ) -> None:
        tops = [self.y - sum(heights[first:row]) for row in range(first, last + 1)]
        for (y, x), cell in grid.items():
            top, bottom = max(y, first), min(y + cell.rows, last)
            if top >= bottom:
                continue
            left, wide = 50 + sum(widths[:x]), sum(widths[x : x + cell.columns])
            high = tops[top - first] - tops[bottom - first]
            self.border(self.canvas, left, tops[bottom - first], wide, high)
            if y >= first:
                lines = broken(printed(cell, made), wide - 2 * PAD, self.font)
                base = tops[top - first] - (high - LINE * len(lines)) / 2 - LINE + 3
                for number, line in enumerate(lines):
                    length = pdfmetrics.stringWidth(line, self.font, SIZE)
                    self.draw(self, left + (wide - length) / 2, base - number * LINE, line)
        self.y = tops[-1]

    def report(self, made: Made) -> None:
        self.text(title_of(made))
        for index, heading, sentence, tables in parts(made):
            self.text(f"{'一二三四五六'[index]}、{heading}")
            if sentence:
                self.text(sentence)
            for table in tables if index != 1 else [stacked(tables)]:
                self.table(table, made)
        self.canvas.showPage()
        self.canvas.save()


def stacked(tables: list[Table]) -> Table:
    """The blocks of table two as one table of four columns, the last cell of each row as wide as is left."""
    rows = [row for table in tables for row in table]
    return [[*row[:-1], row[-1]._replace(columns=4 - sum(cell.columns for cell in row[:-1]))] for row in rows]


def laid_out(table: Table) -> dict[tuple[int, int], Cell]:
    """Each cell by its row and column."""
    taken: set[tuple[int, int]] = set()
    found: dict[tuple[int, int], Cell] = {}
    for y, row in enumerate(table):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            found[y, x] = cell
            taken |= {(y + down, x + right) for down in range(cell.rows) for right in range(cell.columns)}
    return found


def row_heights(grid: dict[tuple[int, int], Cell], widths: tuple[float, ...], made: Made, font: str) -> list[float]:
    heights = [LINE + 2 * PAD] * (1 + max(y for y, _ in grid))
    for (y, x), cell in grid.items():
        if cell.rows == 1:
            lines = broken(printed(cell, made), sum(widths[x : x + cell.columns]) - 2 * PAD, font)
            heights[y] = max(heights[y], len(lines) * LINE + 2 * PAD)
    return heights


def broken(text: str, wide: float, font: str) -> list[str]:
    """A text in lines that are no wider; a figure is not broken."""
    lines = [""]
    for character in text:
        if pdfmetrics.stringWidth(lines[-1] + character, font, SIZE) > wide and not text.isascii():
            lines.append("")
        lines[-1] += character
    return lines


def plain(sheet: Sheet, x: float, y: float, text: str) -> None:
    sheet.canvas.drawString(x, y, text)


def twice(sheet: Sheet, x: float, y: float, text: str) -> None:
    """As programs make bold that have no bold font."""
    sheet.canvas.drawString(x, y, text)
    sheet.canvas.drawString(x + 0.25, y, text)


def unpainted(sheet: Sheet, x: float, y: float, text: str) -> None:
    line = sheet.canvas.beginText(x, y)
    line.setTextRenderMode(3)
    line.textOut(text)
    sheet.canvas.drawText(line)


def boxed(canvas: Canvas, x: float, y: float, wide: float, high: float) -> None:
    canvas.rect(x, y, wide, high)


def filled(canvas: Canvas, x: float, y: float, wide: float, high: float) -> None:
    """Sides as thin boxes, doubled, as word processors draw them."""
    for gap in (0, 1.5):
        for box in (
            (x, y + gap, wide, 0.4),
            (x + gap, y, 0.4, high),
            (x, y + high - gap, wide, 0.4),
            (x + wide - gap, y, 0.4, high),
        ):
            canvas.rect(*box, stroke=0, fill=1)


def unbordered(canvas: Canvas, x: float, y: float, wide: float, high: float) -> None:
    """No lines at all."""


def canvas_of(path: Path, size: tuple[float, float] = (595, 842), password: str | None = None) -> Canvas:
    """``password`` opens the file; an empty one opens it for everybody and still encrypts it."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    lock = None if password is None else StandardEncryption(password, ownerPassword="owner", strength=128)
    return Canvas(str(path), pagesize=size, encrypt=lock, invariant=1)


def embedded(font: Path) -> str:
    pdfmetrics.registerFont(TTFont("Embedded", str(font)))
    return "Embedded"


def picture(path: Path) -> Path:
    """A small grey picture, to be drawn over a page as its scan."""
    rows = b"".join(b"\0" + b"\xee" * 8 for _ in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
    return path
