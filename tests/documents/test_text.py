"""Text files: lines, and tables parted by pipes or tabs."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxtools.documents import open_document
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document, Grid, GridCell, TextLine

Outline = list[str | list[list[str]]]


def read(text: str) -> Document:
    return open_document(text.encode())[0]


def outline(text: str) -> Outline:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows]
        for block in read(text).blocks
    ]


def test_lines_keep_their_numbers() -> None:
    document = read("\n 一、总体情况 \r\n\r\n\t\r　　二\x0c三\r四")
    assert document.blocks == (
        TextLine("一、总体情况", 2), TextLine("　　二", 5), TextLine("三", 5), TextLine("四", 6),
    )  # fmt: skip
    assert document.blocks[0].where == "line 2"


PIPES: list[tuple[str, Outline]] = [
    ("规章 | 0 | 0 | 0 |\n行政许可 | 5 |\n", [[["规章", "0", "0", "0"], ["行政许可", "5"]]]),
    ("| 规章 | 0 |\n\n| 许可 | |\n", [[["规章", "0"], ["许可", ""]]]),
    ("| 内容 | 数量 |\n|:---|---:|\n| 规章 | 0 |", [[["内容", "数量"], ["规章", "0"]]]),
    ("第五项 |\n许可 | 5 | 0 |\n处罚 | 7 | 1 |", [[["第五项"], ["许可", "5", "0"], ["处罚", "7", "1"]]]),
    ("前\n规章||0||\n许可||5||\n后", ["前", [["规章", "", "0", ""], ["许可", "", "5", ""]], "后"]),
    ("| - | - |\n| 规章 | 0 |", [[["-", "-"], ["规章", "0"]]]),
    ("| 　 | 0 |\n| 规章 | 0 |", [[["　", "0"], ["规章", "0"]]]),
    (r"| a\|b | 0 |" + "\n| c | 1 |", [[["a|b", "0"], ["c", "1"]]]),
    ("规章 | 0\n许可 | 5", [[["规章", "0"], ["许可", "5"]]]),
    ("总计 | 1 | 2 | 3", [[["总计", "1", "2", "3"]]]),
    ("规章 |\n0 |\n|\n许可\n|\n5", ["规章", "0", "许可", "5"]),
    ("首页 | 公开", ["首页 | 公开"]),
    ("首页 | 公开 | 年报\n\n标题", ["首页 | 公开 | 年报", "标题"]),
    ("首页 | 公开\n邮箱 | 登录\n标题", ["首页 | 公开", "邮箱 | 登录", "标题"]),
    ("x\n" + "|" * 300 + "\ny", ["x", "y"]),
    # Runs of pipes of changing length say nothing of blank cells; in a table that keeps its columns they do.
    ("规章||0|||0||\n许可|||5||7|\n" + "|" * 300, [[["规章", "0", "0"], ["许可", "5", "7"]]]),
    ("|规章||0|7|\n|许可||5|8|", [[["规章", "", "0", "7"], ["许可", "", "5", "8"]]]),
    # Rows filled up with pipes that touch: a blank cell has a space, a pad has none.
    (
        "第五项 | ||\n信息 | 上年 | 数量 | \n许可 |  | 5 | ".replace("| \n", "|\n"),
        [[["第五项"], ["信息", "上年", "数量"], ["许可", "", "5"]]],
    ),
    ("| 处罚 | 1.罚款 | 3 |  | |\n| 2.没收 | 4 |  | ||", [[["处罚", "1.罚款", "3", ""], ["2.没收", "4", ""]]]),
    # A cell a line, each closed by a pipe, and the pads in a line of their own.
    (
        "标题\n第五项 |\n||\n信息 |\n上年 |\n数量 |\n许可 |\n|\n5 |\n后",
        [
            "标题",
            [["第五项"], ["信息", "上年", "数量"], ["许可", "", "5"]],
            "后",
        ],
    ),
    (
        "标题\n第五项\n|\n||\n信息\n|\n上年\n|\n数量\n|\n许可\n|\n|\n5\n|\n后",
        [
            "标题",
            [["第五项"], ["信息", "上年", "数量"], ["许可", "", "5"]],
            "后",
        ],
    ),
    # The pads behind the last cell of a row, in its line.
    (
        "标题\n第五项 | ||\n信息 |\n上年 |\n数量 |\n许可 |\n|\n5 |\n处罚 | ||\n后",
        [
            "标题",
            [["第五项"], ["信息", "上年", "数量"], ["许可", "", "5"], ["处罚"]],
            "后",
        ],
    ),
    (
        "第五项 | ||\n信息 | 上年 | 数量 |\n许可 | 3 | 5 |",
        [[["第五项"], ["信息", "上年", "数量"], ["许可", "3", "5"]]],
    ),
    # No one width ends every row where pads end: lines as they are.
    ("第五项 |\n||\n信息 |\n上年 |\n数量 |\n5 |", ["第五项", "信息", "上年", "数量", "5"]),
    ("| 规章 | 0 |\n- 3 -\n| 许可 | 5 |", [[["规章", "0"], ["许可", "5"]]]),
    (
        "维持 | 纠正 |\n3 | 4 |\n\n| 复议 | 诉讼 |\n| 5 | 6 |",
        [[["维持", "纠正"], ["3", "4"]], [["复议", "诉讼"], ["5", "6"]]],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PIPES)
def test_pipes(text: str, expected: Outline) -> None:
    assert outline(text) == expected


TABS: list[tuple[str, Outline]] = [
    ("规章\t0\t0\n许可\t5\t\n", [[["规章", "0", "0"], ["许可", "5", ""]]]),
    ("三\t公开\t1\n\t部分\t2\n", [[["三", "公开", "1"], ["", "部分", "2"]]]),
    ("\t\t总体情况\n\t\t如下", ["总体情况", "如下"]),
    ("一、\t总体情况", ["一、 总体情况"]),
    (
        "1.\t加强领导，深入贯彻落实\n2.\t完善制度，规范有序推进",
        ["1. 加强领导，深入贯彻落实", "2. 完善制度，规范有序推进"],
    ),
    ("规章\t0\n许可 | 5 |\n处罚 | 6 |", ["规章 0", [["许可", "5"], ["处罚", "6"]]]),
]


@pytest.mark.parametrize(("text", "expected"), TABS)
def test_tabs(text: str, expected: Outline) -> None:
    assert outline(text) == expected


def test_where_a_field_stands() -> None:
    (grid,) = read("标题\n\n| 内容 | 数量 |\n|---|---|\n\n| 规章 | 0 |").grids()
    assert grid.lines == (3, 6)
    assert grid.where(grid.rows[1][1]) == "line 6, field 2"


def test_the_sample_report_is_lines_alone(shared: Path) -> None:
    (path,) = (shared / "seed").glob("*.txt")
    document, data = open_document(path)
    printed = data.decode().split("\n")
    assert (document.format, document.notes, list(document.grids())) == ("text", (), [])
    assert all(line.text == printed[line.number - 1].strip(" \t") for line in document.lines())
    assert len(document.blocks) == sum(bool(line.strip()) for line in printed)


def test_grids_of_pages_and_of_text_say_the_same_things() -> None:
    (page,) = open_document("<table><tr><td>规章<td>0<tr><td>许可<td>5</table>".encode())[0].grids()
    (text,) = read("规章 | 0 |\n许可 | 5 |").grids()
    assert page == Grid(1, text.rows)


DRAWN = """
标题
┌────────┬───────────┐
│        │  总计     │
│项目    ├─────┬─────┤
│        │ 一  │ 二  │
├────────┼─────┼─────┤
│行政    │ 0   │     │
│规章    │     │     │
├────────┴─────┼─────┤
│合            │ 12  │
│              │ 34  │
└──────────────┴─────┘
完
"""


def test_drawn_tables_keep_their_spans() -> None:
    first, grid, last = read(DRAWN).blocks
    assert isinstance(grid, Grid)
    assert (first, last) == (TextLine("标题", 2), TextLine("完", 14))
    assert grid.rows == (
        (GridCell("项目", 0, 0, 2, 1), GridCell("总计", 0, 1, 1, 2)),
        (GridCell("一", 1, 1), GridCell("二", 1, 2)),
        (GridCell("行政\n规章", 2, 0), GridCell("0", 2, 1), GridCell("", 2, 2)),
        (GridCell("合", 3, 0, 1, 2), GridCell("12\n34", 3, 2)),
    )
    assert [grid.where(row[0]) for row in grid.rows] == [
        "line 4, field 1",
        "line 6, field 2",
        "line 8, field 1",
        "line 11, field 1",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "+----+---+\n| 规章 | 0 |\n+----+---+\n| 许可 | 5 |\n+----+---+",
        "+----+---+\n| 规章 | 0 |\n+====+===+\n- 2 -\n| 许可 | 5 |\n+----+---+",
        "┏━━━━┳━┓\n┃规章┃0┃\n┣━━━━╋━┫\n┃许可┃5┃\n┗━━━━┻━┛",
    ],
)
def test_other_drawings(text: str) -> None:
    widened = text.replace("+----+", "+------+").replace("+====+", "+======+")
    assert outline(widened) == [[["规章", "0"], ["许可", "5"]]]


@pytest.mark.parametrize(
    "text",
    [
        "┌──┬──┐\n│a │b │\n├──┼──┤\n│c    d │\n└──┴──┘",  # an upright that is lost within a row
        "┌──┬──┐\n│a │b │\n│c │d │",  # no end
        "┌──┬──┐\n│a │b\n└──┴──┘",  # a line that is too short
    ],
)
def test_a_drawing_that_is_not_sound_is_no_table_of_boxes(text: str) -> None:
    grids = list(read("标题\n" + text).grids())
    assert all(cell.row_span == cell.column_span == 1 for grid in grids for row in grid.rows for cell in row)
    printed = [cell.text for grid in grids for row in grid.rows for cell in row]
    printed += [line.text for line in read("标题\n" + text).lines()]
    assert all(any(letter in text for text in printed) for letter in "ab")


def test_radicals_are_the_characters_that_they_stand_for() -> None:
    assert outline("⻘⽲县⼈⺠政府 ⼀、⻋⻔ ⑤²") == ["青禾县人民政府 一、车门 ⑤²"]


def test_a_text_of_too_many_lines_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="it has 200,001 lines, over the limit of 200,000"):
        read("规\n" * 200_000)
