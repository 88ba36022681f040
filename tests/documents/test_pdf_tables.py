"""Lines on a page -> tables: what they hold, what is no line of theirs, and what goes on over a page."""

from __future__ import annotations

import pytest

from gxtools.documents.encodings import REPLACEMENT as LOST
from tests.documents.pdf_made import box, line, pdf, said, table, text

TITLE = text("重庆市九龙坡区人民政府2022年政府信息公开工作年度报告", 100, 780) + text("本年度主动公开一百条。", 60, 745)
TITLES = ["重庆市九龙坡区人民政府2022年政府信息公开工作年度报告", "本年度主动公开一百条。"]
BELOW = text("公开内容仍需充实。", 70, 385)
ROWS = [["规章", "12", "3"], ["行政许可", "45", "6"]]
WIDE = table(ROWS, 60, 700, wide=150)


def frame(left: float, bottom: float, right: float, top: float) -> str:
    return f"0.5 w {left} {bottom} {right - left} {top - bottom} re S\n"


@pytest.mark.parametrize(
    "around",
    [
        "",
        frame(20, 20, 575, 822),
        frame(20, 20, 575, 822) + frame(24, 24, 571, 818),
        frame(60, 100, 510, 820),
        frame(57, 100, 513, 820),
        frame(60, 100, 560, 820),
        frame(30, 30, 560, 810) + line(30, 770, 560, 770),
        frame(30, 30, 560, 810) + line(50, 30, 50, 810),
        "20 20 555 802 re 21 21 553 800 re f*\n",
    ],
    ids=range(9),
)
def test_a_frame_round_a_page_is_no_table(around: str) -> None:
    assert said(pdf(TITLE + WIDE + BELOW + around)) == [*TITLES, ROWS, "公开内容仍需充实。"]


def test_two_tables_in_a_frame() -> None:
    again = table(ROWS, 60, 350, wide=150)
    page = TITLE + WIDE + BELOW + text("培训有待加强。", 70, 365) + again + frame(60, 100, 510, 820)
    assert said(pdf(page)) == [*TITLES, ROWS, "公开内容仍需充实。", "培训有待加强。", ROWS]


@pytest.mark.parametrize("strike", [line(62, 0, 80, 0), line(66, 0, 76, 0), box(62, 0, 18, 0.7)])
def test_a_struck_figure_is_doubted(strike: str) -> None:
    page = table(ROWS, 60, 700) + f"q 1 0 0 1 60 689.5 cm {strike} Q"
    assert said(pdf(page)) == [[["规章", f"12{LOST}", "3"], ["行政许可", "45", "6"]]]


def test_a_struck_figure_in_prose() -> None:
    page = text("本年度公开12条。", 60, 740)
    assert said(pdf(page + line(110, 743.5, 120, 743.5))) == [f"本年度公开{LOST}{LOST}条。"]
    assert said(pdf(page + line(110, 738.5, 120, 738.5))) == ["本年度公开12条。"]


def test_merged_cells() -> None:
    levels = "".join(line(60, y, 240, y) for y in (700, 660)) + line(120, 680, 240, 680)
    uprights = "".join(line(x, 700, x, 660) for x in (60, 120, 240)) + line(180, 680, 180, 660)
    words = text("项目", 70, 676) + text("数量", 160, 686) + text("12", 140, 666) + text("3", 200, 666)
    assert said(pdf(levels + uprights + words)) == [[["项目", "数量"], ["12", "3"]]]


def test_a_row_without_lines_between_its_columns() -> None:
    uprights = "".join(line(x, 700, x, 680) for x in (120, 180))
    levels = "".join(line(60, y, 240, y) for y in (700, 680, 660))
    sides = line(60, 700, 60, 660) + line(240, 700, 240, 660)
    words = [
        ("规章", 64, 686),
        ("12", 124, 686),
        ("3", 184, 686),
        ("行政许可", 64, 666),
        ("45", 124, 666),
        ("6", 184, 666),
    ]
    page = levels + uprights + sides + "".join(text(*word) for word in words)
    assert said(pdf(page)) == [ROWS]


def test_the_ends_of_lines_in_a_low_row() -> None:
    """The name of a group has no lines beside it; those above and below reach a little into its low row."""
    levels = "".join(line(60, y, 240, y) for y in (700, 680, 669.6, 650))
    uprights = line(60, 700, 60, 650) + line(240, 700, 240, 650)
    uprights += "".join(line(x, 700, x, 678.5) + line(x, 671.1, x, 650) for x in (120, 180))
    words = [(cell, 64 + 60 * x, y) for cells, y in zip(ROWS, (686, 656), strict=True) for x, cell in enumerate(cells)]
    page = levels + uprights + "".join(text(*word) for word in words) + text("不予处理", 64, 671.5, 8)
    assert said(pdf(page)) == [[ROWS[0], ["不予处理"], ROWS[1]]]


def test_a_merged_cell_stays_one() -> None:
    levels = "".join(line(60, y, 240, y) for y in (700, 680, 660))
    uprights = "".join(line(x, 700, x, 680) for x in (120, 180)) + line(60, 700, 60, 660) + line(240, 700, 240, 660)
    words = [("规章", 64, 686), ("12", 124, 686), ("3", 184, 686), ("共45件", 124, 666)]
    assert said(pdf(levels + uprights + "".join(text(*word) for word in words)))[0][1] == ["共45件"]


def test_a_figure_behind_a_label_that_reaches_the_line() -> None:
    """The label is as wide as its cell, the figure stands at the other side of the line."""
    page = table([["", ""], ["", ""]], 60, 700) + text("其他处理事项", 60.2, 686) + text("7", 121, 686)
    page += text("规章", 64, 666) + text("5", 124, 666)
    assert said(pdf(page)) == [[["其他处理事项", "7"], ["规章", "5"]]]


def test_a_figure_over_a_line() -> None:
    page = table([["规章", "", "3"], ["行政许可", "45", "6"]], 60, 700) + text("123456", 164, 686)
    found = said(pdf(page))[0]
    assert isinstance(found, list)
    assert LOST in found[0][1]
    assert LOST in found[0][2]


def test_a_table_over_two_pages() -> None:
    """Heads that are printed over again on the next page are none of its rows."""
    heads = ["项目", "本年", "上年"]
    parts = [[heads, *ROWS], [heads, ["行政处罚", "7", "8"]]]
    assert said(pdf(table(parts[0], 60, 120), table(parts[1], 60, 800))) == [[heads, *ROWS, ["行政处罚", "7", "8"]]]


def test_a_row_cut_by_a_page_under_heads() -> None:
    heads = ["项目", "本年", "上年"]
    above = table([heads, ["要求行政机关", "7", "8"]], 60, 120, wide=80)
    below = table([heads, ["重新出具", "", ""], ["其他", "9", "1"]], 60, 800, wide=80)
    found = said(pdf(above, below))[0]
    assert found == [heads, ["要求行政机关重新出具", "7", "8"], ["其他", "9", "1"]]


def test_a_label_of_which_only_the_count_is_on_the_page() -> None:
    heads = ["项目", "本年", "上年"]
    above = table([heads, ["4.", "7", "8"]], 60, 120, wide=80)
    below = table([["重复申请", "", ""], ["5.其他", "9", "1"]], 60, 800, wide=80)
    assert said(pdf(above, below)) == [[heads, ["4.重复申请", "7", "8"], ["5.其他", "9", "1"]]]


def test_rows_drawn_beyond_the_page() -> None:
    """Some programs draw the lines of a whole table on each of its pages."""
    whole = table([["行政处罚", "7", "8"], ["", "", ""], ["", "", ""]], 60, 30)
    again = "".join(line(60, y, 240, y) for y in (900, 880, 860))
    again += "".join(line(x, 900, x, 800) for x in (60, 120, 180, 240))
    assert said(pdf(whole, again + table(ROWS, 60, 800))) == [[["行政处罚", "7", "8"], *ROWS]]


def test_a_table_without_lines() -> None:
    rows = [["项目", "本年", "上年"], *ROWS]
    words = [text(cell, 60 + 100 * x, 700 - 20 * y) for y, row in enumerate(rows) for x, cell in enumerate(row)]
    assert said(pdf("".join(words))) == [rows]


def test_a_line_of_text_between_tables_of_other_columns_in_one_frame() -> None:
    """No higher than a row, it stands within the sides of the frame, which are those of both tables."""
    levels = "".join(line(60, y, 240, y) for y in (700, 680, 660, 640))
    uprights = line(60, 700, 60, 640) + line(240, 700, 240, 640) + line(110, 700, 110, 680) + line(150, 660, 150, 640)
    words = [("规章", 64, 686), ("12", 114, 686), ("附：上年度", 64, 666), ("行政许可", 64, 646), ("45", 154, 646)]
    page = levels + uprights + "".join(text(*word) for word in words)
    assert said(pdf(page)) == [[["规章", "12"]], "附：上年度", [["行政许可", "45"]]]


def test_tables_that_hang_together_by_one_line() -> None:
    """A page's border goes on from one table to the next; below the last it closes a row of nothing."""
    above, below = table(ROWS, 60, 700, wide=150), table([["行政处罚", "7"]], 60, 600, wide=225)
    page = TITLE + above + text("二、行政处罚", 60, 640) + below
    border = line(510, 700, 510, 540) + line(60, 580, 60, 540) + line(60, 540, 510, 540)
    assert said(pdf(page + border)) == [*TITLES, ROWS, "二、行政处罚", [["行政处罚", "7"]]]


@pytest.mark.parametrize("top", [780, 700])
def test_a_table_too_wide_for_the_frame_round_the_text(top: float) -> None:
    """The side of the frame, in a color of its own, runs through a column."""
    sides = "".join(line(x, top, x, 60) for x in (60, 450)) + line(60, 60, 450, 60)
    page = f"q 0.8 0.8 0.9 RG {sides} Q " + WIDE + text("公开内容仍需充实。", 70, 385)
    assert said(pdf(page)) == [ROWS, "公开内容仍需充实。"]


def test_level_rules_alone_that_reach_over_a_frame_are_no_table_with_it() -> None:
    sides = "".join(line(x, 780, x, 60) for x in (60, 300))
    rules = line(60, 700, 400, 700) + line(60, 680, 400, 680)
    heads = text("上年", 180, 726) + text("本年", 340, 726)
    row = text("规章", 64, 686) + text("16", 180, 686) + text("92", 340, 686) + text("行政许可", 64, 666)
    page = f"q 0.8 0.8 0.9 RG {sides} Q " + rules + heads + row + text("14", 180, 666) + text("5", 340, 666)
    assert said(pdf(page)) == [[["", "上年", "本年"], ["规章", "16", "92"], ["行政许可", "14", "5"]]]
