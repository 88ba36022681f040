"""What gave way to what: how the share of each outcome changed between two years, with its interval."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, is_simulated, spanned_breaks, title
from gxtools.charts.estimates import ROW, estimates
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import rounded
from gxtools.charts.nothing import nothing
from gxtools.charts.strips import names_of
from gxtools.measures import HasFrames, composition, definition_of, forms_of
from gxtools.measures import substitution as substituted

_METHODS = {
    "jackknife": ("按机构刀切", "jackknife over bodies"),
    "newcombe": ("Newcombe，一个机构", "Newcombe, one body"),
}

Rows = list[dict[str, Any]]


def substitution(corpus: HasFrames, before: int | None = None, after: int | None = None) -> Drawn:
    """Change of the share of each of the six outcomes from ``before`` to ``after``, of the bodies that report both.

    By default the last two years that some body handled requests in both of. The changes add up to nothing: what one
    outcome gains the others lose. Whether one refusal took the place of another, or other things were asked for, the
    shares alone cannot tell.
    """
    measure, chosen = definition_of(corpus, "outcomes")
    zh, en = "各类办理结果占比的变化", "How the share of each outcome changed"
    years = _years(corpus, before, after)
    if years is None:
        return _no_two_years(corpus, zh, en)
    first, last = years
    frame = substituted(corpus, first, last)
    rows = _rows(frame, names_of(forms_of(corpus), "requests"))
    bodies = int(frame.select(pl.col("bodies").max()).item())
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        f"{first} 年与 {last} 年均有办结的 {bodies} 个机构 The {bodies} {'body' if bodies == 1 else 'bodies'} "
        f"that handled requests in {first} and {last}",
        *counted(chosen),
        *_intervals(frame),
        *(f"{b.zh}，前后比较须谨慎 {b.en}, compare with care" for b in spanned_breaks(measure, years)),
    ]
    reach = max(abs(row[side] or 0) for row in rows for side in ("low", "high", "value")) * 1.1
    drawn = estimates(
        rows,
        f"outcomes_{first}_to_{last}",
        at=0,
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(labelExpr="format(100 * datum.value, '+')", tickCount=5, grid=False),
        axis_title=f"占比变化（百分点） Change of the share, {first} to {last} (percentage points)",
        tooltip=[
            alt.Tooltip("label:N", title="结果 outcome"),
            alt.Tooltip("before:Q", title=f"{first}", format=".1%"),
            alt.Tooltip("now:Q", title=f"{last}", format=".1%"),
            alt.Tooltip("value:Q", title="变化 change", format="+.1%"),
            alt.Tooltip("low:Q", title="下限 low", format="+.1%"),
            alt.Tooltip("high:Q", title="上限 high", format="+.1%"),
        ],
    )
    words = "; ".join(f"{row['label']} {row['beside']} ({row['text']})" for row in rows)
    return finished(drawn, title(zh, en, caption, ROW + 330), f"{zh} {en}, {first} - {last}. {words}")


def _rows(frame: pl.DataFrame, names: dict[str, str]) -> Rows:
    return [
        {
            "label": names[row["outcome"]].replace("\n", " "),
            "value": rounded(row["change"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "before": rounded(row["share_before"]),
            "now": rounded(row["share"]),
            "text": f"{_points(row['change'])} 百分点 pp",
            "beside": f"{row['share_before']:.1%} → {row['share']:.1%}",
            "hollow": row["low"] is None or row["low"] <= 0 <= row["high"],
        }
        for row in frame.iter_rows(named=True)
    ]


def _points(change: float) -> str:
    points = round(change * 100, 1)
    return f"{points:+.1f}" if points else "0.0"


def _intervals(frame: pl.DataFrame) -> list[str]:
    named = [_METHODS[name] for name in frame["interval"].drop_nulls().unique().sort()]
    return [
        line
        for zh, en in named
        for line in (f"线段：95% 区间（{zh}）；空心：区间含 0", f"Lines: 95% interval ({en}); hollow: it holds 0")
    ]


def _years(corpus: HasFrames, before: int | None, after: int | None) -> tuple[int, int] | None:
    """The years asked for, or the last two of one body; none where no body handled requests in both."""
    frame = composition(corpus, "outcomes", ["agency", "year"], grouped=True)
    used = (
        frame.filter((pl.col("whole") > 0) & pl.col("agency").is_not_null() & pl.col("year").is_not_null())
        .select("agency", "year")
        .unique()
    )
    pairs = (
        used.join(used, on="agency", suffix="_after")
        .filter(pl.col("year") < pl.col("year_after"))
        .filter(pl.lit(True) if before is None else pl.col("year") == before)
        .filter(pl.lit(True) if after is None else pl.col("year_after") == after)
    )
    if pairs.is_empty():
        return None
    found = pairs.sort("year_after", "year").row(-1, named=True)
    return found["year"], found["year_after"]


def _no_two_years(corpus: HasFrames, zh: str, en: str) -> Drawn:
    years = corpus.reports.filter(pl.col("error").is_null())["year"].drop_nulls().n_unique()
    if years < 2:
        why = "需要同一机关两个年度的报告。", "This needs reports of one body in two years."
    else:
        why = "没有一个机关在两个年度都有可用的办理结果。", "No body has usable outcomes in both years."
    return nothing(corpus, zh, en, "outcomes_change", 0, otherwise=why)
