"""Any report that the writer can set reads back equal."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

import gxtools as gx
from gxtools.forms import forms
from gxtools.writing import CellsAs, HtmlLayout, TextLayout, set_page, set_text
from tests.strategies import DrawnReport, ExpectedCell, html_layouts, reports, text_layouts
from tests.writing.made import numbered

COLUMNS = list(ExpectedCell._fields)


def assert_reads_back(report: DrawnReport, data: bytes, name: str) -> None:
    found = gx.read(data, name=name)
    rows = [ExpectedCell(*row) for row in found.cells.select(COLUMNS).iter_rows()]
    assert [row for row in rows if row not in report.cells] == []
    assert rows == list(report.cells)
    identity = found.reports.select("agency", "year", "form", "published").row(0)
    content = report.content
    assert identity == (content.agency, content.year, content.form, content.published)


@given(report=reports(), layout=html_layouts())
def test_pages(report: DrawnReport, layout: HtmlLayout) -> None:
    assert_reads_back(report, set_page(report.content, layout).encode(), "page.html")


@given(report=reports(), layout=html_layouts())
def test_pages_in_gb18030(report: DrawnReport, layout: HtmlLayout) -> None:
    assert_reads_back(report, set_page(report.content, layout).encode("gb18030"), "page.html")


@given(report=reports(), layout=text_layouts(CellsAs.PIPES, CellsAs.TABS, CellsAs.MARKDOWN))
def test_texts_with_rows(report: DrawnReport, layout: TextLayout) -> None:
    assume(any(raw not in ("-", "") for key, raw in report.content.cells.items() if key[0] == "disputes"))
    assert_reads_back(report, set_text(report.content, layout).encode(), "page.txt")


@given(report=reports(blanks=False), layout=text_layouts(CellsAs.LINES))
def test_texts_with_a_cell_a_line(report: DrawnReport, layout: TextLayout) -> None:
    assert_reads_back(report, set_text(report.content, layout).encode(), "page.txt")


@given(report=reports(coherent=True), layout=text_layouts(CellsAs.LINES, lost_heads=True))
def test_texts_that_lost_heads(report: DrawnReport, layout: TextLayout) -> None:
    assert_reads_back(report, set_text(report.content, layout).encode(), "page.txt")


@pytest.mark.parametrize("form", forms().all, ids=lambda form: form.id)
@pytest.mark.parametrize("charset", ["gb2312", "utf-8", None])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_declarations_right_wrong_and_missing(form: object, charset: str | None, encoding: str) -> None:
    content = numbered(form)
    found = gx.read(set_page(content, HtmlLayout(charset=charset)).encode(encoding), name="page.html")
    assert dict(
        zip(found.cells.select("table", "line", "column").iter_rows(), found.cells["raw"], strict=True)
    ) == dict(content.cells)
