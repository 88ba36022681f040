"""Formats that are told by their first bytes and are not read: what each is called and what to do with it."""

from __future__ import annotations

import json
from typing import NamedTuple

_AS_PAGE = "Open it in its program, save it as a web page or as text, and read that."
_UNPACK = "Unpack it and read the document inside."
_PICTURE = "A picture holds no text: look for the page or the text version of the report."
_BROWSER = "Open the page in a browser, save it as a web page (HTML only), and read that."


class KnownFormat(NamedTuple):
    """A format by name, and the advice for somebody who has a file of it."""

    called: str
    advice: str


_WORD = KnownFormat("a Word document (.docx)", _AS_PAGE)
_ZIP = KnownFormat("a zip archive", _UNPACK)
_OLD_OFFICE = KnownFormat("a document of an old Office or WPS program (.doc, .xls, .wps)", _AS_PAGE)

_STARTS: tuple[tuple[bytes, KnownFormat], ...] = (
    (b"%PDF-", KnownFormat("a PDF", "Copy its text into a text file, or export it as a web page, and read that.")),
    (b"{\\rtf", KnownFormat("a rich text document (.rtf)", _AS_PAGE)),
    (b"\x1f\x8b", KnownFormat("a gzip archive (.gz)", _UNPACK)),
    (b"Rar!\x1a\x07", KnownFormat("a RAR archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", KnownFormat("a 7z archive", _UNPACK)),
    (b"BZh", KnownFormat("a bzip2 archive", _UNPACK)),
    (b"\xfd7zXZ\x00", KnownFormat("an xz archive", _UNPACK)),
    (b"\x89PNG\r\n\x1a\n", KnownFormat("a picture (PNG)", _PICTURE)),
    (b"\xff\xd8\xff", KnownFormat("a picture (JPEG)", _PICTURE)),
    (b"GIF87a", KnownFormat("a picture (GIF)", _PICTURE)),
    (b"GIF89a", KnownFormat("a picture (GIF)", _PICTURE)),
    (b"II*\x00", KnownFormat("a picture (TIFF)", _PICTURE)),
    (b"MM\x00*", KnownFormat("a picture (TIFF)", _PICTURE)),
    (b"MIME-Version:", KnownFormat("a web archive (.mht)", _BROWSER)),
    (b"From: <Saved by", KnownFormat("a web archive (.mht)", _BROWSER)),
)

# A zip file names its members in clear, so that even a truncated one can be told by them.
_ZIP_MEMBERS: tuple[tuple[bytes, KnownFormat], ...] = (
    (b"OFD.xml", KnownFormat("an OFD document", _AS_PAGE)),
    (b"word/", _WORD),
    (b"xl/", KnownFormat("an Excel workbook (.xlsx)", _AS_PAGE)),
    (b"ppt/", KnownFormat("a PowerPoint presentation (.pptx)", _AS_PAGE)),
    (b"application/epub+zip", KnownFormat("an e-book (.epub)", _AS_PAGE)),
    (b"application/vnd.oasis.opendocument", KnownFormat("an OpenDocument file", _AS_PAGE)),
)

# An old Office file names its streams in UTF-16.
_OLE_STREAMS: tuple[tuple[bytes, KnownFormat], ...] = (
    ("EncryptedPackage".encode("utf-16-le"), KnownFormat("an encrypted Office document", "Remove its password first.")),
    ("WordDocument".encode("utf-16-le"), KnownFormat("an old Word or WPS document (.doc, .wps)", _AS_PAGE)),
    ("Workbook".encode("utf-16-le"), KnownFormat("an old Excel workbook (.xls)", _AS_PAGE)),
)


def known_format(data: bytes) -> KnownFormat | None:
    """The format that the bytes belong to when it is one of those not read; None for anything that may be text."""
    head = data[:1024].lstrip()
    if head.startswith(b"PK\x03\x04"):
        return next((known for member, known in _ZIP_MEMBERS if member in data), _ZIP)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((known for stream, known in _OLE_STREAMS if stream in data), _OLD_OFFICE)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return KnownFormat("a picture (WebP)", _PICTURE)
    if head.startswith(b"BM") and data[2:6] == len(data).to_bytes(4, "little"):
        return KnownFormat("a picture (BMP)", _PICTURE)
    if head.startswith(b"<?xml") and b"<?mso-application" in head:
        return KnownFormat("an Office document in XML", _AS_PAGE)
    return next((known for start, known in _STARTS if head.startswith(start)), None)


def is_json(text: str) -> bool:
    """Whether a text is the JSON answer of a web service rather than a page or a text."""
    if not text.startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


JSON = KnownFormat("the JSON answer of a web service", _BROWSER)
