"""Any source to a document: limits, what the bytes are, and which module reads them."""

from __future__ import annotations

import os
import re

from gxtools.documents.encodings import REPLACEMENT, decode
from gxtools.documents.html import read_html
from gxtools.documents.signatures import JSON, KnownFormat, is_json, known_format
from gxtools.documents.text import read_text
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document

_ADDRESS = re.compile(r"(?:https?|ftp)://", re.I)
# A page shows by one tag of a page's frame or of a table, or by several of its text; Markdown may hold a <br> or two.
_FRAME_TAG = re.compile(r"<(?:!doctype\s+html|(?:html|head|body|frameset|table|tbody|tr|td)(?:\s[^<>]*)?>)", re.I)
_TEXT_TAG = re.compile(r"</?(?:div|p|meta|link|ul|ol|li|h[1-6]|span|font|a)(?:\s[^<>]*)?/?>", re.I)
_TEXT_TAGS_OF_A_PAGE = 3
_NOISE = re.compile(f"[\0-\x08\x0e-\x1f\x7f{REPLACEMENT}]")
_MOST_NOISE, _SAMPLE = 0.1, 2000


def open_document(
    source: str | os.PathLike[str] | bytes, name: str | None = None, max_bytes: int = 100_000_000
) -> tuple[Document, bytes]:
    """Read a path, or bytes, into the neutral form; return that and the bytes themselves.

    The content decides the format, never the name's ending. ``name`` stands in error texts and is by default the path.
    ``max_bytes`` is the largest size that is read.

    Raises ``UnreadableDocument`` where there is nothing to read: empty, over the limit, noise, a format that is not
    read, an address instead of a path; ``OSError`` for a path that is not there or may not be read.
    """
    if isinstance(source, bytes):
        data, name = source, name or "the given bytes"
    else:
        path = os.fspath(source)
        name = name or path
        data = _bytes_of(path, name, max_bytes)
    if len(data) > max_bytes:
        raise _too_large(name, len(data), max_bytes)
    return _read(data, name), data


def _bytes_of(path: str, name: str, max_bytes: int) -> bytes:
    if _ADDRESS.match(path) and not os.path.exists(path):
        raise UnreadableDocument(
            name, "this is an address, not a file.", "Save the page first (in a browser: Save page as), then read that."
        )
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > max_bytes:
            raise _too_large(name, size, max_bytes)
        return file.read(max_bytes + 1)  # a pipe has no size


def _too_large(name: str, size: int, max_bytes: int) -> UnreadableDocument:
    return UnreadableDocument(
        name,
        f"it has {size:,} bytes or more, over the limit of {max_bytes:,}.",
        "Read the report alone, or raise the limit with max_bytes.",
    )


def _read(data: bytes, name: str) -> Document:
    if not data or data.isspace():
        raise _empty(name)
    if known := known_format(data):
        raise _not_read(name, known)
    text, _, notes = decode(data)
    if not text or text.isspace():
        raise _empty(name)
    sample = text if notes else text[:_SAMPLE]  # all of it only where something had to be replaced
    if len(_NOISE.findall(sample)) > _MOST_NOISE * len(sample):
        raise UnreadableDocument(
            name,
            "the bytes are no Chinese text in any encoding.",
            "Download it again, or save it as a web page or text.",
        )
    if _is_page(text):
        return read_html(text, name, notes)
    if is_json(text.strip()):
        raise _not_read(name, JSON)
    return read_text(text, name, notes)


def _empty(name: str) -> UnreadableDocument:
    return UnreadableDocument(name, "it is empty.", "Download or save it again.")


def _not_read(name: str, known: KnownFormat) -> UnreadableDocument:
    return UnreadableDocument(name, f"it is {known.called}, a format that is not read.", known.advice)


def _is_page(text: str) -> bool:
    if _FRAME_TAG.search(text):
        return not is_json(text.strip())
    tags = _TEXT_TAG.finditer(text)
    return all(next(tags, None) for _ in range(_TEXT_TAGS_OF_A_PAGE)) and not is_json(text.strip())
