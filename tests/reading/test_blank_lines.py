"""Text with a cell a line and a mark for each: a blank cell is one, and stands in its place."""

from __future__ import annotations

import time

import pytest

import gxtools as gx
from gxtools.documents import open_document
from gxtools.figures import BLANK_CELL
from gxtools.forms import forms

COLUMNS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
HEADS = ["申请人情况", "自然人", "法人或其他组织", "总计", *COLUMNS]
TITLE = "某市民政局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
WAYS = {
    "before": lambda cells: [f"| {cell}" for cell in cells],
    "behind": lambda cells: [f"{cell} |" for cell in cells],
    "above": lambda cells: [line for cell in cells for line in ("|", cell)],
    "below": lambda cells: [line for cell in cells for line in (cell, "|")],
    "tab before": lambda cells: [f"\t{cell}" for cell in cells],
    "tab below": lambda cells: [line for cell in cells for line in (cell, "\t")],
}


def rows() -> dict[str, list[str]]:
    """By line of the form its seven cells: a number of its own in each, some of them blank."""
    lines = forms().by_id("2021").table("requests").lines
    found = {line.id: [str(100 * place + column) for column in range(7)] for place, line in enumerate(lines, start=1)}
    for place, cells in enumerate(found.values()):
        cells[place % 6] = ""
        cells[(2 * place + 3) % 6] = ""
    return found


def text(way: str, figures: dict[str, list[str]]) -> str:
    table = forms().by_id("2021").table("requests")
    cells = list(HEADS)
    for line in table.lines:
        cells += [line.label, *figures[line.id]]
    return TITLE + "\n".join(WAYS[way](cells)) + "\n四、政府信息公开行政复议、行政诉讼情况\n无。"


@pytest.mark.parametrize("way", WAYS)
def test_blank_cells_keep_their_places(way: str) -> None:
    figures = rows()
    report = gx.read(text(way, figures).encode(), name="report.txt")
    cells = report.cells.filter(table="requests")
    assert [*cells["raw"]] == [cell for line in figures.values() for cell in line]
    assert set(cells["state"]) == {"printed", "blank"}
    assert report.problems.filter(rule="uncertain_reading").height == 0


@pytest.mark.parametrize("way", WAYS)
def test_marks_that_fill_up_rows_are_no_blank_cells(way: str) -> None:
    figures = rows()
    figures["granted"] = [*map(str, range(7)), ""]
    report = gx.read(text(way, figures).encode(), name="report.txt")
    values = report.cells.filter(table="requests").filter(line="received")["value"]
    assert values.null_count() == 7
    assert report.problems.filter(rule="uncertain_reading", line="received").height == 1


def test_lines_that_are_no_table_stay() -> None:
    for lines in ("\t一、概况\n\t\n\t二、情况", "首页 |\n|\n公开 |", "甲\n|\n乙", "| 1\n|\n| 2"):
        document, _ = open_document(lines.encode(), "report.txt")
        assert all("\u2422" not in line.text for line in document.lines())


def test_many_marks_take_no_time() -> None:
    start = time.process_time()
    for lines in ("|\n" * 100_000, "甲\n|\n" * 50_000, "\t\n1\n" * 50_000):
        open_document(("标题\n" + lines).encode(), "report.txt")
    assert time.process_time() - start < 15


def test_the_mark_of_a_blank_cell_is_in_no_text() -> None:
    cells = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "3", "", "15"]
    cells += ["行政规范性文件", "7", "2", "44"]
    lines = [
        "扬州市人民政府2022年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        *(f"| {cell}" for cell in cells),
    ]
    report = gx.read("\n".join(lines).encode(), name="a.txt")
    assert report.cells.filter(line="rules")["state"].to_list() == ["printed", "blank", "printed"]
    assert BLANK_CELL not in str(report.sections.rows())
    assert BLANK_CELL not in report.show("proactive.rules.repealed").text
