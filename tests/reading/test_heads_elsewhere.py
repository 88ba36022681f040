"""Figures placed by their count, and heads that stand elsewhere on the page, run together in one cell."""

from __future__ import annotations

import polars as pl
import pytest

import gxtools as gx

ROWS = {
    "一、本年新收政府信息公开申请数量": (1, 2, 3, 4, 5, 6, 21),
    "二、上年结转政府信息公开申请数量": (7, 1, 1, 2, 1, 1, 13),
    "（七）总计": (6, 2, 3, 5, 5, 6, 27),
    "四、结转下年度继续办理": (2, 1, 1, 1, 1, 1, 7),
}
IN_ORDER = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
EXCHANGED = "自然人 商业企业 科研机构 其他 法律服务机构 社会公益组织 总计"


def received(cell: str) -> list[tuple[float | None, str]]:
    """What is read of the first line, with the evidence, on a page whose one table has a cell and no more."""
    lines = "".join(f"<p>{text}</p>" for label, figures in ROWS.items() for text in (label, *figures))
    table = f"<table><tr><td>项目</td><td>{cell}</td></tr></table>"
    page = f"<h1>重庆市九龙坡区人民政府2021年政府信息公开工作年度报告</h1>{table}{lines}"
    cells = gx.read(page.encode(), name="x.html").cells
    return cells.filter(pl.col("table") == "requests", pl.col("line") == "received").select("value", "state").rows()


def test_the_count_places_figures_without_heads() -> None:
    assert received("说明") == [(float(figure), "printed") for figure in next(iter(ROWS.values()))]


@pytest.mark.parametrize("heads", [IN_ORDER, EXCHANGED], ids=["in order", "exchanged"])
def test_heads_run_together_in_a_cell_leave_the_count_in_doubt(heads: str) -> None:
    assert received(heads) == [(None, "unreadable")] * 7
