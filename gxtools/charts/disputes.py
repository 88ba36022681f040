"""How reconsiderations and lawsuits ended: cases by outcome, with their numbers beside the bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, left_out, spanned_breaks, title
from gxtools.charts.groups import behind, behind_tooltip, fitting, label, rounded, whole
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, FAINT, GREY, INK, ORANGE, config
from gxtools.forms import forms
from gxtools.measures import HasFrames, definition_of, disputes_by_outcome

MOST = 72
WIDTH = 300
STEP = 62
NAMES = {
    "upheld": ("维持", "Upheld", BLUE),
    "corrected": ("纠正", "Corrected", ORANGE),
    "other": ("其他", "Other result", GREY),
    "pending": ("未结", "Pending", "#DDDDDD"),
}

Rows = list[dict[str, Any]]


def disputes(corpus: HasFrames, by: Sequence[str] | None = None) -> alt.FacetChart | alt.Chart:
    """Number of cases by outcome in each block of the fourth table, a panel for every group of ``by``.

    By default a panel for every agency and year while these are at most 6, else for every year, else one for all. Bars
    are counts on one common axis; shares with their intervals stand in the tooltips. One dispute may stand in two blocks.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more than 6 groups.
    """
    measure, _ = definition_of("disputes_by_outcome")
    keys, frame = fitting(by, [["agency", "year"], ["year"], []], MOST, lambda keys: disputes_by_outcome(corpus, keys))
    name = "_".join(["disputes", "by", *keys]) if keys else "disputes"
    lacking = int(frame["cells_lacking"].sum()) // len(NAMES)
    if not frame["whole"].sum():
        return nothing(corpus, measure.zh, measure.en, name, lacking)
    rows = _rows(frame, keys)
    groups = list(dict.fromkeys(row["group"] for row in rows))
    years = {int(row["report_year"]) for row in rows if row["report_year"]}
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "案件数；同一争议经复议后起诉的，两处各计一次",
        "Number of cases; a dispute that went from reconsideration to court stands in both",
        *(f"{b.zh}，前后不可直接比较 {b.en}, compare with care" for b in spanned_breaks(measure, years)),
        *left_out(lacking, "份次（报告×类别）", "block(s) of reports"),
    ]
    drawn = _panels(alt.InlineData(values=rows, name=name), rows, groups)
    heading = title(measure.zh, measure.en, caption, WIDTH + 5 * STEP + 150)
    return drawn.properties(title=heading, description=_in_words(measure.zh, measure.en, rows)).configure(**config())


def _rows(frame: pl.DataFrame, keys: Sequence[str]) -> Rows:
    lines = {line.id: line for line in forms().all[-1].table("disputes").lines}
    rows: Rows = []
    for row in frame.iter_rows(named=True):
        count, of = whole(row["count"]), whole(row["whole"])
        zh, en, _ = NAMES[row["column"]]
        line = lines[row["line"]]
        rows.append(
            {
                "group": label(row, keys),
                "block": f"{line.zh} {line.en}",
                "outcome": f"{zh} {en}",
                "rank": list(NAMES).index(row["column"]),
                "count": count,
                "of": of,
                "share": rounded(row["share"]),
                "low": rounded(row["low"]),
                "high": rounded(row["high"]),
                "text": f"{zh} {count if count is not None else '缺 n/a'}",
                **behind(row, keys),
            }
        )
    return rows


def _panels(data: alt.InlineData, rows: Rows, groups: list[str]) -> alt.FacetChart:
    blocks = list(dict.fromkeys(row["block"] for row in rows))
    y = alt.Y("block:N", title=None, sort=blocks, axis=alt.Axis(labelLimit=0, ticks=False, domain=False))
    outcomes = [f"{zh} {en}" for zh, en, _ in NAMES.values()]
    colour = alt.Scale(domain=outcomes, range=[colour for _, _, colour in NAMES.values()])
    tooltip = [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("report_year:N", title="年度 year"),
        alt.Tooltip("block:N", title="类别 kind"),
        alt.Tooltip("outcome:N", title="结果 outcome"),
        alt.Tooltip("count:Q", title="件数 cases"),
        alt.Tooltip("of:Q", title="合计 of"),
        alt.Tooltip("share:Q", title="占比 share", format=".1%"),
        alt.Tooltip("low:Q", title="下限 low", format=".1%"),
        alt.Tooltip("high:Q", title="上限 high", format=".1%"),
        *behind_tooltip(),
    ]
    base = alt.Chart()
    bars = base.mark_bar(height=14).encode(
        x=alt.X("count:Q", stack="zero", title="案件数 Cases", axis=alt.Axis(tickMinStep=1, tickCount=5, format="d")),
        y=y,
        color=alt.Color("outcome:N", scale=colour, sort=outcomes, legend=alt.Legend(orient="top", title=None)),
        order=alt.Order("rank:Q"),
        tooltip=tooltip,
    )
    numbers = [
        base.transform_filter(f"datum.rank === {rank}")
        .mark_text(align="left", color=INK)
        .encode(y=y, x=alt.value(WIDTH + 14 + rank * STEP), text="text:N")
        for rank in range(len(NAMES))
    ]
    total = (
        base.transform_filter("datum.rank === 0 && datum.of !== null")
        .transform_calculate(total="'共 ' + datum.of")
        .mark_text(align="left", color=FAINT, fontWeight="bold")
        .encode(y=y, x=alt.value(WIDTH + 14 + len(NAMES) * STEP), text="total:N")
    )
    return (
        alt.layer(bars, *numbers, total)
        .properties(width=WIDTH, height=alt.Step(22))
        .facet(
            row=alt.Row("group:N", title=None, sort=groups, header=alt.Header(orient="top", labelAnchor="start")),
            data=data,
            spacing=14,
        )
    )


def _in_words(zh: str, en: str, rows: Rows) -> str:
    """For those who do not see it: every block that has cases, at most twelve of them."""
    said: dict[str, list[str]] = {}
    for row in rows:
        if row["of"]:
            said.setdefault(f"{row['group']}, {row['block']}", []).append(f"{row['outcome']} {row['count']}")
    blocks = [f"{block}: {', '.join(outcomes)}" for block, outcomes in said.items()]
    more = f"; 另有 {len(blocks) - 12} 类 and {len(blocks) - 12} more" if len(blocks) > 12 else ""
    return f"{zh} {en}. " + "; ".join(blocks[:12]) + more
