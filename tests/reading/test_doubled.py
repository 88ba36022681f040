"""Labels, heads and rows that stand twice, or where another belongs: nothing of theirs is read."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import gxtools as gx

PAGE = (Path(__file__).parent / "documents" / "fee_head_yuan.html").read_text(encoding="utf-8")
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
