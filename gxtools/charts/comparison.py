"""Two reports held against each other: their shares, each with its interval and its counts."""

from __future__ import annotations

from typing import Any

import altair as alt

from gxtools.charts.captions import spanned_breaks, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.nothing import nothing
from gxtools.charts.pairs import Pair, pair
from gxtools.charts.theme import BLUE, INK, ORANGE, SMALL
from gxtools.forms.measure_definitions import Measure
from gxtools.measures import HasFrames, definition_of
from gxtools.measures.one_pass import traced_measures

MEASURES = (
    "disclosure_rate",
    "denial_rate",
    "unavailable_rate",
    "unprocessed_rate",
    "other_rate",
    "clearance_rate",
    "natural_person_share",
    "correction_rate",
    "pending_share",
)
WIDTH = 340
_ZH, _EN = "两份报告的比率", "The shares of two reports"

Rows = list[dict[str, Any]]


def comparison(corpus: HasFrames, one: str, other: str) -> Drawn:
    """Nine shares of two reports (by their ids), side by side, with 95 % intervals and counts.

    Below 30 cases a mark is hollow and has its counts alone. A share that a report lacks the figures for says so; a
    change of the form between the two years is named. Raises ``ValueError`` for an id that is not among the reports
    that were read, or the same id twice.
    """
    two = pair(corpus, one, other)
    measures = {id: definition_of(two, id)[0] for id in MEASURES}
    rows = _rows_of(two, measures)
    if all(row["value"] is None for row in rows):
        why = ("两份报告都没有印出所需的数字。", "Neither report prints the figures needed.")
        return nothing(two, _ZH, _EN, "comparison", 0, why)
    breaks = {
        b.zh: b.en for measure in measures.values() for b in spanned_breaks(measure, two.reports["year"].drop_nulls())
    }
    caption = [
        *two.marked,
        "线段：95% 区间（Wilson），即同样做法可能出现的范围",
        "Lines: 95% interval, what the same practice might have given",
        *(f"两份报告之间有“{zh}”，比较须谨慎 Between the two: {en}, compare with care" for zh, en in breaks.items()),
        *two.strangers,
    ]
    if any(row["small"] for row in rows):
        caption.append(f"空心：不足 {SMALL} 件，只标件数 Hollow: fewer than {SMALL}, counts only")
    heading = title(_ZH, _EN, caption, WIDTH + 320)
    return finished(_pairs(rows, list(two.names.values())), heading, _in_words(rows))


def _rows_of(two: Pair, measures: dict[str, Measure]) -> Rows:
    """Each share in either report, the first one first."""
    found = traced_measures(two, [(id, None, False) for id in measures], ["report"])
    held = {(row["measure"], row["report"]): row for row in found.iter_rows(named=True)}
    return [
        _row(held[id, report], measure, name) for id, measure in measures.items() for report, name in two.names.items()
    ]


def _row(row: dict[str, Any], measure: Measure, name: str) -> dict[str, Any]:
    of, value = whole(row["denominator"]), rounded(row["value"])
    small = of is not None and of < SMALL
    counts = "缺数 n/a" if of is None else f"{whole(row['numerator']):,}/{of:,}"
    return {
        "measure": f"{measure.zh} {measure.en}",
        "report": name,
        "value": value,
        "low": rounded(row["low"]),
        "high": rounded(row["high"]),
        "end": rounded(row["high"]) or 0,
        "said": counts if small or value is None else f"{value:.1%}  {counts}",
        "small": small,
        "where": (row["trace"] or {}).get("where") or "",
    }


def _pairs(rows: Rows, names: list[str]) -> Drawn:
    measures = list(dict.fromkeys(row["measure"] for row in rows))
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], labelOverlap=False)
    y = alt.Y(
        "measure:N",
        title=None,
        sort=measures,
        scale=alt.Scale(paddingInner=0.25, paddingOuter=0.1),
        axis=alt.Axis(labelLimit=0, labelPadding=10, ticks=False, domain=False),
    )
    colour = alt.Scale(domain=names, range=[BLUE, ORANGE])
    legend = alt.Legend(orient="top", title=None, columns=1, symbolStrokeWidth=2)
    base = alt.Chart(inline(rows, "comparison")).encode(y=y, yOffset=alt.YOffset("report:N", sort=names))
    tooltip = [
        alt.Tooltip("report:N", title="报告 report"),
        alt.Tooltip("measure:N", title="指标 measure"),
        alt.Tooltip("said:N", title="数字 figures"),
        alt.Tooltip("low:Q", title="下限 low", format=".1%"),
        alt.Tooltip("high:Q", title="上限 high", format=".1%"),
        alt.Tooltip("where:N", title="单元格 cells"),
    ]
    return alt.layer(
        base.mark_point(size=60, strokeWidth=2, opacity=1).encode(
            x=alt.X("value:Q", scale=scale, axis=axis, title="占比 Share"),
            stroke=alt.Stroke("report:N", scale=colour, legend=legend),
            shape=alt.Shape("report:N", scale=alt.Scale(domain=names, range=["circle", "diamond"]), legend=legend),
            fill=alt.Fill("report:N", scale=colour, legend=None, condition={"test": "datum.small", "value": "white"}),
            tooltip=tooltip,
        ),
        base.mark_rule(strokeWidth=1.5).encode(
            x=alt.X("low:Q", scale=scale, axis=axis, title="占比 Share"),
            x2=alt.X2("high:Q"),
            stroke=alt.Stroke("report:N", scale=colour, legend=legend),
        ),
        base.mark_text(align="left", dx=8, fontSize=11, color=INK).encode(
            x=alt.X("end:Q", scale=scale, axis=axis, title="占比 Share"), text=alt.Text("said:N")
        ),
    ).properties(width=WIDTH, height=alt.Step(17, **{"for": "offset"}))


def _in_words(rows: Rows) -> str:
    """For those who do not see it: every share of both."""
    return f"{_ZH} {_EN}. " + "; ".join(f"{row['measure']}, {row['report']}: {row['said']}" for row in rows) + "."
