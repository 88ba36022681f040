"""The controls of an explorer as data: each a native input with a description in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets
import polars as pl

from gxtools.charts.groups import KINDS, LEVELS
from gxtools.measures import Selection

ALL = "（全部）all"
ANY = ""
"""The value of a control that lets everything through: of null a list would show nothing."""
WORDS = {
    "search": "机构 Body",
    "level": "层级 Level",
    "kind": "类型 Kind",
    "province": "省份 Province",
    "first": "起始年度 From",
    "last": "截止年度 To",
    "year": "年度 Year",
    "one": "报告一 Report 1",
    "other": "报告二 Report 2",
    "table": "表 Table",
    "column": "列 Column",
    "flagged": "含有错误或警告的报告 with reports that have errors or warnings",
    "measure": "指标 Measure",
    "definition": "算法 Definition",
    "by": "分组 Grouped by",
}
BY = {
    "level": "层级 level",
    "kind": "机构类型 kind of body",
    "province": "省份 province",
    "agency": "机构 body",
    "form": "报告格式 form",
    "year": "年度 year",
}
SUGGESTED = 200
"""Most names that the search offers at a time."""

Options = list[tuple[str, Any]]


def dropdown(name: str, options: Options, width: int = 400) -> ipywidgets.Dropdown:
    """A native list of choices, at first with the first of them."""
    return ipywidgets.Dropdown(
        description=name,
        options=options,
        value=options[0][1],
        style=_style(),
        layout=ipywidgets.Layout(width=f"{width}px"),
    )


def control(id: str, reports: pl.DataFrame) -> ipywidgets.ValueWidget:
    """The control ``id`` over these reports, letting everything through at first."""
    name = WORDS[id]
    if id == "search":
        return ipywidgets.Combobox(
            description=name,
            options=bodies(reports)[:SUGGESTED],
            placeholder="名称、拼音或简称 name, pinyin or abbreviation",
            continuous_update=False,
            style=_style(),
            layout=ipywidgets.Layout(width="400px"),
        )
    if id == "flagged":
        return ipywidgets.Checkbox(
            description=name, value=True, indent=False, layout=ipywidgets.Layout(width="460px", margin="2px 4px")
        )
    if id in ("first", "last"):
        years = _there(reports, "year")
        offered = dropdown(name, [(str(year), year) for year in years] or [(ALL, ANY)])
        if id == "last":
            offered.index = len(offered.options) - 1
        return offered
    words = {"level": LEVELS, "kind": KINDS}.get(id, {})
    there = _there(reports, id)
    # The tiers from the top down, not in the order of their ids.
    ordered = sorted(there, key=list(words).index) if words else there
    return dropdown(name, [(ALL, ANY), *((words.get(value, value), value) for value in ordered)])


def bodies(reports: pl.DataFrame) -> list[str]:
    """The names of all bodies, sorted."""
    return _there(reports, "agency")


def narrowed(selection: Selection, values: dict[str, Any], found: Sequence[str] | None) -> tuple[Selection, list[str]]:
    """What the controls let through, and the conditions as code; ``found`` are the bodies that the search found."""
    conditions: list[pl.Expr] = []
    code: list[str] = []
    if found is not None:
        conditions.append(pl.col("agency").is_in(list(found)))
        code.append(f'pl.col("agency").is_in({list(found)!r})')
    for key in ("level", "kind", "province"):
        if value := values.get(key):
            conditions.append(pl.col(key) == value)
            code.append(f'pl.col("{key}") == {value!r}')
    if (years := sorted(values[end] for end in ("first", "last") if values.get(end))) and years != _ends(selection):
        conditions.append(pl.col("year").is_between(years[0], years[-1]))
        code.append(f'pl.col("year").is_between({years[0]}, {years[-1]})')
    if values.get("flagged") is False:
        conditions.append(~pl.col("flagged"))
        code.append('~pl.col("flagged")')
    return selection.filter(*conditions) if conditions else selection, code


def _ends(selection: Selection) -> list[int]:
    """The first and the last year: a range from one to the other leaves nobody out, not even those without a year."""
    years = _there(selection.reports, "year")
    return [years[0], years[-1]] if years else []


def _there(reports: pl.DataFrame, column: str) -> list[Any]:
    return reports[column].drop_nulls().unique().sort().to_list()


def _style() -> dict[str, str]:
    return {"description_width": "130px"}
