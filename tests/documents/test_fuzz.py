"""Anything at all: read, or refused with a sentence; never another exception, and never for long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxtools.documents import open_document
from gxtools.errors import UnreadableDocument
from gxtools.grids import Grid

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


def check(data: bytes) -> None:
    started = time.monotonic()
    try:
        document, _ = open_document(data, "x")
    except UnreadableDocument:
        pass
    else:
        assert document.blocks
        for block in document.blocks:
            if isinstance(block, Grid):
                for cell in (cell for row in block.rows for cell in row):
                    assert block.where(cell)
                    assert cell.row + cell.row_span <= len(block.rows)
            else:
                assert block.text.strip()
                assert block.number > 0
    assert time.monotonic() - started < 20


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
    ],
    ids=lambda data: data[:30].decode(),
)
def test_bombs(data: bytes) -> None:
    check(data)
