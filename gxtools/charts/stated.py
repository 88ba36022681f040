"""Rates over figures that reports state: a dot a body-year around a break (``stated``), and the same bodies twice
(``paired``). Pages that were met, no sample: both charts say so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import whole
from gxtools.charts.nothing import in_words
from gxtools.charts.theme import BLUE, FAINT, GREY, INK, ORANGE, RULE
from gxtools.measures.stated import Asked, asked, traced_stated
from gxtools.measures.stated_change import influence
from gxtools.measures.stated_sums import LEFT_OUT

IDS = ("reconsideration_per_1000", "litigation_per_1000")
WIDTH, HEIGHT, PAIR = 330, 260, 260
TICKS = (0, 5, 20, 50, 100, 200, 300, 500, 1000)
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
    rows = [*_pools(panels), *_dots(frames, _weightiest(panels[0]))]
    heading = title(*names, caption, len(ids) * (WIDTH + 60))
    return finished(_dotted(panels, rows), heading, _in_words(names, panels, rows))


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
    """A row a body-year with the cases of all panels, side by side within its year."""
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
            "x": round(year + ((place + 0.5) / width[year] - 0.5) * 0.8, 3),
            "of": whole(first["denominator"]),
            **{f"cases_{i}": whole(panel["numerator"]) for i, panel in enumerate(own)},
            "source": first["trace"]["source"],
        }
        if first["body"] == named:
            row["named"] = "" if any("named" in other for other in rows) else agency
        rows.append(row)
    return rows


def _pools(panels: Sequence[Asked]) -> Rows:
    """A row a side of the break: its years, the sums of all panels, and their limits."""
    frames = [traced_stated(options, ["period"]).drop_nulls("value") for options in panels]
    rows: Rows = []
    for own in zip(*(frame.iter_rows(named=True) for frame in frames), strict=True):
        years = [int(year) for year in own[0]["period"].split("-")]
        row = {
            "from": years[0] - 0.5,
            "to": years[-1] + 0.5,
            "of": whole(own[0]["denominator"]),
            "bodies": own[0]["bodies"],
        }
        for i, panel in enumerate(own):
            row |= {f"cases_{i}": whole(panel["numerator"])}
            row |= {f"{end}_{i}": round(panel[end], 4) for end in ("low", "high") if panel[end] is not None}
        rows.append(row)
    return rows


def _dotted(panels: Sequence[Asked], rows: Rows) -> Drawn:
    """A panel a measure, all from the same rows: what differs between panels is folded out of them."""
    sides = [row for row in rows if "from" in row]
    first, last = int(sides[0]["from"] + 0.5), int(sides[-1]["to"] - 0.5)
    rates = [1000 * row[f"cases_{i}"] / row["of"] for row in rows for i in range(len(panels)) if row["of"]]
    top = 1.25 * max([*rates, *(row.get(f"high_{i}") or 0 for row in sides for i in range(len(panels)))], default=1)
    x_scale = alt.Scale(domain=[first - 0.5, last + 0.5], nice=False, zero=False)
    x_axis = alt.Axis(values=list(range(first, last + 1)), format="d", grid=False)
    y_scale = alt.Scale(type="sqrt", domain=[0, max(top, 1)], nice=False)
    y_axis = alt.Axis(values=[tick for tick in TICKS if tick <= max(top, 1)])

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="报告年度 Report year", scale=x_scale, axis=x_axis)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title="每千件 per 1,000", scale=y_scale, axis=y_axis)

    tooltip = [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("year:Q", title="年度 year"),
        alt.Tooltip("cases:Q", title="分子 numerator"),
        alt.Tooltip("of:Q", title="分母 denominator"),
        alt.Tooltip("value:Q", title="每千件 per 1,000", format=".1f"),
        alt.Tooltip("source:N", title="网址 address"),
    ]
    largest = max((row["of"] for row in rows if "x" in row), default=1)
    size = alt.Size("of:Q", scale=alt.Scale(type="sqrt", domain=[0, largest], range=[8, 420]), legend=None)
    base = alt.Chart()
    dots, pools = base.transform_filter("isValid(datum.x)"), base.transform_filter("isValid(datum.from)")
    named = dots.transform_filter("isValid(datum.named)")
    marks: list[alt.Chart] = [
        pools.mark_rect(color=ORANGE, opacity=0.22).encode(x=x("from"), x2="to:Q", y=y("low"), y2="high:Q"),
        dots.mark_point(filled=True, color=BLUE, opacity=0.45).encode(
            x=x("x"), y=y("value"), size=size, tooltip=tooltip
        ),
        pools.mark_rule(color=INK, strokeWidth=2).encode(x=x("from"), x2="to:Q", y=y("value")),
        named.mark_point(color=INK, strokeWidth=1.5, opacity=1).encode(x=x("x"), y=y("value"), size=size),
        named.transform_filter("datum.panel === 'cases_0'")
        .mark_text(fontSize=11, dy=-16, color=INK)
        .encode(x=x("x"), y=y("value"), text="named:N"),
        pools.mark_text(fontWeight="bold", color=INK).encode(x=x("middle"), y=alt.value(8), text="rate:N"),
        pools.mark_text(fontSize=11, color=FAINT).encode(x=x("middle"), y=alt.value(24), text="count:N"),
    ]
    at = panels[0].at
    if at is not None and first < at.year <= last:
        line = alt.Chart(alt.InlineData(values=[{"before": at.year - 0.5}], name="form_breaks"))
        marks.insert(0, line.mark_rule(color=RULE, strokeDash=[4, 3]).encode(x=x("before")))
    drawn: Drawn = (
        alt.layer(*marks)
        .properties(width=WIDTH, height=HEIGHT)
        .facet(column=_column(panels), data=alt.InlineData(values=rows, name="stated"), spacing=40)
        .transform_fold([f"cases_{i}" for i in range(len(panels))], as_=["panel", "cases"])
        .transform_calculate(
            value="1000 * datum.cases / datum.of",
            low="datum['low_' + slice(datum.panel, -1)]",
            high="datum['high_' + slice(datum.panel, -1)]",
            year="round(datum.x)",
            middle="(datum.from + datum.to) / 2",
        )
        .transform_calculate(
            rate="format(datum.value, '.1f') + (isValid(datum.low) ? ' (' + format(datum.low, '.1f') + ' - ' + "
            "format(datum.high, '.1f') + ')' : '')",
            count="datum.bodies + ' 个机构 bodies'",
        )
    )
    return drawn


def _column(panels: Sequence[Asked]) -> alt.Column:
    names = [f"{options.measure.zh} {options.measure.en}" for options in panels]
    return alt.Column(
        "panel:N",
        title=None,
        header=alt.Header(
            labelExpr=f"{json.dumps(names, ensure_ascii=False)}[+slice(datum.label, -1)]", labelAnchor="start"
        ),
    )


def _in_words(names: tuple[str, str], panels: Sequence[Asked], rows: Rows) -> str:
    said = [
        f"{options.measure.en}, {int(row['from'] + 0.5)}-{int(row['to'] - 0.5)}: {row[f'cases_{i}']}/{row['of']}"
        f" = {1000 * row[f'cases_{i}'] / row['of']:.1f} ({row['bodies']} bodies)"
        for i, options in enumerate(panels)
        for row in rows
        if "from" in row
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
    y = alt.Y("agency:N", title=None, sort=None, axis=axis)
    scale = alt.Scale(type="sqrt", domain=[0, top * 1.05], nice=False)
    ticks = alt.Axis(values=[tick for tick in TICKS if tick <= top])
    signs = alt.Scale(domain=[1, 0, -1], range=[ORANGE, GREY, BLUE])
    colour = alt.Color("sign:O", scale=signs, legend=None)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="每千件 per 1,000", scale=scale, axis=ticks)

    tooltip = [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("before:Q", title="前 before"),
        alt.Tooltip("since:Q", title="后 since"),
        alt.Tooltip("counts:N", title="件数 counts"),
    ]
    base = alt.Chart()
    drawn: Drawn = (
        alt.layer(
            base.mark_rule(strokeWidth=2).encode(x=x("before"), x2="since:Q", y=y, color=colour),
            base.mark_point(size=55, fill="white", strokeWidth=2, opacity=1).encode(
                x=x("before"), y=y, stroke=alt.Stroke("sign:O", scale=signs, legend=None), tooltip=tooltip
            ),
            base.mark_point(size=70, filled=True, opacity=1).encode(x=x("since"), y=y, color=colour, tooltip=tooltip),
            base.mark_text(align="left", fontSize=11, color=FAINT).encode(x=alt.value(PAIR + 8), y=y, text="counts:N"),
        )
        .properties(width=PAIR, height=alt.Step(24))
        .facet(column=_column(panels), data=alt.InlineData(values=rows, name="stated_pairs"), spacing=110)
        .transform_fold([f"before_{i}" for i in range(len(panels))], as_=["panel", "before"])
        .transform_calculate(
            since="datum['since_' + slice(datum.panel, -1)]", counts="datum['counts_' + slice(datum.panel, -1)]"
        )
        .transform_calculate(sign="datum.since > datum.before ? 1 : datum.since < datum.before ? -1 : 0")
    )
    return drawn
