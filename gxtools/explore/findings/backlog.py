"""What a corpus shows of requests that wait: what is carried over, the bounds on waiting, the chain of years."""

from __future__ import annotations

import polars as pl

from gxtools.corpus import Corpus
from gxtools.explore.findings.finding import Finding
from gxtools.explore.findings.phrases import count, interval, newest, percent, told
from gxtools.measures import carry_over, waiting
from gxtools.measures.intervals import wilson


def backlog(corpus: Corpus) -> tuple[Finding, ...]:
    """What is carried over, how long it waited at least and at most, whether the years link, the observed links."""
    return (_carried(corpus), _bounds(corpus), _links(carry_over(corpus)), _links(carry_over(), observed=True))


def _carried(corpus: Corpus) -> Finding:
    found = newest(corpus, "backlog_rate")
    if found is None:
        return Finding(
            "没有一份报告印有新收和上下年结转的全部件数。",
            "No report carries all of what was received, carried in and carried out.",
        )
    row, (zh, en) = found.row, interval(found.row)
    return Finding(
        f"{found.zh}待办 {count(row['denominator'])} 件（新收加上年结转），结转下年 {count(row['numerator'])} 件，"
        f"占 {percent(row['value'])}{zh}。结转不等于逾期。",
        f"{found.en}: of {count(row['denominator'])} requests to deal with (received or carried in) "
        f"{count(row['numerator'])} were carried over, or {percent(row['value'])}{en}. Open is not late.",
    )


def _bounds(corpus: Corpus) -> Finding:
    frame = waiting(corpus).drop_nulls(["year", "received"]).filter(pl.col("received") > 0)
    if frame.is_empty():
        return Finding("等候的上下限无从推算。", "No bound on waiting can be told.")
    row = frame.sort("year").row(-1, named=True)
    whose = told(corpus, row)
    least, most = (row[f"same_year_{end}"] / row["received"] for end in ("low", "high"))
    long_zh = (
        f"上年结转的 {count(row['carried_in'])} 件中，年底仍未办结的至少 {count(row['over_a_year_low'])} 件、"
        f"至多 {count(row['over_a_year_high'])} 件。"
    )
    long_en = (
        f"Of the {count(row['carried_in'])} carried in, at least {count(row['over_a_year_low'])} and at most "
        f"{count(row['over_a_year_high'])} were still open at the end of the year."
    )
    return Finding(
        f"{whose.zh}新收的申请，当年办结的至少 {percent(least)}、至多 {percent(most)}。{long_zh}",
        f"{whose.en}: of the requests received at least {percent(least)} and at most {percent(most)} were closed in "
        f"the same year. {long_en}",
    )


def _links(frame: pl.DataFrame, observed: bool = False) -> Finding:
    links = frame.height
    where_zh, where_en = ("所见网页中", "On the pages that were met, ") if observed else ("所读报告中", "")
    end_zh, end_en = ("并非抽样。", " No sample.") if observed else ("", "")
    if not links:
        return Finding(
            f"{where_zh}没有同一机关相邻两年的结转数字可以对照。",
            "No body prints both figures in two years running, so the chain of years cannot be tested.",
            observed,
        )
    broken = frame.filter(pl.col("difference") != 0)
    row = wilson(pl.DataFrame({"numerator": [broken.height], "denominator": [links]}), 0.95).row(0, named=True)
    zh, en = interval(row)
    share, off = percent(broken.height / links), _differences(broken)
    pairs = "pair" if links == 1 else "pairs"
    do = "does" if broken.height == 1 else "do"
    if not broken.height:
        return Finding(
            f"{where_zh}可对照的相邻年度有 {links} 对，上年结转与上一年的结转下年全部吻合；"
            f"不符的占 {share}{zh}。{end_zh}",
            f"{where_en}{links} {pairs} of years running can be held against each other, and all link: what was "
            f"carried in is what had been carried out; {share} do not{en}.{end_en}",
            observed,
        )
    return Finding(
        f"{where_zh}可对照的相邻年度有 {links} 对，其中 {broken.height} 对的上年结转与上一年的结转下年不符"
        f"（相差 {off.replace(', ', '、')} 件），占 {share}{zh}。{end_zh}",
        f"{where_en}{broken.height} of {links} {pairs} of years running {do} not link: what was carried in is not what "
        f"had been carried out (off by {off}); that is {share}{en}.{end_en}",
        observed,
    )


def _differences(broken: pl.DataFrame) -> str:
    sizes = broken["difference"].abs().sort(descending=True).to_list()
    return ", ".join(count(size) for size in sizes[:5]) + (" …" if len(sizes) > 5 else "")
