"""Last year's table in an annex is left aside, and what follows it is not."""

from __future__ import annotations

import re

import pytest

import gxtools as gx
from tests.corpus.samples import page

HEADING = "四、政府信息公开行政复议、行政诉讼情况"


def with_last_years(heading_in_table: bool) -> bytes:
    """A page with last year's requests below this year's; the next heading a paragraph or a row of the next table."""
    now, before = (
        page(2024, requests__received__total=received, disputes__reconsideration__total=7) for received in (5, 88)
    )
    first, last = re.findall(r"<table.*?</table>", now, re.DOTALL)[-2:]
    of_before = re.findall(r"<table.*?</table>", before, re.DOTALL)[-2]
    (heading,) = re.findall(rf"<(\w+)[^>]*>{HEADING}</\1>", now)
    text = now.replace(first, f"{first}<p>附：上一年度数据</p>{of_before}")
    if heading_in_table:
        text = re.sub(rf"<{heading}[^>]*>{HEADING}</{heading}>", "", text)
        text = text.replace(last, re.sub("(<table[^>]*>)", rf"\1<tr><td colspan=15>{HEADING}</td></tr>", last, count=1))
    return text.encode()


def test_a_heading_that_became_a_row_of_the_next_table_ends_an_annex() -> None:
    for heading_in_table in (False, True):
        report = gx.read(with_last_years(heading_in_table), name="page.html")
        cells = {cell[:3]: cell[3] for cell in report.cells.select("table", "line", "column", "value").iter_rows()}
        assert cells["requests", "received", "total"] == 5
        assert cells["disputes", "reconsideration", "total"] == 7
        assert "missing_table" not in report.problems["rule"].to_list()


def test_an_annex_is_left_aside_where_this_years_tables_are_gone() -> None:
    text = page(2024, requests__received__total=88)
    tables = "".join(re.findall(r"<table.*?</table>", text, re.DOTALL))
    bare = re.sub(r"<table.*?</table>", "", text, flags=re.DOTALL)
    alone = bare.replace("</body>", f"<p>附：上一年度政府信息公开工作年度报告</p>{tables}</body>")
    report = gx.read(alone.encode(), name="page.html")
    assert report.cells["state"].unique().to_list() == ["absent"]
    assert report.problems["rule"].to_list().count("missing_table") == 3
    # A menu before the first heading may name last year's report too.
    menu = text.replace("<body>", "<body><p>附件：2023年政府信息公开工作年度报告</p>")
    assert gx.read(menu.encode(), name="page.html").cells.filter(value=88).height == 1


@pytest.mark.parametrize(
    ("caption", "doubted"),
    [
        ("2023年申请办理情况", True),
        ("（2023年度）", True),
        ("上年数据", True),
        ("2024年申请办理情况", False),
        # A line that fell out of the table and a file's number name a year, and no table.
        ("二、上年结转政府信息公开申请数量", False),
        ("国办公开办函〔2021〕30号", False),
    ],
)
def test_the_only_table_under_a_line_that_names_another_year_is_read_and_named(caption: str, doubted: bool) -> None:
    text = page(2024, requests__received__total=88)
    requests = re.findall(r"<table.*?</table>", text, re.DOTALL)[-2]
    report = gx.read(text.replace(requests, f"<p>{caption}</p>{requests}").encode(), name="page.html")
    assert report.cells.filter(table="requests", line="received", column="total")["value"].item() == 88
    doubts = report.problems.filter(rule="uncertain_reading").select("table", "line", "column").rows()
    assert doubts == [("requests", None, None)] * doubted
