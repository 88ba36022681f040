"""Tables in running text: whose figures stand behind a label, told by what stands where the next label should."""

from __future__ import annotations

import polars as pl
import pytest

import gxtools as gx
from gxtools.forms import forms
from gxtools.writing import CellsAs, LinesAs, TextLayout, set_text
from tests.writing.made import numbered

FORM = forms().by_id("2021")
A_CELL_A_LINE = TextLayout(blank_lines=False)
ROWS = TextLayout(cells=CellsAs.SPACES, blank_lines=False)
ONE_LINE = TextLayout(cells=CellsAs.SPACES, lines=LinesAs.ONE)


def edited(layout: TextLayout, *changes: tuple[str, str]) -> gx.Report:
    """A report in which every cell has a number of its own, with parts of its text replaced."""
    text = set_text(numbered(FORM), layout)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return gx.read(text.encode(), name="report.txt")


def differing(report: gx.Report) -> dict[str, str]:
    """The lines that were not read as they were set: ``doubted``, ``absent``; a wrong figure fails at once."""
    printed = {key: float(raw.removesuffix("万元")) for key, raw in numbered(FORM).cells.items()}
    named = {(row["table"], row["line"]) for row in report.problems.iter_rows(named=True)}
    found: dict[str, str] = {}
    for cell in report.cells.iter_rows(named=True):
        key = cell["table"], cell["line"], cell["column"]
        if cell["value"] is None:
            assert key[:2] in named or (key[0], None) in named
            found[key[1]] = "absent" if cell["state"] == "absent" else "doubted"
        else:
            assert cell["value"] == printed[key]
    return found


DAMAGES: list[tuple[TextLayout, list[tuple[str, str]], dict[str, str]]] = [
    # A figure and the next line's label are gone: the next line's figure makes up the count.
    (A_CELL_A_LINE, [("\n1007\n行政强制\n", "\n")], {"penalties": "doubted", "coercion": "absent"}),
    (ROWS, [(" 1007\n行政强制", "")], {"penalties": "doubted", "coercion": "absent"}),
    (ONE_LINE, [(" 1007 行政强制", "")], {"penalties": "doubted", "coercion": "absent"}),
    (
        A_CELL_A_LINE,
        [("\n1002\n行政规范性文件\n1003\n1004\n", "\n")],
        {"rules": "doubted", "normative_documents": "absent"},
    ),
    (
        ROWS,
        [("1040 1041 1042 1043 1044\n2.其他法律行政法规禁止公开 1045 1046", "")],
        {"denied_state_secret": "doubted", "denied_prohibited_by_law": "absent"},
    ),
    # The next line's label is gone and all figures are there: one line has too many.
    (A_CELL_A_LINE, [("\n行政强制\n", "\n")], {"penalties": "doubted", "coercion": "absent"}),
    # The next label is damaged, not gone: it still parts the lines.
    (A_CELL_A_LINE, [("行政强制", "行政强□")], {"coercion": "absent"}),
    (A_CELL_A_LINE, [("其他法律行政法规禁止公开", "其他法律行政法规禁公开")], {"denied_prohibited_by_law": "absent"}),
    # What parts the lines in the form still stands there: the heading of the group, the head of the block.
    (
        A_CELL_A_LINE,
        [("\n（二）部分公开（区分处理的，只计这一情形，不计其他情形）\n", "\n")],
        {"granted": "doubted", "partly_granted": "absent"},
    ),
    (A_CELL_A_LINE, [("\n1.属于国家秘密\n", "\n")], {"denied_state_secret": "absent"}),
    (A_CELL_A_LINE, [("\n行政许可\n1006\n", "\n")], {"licences": "absent"}),
    # Two labels and one row of figures.
    (
        A_CELL_A_LINE,
        [("\n行政处罚\n1007\n行政强制\n", "\n行政处罚\n行政强制\n")],
        {"penalties": "absent", "coercion": "doubted"},
    ),
    (ROWS, [("\n行政处罚 1007\n", "\n行政处罚\n")], {"penalties": "absent"}),
    # Labels that slipped behind their figures.
    (
        A_CELL_A_LINE,
        [("\n行政处罚\n1007\n行政强制\n1008\n", "\n1007\n行政处罚\n1008\n行政强制\n")],
        {"penalties": "doubted", "coercion": "absent"},
    ),
    # The last line lost its figures, and the heading and heads of the next table with them.
    (
        A_CELL_A_LINE,
        [("\n1184\n四、政府信息公开行政复议、行政诉讼情况\n", "\n1184\n")],
        {},
    ),
    # A page's number stands in the place of a figure.
    (ROWS, [("规章 1000 1001 1002\n", "规章 1000 1001\n12\n")], {"rules": "doubted"}),
    # Figures and labels run together.
    (ROWS, [("规章 1000 1001 1002", "规章100010011002")], {"rules": "doubted"}),
    (ONE_LINE, [("行政许可 1006 第二十条第（六）项", "行政许可1006第二十条第（六）项")], {}),
    (ONE_LINE, [("1037 （三）不予公开 1.属于国家秘密", "1037（三）不予公开1.属于国家秘密")], {}),
    (
        ONE_LINE,
        [("1044 2.其他法律", "10442.其他法律")],
        {"denied_state_secret": "doubted", "denied_prohibited_by_law": "absent"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("layout", "changes", "expected"), DAMAGES)
def test_damage_is_told_where_it_stands(
    layout: TextLayout, changes: list[tuple[str, str]], expected: dict[str, str]
) -> None:
    assert differing(edited(layout, *changes)) == expected


def test_a_cut_from_one_table_into_the_next() -> None:
    """The last line's figures are made up by those of the next table, whose heading and heads are lost."""
    text = set_text(numbered(FORM), A_CELL_A_LINE)
    begin = text.index("\n1179\n")
    end = text.index("\n1199\n")
    report = gx.read((text[:begin] + "\n1196\n1197\n1198" + text[end:]).encode(), name="report.txt")
    line = report.cells.filter(report.cells["line"] == "carried_out")
    assert line["state"].to_list() == ["unreadable"] * 7


def test_the_head_of_a_column_that_no_form_knows() -> None:
    assert set(differing(edited(A_CELL_A_LINE, ("商业企业", "行政机关总数")))) == {
        line.id for line in FORM.table("requests").lines
    }


def test_a_label_in_prose_is_no_row() -> None:
    sentence = "本年行政许可 12 件，行政处罚 34 件，行政强制 56 件，行政事业性收费 78 万元\n"
    assert differing(edited(ROWS, ("\n第二十条第（一）项\n", f"\n{sentence}第二十条第（一）项\n"))) == {}
    assert differing(edited(ONE_LINE, ("第二十条第（一）项", f"{sentence.strip()} 第二十条第（一）项"))) == {}


def test_a_row_of_a_label_that_no_form_knows_is_kept() -> None:
    report = edited(ROWS, ("\n（四）无法提供 1.", "\n9.属于其他情形 1 2 3 4 5 6 21\n（四）无法提供 1."))
    assert differing(report) == {}
    assert report.extras["raw"].to_list() == ["1", "2", "3", "4", "5", "6", "21"]
    assert set(report.extras["line_label"]) == {"9.属于其他情形"}


def test_units_in_a_column_of_their_own() -> None:
    rows = [
        "（一）公开数 条 3",
        "四、行政复议数量 件 7",
        "六、举报投诉数量 件 0",
        "七、依申请公开信息收取的费用 元 1200",
        "（一）政府信息公开工作专门机构数 个 2",
    ]
    table = "\n".join("\n".join(row.split()) for row in ["统计指标 计量单位 统计数", *rows])
    page = f"某省甲市人民政府2016年政府信息公开工作年度报告\n附\n政府信息公开情况统计表\n{table}"
    cells = gx.read(page.encode(), name="2016.txt").cells
    printed = cells.filter(cells["state"] == "printed")
    assert dict(printed.select("line", "value").iter_rows()) == {"complaints": 0.0, "fees_charged": 0.12}


def test_money_in_the_line_below_its_figure() -> None:
    report = edited(A_CELL_A_LINE, ("\n1009\n", "\n1009\n元\n"))
    fees = report.cells.filter(report.cells["line"] == "fees")
    assert fees.select("value", "raw").row(0) == (0.1009, "1009元")


def test_a_strange_head_among_aligned_ones_is_seen() -> None:
    """Heads that stand in columns of one line are told one by one, so that none that is no form's is passed over."""
    blocks = {
        "第二十条第（五）项": ["信息内容    本年处理决定数量", "行政许可    7"],
        "第二十条第（六）项": ["信息内容    {head}", "行政处罚    29", "行政强制    42"],
        "第二十条第（八）项": ["信息内容    本年收费金额（单位：万元）", "行政事业性收费    3"],
    }
    title = ["扬州市人民政府2022年政府信息公开工作年度报告", "二、主动公开政府信息情况"]
    text = "\n".join([*title, *(line for heading, lines in blocks.items() for line in (heading, *lines))])
    for head, values in (("本年处理决定数量", [29, 42]), ("占比", [None, None])):
        report = gx.read(text.format(head=head).encode(), name="a.txt")
        cells = report.cells.filter(pl.col("line").is_in(["penalties", "coercion"]))
        assert cells["value"].to_list() == values
        assert report.cells.filter(line="licences")["value"].to_list() == [7]
