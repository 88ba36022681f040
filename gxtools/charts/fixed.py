"""Marks at a fixed place or with a fixed colour, built as Altair's own classes.

``alt.value`` and ``alt.condition`` give plain dictionaries, and to find the class of each takes Altair longer than all
the rest of a chart; so does a field without its channel (``text="n:N"`` for ``text=alt.Text("n:N")``).
"""

from __future__ import annotations

import altair as alt

from gxtools.charts.theme import BLUE


def x_at(points: float) -> alt.XValue:
    """So many points from the left."""
    return alt.XValue(points)  # type: ignore[no-untyped-call]  # Altair gives it no types


def y_at(points: float) -> alt.YValue:
    """So many points from the top."""
    return alt.YValue(points)  # type: ignore[no-untyped-call]  # Altair gives it no types


def x2_at(points: float) -> alt.X2Value:
    """So many points from the left, as the other end of a mark."""
    return alt.X2Value(points)  # type: ignore[no-untyped-call]  # Altair gives it no types


def y2_at(points: float) -> alt.Y2Value:
    """So many points from the top, as the other end of a mark."""
    return alt.Y2Value(points)  # type: ignore[no-untyped-call]  # Altair gives it no types


def hollow_where_small(colour: str = BLUE) -> alt.FillValue:
    """White where ``small`` of a row is true."""
    condition = alt.ConditionalValueDefstringnullExprRef(  # type: ignore[no-untyped-call]  # Altair gives it no types
        test="datum.small", value="white"
    )
    return alt.FillValue(colour, condition=condition)
