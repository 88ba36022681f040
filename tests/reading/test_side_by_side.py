"""The table of 2014 printed in two and three columns of lines side by side."""

from __future__ import annotations

import pytest

import gxtools as gx
from gxtools.forms import forms

HEADS = ["统计指标", "单位", "统计数"]
LINES = forms().by_id("2014").table("statistics").lines


def rows(columns: int) -> list[list[str]]:
    """A number of its own for every line, the lines in so many columns."""
    cells = [[line.label, "件", str(100 + place)] for place, line in enumerate(LINES)]
    for line, row in zip(LINES, cells, strict=True):
        if line.id in ("fees_charged", "budget"):
            row[1] = "万元"
    high = -(-len(cells) // columns)
    cells += [["", "", ""]] * (high * columns - len(cells))
    parts = [[HEADS, *cells[begin : begin + high]] for begin in range(0, high * columns, high)]
    return [[text for part in parts for text in part[place]] for place in range(high + 1)]


def read(table: list[list[str]]) -> gx.Report:
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in table)
    page = f"<h1>某市人民政府2016年政府信息公开工作年度报告</h1><table>{body}</table>"
    return gx.read(page.encode(), name="page.html")


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_every_line_has_its_own_figure(columns: int) -> None:
    report = read(rows(columns))
    cells = report.cells.filter(table="statistics")
    assert dict(cells.select("line", "value").iter_rows()) == {line.id: 100 + n for n, line in enumerate(LINES)}
    assert report.problems.filter(rule="uncertain_reading").height == 0


def test_where_a_figure_stands() -> None:
    cells = read(rows(2)).cells.filter(table="statistics")
    assert cells.filter(line=LINES[0].id)["where"].item() == "table 1, row 2, column 3"
    assert cells.filter(line=LINES[29].id)["where"].item() == "table 1, row 2, column 6"


@pytest.mark.parametrize("place", [2, 5])
def test_a_figure_too_many_is_none_of_them(place: int) -> None:
    table = rows(2)
    table[20].insert(place, "7")
    report = read(table)
    line = LINES[19 if place == 2 else 48]
    assert report.cells.filter(table="statistics", line=line.id)["value"].to_list() == [None]
    assert report.problems.filter(rule="uncertain_reading", line=line.id).height == 1
    assert 7 not in report.cells["value"].to_list()
