"""What a corpus shows of refusals: how many in the narrow and in the wide sense, on which grounds, what gave way."""

from __future__ import annotations

import polars as pl

from gxtools.corpus import Corpus
from gxtools.explore.findings.finding import Finding
from gxtools.explore.findings.phrases import count, interval, newest, percent, told
from gxtools.forms import Group, Line
from gxtools.measures import composition, composition_intervals, stated, substitution

_WIDE = "with_unavailable_unprocessed"
_YEARS = range(2019, 2026)


def refusals(corpus: Corpus) -> tuple[Finding, ...]:
    """Narrow against wide, the commonest ground in either sense, what gave way to what, and the observed figures."""
    return (_narrow_and_wide(corpus), _grounds(corpus), _substitution(corpus), _observed())


def _narrow_and_wide(corpus: Corpus) -> Finding:
    narrow, wide = newest(corpus, "denial_rate"), newest(corpus, "denial_rate", _WIDE)
    if narrow is None or wide is None or narrow.row["year"] != wide.row["year"]:
        return Finding(
            "没有一份报告印有计算不予公开率所需的全部数字。",
            "No report carries all the figures that a denial rate needs.",
        )
    few, many = narrow.row, wide.row
    (few_zh, few_en), (many_zh, many_en) = interval(few), interval(many)
    return Finding(
        f"{narrow.zh}办结 {count(few['denominator'])} 件：狭义的拒绝（不予公开）{count(few['numerator'])} 件，"
        f"占 {percent(few['value'])}{few_zh}；广义的拒绝（再加无法提供和不予处理）{count(many['numerator'])} 件，"
        f"占 {percent(many['value'])}{many_zh}。",
        f"{narrow.en}: {count(few['denominator'])} requests handled. Refused in the narrow sense (denied) "
        f"{count(few['numerator'])}, or {percent(few['value'])}{few_en}; in the wide sense (with what was unavailable "
        f"or not processed) {count(many['numerator'])}, or {percent(many['value'])}{many_en}.",
    )


def _grounds(corpus: Corpus) -> Finding:
    said = [_commonest(corpus, definition) for definition in ("denied", "not_disclosed")]
    if None in said:
        return Finding("报告中没有可计的不予公开件数。", "The reports carry no refusals to count.")
    (narrow_zh, narrow_en), (wide_zh, wide_en) = (one for one in said if one is not None)
    return Finding(
        f"最常见的理由随定义而变：狭义为{narrow_zh}；广义为{wide_zh}。",
        f"The commonest ground depends on the definition: in the narrow sense {narrow_en}; in the wide sense "
        f"{wide_en}.",
    )


def _commonest(corpus: Corpus, definition: str) -> tuple[str, str] | None:
    parts = composition_intervals(corpus, "refusals", ["year"], definition).filter(pl.col("whole") > 0)
    if parts.is_empty():
        return None
    last = parts.filter(pl.col("year") == parts["year"].max())
    most = last.filter(pl.col("count") == pl.col("count").max())
    top, names = most.row(0, named=True), [_line(corpus, id) for id in most["line"]]
    (zh, en), each = interval(top), ("各", "each ") if most.height > 1 else ("", "")
    return (
        f"“{'、'.join(name.zh for name in names)}”（{top['year']} 年{each[0]} {count(top['count'])} 件，"
        f"占 {count(top['whole'])} 件的 {percent(top['share'])}{zh.replace('（', '，').replace('）', '')}）",
        f'"{" and ".join(name.en for name in names)}" ({top["year"]}: {each[1]}{count(top["count"])} of '
        f"{count(top['whole'])}, or {percent(top['share'])}{en.replace(' (', ', ').replace(')', '')})",
    )


def _substitution(corpus: Corpus) -> Finding:
    used = composition(corpus, "outcomes", ["agency", "year"], grouped=True).filter(pl.col("whole") > 0)
    years = used.select("agency", "year").drop_nulls().unique()
    pairs = years.join(years.with_columns(pl.col("year") - 1), on=["agency", "year"])
    if pairs.is_empty():
        return Finding(
            "没有同一机关相邻两个年度的报告，无从比较结果之间的此消彼长。",
            "No body reports in two years running, so nothing can be said of one outcome giving way to another.",
        )
    before = int(pairs.select(pl.col("year").max()).item())
    frame = substitution(corpus, before, before + 1).sort("change")
    fell, rose = frame.row(0, named=True), frame.row(-1, named=True)
    whose = told(corpus, {"year": before + 1, "bodies": fell["bodies"]})
    if not rose["change"]:
        return Finding(f"{whose.zh}与上一年相比，各类结果的占比没有变化。", f"{whose.en} no outcome changed its share.")
    lost, gained = (_change(corpus, row) for row in (fell, rose))
    return Finding(
        f"{whose.zh}与上一年相比，占比升幅最大的是{gained[0]}，降幅最大的是{lost[0]}。此消彼长不等于换了名目：所申请的内容也在变。",
        f"{whose.en}, against the year before: most gained {gained[1]}, most lost {lost[1]}. What gains as something "
        f"else falls need not be the same under another name: what is asked for changes too.",
    )


def _change(corpus: Corpus, row: dict[str, object]) -> tuple[str, str]:
    name = _line(corpus, str(row["outcome"]))
    change, low, high = (None if row[key] is None else float(str(row[key])) for key in ("change", "low", "high"))
    assert change is not None
    limits = ("", "") if low is None or high is None else _limits(low, high)
    return (
        f"“{name.zh.split('（')[0]}”（{change * 100:+.1f} 个百分点{limits[0]}）",
        f'"{name.en}" ({change * 100:+.1f} points{limits[1]})',
    )


def _limits(low: float, high: float) -> tuple[str, str]:
    between = f"{low * 100:+.1f}", f"{high * 100:+.1f}"
    return f"，95% 区间 {between[0]} 至 {between[1]}", f", 95% interval {between[0]} to {between[1]}"


def _observed() -> Finding:
    narrow, unavailable = (
        stated(id, [], years=_YEARS, beside=[other]).row(0, named=True)
        for id, other in (("denial_rate", "unavailable_rate"), ("unavailable_rate", "denial_rate"))
    )
    (few_zh, few_en), (many_zh, many_en) = interval(narrow), interval(unavailable)
    return Finding(
        f"所见网页中有 {narrow['bodies']} 个机构在 {narrow['body_years']} 个机构年度同时写明不予公开与无法提供："
        f"合计办结 {count(narrow['denominator'])} 件，不予公开占 {percent(narrow['value'])}{few_zh}，"
        f"无法提供占 {percent(unavailable['value'])}{many_zh}。并非抽样。",
        f"On the pages that were met {narrow['bodies']} bodies state, for {narrow['body_years']} body-years, both what "
        f"was denied and what was unavailable: of {count(narrow['denominator'])} handled {percent(narrow['value'])} "
        f"were denied{few_en}, {percent(unavailable['value'])} unavailable{many_en}. No sample.",
        observed=True,
    )


def _line(corpus: Corpus, id: str) -> Line | Group:
    """A line or group of ``requests`` as the newest form that has it names it."""
    tables = [table for form in reversed(corpus.forms.all) for table in form.tables if table.id == "requests"]
    named: list[Line | Group] = []
    for table in tables:
        named += [*table.lines, *table.groups]
    return next(one for one in named if one.id == id)
