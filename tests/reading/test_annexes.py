"""Last year's table in an annex is left aside, and what follows it is not."""

from __future__ import annotations

import re

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
