"""What bytes are, by the bytes alone: formats that a module of their own reads, and formats that none reads, by name.

Text of any kind (pages, JSON, plain text) has no signature; it is told apart once it is characters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_AS_PAGE = "Open it in its program, save it as a web page or as text, and read that."
_UNPACK = "Unpack it and read the document inside."
_PICTURE = "A picture holds no text: look for the page or the text version of the report."


class Kind(NamedTuple):
    """A format: what it is called, and either the id of its reader or the advice for somebody who has such a file."""

    called: str
    advice: str = ""
    reader: str | None = None


PDF = Kind("a PDF", reader="pdf")
WORD = Kind("a Word document (.docx)", reader="docx")
MHTML = Kind("a web archive (.mht)", reader="mhtml")

# The first of these members that a zip file names, in clear and so even in a truncated one, tells what it is.
_ZIP_MEMBERS = {
    b"word/": WORD,
    b"word\\": WORD,
    b"OFD.xml": Kind("an OFD document", _AS_PAGE),
    b"xl/": Kind("an Excel workbook (.xlsx)", _AS_PAGE),
    b"ppt/": Kind("a PowerPoint presentation (.pptx)", _AS_PAGE),
    b"mimetypeapplication/epub+zip": Kind("an e-book (.epub)", _AS_PAGE),
    b"mimetypeapplication/vnd.oasis.opendocument": Kind("an OpenDocument file", _AS_PAGE),
}
ZIP = Kind("a zip archive", _UNPACK)
_ZIP_MEMBER = re.compile(rb"PK\x03\x04.{26}(" + b"|".join(map(re.escape, _ZIP_MEMBERS)) + b")", re.DOTALL)

# An old Office file names its streams in UTF-16.
_OLE_STREAMS = {
    "EncryptedPackage".encode("utf-16-le"): Kind("an encrypted Office document", "Remove its password first."),
    "WordDocument".encode("utf-16-le"): Kind("an old Word or WPS document (.doc, .wps)", _AS_PAGE),
    "Workbook".encode("utf-16-le"): Kind("an old Excel workbook (.xls)", _AS_PAGE),
}
_OLD_OFFICE = Kind("a document of an old Office or WPS program (.doc, .xls, .wps)", _AS_PAGE)

_STARTS = {
    b"{\\rtf": Kind("a rich text document (.rtf)", _AS_PAGE),
    b"\x1f\x8b": Kind("a gzip archive (.gz)", _UNPACK),
    b"Rar!\x1a\x07": Kind("a RAR archive", _UNPACK),
    b"7z\xbc\xaf\x27\x1c": Kind("a 7z archive", _UNPACK),
    b"BZh": Kind("a bzip2 archive", _UNPACK),
    b"\xfd7zXZ\x00": Kind("an xz archive", _UNPACK),
    b"\x89PNG\r\n\x1a\n": Kind("a picture (PNG)", _PICTURE),
    b"\xff\xd8\xff": Kind("a picture (JPEG)", _PICTURE),
    b"GIF87a": Kind("a picture (GIF)", _PICTURE),
    b"GIF89a": Kind("a picture (GIF)", _PICTURE),
    b"II*\x00": Kind("a picture (TIFF)", _PICTURE),
    b"MM\x00*": Kind("a picture (TIFF)", _PICTURE),
}

_OFFICE_XML = (b"<?mso-application", b"/office/word/2003/wordml", b"/office/2006/xmlPackage")

_HEAD, _HEAD_OF_PDF = 4096, 1024
# A server's or a scanner's lines may stand before a PDF, never a page's tags.
_PDF_START = re.compile(rb"[^<]*?%PDF-\d")
# The header lines of a message, in any order, up to the one that makes it a web archive.
_MHTML_START = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*\r?\n){0,20}?"
    rb"(?:MIME-Version:[ \t]*1|Content-Type:[ \t]*multipart/|From:[ \t]*[\"<]?Saved by)",
    re.IGNORECASE,
)


def kind_of(data: bytes) -> Kind | None:
    """What the bytes are where they bear a signature; None for anything that may be text."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        member = _ZIP_MEMBER.search(data)
        return _ZIP_MEMBERS[member[1]] if member else ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((kind for stream, kind in _OLE_STREAMS.items() if stream in data), _OLD_OFFICE)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind("a picture (WebP)", _PICTURE)
    if head.startswith(b"BM") and data[2:6] == len(data).to_bytes(4, "little"):
        return Kind("a picture (BMP)", _PICTURE)
    if head.startswith(b"<?xml") and any(mark in head for mark in _OFFICE_XML):
        return Kind("an Office document in XML", _AS_PAGE)
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if _PDF_START.match(head[:_HEAD_OF_PDF]):
        return PDF
    if _MHTML_START.match(head):
        return MHTML
    return None
