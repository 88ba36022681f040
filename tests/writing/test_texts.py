"""Text copies: held against a real one, and against what each layout cannot show."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given

from gxtools.forms import forms
from gxtools.writing import CellsAs, Content, GroupsAs, LinesAs, TextLayout, set_text
from tests.strategies import DrawnReport, reports, text_layouts
from tests.writing.made import numbered


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_a_cell_a_line_is_the_look_of_a_real_copy(root: Path, shared: Path) -> None:
    """The shipped report, set as text, has the lines of the copy from which its figures were read."""
    with (root / "scripts/figures/jiulongpo_2020.csv").open(encoding="utf-8", newline="") as file:
        cells = {(row["table"], row["line"], row["column"]): row["raw"] for row in csv.DictReader(file)}
    content = Content("2019", "重庆市九龙坡区人民政府", 2020, cells)
    (copy,) = (shared / "seed").glob("*.txt")
    set_again = set_text(content, TextLayout(lost_heads=True))
    assert tables(set_again) == tables(copy.read_text(encoding="utf-8"))


def tables(text: str) -> list[str]:
    lines = [folded(line) for line in text.splitlines() if line.strip()]
    first = lines.index("二、主动公开政府信息情况")
    return lines[first : lines.index("五、存在的主要问题及改进情况", first)]


def test_rows_of_pipes_hold_each_cell_once() -> None:
    content = numbered(forms().by_id("2021"))
    lines = set_text(content, TextLayout(cells=CellsAs.PIPES)).splitlines()
    assert "第二十条第（一）项 |" in lines
    assert "规章 | 1000 | 1001 | 1002 |" in lines
    assert "三、本年度办理结果 | （一）予以公开 | 1024 | 1025 | 1026 | 1027 | 1028 | 1029 | 1030 |" in lines
    led = set_text(content, TextLayout(cells=CellsAs.PIPES, leading_pipe=True)).splitlines()
    assert "| 规章 | 1000 | 1001 | 1002 |" in led


def test_markdown_rows_fill_the_width() -> None:
    content = numbered(forms().by_id("2019"))
    text = set_text(content, TextLayout(cells=CellsAs.MARKDOWN, groups=GroupsAs.ROWS))
    runs = [run.splitlines() for run in text.split("\n\n") if run.startswith("|")]
    assert [{line.count("|") for line in run} for run in runs] == [{5}, {9}, {16}]
    assert "|  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |" in text


def test_tabs_part_cells() -> None:
    text = set_text(numbered(forms().by_id("2021")), TextLayout(cells=CellsAs.TABS, groups=GroupsAs.ROWS))
    assert "\n三、本年度办理结果\n（一）予以公开\t1024\t1025\t1026\t1027\t1028\t1029\t1030\n" in text


LOOKS = [
    (
        TextLayout(cells=CellsAs.TRAILING_PIPES, blank_lines=False),
        "\n规章 |\n1000 |\n1001 |\n1002 |\n行政规范性文件 |\n",
    ),
    (TextLayout(cells=CellsAs.LONE_PIPES, blank_lines=False), "\n|\n规章\n|\n1000\n|\n1001\n|\n1002\n|\n"),
    (TextLayout(cells=CellsAs.PIPE_RUNS), "\n规章|||1000||||1001||1002|\n"),
    (TextLayout(cells=CellsAs.PIPE_RUNS), "\n" + "|" * 300 + "\n"),
    (TextLayout(cells=CellsAs.SPACES), "\n规章 1000 1001 1002\n行政规范性文件 1003 1004 1005\n"),
    (TextLayout(cells=CellsAs.SPACES, full_width_spaces=True), "\n规章　1000　1001　1002\n"),
    (TextLayout(cells=CellsAs.ALIGNED), "\n规章               1000                       1001 1002\n"),
    (TextLayout(cells=CellsAs.RUN_TOGETHER), "\n规章100010011002\n"),
    (TextLayout(cells=CellsAs.SPACES, lines=LinesAs.ONE), "规章 1000 1001 1002 行政规范性文件 1003 1004 1005 第二十条"),
    (
        TextLayout(cells=CellsAs.SPACES, lines=LinesAs.A_SECTION),
        "\n二、主动公开政府信息情况 第二十条第（一）项 信息内容 ",
    ),
    (TextLayout(longest_label=9, blank_lines=False), "\n一、本年新收政府信\n息公开申请数量\n1010\n1011\n"),
    (TextLayout(spaced=True), "\n\n2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\n\n"),
    (TextLayout(blank_lines=False, page_length=20), "\n- 1 -\n"),
]


@pytest.mark.parametrize(("layout", "part"), LOOKS)
def test_looks_of_copies(layout: TextLayout, part: str) -> None:
    assert part in set_text(numbered(forms().by_id("2021")), layout)


def test_a_line_for_all() -> None:
    text = set_text(numbered(forms().by_id("2021")), TextLayout(cells=CellsAs.SPACES, lines=LinesAs.ONE))
    assert [line[:7] for line in text.splitlines()] == ["您当前的位置：", "某市人民政府2", "一、总体情况 "]


def test_boxes_show_what_each_cell_spans() -> None:
    lines = set_text(numbered(forms().by_id("2021")), TextLayout(cells=CellsAs.BOXES)).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("┌"))
    assert lines[first : first + 6] == [
        "┌─────────────────────────────────────────────────────┐",
        "│第二十条第（一）项                                   │",
        "├──────────────┬────────────┬────────────┬────────────┤",
        "│信息内容      │本年制发件数│本年废止件数│现行有效件数│",
        "├──────────────┼────────────┼────────────┼────────────┤",
        "│规章          │1000        │1001        │1002        │",
    ]


def test_what_needs_lines_is_not_set_in_one() -> None:
    with pytest.raises(ValueError, match="cells set as boxes need lines; set them with spaces or run together"):
        set_text(numbered(forms().by_id("2021")), TextLayout(cells=CellsAs.BOXES, lines=LinesAs.ONE))
    with pytest.raises(ValueError, match="rows of tabs have one line; leave their labels whole"):
        set_text(numbered(forms().by_id("2021")), TextLayout(cells=CellsAs.TABS, longest_label=9))


def test_spaces_of_a_pdf() -> None:
    content = replace(numbered(forms().by_id("2021")), introduction=("2022年" + "公开" * 20 + "共3.5万条。",))
    assert " 2022 年" + "公开" * 13 + "公 开" in set_text(content, TextLayout(spaced=True))


@pytest.mark.parametrize("raw", ["", " ", "\xa0"])
def test_a_cell_a_line_cannot_show_a_blank(raw: str) -> None:
    content = numbered(forms().by_id("2021"))
    blank = replace(content, cells={**content.cells, ("requests", "granted", "total"): raw})
    with pytest.raises(ValueError, match="one cell a line cannot show a blank cell; choose a layout with rows"):
        set_text(blank)
    assert "（一）予以公开 | 1024" in set_text(blank, TextLayout(cells=CellsAs.PIPES))


@pytest.mark.parametrize("raw", ["1|2", "1\t2", "1\n2"])
@pytest.mark.parametrize("cells", CellsAs)
def test_a_mark_that_parts_cells_is_refused(raw: str, cells: CellsAs) -> None:
    content = numbered(forms().by_id("2021"))
    wrong = replace(content, cells={**content.cells, ("requests", "granted", "total"): raw})
    with pytest.raises(ValueError, match="holds a mark that parts cells in a text"):
        set_text(wrong, TextLayout(cells=cells))


def test_a_row_of_dashes_is_no_markdown() -> None:
    content = numbered(forms().by_id("2021"))
    dashes = {key: "-" if key[0] == "disputes" else raw for key, raw in content.cells.items()}
    with pytest.raises(ValueError, match="a row of dashes alone would be a rule of Markdown"):
        set_text(replace(content, cells=dashes), TextLayout(cells=CellsAs.MARKDOWN))


@given(report=reports(blanks=False), layout=text_layouts())
def test_every_layout_shows_every_cell(report: DrawnReport, layout: TextLayout) -> None:
    assume(any(raw != "-" for key, raw in report.content.cells.items() if key[0] == "disputes"))
    text = set_text(report.content, layout)
    assert all(raw in text for raw in report.content.cells.values())
    assert ("\n\n" in text) == (layout.blank_lines and layout.lines is LinesAs.KEPT)
