"""Anything at all, in every format: read, or refused with a sentence; never another exception, and never for long.

A document that hangs ends the run with a traceback (``faulthandler``), for no exception reaches code in C.
"""

from __future__ import annotations

import faulthandler
import io
import json
import random
import time
import zipfile
from collections.abc import Iterator
from functools import cache

import pytest
import weasyprint
from docx import Document as new_word_document
from hypothesis import given, settings
from hypothesis import strategies as st

import gxtools as gx
from gxtools.documents import open_document
from gxtools.errors import UnreadableDocument
from gxtools.grids import Grid
from tests.corpus.samples import page, text

LONGEST = 5.0
HANGS = 120.0

PAGE = (
    "<!DOCTYPE html><html><head><meta charset='gb2312'><title>年报</title></head><body><div class=a>"
    "<p style='display:none'>藏</p><table border=1><caption>表</caption><thead><tr><th rowspan=2>项<th colspan='2'>数"
    "<tr><td><p><span>1</span></p><td>&nbsp;</thead><tr><td>规章<sup>1</sup><td><del>5</del><td><table><tr><td>0</table>"
    "</table><pre>| a | 1 |\n| b | 2 |</pre><ul><li>一<br>二</ul></div></body></html>"
)
PIECES = [
    *("<table>", "</table>", "<tr>", "<td>", "<td rowspan=0 colspan=7>", "</td>", "<p>", "</p>", "<br>", "<li>", "<b>"),
    *("</b>", "<sup>", "<del>", "<select>", "<option>", "<input value=3>", "<pre>", "</pre>", "<div hidden>", "</div>"),
    *("<td style='display:none'>", "<frameset>", "<template>", "<svg>", "<caption>", "<form>", "<script>", "</script>"),
    *("<a style='text-decoration:line-through'>", "0", "规章", " ", "\n", "|", "\t", "&nbsp;", "&#0;", "<!--", "-->"),
]
CODECS = ["utf-8", "gb18030", "utf-16", "utf-16-be"]
TEXT = "\n".join(
    ["年报", "| 规章 | 1 | 2 |", "行政许可\t3\t", "P. 9", "一、总体情况", "商业 企业", "0", "", "  12   0 "]
)
WEB_ARCHIVE = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\nContent-Location: http://a/b\n\n"
    "<html><body><p>=E5=B9=B4=E6=8A=A5</p><table><tr><td>1</td></tr></table></body></html>\n--b\n"
    "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
)
ANSWER = json.dumps(
    {"code": 200, "data": [{"title": "年报", "content": "&lt;p&gt;1&lt;/p&gt;", "text": PAGE}, None, 1.5]}
)


@cache
def word() -> bytes:
    document = new_word_document()
    document.add_heading("年报", 1)
    document.add_paragraph("一、总体情况", style="List Number")
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "项"
    table.cell(2, 0).text = "规章"
    table.cell(2, 1).add_table(1, 2).cell(0, 0).text = "5"
    table.cell(3, 0).merge(table.cell(3, 2)).text = "0"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@cache
def pdf() -> bytes:
    """Not compressed, so that what is changed is the drawing itself and not a checksum."""
    style = "<style>@page { size: A5 } td { border: 1px solid } </style>"
    rows = "".join(f"<tr><td rowspan={1 + n % 2}>规章{n}</td><td>{n}</td></tr>" for n in range(40))
    html = f"{style}<h1>年报</h1><p>一、总体情况</p><table>{rows}</table>"
    made: bytes = weasyprint.HTML(string=html).write_pdf(uncompressed_pdf=True)
    return made


FORMATS = {
    "html": lambda: PAGE.encode(),
    "text": TEXT.encode,
    "mhtml": WEB_ARCHIVE.encode,
    "json": ANSWER.encode,
    "docx": word,
    "pdf": pdf,
}


SLOW = ("docx", "pdf")


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    faulthandler.dump_traceback_later(HANGS, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def check(data: bytes) -> bool:
    """Whether the document was read; every place in it can be named."""
    started = time.process_time()
    document, sentence = None, ""
    try:
        document, _ = open_document(data, "x")
    except UnreadableDocument as refused:
        sentence = str(refused)
    assert time.process_time() - started < LONGEST
    if document is None:
        assert sentence.startswith("x: ")
        return False
    assert document.blocks
    for block in document.blocks:
        if isinstance(block, Grid):
            for cell in (cell for row in block.rows for cell in row):
                assert block.where(cell)
                assert cell.row + cell.row_span <= len(block.rows)
        else:
            assert block.text.strip()
            assert block.number > 0
    return True


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Bytes flipped, cut, doubled, moved, or spliced with those of another format."""
    place, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    kind = rng.randrange(7)
    if kind < 3:
        changed = bytearray(data)
        for _ in range(rng.choice([1, 3, 30])):
            changed[rng.randrange(len(changed))] = rng.choice([0, 0x3C, 0xFF, rng.randrange(256)])
        return bytes(changed)
    if kind == 3:
        return data[:end]
    if kind == 4:
        return data[:place] + data[end:]
    if kind == 5:
        return data[:end] + data[place:end] * rng.choice([1, 2, 50]) + data[end:]
    other = FORMATS[rng.choice(list(FORMATS))]()
    return data[:place] + other[rng.randrange(len(other)) :] + data[end:]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_damaged(name: str) -> None:
    sound = FORMATS[name]()
    assert check(sound)
    rng = random.Random(f"fuzz {name}")
    read = sum(check(damaged(sound, rng)) for _ in range(60 if name in SLOW else 150))
    assert read > 0


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
@settings(max_examples=20)
def test_every_format_cut_and_changed(name: str, data: st.DataObject) -> None:
    sound = FORMATS[name]()
    place, end = data.draw(st.integers(0, len(sound))), data.draw(st.integers(0, len(sound)))
    check(sound[:place] + data.draw(st.binary(max_size=6)) + sound[end:])


def test_parts_of_a_word_document_damaged() -> None:
    """The parts are put into a sound archive again: a flipped byte of the archive alone would fail its checksum."""
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rng = random.Random("fuzz parts")
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    read = 0
    for number in range(60):
        name = rng.choice([*names, "word/document.xml"])
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for held, data in parts.items():
                changed = damaged(data, rng) if held == name else data
                archive.writestr(held, changed)
            if number % 10 == 0:
                archive.writestr("word/document.xml.rels", parts["word/document.xml"])
        read += check(file.getvalue())
    assert read > 0


def test_formats_inside_one_another() -> None:
    rng = random.Random("fuzz nested")
    for _ in range(60):
        data = FORMATS[rng.choice(list(FORMATS))]()
        for _ in range(rng.randint(1, 4)):
            data = rng.choice(_WRAPPERS)(data)
        check(data)


def _in_zip(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", data)
        archive.writestr("[Content_Types].xml", data)
    return file.getvalue()


_WRAPPERS = (
    lambda data: json.dumps({"content": data.decode("utf-8", "replace")}).encode(),
    lambda data: b"<html><body><table><tr><td>" + data + b"</td></tr></table></body></html>",
    lambda data: WEB_ARCHIVE.encode().replace(b"<p>", data[:50_000]),
    lambda data: b"%PDF-1.7\n" + data,
    lambda data: data + b"\n%%EOF\n" + data,
    _in_zip,
)


def test_reports_damaged_are_read_to_the_end() -> None:
    """Not only opened: whatever comes out of a damaged report, every frame of it can be made."""
    rng = random.Random("fuzz reports")
    sounds = [page(2022).encode(), page(2020).encode("gb18030"), text(2021).encode()]
    for _ in range(40):
        data = damaged(rng.choice(sounds), rng)
        try:
            report = gx.read(data, name="x")
        except UnreadableDocument:
            continue
        assert report.reports.height == 1
        assert report.cells.select("table", "line", "column").is_duplicated().sum() == 0
        assert report.problems.width
        assert report.extras.width


@given(st.binary(max_size=600))
def test_random_bytes(data: bytes) -> None:
    check(data)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(CODECS))
def test_random_markup(markup: str, codec: str) -> None:
    check(markup.encode(codec))


@given(st.integers(0, 800), st.binary(max_size=4), st.integers(0, 800), st.sampled_from(CODECS))
def test_cut_and_changed_pages(place: int, put: bytes, end: int, codec: str) -> None:
    data = PAGE.encode(codec)
    check(data[:place] + put + data[place + len(put) : end])


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 100_000 + b"x",
        b"<b><p>" * 3_000 + b"x",
        b"<table><tr><td>" * 5_000 + b"x",
        b"<table><tr><td>1<td>" * 5_000 + b"x",
        b"<table><tr><td>" + b"<table><tr><td>x</table>" * 5_000,
        b"<table><tr>" + b"<td rowspan=60000>x" * 900 + b"<tr>" * 5_000 + b"<td>y",
        b"<table>" + (b"<tr>" + b"<td colspan=1000 rowspan=9>x" * 50) * 50,
        b"<div hidden>x" * 10_000 + b"y" * 50_000,
        b"<p>" + b"x<sup>1</sup>" * 10_000,
        b"<p>" + b"<del>x" * 10_000,
        b"<" * 300_000,
        b"<p " * 100_000,
        b"|" * 300_000 + b"\n" + b"|" * 300_000,
        b"1\t" * 50_000 + b"\n1",
        b"[" * 100_000,
        b"{" * 100_000,
        b'{"a":' * 50_000,
        b'["<p>x</p>",' * 20_000,
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 50_000,
        b"MIME-Version: 1.0\nX: " + b"y\n " * 100_000,
        b"%PDF-1.7\n" + b"1 0 obj <<" * 20_000,
        b"%PDF-1.7\n" + b"[" * 200_000,
        b"PK\x03\x04word/" * 20_000,
    ],
    ids=lambda data: data[:30].decode(),
)
def test_bombs(data: bytes) -> None:
    check(data)
