"""Rates over figures that reports state: a dot a body-year around a break (``stated``), and the same bodies twice
(``paired``). Pages that were met, no sample: both charts say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import rounded, whole
from gxtools.charts.nothing import in_words
from gxtools.charts.theme import BLUE, FAINT, GREY, INK, ORANGE, RULE
from gxtools.measures.stated import Asked, asked, traced_stated
from gxtools.measures.stated_change import influence
from gxtools.measures.stated_sums import LEFT_OUT

IDS = ("reconsideration_per_1000", "litigation_per_1000")
WIDTH, HEIGHT = 330, 260
MOST = 150
NO_SAMPLE = "所见网页的数字，并非抽样 · Figures of the pages that were met, no sample"

Rows = list[dict[str, Any]]


def stated(
    ids: Sequence[str] = IDS,
    *,
    figures: pl.DataFrame | None = None,
    years: Iterable[int] | None = None,
    least: float = 0,
    leave_out: Sequence[str] = LEFT_OUT,
    at: str | None = None,
) -> Drawn:
    """A panel for each of ``ids``, measures over stated figures that rest on the same body-years.

    A dot is a body in a year, its area its denominator; a line with a band is the pooled value of all bodies before
    and since the break ``at``, with its interval. The body without which the first ratio would differ most is ringed
    and named. Tooltips give figures and addresses. Arguments as in ``gx.measures.stated``.

    Raises ``ValueError`` where an argument is not known, or there are more than 150 dots.
    """
    panels = _asked(ids, figures, years, least, leave_out, at)
    names = " / ".join(options.measure.zh for options in panels), " / ".join(options.measure.en for options in panels)
    frames = [traced_stated(options, ["year", "body"]).drop_nulls("value") for options in panels]
    caption = _caption(panels, frames[0], least)
    if not frames[0].height:
        return _nothing(names, "stated", panels)
    if frames[0].height > MOST:
        raise ValueError(f"figures: {frames[0].height} body-years, a chart takes {MOST}; restrict years or raise least")
    rows = _dots(frames, _weightiest(panels[0]))
    pools = [_pools(options) for options in panels]
    top = max(
        *(row[f"value_{i}"] for row in rows for i in range(len(ids))), *(p["high"] or 0 for g in pools for p in g)
    )
    dots = alt.InlineData(values=rows, name="stated_body_years")
    drawn = alt.hconcat(
        *(_panel(options, pools[place], place, top) for place, options in enumerate(panels)), data=dots, spacing=24
    )
    heading = title(*names, caption, len(ids) * (WIDTH + 60))
    return finished(drawn, heading, _in_words(names, panels, pools))


def _asked(
    ids: Sequence[str],
    figures: pl.DataFrame | None,
    years: Iterable[int] | None,
    least: float,
    leave_out: Sequence[str],
    at: str | None,
) -> list[Asked]:
    wanted = None if years is None else list(years)
    return [
        asked(
            id.partition(":")[0],
            id.partition(":")[2] or None,
            figures=figures,
            years=wanted,
            least=least,
            leave_out=leave_out,
            beside=[other for other in ids if other != id],
            at=at,
        )
        for id in ids
    ]


def _caption(panels: Sequence[Asked], frame: pl.DataFrame, least: float) -> list[str]:
    years, bodies = frame.height, frame["body"].n_unique()
    lines = [
        *([SIMULATED] if panels[0].is_simulated else []),
        NO_SAMPLE,
        f"{bodies} 个机构、{years} 个机构年 · {bodies} bodies, {years} body-years",
    ]
    for options in panels:
        lines += counted(options.definition)
    lines.append("横线与色带：前后合计及按机构聚类的95%区间；纵轴为平方根刻度")
    lines.append("Lines and bands: pooled, with 95% interval clustered by body; the scale is of square roots")
    if least:
        lines.append(f"分母不足 {least:g} 者未计入 Denominators below {least:g} are left out")
    return lines


def _nothing(names: tuple[str, str], name: str, panels: Sequence[Asked]) -> Drawn:
    caption = [SIMULATED] if panels[0].is_simulated else []
    return in_words(
        *names,
        name,
        "没有可显示的内容：所给数字中，没有机构年同时载有所需各项。",
        "Nothing to show: among these figures no body-year states all that is needed.",
        caption,
    )


def _weightiest(options: Asked) -> str | None:
    """The body without which the ratio of both sides would differ most."""
    if options.at is None:
        return None
    weighed = influence(options).filter(pl.col("design") == "all_bodies", pl.col("ratio_without").is_not_null())
    return weighed["body"][0] if weighed.height else None


def _dots(frames: Sequence[pl.DataFrame], named: str | None) -> Rows:
    """A row a body-year with the rates of all panels, side by side within its year."""
    in_year = frames[0].group_by("year", maintain_order=True).len()
    width = dict(zip(in_year["year"], in_year["len"], strict=True))
    seen: dict[int, int] = {}
    rows: Rows = []
    for own in zip(*(frame.iter_rows(named=True) for frame in frames), strict=True):
        first = own[0]
        year, agency = first["year"], first["trace"]["agency"]
        place = seen[year] = seen.get(year, -1) + 1
        row = {
            "agency": agency,
            "year": year,
            "x": round(year + ((place + 0.5) / width[year] - 0.5) * 0.8, 3),
            "of": whole(first["denominator"]),
            "named": first["body"] == named,
            "source": first["trace"]["source"],
        }
        for i, panel in enumerate(own):
            row |= {f"value_{i}": round(panel["value"], 2), f"cases_{i}": whole(panel["numerator"])}
        rows.append(row)
    return rows


def _pools(options: Asked) -> Rows:
    frame = traced_stated(options, ["period"]).drop_nulls("value")
    rows: Rows = []
    for row in frame.iter_rows(named=True):
        first, last = (int(year) for year in row["period"].split("-"))
        low, high = rounded(row["low"]), rounded(row["high"])
        between = f" ({low:.1f} - {high:.1f})" if low is not None and high is not None else ""
        rows.append(
            {
                "period": row["period"],
                "from": first - 0.5,
                "to": last + 0.5,
                "value": rounded(row["value"]),
                "low": low,
                "high": high,
                "text": f"{row['value']:.1f}{between}",
                "bodies": f"{row['bodies']} 个机构 bodies",
            }
        )
    return rows


def _panel(options: Asked, pools: Rows, place: int, top: float) -> Drawn:
    years = [int(year) for year in (pools[0]["from"] + 0.5, pools[-1]["to"] - 0.5)]
    x_scale = alt.Scale(domain=[years[0] - 0.5, years[1] + 0.5], nice=False, zero=False)
    x_axis = alt.Axis(values=list(range(years[0], years[1] + 1)), format="d", grid=False)
    y_scale = alt.Scale(type="sqrt", domain=[0, top * 1.25], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="报告年度 Report year", scale=x_scale, axis=x_axis)

    def y(field: str) -> alt.Y:
        ticks = [tick for tick in (0, 5, 20, 50, 100, 200, 300, 500, 1000) if tick <= top * 1.25]
        axis = alt.Axis(values=ticks, title="每千件 per 1,000" if place == 0 else None)
        return alt.Y(f"{field}:Q", scale=y_scale, axis=axis)

    tooltip = [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("year:Q", title="年度 year"),
        alt.Tooltip(f"cases_{place}:Q", title="分子 numerator"),
        alt.Tooltip("of:Q", title="分母 denominator"),
        alt.Tooltip(f"value_{place}:Q", title="每千件 per 1,000"),
        alt.Tooltip("source:N", title="网址 address"),
    ]
    base, pooled = alt.Chart(), alt.Chart(alt.InlineData(values=pools, name=f"stated_{options.measure.id}"))
    size = alt.Size("of:Q", scale=alt.Scale(type="sqrt", range=[12, 420]), legend=None)
    marks: list[alt.Chart] = [
        pooled.mark_rect(color=ORANGE, opacity=0.22).encode(x=x("from"), x2="to:Q", y=y("low"), y2="high:Q"),
        base.mark_point(filled=True, color=BLUE, opacity=0.45, stroke=BLUE).encode(
            x=x("x"), y=y(f"value_{place}"), size=size, tooltip=tooltip
        ),
        pooled.mark_rule(color=INK, strokeWidth=2).encode(x=x("from"), x2="to:Q", y=y("value")),
        base.transform_filter("datum.named")
        .mark_point(color=INK, strokeWidth=1.5, opacity=1)
        .encode(x=x("x"), y=y(f"value_{place}"), size=size),
        base.transform_filter(f"datum.named && {place} === 0")
        .transform_window(nth="row_number()", sort=[alt.SortField(f"value_{place}", order="descending")])
        .transform_filter("datum.nth === 1")
        .mark_text(fontSize=11, dy=-16, color=INK)
        .encode(x=x("x"), y=y(f"value_{place}"), text="agency:N"),
        pooled.transform_calculate(middle="(datum.from + datum.to) / 2")
        .mark_text(fontSize=12, fontWeight="bold", color=INK)
        .encode(x=x("middle"), y=alt.value(8), text="text:N"),
        pooled.transform_calculate(middle="(datum.from + datum.to) / 2")
        .mark_text(fontSize=11, color=FAINT)
        .encode(x=x("middle"), y=alt.value(24), text="bodies:N"),
    ]
    if options.at is not None and years[0] < options.at.year <= years[1]:
        line = alt.Chart(alt.InlineData(values=[{"before": options.at.year - 0.5}], name="form_breaks"))
        marks.insert(0, line.mark_rule(color=RULE, strokeDash=[4, 3]).encode(x=x("before")))
    heading = alt.TitleParams(
        text=f"{options.measure.zh} {options.measure.en}", fontSize=12, anchor="start", frame="group"
    )
    return alt.layer(*marks).properties(width=WIDTH, height=HEIGHT, title=heading)


def _in_words(names: tuple[str, str], panels: Sequence[Asked], pools: Sequence[Rows]) -> str:
    said = [
        f"{options.measure.zh} {options.measure.en}, {row['period']}: {row['text']}, {row['bodies']}"
        for options, rows in zip(panels, pools, strict=True)
        for row in rows
    ]
    return f"{' '.join(names)}. {NO_SAMPLE}. " + "; ".join(said)


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
    panels = _asked(ids, figures, years, least, leave_out, at)
    names = "同一机构前后对照", "The same bodies before and since"
    frames = [_both(options) for options in panels]
    if not frames[0].height:
        return _nothing(names, "stated_pairs", panels)
    rows = [_pairs(frame) for frame in frames]
    order = [row["agency"] for row in sorted(rows[0], key=lambda row: (row["before"] - row["since"], row["agency"]))]
    top = max(max(row["before"], row["since"]) for own in rows for row in own) or 1
    drawn = alt.hconcat(
        *(_arrows(options, rows[place], order, place, top) for place, options in enumerate(panels)), spacing=90
    )
    periods = " → ".join(frames[0].select("period_before", "period").row(0))
    caption = [
        *([SIMULATED] if panels[0].is_simulated else []),
        NO_SAMPLE,
        f"{len(order)} 个机构前后均有 · {len(order)} bodies met on both sides",
        f"空心为前、实心为后（{periods}）；橙升蓝降灰平",
        "Hollow: before, full: since; orange rose, blue fell, grey stayed",
        *(line for options in panels for line in counted(options.definition)),
    ]
    said = [
        f"{options.measure.en}: {sum(r['since'] > r['before'] for r in own)} rose, "
        f"{sum(r['since'] < r['before'] for r in own)} fell"
        for options, own in zip(panels, rows, strict=True)
    ]
    heading = title(*names, caption, len(ids) * (260 + 90) + 150)
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


_FELL = {True: "fell", False: "same"}


def _pairs(frame: pl.DataFrame) -> Rows:
    return [
        {
            "agency": row["agency"],
            "before": round(row["value_before"], 2),
            "since": round(row["value"], 2),
            "counts": f"{row['numerator_before']:.0f}/{row['denominator_before']:.0f} → "
            f"{row['numerator']:.0f}/{row['denominator']:.0f}",
            "sign": "rose" if row["value"] > row["value_before"] else _FELL[row["value"] < row["value_before"]],
        }
        for row in frame.iter_rows(named=True)
    ]


def _arrows(options: Asked, rows: Rows, order: list[str], place: int, top: float) -> Drawn:
    width = 260
    axis = alt.Axis(labelLimit=0, labelPadding=10, ticks=False, domain=False, grid=True) if place == 0 else None
    y = alt.Y("agency:N", title=None, sort=order, axis=axis)
    scale = alt.Scale(type="sqrt", domain=[0, top * 1.05], nice=False)
    ticks = alt.Axis(values=[tick for tick in (0, 5, 20, 50, 100, 200, 300) if tick <= top])

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="每千件 per 1,000", scale=scale, axis=ticks)

    signs = alt.Scale(domain=["rose", "fell", "same"], range=[ORANGE, BLUE, GREY])
    colour = alt.Color("sign:N", scale=signs, legend=None)
    tooltip = [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("before:Q", title="前 before"),
        alt.Tooltip("since:Q", title="后 since"),
        alt.Tooltip("counts:N", title="件数 counts"),
    ]
    base = alt.Chart(alt.InlineData(values=rows, name=f"stated_pairs_{options.measure.id}"))
    drawn: Drawn = alt.layer(
        base.mark_rule(strokeWidth=2).encode(x=x("before"), x2="since:Q", y=y, color=colour),
        base.mark_point(size=55, fill="white", strokeWidth=2, opacity=1).encode(
            x=x("before"), y=y, stroke=alt.Stroke("sign:N", scale=signs, legend=None), tooltip=tooltip
        ),
        base.mark_point(size=70, filled=True, opacity=1).encode(x=x("since"), y=y, color=colour, tooltip=tooltip),
        base.mark_text(align="left", fontSize=11, color=FAINT).encode(x=alt.value(width + 8), y=y, text="counts:N"),
    ).properties(
        width=width,
        height=alt.Step(24),
        title=alt.TitleParams(
            text=f"{options.measure.zh} {options.measure.en}", fontSize=12, anchor="start", frame="group"
        ),
    )
    return drawn
