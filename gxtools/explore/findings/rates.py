"""What a corpus shows of disclosure rates: the newest year, what another definition makes of it, the last change."""

from __future__ import annotations

from typing import Any

import polars as pl

from gxtools.corpus import Corpus
from gxtools.explore.findings.finding import Finding
from gxtools.measures import definition_of, detectable, differences, measure, multiverse

_ID = "disclosure_rate"


def rates(corpus: Corpus) -> tuple[Finding, ...]:
    """The newest rate with its counts, the spread over rival definitions, and the change since the year before it."""
    known = measure(corpus, _ID, ["year"]).drop_nulls(["year", "value"])
    if known.is_empty():
        return (
            Finding(
                "没有一份报告印有计算公开率所需的全部数字，本题无从回答。",
                "No report carries all the figures that a disclosure rate needs: the question cannot be answered here.",
            ),
        )
    newest = known.row(-1, named=True)
    return (_newest(corpus, newest), _definitions(corpus, newest["year"]), _change(corpus, newest["year"]))


def _newest(corpus: Corpus, row: dict[str, Any]) -> Finding:
    value, low, high = (_percent(row[name]) for name in ("value", "low", "high"))
    between_zh = f"（95% 区间 {low} 至 {high}）" if low else ""
    between_en = f" (95% interval {low} to {high})" if low else ""
    lacking = row["cells_lacking"]
    out_zh = f"，另有 {lacking} 份缺数未计入" if lacking else ""
    out_en = f"; {lacking} more lack a figure and are left out" if lacking else ""
    counts = f"{row['numerator']:,.0f}", f"{row['denominator']:,.0f}"
    whose = _agency(corpus, row["year"]) if row["bodies"] == 1 else None
    who_zh = whose or f"{row['bodies']} 个机构{'合计' if row['bodies'] > 1 else ''}"
    who_en = whose or f"{row['bodies']} {'body' if row['bodies'] == 1 else 'bodies together'}"
    return Finding(
        f"{row['year']} 年，{who_zh}办结 {counts[1]} 件，公开 {counts[0]} 件，公开率 {value}{between_zh}{out_zh}。",
        f"In {row['year']} {who_en} disclosed {counts[0]} of {counts[1]} requests handled, or {value}"
        f"{between_en}{out_en}.",
    )


def _agency(corpus: Corpus, year: int) -> str | None:
    """The one body whose rate can be told for that year; null where its name is not known."""
    known = measure(corpus, _ID, ["agency", "year"]).filter(pl.col("year") == year).drop_nulls("value")
    return known["agency"][0] if known.height == 1 else None


def _definitions(corpus: Corpus, year: int) -> Finding:
    found, _ = definition_of(corpus, _ID)
    told = multiverse(corpus, _ID, ["year"]).filter(pl.col("reports") == "all").drop_nulls(["year", "value"])
    spread = told.with_columns(spread=pl.col("highest") - pl.col("lowest"))
    newest = spread.filter(pl.col("year") == year).row(0, named=True)
    widest = spread.sort("spread", "year", descending=True).row(0, named=True)
    names = f"{len(found.definitions)} 种算法", f"{len(found.definitions)} definitions"
    apart = _points(newest["spread"])
    zh = f"换一种算法，结果不同：{year} 年 {names[0]}之间最多相差 {apart} 个百分点"
    en = f"Counted otherwise it is another rate: in {year} the {names[1]} are up to {apart} points apart"
    if widest["year"] != year:
        low, high = _percent(widest["lowest"]), _percent(widest["highest"])
        zh += f"，{widest['year']} 年达 {_points(widest['spread'])} 个（{low} 至 {high}）"
        en += f", in {widest['year']} by {_points(widest['spread'])} ({low} to {high})"
    return Finding(f"{zh}。引用公开率须写明算法。", f"{en}. Whoever quotes a rate has to name its definition.")


def _change(corpus: Corpus, year: int) -> Finding:
    told = differences(corpus, _ID, "year").filter(pl.col("year") == year).drop_nulls("difference")
    if told.is_empty():
        return Finding(
            f"{year} 年之前没有可比的年份，谈不上升降。",
            f"No earlier year can be compared with {year}: nothing rose or fell.",
        )
    row = told.row(0, named=True)
    before, points = row["before"], _points(abs(row["difference"]))
    up = row["difference"] > 0
    zh = f"{year} 年比 {before} 年{'高' if up else '低'} {points} 个百分点"
    en = f"{year} is {points} points {'above' if up else 'below'} {before}"
    if not row["difference"]:
        zh, en = f"{year} 年与 {before} 年相同", f"{year} is the same as {before}"
    if row["bodies_shared"] < max(row["bodies"], row["bodies_before"]):
        shared = row["bodies_shared"]
        zh += f"，但两年都有可用数字的机构只有 {shared} 个，比的不是同一批机构"
        en += f", but only {shared} of the bodies stand in both years: others are compared, not the same ones later"
        return Finding(f"{zh}。", f"{en}.")
    if not row["difference"]:
        return Finding(f"{zh}。", f"{en}.")
    judged_zh, judged_en = _judged(row)
    least = _least(corpus, before, up)
    if least is not None:
        zh_least = f"；纯按件数，两年相差 {_points(least)} 个百分点以上才分辨得出"
        en_least = f"; by the counts alone no less than {_points(least)} points could be told from chance"
    else:
        zh_least = en_least = ""
    return Finding(f"{zh}{judged_zh}{zh_least}。", f"{en}{judged_en}{en_least}.")


def _judged(row: dict[str, Any]) -> tuple[str, str]:
    """Whether the interval of the difference holds 0; nothing where there is no interval."""
    if row["low"] is None:
        return "，没有区间可据以判断", "; there is no interval to judge it by"
    low, high = _points(row["low"]), _points(row["high"])
    if row["low"] <= 0 <= row["high"]:
        return (
            f"，95% 区间 {low} 至 {high}，含 0：这样的变化也可能出于偶然",
            f"; its 95% interval, {low} to {high}, holds 0: chance could give such a change",
        )
    return (
        f"，95% 区间 {low} 至 {high}，不含 0：大于偶然所能解释的范围",
        f"; its 95% interval, {low} to {high}, does not hold 0: more than chance explains",
    )


def _least(corpus: Corpus, before: int, up: bool) -> float | None:
    """The least rise or fall from that year that two years of its size could tell apart."""
    row = detectable(corpus, _ID, ["year"]).filter(pl.col("year") == before).row(0, named=True)
    end = row["above"] if up else row["below"]
    return None if end is None else abs(end - row["value"])


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _points(share: float) -> str:
    return f"{share * 100:.1f}"
