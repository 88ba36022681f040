"""The groups that a chart compares: their names in both languages, how many fit, and what stands in a tooltip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import altair as alt
import polars as pl

LEVELS = {
    "national": "国家级 national",
    "province": "省级 province",
    "prefecture": "市级 prefecture",
    "county": "县级 county",
    "township": "乡镇级 township",
}
KINDS = {
    "government": "人民政府 government",
    "office": "政府办公室 office",
    "department": "部门 department",
    "vertical": "垂直管理机构 vertical",
    "zone": "功能区 zone",
    "institution": "事业单位 institution",
    "enterprise": "企业 enterprise",
}
ALL = "全部报告 All reports"
UNKNOWN = "未知 unknown"

_WORDS = {"level": LEVELS, "kind": KINDS}


def fitting(
    by: Sequence[str] | None,
    candidates: Sequence[Sequence[str]],
    most: int,
    frame_of: Callable[[Sequence[str]], pl.DataFrame],
) -> tuple[list[str], pl.DataFrame]:
    """The grouping that was asked for with its frame, or else the first of ``candidates`` with at most ``most`` rows.

    ``candidates`` end with one that always fits. Raises ``ValueError`` where the one asked for has too many.
    """
    for keys in candidates if by is None else [by]:
        frame = frame_of(keys)
        if frame.height <= most:
            return list(keys), frame
    raise ValueError(f"by: {', '.join(keys)} makes {frame.height} rows, a chart takes {most}; choose a coarser key")


def label(row: dict[str, Any], keys: Sequence[str]) -> str:
    """The name of a group: the values of ``keys``, those of a closed set in both languages."""
    words = [_word(key, row[key]) for key in keys]
    return " ".join(words) if words else ALL


def _word(key: str, value: object) -> str:
    if value is None:
        return UNKNOWN
    if key == "form":
        return f"{value}年格式 form {value}"
    return _WORDS.get(key, {}).get(str(value), str(value))


def behind(row: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """What a tooltip says of the report behind a row; of several, how many bodies they are of."""
    trace = row["trace"] or {}
    return {
        "agency": trace.get("agency") or row.get("agency") or f"{row['bodies']} 个机构 bodies",
        "report_year": str(trace.get("year") or row.get("year") or ""),
        "source": trace.get("source") or "",
        "where": trace.get("where") or "",
        "lacking": row["cells_lacking"],
    }


def behind_tooltip() -> list[alt.Tooltip]:
    """Tooltip lines for the fields of ``behind``."""
    return [
        alt.Tooltip("lacking:Q", title="未计入报告 left out"),
        alt.Tooltip("source:N", title="来源 source"),
        alt.Tooltip("where:N", title="单元格 cells"),
    ]


def whole(value: float | None) -> int | float | None:
    """A count without its decimal point."""
    return int(value) if value is not None and value == int(value) else value


def rounded(value: float | None) -> float | None:
    """A share as charts hold it: five digits behind the point draw the same, and stay the same on every machine."""
    return round(value, 5) if value is not None else None
