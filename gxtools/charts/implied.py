"""What last year's report implies against what this year's prints: pairs down the page, breaks marked."""

from __future__ import annotations

from typing import Any

import altair as alt

from gxtools.charts.finishing import Drawn
from gxtools.charts.theme import BLUE, FAINT, INK, ORANGE, RULE

WIDTH = 330
STEP = 25
HOLDS, BREAKS = "吻合 holds", "不符 breaks"

Rows = list[dict[str, Any]]


def implied(rows: Rows, name: str, axis_title: str, expected: str, found: str) -> Drawn:
    """Rows with ``label``, ``expected``, ``found``, ``text`` and ``state``; a line joins the two that differ."""
    order = list(dict.fromkeys(row["label"] for row in rows))
    # Bodies differ by orders of magnitude, and 0 is one of the figures.
    scale = alt.Scale(type="symlog", constant=5, domainMin=0, nice=False)
    most = max(max(row["expected"], row["found"]) for row in rows)
    ticks = [tick for tick in (0, 10, 100, 1_000, 10_000, 100_000) if tick <= most]
    axis = alt.Axis(values=ticks, format="~s", grid=True)
    y = alt.Y(
        "label:N", title=None, sort=order, axis=alt.Axis(labelLimit=0, ticks=False, domain=False, labelPadding=12)
    )
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
    base = alt.Chart(alt.InlineData(values=rows, name=name))
    drawn: Drawn = alt.layer(
        base.mark_rule(color=RULE, strokeWidth=3).encode(y=y, x=x, x2="found:Q"),
        base.mark_point(size=80, strokeWidth=2, opacity=1, fillOpacity=0).encode(
            y=y, x=x, color=colour, tooltip=tooltip
        ),
        base.mark_point(size=26, opacity=1, filled=True).encode(
            y=y, x=alt.X("found:Q", title=axis_title, scale=scale, axis=axis), color=colour, tooltip=tooltip
        ),
        base.mark_text(align="left", color=INK).encode(y=y, x=alt.value(WIDTH + 14), text="text:N"),
        base.mark_text(align="left", color=FAINT).encode(y=y, x=alt.value(WIDTH + 150), text="off:N"),
    ).properties(width=WIDTH, height=alt.Step(STEP))
    return drawn


def pair(label: str, row: dict[str, Any], text: str) -> dict[str, Any]:
    """The row of a chart for one of ``carry_over`` or ``stock_flow``."""
    difference = int(row["difference"])
    return {
        "label": label,
        "expected": int(row["expected"]),
        "found": int(row["found"]),
        "difference": difference,
        "state": BREAKS if difference else HOLDS,
        "text": text,
        "off": f"{difference:+d}" if difference else "",
        "source": row["source"],
    }
