"""What a corpus shows of those who ask: who they are, and whether persons and organisations fare differently."""

from __future__ import annotations

import polars as pl

from gxtools.corpus import Corpus
from gxtools.explore.findings.finding import Finding
from gxtools.explore.findings.phrases import count, interval, percent, told
from gxtools.measures import composition, definition_of, requester_odds, stated

_YEARS = range(2019, 2026)
_ODDS = ("disclosure_rate", "unavailable_rate")


def requesters(corpus: Corpus) -> tuple[Finding, ...]:
    """Who asks, how persons fare against organisations, and the observed figures."""
    return (_who(corpus), _odds(corpus), _observed())


def _who(corpus: Corpus) -> Finding:
    parts = composition(corpus, "applicants", ["year"]).filter(pl.col("whole") > 0).drop_nulls("year")
    if parts.is_empty():
        return Finding(
            "没有一份报告印有各类申请人的全部件数。", "No report carries the requests of every kind of applicant."
        )
    last = parts.filter(pl.col("year") == parts["year"].max())
    person = last.filter(column="natural_person").row(0, named=True)
    whose = told(corpus, person)
    others = last.filter(pl.col("column") != "natural_person").sort("count", descending=True, maintain_order=True)
    next_one = others.row(0, named=True)
    zh, en = interval(person)
    kind_zh, kind_en = _kind(corpus, next_one["column"])
    more_zh = f"；其次为{kind_zh}，{count(next_one['count'])} 件" if next_one["count"] else ""
    more_en = f"; next come {kind_en} with {count(next_one['count'])}" if next_one["count"] else ""
    return Finding(
        f"{whose.zh}新收 {count(person['whole'])} 件，其中自然人 {count(person['count'])} 件，"
        f"占 {percent(person['share'])}{zh}{more_zh}。",
        f"{whose.en}: {count(person['count'])} of {count(person['whole'])} requests came from natural persons, "
        f"or {percent(person['share'])}{en}{more_en}.",
    )


def _odds(corpus: Corpus) -> Finding:
    told_zh, told_en, reports = [], [], 0
    for id in _ODDS:
        measure, _ = definition_of(corpus, id)
        frame = requester_odds(corpus, id, [])
        if frame.is_empty() or frame["status"][0] != "ok":
            continue
        row = frame.row(0, named=True)
        reports = max(reports, row["reports_informative"])
        limits = f"{row['low']:.2f}", f"{row['high']:.2f}"
        told_zh.append(f"{measure.zh}的优势比为 {row['odds_ratio']:.2f}（95% 区间 {limits[0]} 至 {limits[1]}）")
        told_en.append(
            f"{row['odds_ratio']:.2f} for the {measure.en.lower()} (95% interval {limits[0]} to {limits[1]})"
        )
    if not told_zh:
        return Finding(
            "没有一份报告中自然人与组织都有办结申请且结果有别，两者无从比较。",
            "In no report do persons and organisations both have requests with outcomes that differ: no comparison.",
        )
    noun = "report" if reports == 1 else "reports"
    return Finding(
        f"同一报告之内自然人与组织相比（{reports} 份报告可比）：{'，'.join(told_zh)}；1 表示无差别。"
        "这不说明原因：两者所问不同。",
        f"Within one report, natural persons against organisations ({reports} {noun} to compare in), the odds ratio is "
        f"{' and '.join(told_en)}; 1 is no difference. It tells of no cause: they ask for different things.",
    )


def _observed() -> Finding:
    row = stated("natural_person_share", [], years=_YEARS).row(0, named=True)
    zh, en = interval(row)
    return Finding(
        f"所见网页中有 {row['bodies']} 个机构在 {row['body_years']} 个机构年度写明自然人件数："
        f"新收 {count(row['denominator'])} 件中自然人占 {percent(row['value'])}{zh}。并非抽样。",
        f"On the pages that were met {row['bodies']} bodies state, for {row['body_years']} body-years, how many of "
        f"their requests came from natural persons: {percent(row['value'])} of {count(row['denominator'])}{en}. "
        "No sample.",
        observed=True,
    )


def _kind(corpus: Corpus, id: str) -> tuple[str, str]:
    tables = (table for form in reversed(corpus.forms.all) for table in form.tables if table.id == "requests")
    column = next(column for table in tables for column in table.columns if column.id == id)
    return ("其他组织" if id == "other_organization" else column.zh), column.en
