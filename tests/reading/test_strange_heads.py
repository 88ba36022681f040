"""A column that the form does not have: a row with as many figures as the form has columns lost one, unknown which."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

import gxtools as gx

Rows = list[list[str]]

HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
SOUND = [["规章", "3", "1", "15"], ["行政规范性文件", "7", "2", "44"]]
REMARKS = ["8", "9"]


def page(rows: Rows) -> bytes:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    title = "<h1>扬州市人民政府2022年政府信息公开工作年度报告</h1>"
    return f"{title}<p>二、主动公开政府信息情况</p><table>{cells}</table>".encode()


def text(rows: Rows) -> bytes:
    width = max(map(len, rows))
    lines = [" | ".join(row) + " | " + "|" * (width - len(row)) for row in rows]
    return "\n".join(["扬州市人民政府2022年政府信息公开工作年度报告", "二、主动公开政府信息情况", *lines]).encode()


LOOKS = pytest.mark.parametrize("look", [page, text])


def proactive(look: Callable[[Rows], bytes], rows: Rows) -> gx.Report:
    return gx.read(look(rows), name="a")


def with_column(word: str, place: int) -> Rows:
    head, rules, documents = (list(row) for row in (HEAD, *SOUND))
    for row, cell in zip((head, rules, documents), (word, *REMARKS), strict=True):
        row.insert(place, cell)
    return [["第二十条第（一）项"], head, rules, documents]


@LOOKS
@pytest.mark.parametrize("word", ["备注", "审查数量", "小计"])
@pytest.mark.parametrize("place", [2, 3, 4])
@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_row_one_cell_short_is_not_read(look: Callable[[Rows], bytes], word: str, place: int, lost: int) -> None:
    rows = with_column(word, place)
    del rows[2][lost]
    report = proactive(look, rows)
    own = report.cells.filter(table="proactive", line="rules")
    truth = {"made": 3.0, "repealed": 1.0, "in_force": 15.0}
    read = {column: value for column, value in own.select("column", "value").iter_rows() if value is not None}
    assert read.items() <= truth.items()
    doubts = report.problems.filter(rule="uncertain_reading", table="proactive")
    assert len(read) == 3 or not doubts.is_empty()


@pytest.mark.parametrize("word", ["备注", "审查数量"])
@pytest.mark.parametrize("place", [2, 3, 4])
def test_the_whole_table_is_read(word: str, place: int) -> None:
    report = proactive(page, with_column(word, place))
    own = report.cells.filter(table="proactive", line="rules")
    assert own["value"].to_list() == [3.0, 1.0, 15.0]
    assert report.extras.filter(line_label="规章")["value"].to_list() == [8.0]


def test_sums_that_hold_by_a_lost_zero_place_nothing() -> None:
    heads = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
        ["自然人", "法人或其他组织", "备注", "总计"],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    ]
    rows = [
        ["一、本年新收政府信息公开申请数量", "9", "1", "0", "2", "0", "0", "0", "12"],
        ["二、上年结转政府信息公开申请数量", "0", "0", "0", "0", "0", "0", "0", "0"],
        # The figure of 科研机构, a 0, is lost: the sum of the six that are left holds one column on.
        ["（二）部分公开", "3", "0", "2", "0", "0", "0", "5"],
        ["（七）总计", "9", "1", "0", "2", "0", "0", "0", "12"],
    ]
    proactive_heading, own_heading = "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"
    data = text([*heads, *rows]).replace(proactive_heading.encode(), own_heading.encode())
    report = gx.read(data, name="a.txt")
    assert report.cells.filter(line="partly_granted")["value"].null_count() == 7


def test_replaced_heads_leave_their_columns_unread_and_told() -> None:
    rows = with_column("", 4)
    rows = [row[:4] for row in rows]
    rows[1][1:3] = ["数据1", "数据2"]
    report = proactive(page, rows)
    own = report.cells.filter(pl.col("line").is_in(["rules", "normative_documents"]))
    assert own["state"].to_list() == ["unreadable", "unreadable", "printed"] * 2
    assert own["raw"].to_list() == ["3 1", "3 1", "15", "7 2", "7 2", "44"]
    doubts = report.problems.filter(rule="uncertain_reading", table="proactive")
    # One row for a column that is unread in all its lines.
    assert doubts.select("line", "column").rows() == [(None, "made"), (None, "repealed")]
    assert report.extras["column_label"].to_list() == ["数据1", "数据2"] * 2


def test_a_column_that_is_not_there_is_absent() -> None:
    rows = [row[:2] + row[3:4] for row in with_column("", 4)]
    report = proactive(page, rows)
    assert report.cells.filter(line="rules")["state"].to_list() == ["printed", "absent", "printed"]
    assert report.problems.filter(rule="uncertain_reading", table="proactive").is_empty()


def test_a_line_as_the_heading_of_its_own_small_table_names_no_other_year() -> None:
    head = "| 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n" + "|---" * 8 + "|"
    lines = {"一、本年新收政府信息公开申请数量": "7", "二、上年结转政府信息公开申请数量": "2", "（一）予以公开": "9"}
    parts = [f"### {label}\n{head}\n| {label} | {n} | 0 | 0 | 0 | 0 | 0 | {n} |" for label, n in lines.items()]
    title, heading = "扬州市人民政府2022年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"
    report = gx.read("\n\n".join([f"# {title}", f"## {heading}", *parts]).encode(), name="a.md")
    totals = report.cells.filter(table="requests", column="total").head(3)
    assert totals["value"].to_list() == [7, 2, 9]
    assert report.problems.filter(rule="uncertain_reading", table="requests").is_empty()
