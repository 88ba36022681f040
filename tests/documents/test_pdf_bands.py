"""Rows of ruled tables without lines between their columns."""

from __future__ import annotations

import pytest

from tests.documents.pdf_made import line, pdf, said, text

Row = tuple[tuple[str, float], ...]
HEADS: Row = (("信息内容", 60), ("制发", 160), ("废止", 220), ("有效", 280))
RULES: Row = (("规章", 60), ("12", 160), ("3", 220), ("40", 280))
NAME: Row = (("第二十条第五项", 60),)
HEAD: Row = (("信息内容", 60), ("本年处理决定数量", 160))
LICENCES: Row = (("行政许可", 60), ("47307", 160))


def page(*rows: tuple[Row, bool]) -> bytes:
    """A table of the width of its first row's columns; each row with the lines between its texts or without."""
    drawn = line(60, 700, 340, 700)
    for number, (row, ruled) in enumerate(rows):
        top, bottom = 700 - 20 * number, 680 - 20 * number
        drawn += line(60, bottom, 340, bottom) + line(60, top, 60, bottom) + line(340, top, 340, bottom)
        drawn += "".join(line(x, top, x, bottom) for _, x in row[1:] if ruled)
        drawn += "".join(text(string, x + 4, bottom + 6) for string, x in row)
    return pdf(drawn)


@pytest.mark.parametrize("ruled", [(True, False), (False, True)], ids=["as above", "as below"])
def test_a_row_is_divided_as_the_one_beside_it(ruled: tuple[bool, bool]) -> None:
    """Its figure stands in the whole of a cell over several columns, not in the first of them."""
    rows = [(HEADS, True), (RULES, True), (NAME, False), (HEAD, ruled[0]), (LICENCES, ruled[1])]
    assert said(page(*rows)) == [[[string for string, _ in row] for row, _ in rows]]


def test_a_row_with_several_texts_in_a_column_is_not_divided_by_it() -> None:
    """Heads of other columns below two that stand over them."""
    below: Row = (("维持", 60), ("纠正", 100), ("其他", 160), ("总计", 240))
    assert said(page((HEAD, True), (below, False))) == [[[string for string, _ in HEAD], ["维持 纠正 其他 总计"]]]


def test_heads_without_lines_between_them_one_in_each_column() -> None:
    rows = [(RULES, True), (NAME, False), (HEADS, False), (NAME, False)]
    assert said(page(*rows)) == [[[string for string, _ in row] for row, _ in rows]]


def test_a_first_row_of_heads_set_alike_over_several_columns_each() -> None:
    over: Row = (("行政复议", 60), ("行政诉讼", 220))
    rows = [(over, False), (HEADS, True), (RULES, True)]
    assert said(page(*rows)) == [[[string for string, _ in row] for row, _ in rows]]
    aside: Row = (("行政复议", 60), ("行政诉讼", 232))
    assert said(page((aside, False), *rows[1:]))[0][0] == ["行政复议 行政诉讼"]


def loose(*heads: tuple[str, float, float]) -> bytes:
    """A table of four columns: of its heads only those of the first and of the last two have lines around them."""
    drawn = "".join(line(60, y, 300, y) for y in (700, 660, 640)) + line(180, 680, 300, 680)
    drawn += "".join(line(x, 700, x, 640) for x in (60, 120, 300)) + line(180, 700, 180, 680)
    drawn += line(180, 660, 180, 640) + line(240, 660, 240, 640)
    drawn += text("项目", 64, 676) + text("组织", 220, 686) + "".join(text(*head) for head in heads)
    return pdf(drawn + "".join(text(string, 64 + 60 * n, 646) for n, string in enumerate(["收到", "1", "2", "3"])))


def test_heads_in_an_area_that_is_no_rectangle() -> None:
    heads = [("自然人", 124, 676), ("企业", 184, 666), ("其他", 244, 666)]
    rows = [["项目", "自然人", "组织"], ["企业", "其他"], ["收到", "1", "2", "3"]]
    assert said(loose(*heads)) == [rows]


def test_a_head_over_several_columns_of_such_an_area_is_not_parted() -> None:
    assert "企业和其他" in str(said(loose(("自然人", 124, 676), ("企业和其他", 224, 666))))


def test_lines_that_stand_in_columns_in_a_low_frame_below_a_band() -> None:
    """No lines part the columns of the heads and the figures below the band: they are no text of one cell."""
    drawn = "".join(line(60, y, 300, y) for y in (700, 684, 654)) + line(180, 700, 180, 684)
    drawn += "".join(line(x, 700, x, 654) for x in (60, 300))
    heads = ["维持", "总计", "纠正", "合计"]
    drawn += text("行政复议", 64, 688) + text("行政诉讼", 184, 688)
    drawn += "".join(text(head, 64 + 60 * n, 672) + text(f"{n + 1}", 64 + 60 * n, 658) for n, head in enumerate(heads))
    assert said(pdf(drawn)) == ["行政复议", "行政诉讼", *heads, "1", "2", "3", "4"]


@pytest.mark.parametrize("figures", [(), ("12", "345")], ids=["heads", "figures below"])
def test_heads_in_columns_within_one_cell_beside_another(figures: tuple[str, ...]) -> None:
    """As in a table of light rules whose header a page cut: they are read from where they stand, not as one text."""
    drawn = "".join(text(figure, 124 + 60 * n, 648) for n, figure in enumerate(figures))
    drawn += line(60, 700, 300, 700) + line(120, 684, 300, 684) + line(60, 644, 300, 644)
    drawn += line(60, 700, 60, 644) + line(300, 700, 300, 644) + line(120, 700, 120, 644)
    drawn += text("项目", 64, 676) + text("申请人", 124, 688)
    drawn += text("自然人", 124, 674) + text("总计", 250, 674) + text("企业", 164, 660) + text("其他", 204, 660)
    found = said(pdf(drawn))
    assert all(head in str(found) for head in ("自然人", "企业", "其他", "总计"))
    cells = [cell for block in found if isinstance(block, list) for row in block for cell in row]
    assert not any("自然人" in cell and "其他" in cell for cell in cells)
