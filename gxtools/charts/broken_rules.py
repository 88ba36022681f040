"""The share of reports that break each rule, with its interval: what the forms promise and what is printed."""

from __future__ import annotations

from typing import Any

import altair as alt

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import hollow_where_small, x_at
from gxtools.charts.groups import rounded
from gxtools.charts.inline import inline
from gxtools.charts.layers import layered
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, FAINT, INK, SMALL
from gxtools.measures import HasFrames, rule_shares

WIDTH = 380
_ZH, _EN = "各规则不成立的报告占比", "Share of reports that break each rule"

Rows = list[dict[str, Any]]


def broken_rules(corpus: HasFrames) -> Drawn:
    """One point for every rule that some report could be held to: the share that breaks it, Wilson's 95 % interval.

    Hollow where it could decide fewer than 30. Beside each the counts, and the reports that a lacking figure leaves
    open.
    """
    rows = _rows(corpus)
    name = "broken_rules"
    if not rows:
        return nothing(corpus, _ZH, _EN, name, 0)
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "不成立的报告数 / 能判断的报告数；未能判断的不计入",
        "Reports that break the rule, of those that it could decide",
        "线段：95% 区间（Wilson），即同样做法可能出现的范围",
        "Lines: 95% interval, what the same practice might have given",
        *(
            [f"空心：能判断的不足 {SMALL} 份 Hollow: fewer than {SMALL} that it could decide"]
            if any(row["small"] for row in rows)
            else []
        ),
    ]
    base = alt.Chart().encode(
        y=alt.Y(
            "rule:N",
            title=None,
            sort=[row["rule"] for row in rows],
            axis=alt.Axis(labelLimit=0, ticks=False, labelPadding=10),
        ),
        tooltip=[
            alt.Tooltip("rule:N", title="规则 rule"),
            alt.Tooltip("share:Q", title="占比 share", format=".1%"),
            alt.Tooltip("low:Q", title="下限 low", format=".1%"),
            alt.Tooltip("high:Q", title="上限 high", format=".1%"),
            alt.Tooltip("counts:N", title="不成立/能判断 broken/decided"),
            alt.Tooltip("undecided:Q", title="未能判断 undecided"),
        ],
    )
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], labelOverlap=False)
    drawn = layered(
        base.mark_rule(color=BLUE, strokeWidth=2).encode(
            x=alt.X("low:Q", scale=alt.Scale(domain=[0, 1]), axis=axis, title="占比 Share"), x2=alt.X2("high:Q")
        ),
        base.mark_point(size=60, stroke=BLUE, strokeWidth=2, opacity=1).encode(
            x=alt.X("share:Q"), fill=hollow_where_small()
        ),
        base.mark_text(align="left", color=INK).encode(x=x_at(WIDTH + 12), text=alt.Text("counts:N")),
        base.mark_text(align="left", color=FAINT).encode(x=x_at(WIDTH + 80), text=alt.Text("open:N")),
        data=inline(rows, name),
        width=WIDTH,
        height=alt.Step(24),
    )
    return finished(drawn, title(_ZH, _EN, caption, WIDTH + 260), _in_words(rows))


def _rows(corpus: HasFrames) -> Rows:
    return [
        {
            "rule": f"{row['rule_zh']} {row['rule_en']}",
            "share": rounded(row["share"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "counts": f"{row['broken']}/{row['decided']}",
            "small": row["decided"] < SMALL,
            "undecided": row["undecided"],
            "open": f"未能判断 undecided {row['undecided']}" if row["undecided"] else "",
        }
        for row in rule_shares(corpus).iter_rows(named=True)
    ]


def _in_words(rows: Rows) -> str:
    """For those who do not see it."""
    return f"{_ZH} {_EN}. " + "; ".join(f"{row['rule']} {row['counts']}" for row in rows)
