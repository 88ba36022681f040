"""The marks of a rate: a panel a series over the years, or a row a group down the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import altair as alt

from gxtools.charts.captions import spanned_breaks
from gxtools.charts.finishing import Drawn
from gxtools.charts.fixed import hollow_where_small, x_at, y_at
from gxtools.charts.groups import behind_tooltip
from gxtools.charts.inline import inline
from gxtools.charts.layers import layered
from gxtools.charts.scales import ROOM, Scale, tooltip
from gxtools.charts.theme import BLUE, FAINT, INK, RULE
from gxtools.forms.measure_definitions import Break, Definition, Measure

PANEL = 150
ROW = 400


def width_of(years: Sequence[int]) -> int:
    """The width of a panel of these years."""
    return max(480, min(760, 90 * (years[-1] - years[0] + 1)))


def over_years(
    data: alt.InlineData,
    measure: Measure,
    definition: Definition,
    scale: Scale,
    years: list[int],
    series: list[str],
    more: Sequence[alt.Chart] = (),
) -> alt.FacetChart:
    """A panel a series, one below the other, so that no two intervals lie on each other; ``more`` lies under them."""
    width = width_of(years)
    x = years_axis("year", years)
    base = alt.Chart()
    breaks = spanned_breaks(measure, years)
    marks = [
        base.mark_line(color=RULE, strokeWidth=1.5).encode(
            x=x, y=value_axis("value", scale), detail=alt.Detail("segment:N")
        ),
        base.mark_rule(color=INK, strokeWidth=1.5).encode(x=x, y=value_axis("low", scale), y2=alt.Y2("high:Q")),
        base.mark_point(size=50, stroke=BLUE, strokeWidth=2, opacity=1).encode(
            x=x, y=value_axis("value", scale), fill=hollow_where_small(), tooltip=_tooltip(measure, definition, scale)
        ),
        *(
            base.mark_text(dy=dy, fontSize=11, color=colour).encode(
                x=x, y=value_axis("top", scale), text=alt.Text(f"{field}:N")
            )
            for field, dy, colour in (("rate", -22, INK), ("counts", -9, FAINT))
        ),
    ]
    if breaks:
        marks = [*break_marks(breaks, years), *marks]
    panels = layered(*more, *marks, width=width, height=PANEL)
    drawn: alt.FacetChart = panels.facet(
        row=alt.Row(
            "series:N", title=None, sort=series, header=alt.Header(orient="top", labelAnchor="start", labelPadding=4)
        ),
        data=data,
        spacing=16,
    )
    return drawn


def down_the_page(
    data: alt.InlineData, measure: Measure, definition: Definition, scale: Scale, order: list[str]
) -> Drawn:
    """A row a group, its counts at the end of it."""
    y = alt.Y("label:N", title=None, sort=order, axis=alt.Axis(labelLimit=0, grid=True, ticks=False, domain=False))
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=[scale.low, scale.high]), axis=scale.axis())
    base = alt.Chart()
    drawn: Drawn = alt.layer(
        base.mark_rule(color=INK, strokeWidth=1.5).encode(y=y, x=alt.X("low:Q", title=None), x2=alt.X2("high:Q")),
        base.mark_point(size=50, stroke=BLUE, strokeWidth=2, opacity=1).encode(
            x=x, y=y, fill=hollow_where_small(), tooltip=_tooltip(measure, definition, scale)
        ),
        base.mark_text(align="right", color=INK).encode(y=y, x=x_at(ROW + 55), text=alt.Text("rate:N")),
        base.mark_text(align="left", color=FAINT).encode(y=y, x=x_at(ROW + 65), text=alt.Text("counts:N")),
        data=data,
        width=ROW,
        height=alt.Step(26),
    )
    return drawn


# Every layer states its axes in full: where one does not, Vega-Lite drops what the others say of the ticks.
def years_axis(field: str, years: list[int]) -> alt.X:
    """The axis of report years."""
    return alt.X(
        f"{field}:Q",
        title="报告年度 Report year",
        scale=alt.Scale(domain=[years[0] - 0.5, years[-1] + 0.5], nice=False, zero=False),
        axis=alt.Axis(values=list(range(years[0], years[-1] + 1)), format="d", grid=False),
    )


def value_axis(field: str, scale: Scale) -> alt.Y:
    """The axis of values, with room for a label above the highest."""
    top = alt.Scale(domain=[scale.low, scale.high * ROOM], nice=False)
    return alt.Y(f"{field}:Q", title=None, scale=top, axis=scale.axis())


def break_marks(breaks: list[Break], years: list[int]) -> list[alt.Chart]:
    """A dashed line before the first year of each change, named along it."""
    values = [{"before": b.year - 0.5, "zh": b.zh, "en": b.en} for b in breaks]
    base = alt.Chart(inline(values, "form_breaks"))
    x = years_axis("before", years)
    return [
        base.mark_rule(color=FAINT, strokeDash=[4, 3]).encode(x=x),
        # Along the line, a language on either side: there no point and no label can stand.
        _upright(base, "bottom", -3).encode(x=x, y=y_at(PANEL - 4), text=alt.Text("zh:N")),
        _upright(base, "top", 3).encode(x=x, y=y_at(PANEL - 4), text=alt.Text("en:N")),
    ]


def _upright(base: alt.Chart, baseline: Literal["bottom", "top"], shift: int) -> alt.Chart:
    words: alt.Chart = base.mark_text(angle=270, align="left", baseline=baseline, dy=shift, fontSize=10, color=FAINT)
    return words


def _tooltip(measure: Measure, definition: Definition, scale: Scale) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("report_year:N", title="年度 year"),
        *tooltip(measure, definition, scale),
        *behind_tooltip(),
    ]
