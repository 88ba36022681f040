"""What last year's report implies against what this year's prints: pairs down the page, breaks marked."""

from __future__ import annotations

from typing import Any

import altair as alt

from gxtools.charts.finishing import Drawn
from gxtools.charts.fixed import x_at
from gxtools.charts.groups import whole
from gxtools.charts.inline import inline
from gxtools.charts.theme import BLUE, FAINT, INK, ORANGE, RULE

WIDTH = 330
STEP = 25
HOLDS, BREAKS = "吻合 holds", "不符 breaks"

Rows = list[dict[str, Any]]


def implied(rows: Rows, name: str, axis_title: str, expected: str, found: str) -> Drawn:
    """Rows with ``label``, ``expected``, ``found``, ``text`` and ``state``; a line joins the two that differ."""
    # Bodies differ by orders of magnitude, and 0 is one of the figures.
    figures = [row[side] for row in rows for side in ("expected", "found")]
    least, most = min(0, *figures), max(figures)
    scale = alt.Scale(type="symlog", constant=5, domainMin=least, nice=False)
    ticks = [tick for tick in (0, 10, 100, 1_000, 10_000, 100_000) if tick <= most]
    axis = alt.Axis(values=ticks, format=",d", grid=True)
    # In the order of the rows.
    y = alt.Y("label:N", title=None, sort=None, axis=alt.Axis(labelLimit=0, ticks=False, domain=False, labelPadding=12))
    x = alt.X("expected:Q", title=axis_title, scale=scale, axis=axis)
    colour = alt.Color(
        "state:N",
        scale=alt.Scale(domain=[HOLDS, BREAKS], range=[BLUE, ORANGE]),
        legend=alt.Legend(orient="top", title=None),
    )
    tooltip = [
        alt.Tooltip("label:N", title="机关、年度 body, year"),
        alt.Tooltip("expected:Q", title=expected),
        alt.Tooltip("found:Q", title=found),
        alt.Tooltip("difference:Q", title="相差 difference"),
        alt.Tooltip("text:N", title="算式 sum"),
        alt.Tooltip("source:N", title="来源 source"),
    ]
    base = alt.Chart(inline(rows, name))
    drawn = alt.layer(
        base.mark_rule(color=RULE, strokeWidth=3).encode(x=x, x2=alt.X2("found:Q")),
        base.mark_point(size=80, strokeWidth=2, opacity=1, fillOpacity=0).encode(x=x, color=colour, tooltip=tooltip),
        base.mark_point(size=26, opacity=1, filled=True).encode(
            x=alt.X("found:Q", title=axis_title, scale=scale, axis=axis), color=colour, tooltip=tooltip
        ),
        base.mark_text(align="left", color=INK).encode(x=x_at(WIDTH + 14), text=alt.Text("text:N")),
        base.mark_text(align="left", color=FAINT).encode(x=x_at(WIDTH + 150), text=alt.Text("off:N")),
    ).encode(y=y)
    complete: Drawn = drawn.properties(width=WIDTH, height=alt.Step(STEP))
    return complete


def pair(label: str, row: dict[str, Any], text: str) -> dict[str, Any]:
    """The row of a chart for one of ``carry_over`` or ``stock_flow``."""
    difference = whole(row["difference"])
    return {
        "label": label,
        "expected": whole(row["expected"]),
        "found": whole(row["found"]),
        "difference": difference,
        "state": BREAKS if difference else HOLDS,
        "text": text,
        "off": f"{difference:+,}" if difference else "",
        "source": row["source"],
    }
