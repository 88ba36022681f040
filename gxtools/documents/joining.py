"""Several documents that stand in one file, as one: their blocks one after another, numbered through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gxtools.grids import Block, Document, Grid, Note


def joined(
    format: str, documents: Sequence[Document], *, address: str | None = None, notes: tuple[Note, ...] = ()
) -> Document:
    """At least one document of pages as one of ``format``; what the first says of itself comes first.

    ``address`` goes before what the documents say; ``notes`` stand before theirs.
    """
    blocks: list[Block] = []
    tables = lines = 0
    for document in documents:
        for block in document.blocks:
            if isinstance(block, Grid):
                tables += 1
                blocks.append(replace(block, number=tables))
            else:
                lines += 1
                blocks.append(block._replace(number=lines))
    return Document(
        format,
        tuple(blocks),
        tuple(dict.fromkeys(title for document in documents for title in document.titles)),
        next((document.published for document in documents if document.published), None),
        address or next((document.address for document in documents if document.address), None),
        notes + tuple(note for document in documents for note in document.notes),
    )
