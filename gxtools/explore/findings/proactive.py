"""What a corpus shows of proactive disclosure: documents made and repealed, decisions, figures that are doubted."""

from __future__ import annotations

import polars as pl

from gxtools.charts.captions import number_of
from gxtools.corpus import Corpus
from gxtools.datasets import observed
from gxtools.explore.findings.finding import Finding
from gxtools.explore.findings.phrases import count, interval, percent, told
from gxtools.explore.words import report_name
from gxtools.measures import quantities, stock_flow
from gxtools.measures.intervals import wilson

_NAMED = 3
_MADE, _STOCK = "proactive.normative_documents.made", "normative_documents"


def proactive(corpus: Corpus) -> tuple[Finding, ...]:
    """Normative documents and their stock, decisions, figures that a rule doubts, and the observed figures."""
    return (_documents(corpus), _decisions(corpus), _doubted(corpus), _observed())


def _documents(corpus: Corpus) -> Finding:
    frame = stock_flow(corpus).filter(pl.col("line") == _STOCK)
    if frame.is_empty():
        return Finding(
            "没有同一机关相邻两年、均用2021年格式的报告，规范性文件的存量与流量无从对照。",
            "No body reports in the 2021 form two years running: stock and flow of documents cannot be compared.",
        )
    last = frame.filter(pl.col("year") == pl.col("year").max())
    sums = last.select(pl.col("in_force_before", "made", "repealed", "found").sum()).row(0, named=True)
    broken = last.filter(pl.col("difference") != 0).height
    whose = told(corpus, {"year": last["year"][0], "bodies": last.height})
    several = f"{last.height} 个机构中 {broken} 个前后不符", f"for {broken} of {last.height} the sum does not hold"
    alone = ("前后不符", "the sum does not hold") if broken else ("前后相符", "the sum holds")
    holds_zh, holds_en = alone if last.height == 1 else several
    numbers = {name: count(value) for name, value in sums.items()}
    return Finding(
        f"{whose.zh}行政规范性文件：上年有效 {numbers['in_force_before']} 件，本年制发 {numbers['made']} 件、"
        f"废止 {numbers['repealed']} 件，现行有效 {numbers['found']} 件；{holds_zh}。",
        f"{whose.en}, normative documents: {numbers['in_force_before']} in force the year before, {numbers['made']} "
        f"made, {numbers['repealed']} repealed, {numbers['found']} in force now; {holds_en}.",
    )


def _decisions(corpus: Corpus) -> Finding:
    rows = quantities(corpus).filter((pl.col("column") == "decisions") & pl.col("total").is_not_null())
    rows = rows.drop_nulls("year")
    if rows.is_empty():
        return Finding("报告中没有可计的处理决定。", "The reports carry no decisions to count.")
    last = rows.filter(pl.col("year") == pl.col("year").max())
    whose = told(corpus, last.row(0, named=True))
    names = _names(corpus)
    zh = "，".join(f"{names[row['line']][0]} {count(row['total'])} 件" for row in last.iter_rows(named=True))
    en = ", ".join(f"{names[row['line']][1].lower()} {count(row['total'])}" for row in last.iter_rows(named=True))
    return Finding(f"{whose.zh}作出处理决定：{zh}。", f"{whose.en}, decisions: {en}.")


def _doubted(corpus: Corpus) -> Finding:
    flagged = corpus.problems.filter(
        (pl.col("table") == "proactive") & pl.col("severity").is_in(["error", "warning"]) & pl.col("line").is_not_null()
    )
    read = corpus.reports.filter(pl.col("error").is_null())
    about = read.filter(pl.col("report").is_in(flagged["report"].implode()))
    if about.is_empty():
        return Finding(
            f"所读 {read.height} 份报告的主动公开表中没有规则存疑的数字。",
            f"No rule doubts a figure in the tables of proactive disclosure of {number_of(read.height, 'report')}.",
        )
    names = [report_name(row) for row in about.head(_NAMED).iter_rows(named=True)]
    more = about.height > _NAMED
    first = flagged.filter(pl.col("report") == about["report"][0]).row(0, named=True)
    return Finding(
        f"所读 {read.height} 份报告中，{about.height} 份的主动公开表含有规则存疑的数字：{'、'.join(names)}"
        f"{'等' * more}。例如：{first['message_zh']}。",
        f"Of {number_of(read.height, 'report')} read, {about.height} {'holds' if about.height == 1 else 'hold'} a "
        f"figure in the table of proactive disclosure that a rule doubts: {', '.join(names)}{' and others' * more}. "
        f"For one: {first['message']}.",
    )


def _observed() -> Finding:
    figures = observed(subject=_MADE).filter(
        pl.col("copy_of").is_null()
        & ~pl.col("part_of_year")
        & ~pl.col("contradicted")
        & pl.col("body").is_not_null()
        & (pl.col("year") >= 2019)
    )
    years = figures.group_by("body", "year").agg(
        pl.when(pl.col("value").n_unique() == 1).then(pl.col("value").first()).alias("made")
    )
    known = years.drop_nulls("made")
    none = known.filter(pl.col("made") == 0).height
    row = wilson(pl.DataFrame({"numerator": [none], "denominator": [known.height]}), 0.95).row(0, named=True)
    zh, en = interval(row)
    bodies, middle = known["body"].n_unique(), count(known.select(pl.col("made").median()).item())
    return Finding(
        f"所见网页中 {bodies} 个机构的 {known.height} 个机构年度写明本年制发规范性文件的件数：{none} 个一件未发，"
        f"占 {percent(none / known.height)}{zh}；中位数为 {middle} 件。并非抽样。",
        f"On the pages that were met {bodies} bodies state, for {known.height} body-years, how many normative "
        f"documents they made: none in {none}, or {percent(none / known.height)}{en}; the median is {middle}. "
        "No sample.",
        observed=True,
    )


def _names(corpus: Corpus) -> dict[str, tuple[str, str]]:
    tables = [table for form in corpus.forms.all for table in form.tables if table.id == "proactive"]
    return {line.id: (line.zh, line.en) for table in tables for line in table.lines}
