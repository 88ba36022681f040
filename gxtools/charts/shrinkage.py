"""Own shares and those that lean on their group: how far a small body's share is to be believed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, is_simulated, pooled_breaks, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import x_at
from gxtools.charts.groups import label, rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.nothing import in_words, nothing
from gxtools.charts.scales import Scale, scale_of
from gxtools.charts.theme import BLUE, FAINT, INK, ORANGE
from gxtools.measures import HasFrames, definition_of, shrunken
from gxtools.measures import measure as measured

MOST = 40
WIDTH = 360
# What a group's status says to a reader; `ok` and `no spread` have estimates.
STATUSES = {
    "too few bodies": "机构不足 5 个，无法估计 too few bodies",
    "no spread": "差异不超出偶然，均取全组数值 no more spread than chance: all take the group's value",
    "all alike": "全部件数同为一种结果，无法估计 all cases have one outcome",
    "did not converge": "模型未收敛，无法估计 the model did not converge",
}

Rows = list[dict[str, Any]]


def shrinkage(
    corpus: HasFrames,
    id: str = "disclosure_rate",
    by: Sequence[str] = ("agency",),
    within: Sequence[str] = ("level",),
    definition: str | None = None,
) -> Drawn:
    """From each body's own share (hollow) to the one that leans on its group (filled), with its interval.

    A panel for every group of ``within``, its mean as a line. At most 40 bodies: of more, those that lean farthest.
    A group without estimates is named in the caption with the reason. Model, sources and limits:
    ``gx.measures.shrunken``. Raises ``ValueError`` for a measure that is no share, or an argument that is not known.
    """
    measure, chosen = definition_of(corpus, id, definition)
    frame = shrunken(corpus, id, by, within, definition)
    name = "_".join(["shrinkage", id, "by", *by])
    zh, en = f"{measure.zh}：向同类靠拢的估计", f"{measure.en}: estimates that lean on their group"
    told = frame.drop_nulls("shrunken")
    states = _states(frame, within)
    mark = [SIMULATED] if is_simulated(corpus) else []
    if frame.is_empty():
        return nothing(corpus, zh, en, name, int(measured(corpus, id, [], definition)["cells_lacking"].sum()))
    if told.is_empty():
        why = "；".join(states)
        return in_words(zh, en, name, f"没有可显示的估计：{why}。", "Nothing to show: no group has estimates.", mark)
    far = told.with_columns(moved=(pl.col("value") - pl.col("shrunken")).abs())
    kept = far.sort("moved", *by, descending=[True] + [False] * len(by)).head(MOST)
    scale = scale_of(measure, [*kept["value"], *kept["high"]])
    rows = _rows(kept.sort([*within, "denominator", *by], nulls_last=True, maintain_order=True), by, within)
    caption = [
        *mark,
        *counted(chosen),
        "空心：机构自身数值；实心：向同类靠拢后的估计及其 95% 区间；竖线：全组均值",
        "Hollow: own share; filled: estimate that leans on the group, 95% interval; upright line: mean of the group",
        *([f"只画移动最大的 {MOST} 个 The {MOST} that lean farthest of {told.height}"] if told.height > MOST else []),
        *states,
        *pooled_breaks(measure, corpus),
        "机构的实际结果是空心点 What a body did is the hollow mark",
    ]
    drawn = _panels(inline(rows, name), rows, scale)
    return finished(drawn, title(zh, en, caption, WIDTH + 320), _words(zh, en, rows, scale))


def _states(frame: pl.DataFrame, within: Sequence[str]) -> list[str]:
    groups = frame.select(*within, "status", "group_bodies").unique(maintain_order=True)
    return [
        f"{label(row, within)}（{row['group_bodies']} 个机构 bodies）：{STATUSES[row['status']]}"
        for row in groups.filter(pl.col("status") != "ok").iter_rows(named=True)
    ]


def _rows(frame: pl.DataFrame, by: Sequence[str], within: Sequence[str]) -> Rows:
    return [
        {
            "group": label(row, within),
            "name": label(row, by),
            "value": rounded(row["value"]),
            "shrunken": rounded(row["shrunken"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "mean": rounded(row["group_mean"]),
            "above": rounded(row["probability_above"]),
            "counts": f"{whole(row['numerator'])}/{whole(row['denominator'])}",
        }
        for row in frame.iter_rows(named=True)
    ]


def _panels(data: alt.InlineData, rows: Rows, scale: Scale) -> alt.FacetChart:
    order = [row["name"] for row in rows]
    y = alt.Y("name:N", title=None, sort=order, axis=alt.Axis(labelLimit=0, grid=True, ticks=False, domain=False))
    ends = alt.Scale(domain=[scale.low, scale.high], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=None, scale=ends, axis=scale.axis())

    tooltip = [
        alt.Tooltip("name:N", title="机关 agency"),
        alt.Tooltip("value:Q", title="自身 own", format=scale.format),
        alt.Tooltip("shrunken:Q", title="估计 estimate", format=scale.format),
        alt.Tooltip("low:Q", title="下限 low", format=scale.format),
        alt.Tooltip("high:Q", title="上限 high", format=scale.format),
        alt.Tooltip("above:Q", title="高于均值的概率 probability above the mean", format=".0%"),
        alt.Tooltip("counts:N", title="件数 counts"),
    ]
    base = alt.Chart()
    panel = alt.layer(
        base.mark_tick(color=ORANGE, thickness=1.5, size=24).encode(y=y, x=x("mean")),
        base.mark_rule(color=INK, strokeWidth=1.2).encode(y=y, x=x("low"), x2=alt.X2("high:Q")),
        base.mark_point(size=45, stroke=BLUE, fill="white", opacity=1).encode(y=y, x=x("value")),
        base.mark_point(size=45, filled=True, color=BLUE, opacity=1).encode(y=y, x=x("shrunken"), tooltip=tooltip),
        *(
            base.mark_text(align="right", color=colour).encode(
                y=y, x=x_at(WIDTH + at), text=alt.Text(f"{field}:Q", format=scale.format)
            )
            for field, at, colour in (("value", 56, FAINT), ("shrunken", 112, INK))
        ),
        base.mark_text(align="left", color=FAINT).encode(y=y, x=x_at(WIDTH + 126), text=alt.Text("counts:N")),
    ).properties(width=WIDTH, height=alt.Step(20))
    groups = list(dict.fromkeys(row["group"] for row in rows))
    drawn: alt.FacetChart = panel.facet(
        row=alt.Row("group:N", title=None, sort=groups, header=alt.Header(orient="top", labelAnchor="start")),
        data=data,
        spacing=12,
    ).resolve_scale(y="independent")
    return drawn


def _words(zh: str, en: str, rows: Rows, scale: Scale) -> str:
    said = [
        f"{row['name']} {row['counts']}: {scale.said(row['value'])} → {scale.said(row['shrunken'])}"
        for row in rows[:12]
    ]
    more = f"; 另有 {len(rows) - 12} 个 and {len(rows) - 12} more" if len(rows) > 12 else ""
    return f"{zh} {en}. " + "; ".join(said) + more
