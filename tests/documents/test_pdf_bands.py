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
