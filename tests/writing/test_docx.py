"""Any report that the writer can set as a Word document, web archive or JSON answer reads back equal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gxtools as gx
from gxtools.forms import Form, forms
from gxtools.writing import GroupsAs, HtmlLayout, WordLayout, set_answer, set_archive, set_docx
from tests.strategies import DrawnReport, ExpectedCell, html_layouts, reports
from tests.writing.made import numbered

COLUMNS = list(ExpectedCell._fields)
FEW = settings(max_examples=8)
WORD_LAYOUTS = st.builds(
    WordLayout,
    groups=st.sampled_from(GroupsAs),
    table_a_block=st.booleans(),
    inside_tables=st.booleans(),
    broken_labels=st.booleans(),
    split_runs=st.booleans(),
    numbered=st.booleans(),
)


def assert_reads_back(drawn: DrawnReport, data: bytes, format: str) -> None:
    report = gx.read(data, name="report")
    found = [ExpectedCell(*row) for row in report.cells.select(COLUMNS).iter_rows()]
    assert [cell for cell in found if cell not in drawn.cells] == []
    assert found == list(drawn.cells)
    content = drawn.content
    identity = report.reports.select("agency", "year", "form", "published", "format").row(0)
    assert identity == (content.agency, content.year, content.form, content.published, format)


@FEW
@given(drawn=reports(), layout=WORD_LAYOUTS)
def test_word_documents(drawn: DrawnReport, layout: WordLayout) -> None:
    assert_reads_back(drawn, set_docx(drawn.content, layout), "docx")


@FEW
@given(drawn=reports(), layout=html_layouts())
def test_web_archives(drawn: DrawnReport, layout: HtmlLayout) -> None:
    assert_reads_back(drawn, set_archive(drawn.content, layout), "mhtml")


@FEW
@given(drawn=reports(), layout=html_layouts(), codec=st.sampled_from(["utf-8", "gb18030"]))
def test_json_answers(drawn: DrawnReport, layout: HtmlLayout, codec: str) -> None:
    assert_reads_back(drawn, set_answer(drawn.content, layout).encode(codec), "json")


@pytest.mark.parametrize("form", forms().all, ids=lambda form: form.id)
@pytest.mark.parametrize("layout", [WordLayout(), WordLayout(GroupsAs.ROWS, *[True] * 5)], ids=["plain", "all"])
def test_every_cell_of_a_form(form: Form, layout: WordLayout) -> None:
    content = numbered(form)
    found = gx.read(set_docx(content, layout), name="report")
    keys = found.cells.select("table", "line", "column").iter_rows()
    assert dict(zip(keys, found.cells["raw"], strict=True)) == dict(content.cells)
