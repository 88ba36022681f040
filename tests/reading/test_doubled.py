"""Labels, heads and rows that stand twice, or where another belongs: nothing of theirs is read."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

import gxtools as gx
from gxtools.forms import forms
from gxtools.writing import TextLayout, set_text
from tests.writing.made import numbered

PAGE = (Path(__file__).parent / "documents" / "fee_head_yuan.html").read_text(encoding="utf-8")
FORM = forms().by_id("2021")
LAST = '<tr><td colspan="3">四、结转下年度继续办理</td><td>2</td>'


def _line(page: str, table: str, line: str) -> tuple[set[str], bool]:
    """The states of a line's cells, and whether a doubt of its reading names it."""
    report = gx.read(page.encode(), name="page.html")
    own = (pl.col("table") == table) & (pl.col("line") == line)
    doubts = report.problems.filter(pl.col("rule").is_in(["uncertain_reading", "unreadable_cell"]))
    named = doubts.filter((pl.col("table") == table) & (pl.col("line").is_null() | (pl.col("line") == line)))
    return set(report.cells.filter(own)["state"]), not named.is_empty()


def _swap(old: str, new: str) -> str:
    assert PAGE.count(old) == 1
    return PAGE.replace(old, new)


@pytest.mark.parametrize(
    ("page", "table", "line"),
    [
        # Its very label and number stand among the refusals.
        (_swap("4.保护第三方合法权益", "3.其他"), "requests", "other_other"),
        # The head of one line stands below that of the others' group.
        (_swap("未经复议直接起诉", "行政复议"), "disputes", "reconsideration"),
        (_swap("未经复议直接起诉", "行政复议").replace(">行政复议</td><td colspan=\"10\"", ">?</td><td colspan=\"10\""),
         "disputes", "reconsideration"),
        # Two figures under the one head.
        (_swap('<td>行政许可</td><td colspan="3">3719</td>', "<td>行政许可</td><td>0</td><td>3719</td><td></td>"),
         "proactive", "licences"),
    ],
)  # fmt: skip
def test_what_stands_twice_is_not_read(page: str, table: str, line: str) -> None:
    states, named = _line(page, table, line)
    assert "printed" not in states
    assert named


@pytest.mark.parametrize(("again", "read"), [("2", True), ("216", False)])
def test_the_end_of_a_table_again_in_one_of_its_own(again: str, read: bool) -> None:
    assert PAGE.count(LAST) == 1
    rows = PAGE[PAGE.index('<tr><td colspan="2">（七）总计') :].split("</table>")[0]
    repeated = rows.replace('colspan="2"', 'colspan="3"', 1).replace("<td>2</td>", f"<td>{again}</td>", 1)
    page = PAGE.replace("<h3>四、", f"<table>{repeated}</table><h3>四、")
    states, named = _line(page, "requests", "carried_out")
    assert ("unreadable" not in states) == read
    assert named == (not read)
    # The rest of the table is as plain as before.
    assert _line(page, "requests", "granted") == ({"printed"}, False)


def test_a_line_of_text_with_the_end_of_the_table_again() -> None:
    heads = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
    whole = "一、本年新收政府信息公开申请数量 9 1 0 0 0 0 10 二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0 "
    whole += "三、本年度办理结果 （一）予以公开 4 0 0 0 0 0 4 （二）部分公开 1 0 0 0 0 0 1 "
    end = (
        "（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 2 1 0 0 0 0 3 "
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 1 {} 0 0 0 0 1 3.其他 1 0 0 0 0 0 1 "
        "（七）总计 9 1 0 0 0 0 10 四、结转下年度继续办理 0 0 0 0 0 0 0"
    )
    title = "扬州市人民政府2022年政府信息公开工作年度报告"
    lines = [title, "三、收到和处理政府信息公开申请情况", heads, whole + end.format(0), end.format(7)]
    cells = gx.read("\n".join(lines).encode(), name="a.txt").cells
    own = cells.filter(table="requests", line="other_fee_unpaid", column="business")
    assert own.select("state", "raw").rows() == [("unreadable", "0 | 7")]


def test_a_line_that_one_of_two_tables_in_a_text_lacks_is_not_read() -> None:
    """The table stands there twice, and the one that has the line may be last year's."""
    text = set_text(numbered(FORM), TextLayout(blank_lines=False))
    begin, end = text.index("一、本年新收"), text.index("四、政府信息公开行政复议")
    table = text[begin:end]
    line = table[table.index("7.属于行政执法案卷") : table.index("8.属于行政查询事项")]
    other = re.sub(r"\b1(\d{3})\b", r"2\1", table)
    report = gx.read((text[:begin] + table.replace(line, "") + other + text[end:]).encode(), name="a.txt")
    cells = report.cells.filter(line="denied_enforcement_file")
    assert set(cells["state"]) == {"unreadable"}
    assert not report.problems.filter(line="denied_enforcement_file", rule="uncertain_reading").is_empty()


def test_rows_that_lost_a_cell_follow_no_heads_in_an_order_of_their_own() -> None:
    group = re.search(r"<td[^>]*>（五）不予处理</td>", PAGE)
    heads = "<td>商业企业</td><td>科研机构</td>"
    assert group is not None
    assert PAGE.count(heads) == 1
    exchanged = PAGE.replace(heads, "<td>科研机构</td><td>商业企业</td>")
    for page, states in (
        (exchanged, {"printed"}),
        (PAGE.replace(group[0], ""), {"printed"}),
        (exchanged.replace(group[0], ""), {"unreadable"}),
    ):
        read, named = _line(page, "requests", "unprocessed_repeat")
        assert (read, named) == (states, states == {"unreadable"})
