"""One column of a report's table as bars down its lines; a cell without a figure says so in words and has no bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import altair as alt

from gxtools.charts.inline import inline
from gxtools.charts.theme import BLUE, INK, ORANGE, config
from gxtools.explore.form_table import Cell
from gxtools.explore.words import NONE, STATES, UNITS
from gxtools.forms import Form, Table

_STEP = 19
_WIDTH = 380
_LABEL = 26


def column_chart(
    name: str,
    form: Form,
    table: Table,
    column: str,
    cells: Mapping[tuple[str, str], dict[str, Any]],
    chosen: str | None,
) -> alt.LayerChart:
    """Bars of the figures of ``column``, ``cells`` by line and column; that of the line ``chosen`` is set off."""
    rows = _rows(form, table, column, cells, chosen)
    head = table.column(column)
    caption = ["橙色粗框：所选单元格 Orange, thick frame: the chosen cell"]
    if any(row.get("look") == "total" for row in rows):
        caption.append("空心：合计 Hollow: a total")
    title = alt.TitleParams(text=f"{name} · {table.zh}", subtitle=[f"{table.en}: {head.zh} {head.en}", *caption])
    y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=460))
    data = inline(rows, f"{table.id}_{column}")
    base = (
        alt.Chart(data)
        .transform_calculate(
            look="datum.look || 'item'",
            words="datum.words || format(datum.value, ',~r')",
            end="max(datum.value, 0)",
        )
        .encode(y=y)
    )
    looks = alt.Scale(domain=["item", "total", "chosen"], range=[BLUE, "white", ORANGE])
    axis = alt.Axis(title=UNITS[head.unit] or "数量 count", tickMinStep=1)
    is_chosen = "datum.look == 'chosen'"
    bars = base.mark_bar(height=13).encode(
        x=alt.X("value:Q", axis=axis),
        fill=alt.Fill("look:N", scale=looks, legend=None),
        stroke=alt.StrokeValue(BLUE, condition={"test": is_chosen, "value": INK}),
        strokeWidth=alt.StrokeWidthValue(1, condition={"test": is_chosen, "value": 2.5}),
        tooltip=[
            alt.Tooltip("label:N", title="行 line"),
            alt.Tooltip("words:N", title="数字 figure"),
            alt.Tooltip("where:N", title="单元格 cell"),
        ],
    )
    words = base.mark_text(align="left", dx=5, color=INK).encode(x=alt.X("end:Q", axis=axis), text=alt.Text("words:N"))
    described = f"{name}, {table.zh} {table.en}, {head.zh} {head.en}: {len(rows)} 行 lines"
    drawn = alt.layer(bars, words).properties(width=_WIDTH, height={"step": _STEP}, title=title, description=described)
    whole: alt.LayerChart = drawn.configure(**config())
    return whole


def no_chart(name: str) -> alt.Chart:
    """In place of a chart where a report has no table of the form."""
    words = f"{name}：没有可显示的表格 no table to show"
    data = inline([{"text": NONE}], "nothing")
    drawn = alt.Chart(data).mark_text(align="left").encode(text=alt.Text("text:N")).properties(height=40, title=words)
    whole: alt.Chart = drawn.properties(description=words).configure(**config())
    return whole


def _rows(
    form: Form, table: Table, column: str, cells: Mapping[tuple[str, str], Cell], chosen: str | None
) -> list[dict[str, Any]]:
    lines = [line for line in table.lines if column in line.columns]
    labels = [f"{_short(line.label)} {line.en}" for line in lines]
    seen = Counter(labels)
    totals = _totals(form, table)
    rows = []
    for line, label in zip(lines, labels, strict=True):
        cell = cells[line.id, column]
        row = {"label": label if seen[label] == 1 else f"{label} ({line.id})", "value": cell["value"]}
        if cell["value"] is None:
            row["words"] = STATES[cell["state"]]
        if line.id == chosen or line.id in totals:
            row["look"] = "chosen" if line.id == chosen else "total"
        rows.append({**row, "where": cell["where"] or ""})
    return rows


def _totals(form: Form, table: Table) -> set[str]:
    """Lines that a rule of the form makes the sum of others."""
    sums = [rule for rule in form.rules if rule.table == table.id and rule.axis == "columns" and rule.relation == "="]
    sides = [(side, other) for rule in sums for side, other in ((rule.left, rule.right), (rule.right, rule.left))]
    return {side[0].id for side, other in sides if len(side) == 1 and len(other) > 1}


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
