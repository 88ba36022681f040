"""Disputes printed as three tables of one row, each under the label of its line: in the table, or in the line above."""

from __future__ import annotations

import pytest

import gxtools as gx

HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
LINES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
FIGURES = ((1, 2, 3, 4, 10), (2, 0, 1, 5, 8), (3, 1, 0, 0, 4))
LABELS = ("行政复议", "未经复议直接起诉", "复议后起诉")


def row(cells: tuple[object, ...]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def table(figures: tuple[int, ...], over: str = "") -> str:
    first = f"<tr><td colspan=5>{over}</td></tr>" if over else ""
    return f"<table>{first}{row(HEADS)}{row(figures)}</table>"


def read(*tables: str) -> gx.Report:
    page = f"<h1>某市民政局2023年政府信息公开工作年度报告</h1><h2>四、行政复议、行政诉讼情况</h2>{''.join(tables)}"
    return gx.read(page.encode(), name="page.html")


def values(report: gx.Report) -> dict[str, list[float | None]]:
    cells = report.cells.filter(table="disputes")
    return {line: cells.filter(line=line)["value"].to_list() for line in LINES}


@pytest.mark.parametrize(
    "labels",
    [
        LABELS,
        ("（一）行政复议", "（二）行政诉讼（未经复议直接起诉）", "（三）行政诉讼（复议后起诉）"),
        ("行政复议", "未经复议直接提起诉讼", "行政复议后起诉"),
    ],
)
def test_labels_in_each_table_or_above_it(labels: tuple[str, ...]) -> None:
    expected = dict(zip(LINES, map(list, FIGURES), strict=True))
    for inside in (True, False):
        parts = [
            table(figures, label) if inside else f"<p>{label}</p>{table(figures)}"
            for label, figures in zip(labels, FIGURES, strict=True)
        ]
        report = read(*parts)
        assert values(report) == expected
        assert report.problems.filter(rule="uncertain_reading").height == 0


def test_a_line_above_speaks_for_the_next_table_alone_and_for_none_that_has_labels() -> None:
    report = read("<p>行政复议</p>", table(FIGURES[0]), table(FIGURES[1]), "<p>复议后起诉</p>", table(FIGURES[2]))
    assert values(report)["reconsideration"] == list(FIGURES[0])
    assert values(report)["litigation_direct"] == [None] * 5
    own = [table(figures, label) for figures, label in zip(FIGURES, LABELS, strict=True)]
    report = read("<p>复议后起诉</p>", *own)
    assert values(report) == dict(zip(LINES, map(list, FIGURES), strict=True))


def test_a_remark_behind_a_group_of_requests_is_no_line() -> None:
    report = read("<table>" + row(("三、本年度办理结果（办结）", *HEADS[:2])) + row(("行政复议", 1, 2)) + "</table>")
    assert report.cells.filter(table="requests")["value"].null_count() == 175
