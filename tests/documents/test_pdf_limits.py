"""Small files that say or unfold to more than any report holds: read, or refused with a sentence, and soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from gxtools.documents.pdf import read_pdf
from gxtools.errors import UnreadableDocument
from tests.documents.pdf_made import assembled, pdf, said, stream, table, text

SENTENCE = "本年度主动公开政府信息一百条，特此报告。"
PAGE = text(SENTENCE, 60, 760)
LONGEST = 5.0


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < LONGEST


def nested(calls: int, depth: int) -> bytes:
    """Forms that call the next form many times."""
    forms = []
    for number in range(depth):
        resources = f"/Resources << /XObject << /X {6 + number} 0 R >> /Font << /F 3 0 R >> >>"
        drawing = "/X Do " * calls if number < depth - 1 else PAGE
        forms.append(stream(drawing.encode(), f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources}"))
    return pdf("/X Do", objects=forms, resources="/XObject << /X 5 0 R >>")


def calling_itself() -> bytes:
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    return pdf(PAGE + "/X Do", objects=[stream(b"/X Do /X Do", entries)], resources="/XObject << /X 5 0 R >>")


def listed_often() -> bytes:
    return pdf(PAGE).replace(b"/Contents 6 0 R", b"/Contents [" + b"6 0 R " * 100_000 + b"]")


def list_of_its_own() -> bytes:
    held = pdf(PAGE, objects=[b"[" + b"7 0 R " * 100_000 + b"]"])
    return held.replace(b"/Contents 7 0 R", b"/Contents 5 0 R")


@pytest.mark.parametrize("count", [-1, 0, 1_048_576, 2_000_000_000, 2**31, 10**12])
def test_a_false_count_of_pages(count: int) -> None:
    assert said(pdf(PAGE, count=count)) == [SENTENCE]


@pytest.mark.parametrize("count", [2, 1999])
def test_pages_that_are_not_there(count: int) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be read"):
        read_pdf(pdf(PAGE, count=count), "x.pdf")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(nested(10, 8), id="forms in forms"),
        pytest.param(calling_itself(), id="a form in itself"),
        pytest.param(listed_often(), id="one drawing listed often"),
        pytest.param(list_of_its_own(), id="one drawing listed often, in an object"),
        pytest.param(pdf("1 1 m 9 9 l S\n" * 700_000), id="lines"),
        pytest.param(pdf("1 1 5 5 re f\n" * 700_000), id="boxes"),
        pytest.param(pdf("BT /F 9 Tf 9 9 Td " + "<0031> Tj " * 900_000 + "ET"), id="words"),
        pytest.param(pdf(*["q Q"] * 2_001), id="pages"),
    ],
)
def test_more_than_any_report_holds(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"hold or draw more|over the limit"):
        read_pdf(data, "x.pdf")


def test_forms_in_forms_are_read() -> None:
    assert said(nested(1, 5)) == [SENTENCE]


def test_many_texts_and_boxes_over_each_other() -> None:
    places = ((n % 595, n // 90) for n in range(30_000))
    drawing = "".join(f"BT /F 3 Tf {x} {y} Td <0031> Tj ET {x} {y} 5 5 re f\n" for x, y in places)
    with pytest.raises(UnreadableDocument, match="draw more"):
        read_pdf(pdf(drawing), "x.pdf")


def test_many_texts_under_clip_paths_of_many_sides() -> None:
    sides = "0 0 m " + " ".join(f"{n} {842 - n % 7} l" for n in range(150)) + " h W n"
    places = ((x, 20 + 5 * n) for x in (60, 300) for n in range(160))
    drawing = "".join(text("8" * 20, x, y, 4, before=sides) for x, y in places)
    with pytest.raises(UnreadableDocument, match="draw more"):
        read_pdf(pdf(drawing), "x.pdf")


@pytest.mark.parametrize("size", [(0, 0, 0, 0), (0, 0, 1e9, 1e9), (0, 0, -595, -842), (0, 0, 1e-9, 1e-9)], ids=str)
def test_pages_of_any_size(size: tuple[float, ...]) -> None:
    with suppress(UnreadableDocument):
        assert said(pdf(PAGE, box=size)) == [SENTENCE]


@pytest.mark.parametrize("matrix", ["0 0 0 0 0 0", "1e39 0 0 1e39 0 0", "1 0 0 1 1e300 -1e300", "1e-30 0 0 1e-30 0 0"])
def test_text_that_a_matrix_moves_out_of_sight(matrix: str) -> None:
    with pytest.raises(UnreadableDocument, match="without text"):
        read_pdf(pdf(f"{matrix} cm {PAGE}"), "x.pdf")


def test_a_fine_net_of_lines_is_no_table() -> None:
    net = "".join(f"0 {n} m 595 {n} l S {n} 0 m {n} 800 l S\n" for n in range(0, 590, 2))
    assert SENTENCE in said(pdf(PAGE + net))


def test_a_page_that_is_encrypted() -> None:
    key = "/Encrypt << /Filter /Standard /V 1 /R 2 /O (12345678901234567890123456789012) "
    key += "/U (12345678901234567890123456789012) /P -4 >>"
    data = pdf(PAGE).replace(b"/Root 1 0 R", b"/Root 1 0 R " + key.encode())
    with pytest.raises(UnreadableDocument, match="password"):
        read_pdf(data, "x.pdf")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_file_cut_off(part: float) -> None:
    data = pdf(PAGE + table([["规章", "12"]], 60, 700))
    with suppress(UnreadableDocument):
        assert said(data[: int(part * len(data))])


def test_a_file_without_a_page() -> None:
    with pytest.raises(UnreadableDocument):
        read_pdf(assembled([b"<< /Type /Catalog >>"]), "x.pdf")
