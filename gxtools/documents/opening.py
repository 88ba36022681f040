"""Any source to a document: limits, what the bytes are, and which module reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gxtools.documents.archives import inside, member_bytes
from gxtools.documents.encodings import REPLACEMENT, decode
from gxtools.documents.html import read_html
from gxtools.documents.json_answers import read_json
from gxtools.documents.markup import is_page
from gxtools.documents.signatures import kind_of
from gxtools.documents.text import read_text
from gxtools.documents.xml_answers import read_xml
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document, Note

_ADDRESS = re.compile(r"(?:https?|ftp)://", re.I)
_NOISE = re.compile(f"[\0-\x08\x0e-\x1f\x7f{REPLACEMENT}]+")
_MOST_NOISE, _SAMPLE = 0.1, 2000


def open_document(
    source: str | os.PathLike[str] | bytes, name: str | None = None, max_bytes: int = 100_000_000
) -> tuple[Document, bytes]:
    """Read a path, or bytes, into the neutral form; return that and the bytes themselves.

    The content decides the format, never the name's ending. ``name`` stands in error texts and is by default the path.
    ``max_bytes`` is the largest size that is read.

    Raises ``UnreadableDocument`` where there is nothing to read: empty, damaged, over a limit, noise, a format that is
    not read or whose extra is not installed, an address instead of a path; ``OSError`` for a path that is not there or
    may not be read.
    """
    data = bytes_of(source, name, max_bytes)
    return _read(data, name or _called(source)), data


def bytes_of(source: str | os.PathLike[str] | bytes, name: str | None = None, max_bytes: int = 100_000_000) -> bytes:
    """The bytes of a source, as ``open_document`` takes it, with its errors of what cannot be had at all."""
    name = name or _called(source)
    if isinstance(source, bytes):
        if len(source) > max_bytes:
            raise _too_large(name, len(source), max_bytes)
        return source
    path = os.fspath(source)
    if (within := inside(path)) is not None:
        return member_bytes(*within, name, max_bytes)
    if _ADDRESS.match(path) and not os.path.exists(path):
        raise UnreadableDocument(
            name, "this is an address, not a file.", "Save the page first (in a browser: Save page as), then read that."
        )
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > max_bytes:
            raise _too_large(name, size, max_bytes)
        data = file.read(size + 1)  # room for so much is made before anything is read
        if len(data) > size:  # a pipe has no size
            data += file.read(max_bytes + 1 - len(data))
    if len(data) > max_bytes:
        raise _too_large(name, len(data), max_bytes)
    return data


def _called(source: str | os.PathLike[str] | bytes) -> str:
    return "the given bytes" if isinstance(source, bytes) else os.fspath(source)


def _too_large(name: str, size: int, max_bytes: int) -> UnreadableDocument:
    return UnreadableDocument(
        name,
        f"it has {size:,} bytes or more, over the limit of {max_bytes:,}.",
        "Read the report alone, or raise the limit with max_bytes.",
    )


def _read(data: bytes, name: str) -> Document:
    """What the bytes are decides which module reads them: first by signature, then, as characters, by their shape."""
    if not data or data.isspace():
        raise _empty(name)
    if kind := kind_of(data):
        if kind.reader is None:
            raise UnreadableDocument(name, f"it is {kind.called}, a format that is not read.", kind.advice)
        return _BY_SIGNATURE[kind.reader](data, name)
    text, _, notes = decode(data)
    if not text or text.isspace():
        raise _empty(name)
    sample = text if notes else text[:_SAMPLE]  # all of it only where something had to be replaced
    if len(sample) - len(_NOISE.sub("", sample)) > _MOST_NOISE * len(sample):
        raise UnreadableDocument(
            name,
            "the bytes are no Chinese text in any encoding.",
            "Download it again, or save it as a web page or text.",
        )
    found = (read(text, name, notes) for read in _BY_SHAPE)
    return next(document for document in found if document is not None)


def _pdf(data: bytes, name: str) -> Document:
    with _extra("pdf", "a PDF", name):
        from gxtools.documents.pdf import read_pdf
    return read_pdf(data, name)


def _docx(data: bytes, name: str) -> Document:
    with _extra("word", "a Word document", name):
        from gxtools.documents.docx import read_docx
    return read_docx(data, name)


def _mhtml(data: bytes, name: str) -> Document:
    from gxtools.documents.mhtml import read_mhtml  # rare, and what it needs of the library is slow to import

    return read_mhtml(data, name)


@contextmanager
def _extra(extra: str, called: str, name: str) -> Iterator[None]:
    """Around the import of a reader whose libraries are heavy, so that they come with an extra and only when needed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("gxtools."):
            raise
        raise UnreadableDocument(
            name, f"it is {called}, and {error.name} is not installed.", f"Run: pip install 'gxtools[{extra}]'."
        ) from error


def _page(text: str, name: str, notes: tuple[Note, ...]) -> Document | None:
    return read_html(text, name, notes) if is_page(text) else None


# What bears a signature, by the id of its reader.
_BY_SIGNATURE: dict[str, Callable[[bytes, str], Document]] = {"pdf": _pdf, "docx": _docx, "mhtml": _mhtml}
# What is characters, by the first reader that takes it; the last takes anything.
_BY_SHAPE: tuple[Callable[[str, str, tuple[Note, ...]], Document | None], ...] = (read_json, read_xml, _page, read_text)


def _empty(name: str) -> UnreadableDocument:
    return UnreadableDocument(name, "it is empty.", "Download or save it again.")
