"""Rows and headers that lost a cell and were filled up with blanks: as wide as the others, and slipped."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import gxtools as gx

PAGE = (Path(__file__).parent / "documents" / "fee_head_yuan.html").read_text(encoding="utf-8")
HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
FIGURES = [446.0, 665.0, 620.0, 624.0, 723.0, 611.0, 3689.0]


def _plain_table() -> list[list[str]]:
    """Table two as rows of cells without spans."""
    rows = [["", *HEADS]]
    for label, figures in re.findall(r"<td[^>]*>([^<\d][^<]*|\d\.[^<]*)</td>((?:<td>\d+</td>){7})</tr>", PAGE):
        rows.append([label, *re.findall(r"\d+", figures)])
    assert len(rows) == 26
    return rows


def _page(rows: list[list[str]]) -> bytes:
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    before, rest = PAGE.split("<h3>三、收到和处理政府信息公开申请情况</h3>")
    _, after = rest.split("<h3>四、", 1)
    return (f"{before}<h3>三、收到和处理政府信息公开申请情况</h3><table>{table}</table><h3>四、{after}").encode()


def _head_lost(rows: list[list[str]]) -> list[list[str]]:
    head = rows[0]
    return [[*head[:2], *head[3:], ""], *rows[1:]]


def _head_lost_behind_blank(rows: list[list[str]]) -> list[list[str]]:
    head = rows[0]
    return [[head[0], "", *head[1:-1]], *rows[1:]]


def _figures_slipped(rows: list[list[str]]) -> list[list[str]]:
    return [[*rows[0], ""], *([row[0], "", *row[1:]] for row in rows[1:])]


def _under_corner(rows: list[list[str]]) -> list[list[str]]:
    return [["", *rows[0]], *([*row, ""] for row in rows[1:])]


def _one_figure_more(rows: list[list[str]]) -> list[list[str]]:
    return [[*rows[0], ""], *([row[0], "1", *row[1:]] for row in rows[1:])]


def _silent(data: bytes) -> list[str]:
    """The cells of the line that hold another figure than theirs, or none without a row that names them."""
    report = gx.read(data, name="page.html")
    named = report.problems.filter(pl.col("table") == "requests")
    lines = set(named["line"].to_list())
    cells = report.cells.filter((pl.col("table") == "requests") & (pl.col("line") == "received"))
    found = dict(zip(cells["column"], cells["value"], strict=True))
    columns = list(found)
    told = None in lines or "received" in lines
    return [
        column
        for column, figure in zip(columns, FIGURES, strict=True)
        if found[column] not in (figure, None) or (found[column] is None and not told)
    ]


def test_the_plain_table_is_read() -> None:
    report = gx.read(_page(_plain_table()), name="page.html")
    cells = report.cells.filter((pl.col("table") == "requests") & (pl.col("line") == "received"))
    assert cells["value"].to_list() == FIGURES


@pytest.mark.parametrize(
    "damage", [_head_lost, _head_lost_behind_blank, _figures_slipped, _under_corner, _one_figure_more]
)
def test_no_figure_is_read_in_anothers_place(damage: Callable[[list[list[str]]], list[list[str]]]) -> None:
    assert _silent(_page(damage(_plain_table()))) == []


def test_labels_in_a_column_of_figures_do_not_shift_their_row() -> None:
    rows = _plain_table()
    page = _page([[*rows[0], ""], *(["", *row] for row in rows[1:])])
    report = gx.read(page, name="page.html")
    cells = report.cells.filter((pl.col("table") == "requests") & (pl.col("line") == "received"))
    assert cells["value"].to_list() == FIGURES


def test_a_blank_column_at_the_end_costs_nothing() -> None:
    report = gx.read(_page([[*row, "", ""] for row in _plain_table()]), name="page.html")
    cells = report.cells.filter((pl.col("table") == "requests") & (pl.col("line") == "received"))
    assert cells["value"].to_list() == FIGURES
    assert set(cells["evidence"]) == {"labels"}


def _with_lowest_heads(heads: list[str]) -> bytes:
    rows = [
        "<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>",
        "<tr><td colspan=5></td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>",
        "<tr>" + "".join(f"<td>{head}</td>" for head in heads) + "</tr>",
        "<tr>" + "".join(f"<td>{figure}</td>" for figure in range(1, 16)) + "</tr>",
    ]
    before, rest = PAGE.split('<table border="1">\n<tr><td colspan="5">行政复议', 1)
    return f"{before}<table>{''.join(rows)}</table>{rest.split('</table>', 1)[1]}".encode()


@pytest.mark.parametrize("lost", [None, *range(15)])
def test_a_head_lost_in_table_four_shifts_nothing(lost: int | None) -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    kept = heads if lost is None else [*heads[:lost], *heads[lost + 1 :], ""]
    report = gx.read(_with_lowest_heads(kept), name="page.html")
    values = report.cells.filter(pl.col("table") == "disputes")["value"].to_list()
    told = report.problems.filter((pl.col("table") == "disputes") & (pl.col("rule") == "uncertain_reading"))
    if lost is None:
        assert values == [float(figure) for figure in range(1, 16)]
    else:
        assert all(value in (None, figure) for figure, value in enumerate(values, 1))
        assert told.height == 1


def test_heads_that_slipped_in_a_flattened_header_place_nothing() -> None:
    """A head of a province's own before 商业企业 moves the third row of heads over other columns' figures."""
    heads = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
        ["自然人", "法人或其他组织", "总计"],
        ["行政机关", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    ]
    rows = [[row[0], row[1], "5", *row[2:]] for row in _plain_table()[1:]]
    width = len(rows[0])
    report = gx.read(_page([row + [""] * (width - len(row)) for row in [*heads, *rows]]), name="a.html")
    cells = report.cells.filter(table="requests")
    assert cells["value"].null_count() == cells.height
    assert not report.problems.filter(table="requests", rule="uncertain_reading").is_empty()


def test_rows_filled_up_behind_a_full_count_are_read() -> None:
    heads = [["申请人情况"], ["自然人", "法人或其他组织", "总计"], HEADS[1:-1]]
    rows = _plain_table()[1:]
    lost = [[*row[:3], *row[4:]] if place == 1 else row for place, row in enumerate(rows)]
    for table, unread in ((rows, []), (lost, [rows[1][0]])):
        filled = [row + [""] * (10 - len(row)) for row in [*heads, *table]]
        report = gx.read(_page(filled), name="a.html")
        own = report.cells.filter(table="requests").filter(pl.col("value").is_null())
        assert own["line"].n_unique() == len(unread)
        assert own.height == 7 * len(unread)
