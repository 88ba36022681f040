"""Coverage before any comparison: how many reports were read, and how many of them a measure can use."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import label
from gxtools.charts.inline import inline
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, FAINT, INK, ORANGE
from gxtools.measures import HasFrames, definition_of
from gxtools.measures import measure as measured

MOST = 60
WIDTH = 300
USABLE, LACKING = "可用 usable", "缺数 lacking"

TICKS = 5

Rows = list[dict[str, Any]]


def coverage(corpus: HasFrames, id: str = "disclosure_rate", definition: str | None = None) -> Drawn:
    """Reports by year and level: those that a measure can use, and those that lack a figure of it.

    A report lacks one where a term is not printed, stands under a broken identity, or is not in its form. Documents
    that could not be read, and reports without a year, are told in the caption: they have no place on the axes. Beyond
    60 rows all levels stand together. Raises ``ValueError`` where an argument is not known, or ``id`` is a composition.
    """
    measure, chosen = definition_of(corpus, id, definition)
    zh, en = f"覆盖面：能否用于{measure.zh}", f"Coverage: usable for {measure.en[0].lower()}{measure.en[1:]}"
    name = f"coverage_{id}"
    unread = corpus.reports.height - corpus.reports["error"].null_count()
    keys = ["level", "year"]
    frame = _counts(corpus, id, keys, definition)
    if frame.height > MOST:
        keys = ["year"]
        frame = _counts(corpus, id, keys, definition)
    if frame.is_empty():
        return nothing(corpus, zh, en, name, 0)
    rows = _rows(frame, keys)
    usable, read = sum(row["usable"] for row in rows), sum(row["read"] for row in rows)
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        f"读取 {read} 份，可用 {usable} 份，缺数 {read - usable} 份（未印、勾稽不符或格式所无）；未能读取 {unread} 份",
        f"{read} read: {usable} usable, {read - usable} lacking (not printed, not adding up, or not in the form); "
        f"{unread} could not be read",
        f"算法：{chosen.zh}",
        f"Counted as: {chosen.en}",
    ]
    drawn = _panels(inline(rows, name), rows)
    said = "; ".join(f"{row['group']} {row['when']}: {row['usable']}/{row['read']}" for row in rows[:12])
    more = f"; 另有 {len(rows) - 12} 组 and {len(rows) - 12} more" if len(rows) > 12 else ""
    return finished(drawn, title(zh, en, caption, WIDTH + 300), f"{zh} {en}. {said}{more}")


def _counts(corpus: HasFrames, id: str, keys: list[str], definition: str | None) -> pl.DataFrame:
    """``read`` and ``usable`` reports for every group of ``keys``."""
    read = corpus.reports.filter(pl.col("error").is_null()).group_by(keys).agg(read=pl.len())
    lacking = measured(corpus, id, keys, definition).select(*keys, "cells_lacking")
    return read.join(lacking, on=keys, how="left", nulls_equal=True).sort(keys, nulls_last=True)


def _rows(frame: pl.DataFrame, keys: list[str]) -> Rows:
    return [
        {
            "group": label(row, [key for key in keys if key != "year"]),
            "when": str(row["year"]) if row["year"] is not None else "年度不明 no year",
            "read": row["read"],
            "usable": row["read"] - row["cells_lacking"],
            "lacking": row["cells_lacking"],
            "text": f"{row['read'] - row['cells_lacking']}/{row['read']}",
        }
        for row in frame.iter_rows(named=True)
    ]


def _panels(data: alt.InlineData, rows: Rows) -> alt.FacetChart:
    years = sorted({row["when"] for row in rows})
    groups = list(dict.fromkeys(row["group"] for row in rows))
    y = alt.Y("when:N", title=None, sort=years, axis=alt.Axis(labelLimit=0, ticks=False, domain=False))
    most = max(row["read"] for row in rows)
    ends = alt.Scale(domain=[0, most * 1.2], nice=False)
    # Left to itself an axis up to 1 names 0.5, as 1.
    whole = list(range(0, most + 1)) if most < TICKS else alt.Undefined

    def x(field: str) -> alt.X:
        axis = alt.Axis(values=whole, tickCount=TICKS, format="d")
        return alt.X(f"{field}:Q", title="份数 Reports", scale=ends, axis=axis)

    tooltip = [
        alt.Tooltip("group:N", title="层级 level"),
        alt.Tooltip("when:N", title="年度 year"),
        alt.Tooltip("read:Q", title="已读 read"),
        alt.Tooltip("usable:Q", title=USABLE),
        alt.Tooltip("lacking:Q", title=LACKING),
    ]
    base = alt.Chart()
    states = alt.Scale(domain=[USABLE, LACKING], range=[BLUE, ORANGE])
    legend = alt.Legend(orient="top", title=None, symbolType="square")
    marks = [
        base.transform_calculate(state=f"'{state}'")
        .mark_bar(height=13, opacity=0.85)
        .encode(
            y=y,
            x=x(start),
            x2=alt.X2(f"{end}:Q"),
            color=alt.Color("state:N", scale=states, legend=legend),
            tooltip=tooltip,
        )
        for state, start, end in ((USABLE, "none", "usable"), (LACKING, "usable", "read"))
    ]
    panel = alt.layer(
        *marks, base.mark_text(align="left", dx=5, color=INK).encode(y=y, x=x("read"), text=alt.Text("text:N"))
    ).properties(width=WIDTH, height=alt.Step(19))
    head = alt.Header(orient="top", labelAnchor="start", labelColor=FAINT)
    drawn: alt.FacetChart = panel.transform_calculate(none="0").facet(
        facet=alt.Facet("group:N", title=None, sort=groups, header=head), data=data, columns=2, spacing=18
    )
    return drawn
