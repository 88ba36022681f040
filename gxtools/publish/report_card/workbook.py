"""The card for programs: an Excel workbook with a sheet a frame, and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

_SHEETS = ("findings 发现", "repairs 可能的更正", "bounds 可能的区间", "chains 年度衔接", "columns 说明")
_MEANINGS = [
    ("finding", "fingerprint: the same whenever the check is run again", "编号：重新检查时不变"),
    ("expected, found", "the two figures that should be equal, or in order", "应相等（或有大小关系）的两个数字"),
    ("difference", "found less expected", "实际数减应有数"),
    ("article", "what the rule rests on", "规则依据"),
    ("may_be_reading", "a fault of reading could explain it: look at the source first", "可能是读取所致：请先核对原文"),
    ("verdict, note", "what a person said of it", "人工判断及说明"),
    ("would_be", "the figure that would mend the sums; nobody reported it", "使合计成立的数字；并非报告所载"),
    ("low, high", "what the sums leave possible for a cell without a figure", "未填单元格按合计推得的可能区间"),
]


def _frames(*frames: pl.DataFrame) -> dict[str, pl.DataFrame]:
    meanings = pl.DataFrame(_MEANINGS, schema=["column", "meaning", "含义"], orient="row")
    flat = [
        frame.with_columns(pl.col(pl.List(pl.Int32)).list.eval(pl.element().cast(pl.String)).list.join(", "))
        for frame in frames
    ]
    return dict(zip(_SHEETS, [*flat, meanings], strict=True))


def write_workbook(path: Path, *frames: pl.DataFrame) -> None:
    """Findings, repairs, bounds and chains, a sheet each, and one that says what the columns mean."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, frame in _frames(*frames).items():
            frame.write_excel(book, name, autofit=True, freeze_panes=(1, 0), table_style="Table Style Light 1")


def card_json(*frames: pl.DataFrame) -> str:
    """An object with the rows of each frame; figures as numbers, what is not known as null."""
    names = ("findings", "repairs", "bounds", "chains")
    rows = {name: frame.to_dicts() for name, frame in zip(names, frames, strict=True)}
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
