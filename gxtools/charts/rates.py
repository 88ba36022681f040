"""The disclosure rate with its intervals: over the years in panels, or group by group down the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, how_sure, is_simulated, pooled_breaks, spanned_breaks, title
from gxtools.charts.finishing import Drawn, across, down, finished
from gxtools.charts.groups import behind, behind_tooltip, fitting, label, rounded, whole
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, FAINT, INK, RULE, SMALL
from gxtools.forms.measure_definitions import Break, Measure
from gxtools.measures import HasFrames, definition_of, traced_measure

MOST = 40
PANELS, PANEL = 8, 150
ROW = 400

Rows = list[dict[str, Any]]


def disclosure_rate(corpus: HasFrames, by: Sequence[str] | None = None, definition: str | None = None) -> Drawn:
    """Share of requests granted in full or in part, with its interval, for every group of ``by`` (as in ``measure``).

    By default a point for every agency and year while these are at most 40, else for every year, all bodies pooled.
    Years run along the axis with the breaks of the form between them; without years the groups stand below each other.
    Below 30 requests the mark is hollow and labelled with its counts. A group without a rate is named as such.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more than 40 groups.
    """
    measure, chosen = definition_of(corpus, "disclosure_rate", definition)
    keys, frame = fitting(
        by,
        [["agency", "year"], ["year"], []],
        MOST,
        lambda keys: traced_measure(corpus, measure.id, keys, definition),
    )
    name = "_".join([measure.id, "by", *keys]) if keys else measure.id
    lacking = int(frame["cells_lacking"].sum())
    if frame["value"].null_count() == frame.height:
        return nothing(corpus, measure.zh, measure.en, name, lacking)
    rows = _rows(frame, keys, measure)
    years = sorted({row["year"] for row in rows if row["year"] is not None})
    series = list(dict.fromkeys(row["series"] for row in rows))
    caption = [*([SIMULATED] if is_simulated(corpus) else []), *counted(chosen), *how_sure(frame, lacking)]
    if any(row["small"] for row in rows):
        caption.append(f"空心：办结不足 {SMALL} 件 Hollow: fewer than {SMALL} handled")
    description = _in_words(measure, rows)
    data = alt.InlineData(values=rows, name=name)
    in_panels = len(years) > 1 and len(series) <= PANELS
    if in_panels:
        heading = title(measure.zh, measure.en, caption, _width(years) + 40)
        return finished(_over_years(data, measure, years, series), heading, description)
    caption += pooled_breaks(measure, corpus)
    return finished(_down_the_page(data, rows), title(measure.zh, measure.en, caption, ROW + 200), description)


def _rows(frame: pl.DataFrame, keys: Sequence[str], measure: Measure) -> Rows:
    rows: Rows = []
    for row in frame.iter_rows(named=True):
        numerator, denominator, value = whole(row["numerator"]), whole(row["denominator"]), rounded(row["value"])
        small = denominator is not None and denominator < SMALL
        rows.append(
            {
                "series": label(row, [key for key in keys if key != "year"]),
                "label": label(row, keys),
                "year": row.get("year"),
                "value": value,
                "low": rounded(row["low"]),
                "high": rounded(row["high"]),
                "top": rounded(row["high"]) or 0,
                "rate": "" if small or value is None else f"{value:.1%}",
                "counts": f"{numerator}/{denominator}" if denominator is not None else "缺数 n/a",
                "small": small,
                "numerator": numerator,
                "denominator": denominator,
                "interval": row["interval"],
                **behind(row, keys),
            }
        )
    _mark_segments(rows, measure)
    return rows


def _mark_segments(rows: Rows, measure: Measure) -> None:
    """Number the runs of years that a line may join: no gap, no break, one series."""
    breaks = {b.year for b in measure.breaks}
    for earlier, later in pairwise([{"segment": -1, "series": None, "year": None}, *rows]):
        joined = (
            earlier["series"] == later["series"]
            and None not in (earlier["year"], later["year"])
            and earlier["year"] + 1 == later["year"]
            and later["year"] not in breaks
        )
        later["segment"] = earlier["segment"] + (0 if joined else 1)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("report_year:N", title="年度 year"),
        alt.Tooltip("value:Q", title="公开率 rate", format=".1%"),
        alt.Tooltip("numerator:Q", title="公开 disclosed"),
        alt.Tooltip("denominator:Q", title="办结 handled"),
        alt.Tooltip("low:Q", title="下限 low", format=".1%"),
        alt.Tooltip("high:Q", title="上限 high", format=".1%"),
        alt.Tooltip("interval:N", title="区间 interval"),
        *behind_tooltip(),
    ]


def _percent() -> alt.Axis:
    return alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], labelOverlap=False)


def _fill() -> alt.FillValue:
    return alt.FillValue(BLUE, condition={"test": "datum.small", "value": "white"})


def _width(years: Sequence[int]) -> int:
    return max(480, min(760, 90 * (years[-1] - years[0] + 1)))


def _over_years(data: alt.InlineData, measure: Measure, years: list[int], series: list[str]) -> alt.FacetChart:
    """A panel a series, one below the other, so that no two intervals lie on each other."""
    width = _width(years)
    x = _years_axis("year", years)
    base = alt.Chart()
    breaks = spanned_breaks(measure, years)
    marks = [
        base.mark_line(color=RULE, strokeWidth=1.5).encode(x=x, y=_rate_axis("value"), detail="segment:N"),
        base.mark_rule(color=INK, strokeWidth=1.5).encode(x=x, y=_rate_axis("low"), y2="high:Q"),
        base.mark_point(size=50, stroke=BLUE, strokeWidth=2, opacity=1).encode(
            x=x, y=_rate_axis("value"), fill=_fill(), tooltip=_tooltip()
        ),
        *(
            base.mark_text(dy=dy, fontSize=11, color=colour).encode(x=x, y=_rate_axis("top"), text=f"{field}:N")
            for field, dy, colour in (("rate", -22, INK), ("counts", -9, FAINT))
        ),
    ]
    if breaks:
        marks = [*_break_marks(breaks, years), *marks]
    panels = alt.layer(*marks).properties(width=width, height=PANEL)
    drawn: alt.FacetChart = panels.facet(
        row=alt.Row(
            "series:N", title=None, sort=series, header=alt.Header(orient="top", labelAnchor="start", labelPadding=4)
        ),
        data=data,
        spacing=16,
    )
    return drawn


# Every layer states its axes in full: where one does not, Vega-Lite drops what the others say of the ticks.
def _years_axis(field: str, years: list[int]) -> alt.X:
    return alt.X(
        f"{field}:Q",
        title="报告年度 Report year",
        scale=alt.Scale(domain=[years[0] - 0.5, years[-1] + 0.5], nice=False, zero=False),
        axis=alt.Axis(values=list(range(years[0], years[-1] + 1)), format="d", grid=False),
    )


def _rate_axis(field: str) -> alt.Y:
    # Above 100 % there is room for the label of a full rate.
    scale = alt.Scale(domain=[0, 1.25], nice=False)
    return alt.Y(f"{field}:Q", title=None, scale=scale, axis=_percent())


def _break_marks(breaks: list[Break], years: list[int]) -> list[alt.Chart]:
    """A dashed line before the first year of each change, named along it."""
    values = [{"before": b.year - 0.5, "zh": b.zh, "en": b.en} for b in breaks]
    base = alt.Chart(alt.InlineData(values=values, name="form_breaks"))
    x = _years_axis("before", years)
    return [
        base.mark_rule(color=FAINT, strokeDash=[4, 3]).encode(x=x),
        # Along the line, a language on either side: there no point and no label can stand.
        _upright(base, "bottom", -3).encode(x=x, y=down(PANEL - 4), text="zh:N"),
        _upright(base, "top", 3).encode(x=x, y=down(PANEL - 4), text="en:N"),
    ]


def _upright(base: alt.Chart, baseline: Literal["bottom", "top"], shift: int) -> alt.Chart:
    words: alt.Chart = base.mark_text(angle=270, align="left", baseline=baseline, dy=shift, fontSize=10, color=FAINT)
    return words


def _down_the_page(data: alt.InlineData, rows: Rows) -> Drawn:
    """A row a group, its counts at the end of it."""
    order = [row["label"] for row in rows]
    y = alt.Y("label:N", title=None, sort=order, axis=alt.Axis(labelLimit=0, grid=True, ticks=False, domain=False))
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=_percent())
    base = alt.Chart(data)
    drawn: Drawn = alt.layer(
        base.mark_rule(color=INK, strokeWidth=1.5).encode(y=y, x=alt.X("low:Q", title=None), x2="high:Q"),
        base.mark_point(size=50, stroke=BLUE, strokeWidth=2, opacity=1).encode(
            x=x, y=y, fill=_fill(), tooltip=_tooltip()
        ),
        base.mark_text(align="right", color=INK).encode(y=y, x=across(ROW + 55), text="rate:N"),
        base.mark_text(align="left", color=FAINT).encode(y=y, x=across(ROW + 65), text="counts:N"),
    ).properties(width=ROW, height=alt.Step(26))
    return drawn


def _in_words(measure: Measure, rows: Rows) -> str:
    """What the chart shows, for those who do not see it: at most twelve groups, and how many more there are."""
    said = [
        f"{row['label']}: {row['numerator']}/{row['denominator']}"
        + (f" = {row['value']:.1%} ({row['low']:.1%} - {row['high']:.1%})" if row["low"] is not None else "")
        for row in rows
        if row["denominator"] is not None
    ]
    more = f"; 另有 {len(said) - 12} 组 and {len(said) - 12} more" if len(said) > 12 else ""
    return f"{measure.zh} {measure.en}. " + "; ".join(said[:12]) + more
