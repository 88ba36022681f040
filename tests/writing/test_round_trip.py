"""Any report that the writer can set reads back equal."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import gxtools as gx
from gxtools.forms import Form, forms
from gxtools.writing import CellsAs, HtmlLayout, TextLayout, set_page, set_text
from tests.strategies import (
    FLOWING,
    IN_ROWS,
    UNREADABLE,
    DrawnReport,
    ExpectedCell,
    html_layouts,
    reports,
    text_layouts,
)
from tests.writing.made import numbered

COLUMNS = list(ExpectedCell._fields)


def cells_of(report: gx.Report) -> list[ExpectedCell]:
    return [ExpectedCell(*row) for row in report.cells.select(COLUMNS).iter_rows()]


def assert_reads_back(drawn: DrawnReport, data: bytes, name: str) -> None:
    report = gx.read(data, name=name)
    found = cells_of(report)
    assert [cell for cell in found if cell not in drawn.cells] == []
    assert found == list(drawn.cells)
    content = drawn.content
    identity = report.reports.select("agency", "year", "form", "published").row(0)
    assert identity == (content.agency, content.year, content.form, content.published)


def assert_nothing_is_wrong(drawn: DrawnReport, data: bytes, name: str) -> None:
    """Where rows have lost their columns a figure may be doubted, yet none may stand in another's place."""
    report = gx.read(data, name=name)
    expected = {cell[:3]: cell.value for cell in drawn.cells}
    wrong = [cell for cell in cells_of(report) if cell.value is not None and cell.value != expected.get(cell[:3])]
    assert wrong == []


@given(drawn=reports(), layout=html_layouts())
def test_pages(drawn: DrawnReport, layout: HtmlLayout) -> None:
    assert_reads_back(drawn, set_page(drawn.content, layout).encode(), "page.html")


@given(drawn=reports(), layout=html_layouts())
def test_pages_in_gb18030(drawn: DrawnReport, layout: HtmlLayout) -> None:
    assert_reads_back(drawn, set_page(drawn.content, layout).encode("gb18030"), "page.html")


@given(drawn=reports(blanks=False, gaps=False), layout=text_layouts(*FLOWING))
def test_texts_without_a_tables_lines(drawn: DrawnReport, layout: TextLayout) -> None:
    # Without a table's lines nothing but figures and dashes can be told from text.
    assume(all(cell.raw not in UNREADABLE for cell in drawn.cells))
    assert_reads_back(drawn, set_text(drawn.content, layout).encode(), "page.txt")


@given(drawn=reports(coherent=False, blanks=False), layout=text_layouts(*FLOWING))
def test_texts_that_lack_a_line(drawn: DrawnReport, layout: TextLayout) -> None:
    """The line before one that is not there is doubted: its own figures may be lost, and the next line's label."""
    assume(all(cell.raw not in UNREADABLE for cell in drawn.cells))
    lines = list(dict.fromkeys(cell[:2] for cell in drawn.cells))
    absent = {cell[:2] for cell in drawn.cells if cell.state == "absent"}
    before = {line for line, following in pairwise(lines) if following in absent}
    found = cells_of(gx.read(set_text(drawn.content, layout).encode(), name="page.txt"))
    differing = [got for got, cell in zip(found, drawn.cells, strict=True) if got != cell]
    assert [cell for cell in differing if cell.state != "unreadable" or cell[:2] not in before] == []


@given(drawn=reports(coherent=True), layout=text_layouts(CellsAs.LINES, CellsAs.SPACES, lost_heads=True))
def test_texts_that_lost_heads(drawn: DrawnReport, layout: TextLayout) -> None:
    assert_reads_back(drawn, set_text(drawn.content, layout).encode(), "page.txt")


@given(drawn=reports(coherent=True), layout=text_layouts(*IN_ROWS, CellsAs.MARKDOWN))
def test_texts_with_rows(drawn: DrawnReport, layout: TextLayout) -> None:
    assert_reads_back(drawn, set_text(drawn.content, layout).encode(), "page.txt")


@given(drawn=reports(), layout=text_layouts(CellsAs.BOXES))
def test_texts_with_boxes(drawn: DrawnReport, layout: TextLayout) -> None:
    assert_reads_back(drawn, set_text(drawn.content, layout).encode(), "page.txt")


@given(drawn=reports(), layout=text_layouts(), lost=st.booleans())
def test_no_text_gives_a_wrong_figure(drawn: DrawnReport, layout: TextLayout, lost: bool) -> None:
    try:
        text = set_text(drawn.content, replace(layout, lost_heads=lost))
    except ValueError as error:
        assume("rule of Markdown" not in str(error) and "blank cell" not in str(error))
        raise
    assert_nothing_is_wrong(drawn, text.encode(), "page.txt")


@pytest.mark.parametrize("form", forms().all, ids=lambda form: form.id)
@pytest.mark.parametrize("charset", ["gb2312", "utf-8", None])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_declarations_right_wrong_and_missing(form: Form, charset: str | None, encoding: str) -> None:
    content = numbered(form)
    found = gx.read(set_page(content, HtmlLayout(charset=charset)).encode(encoding), name="page.html")
    assert dict(
        zip(found.cells.select("table", "line", "column").iter_rows(), found.cells["raw"], strict=True)
    ) == dict(content.cells)
