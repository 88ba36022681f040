"""What a corpus shows of how its reports were filled in: how many add up, which rules break most, and by how much."""

from __future__ import annotations

import polars as pl

from gxtools.charts.captions import number_of
from gxtools.corpus import Corpus
from gxtools.explore.findings.finding import Finding
from gxtools.explore.findings.phrases import count, interval, percent
from gxtools.measures import rule_shares
from gxtools.measures.intervals import wilson

_NAMED = 3
_NOTHING = (
    "没有一份报告可供核对，本题无从回答。",
    "No report can be held against a rule: the question cannot be answered here.",
)


def quality(corpus: Corpus) -> tuple[Finding, ...]:
    """The share of reports that break a rule of severity ``error``, the rules broken most, and by how much."""
    shares = rule_shares(corpus).filter(pl.col("decided") > 0)
    if shares.is_empty():
        return (Finding(*_NOTHING),)
    return (_sums(corpus), _rules(shares), *_differences(corpus))


def _errors(corpus: Corpus) -> pl.DataFrame:
    return corpus.problems.filter(pl.col("severity") == "error")


def _sums(corpus: Corpus) -> Finding:
    read, errors = corpus.reports["error"].null_count(), _errors(corpus)
    broken = errors["report"].n_unique()
    share = wilson(pl.DataFrame({"numerator": [float(broken)], "denominator": [float(read)]}), 0.95).row(0, named=True)
    within = [percent(share[end]) for end in ("low", "high")]
    open_zh, open_en = "缺数而无法判断的不算不成立", "what a lacking figure leaves open is not taken for broken"
    if not broken:
        return Finding(
            f"所读 {read} 份报告中，没有一份有必须成立而不成立的勾稽关系，"
            f"95% 区间 {within[0]} 至 {within[1]}；{open_zh}。",
            f"Of {number_of(read, 'report')} read, none breaks a rule that must hold; 95% interval {within[0]} to "
            f"{within[1]}; {open_en}.",
        )
    zh, en = interval(share)
    return Finding(
        f"所读 {read} 份报告中，{broken} 份有必须成立而不成立的勾稽关系，占 {percent(broken / read)}{zh}，"
        f"共 {errors.height} 处；{open_zh}。",
        f"Of {number_of(read, 'report')} read, {broken} {'breaks' if broken == 1 else 'break'} a rule that must hold, "
        f"or {percent(broken / read)}{en}, in {number_of(errors.height, 'place')}; {open_en}.",
    )


def _rules(shares: pl.DataFrame) -> Finding:
    broken = shares.filter(pl.col("broken") > 0).sort("broken", descending=True, maintain_order=True)
    if broken.is_empty():
        return Finding(
            f"能判断的 {shares.height} 条规则，没有一条不成立。",
            f"Of {number_of(shares.height, 'rule')} that could be decided, none is broken.",
        )
    told = [(row, *interval(row)) for row in broken.head(_NAMED).iter_rows(named=True)]
    zh = "、".join(f"{row['rule_zh']} {row['broken']}/{row['decided']}{within}" for row, within, _ in told)
    en = ", ".join(f"{row['rule_en']} {row['broken']} of {row['decided']}{within}" for row, _, within in told)
    return Finding(
        f"不成立最多的规则（不成立的报告 / 能判断的报告）：{zh}。",
        f"The rules that most reports break, of the reports that they could decide: {en}.",
    )


def _differences(corpus: Corpus) -> list[Finding]:
    both = _errors(corpus).drop_nulls(["expected", "found"])
    if both.is_empty():
        return []
    off = (pl.col("found") - pl.col("expected")).abs()
    median, most = (count(number) for number in both.select(median=off.median(), most=off.max()).row(0))
    return [
        Finding(
            f"不成立的 {both.height} 处，两边相差的中位数为 {median}，最多 {most}。",
            f"In {number_of(both.height, 'such place')} the two sides are {median} apart in the median, {most} at "
            "most.",
        )
    ]
