"""The change of a measure at a break, asked every defensible way: a row a choice (``stated_sensitivity``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import x_at
from gxtools.charts.inline import inline
from gxtools.charts.nothing import in_words
from gxtools.charts.stated_panels import IDS, NO_SAMPLE, Rows
from gxtools.charts.theme import BLUE, FAINT, INK, ORANGE
from gxtools.measures import stated_sensitivity as sensitivity
from gxtools.measures.stated import asked
from gxtools.measures.stated_sums import LEFT_OUT

WIDTH, STEP = 330, 34
# From a quarter to eight times: what lies beyond is drawn at the edge and stands in the tooltip.
LOWEST, HIGHEST = 0.25, 8.0


def stated_sensitivity(
    ids: Sequence[str] = IDS,
    *,
    figures: pl.DataFrame | None = None,
    years: Iterable[int] | None = None,
    least: float = 0,
    leave_out: Sequence[str] = LEFT_OUT,
    at: str | None = None,
) -> Drawn:
    """How many times what it was before a break the first of two ``ids`` is since, and the second, for every choice.

    A dot is the ratio of the pooled rates with its interval, a diamond that of the medians of the bodies; a row is one
    choice of ``gx.measures.stated_sensitivity``. Choices with fewer than three bodies on a side are not drawn.
    """
    one, other = (asked(id, figures=figures, at=at) for id in ids)
    frame = sensitivity(
        ids[0], against=ids[1], figures=figures, years=years, least=least, leave_out=leave_out, at=at
    ).filter(pl.col("design") == "all_bodies", pl.col("measure").is_in([one.measure.id, other.measure.id]))
    drawn_from = frame.filter(pl.min_horizontal("bodies_before", "bodies") >= 3, pl.col("ratio").is_not_null())
    zh, en = "换一种算法，结论如何", "Would another choice tell otherwise?"
    simulated = [SIMULATED] if one.is_simulated else []
    if drawn_from.is_empty():
        why = "没有可显示的内容：前后各至少需要三个机构。", "Nothing to show: each side needs at least three bodies."
        return in_words(zh, en, "stated_sensitivity", *why, simulated)
    names = [f"{options.measure.zh} {options.measure.en}" for options in (one, other)]
    rows = _rows(drawn_from, [one.measure.id, other.measure.id])
    first = drawn_from.row(0, named=True)
    caption = [
        *simulated,
        NO_SAMPLE,
        f"{first['since']} 年为 {first['before']} 年的几倍；圆点：合计之比及95%区间（按机构刀切），菱形：中位数之比",
        f"{first['since']} over {first['before']}; dots: pooled, 95% interval (jackknife by body); diamonds: medians",
        f"蓝 blue: {names[0]}；橙 orange: {names[1]}",
        f"右侧：{one.measure.zh}的中位数，前后机构数 At the right: medians of the first rate, bodies before and since",
    ]
    heading = title(zh, en, caption, WIDTH + 430)
    return finished(_strip(rows), heading, _in_words(zh, en, names[0], rows))


def _rows(frame: pl.DataFrame, measures: Sequence[str]) -> Rows:
    """A row a choice, what it tells of both measures side by side."""
    rows: dict[str, dict[str, Any]] = {}
    for told in frame.iter_rows(named=True):
        i = measures.index(told["measure"])
        row = rows.setdefault(told["choice"], {"choice": f"{told['zh']}\n{told['en']}"})
        row["bodies"] = f"{told['bodies_before']}, {told['bodies']}"
        row |= {f"{name}_{i}": round(told[name], 3) for name in ("ratio", "low", "high") if told[name] is not None}
        row[f"medians_{i}"] = f"{told['median_before']:.0f} → {told['median']:.0f}"
        if told["median_before"] and told["median"]:
            row[f"middle_{i}"] = round(told["median"] / told["median_before"], 3)
    return list(rows.values())


def _strip(rows: Rows) -> Drawn:
    axis = alt.Axis(
        labelExpr="split(datum.label, '\\n')", labelLimit=0, labelLineHeight=13, labelFontSize=10.5, ticks=False
    )
    y_full, y = alt.Y("choice:N", title=None, sort=None, axis=axis), alt.Y("choice:N", sort=None, title=None)

    # The line of no change, drawn by the axis.
    line: Any = {"condition": {"test": "datum.value === 1", "value": INK}, "value": "#EEEEEE"}

    scale = alt.Scale(type="log", domain=[LOWEST, HIGHEST], nice=False, clamp=True)
    ticks = alt.Axis(values=[0.25, 0.5, 1, 2, 4, 8], format="~g", labelExpr="'×' + datum.label", gridColor=line)
    # One layer states the axes, the others none: stated by each they would outweigh the data.
    x_full = alt.X("low:Q", title=None, scale=scale, axis=ticks)
    tooltip = [
        alt.Tooltip("choice:N", title="算法 choice"),
        alt.Tooltip("ratio:Q", title="合计之比 pooled"),
        alt.Tooltip("low:Q", title="下限 low"),
        alt.Tooltip("high:Q", title="上限 high"),
        alt.Tooltip("medians:N", title="中位数 medians"),
    ]
    lane = alt.YOffset("panel:N")
    colours = alt.Scale(domain=["ratio_0", "ratio_1"], range=[BLUE, ORANGE])
    colour = alt.Color("panel:N", scale=colours, legend=None)
    base = alt.Chart()
    first = base.transform_filter("datum.panel === 'ratio_0'")
    drawn: Drawn = (
        alt.layer(
            base.mark_rule(strokeWidth=1.5).encode(x=x_full, x2=alt.X2("high:Q"), y=y_full, yOffset=lane, color=colour),
            base.mark_point(filled=True, size=55, opacity=1).encode(
                x=alt.X("ratio:Q", title=None), y=y, yOffset=lane, color=colour, tooltip=tooltip
            ),
            base.mark_point(shape="diamond", size=60, fill="white", strokeWidth=1.8, opacity=1).encode(
                x=alt.X("middle:Q", title=None),
                y=y,
                yOffset=lane,
                stroke=alt.Stroke("panel:N", scale=colours, legend=None),
            ),
            first.mark_text(align="right", color=INK).encode(x=x_at(WIDTH + 70), y=y, text=alt.Text("medians:N")),
            first.mark_text(align="right", color=FAINT).encode(x=x_at(WIDTH + 130), y=y, text=alt.Text("bodies:N")),
            data=inline(rows, "stated_sensitivity"),
        )
        .transform_fold(["ratio_0", "ratio_1"], as_=["panel", "ratio"])
        .transform_calculate(
            **{name: f"datum['{name}_' + slice(datum.panel, -1)]" for name in ("low", "high", "middle", "medians")}
        )
        .properties(width=WIDTH, height=len(rows) * STEP)
    )
    return drawn


def _in_words(zh: str, en: str, name: str, rows: Rows) -> str:
    said = []
    for row in rows:
        between = f" ({row['low_0']:.2f} - {row['high_0']:.2f})" if "low_0" in row and "high_0" in row else ""
        said.append(f"{row['choice'].partition(chr(10))[2]}: ×{row.get('ratio_0', 0):.2f}{between}")
    return f"{zh} {en} {name}: " + "; ".join(said)
