"""Which rules are broken in which years: a tile for each, with the share of reports, its interval and its counts."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import rounded
from gxtools.charts.inline import inline
from gxtools.charts.layers import layered
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import INK, RULE, SMALL
from gxtools.marks import SIMULATED_TEXT
from gxtools.measures import HasFrames, rule_shares

MOST = 60
YEARS = 8
TILE = (92, 50)
# Light enough at both ends for dark text.
SHADES = ("#FFFFFF", "#F0B43C")
_ZH, _EN = "各规则不成立的报告占比，分年度", "Share of reports that break each rule, by year"

Rows = list[dict[str, Any]]


def rules_by_year(corpus: HasFrames) -> Drawn:
    """The share of reports that break each rule, of those that it could decide, year by year.

    The rules with the most reports that break them, in at most 60 tiles: the newest eight years. Below 30 reports a
    tile has counts alone. Wilson's 95 % interval stands below each share. A rule that no report breaks is not drawn.
    """
    every = rule_shares(corpus, ["year"]).filter(pl.col("year").is_not_null())
    years = sorted(set(every["year"]))[-YEARS:]
    held = every.filter(pl.col("year").is_in(years))
    broken = held.group_by("rule", maintain_order=True).agg(pl.col("broken").sum()).filter(pl.col("broken") > 0)
    if broken.is_empty():
        why = ("能判断的规则在所读报告中全部成立。", "Every rule that could be decided holds in all reports read.")
        return nothing(corpus, _ZH, _EN, "rules_by_year", 0, why if held["decided"].sum() else None)
    shown = broken.sort("broken", "rule", descending=[True, False]).head(MOST // len(years))["rule"].to_list()
    rows = _rows(held, shown)
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "不成立的报告数 / 能判断的报告数；未能判断的不计入",
        "Reports that break the rule, of those that it could decide",
        "小字：95% 区间（Wilson），即同样做法可能出现的范围",
        "Small figures: 95% interval, what the same practice might have given",
        f"不足 {SMALL} 份报告的只标份数 Fewer than {SMALL} reports: counts only",
    ]
    if broken.height > len(shown):
        caption.append(
            f"另有 {broken.height - len(shown)} 条规则未列出 {broken.height - len(shown)} more rules not drawn"
        )
    heading = title(_ZH, _EN, caption, max(620, 220 + TILE[0] * len(years)))
    return finished(_tiles(rows, years), heading, _in_words(rows))


def _rows(held: pl.DataFrame, shown: list[str]) -> Rows:
    rows = []
    by_rule = {rule: held.filter(pl.col("rule") == rule) for rule in shown}
    for row in (row for rule in shown for row in by_rule[rule].iter_rows(named=True)):
        small = row["decided"] < SMALL
        rows.append(
            {
                "id": row["rule"],
                # The caption says what is simulated; here it would stand in every line.
                "rule": "\n".join(row[name].removeprefix(f"{SIMULATED_TEXT}: ") for name in ("rule_zh", "rule_en")),
                "year": row["year"],
                "broken": row["broken"],
                "decided": row["decided"],
                "undecided": row["undecided"],
                "share": rounded(row["share"]),
                "low": rounded(row["low"]),
                "high": rounded(row["high"]),
                "shade": None if small else rounded(row["share"]),
                "said": _said(row, small),
                "between": "" if small else f"{row['low']:.0%}–{row['high']:.0%}",
                "counts": "" if small else f"{row['broken']}/{row['decided']}",
            }
        )
    return rows


def _said(row: dict[str, Any], small: bool) -> str:
    if not row["decided"]:
        return "未能判断 open"
    return f"{row['broken']}/{row['decided']}" if small else f"{row['share']:.1%}"


def _tiles(rows: Rows, years: list[int]) -> Drawn:
    rules = list(dict.fromkeys(row["rule"] for row in rows))
    x = alt.X(
        "year:O",
        title=None,
        scale=alt.Scale(domain=years, paddingInner=0.05),
        axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False),
    )
    y = alt.Y(
        "rule:N",
        title=None,
        scale=alt.Scale(domain=rules, paddingInner=0.08),
        axis=alt.Axis(
            labelExpr="split(datum.label, '\\n')",
            labelLimit=0,
            ticks=False,
            domain=False,
            labelLineHeight=15,
            # Two lines about the middle of the tile.
            labelOffset=-8,
        ),
    )
    top = max((row["shade"] or 0 for row in rows), default=0) or 1
    base = alt.Chart().encode(x=x, y=y)
    tooltip = [
        alt.Tooltip("rule:N", title="规则 rule"),
        alt.Tooltip("year:Q", title="年度 year", format="d"),
        alt.Tooltip("share:Q", title="占比 share", format=".1%"),
        alt.Tooltip("low:Q", title="下限 low", format=".1%"),
        alt.Tooltip("high:Q", title="上限 high", format=".1%"),
        alt.Tooltip("broken:Q", title="不成立 broken"),
        alt.Tooltip("decided:Q", title="能判断 decided"),
        alt.Tooltip("undecided:Q", title="未能判断 undecided"),
    ]
    shade = alt.Fill("shade:Q", scale=alt.Scale(domain=[0, top], range=list(SHADES), interpolate="rgb"), legend=None)
    marks = [
        base.mark_rect(stroke=RULE, strokeWidth=1, fill="white").encode(tooltip=tooltip),
        base.transform_filter("isValid(datum.shade)")
        .mark_rect(stroke=RULE, strokeWidth=1)
        .encode(fill=shade, tooltip=tooltip),
        base.transform_filter("!isValid(datum.shade)").mark_text(color=INK).encode(text=alt.Text("said:N")),
        *(
            base.transform_filter("isValid(datum.shade)")
            .mark_text(dy=dy, fontSize=size, color=INK)
            .encode(text=alt.Text(f"{field}:N"))
            for field, dy, size in (("said", -12, 13), ("between", 3, 10), ("counts", 16, 10))
        ),
    ]
    return layered(*marks, data=inline(rows, "rules_by_year"), width=TILE[0] * len(years), height=TILE[1] * len(rules))


def _in_words(rows: Rows) -> str:
    """For those who do not see it: every rule with its counts in the newest year that has it."""
    newest = {row["rule"]: row for row in rows}
    told = [
        f"{rule.replace(chr(10), ' ')} {row['year']}: {row['broken']}/{row['decided']}" for rule, row in newest.items()
    ]
    return f"{_ZH} {_EN}. {'; '.join(told)}."
