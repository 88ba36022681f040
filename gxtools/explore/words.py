"""The words of the explorer in Chinese and English, and the names that it calls reports by."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import Any

import polars as pl

STATES = {
    "printed": "印有数字 printed",
    "blank": "空白 blank",
    "dash": "以符号代替 dash",
    "unreadable": "读不准 unreadable",
    "absent": "文件中没有 absent",
}
SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "notice": "提示 notice"}
UNITS = {"count": "", "10k_cny": "万元 10k CNY"}
NONE = "（无）none"


def report_name(row: dict[str, Any]) -> str:
    """A report as a person calls it, 宿迁市人民政府 2024; by its file's name where agency or year is not known."""
    if row["agency"] is not None and row["year"] is not None:
        return f"{row['agency']} {row['year']}"
    file = PurePath(row["source"]).name if row["source"] else row["report"]
    return " ".join(str(part) for part in (row["agency"], row["year"], f"({file})") if part is not None)


def named_reports(reports: pl.DataFrame) -> list[tuple[str, str]]:
    """Name and id of every report that could be read, in the order of ``reports``; a name met twice has its id."""
    rows = list(reports.filter(pl.col("error").is_null()).iter_rows(named=True))
    names = [report_name(row) for row in rows]
    seen = Counter(names)
    return [
        (name if seen[name] == 1 else f"{name} ({row['report']})", row["report"])
        for name, row in zip(names, rows, strict=True)
    ]


def number(value: float) -> str:
    """A figure as people write it: 3,525 or 76,320.9."""
    return f"{value:,.10g}" if value != int(value) else f"{int(value):,}"
