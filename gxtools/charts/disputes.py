"""How reconsiderations and lawsuits ended: cases by outcome, with their numbers beside the bars."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, left_out, pooled_breaks, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import x_at, y_at
from gxtools.charts.groups import behind, behind_tooltip, fitting, label, rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.layers import layered
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, FAINT, GREEN, GREY, INK, ORANGE
from gxtools.forms import Forms
from gxtools.measures import HasFrames, definition_of, disputes_by_outcome, forms_of

MOST = 60
WIDTH = 280
STEP = 58
COLOURS = {"upheld": BLUE, "corrected": ORANGE, "other": GREY, "pending": "#DDDDDD"}
# For an outcome that a later form adds.
SPARE = GREEN

Rows = list[dict[str, Any]]


def disputes(corpus: HasFrames, by: Sequence[str] | None = None) -> Drawn:
    """Number of cases by outcome in each block of the fourth table, a panel for every group of ``by``.

    By default a panel for every agency and year while these are at most 5, else for every year, else one for all.
    Bars are counts on one common axis; shares with their intervals stand in the tooltips. One dispute may stand in
    two blocks.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more than 5 groups.
    """
    measure, _ = definition_of(corpus, "disputes_by_outcome")
    keys, frame = fitting(by, [["agency", "year"], ["year"], []], MOST, lambda keys: disputes_by_outcome(corpus, keys))
    name = "_".join(["disputes", "by", *keys]) if keys else "disputes"
    lacking = int(frame.unique([*keys, "line"])["cells_lacking"].sum())
    if not frame["whole"].sum():
        return nothing(corpus, measure.zh, measure.en, name, lacking)
    rows = _rows(frame, keys, forms_of(corpus))
    groups = list(dict.fromkeys(row["group"] for row in rows))
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "案件数；同一争议经复议后起诉的，两处各计一次",
        "Number of cases; a dispute that went from reconsideration to court stands in both",
        *pooled_breaks(measure, corpus),
        *left_out(lacking, "份次（报告×类别）", "block", " of reports"),
    ]
    drawn = _panels(inline(rows, name), rows, groups)
    heading = title(measure.zh, measure.en, caption, WIDTH + 5 * STEP + 150)
    return finished(drawn, heading, _in_words(measure.zh, measure.en, rows))


def _rows(frame: pl.DataFrame, keys: Sequence[str], known: Forms) -> Rows:
    tables = [table for form in known.all for table in form.tables if table.id == "disputes"]
    lines = {line.id: line for table in tables for line in table.lines}
    columns = {column.id: column for table in tables for column in table.columns}
    ranks = list(dict.fromkeys(frame["column"]))
    rows: Rows = []
    for row in frame.iter_rows(named=True):
        count, of = whole(row["count"]), whole(row["whole"])
        line, column = lines[row["line"]], columns[row["column"]]
        rows.append(
            {
                "group": label(row, keys),
                "block": f"{line.zh} {line.en}",
                "outcome": f"{column.zh} {column.en}",
                "heading": column.zh,
                "colour": COLOURS.get(column.id, SPARE),
                "rank": ranks.index(column.id),
                "count": count,
                "of": of,
                "share": rounded(row["share"]),
                "low": rounded(row["low"]),
                "high": rounded(row["high"]),
                "total": f"{of}" if of is not None else "缺数 n/a",
                "text": f"{count}" if count is not None else "缺数 n/a",
                **behind(row, keys),
            }
        )
    return rows


def _panels(data: alt.InlineData, rows: Rows, groups: list[str]) -> alt.FacetChart:
    blocks = list(dict.fromkeys(row["block"] for row in rows))
    y = alt.Y("block:N", title=None, sort=blocks, axis=alt.Axis(labelLimit=0, ticks=False, domain=False))
    colours = {row["outcome"]: row["colour"] for row in rows}
    outcomes = list(colours)
    colour = alt.Scale(domain=outcomes, range=list(colours.values()))
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
    drawn: alt.FacetChart = layered(bars, *_numbers(base, rows, y), width=WIDTH, height=alt.Step(22)).facet(
        row=alt.Row("group:N", title=None, sort=groups, header=alt.Header(orient="top", labelAnchor="start")),
        data=data,
        spacing=14,
    )
    return drawn


def _numbers(base: alt.Chart, rows: Rows, y: alt.Y) -> list[alt.Chart]:
    """The counts beside the bars, a column an outcome and one for the total, each headed in every panel."""
    first = f"datum.block === {json.dumps(rows[0]['block'])}"
    headings = list(dict.fromkeys(row["heading"] for row in rows))
    marks = []
    for rank, (heading, field) in enumerate([*((name, "text:N") for name in headings), ("总计", "total:N")]):
        # The total stands with every outcome of its block; one of them carries it.
        own = base.transform_filter(f"datum.rank === {rank if rank < len(headings) else 0}")
        x = x_at(WIDTH + 8 + (rank + 1) * STEP)
        marks += [
            own.mark_text(align="right", color=INK).encode(y=y, x=x, text=alt.Text(field)),
            own.transform_filter(first)
            .mark_text(align="right", fontSize=11, color=FAINT, text=heading)
            .encode(y=y_at(-9), x=x),
        ]
    return marks


def _in_words(zh: str, en: str, rows: Rows) -> str:
    """For those who do not see it: every block that has cases, at most twelve of them."""
    said: dict[str, list[str]] = {}
    for row in rows:
        if row["of"]:
            said.setdefault(f"{row['group']}, {row['block']}", []).append(f"{row['outcome']} {row['count']}")
    blocks = [f"{block}: {', '.join(outcomes)}" for block, outcomes in said.items()]
    more = f"; 另有 {len(blocks) - 12} 类 and {len(blocks) - 12} more" if len(blocks) > 12 else ""
    return f"{zh} {en}. " + "; ".join(blocks[:12]) + more
