"""What each column of an exported file means, in English and Chinese, and the values that it may take."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from gxtools.forms import Forms
from gxtools.frames import KINDS, LEVELS, STATES, UNITS

_KNOWN = {
    "report": ("id of the report: 16 hex digits of the document's SHA-256", "报告编号"),
    "agency": ("body that reports", "机关"),
    "level": ("tier of government", "层级"),
    "kind": ("kind of body", "机关类型"),
    "province": ("province, full official name", "省级行政区"),
    "region_code": ("GB/T 2260 code", "行政区划代码"),
    "year": ("year reported on", "报告年度"),
    "form": ("form in which the report is printed", "格式年份"),
    "published": ("date of publication", "发布日期"),
    "source": ("file", "文件"),
    "address": ("address where it was published", "网址"),
    "simulated": ("true: simulated, no real figure", "模拟数据，并非真实数字"),
    "table": ("table of the form", "表"),
    "line": ("line of the form", "行"),
    "column": ("column of the form", "列"),
    "value": ("the number, in unit; empty unless printed", "数值"),
    "unit": ("count, or 10k_cny (10,000 yuan)", "单位"),
    "raw": ("characters as printed", "原文"),
    "state": ("what stands in the cell; only 'printed' has a value", "单元格状态"),
    "where": ("place in the document", "位置"),
    "cells_printed": ("cells of the form with a figure", "有数字的单元格数"),
    "cells_lacking": ("cells of the form without a figure: blank, dash, unreadable or absent", "无数字的单元格数"),
    "problems_error": ("rules of the form that are broken", "错误数"),
    "problems_warning": ("warnings", "警告数"),
}
# Values that files of Stata and SPSS hold as labelled numbers.
CATEGORIES: dict[str, dict[str, str]] = {
    "level": dict(zip(LEVELS, ("国家", "省级", "市级", "县级", "乡级"), strict=True)),
    "kind": dict(zip(KINDS, ("政府", "办公厅（室）", "部门", "垂直管理", "园区", "事业单位", "企业"), strict=True)),
    "state": dict(zip(STATES, ("有数字", "空白", "横线", "无法识别", "缺"), strict=True)),
    "unit": dict(zip(UNITS, ("计数", "万元"), strict=True)),
}


class Meaning(NamedTuple):
    """A column: its name, what it means, its unit where it holds figures, and its values where they are few."""

    name: str
    meaning: str
    meaning_zh: str
    unit: str
    values: str


def meanings(frame: pl.DataFrame, forms: Forms) -> list[Meaning]:
    """One entry a column of an exported frame, in its order."""
    cells = _cells(forms)
    return [cells.get(name) or _known(name) for name in frame.columns]


def codebook(frame: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """The same as a frame."""
    return pl.DataFrame(meanings(frame, forms), schema=list(Meaning._fields), orient="row")


def _known(name: str) -> Meaning:
    english, chinese = _KNOWN[name]
    values = "; ".join(f"{value} {zh}" for value, zh in CATEGORIES.get(name, {}).items())
    return Meaning(name, english, chinese, "", values)


def _cells(forms: Forms) -> dict[str, Meaning]:
    """The columns of a wide frame; a cell of several forms is named as in the newest."""
    found: dict[str, Meaning] = {}
    for form in forms.all:
        for cell in form.cells:
            table = form.table(cell.table)
            line, column = table.line(cell.line), table.column(cell.column)
            name = f"{cell.table}.{cell.line}.{cell.column}"
            english, chinese = f"{line.en}, {column.en} ({table.en})", f"{line.label}，{column.zh}（{table.zh}）"
            found[name] = Meaning(name, english, chinese, cell.unit, "")
    return found
