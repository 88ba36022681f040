"""The first engine, PDFium: the characters of a page where they are printed, and what is drawn around them."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from gxtools.documents import pdf_library as library
from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.pdf_drawn import Drawn, address, is_marked
from gxtools.documents.pdf_paint import is_faint_on, is_lost_on, middle_of, share_covered
from gxtools.documents.pdf_pieces import PieceReader
from gxtools.documents.pdf_raw import Box, Color, PageError, Piece, RawPage, TooLarge
from gxtools.documents.pdf_scan import Scan

# The library knows no threads: one document at a time in a process.
_LOCK = threading.Lock()

# In all pages together: more take longer to read than any report does.
_MOST_CHARACTERS, _MOST_OBJECTS = 400_000, 400_000
_SMALL = 0.1  # of the page: a smaller picture may stand in a cell
_PRINTED = (
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_INK,
    pdfium.FPDF_ANNOT_WIDGET,
    pdfium.FPDF_ANNOT_REDACT,
)
# Of the longer side of the page, which usually has 842 points: nobody sees a smaller font, and no font is larger.
_SMALLEST, _LARGEST = 2.1 / 842, 8.0


class Locked(Exception):
    """The document asks for a password."""


class Pdfium:
    """A document open in PDFium."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self.pages = pdfium.FPDF_GetPageCount(document)

    def title(self) -> str:
        """The title that its metadata give it; empty where there is none."""
        size = pdfium.FPDF_GetMetaText(self._document, b"Title", None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_GetMetaText(self._document, b"Title", buffer, size)
        return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace").strip()

    def read_pages(self, scan: Scan) -> Iterator[RawPage]:
        """Every page. ``scan`` says what to look out for.

        Raises ``PageError`` where a page cannot be read, ``TooLarge`` where the pages hold more than any report.
        """
        before = None
        characters = objects = 0
        try:
            for number in range(self.pages):
                page = pdfium.FPDF_LoadPage(self._document, number)
                # The fonts of a page are let go with it: the next is loaded first, which mostly has the same.
                _close(before)
                before = page
                with _text_of(page) as text:
                    characters += pdfium.FPDFText_CountChars(text)
                    objects += pdfium.FPDFPage_CountObjects(page)
                    if characters > _MOST_CHARACTERS or objects > _MOST_OBJECTS:
                        raise TooLarge
                    yield _read(page, text, scan)
        finally:
            _close(before)


def _close(page: Any) -> None:
    if page:
        pdfium.FPDF_ClosePage(page)


@contextmanager
def _text_of(page: Any) -> Iterator[Any]:
    text = pdfium.FPDFText_LoadPage(page) if page else None
    if not text:
        raise PageError("damaged")
    try:
        yield text
    finally:
        pdfium.FPDFText_ClosePage(text)


@contextmanager
def opened(data: bytes) -> Iterator[Pdfium]:
    """Open a document for as long as the block runs. Raises ``Locked``, or ``PageError`` where it is damaged."""
    with _LOCK:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            raise Locked if locked else PageError("damaged")
        try:
            yield Pdfium(document)
        finally:
            pdfium.FPDF_CloseDocument(document)


def _read(page: Any, text: Any, scan: Scan) -> RawPage:
    visible = _visible(page)
    drawn = Drawn(page, visible, scan.unpainted)
    reader = PieceReader(text)
    found = list(_within(visible, reader.read()))
    smallest = _SMALLEST * max(visible.right - visible.left, visible.top - visible.bottom)
    unseen = [piece for _, piece in found if piece.size <= smallest]
    if unseen:
        found = [(place, piece) for place, piece in found if piece.size > smallest]
    pieces = [piece for _, piece in found]
    faint = {color for color in {*reader.colors.values()} if drawn.may_hide(color)}
    if drawn.unseen or drawn.doubted or drawn.covered or drawn.clipped or faint or scan.marked or scan.ambiguous:
        seen = [_as_seen(text, place, piece, drawn, reader, scan, faint) for place, piece in found]
        unseen += [piece for piece, as_seen in zip(pieces, seen, strict=True) if as_seen is None]
        pieces = [piece for piece in seen if piece is not None]
    return RawPage(
        pieces,
        drawn.strokes,
        visible,
        drawn.pictured,
        [picture for picture in drawn.pictures if picture.area < _SMALL * visible.area],
        list(_fields(page)),
        sum(piece.text.isdecimal() for piece in unseen),
    )


def _as_seen(
    text: Any, place: int, piece: Piece, drawn: Drawn, reader: PieceReader, scan: Scan, faint: Container[Color]
) -> Piece | None:
    """A text as it is seen, null where nobody sees it; a figure that may not be what is printed as U+FFFD.

    ``faint`` are the colors that can hardly be seen on some ground of the page.
    """
    owner = library.char_owner(text, place)
    of = address(owner)
    if of in drawn.unseen:
        return None
    figure = piece.text.isdecimal() and place not in reader.counting
    doubted = figure and (
        of in drawn.doubted or not scan.ambiguous.isdisjoint(piece.text) or (scan.marked and is_marked(owner))
    )
    if of in drawn.clipped:
        inside = drawn.share_inside(of, piece)
        if inside <= 0:
            return None
        doubted = doubted or (figure and inside < 1)
    if of in drawn.covered:
        surely = [paint for paint in drawn.covered[of] if not paint.doubted]
        if share_covered(piece, surely) == 1:
            return None
        doubted = doubted or (figure and share_covered(piece, drawn.covered[of]) > 0)
    color = reader.colors.get(place)
    if color is not None and color in faint and not drawn.is_on_picture(piece.x, piece.y):
        ground = drawn.ground(of, *middle_of(piece))
        if is_lost_on(color, ground):
            return None
        doubted = doubted or (figure and is_faint_on(color, ground))
    return piece._replace(text=REPLACEMENT) if doubted else piece


def _fields(page: Any) -> Iterator[Box]:
    """Where something stands over the page that is none of its text but may be printed with it."""
    sides = pdfium.FS_RECTF()
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        field = pdfium.FPDFPage_GetAnnot(page, index)
        if pdfium.FPDFAnnot_GetSubtype(field) in _PRINTED and pdfium.FPDFAnnot_GetRect(field, sides):
            yield Box.of((sides.left, sides.bottom, sides.right, sides.top))
        pdfium.FPDFPage_CloseAnnot(field)


def _within(visible: Box, pieces: Iterator[tuple[int, Piece]]) -> Iterator[tuple[int, Piece]]:
    """The text on the page, and what is seen of one at its right edge."""
    left, bottom, right, top = visible
    largest = _LARGEST * max(right - left, top - bottom)
    for place, piece in pieces:
        text, x, y, advance, size, *_ = piece
        if not (left <= x <= right and bottom <= y <= top and 0 < size < largest):
            continue
        if not abs(advance) < largest * len(text):
            continue
        if x + advance <= right or piece.angle or len(text) == 1:
            yield place, piece
            continue
        step = advance / len(text)
        kept = len(text) - round((x + advance - right) / step)
        if kept > 0:
            yield place, piece._replace(text=text[:kept], advance=step * kept)


def _visible(page: Any) -> Box:
    """The part of a page that is shown or printed."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Box.of((box.left, box.bottom, box.right, box.top))
