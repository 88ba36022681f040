"""The unit of an amount of money: wherever it is printed it counts, and where two places differ no figure is read."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import gxtools as gx

DOCUMENTS = Path(__file__).parent / "documents"
PAGE = (DOCUMENTS / "fee_head_yuan.html").read_text(encoding="utf-8")
PAGE_2014 = (DOCUMENTS / "form_2014_unit_column.html").read_text(encoding="utf-8")
TEXT = (DOCUMENTS / "a_cell_a_line.txt").read_text(encoding="utf-8")
HEAD = "本年收费金额（单位：元）"
LABEL = "<td>行政事业性收费</td>"
HEADING = "<h3>二、主动公开政府信息情况</h3>"
NEXT = "<h3>三、收到和处理政府信息公开申请情况</h3>"
LAST = '<tr><td>行政事业性收费</td><td colspan="3">251000</td></tr>'
GROUP = "第二十条第（八）项"


def _swap(page: str, *swaps: tuple[str, str]) -> str:
    for old, new in swaps:
        assert old in page
        page = page.replace(old, new)
    return page


def _amount(data: str, name: str, line: str) -> tuple[float | None, bool]:
    """The value of a cell, and whether a problem names it."""
    report = gx.read(data.encode(), name=name)
    value = report.cells.row(by_predicate=_is(line), named=True)["value"]
    return value, not report.problems.filter(_is(line)).is_empty()


def _is(line: str) -> pl.Expr:
    return pl.col("line") == line


@pytest.mark.parametrize(
    ("swaps", "value"),
    [
        ([], 25.1),
        ([(HEAD, "本年收费金额（单位：万元）")], 251000.0),
        ([(HEAD, "本年收费金额")], 251000.0),
        ([(HEAD, "本年收费金额"), (LABEL, "<td>行政事业性收费（单位：元）</td>")], 25.1),
        ([(HEAD, "本年收费金额"), (LABEL, "<td>行政事业性收费（元）</td>")], 25.1),
        ([(HEAD, "本年收费金额"), (GROUP, f"{GROUP}（单位：元）")], 25.1),
        ([(HEAD, "本年收费金额"), (HEADING, f"{HEADING}<p>单位：件、元</p>")], 25.1),
        ([(HEAD, "本年收费金额"), (HEADING, f"{HEADING}<p>单位：件</p>")], 251000.0),
        ([(HEAD, "本年收费金额"), (HEADING, f"{HEADING}<p>单位：元</p><p>（表一）</p>")], 25.1),
        ([(HEAD, "本年收费金额"), (NEXT, f"<p>注：收费金额单位：元</p>{NEXT}")], 25.1),
        ([(HEAD, "本年收费金额"), (LAST, f'{LAST}<tr><td colspan="4">注：金额单位：元</td></tr>')], 25.1),
        ([(HEAD, "本年收费金额"), (NEXT, f"<p>说明：以上金额以元为单位。</p>{NEXT}")], 25.1),
        ([(HEAD, "本年收费金额"), (HEADING, f"{HEADING}<p>（收费金额单位为元）</p>")], 25.1),
        ([(HEAD, "本年收费金额"), (HEADING, f"{HEADING}<p>填报单位：公元村村民委员会</p>")], 251000.0),
        ([(HEAD, "本年收费金额"), (LABEL, "<td>行政事业性收费（千元）</td>")], None),
        ([(LABEL, "<td>行政事业性收费（单位：万元）</td>")], None),
        ([(HEAD, "本年收费金额（万元）"), (HEADING, f"{HEADING}<p>（单位：元）</p>")], None),
        # The header is a cell short, so that a count of figures places the row.
        ([(f'<td colspan="3">{HEAD}</td>', f'<td colspan="2">{HEAD}</td>')], 25.1),
    ],
)
def test_the_unit_of_fees_is_taken_from_wherever_it_stands(swaps: list[tuple[str, str]], value: float | None) -> None:
    assert _amount(_swap(PAGE, *swaps), "page.html", "fees") == (value, value is None)


def test_a_caption_within_the_table_counts() -> None:
    page = _swap(
        PAGE,
        (HEAD, "本年收费金额"),
        ('<tr><td colspan="4">第二十条第（一）项', '<tr><td colspan="4">单位：件、元</td></tr>\0'),
    ).replace("\0", '<tr><td colspan="4">第二十条第（一）项')
    assert _amount(page, "page.html", "fees") == (25.1, False)


@pytest.mark.parametrize(
    ("unit", "value"), [("万元", 12.6), ("元", 0.00126), ("亿元", 126000.0), ("千元", None), ("件", None)]
)
def test_the_column_of_units_counts(unit: str, value: float | None) -> None:
    page = _swap(PAGE_2014, ("<td>万元</td><td>12.6</td>", f"<td>{unit}</td><td>12.6</td>"))
    assert _amount(page, "page.html", "budget") == (value, value is None)


@pytest.mark.parametrize("unit", ["万条", "元"])
def test_a_count_in_another_unit_is_not_read(unit: str) -> None:
    page = _swap(PAGE_2014, ("<td>条</td><td>9766</td>", f"<td>{unit}</td><td>9766</td>"))
    assert _amount(page, "page.html", "published") == (None, True)


@pytest.mark.parametrize(
    ("swaps", "value"),
    [
        ([("\n行政事业性收费\n", "\n行政事业性收费（元）\n")], None),
        ([("（单位：万元）", ""), ("\n行政事业性收费\n", "\n行政事业性收费（元）\n")], True),
        ([("（单位：万元）", ""), ("\n信息内容\n本年收费金额", "\n单位：元\n信息内容\n本年收费金额")], True),
        ([("（单位：万元）", ""), ("\n三、收到和处理", "\n注：收费金额单位：元\n三、收到和处理")], True),
    ],
)
def test_text_minds_the_unit_in_a_label(swaps: list[tuple[str, str]], value: bool | None) -> None:
    whole, _ = _amount(TEXT, "text.txt", "fees")
    assert whole
    read, told = _amount(_swap(TEXT, *swaps), "text.txt", "fees")
    assert (read, told) == ((pytest.approx(whole / 10_000), False) if value else (None, True))
