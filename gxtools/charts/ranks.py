"""Ranks with the interval that says how little they often mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, is_simulated, pooled_breaks, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import hollow_where_small, x_at
from gxtools.charts.groups import label, rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.nothing import in_words, nothing
from gxtools.charts.scales import scale_of, small_note, value_word
from gxtools.charts.theme import BLUE, FAINT, INK, SMALL
from gxtools.measures import HasFrames, definition_of
from gxtools.measures import measure as measured
from gxtools.measures import ranks as ranks_of

MOST = 40
WIDTH = 360

Rows = list[dict[str, Any]]


def ranks(
    corpus: HasFrames, id: str = "disclosure_rate", by: Sequence[str] = ("agency",), definition: str | None = None
) -> Drawn:
    """The rank of every group of ``by`` (1 is the highest value) with its limits, all holding at once at 95 %.

    At most 40 groups: of more, those with the largest denominators, ranked among all. Hollow below 30. Method and
    limits: ``gx.measures.ranks``. Raises ``ValueError`` for a ratio, or an argument that is not known.
    """
    measure, chosen = definition_of(corpus, id, definition)
    frame = ranks_of(corpus, id, by, definition)
    name = "_".join(["ranks", id, "by", *by])
    zh, en = f"{measure.zh}：名次及其区间", f"{measure.en}: ranks with their limits"
    mark = [SIMULATED] if is_simulated(corpus) else []
    if frame.is_empty():
        return nothing(corpus, zh, en, name, int(measured(corpus, id, [], definition)["cells_lacking"].sum()))
    if frame.height == 1:
        alone = "只有一组有数值，无名次可言。", "One group only has a value: there is no rank."
        return in_words(zh, en, name, *alone, mark)
    scale = scale_of(measure, frame["value"])
    kept = frame.sort("denominator", *by, descending=[True] + [False] * len(by)).head(MOST).sort("rank", *by)
    rows: Rows = [
        {
            "name": label(row, by),
            "rank": row["rank"],
            "low": row["rank_low"],
            "high": row["rank_high"],
            "limits": f"{row['rank_low']} - {row['rank_high']}",
            "value": rounded(row["value"]),
            "rate": scale.said(row["value"]),
            "counts": f"{whole(row['numerator'])}/{whole(row['denominator'])}",
            "small": row["denominator"] < SMALL,
        }
        for row in kept.iter_rows(named=True)
    ]
    settled = frame.filter(pl.col("rank_low") == pl.col("rank_high")).height
    caption = [
        *mark,
        *counted(chosen),
        f"共 {frame.height} 组；线段：名次的 95% 区间，同时成立；名次确定的只有 {settled} 组",
        f"{frame.height} groups; lines: 95% limits of all ranks at once; {settled} have a rank that is certain",
        *([f"只画分母最大的 {MOST} 组 The {MOST} largest are drawn"] if frame.height > MOST else []),
        *([small_note(chosen, SMALL)] if any(row["small"] for row in rows) else []),
        *pooled_breaks(measure, corpus),
    ]
    order = [row["name"] for row in rows]
    y = alt.Y("name:N", title=None, sort=order, axis=alt.Axis(labelLimit=0, grid=True, ticks=False, domain=False))
    ends = alt.Scale(domain=[frame.height + 0.5, 0.5], nice=False)

    ticks = [1, *range(5, frame.height + 1, 5 if frame.height <= 50 else max(10, frame.height // 50 * 10))]

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="名次 Rank", scale=ends, axis=alt.Axis(format="d", values=ticks))

    tooltip = [
        alt.Tooltip("name:N", title="机关 agency"),
        alt.Tooltip("rank:Q", title="名次 rank"),
        alt.Tooltip("limits:N", title="名次区间 limits"),
        alt.Tooltip("value:Q", title=value_word(measure), format=scale.format),
        alt.Tooltip("counts:N", title="件数 counts"),
    ]
    base = alt.Chart()
    drawn = alt.layer(
        base.mark_rule(color=INK, strokeWidth=1.5).encode(y=y, x=x("low"), x2=alt.X2("high:Q")),
        base.mark_point(size=45, stroke=BLUE, strokeWidth=2, opacity=1).encode(
            y=y, x=x("rank"), fill=hollow_where_small(), tooltip=tooltip
        ),
        base.mark_text(align="left", color=INK).encode(y=y, x=x_at(WIDTH + 14), text=alt.Text("limits:N")),
        base.mark_text(align="right", color=FAINT).encode(y=y, x=x_at(WIDTH + 125), text=alt.Text("rate:N")),
        base.mark_text(align="left", color=FAINT).encode(y=y, x=x_at(WIDTH + 135), text=alt.Text("counts:N")),
        data=inline(rows, name),
    ).properties(width=WIDTH, height=alt.Step(20))
    said = "; ".join(f"{row['name']} {row['rank']} ({row['limits']})" for row in rows[:12])
    return finished(drawn, title(zh, en, caption, WIDTH + 320), f"{zh} {en}. {said}")
