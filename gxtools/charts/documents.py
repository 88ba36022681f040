"""Rules and normative documents: does what was in force, made and repealed lead to what is in force now."""

from __future__ import annotations

import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.implied import WIDTH, implied, pair
from gxtools.charts.nothing import nothing
from gxtools.charts.strips import names_of
from gxtools.measures import HasFrames, forms_of, stock_flow

MOST = 30


def documents(corpus: HasFrames) -> Drawn:
    """A row for every body, two years running and line: in force last year + made - repealed, against in force now.

    The 2021 form only: the one before prints no stock. Broken rows stand first, and where there are more than 30 the
    rest is counted in the caption and not drawn.
    """
    zh, en = "规章和规范性文件：存量与流量", "Rules and normative documents: stock and flow"
    frame = stock_flow(corpus).with_columns(broken=pl.col("difference") != 0, size=pl.col("difference").abs())
    if frame.is_empty():
        why = (
            "需要同一机关相邻两个年度、均用2021年格式的报告。",
            "This needs reports of one body in two years running, both in the 2021 form.",
        )
        return nothing(corpus, zh, en, "stock_flow", 0, otherwise=why)
    names = names_of(forms_of(corpus), "proactive")
    order = ["broken", "size", "expected", "agency", "year"]
    drawn = frame.sort(order, descending=[True, True, True, False, False], maintain_order=True).head(MOST)
    rows = [
        pair(
            f"{row['agency']} {row['year']} {names[row['line']].split(chr(10))[0]}",
            row,
            f"{row['in_force_before']:,.0f} + {row['made']:,.0f} - {row['repealed']:,.0f} = "
            f"{row['expected']:,.0f} → {row['found']:,.0f}",
        )
        for row in drawn.iter_rows(named=True)
    ]
    broken = int(frame["broken"].sum())
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        f"{frame.height} 项中 {broken} 项不符 {broken} of {frame.height} do not add up",
        "圈：上一年现行有效 + 本年制发 - 本年废止；点：本年印出的现行有效",
        "Ring: in force last year + made - repealed; dot: in force as printed this year",
        *([f"只画出 {MOST} 项，不符的在前 {MOST} are drawn, broken ones first"] if frame.height > MOST else []),
        "清理目录、调整统计范围都会使两者不等 A list that was cleaned, or another scope, breaks the sum too",
    ]
    chart = implied(rows, "stock_flow", "件（对数刻度） Documents (log scale)", "推算 implied", "印出 printed")
    words = f"{zh} {en}. {broken}/{frame.height}: " + "; ".join(f"{row['label']} {row['text']}" for row in rows[:12])
    return finished(chart, title(zh, en, caption, WIDTH + 440), words)
