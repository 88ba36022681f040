"""The characters of a page as PDFium gives them -> pieces of text, with as few calls as leave no doubt of a gap."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from gxtools.documents import pdf_library as library
from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.pdf_raw import Color, Piece

# Characters as wide as the font is high, of which a run is told by its ends; digits; any other by itself.
_PIECE = re.compile(r"[\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff01-\uff0f\uff1a-\uff60]+|[0-9]+|\S")
_WIDE = "\u2e80"
_COUNTING = re.compile(r"(?<!\S)\d{1,2}(?=[.．、][\u4e00-\u9fff])")
_HYPHEN = "\x02"  # what the library makes of a hyphen at the end of a line
_REACH = 2.0  # of the font's size: a character farther from the one before begins a new line
# A run of wide characters is even where each takes so much of the font's size, on one level.
_NARROWEST, _WIDEST, _LEVEL = 0.97, 1.16, 0.02
_NO_GAP = 0.05
_DIAGONAL = math.sqrt(0.5)
_BLACK: Color = (0, 0, 0, 255)


class PieceReader:
    """Reads the text of a page.

    ``colors`` holds those of figures, and of words that are not black, by their places; ``counting`` the places of
    digits that count an item (1.属于国家秘密), which say nothing else.
    """

    def __init__(self, text: Any) -> None:
        self._text = text
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._into_point = ctypes.byref(self._x), ctypes.byref(self._y)
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        # Of the font last met: where its line stands, and what is near enough to go on in it.
        self._base = self._near = self._size = self._angle = 0.0
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._into_channels = [ctypes.byref(channel) for channel in self._channels]
        self.colors: dict[int, Color] = {}
        self.counting: set[int] = set()

    def read(self) -> Iterator[tuple[int, Piece]]:
        """Every piece with the place of its first character in the library's order."""
        characters = self._characters()
        self.counting = {match.start() for match in _COUNTING.finditer(characters)}
        end = 0
        for match in _PIECE.finditer(characters):
            start, string = match.start(), match[0]
            spaced = start > end and self._is_typed(end, characters[end:start])
            end = match.end()
            figure = string[0].isdecimal()
            if figure or len(string) > 1:
                self._look_at_color(start, end, figure)
            if len(string) > 1 and not figure and (piece := self._run(start, string, spaced)) is not None:
                yield start, piece
                continue
            yield from self._one_by_one(start, string, spaced)

    def _characters(self) -> str:
        """All characters, each at its place."""
        count = pdfium.FPDFText_CountChars(self._text)
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(self._text, 0, count, buffer)
        string = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(string) != count or "\0" in string or REPLACEMENT in string or "\ufffe" in string:
            codes = [pdfium.FPDFText_GetUnicode(self._text, place) for place in range(count)]
            string = "".join(
                [chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else REPLACEMENT for code in codes]
            )
        return string.replace(_HYPHEN, "-")

    def _is_typed(self, start: int, string: str) -> bool:
        """Whether one of the spaces before a piece was typed, not made by the library."""
        places = (start + index for index, space in enumerate(string) if space not in "\r\n")
        return any(not library.char_is_made(self._text, place) for place in places)

    def _look_at_color(self, start: int, end: int, figure: bool) -> None:
        """Keep the color of a figure, and of words in another than black."""
        if library.char_color(self._text, start, *self._into_channels):
            red, green, blue, opacity = self._channels
            color = (red.value, green.value, blue.value, opacity.value)
            if figure or color != _BLACK:
                self.colors.update(dict.fromkeys(range(start, end), color))

    def _run(self, start: int, string: str, spaced: bool) -> Piece | None:
        """A run of wide characters; null where they are not even."""
        text, x, y = self._text, self._x, self._y
        library.char_origin(text, start, *self._into_point)
        left, base = x.value, y.value
        self._follow(start, left, base)
        if self._angle:
            return None
        library.char_origin(text, start + len(string) - 1, *self._into_point)
        step = (x.value - left) / (len(string) - 1)
        size = self._size
        if not _NARROWEST * size <= step <= _WIDEST * size or abs(y.value - base) > _LEVEL * size:
            return None
        self._near = x.value
        return Piece(string, left, base, step * (len(string) - 1) + size, size, 0.0, spaced)

    def _one_by_one(self, start: int, string: str, spaced: bool) -> Iterator[tuple[int, Piece]]:
        """Characters one by one; digits that follow each other without a gap as one piece."""
        text, x, y, box = self._text, self._x, self._y, self._box
        into_x, into_y = self._into_point
        into_box = ctypes.byref(box)
        first, run, left, base, end = start, "", 0.0, 0.0, 0.0
        for place, character in enumerate(string, start):
            library.char_origin(text, place, into_x, into_y)
            library.char_box(text, place, into_box)
            at, level = x.value, y.value
            if run and (level != base or self._angle or not -_NO_GAP * self._size < at - end < _NO_GAP * self._size):
                yield first, Piece(run, left, base, end - left, self._size, self._angle, spaced)
                run, spaced = "", False
            self._follow(place, at, level)
            if not run:
                first, left, base = place, at, level
            if character.isdecimal() and library.char_is_unmapped(text, place):
                character = REPLACEMENT
            run += character
            end = box.right if self._angle == 0 else left + self._advance()
        yield first, Piece(run, left, base, end - left, self._size, self._angle, spaced)

    def _follow(self, place: int, left: float, base: float) -> None:
        """Ask for the font anew where a character does not go on in the line of the one before."""
        if base != self._base or not 0 <= left - self._near <= _REACH * self._size:
            matrix = self._matrix
            self._size, self._angle = abs(library.char_size(self._text, place)), 0.0
            if library.char_matrix(self._text, place, ctypes.byref(matrix)):
                self._size *= math.hypot(matrix.c, matrix.d)
                self._angle = math.degrees(math.atan2(matrix.b, matrix.a)) if matrix.b else 180.0 * (matrix.a < 0)
        self._base, self._near = base, left

    def _advance(self) -> float:
        """How far a character that does not run to the right takes its line."""
        upright = abs(math.sin(math.radians(self._angle))) > _DIAGONAL
        box = self._box
        return float(box.top - box.bottom if upright else box.right - box.left)
