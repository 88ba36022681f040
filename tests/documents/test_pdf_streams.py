"""What a PDF's own streams tell before any engine reads it, and pages on which two engines must agree."""

from __future__ import annotations

import zlib

import pytest

from gxtools.documents.encodings import REPLACEMENT as LOST
from gxtools.documents.pdf_scan import Scan, scan
from gxtools.documents.pdf_unfolding import Drawing, unfolded
from tests.documents.pdf_made import pdf, said, stream, text

MAP = b"/CIDInit begincmap 1 begincodespacerange <00> <ff> endcodespacerange %s endcmap"


def packed(data: bytes) -> bytes:
    return stream(zlib.compress(data), "/Filter /FlateDecode")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf(text("规章", 9, 9)), Scan()),
        (pdf("3 Tr " + text("规章", 9, 9)), Scan(unpainted=True)),
        (pdf("/Span << /ActualText (12) >> BDC EMC"), Scan(marked=True)),
        (pdf("/Span << /ActualText <FEFF0031> >> BDC EMC"), Scan(marked=True)),
        (pdf("/Span << /ActualText (abc) >> BDC EMC"), Scan()),
        (packed(MAP % b"2 beginbfchar <01> <0031> <02> <0031> endbfchar"), Scan(ambiguous=frozenset("1"))),
        (packed(MAP % b"1 beginbfrange <01> <0a> <0030> endbfrange"), Scan()),
        (
            packed(MAP % b"2 beginbfrange <01> <0a> <0030> <20> <20> [<0039>] endbfrange"),
            Scan(ambiguous=frozenset("9")),
        ),
        (pdf("", objects=[stream(b"\x00\x01", "/Filter /LZWDecode")]), Scan(True, True)),
        (b"/Encrypt 7 0 R", Scan(True, True)),
    ],
    ids=range(10),
)
def test_scan(data: bytes, found: Scan) -> None:
    assert scan(data) == found


def test_unfolded_counts_each_call() -> None:
    forms = [b"5 0 obj << /Subtype /Form >> stream", b"6 0 obj << /Resources << /XObject << /X 5 0 R >> >> >> stream"]
    data = forms[0] + b" endobj " + forms[1]
    drawings = [Drawing(data.index(b"stream"), b"x" * 100), Drawing(data.rindex(b"stream"), b"/X Do " * 10)]
    assert unfolded(data + b"/Contents 6 0 R", drawings, [], 10_000) == 1_060
    assert unfolded(data, drawings, [], 50) == 160


def font_without_a_map() -> bytes:
    """Of this font nobody says which characters its codes are."""
    return (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
        b"/Subtype /CIDFontType2 /BaseFont /X /DW 500 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> >>] >>"
    )


def test_figures_of_a_font_without_a_map_are_not_read() -> None:
    figure = "BT /G 10 Tf 124 686 Td <00110012> Tj ET\n"
    page = text("本年度主动公开政府信息一百条，特此报告。", 60, 760) + figure
    found = "".join(map(str, said(pdf(page, objects=[font_without_a_map()], resources="/X << >>"))))
    assert not any(character.isdecimal() for character in found)


def test_the_second_engine_is_asked_where_a_font_says_nothing() -> None:
    """A figure on such a page stands only where both engines see it."""
    page = text("本年度公开12条，特此报告。", 60, 760) + text("\ue123", 60, 740)
    found = said(pdf(page))
    assert "12" in str(found) or LOST in str(found)
