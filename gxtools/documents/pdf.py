"""PDF with digital text to lines and grids: what is printed on its pages, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.pdf_blocks import blocks_of
from gxtools.documents.pdf_doubts import settle_doubts
from gxtools.documents.pdf_first import Locked, opened
from gxtools.documents.pdf_furniture import without_furniture
from gxtools.documents.pdf_layout import lay_out
from gxtools.documents.pdf_raw import PageError, RawPage, TooLarge
from gxtools.documents.pdf_scan import scan
from gxtools.documents.text import check_size
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document, Grid, Note

_MOST_PAGES = 2_000
_FEWEST_CHARACTERS = 20  # on a picture of a page: a page mark or a stamp alone has less
_LONGEST_TITLE = 200


def read_pdf(data: bytes, name: str) -> Document:
    """Read the text and the tables of a PDF, page by page, and what of it is uncertain.

    A figure whose characters the font does not tell, that is drawn over another, or that nobody sees as it stands in
    the file, is U+FFFD. Raises ``UnreadableDocument`` for a file that is encrypted or damaged, holds pictures of pages
    only, or more than a report does.
    """
    try:
        odd = scan(data)
        with opened(data) as source:
            if source.pages > _MOST_PAGES:
                raise _too_large(name, f"it has {source.pages:,} pages, over the limit of {_MOST_PAGES:,}.")
            raw = list(source.read_pages(odd))
            title = source.title()
    except Locked:
        raise UnreadableDocument(
            name,
            "it is a PDF that opens with a password only.",
            "Open it with the password, print it to a new PDF without one, and read that.",
        ) from None
    except TooLarge:
        raise _too_large(name, "its pages hold or draw more than those of any report do.") from None
    except PageError as error:
        raise UnreadableDocument(
            name, f"it is a PDF that cannot be read: {error}.", "Download it again, or look for another copy."
        ) from None
    if not any(len(_text_of(page)) >= (_FEWEST_CHARACTERS if page.pictured else 1) for page in raw):
        raise _without_text(name, raw)
    differing = settle_doubts(raw, data)
    pages = [lay_out(page, number) for number, page in enumerate(raw, start=1)]
    without_furniture(pages)
    blocks = tuple(blocks_of(pages))
    grids = [block for block in blocks if isinstance(block, Grid)]
    check_size(name, sum(len(row) for grid in grids for row in grid.rows), sum(len(grid.rows) for grid in grids))
    return Document("pdf", blocks, _titles(title, raw), notes=tuple(_notes(raw, differing)))


def _text_of(page: RawPage) -> str:
    return "".join(piece.text for piece in page.pieces)


def _too_large(name: str, wrong: str) -> UnreadableDocument:
    return UnreadableDocument(name, wrong, "Read the pages of the report alone.")


def _without_text(name: str, raw: Sequence[RawPage]) -> UnreadableDocument:
    if any(page.pictured for page in raw):
        return UnreadableDocument(
            name,
            "it is an image-only scan: its pages are pictures, without text.",
            "Look for the report's web page, or have a program recognise the text (OCR) and check every figure by eye.",
        )
    return UnreadableDocument(name, "it is a PDF without text.", "Look for the report's web page, or another copy.")


def _titles(title: str, raw: Sequence[RawPage]) -> tuple[str, ...]:
    """The title of the metadata where the text bears it out: that of a template is often another report's."""
    bare = "".join(title.split())
    told = bare and len(bare) <= _LONGEST_TITLE and bare in "".join(_text_of(raw[0]).split())
    return (title,) if told else ()


def _notes(raw: Sequence[RawPage], differing: Sequence[int]) -> Iterator[Note]:
    """What is uncertain, page by page."""
    lost = [number for number, page in enumerate(raw, start=1) if REPLACEMENT in _text_of(page)]
    recognised = [number for number in lost if raw[number - 1].pictured]
    others = sorted({*lost, *differing} - {*recognised})
    if recognised:
        yield Note(
            f"{_pages(recognised)}: the page is a picture, and its text was recognised by a program (OCR); no figure "
            f"is taken from it, each stands as U+FFFD ({REPLACEMENT}).",
            f"{_pages_zh(recognised)}为图片，其文字由程序识别（OCR），数字不予采用，均以U+FFFD（{REPLACEMENT}）代替。",
            lost=True,
        )
    if others:
        yield Note(
            f"{_pages(others)}: the file does not say for certain which characters it shows; what is uncertain "
            f"stands as U+FFFD ({REPLACEMENT}).",
            f"{_pages_zh(others)}：文件未明确所显示的字符，不确定处以U+FFFD（{REPLACEMENT}）代替。",
            lost=True,
        )
    if unseen := [number for number, page in enumerate(raw, start=1) if page.left_out]:
        yield Note(
            f"{_pages(unseen)}: figures that nobody sees on the page were left out.",
            f"{_pages_zh(unseen)}：页面上看不见的数字未予读取。",
        )


def _pages(numbers: Sequence[int]) -> str:
    return f"Page{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"


def _pages_zh(numbers: Sequence[int]) -> str:
    return f"第{'、'.join(map(str, numbers))}页"
