"""Web archives (.mht, .mhtml): a page and what it shows, in one message of several parts."""

from __future__ import annotations

import binascii
import html
import re
from collections.abc import Iterator, Mapping
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from gxtools.documents.encodings import decode
from gxtools.documents.html import read_html
from gxtools.documents.joining import joined
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document, Note

_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_HEADER = 65_536
_HEADER_END = re.compile(rb"\n[ \t]*\r?\n")
_BLANK = re.compile(rb"\s+")
_FRAME = re.compile(r"<i?frame\b[^<>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
_DEEPEST, _MOST_PARTS, _MOST_FRAMES = 10, 10_000, 50
_CUT_OFF = Note(
    "The web archive was cut off inside the page: its end is lacking.",
    "网页归档文件在正文中截断，缺少结尾部分。",
    lost=True,
)
_FRAMES_READ = Note(
    "The page shows other pages in frames; they were read after it.",
    "页面以框架显示其他页面，已接在其后读取。",
)


class _Part(NamedTuple):
    """A part without parts of its own: its header, where its bytes stand, and whether its end is there."""

    header: Message
    begin: int
    end: int
    whole: bool

    @property
    def id(self) -> str:
        """By what the other parts refer to it."""
        return _field(self.header, "Content-ID").strip("<>")

    @property
    def location(self) -> str:
        """Where it was saved from."""
        return _field(self.header, "Content-Location")


def read_mhtml(data: bytes, name: str) -> Document:
    """The page of a web archive, and behind it the pages that it shows in frames, as one document.

    Its address is the one that it was saved from. Raises ``UnreadableDocument`` for an archive without a page, or with
    one that cannot be decoded or holds no text.
    """
    top, begin = _header(data, 3 if data.startswith(b"\xef\xbb\xbf") else 0, len(data))
    pages: list[_Part] = []
    for count, part in enumerate(_parts(data, top, begin, len(data), whole=True, depth=0)):
        if count == _MOST_PARTS:
            raise UnreadableDocument(
                name, f"the web archive holds over {_MOST_PARTS:,} parts.", "Save the page alone and read that."
            )
        if part.header.get_content_type() in _PAGES:
            pages.append(part)
    if not pages:
        raise UnreadableDocument(
            name,
            "the web archive holds no page.",
            "Open it in a browser, save it as a web page (HTML only), and read that.",
        )
    by_reference = {key: page for page in reversed(pages) for key in (page.location, f"cid:{page.id}")}
    main = by_reference.get("cid:" + _text(top.get_param("start")).strip("<>"), pages[0])
    found: list[Document] = []
    lack: UnreadableDocument | None = None
    for text, notes in _shown(data, main, by_reference, name):
        try:
            found.append(read_html(text, name, notes))
        except UnreadableDocument as error:
            lack = lack or error
    if lack is not None and not found:
        raise lack
    address = _address(_field(top, "Snapshot-Content-Location")) or _address(main.location)
    return joined("mhtml", found, address=address, notes=(_FRAMES_READ,) if len(found) > 1 else ())


def _text(value: object) -> str:
    return "".join(str(value or "").split())


def _field(header: Message, name: str) -> str:
    return _text(header.get(name))


def _header(data: bytes, begin: int, end: int) -> tuple[Message, int]:
    """The header that begins at a place, and where it ends; a part may begin with empty lines."""
    if blank := _BLANK.match(data, begin, end):
        begin = blank.end()
    over = _HEADER_END.search(data, begin, min(end, begin + _LONGEST_HEADER))
    header = data[begin : over.start() if over else min(end, begin + _LONGEST_HEADER)]
    return BytesHeaderParser().parsebytes(header), over.end() if over else end


def _parts(data: bytes, header: Message, begin: int, end: int, whole: bool, depth: int) -> Iterator[_Part]:
    """The parts in reading order, those of parts that hold parts among them."""
    boundary = header.get_boundary()
    if header.get_content_maintype() != "multipart" or not boundary or depth == _DEEPEST:
        yield _Part(header, begin, end, whole)
        return
    mark = re.escape(boundary.encode("latin-1", "replace"))
    line = re.compile(rb"^--" + mark + rb"(--)?[ \t]*\r?$", re.MULTILINE)
    opened: int | None = None
    for match in line.finditer(data, begin, end):
        if opened is not None:
            inner, start = _header(data, opened, match.start())
            yield from _parts(data, inner, start, match.start(), True, depth + 1)
        opened = match.end()
        if match[1]:
            return
    if opened is not None:
        inner, start = _header(data, opened, end)
        yield from _parts(data, inner, start, end, False, depth + 1)


def _shown(
    data: bytes, main: _Part, by_reference: Mapping[str, _Part], name: str
) -> Iterator[tuple[str, tuple[Note, ...]]]:
    """The text of a page, without the frames whose pages follow it, and of those."""
    waiting, begun = [main], {id(main)}
    for page in waiting:
        text, _, notes = decode(_decoded(data, page, name))
        pieces: list[str] = []
        end = 0
        for frame in _FRAME.finditer(text):
            shown = by_reference.get(_reference(frame[0], page.location))
            if shown is None or len(waiting) > _MOST_FRAMES:
                continue
            pieces.append(text[end : frame.start()])
            end = frame.end()
            if id(shown) not in begun:
                begun.add(id(shown))
                waiting.append(shown)
        yield "".join([*pieces, text[end:]]), notes if page.whole else (*notes, _CUT_OFF)


def _reference(frame: str, location: str) -> str:
    """What a frame shows, as other parts are referred to."""
    source = _SOURCE.search(frame)
    found = html.unescape(source[1] or source[2] or source[3] or "").strip() if source else ""
    try:
        return found if found.startswith("cid:") else urljoin(location, found)
    except ValueError:
        return found


def _decoded(data: bytes, part: _Part, name: str) -> bytes:
    body = data[part.begin : part.end]
    encoding = _field(part.header, "Content-Transfer-Encoding").lower()
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding != "base64":
        return body
    try:
        return binascii.a2b_base64(b"".join(body.split()), strict_mode=True)
    except binascii.Error as error:
        raise UnreadableDocument(
            name, "the page in the web archive is damaged or was cut off.", "Save it again from its address."
        ) from error


def _address(location: str) -> str | None:
    try:
        parts = urlsplit(location)
    except ValueError:
        return None
    return location if parts.scheme in ("http", "https") and parts.hostname else None
