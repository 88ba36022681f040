"""A look at a PDF's own streams before any engine reads it: what would make its text another than what is printed."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from gxtools.documents.pdf_raw import TooLarge
from gxtools.documents.pdf_unfolding import Drawing, unfolded

_STREAM = re.compile(rb"stream\r?\n")
_FILTERED, _OF_PICTURES = b"/Filter", (b"/Image", b"/DCTDecode", b"/JPXDecode", b"/CCITTFaxDecode", b"/JBIG2Decode")
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x68\xde", b"\x48\x89")
_OF_FONTS = (b"OTTO", b"true", b"%!")  # and the drawing of a single glyph says d1
_DICTIONARY, _PACKED_HEAD, _HEAD = 600, 256, 64
# The page of a report takes some 100 KB. A stream that unfolds to more than the first of these is no text; all pages
# together are read in some seconds where their drawing is no more than the second.
_LARGEST, _MOST_DRAWING = 30_000_000, 8_000_000
_NO_DRAWING = (b"/ObjStm", b"/XRef", b"/Metadata", b"/EmbeddedFile")

_UNPAINTED = re.compile(rb"\b[1357]\s+Tr\b")
_REPLACED = re.compile(rb"/ActualText\s*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>)", re.S)
_DIGIT = re.compile(rb"[0-9]")
_HIDDEN = re.compile(rb"/OFF\s*\[\s*\d|/BaseState\s*/OFF")
_LAYERS = b"/OCProperties"
_MAPPED = re.compile(rb"beginbf(char|range)(.*?)endbf", re.S)
_CODES = re.compile(rb"<[0-9A-Fa-f\s]*>")
_LISTED = re.compile(rb"(<[0-9A-Fa-f\s]*>)\s*<[0-9A-Fa-f\s]*>\s*\[([^\]]*)\]")


class Scan(NamedTuple):
    """What is odd in a PDF: ``unpainted`` text that a program may find and nobody sees, ``marked`` text that states
    other figures than it shows or belongs to a hidden layer; ``ambiguous`` digits for which a font has several codes.
    """

    unpainted: bool = False
    marked: bool = False
    ambiguous: frozenset[str] = frozenset()


def scan(data: bytes) -> Scan:
    """Look through all streams that may hold text, its maps or its marks. Raises ``TooLarge``.

    What cannot be looked into, since it is encrypted or packed in a rare way, may hold anything.
    """
    if b"/Encrypt" in data:
        return Scan(True, True)
    unpainted = marked = False
    ambiguous: set[str] = set()
    drawings: list[Drawing] = []
    packed: list[bytes] = []
    layers = _LAYERS in data and bool(_HIDDEN.search(data))
    for place, text in _texts(data):
        if text is None:
            unpainted = marked = True
        elif b"begincmap" in text:
            ambiguous |= _ambiguous(text)
        else:
            _sort(data, place, text, drawings, packed)
            # A plain search first: it is a hundred times as fast, and nearly always enough.
            unpainted = unpainted or (b" Tr" in text and bool(_UNPAINTED.search(text)))
            marked = marked or (b"/ActualText" in text and any(map(_has_digit, _REPLACED.finditer(text))))
            layers = layers or (_LAYERS in text and bool(_HIDDEN.search(text)))
    if unfolded(data, drawings, packed, _MOST_DRAWING) > _MOST_DRAWING:
        raise TooLarge
    return Scan(unpainted, marked or layers, frozenset(ambiguous))


def _sort(data: bytes, place: int, text: bytes, drawings: list[Drawing], packed: list[bytes]) -> None:
    """Put a stream to those that draw, or to those that hold objects."""
    dictionary = _dictionary(data, place)
    if not any(name in dictionary for name in _NO_DRAWING):
        drawings.append(Drawing(place, text))
    elif _NO_DRAWING[0] in dictionary:
        packed.append(text)


def _texts(data: bytes) -> Iterator[tuple[int, bytes | None]]:
    """The streams that begin as text does, each with its place, unpacked; null for one packed in a way that is not
    unpacked here."""
    for match in _STREAM.finditer(data):
        start = match.end()
        if data.startswith(b"end", match.start() - 3):
            continue
        if data[start : start + 2] in _ZLIB:
            text = _unpacked(data, start)
            if len(text) >= _LARGEST and not _is_picture(data, match.start()):
                raise TooLarge
            if text:
                yield match.start(), text
        elif _is_picture(data, match.start()):
            continue
        elif _FILTERED in _dictionary(data, match.start()):
            yield match.start(), None
        elif _is_text(data[start : start + _HEAD]):
            yield match.start(), data[start : data.find(b"endstream", start)]


def _unpacked(data: bytes, start: int) -> bytes:
    """A stream unpacked, as far as it goes where it is damaged; nothing where it does not begin as text."""
    unpacker = zlib.decompressobj()
    end = data.find(b"endstream", start)
    text = b""
    try:
        text = unpacker.decompress(data[start : start + _PACKED_HEAD], _HEAD)
        if not _is_text(text):
            return b""
        text += unpacker.decompress(
            unpacker.unconsumed_tail + data[start + _PACKED_HEAD : end if end > 0 else None], _LARGEST
        )
    except zlib.error:
        pass
    return text


def _dictionary(data: bytes, end: int) -> bytes:
    """What stands before a stream and describes it."""
    before = data[max(0, end - _DICTIONARY) : end]
    return before[before.rfind(b" obj") :]


def _is_picture(data: bytes, end: int) -> bool:
    dictionary = _dictionary(data, end)
    return any(name in dictionary for name in _OF_PICTURES)


def _is_text(head: bytes) -> bool:
    if head.startswith(_OF_FONTS) or b" d1" in head:
        return False
    return bool(head) and all(32 <= byte < 127 or byte in b"\t\n\f\r" for byte in head[:4])


def _has_digit(match: re.Match[bytes]) -> bool:
    """Whether a text that a mark states holds a digit; it may be in UTF-16, as words or in hexadecimal."""
    literal, code = match.groups()
    if code is None:
        return _DIGIT.search(literal.replace(b"\0", b"")) is not None
    text = bytes.fromhex(code.decode("ascii") + "0" * (len(b"".join(code.split())) % 2))
    wide = text.startswith(b"\xfe\xff")
    return re.search(r"[0-9]", text.decode("utf-16-be" if wide else "latin-1", "replace")) is not None


def _ambiguous(text: bytes) -> set[str]:
    """The digits that a map of characters gives for more than one code."""
    codes: defaultdict[int, set[int]] = defaultdict(set)
    for match in _MAPPED.finditer(text):
        size = 2 if match[1] == b"char" else 3
        single = _LISTED.sub(b"", match[2]) if b"[" in match[2] else match[2]
        items = [_number(item) for item in _CODES.findall(single)]
        for index in range(0, len(items) - size + 1, size):
            first, last, target = items[index], items[index + size - 2], items[index + size - 1]
            for digit in range(max(target, 48), min(target + last - first, 57) + 1):
                codes[digit].add(first + digit - target)
        for listed in _LISTED.finditer(match[2]) if b"[" in match[2] else ():
            for place, target in enumerate(map(_number, _CODES.findall(listed[2]))):
                if 48 <= target <= 57:
                    codes[target].add(_number(listed[1]) + place)
    return {chr(digit) for digit, found in codes.items() if len(found) > 1}


def _number(code: bytes) -> int:
    return int(b"".join(code.strip(b"<>").split()) or b"0", 16)
