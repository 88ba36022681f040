"""What refusals rest on: the share of each ground, group beside group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, how_sure, is_simulated, pooled_breaks, title, wrapped
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import behind, behind_tooltip, fitting, label, rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.layers import layered
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, GREEN, INK, ORANGE, SMALL
from gxtools.forms import Forms, Group, Line
from gxtools.measures import HasFrames, composition, definition_of, forms_of

MOST = 72
ACROSS = 3
WIDTH = 190
# Columns of a panel's name, a Chinese character counting two.
HEADER = 30

Rows = list[dict[str, Any]]


def refusals(corpus: HasFrames, by: Sequence[str] | None = None, definition: str | None = None) -> Drawn:
    """Share of each ground of refusal in all of them, with its interval, a panel for every group of ``by``.

    By default a panel for every agency and year while these make at most 72 rows, else for every year, else one
    for all. ``definition`` is ``denied`` (the grounds of 不予公开, the default) or ``not_disclosed`` (with what was
    unavailable or not processed). Below 30 refusals the bars are hollow and labelled with counts alone.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more rows than that.
    """
    measure, chosen = definition_of(corpus, "refusals", definition)
    keys, frame = fitting(
        by, [["agency", "year"], ["year"], []], MOST, lambda keys: composition(corpus, measure.id, keys, definition)
    )
    name = "_".join([measure.id, "by", *keys]) if keys else measure.id
    lacking = frame.filter(line=frame["line"].first())["cells_lacking"].sum() if frame.height else 0
    if not frame["whole"].sum():
        return nothing(corpus, measure.zh, measure.en, name, int(lacking))
    rows = _rows(frame, keys, forms_of(corpus))
    groups = list(dict.fromkeys(row["group"] for row in rows))
    caption = [*([SIMULATED] if is_simulated(corpus) else []), *counted(chosen), *how_sure(frame, int(lacking))]
    if "year" not in keys:
        caption += pooled_breaks(measure, corpus)
    if any(row["small"] for row in rows):
        caption.append(f"空心：不足 {SMALL} 件，只标件数 Hollow: fewer than {SMALL}, counts only")
    across = min(ACROSS, len(groups))
    drawn = _panels(inline(rows, name), rows, groups, across)
    heading = title(measure.zh, measure.en, caption, 300 + across * WIDTH)
    return finished(drawn, heading, _in_words(measure.zh, measure.en, rows, groups))


def _rows(frame: pl.DataFrame, keys: Sequence[str], known: Forms) -> Rows:
    grounds = _grounds(known)
    rows: Rows = []
    for row in frame.iter_rows(named=True):
        line, heading = grounds[row["line"]]
        count, of = whole(row["count"]), whole(row["whole"])
        small = of is None or of < SMALL
        rows.append(
            {
                "group": "\n".join(
                    [*wrapped(label(row, keys), HEADER), f"共 {of} 件 n = {of}" if of is not None else "缺数 n/a"]
                ),
                "ground": f"{line.zh} {line.en}",
                "heading": f"{heading.zh} {heading.en}",
                "count": count,
                "of": of,
                "share": rounded(row["share"]),
                "low": rounded(row["low"]),
                "high": rounded(row["high"]),
                "end": rounded(row["high"]) or 0,
                "text": _text(count, row["share"], small),
                "small": small,
                **behind(row, keys),
            }
        )
    return rows


def _text(count: float | None, share: float | None, small: bool) -> str:
    if count is None or share is None:
        return "0" if count == 0 else "缺数 n/a"
    if small or count == 0:
        return f"{count}"
    return f"{count} ({share:.0%})" if share >= 0.01 else f"{count} ({share:.1%})"


def _grounds(known: Forms) -> dict[str, tuple[Line, Group]]:
    """Every line of requests that stands under a heading, as the newest form that has it prints it."""
    tables = [table for form in known.all for table in form.tables if table.id == "requests"]
    return {line.id: (line, table.group(line.group)) for table in tables for line in table.lines if line.group}


def _panels(data: alt.InlineData, rows: Rows, groups: list[str], across: int) -> alt.FacetChart:
    order = list(dict.fromkeys(row["ground"] for row in rows))
    headings = list(dict.fromkeys(row["heading"] for row in rows))
    # Room for the label behind the longest interval.
    end = max(row["end"] for row in rows) * 1.45
    scale = alt.Scale(domain=[0, end], nice=False)
    ticks = [tick for tick in (0, 0.25, 0.5, 0.75, 1) if tick <= end]
    y = alt.Y("ground:N", title=None, sort=order, axis=alt.Axis(labelLimit=0, ticks=False, domain=False))
    x = alt.X("share:Q", title=None, scale=scale, axis=alt.Axis(format=".0%", values=ticks))
    colour = alt.Scale(domain=headings, range=[BLUE, ORANGE, GREEN][: len(headings)])
    legend = alt.Legend(orient="top", title=None, symbolType="square") if len(headings) > 1 else None
    tooltip = [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("report_year:N", title="年度 year"),
        alt.Tooltip("ground:N", title="理由 ground"),
        alt.Tooltip("count:Q", title="件数 cases"),
        alt.Tooltip("of:Q", title="合计 of"),
        alt.Tooltip("share:Q", title="占比 share", format=".1%"),
        alt.Tooltip("low:Q", title="下限 low", format=".1%"),
        alt.Tooltip("high:Q", title="上限 high", format=".1%"),
        *behind_tooltip(),
    ]
    base = alt.Chart()
    panel = layered(
        base.transform_filter("datum.count > 0")
        .mark_bar(height=13, strokeWidth=1.2)
        .encode(
            x=x,
            y=y,
            stroke=alt.Stroke("heading:N", scale=colour, legend=None),
            color=alt.Color("heading:N", scale=colour, legend=legend),
            fillOpacity=alt.FillOpacityValue(0.55, condition={"test": "datum.small", "value": 0}),
            tooltip=tooltip,
        ),
        base.mark_rule(color=INK, strokeWidth=1.2).encode(y=y, x=alt.X("low:Q", title=None), x2=alt.X2("high:Q")),
        base.mark_text(align="left", dx=5, color=INK).encode(
            y=y, x=alt.X("end:Q", title=None), text=alt.Text("text:N"), tooltip=tooltip
        ),
        width=WIDTH,
        height=alt.Step(22),
    )
    drawn: alt.FacetChart = panel.facet(
        facet=alt.Facet(
            "group:N",
            title=None,
            sort=groups,
            header=alt.Header(labelExpr="split(datum.label, '\\n')", labelAnchor="start", labelLineHeight=16),
        ),
        data=data,
        columns=across,
        spacing=24,
    )
    return drawn


def _in_words(zh: str, en: str, rows: Rows, groups: list[str]) -> str:
    """For those who do not see it: the three commonest grounds of at most six groups."""
    said = []
    for group in groups[:6]:
        own = sorted((row for row in rows if row["group"] == group and row["count"]), key=lambda row: -row["count"])
        said.append(f"{group.replace(chr(10), ', ')}: " + "; ".join(f"{r['ground']} {r['count']}" for r in own[:3]))
    more = f" 另有 {len(groups) - 6} 组 and {len(groups) - 6} more." if len(groups) > 6 else ""
    return f"{zh} {en}. " + ". ".join(said) + "." + more
