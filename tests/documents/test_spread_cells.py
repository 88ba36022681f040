"""Tables into whose columns and rows a converter wrote the text of each cell that covers them."""

from __future__ import annotations

import io
import itertools

import docx
import pytest

from gxtools.documents import open_document
from gxtools.documents.spread_cells import with_gathered
from gxtools.grids import Grid, GridCell

Rows = list[list[str]]

HEADS = [
    ["申请人情况", "申请人情况", "自然人", "法人或其他组织", "法人或其他组织", "总计"],
    ["申请人情况", "申请人情况", "自然人", "商业企业", "科研机构", "总计"],
]
LINES = [
    ["一、本年新收", "一、本年新收", "7", "0", "0", "7"],
    ["三、办理结果", "（一）予以公开", "4", "0", "0", "4"],
    ["三、办理结果", "（二）部分公开", "3", "0", "0", "3"],
]


def gathered(rows: Rows) -> list[tuple[str, int, int, int, int]]:
    plain = tuple(tuple(GridCell(text, y, x) for x, text in enumerate(row)) for y, row in enumerate(rows))
    return [tuple(cell) for row in with_gathered(plain) for cell in row if cell[3:] != (1, 1)]


def test_heads_groups_and_labels_are_one_cell_again_and_figures_are_not() -> None:
    assert gathered([*HEADS, *LINES]) == [
        ("申请人情况", 0, 0, 2, 2),
        ("自然人", 0, 2, 2, 1),
        ("法人或其他组织", 0, 3, 1, 2),
        ("总计", 0, 5, 2, 1),
        ("一、本年新收", 2, 0, 1, 2),
        ("三、办理结果", 3, 0, 2, 1),
    ]


def test_a_figure_under_one_head_is_one() -> None:
    rows = [["第二十条第（五）项"] * 4, ["信息内容", *["本年处理决定数量"] * 3], ["行政许可", "12", "12", "12"]]
    assert gathered(rows)[1:] == [("本年处理决定数量", 1, 1, 1, 3), ("12", 2, 1, 1, 3)]


@pytest.mark.parametrize(
    "rows",
    [
        # Two figures under them are two columns, whatever their heads say.
        [["第二十条第（五）项"] * 4, ["信息内容", *["本年处理决定数量"] * 3], ["行政许可", "12", "12", "13"]],
        # Words that stand twice below are those of two lines, one of which lost its label.
        [["未经复议直接起诉"] * 4, ["结果维持", "总计", "结果维持", "总计"], ["1", "2", "3", "5"]],
    ],
)
def test_what_stands_over_two_columns_is_not_gathered(rows: Rows) -> None:
    assert all(cell[2:] == (0, 1, 4) for cell in gathered(rows))
    assert len([cell for cell in gathered(rows) if cell[0] in ("本年处理决定数量", "未经复议直接起诉")]) == 0


def test_the_label_of_a_line_is_never_that_of_the_row_above() -> None:
    rows = [*HEADS, ["规章", "规章", "7", "0", "0", "7"], ["规章", "规章", "8", "0", "0", "8"]]
    assert [cell for cell in gathered(rows) if cell[0] == "规章"] == [("规章", 2, 0, 1, 2), ("规章", 3, 0, 1, 2)]


def test_a_plain_table_stays_as_it_is() -> None:
    assert gathered([["信息内容", "本年制发件数"], ["规章", "3"], ["规章", "3"]]) == []


def test_rows_of_another_width_are_gathered_by_themselves() -> None:
    cells = gathered([["合计", "合计", "合计"], *HEADS, *LINES])
    assert cells[0] == ("合计", 0, 0, 1, 3)
    assert ("三、办理结果", 4, 0, 2, 1) in cells


def in_word(rows: Rows) -> bytes:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for y, x in itertools.product(range(len(rows)), range(len(rows[0]))):
        table.cell(y, x).text = rows[y][x]
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt", "a.docx"])
def test_pages_texts_and_word_are_gathered(name: str) -> None:
    rows = [*HEADS, *LINES]
    source: str | bytes
    if name == "a.html":
        source = "<table>" + "".join(f"<tr>{''.join(f'<td>{text}' for text in row)}" for row in rows) + "</table>"
    elif name == "a.md":
        source = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    elif name == "a.docx":
        source = in_word(rows)
    else:  # drawn, each character as wide as any
        bar = "+" + "+".join("-" * 12 for _ in HEADS[0]) + "+"
        source = "\n".join([bar] + [line for row in rows for line in (f"|{'|'.join(t.ljust(12) for t in row)}|", bar)])
    document, _ = open_document(source if isinstance(source, bytes) else source.encode(), name, 10**6)
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert [tuple(cell)[1:] for row in grid.rows for cell in row if cell.text == "法人或其他组织"] == [(0, 3, 1, 2)]
