"""One table of two reports, line by line: both figures, and in words what either lacks or its form does not have."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import title, wrapped
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import x_at
from gxtools.charts.groups import whole
from gxtools.charts.inline import inline
from gxtools.charts.nothing import nothing
from gxtools.charts.pairs import Pair, pair
from gxtools.charts.theme import BLUE, FAINT, INK, ORANGE, RULE
from gxtools.forms import Line, Table
from gxtools.measures import HasFrames

WIDTH = 220
# Columns of a line's name before it goes on below, a Chinese character counting two.
LABEL = 66
_STATES = {"blank": "空白 blank", "dash": "符号 dash", "unreadable": "读不准 unclear", "absent": "缺 absent"}
_NOT_IN_FORM = "无此行 n/a"

Rows = list[dict[str, Any]]


def compared_lines(corpus: HasFrames, one: str, other: str, table: str = "requests", column: str = "total") -> Drawn:
    """The figures of a table's ``column`` in two reports (by their ids), a line each.

    Lines of both forms are shown: what only one form has cannot be compared, and says so. A figure that is blank or
    cannot be read has no mark. The axis is linear up to 1 and logarithmic beyond, so that small counts stay apart.
    Raises ``ValueError`` for an id that is not among the reports that were read, for the same id twice, and for a table
    or column that neither form has.
    """
    two = pair(corpus, one, other)
    lines = _lines(two, table, column)
    rows = _rows(two, table, column, lines)
    named = next(iter(lines.values()))[0]
    head = named.column(column)
    zh, en = f"{named.zh}：{head.zh}", f"{named.en}, {head.en}"
    if all(row["value"] is None and row["value_other"] is None for row in rows):
        why = ("两份报告的这张表都没有数字。", "Neither report has a figure in this table.")
        return nothing(two, zh, en, "compared_lines", 0, why)
    caption = [*two.marked, *two.strangers]
    if two.forms_differ:
        caption.append("两份报告格式不同，“无此行”的不可比 Forms differ: what is n/a in one does not compare")
    heading = title(zh, en, caption, WIDTH + 420)
    return finished(_dumbbells(rows, list(two.names.values())), heading, _in_words(zh, en, rows, two))


def _lines(two: Pair, table: str, column: str) -> dict[str, tuple[Table, Line]]:
    """The lines with that column in either form, in the order of the newer; each as the newest form prints it."""
    forms = [form for form in reversed(two.forms.all) if form.id in two.reports["form"].to_list()]
    tables = [held for form in forms for held in form.tables if held.id == table]
    if not tables:
        allowed = ", ".join(dict.fromkeys(held.id for form in forms for held in form.tables)) or "none"
        raise ValueError(f"table: {table!r} is in neither form; allowed are {allowed}")
    lines: list[tuple[Table, Line]] = []
    for held in tables:
        place = 0
        for line in (line for line in held.lines if column in line.columns):
            known = next((number for number, (_, other) in enumerate(lines) if other.id == line.id), None)
            if known is None:
                # A line of the older form alone stands behind the one that it follows there.
                lines.insert(place, (held, line))
            place = (place if known is None else known) + 1
    if not lines:
        allowed = ", ".join(dict.fromkeys(column.id for held in tables for column in held.columns))
        raise ValueError(f"column: {column!r} is not in table {table}; allowed are {allowed}")
    return {line.id: (held, line) for held, line in lines}


def _rows(two: Pair, table: str, column: str, lines: dict[str, tuple[Table, Line]]) -> Rows:
    there = two.cells.filter((pl.col("table") == table) & (pl.col("column") == column))
    cells = {(row["report"], row["line"]): row for row in there.iter_rows(named=True)}
    one, other = two.names
    rows = []
    for id, (_, line) in lines.items():
        held = [cells.get((report, id)) for report in (one, other)]
        figures = [whole(cell["value"]) if cell else None for cell in held]
        rows.append(
            {
                "id": id,
                "line": "\n".join(wrapped(f"{line.label} {line.en}", LABEL)),
                "value": figures[0],
                "value_other": figures[1],
                "said": f"● {_said(held[0])}",
                "said_other": f"◆ {_said(held[1])}",
                "difference": figures[1] - figures[0] if figures[0] is not None and figures[1] is not None else None,
            }
        )
    return rows


def _said(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return _NOT_IN_FORM
    return f"{whole(cell['value']):,}" if cell["state"] == "printed" else _STATES[cell["state"]]


def _dumbbells(rows: Rows, names: list[str]) -> Drawn:
    lines = [row["line"] for row in rows]
    scale = alt.Scale(type="symlog", nice=False)
    axis = alt.Axis(
        values=[0, 1, 10, 100, 1000, 10_000, 100_000], labelExpr="format(datum.value, ',')", title="数字 figure"
    )
    y = alt.Y(
        "line:N",
        title=None,
        sort=lines,
        axis=alt.Axis(
            labelExpr="split(datum.label, '\\n')",
            labelLimit=0,
            labelLineHeight=13,
            labelPadding=10,
            ticks=False,
            domain=False,
        ),
    )
    base = alt.Chart(inline(rows, "compared_lines")).encode(y=y)
    tooltip = [
        alt.Tooltip("line:N", title="行 line"),
        alt.Tooltip("said:N", title=names[0]),
        alt.Tooltip("said_other:N", title=names[1]),
        alt.Tooltip("difference:Q", title="差 difference", format="+,"),
    ]
    key = alt.Scale(domain=names, range=[BLUE, ORANGE])
    legend = alt.Legend(orient="top", title=None, columns=1)
    ends = [
        base.transform_calculate(report=f"'{_quoted(name)}'")
        .mark_point(size=60, filled=True, opacity=1)
        .encode(
            shape=alt.Shape("report:N", scale=alt.Scale(domain=names, range=["circle", "diamond"]), legend=legend),
            x=alt.X(f"{field}:Q", scale=scale, axis=axis),
            color=alt.Color("report:N", scale=key, legend=legend),
            tooltip=tooltip,
        )
        for name, field in zip(names, ("value", "value_other"), strict=True)
    ]
    joined = (
        base.transform_filter("isValid(datum.value) && isValid(datum.value_other)")
        .mark_rule(color=RULE, strokeWidth=2)
        .encode(x=alt.X("value:Q", scale=scale, axis=axis), x2=alt.X2("value_other:Q"))
    )
    texts = [
        base.mark_text(align="left", fontSize=11).encode(
            x=x_at(WIDTH + place),
            text=alt.Text(f"{field}:N"),
            color=alt.ColorValue(FAINT, condition={"test": f"isValid(datum.{value})", "value": INK}),
        )
        for place, field, value in ((14, "said", "value"), (104, "said_other", "value_other"))
    ]
    return alt.layer(joined, *ends, *texts).properties(width=WIDTH, height=alt.Step(27))


def _quoted(text: str) -> str:
    """Text inside the quotes of a Vega expression."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _in_words(zh: str, en: str, rows: Rows, two: Pair) -> str:
    """For those who do not see it: every line with both figures."""
    one, other = two.names.values()
    told = "; ".join(f"{row['line'].replace(chr(10), '')}: {row['said']} / {row['said_other']}" for row in rows)
    return f"{zh} {en}. {one} / {other}. {told}."
