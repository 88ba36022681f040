"""Labels that name years where the form says this, last and next year."""

from __future__ import annotations

import pytest

import gxtools as gx
from tests.corpus.samples import page

NAMED = (
    ("本年制发件数", "2024年制发件数"),
    ("本年处理决定数量", "2024年处理决定数量"),
    ("本年新收政府信息公开申请数量", "2024年度新收政府信息公开申请数量"),
    ("上年结转政府信息公开申请数量", "2023年结转政府信息公开申请数量"),
    ("本年度办理结果", "2024年度办理结果"),
    ("结转下年度继续办理", "结转2025年度继续办理"),
)


def test_the_reports_own_years_are_words_of_the_form() -> None:
    text = named = page(2024, requests__received__total=30, proactive__rules__made=4)
    for label, with_year in NAMED:
        assert label in named
        named = named.replace(label, with_year)
    columns = ["table", "line", "column", "value", "state", "evidence", "where"]
    report = gx.read(named.encode(), name="page.html")
    assert report.cells.select(columns).equals(gx.read(text.encode(), name="page.html").cells.select(columns))
    assert report.problems.filter(rule="uncertain_reading").height == 0


@pytest.mark.parametrize("year", [2023, 2025, 2020])
def test_another_year_is_none(year: int) -> None:
    text = page(2024, proactive__rules__made=4).replace("本年制发件数", f"{year}年制发件数")
    cells = gx.read(text.encode(), name="page.html").cells.filter(table="proactive", line="rules", column="made")
    assert cells["value"].to_list() == [None]
