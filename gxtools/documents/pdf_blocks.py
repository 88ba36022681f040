"""Pages laid out -> grids and lines of text in reading order; what a page cut is put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gxtools.documents.pdf_aligned import AlignedTable
from gxtools.documents.pdf_joining import JoinedTable
from gxtools.documents.pdf_layout import Page, TextRow
from gxtools.documents.pdf_paragraphs import paragraphs
from gxtools.documents.pdf_stretches import split_aligned
from gxtools.grids import Block, TextLine

_PITCH = 1.8  # of the font's size: so far the first line of a page follows the last one of the page before


def blocks_of(pages: Sequence[Page]) -> Iterator[Block]:
    """Everything on the pages, from the first to the last."""
    number = 0
    for run in _runs(pages):
        for block in run:
            if isinstance(block, JoinedTable | AlignedTable):
                number += 1
                yield block.grid(number)
            else:
                yield block


def _runs(pages: Sequence[Page]) -> Iterator[Iterator[TextLine | JoinedTable | AlignedTable]]:
    """Tables with lines, and the text between them."""
    text: list[TextRow] = []
    joined: JoinedTable | None = None
    for item in (item for page in pages for item in page.items):
        if isinstance(item, TextRow):
            if joined is not None:
                yield iter([joined])
                joined = None
            text.append(item)
            continue
        if text:
            yield _text(text)
            text = []
        if joined is None or not joined.takes(item):
            if joined is not None:
                yield iter([joined])
            joined = JoinedTable(item)
    if joined is not None:
        yield iter([joined])
    yield _text(text)


def _text(rows: list[TextRow]) -> Iterator[TextLine | AlignedTable]:
    """The paragraphs of consecutive lines, and the tables without lines among them."""
    for above, row in pairwise(rows):
        row.shift = above.shift if row.page == above.page else above.base + _PITCH * above.size - row.base
    plain: list[TextRow] = []
    for part in split_aligned(rows):
        if isinstance(part, TextRow):
            plain.append(part)
            continue
        yield from paragraphs(plain)
        plain = []
        if part.is_certain:
            yield part
        else:
            yield from part.lines()
    yield from paragraphs(plain)
