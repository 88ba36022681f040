"""Heads and labels of a table beside their English words."""

from __future__ import annotations

import re

import gxtools as gx
from tests.corpus.samples import page


def test_a_report_in_two_languages_reads_as_one_in_chinese() -> None:
    text = page(2024, requests__received__total=30)
    both = re.sub(r"(<t[dh][^>]*>)([^<]*[\u4e00-\u9fff][^<]*)<", r"\1\2<br>(1) English words of it<", text)
    assert both.count("English") > 60
    cells = gx.read(text.encode(), name="page.html").cells
    report = gx.read(both.encode(), name="page.html")
    columns = ["table", "line", "column", "value", "state", "evidence", "where"]
    assert report.cells.select(columns).equals(cells.select(columns))
    assert report.problems.filter(rule="uncertain_reading").height == 0
