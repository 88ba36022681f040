"""Copies of pages as text whose rows were filled up with pipes: blanks are told from pads, and no figure slips."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import gxtools as gx

Row = tuple[str, ...]
Set = Callable[[Row, int], str]

WIDTH = 10
HEADS: list[Row] = [
    ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"),
    ("自然人", "法人或其他组织", "总计"),
    ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
]
# Blanks where nothing was counted: then the figures of all rows with as many labels stand in one column each.
ROWS: list[Row] = [
    ("一、本年新收政府信息公开申请数量", "12", "1", "", "", "", "", "13"),
    ("二、上年结转政府信息公开申请数量", "", "", "", "", "", "", ""),
    ("三、本年度办理结果", "（一）予以公开", "8", "", "", "", "", "", "8"),
    ("（二）部分公开", "3", "1", "", "", "", "", "4"),
    ("（三）不予公开", "1.属于国家秘密", "1", "", "", "", "", "", "1"),
    ("（七）总计", "12", "1", "", "", "", "", "13"),
    ("四、结转下年度继续办理", "", "", "", "", "", "", ""),
]
PRINTED = {
    ("received", "natural_person"): 12, ("received", "business"): 1, ("received", "total"): 13,
    ("granted", "natural_person"): 8, ("granted", "total"): 8,
    ("partly_granted", "natural_person"): 3, ("partly_granted", "business"): 1, ("partly_granted", "total"): 4,
    ("denied_state_secret", "natural_person"): 1, ("denied_state_secret", "total"): 1,
    ("handled", "natural_person"): 12, ("handled", "business"): 1, ("handled", "total"): 13,
}  # fmt: skip


def in_rows(row: Row, pads: int) -> str:
    return " | ".join(row) + " | " + "|" * pads


def led_rows(row: Row, pads: int) -> str:
    return "| " + in_rows(row, pads)


def folded_rows(row: Row, pads: int) -> str:
    return "| " + " | ".join(f"\n {cell} " for cell in row) + " | " + "|" * pads


def touching(row: Row, pads: int) -> str:
    return "|".join(row) + "|" + "|" * pads


def in_lines(row: Row, pads: int) -> str:
    return "\n".join([*(f"{cell} |" if cell else "|" for cell in row), *(["|" * pads] if pads else [])])


def above_pipes(row: Row, pads: int) -> str:
    return "\n".join([*(f"{cell}\n|" if cell else "|" for cell in row), *(["|" * pads] if pads else [])])


def read(set_row: Set) -> gx.Report:
    lines = [set_row(row, WIDTH - len(row)) for row in [*HEADS, *ROWS]]
    text = ["扬州市人民政府2022年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *lines, "四、其他"]
    return gx.read("\n".join(text).encode(), name="扬州.txt")


def figures(report: gx.Report) -> dict[tuple[str, str], float]:
    printed = report.cells.filter(table="requests", state="printed")
    return {(line, column): value for line, column, value in printed.select("line", "column", "value").iter_rows()}


@pytest.mark.parametrize("set_row", [in_rows, led_rows, folded_rows, in_lines, above_pipes])
def test_every_figure_is_placed(set_row: Set) -> None:
    report = read(set_row)
    assert figures(report) == PRINTED
    blank = report.cells.filter(table="requests", state="blank")
    assert blank.filter(line="received")["column"].to_list() == [
        "research", "public_interest", "legal_service", "other_organization",
    ]  # fmt: skip


def test_where_blanks_and_pads_look_alike_nothing_slips() -> None:
    read_figures = figures(read(touching))
    assert read_figures.items() <= PRINTED.items()


def test_heads_broken_into_two_rows_are_whole() -> None:
    broken = [("商业", "科研", "社会公益组织", "法律服务机构", "其他"), ("企业", "机构")]
    lines = [" | ".join(row) + " |" for row in [*HEADS[:2], *broken, *ROWS]]
    text = ["扬州市人民政府2022年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *lines]
    report = gx.read("\n".join(text).encode(), name="扬州.txt")
    assert figures(report) == PRINTED


def test_a_blank_that_fills_up_for_a_lost_figure_places_nothing() -> None:
    """Every row with one label has a blank behind it, as a copy leaves of a span; one of them lost a figure."""
    filled = [(row[0], "", *row[1:]) if len(row) == 8 else row for row in ROWS]
    place = next(place for place, row in enumerate(filled) if "（二）" in row[0])
    filled[place] = (*filled[place][:4], *filled[place][5:])
    lines = [in_rows(row, WIDTH - len(row)) for row in [*HEADS, *filled]]
    text = ["扬州市人民政府2022年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *lines]
    read_figures = figures(gx.read("\n".join(text).encode(), name="扬州.txt"))
    assert read_figures.items() <= PRINTED.items()
    assert not any(line == "partly_granted" for line, _ in read_figures)


def test_a_blank_cell_at_the_end_of_a_folded_row_is_no_pad() -> None:
    """A row with a figure too many ends in a blank cell: without it the row would seem full."""
    figures = ["0", "25", "11", "29", "65", "8", "22", "25", "55", "8", "28", "", "9", "27", "72", ""]
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [["行政复议", "行政诉讼"], [*heads, "未经复议直接起诉", "复议后起诉"], heads * 2, figures]
    lines = [f"| {' | '.join(f'{chr(10)} {cell} ' for cell in row)} | {'|' * (16 - len(row))}" for row in rows]
    title, heading = "扬州市人民政府2022年政府信息公开工作年度报告", "四、政府信息公开行政复议、行政诉讼情况"
    report = gx.read("\n".join([title, heading, *lines]).encode(), name="a.txt")
    assert report.cells.filter(table="disputes")["state"].unique().to_list() == ["unreadable"]
