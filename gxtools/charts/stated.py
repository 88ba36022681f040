"""Rates over figures that reports state, a dot a body-year around a break; the pages that were met, no sample."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import y_at
from gxtools.charts.groups import whole
from gxtools.charts.inline import inline
from gxtools.charts.stated_panels import IDS, NO_SAMPLE, TICKS, Rows, nothing_stated, panel_column, panels_of
from gxtools.charts.theme import BLUE, INK, ORANGE, RULE
from gxtools.measures.stated import Asked, traced_stated
from gxtools.measures.stated_change import influence
from gxtools.measures.stated_sums import LEFT_OUT

WIDTH, HEIGHT = 330, 260
MOST = 150


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
    panels = panels_of(ids, figures, years, least, leave_out, at)
    names = " / ".join(options.measure.zh for options in panels), " / ".join(options.measure.en for options in panels)
    frames = [traced_stated(options, ["year", "body"]).drop_nulls("value") for options in panels]
    caption = _caption(panels, frames[0], least)
    if not frames[0].height:
        return nothing_stated(names, "stated", panels)
    if frames[0].height > MOST:
        raise ValueError(f"figures: {frames[0].height} body-years, a chart takes {MOST}; restrict years or raise least")
    rows = [*_pools(panels), *_dots(frames, _weightiest(panels[0]))]
    heading = title(*names, caption, len(ids) * (WIDTH + 60))
    return finished(_dotted(panels, rows), heading, _in_words(names, panels, rows))


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
            "x": round(year + ((place + 0.5) / width[year] - 0.5) * 0.8, 2),
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
    # Room for two lines of words above the highest mark, on a scale of square roots.
    top = 1.45 * max([*rates, *(row.get(f"high_{i}") or 0 for row in sides for i in range(len(panels)))], default=1)
    x_scale = alt.Scale(domain=[first - 0.5, last + 0.5], nice=False, zero=False)
    x_axis = alt.Axis(values=list(range(first, last + 1)), format="d", grid=False)
    y_scale = alt.Scale(type="sqrt", domain=[0, max(top, 1)], nice=False)
    y_axis = alt.Axis(values=[tick for tick in TICKS if tick <= max(top, 1)])

    # One layer states the axes, the others none: stated by each they would outweigh the data.
    x_full = alt.X("from:Q", title="报告年度 Report year", scale=x_scale, axis=x_axis)
    y_full = alt.Y("low:Q", title="每千件 per 1,000", scale=y_scale, axis=y_axis)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="报告年度 Report year")

    y = alt.Y("value:Q", title="每千件 per 1,000")
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
        pools.mark_rect(color=ORANGE, opacity=0.22).encode(x=x_full, x2=alt.X2("to:Q"), y=y_full, y2=alt.Y2("high:Q")),
        dots.mark_point(filled=True, color=BLUE, opacity=0.45).encode(x=x("x"), y=y, size=size, tooltip=tooltip),
        pools.mark_rule(color=INK, strokeWidth=2).encode(x=x("from"), x2=alt.X2("to:Q"), y=y),
        named.mark_point(color=INK, strokeWidth=1.5, opacity=1).encode(x=x("x"), y=y, size=size),
        named.transform_filter("datum.panel === 'cases_0'")
        .mark_text(fontSize=11, dy=-16, color=INK)
        .encode(x=x("x"), y=y, text=alt.Text("named:N")),
        pools.mark_text(lineBreak="|", lineHeight=15, baseline="top", color=INK).encode(
            x=x("middle"), y=y_at(2), text=alt.Text("told:N")
        ),
    ]
    at = panels[0].at
    if at is not None and first < at.year <= last:
        line = alt.Chart(inline([{"before": at.year - 0.5}], "form_breaks"))
        marks.append(line.mark_rule(color=RULE, strokeDash=[4, 3]).encode(x=x("before")))
    drawn: Drawn = (
        alt.layer(*marks)
        .properties(width=WIDTH, height=HEIGHT)
        .facet(column=panel_column(panels), data=inline(rows, "stated"), spacing=40)
        .transform_fold([f"cases_{i}" for i in range(len(panels))], as_=["panel", "cases"])
        .transform_calculate(
            value="1000 * datum.cases / datum.of",
            low="datum['low_' + slice(datum.panel, -1)]",
            high="datum['high_' + slice(datum.panel, -1)]",
            year="round(datum.x)",
            middle="(datum.from + datum.to) / 2",
        )
        .transform_calculate(
            told="format(datum.value, '.1f') + (isValid(datum.low) ? ' (' + format(datum.low, '.1f') + ' - ' + "
            "format(datum.high, '.1f') + ')' : '') + '|' + datum.bodies + ' 个机构 bodies'"
        )
    )
    return drawn


def _in_words(names: tuple[str, str], panels: Sequence[Asked], rows: Rows) -> str:
    said = [
        f"{options.measure.en}, {int(row['from'] + 0.5)}-{int(row['to'] - 0.5)}: {row[f'cases_{i}']}/{row['of']}"
        f" = {1000 * row[f'cases_{i}'] / row['of']:.1f} ({row['bodies']} bodies)"
        for i, options in enumerate(panels)
        for row in rows
        if "from" in row
    ]
    return f"{' '.join(names)}. {NO_SAMPLE}. " + "; ".join(said)
