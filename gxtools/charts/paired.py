"""The bodies that state a measure's figures on both sides of a break: ``paired``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import x_at
from gxtools.charts.inline import inline
from gxtools.charts.stated_panels import IDS, NO_SAMPLE, TICKS, Rows, nothing_stated, panel_column, panels_of
from gxtools.charts.theme import BLUE, FAINT, GREY, ORANGE
from gxtools.measures.stated import Asked, traced_stated
from gxtools.measures.stated_sums import LEFT_OUT

PAIR = 260


def paired(
    ids: Sequence[str] = IDS,
    *,
    figures: pl.DataFrame | None = None,
    years: Iterable[int] | None = None,
    least: float = 0,
    leave_out: Sequence[str] = LEFT_OUT,
    at: str | None = None,
) -> Drawn:
    """The bodies that are met on both sides of a break, a row each: from the hollow dot (before) to the full one.

    A panel for each of ``ids`` over the same body-years, on one scale; a body's years on a side are added up. Beside
    each row stand its counts. Arguments as in ``gx.measures.stated``.
    """
    panels = panels_of(ids, figures, years, least, leave_out, at)
    names = "同一机构前后对照", "The same bodies before and since"
    frames = [_both(options) for options in panels]
    if not frames[0].height:
        return nothing_stated(names, "stated_pairs", panels)
    rows = _pairs(frames)
    drawn = _arrows(panels, rows)
    periods = " → ".join(frames[0].select("period_before", "period").row(0))
    caption = [
        *([SIMULATED] if panels[0].is_simulated else []),
        NO_SAMPLE,
        f"{len(rows)} 个机构前后均有 · {len(rows)} bodies met on both sides",
        f"空心为前、实心为后（{periods}）；橙升蓝降灰平",
        "Hollow: before, full: since; orange rose, blue fell, grey stayed",
        *(line for options in panels for line in counted(options.definition)),
    ]
    said = [
        f"{options.measure.en}: {sum(row[f'since_{i}'] > row[f'before_{i}'] for row in rows)} rose, "
        f"{sum(row[f'since_{i}'] < row[f'before_{i}'] for row in rows)} fell"
        for i, options in enumerate(panels)
    ]
    heading = title(*names, caption, len(ids) * (PAIR + 110) + 150)
    return finished(drawn, heading, f"{' '.join(names)}. {NO_SAMPLE}. {'; '.join(said)}.")


def _both(options: Asked) -> pl.DataFrame:
    """The bodies on both sides, with their values and counts before (``_before``) and since."""
    frame = traced_stated(options, ["body", "period"]).drop_nulls("value")
    names = options.sums().group_by("body").agg(agency=pl.col("agency").sort_by("year").last())
    first, last = (frame.filter(period=period) for period in _periods(frame))
    return last.join(first, on="body", suffix="_before").join(names, on="body").sort("body")


def _periods(frame: pl.DataFrame) -> tuple[str, str]:
    found = frame["period"].unique().sort().to_list()
    return (found[0], found[-1]) if len(found) > 1 else ("", "")


def _pairs(frames: Sequence[pl.DataFrame]) -> Rows:
    """A row a body with the rates and counts of all panels, those whose first rate rose most at the top."""
    rows: Rows = []
    for own in zip(*(frame.iter_rows(named=True) for frame in frames), strict=True):
        row: dict[str, Any] = {"agency": own[0]["agency"]}
        for i, panel in enumerate(own):
            before, since = (f"{panel[f'numerator{s}']:.0f}/{panel[f'denominator{s}']:.0f}" for s in ("_before", ""))
            row[f"before_{i}"], row[f"since_{i}"] = round(panel["value_before"], 2), round(panel["value"], 2)
            row[f"counts_{i}"] = f"{before} → {since}"
        rows.append(row)
    return sorted(rows, key=lambda row: (row["before_0"] - row["since_0"], row["agency"]))


def _arrows(panels: Sequence[Asked], rows: Rows) -> Drawn:
    top = max([1, *(row[f"{end}_{i}"] for row in rows for i in range(len(panels)) for end in ("before", "since"))])
    axis = alt.Axis(labelLimit=0, labelPadding=10, ticks=False, domain=False, grid=True)
    y_full, y = alt.Y("agency:N", title=None, sort=None, axis=axis), alt.Y("agency:N", sort=None, title=None)
    scale = alt.Scale(type="sqrt", domain=[0, top * 1.05], nice=False)
    ticks = alt.Axis(values=[tick for tick in TICKS if tick <= top])
    signs = alt.Scale(domain=[1, 0, -1], range=[ORANGE, GREY, BLUE])
    colour = alt.Color("sign:O", scale=signs, legend=None)

    x_full = alt.X("before:Q", title="每千件 per 1,000", scale=scale, axis=ticks)
    before, since = (alt.X(f"{end}:Q", title="每千件 per 1,000") for end in ("before", "since"))

    tooltip = [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("before:Q", title="前 before"),
        alt.Tooltip("since:Q", title="后 since"),
        alt.Tooltip("counts:N", title="件数 counts"),
    ]
    base = alt.Chart()
    drawn: Drawn = (
        alt.layer(
            base.mark_rule(strokeWidth=2).encode(x=x_full, x2=alt.X2("since:Q"), y=y_full, color=colour),
            base.mark_point(size=55, fill="white", strokeWidth=2, opacity=1).encode(
                x=before, y=y, stroke=alt.Stroke("sign:O", scale=signs, legend=None), tooltip=tooltip
            ),
            base.mark_point(size=70, filled=True, opacity=1).encode(x=since, y=y, color=colour, tooltip=tooltip),
            base.mark_text(align="left", fontSize=11, color=FAINT).encode(
                x=x_at(PAIR + 8), y=y, text=alt.Text("counts:N")
            ),
        )
        .properties(width=PAIR, height=alt.Step(24))
        .facet(column=panel_column(panels), data=inline(rows, "stated_pairs"), spacing=110)
        .transform_fold([f"before_{i}" for i in range(len(panels))], as_=["panel", "before"])
        .transform_calculate(
            since="datum['since_' + slice(datum.panel, -1)]", counts="datum['counts_' + slice(datum.panel, -1)]"
        )
        .transform_calculate(sign="datum.since > datum.before ? 1 : datum.since < datum.before ? -1 : 0")
    )
    return drawn
