"""Estimates down the page: a point with its interval in every row, a line to hold it against, figures at its end."""

from __future__ import annotations

from typing import Any

import altair as alt

from gxtools.charts.finishing import Drawn
from gxtools.charts.fixed import x_at
from gxtools.charts.inline import inline
from gxtools.charts.theme import BLUE, FAINT, INK

ROW = 330
STEP = 28

Rows = list[dict[str, Any]]


def estimates(
    rows: Rows,
    name: str,
    *,
    at: float,
    scale: alt.Scale,
    axis: alt.Axis,
    axis_title: str,
    tooltip: list[alt.Tooltip],
) -> Drawn:
    """Rows with ``label``, ``value``, ``low``, ``high``, ``text`` and ``beside``; the line of reference stands ``at``.

    A row without a value shows its texts alone; ``hollow`` marks are those of which little is known.
    """
    # Said in full: a row without limits would else come last, as no line is drawn for it.
    order = [row["label"] for row in rows]
    y = alt.Y("label:N", title=None, sort=order, axis=alt.Axis(labelLimit=0, ticks=False, domain=False, grid=True))
    x = alt.X("value:Q", title=axis_title, scale=scale, axis=axis)
    data = inline(rows, name)
    base = alt.Chart(data)
    reference = alt.Chart(inline([{"at": at}], "reference"))
    drawn: Drawn = alt.layer(
        reference.mark_rule(color=FAINT, strokeDash=[4, 3]).encode(x=alt.X("at:Q", scale=scale, axis=axis)),
        base.mark_rule(color=INK, strokeWidth=1.5).encode(
            y=y, x=alt.X("low:Q", title=axis_title, scale=scale, axis=axis), x2=alt.X2("high:Q")
        ),
        base.mark_point(size=50, stroke=BLUE, strokeWidth=2, opacity=1).encode(
            x=x, y=y, fill=alt.FillValue(BLUE, condition={"test": "datum.hollow", "value": "white"}), tooltip=tooltip
        ),
        base.mark_text(align="left", color=INK).encode(y=y, x=x_at(ROW + 14), text=alt.Text("text:N")),
        base.mark_text(align="left", color=FAINT).encode(y=y, x=x_at(ROW + 120), text=alt.Text("beside:N")),
        width=ROW,
        height=alt.Step(STEP),
    )
    return drawn
