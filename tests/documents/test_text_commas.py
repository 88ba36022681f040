"""Tables in text whose cells commas part."""

from __future__ import annotations

import random

import pytest

import gxtools as gx
from gxtools.documents import open_document
from gxtools.forms import forms
from gxtools.grids import Grid


def outline(text: str) -> list[str | list[list[str]]]:
    document, _ = open_document(text.encode(), "report.csv")
    return [
        [[cell.text for cell in row] for row in block.rows] if isinstance(block, Grid) else block.text
        for block in document.blocks
    ]


HEADS = "信息内容,制发件数,有效件数\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADS + "规章,1,\n许可,,5", [[["信息内容", "制发件数", "有效件数"], ["规章", "1", ""], ["许可", "", "5"]]]),
        # A title and a heading fill the first field alone, and a row of prose is no row.
        (
            f"年度报告,,\n{HEADS}规章,1,2\n{'说明' * 40},,\n许可,3,4\n处罚,5,6\n结语,,",
            [
                "年度报告",
                [["信息内容", "制发件数", "有效件数"], ["规章", "1", "2"]],
                "说明" * 40,
                [["许可", "3", "4"], ["处罚", "5", "6"]],
                "结语",
            ],
        ),
        (
            HEADS + '规章,"1,234",2\n\n"许可\n事项","含,",4',
            [[["信息内容", "制发件数", "有效件数"], ["规章", "1,234", "2"], ["许可\n事项", "含,", "4"]]],
        ),
        # A block of one column; three sentences with a comma each are none.
        (
            "第五项,\n信息内容,决定数量\n许可,47\n处罚,15\n强制,7",
            ["第五项", [["信息内容", "决定数量"], ["许可", "47"], ["处罚", "15"], ["强制", "7"]]],
        ),
        ("\n".join([f"{'说' * 70},共5件"] * 3), [f"{'说' * 70},共5件"] * 3),
        # Too few rows, no row of heads, other numbers of fields: sentences and figures with commas.
        (HEADS + "规章,1,2", ["信息内容,制发件数,有效件数", "规章,1,2"]),
        ("规 1,234 5,678\n许 2,345 6,789\n处 3,4 7,8", ["规 1,234 5,678", "许 2,345 6,789", "处 3,4 7,8"]),
        ("一,二,三\n四,五,六,七\n八,九,1", ["一,二,三", "四,五,六,七", "八,九,1"]),
        (HEADS + '规章,"1,2\n许可,3,4', ["信息内容,制发件数,有效件数", '规章,"1,2', "许可,3,4"]),
    ],
)
def test_commas(text: str, expected: list[str | list[list[str]]]) -> None:
    assert outline(text) == expected


def test_no_text_of_commas_takes_long() -> None:
    for text in (",".join("a" * 30_000), '"a,\n' * 30_000, "a,b,c\n" * 30_000):
        open_document(text.encode(), "report.csv")


def test_a_report_as_a_sheet_of_commas() -> None:
    """Every cell of the table of requests, with places under spans left empty as spreadsheets export them."""
    rng = random.Random(5)
    table = forms().by_id("2021").table("requests")
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [["", "申请人情况", *[""] * 6], ["", heads[0], "法人或其他组织", *[""] * 4, heads[6]]]
    rows.append(["", "", *heads[1:6], ""])
    expected = {}
    for line in table.lines:
        figures = [rng.choice(["", str(rng.randrange(3000))]) for _ in line.columns]
        rows.append([line.label, *figures])
        expected |= {(line.id, column): figure for column, figure in zip(line.columns, figures, strict=True)}
    text = "某市民政局2023年政府信息公开工作年度报告,,,,,,,\n" + "\n".join(map(",".join, rows))
    cells = gx.read(text.encode(), name="report.csv").cells.filter(table="requests")
    assert {(line, column): raw for line, column, raw in cells.select("line", "column", "raw").iter_rows()} == expected
