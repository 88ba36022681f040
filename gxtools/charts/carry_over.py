"""Does this year begin where last year ended: what was carried in against what was carried out, breaks marked."""

from __future__ import annotations

import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.implied import WIDTH, implied, pair
from gxtools.charts.nothing import nothing
from gxtools.measures import HasFrames
from gxtools.measures import carry_over as carried

MOST = 35


def carry_over(corpus: HasFrames | None = None) -> Drawn:
    """A row for every body and two years running: requests carried out of the first, and into the second.

    Without ``corpus`` of the observed figures, each from its body's own page. Broken pairs stand first, and where there
    are more than 35 the rest is counted in the caption and not drawn.
    """
    zh, en = "上年结转与上一年的结转下年", "Carried in, against what was carried out the year before"
    name = "carry_over"
    frame = carried(corpus).with_columns(broken=pl.col("difference") != 0, size=pl.col("difference").abs())
    if corpus is not None and frame.is_empty():
        why = (
            "需要同一机关相邻两个年度的报告，且两处结转均印有数字。",
            "This needs reports of one body in two years running, with both figures printed.",
        )
        return nothing(corpus, zh, en, name, 0, otherwise=why)
    drawn = frame.sort(["broken", "size", "expected", "agency", "year"], descending=[True, True, True, False, False])
    rows = [
        pair(f"{row['agency']} {row['year']}", row, f"{row['expected']:,.0f} → {row['found']:,.0f}")
        for row in drawn.head(MOST).iter_rows(named=True)
    ]
    broken = int(frame["broken"].sum())
    caption = [
        *([SIMULATED] if corpus is not None and is_simulated(corpus) else []),
        f"{frame.height} 对相邻年度中 {broken} 对不符 {broken} of {frame.height} pairs of years break",
        "圈：上一年印出的结转下年；点：本年印出的上年结转 Ring: carried out last year; dot: carried in this year",
        *([f"只画出 {MOST} 对，不符的在前 {MOST} are drawn, broken ones first"] if frame.height > MOST else []),
        *([] if corpus is not None else ["所见网页所载数字，并非抽样 Figures from pages that were met, no sample"]),
    ]
    axis = "件（对数刻度） Requests (log scale)"
    chart = implied(rows, name, axis, "上一年的结转下年 carried out last year", "上年结转 carried in")
    said = "; ".join(f"{row['label']}: {row['text']}" for row in rows if row["difference"])
    words = f"{zh} {en}. {broken}/{frame.height}" + (f": {said}" if said else "")
    return finished(chart, title(zh, en, caption, WIDTH + 400), words)
