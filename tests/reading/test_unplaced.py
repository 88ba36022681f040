"""A table of which the heads are there, and none of the figures can be told to be theirs."""

from __future__ import annotations

import polars as pl
import pytest

import gxtools as gx

TITLE = "重庆市九龙坡区人民政府2021年政府信息公开工作年度报告"
KINDS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
HEADS = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *KINDS * 3]


def disputes(*lines: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The states of the cells of the table of disputes, and the problems of its reading, each with its severity."""
    text = "\n".join([TITLE, "四、政府信息公开行政复议、行政诉讼情况", *lines, "五、存在的主要问题及改进情况", "无。"])
    report = gx.read(text.encode(), name="x.txt")
    problems = report.problems.filter(pl.col("table") == "disputes", pl.col("rule") != "dispute_sum")
    states = set(report.cells.filter(pl.col("table") == "disputes")["state"])
    return states, problems.select("rule", "severity").rows()


@pytest.mark.parametrize("figures", [["23¹"] * 15, ["二十三"] * 15], ids=["notes", "words"])
def test_heads_without_figures_that_may_be_theirs(figures: list[str]) -> None:
    assert disputes(*HEADS, *figures) == ({"unreadable"}, [("uncertain_reading", "warning")])


@pytest.mark.parametrize("lines", [(), ("行政复议", "行政诉讼", "无"), ("本年度无行政复议。",)], ids=range(3))
def test_a_table_of_which_few_labels_are_there_is_missing(lines: tuple[str, ...]) -> None:
    assert disputes(*lines) == ({"absent"}, [("missing_table", "warning")])


def test_the_form_left_blank_is_read_as_blank() -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (KINDS * 3, [""] * 15))
    over = '<tr><td colspan="5">行政复议</td><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>'
    report = gx.read(f"<h1>{TITLE}</h1><table>{over}{rows}</table>".encode(), name="x.html")
    assert set(report.cells.filter(pl.col("table") == "disputes")["state"]) == {"blank"}
