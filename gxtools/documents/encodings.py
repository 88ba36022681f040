"""Bytes to characters. The bytes decide, not the declaration, which on Chinese pages is often missing or wrong."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from turbohtml.detect import Detection, detect

from gxtools.grids import Note

REPLACEMENT = "\ufffd"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Importing turbohtml.detect registers the decoder of the web standard under this name: what browsers do, and five
# times as fast as Python's own. It never raises, so that a decoding is strict when it holds no replacement.
_GB18030 = "whatwg-gb18030"
_CHINESE = Detection(allowed=frozenset({"gbk", "big5"}))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_NON_ASCII = bytes(range(128, 256))
_THREE_BYTES = re.compile("[\u0800-\U0010ffff]")
_FREQUENT = "的年，。、"
_SAMPLE = 5_000


class Decoded(NamedTuple):
    """A text, the encoding that it was read in, and a sentence for each kind of loss."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


class _Reading(NamedTuple):
    text: str
    encoding: str
    lost: int = 0


def decode(data: bytes) -> Decoded:
    """Read bytes as characters: byte order mark, UTF-16 without one, UTF-8, then GB18030 or Big5.

    What no encoding explains becomes U+FFFD, and a note counts it. A NUL becomes U+FFFD too, never nothing: what
    stood on its two sides must not run together.
    """
    text, encoding, lost = _by_mark(data) or _without_mark(data.removeprefix(codecs.BOM_UTF8))
    notes: list[Note] = []
    if lost:
        notes.append(
            Note(
                f"The bytes are no valid {encoding} in {_places(lost)}; each stands as U+FFFD ({REPLACEMENT}).",
                f"文件有{lost}处字节不是有效的{encoding}编码，均以U+FFFD（{REPLACEMENT}）代替。",
                lost=True,
            )
        )
    if b"\0" in data and (nuls := text.count("\0")):
        text = text.replace("\0", REPLACEMENT)
        notes.append(
            Note(
                f"The text held NUL characters in {_places(nuls)}; each stands as U+FFFD ({REPLACEMENT}).",
                f"文件有{nuls}处空字符（NUL），均以U+FFFD（{REPLACEMENT}）代替。",
                lost=True,
            )
        )
    return Decoded(text, encoding, tuple(notes))


def _places(count: int) -> str:
    return "one place" if count == 1 else f"{count:,} places"


def _by_mark(data: bytes) -> _Reading | None:
    """A mark of UTF-16 or UTF-32 decides. That of UTF-8 does not: programs that join files leave it before others."""
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], codec)
    return None


def _replacing(data: bytes, codec: str) -> _Reading:
    text = data.decode(codec, "replace")
    return _Reading(text, codec.upper(), text.count(REPLACEMENT))


def _without_mark(data: bytes) -> _Reading:
    if b"\0" in data and (utf16 := _utf16_without_mark(data)):
        return utf16
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_utf8_around(data, error.start):
            return _replacing(data, "utf-8")
        return _chinese(data)
    return _chance_utf8(data, text) or _Reading(text, "UTF-8")


def _utf16_without_mark(data: bytes) -> _Reading | None:
    """UTF-16 shows by its ASCII characters, whose NUL bytes stand nearly all at even or nearly all at odd places."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    few, many = sorted((even, odd))
    if many * 100 < len(data) or few * 10 > many:
        return None
    reading = _replacing(data, "utf-16-le" if odd > even else "utf-16-be")
    return None if reading.lost * 50 > len(reading.text) + 50 else reading


def _chance_utf8(data: bytes, text: str) -> _Reading | None:
    """A few Chinese words in GB18030 may be valid UTF-8: then none of its characters is one of three bytes."""
    if text.isascii() or _THREE_BYTES.search(text):
        return None
    chinese = data.decode(_GB18030)
    return _Reading(chinese, "GB18030") if REPLACEMENT not in chinese and _THREE_BYTES.search(chinese) else None


def _is_utf8_around(data: bytes, place: int) -> bool:
    """Whether the surroundings of the first broken byte are UTF-8: in other encodings hardly any character is whole.

    Surroundings are enough, and as fast for a large file as for a small one. In a few words chance may make some
    whole: then GB18030 is asked whether it explains every byte.
    """
    around = data[max(0, place - _SAMPLE) : place + _SAMPLE]
    text = around.decode("utf-8", "replace")
    lost = text.count(REPLACEMENT)
    whole = len(text) - lost - len(around.translate(None, _NON_ASCII))
    return whole > 10 * lost or (whole >= lost and REPLACEMENT in data.decode(_GB18030))


def _chinese(data: bytes) -> _Reading:
    """GB18030, unless that reading is damaged or looks like no Chinese, and Big5 explains the bytes better."""
    text = data.decode(_GB18030)
    reading = _Reading(text, "GB18030", text.count(REPLACEMENT))
    if not reading.lost and _looks_chinese(text[:_SAMPLE]):
        return reading
    # Declarations are taken out, or they would be believed.
    match = detect(_DECLARED.sub(b"", data[: 4 * _SAMPLE]), _CHINESE)
    if match.codec is not None and match.encoding == "Big5":
        text = data.decode(match.codec)
        if (lost := text.count(REPLACEMENT)) <= reading.lost:
            return _Reading(text, "Big5", lost)
    return reading


def _looks_chinese(text: str) -> bool:
    """Whether the most frequent characters make up at least a fiftieth of what is not ASCII."""
    not_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return sum(map(text.count, _FREQUENT)) * 50 >= not_ascii
