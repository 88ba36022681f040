"""A figure is read where a reader of the page sees it, and nowhere else."""

from __future__ import annotations

import pytest

from gxtools.documents.encodings import REPLACEMENT as LOST
from gxtools.documents.pdf import read_pdf
from gxtools.errors import UnreadableDocument
from tests.documents.pdf_made import box, line, pdf, said, stream, table, text

HEAD = text("本年度主动公开政府信息一百条，特此报告。", 60, 760)
X, Y = 124, 686  # where the text of the first cell of figures begins, which is 60 wide and 20 high
PICTURE = stream(
    b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
)
OVER_ALL = "q 595 0 0 842 0 0 cm /I Do Q "


def page(figure: str = "", drawn: str = "") -> str:
    return HEAD + table([["规章", figure, "3"], ["行政许可", "45", "6"]], 60, 700) + drawn


def cell(data: bytes) -> str:
    """What is read in the cell; the others stay as they are."""
    found = said(data)[-1]
    assert isinstance(found, list)
    assert (found[0][0], found[0][2:], found[1]) == ("规章", ["3"], ["行政许可", "45", "6"])
    return found[0][1]


@pytest.mark.parametrize(
    "drawn",
    [
        text("12", X, Y, before="1 1 1 rg"),
        text("12", X, Y, before="0 0 0 0 k"),
        text("12", X, Y, before="0.995 g"),
        box(121, 681, 58, 18, "0.9 0.9 0.5") + text("12", X, Y, before="0.9 0.9 0.5 rg"),
        box(121, 681, 58, 18, "0 0 0") + text("12", X, Y),
        text("12", X, Y) + box(121, 681, 58, 18, "1 1 1"),
        text("12", X, Y) + box(121, 681, 58, 18, "0.2 0.4 0.2"),
        text("12", X, Y) + "1 g 121 681 m 179 681 l 179 699 l 121 699 l h f\n",
        text("12", X, Y) + "1 G 18 w 121 690 m 179 690 l S\n",
        text("12", X, Y) + "1 g 121 681 28 18 re 150 681 28 18 re f\n",
        text("12", X, Y, before="3 Tr"),
        text("12", X, Y, before="7 Tr"),
        text("12", X, Y, before="1 Tr 1 1 1 RG"),
        text("12", X, Y, size=0.5),
        text("12", X, Y, size=2),
        text("12", X, Y, before="121 600 58 18 re W n"),
        text("12", X, Y, before="121 681 0 0 re W n"),
        text("12", X, Y, before="121 681 2 18 re W* n"),
        text("12", X, Y, before="0 0 300 685 re W n 0 695 300 40 re W n"),
        text("12", X, Y, before="121 681 m 179 681 l 179 684 l h W n"),
        text("12", X, Y, before="0 0 595 842 re 121 681 58 18 re W* n"),
    ],
    ids=range(21),
)
def test_what_nobody_sees_is_left_out(drawn: str) -> None:
    data = pdf(page(drawn=drawn))
    assert cell(data) == ""
    assert any("nobody sees" in note.message for note in read_pdf(data, "x").notes)


@pytest.mark.parametrize(
    "drawn",
    [
        text("12", X, Y, before="0.93 g"),
        text("129", X, Y) + box(133.5, 681, 20, 18, "1 1 1"),
        text("88", X, Y) + box(121, 681, 6, 18, "1 1 1"),
        text("129", X, Y, before="121 681 12 18 re W n"),
        text("12", X, Y, before=" ".join(f"{n} {700 - n} l" for n in range(300)).replace("l", "m", 1) + " W n"),
        "/Span << /ActualText (99) >> BDC " + text("12", X, Y) + "EMC\n",
        text("12", X, Y) + "q 20 0 0 16 122 682 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q ",
    ],
    ids=range(7),
)
def test_what_is_seen_in_part_or_hardly_is_doubted(drawn: str) -> None:
    assert LOST in cell(pdf(page(drawn=drawn)))


@pytest.mark.parametrize(
    "drawn",
    [
        text("12", X, Y, before="0.5 g"),
        text("12", X, Y, before="1 0 0 rg"),
        text("12", X, Y, before="2 Tr"),
        box(121, 681, 58, 18, "0 0 0.5") + text("12", X, Y, before="1 1 1 rg"),
        box(121, 681, 58, 18, "0.9 0.9 0.9") + text("12", X, Y),
        text("12", X, Y) + text("12", X + 0.3, Y),
        text("12", X + 1, Y - 1, before="0.6 g") + text("12", X, Y),
        text("12", X, Y) + "0 g 50 600 500 220 re 51 601 498 218 re f*\n",
        text("12", X, Y) + line(122, Y - 1.5, 138, Y - 1.5),
        text("12", X, Y, before="121 681 58 18 re W n"),
        text("12", X, Y, before="0 0 595 842 re W n 121 681 m 179 681 l 179 720 l 121 720 l W n"),
        text("12", X, Y, size=4),
    ],
    ids=range(12),
)
def test_what_is_plain_is_read(drawn: str) -> None:
    assert cell(pdf(page(drawn=drawn))) == "12"


def test_words_that_nobody_sees() -> None:
    """Words in white are left out; those in another color, or on a dark ground, are read."""
    white = text("白字", 300, 600, before="1 1 1 rg")
    assert said(pdf(HEAD + white)) == said(pdf(HEAD))
    assert said(pdf(HEAD + box(290, 590, 60, 30, "0 0 0.5") + white))[-1] == "白字"
    assert said(pdf(HEAD + text("红字", 300, 600, before="1 0 0 rg")))[-1] == "红字"


def test_figures_in_a_form_that_is_clipped() -> None:
    """A form shows what stands in its box and in the clip path of the page around it."""
    form = "/Type /XObject /Subtype /Form /Resources << /Font << /F 3 0 R >> >> /Matrix [1 0 0 1 100 0] /BBox"
    inside = text("12", X - 100, Y).encode()

    def read(box_of_form: str, clip: str) -> str:
        drawn = f"q {clip} /I Do Q "
        return cell(
            pdf(
                page(drawn=drawn),
                objects=[stream(inside, f"{form} [{box_of_form}]")],
                resources="/XObject << /I 5 0 R >>",
            )
        )

    assert read("0 0 500 842", "") == "12"
    assert read("0 0 500 842", "0 0 595 800 re W n") == "12"
    assert read("0 0 500 600", "") == ""
    assert read("0 0 500 842", "0 0 595 600 re W n") == ""
    assert read("60 0 500 842", "") == ""


def test_words_that_nobody_sees_are_no_news() -> None:
    assert not read_pdf(pdf(HEAD + text("白字", 300, 600, before="1 1 1 rg")), "x").notes


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_shown_turned(turn: int) -> None:
    assert cell(pdf(page("12"), of_page=f"/Rotate {turn}")) == "12"


def test_two_figures_in_one_place() -> None:
    assert LOST in cell(pdf(page("12", text("34", X, Y))))


def test_text_beyond_the_edge_of_the_page() -> None:
    found = said(pdf(page("9123"), of_page="/CropBox [0 0 131 842]"))[-1]
    assert isinstance(found, list)
    assert [row[1][-1] for row in found] == [LOST, LOST]
    assert said(pdf(page("12"), of_page="/CropBox [0 720 595 842]")) == ["本年度主动公开政府信息一百条，特此报告。"]


def test_a_layer_that_is_off() -> None:
    drawn = "/OC /L BDC " + text("12", X, Y) + "EMC\n"
    layer = "/OCProperties << /OCGs [5 0 R] /D << /OFF [5 0 R] >> >>"
    resources = "/Properties << /L 5 0 R >>"
    data = pdf(page(drawn=drawn), objects=[b"<< /Type /OCG /Name (x) >>"], resources=resources, of_catalog=layer)
    assert cell(data) == LOST


def test_figures_that_a_program_read_off_a_picture() -> None:
    data = pdf(OVER_ALL + "3 Tr " + page("12"), objects=[PICTURE], resources="/XObject << /I 5 0 R >>")
    assert said(data)[-1] == [["规章", LOST, LOST], ["行政许可", LOST, LOST]]
    notes = read_pdf(data, "x").notes
    assert "OCR" in notes[0].message
    assert notes[0].lost


def test_a_picture_behind_the_text() -> None:
    assert cell(pdf(OVER_ALL + page("12"), objects=[PICTURE], resources="/XObject << /I 5 0 R >>")) == "12"


def test_a_picture_of_a_page() -> None:
    with pytest.raises(UnreadableDocument, match="image-only scan"):
        read_pdf(pdf(OVER_ALL, objects=[PICTURE], resources="/XObject << /I 5 0 R >>"), "x")


def test_a_remark_over_a_cell() -> None:
    remark = "/Annots [<< /Type /Annot /Subtype /FreeText /Rect [121 681 179 699] /Contents (99) >>]"
    assert cell(pdf(page("12"), of_page=remark)) == f"12{LOST}"


def test_a_picture_in_an_empty_cell() -> None:
    drawn = "q 20 0 0 10 124 684 cm /I Do Q "
    assert cell(pdf(page(drawn=drawn), objects=[PICTURE], resources="/XObject << /I 5 0 R >>")) == LOST
