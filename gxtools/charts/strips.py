"""Shares with their intervals in columns: a row a group, a column a part, each part on the same scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, how_sure, is_simulated, pooled_breaks, title, wrapped
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import hollow_where_small
from gxtools.charts.groups import behind, behind_tooltip, fitting, label, rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.layers import layered
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, FAINT, INK, SMALL
from gxtools.forms import Forms, Group, Line
from gxtools.forms.measure_definitions import Measure
from gxtools.measures import HasFrames, composition, definition_of

MOST = 72
PANEL = 118
STEP = 36
# Columns of a heading, a Chinese character counting two.
HEADER = 18
_KEYS = [["agency", "year"], ["year"], []]

Rows = list[dict[str, Any]]


def strips(
    corpus: HasFrames,
    id: str,
    by: Sequence[str] | None,
    definition: str | None,
    part: str,
    names: dict[str, str],
    *,
    grouped: bool = False,
    own_scales: bool = False,
) -> Drawn:
    """The chart of a composition whose parts are told apart by the column ``part`` and called by ``names``.

    ``own_scales`` gives each column its own scale, for parts of which one is nearly all.
    """
    measure, chosen = definition_of(corpus, id, definition)
    keys, frame = fitting(
        by, _KEYS, MOST, lambda keys: composition(corpus, measure.id, keys, definition, grouped=grouped)
    )
    name = "_".join([id, "by", *keys]) if keys else id
    first = frame.filter(pl.col(part) == frame[part].first()) if frame.height else frame
    lacking = int(first["cells_lacking"].sum())
    if not frame["whole"].sum():
        return nothing(corpus, measure.zh, measure.en, name, lacking)
    rows = _rows(frame, keys, part, names, measure)
    caption = [*([SIMULATED] if is_simulated(corpus) else []), *counted(chosen), *how_sure(frame, lacking)]
    if "year" not in keys:
        caption += pooled_breaks(measure, corpus)
    crossed = {(b.zh, b.en): None for b in measure.breaks for row in rows if row["break_year"] == b.year}
    caption += [f"虚线：{zh} Dashed: {en}" for zh, en in crossed]
    if own_scales:
        caption.append("各栏刻度不同 Each column has a scale of its own")
    if any(row["small"] for row in rows):
        caption.append(f"空心：不足 {SMALL} 件，只标件数 Hollow: fewer than {SMALL}, counts only")
    parts = list(dict.fromkeys(row["part"] for row in rows))
    heading = title(measure.zh, measure.en, caption, 160 + len(parts) * PANEL)
    return finished(_columns(rows, name, parts, own_scales), heading, _in_words(measure, rows))


def names_of(known: Forms, table: str, columns: bool = False) -> dict[str, str]:
    """What lines and groups of a table, or its columns, are called; two lines: Chinese, English."""
    tables = [t for form in known.all for t in form.tables if t.id == table]
    if columns:
        return {column.id: _header(column.zh, column.en) for t in tables for column in t.columns}
    named: list[Line | Group] = []
    for t in tables:
        named += [*t.lines, *t.groups]
    # What a label says in brackets is advice to whoever fills it in.
    return {one.id: _header(one.zh.split("（")[0], one.en) for one in named}


def _header(zh: str, en: str) -> str:
    return "\n".join([zh, *wrapped(en[:1].upper() + en[1:], HEADER)])


def _rows(frame: pl.DataFrame, keys: Sequence[str], part: str, names: dict[str, str], measure: Measure) -> Rows:
    crossed = _breaks(frame.select(keys).unique(maintain_order=True) if keys else None, keys, measure)
    rows: Rows = []
    for row in frame.iter_rows(named=True):
        count, of, share = whole(row["count"]), whole(row["whole"]), rounded(row["share"])
        small = of is not None and of < SMALL
        own = f"{label(row, keys)}\n{f'n = {of:,}' if of is not None else '缺数 n/a'}"
        rows.append(
            {
                "label": own,
                "of": of,
                "part": names[row[part]],
                "count": count,
                "share": share,
                "low": rounded(row["low"]),
                "high": rounded(row["high"]),
                "text": _text(count, share, small),
                "small": small,
                "break_year": crossed.get(label(row, keys)),
                **behind(row, keys),
            }
        )
    return rows


def _text(count: float | None, share: float | None, small: bool) -> str:
    if count is None or share is None:
        return "" if count is None else f"{count}"
    if small or count == 0:
        return f"{count}"
    return f"{share:.1%}" if share >= 0.001 else f"{share:.2%}"


def _breaks(groups: pl.DataFrame | None, keys: Sequence[str], measure: Measure) -> dict[str, int]:
    """By the label of a row the year of the last break between it and the row above, where both are of one series."""
    if groups is None or "year" not in keys:
        return {}
    found = {}
    others = [key for key in keys if key != "year"]
    for earlier, later in pairwise(groups.iter_rows(named=True)):
        years = earlier["year"], later["year"]
        if None in years or any(earlier[key] != later[key] for key in others):
            continue
        crossed = [b.year for b in measure.breaks if years[0] < b.year <= years[1]]
        if crossed:
            found[label(later, keys)] = crossed[-1]
    return found


def _columns(rows: Rows, name: str, parts: list[str], own_scales: bool) -> alt.FacetChart:
    band = alt.Scale(type="band")
    order = list(dict.fromkeys(row["label"] for row in rows))
    axis = alt.Axis(
        labelLimit=0,
        ticks=False,
        domain=False,
        labelPadding=8,
        labelExpr="split(datum.label, '\\n')",
        labelLineHeight=14,
        labelOffset=-7,
    )
    y = alt.Y("label:N", title=None, sort=order, scale=band, axis=axis)
    top = alt.Y("label:N", title=None, sort=order, scale=band, axis=axis, bandPosition=0)
    ticks = alt.Axis(format="~%", tickCount=2, labelFlush=True)
    scale = alt.Scale(zero=True, nice=True) if own_scales else alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("share:Q", title=None, scale=scale, axis=ticks)
    tooltip = [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("report_year:N", title="年度 year"),
        alt.Tooltip("part:N", title="类别 part"),
        alt.Tooltip("count:Q", title="件数 requests"),
        alt.Tooltip("of:Q", title="合计 of"),
        alt.Tooltip("share:Q", title="占比 share", format=".1%"),
        alt.Tooltip("low:Q", title="下限 low", format=".1%"),
        alt.Tooltip("high:Q", title="上限 high", format=".1%"),
        *behind_tooltip(),
    ]
    base = alt.Chart()
    marks = [
        base.mark_rule(color=INK, strokeWidth=1.5).encode(
            x=alt.X("low:Q", title=None, scale=scale, axis=ticks), x2=alt.X2("high:Q")
        ),
        base.mark_point(size=32, stroke=BLUE, strokeWidth=2, opacity=1).encode(
            x=x, fill=hollow_where_small(), tooltip=tooltip
        ),
        base.mark_text(dy=-11, fontSize=11, color=INK).encode(x=x, text=alt.Text("text:N")),
    ]
    if any(row["break_year"] for row in rows):
        crossed = base.transform_filter("isValid(datum.break_year)")
        marks.append(crossed.mark_rule(color=FAINT, strokeDash=[4, 3]).encode(y=top))
    panel = layered(*marks, width=PANEL - 18, height=alt.Step(STEP)).encode(y=y)
    drawn: alt.FacetChart = panel.facet(
        column=alt.Column(
            "part:N",
            title=None,
            sort=parts,
            header=alt.Header(labelExpr="split(datum.label, '\\n')", labelLineHeight=15, labelPadding=8),
        ),
        data=inline(rows, name),
        spacing=18,
    )
    return drawn.resolve_scale(x="independent") if own_scales else drawn


def _in_words(measure: Measure, rows: Rows) -> str:
    """For those who do not see it: every group with its shares, at most six of them."""
    said: dict[str, list[str]] = {}
    for row in rows:
        if row["count"] is not None:
            said.setdefault(row["label"].replace("\n", ", "), []).append(
                f"{row['part'].replace(chr(10), ' ')} {row['text']}"
            )
    groups = [f"{group}: {', '.join(parts)}" for group, parts in said.items()]
    more = f"; 另有 {len(groups) - 6} 组 and {len(groups) - 6} more" if len(groups) > 6 else ""
    return f"{measure.zh} {measure.en}. " + "; ".join(groups[:6]) + more
