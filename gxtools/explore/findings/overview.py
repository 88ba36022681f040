"""What a corpus shows at a glance: its disclosure rate, whose sums break, and the commonest refusal."""

from __future__ import annotations

import polars as pl

from gxtools.charts.captions import number_of
from gxtools.corpus import Corpus
from gxtools.explore.findings.finding import Finding
from gxtools.explore.words import report_name
from gxtools.forms import Line
from gxtools.measures import composition, measure

_NAMED = 3


def overview(corpus: Corpus) -> tuple[Finding, ...]:
    """The disclosure rate of the newest year, whose figures do not add up, and the commonest refusal."""
    if not corpus.reports["error"].null_count():
        return (_unread(corpus.reports.height),)
    return (_disclosure(corpus), _identities(corpus), _refusals(corpus))


def _unread(documents: int) -> Finding:
    if not documents:
        return Finding(
            "没有载入任何报告，本题无从回答。", "No report was loaded: the question cannot be answered here."
        )
    return Finding(
        f"{documents} 个文件没有一个读成报告，本题无从回答；原因见 reports 的 error 列。",
        f"{number_of(documents, 'document')} given, none read as a report: the question cannot be answered here. "
        "Column error of reports says why.",
    )


def _disclosure(corpus: Corpus) -> Finding:
    rates = measure(corpus, "disclosure_rate", by=["year"]).drop_nulls(["year", "value"])
    if rates.is_empty():
        return Finding(
            "没有一份报告印有计算公开率所需的全部数字。",
            "No report carries all the figures that a disclosure rate needs.",
        )
    newest = rates.sort("year").row(-1, named=True)
    year = newest["year"]
    whose = _agency(corpus, year) if newest["bodies"] == 1 else None
    before = _rate(corpus, whose, year - 1) if whose else None
    granted, handled = f"{newest['numerator']:,.0f}", f"{newest['denominator']:,.0f}"
    rate, low, high = (_percent(newest[name]) for name in ("value", "low", "high"))
    several = newest["bodies"] > 1
    zh = whose or f"{newest['bodies']} 个机构{'合计' if several else ''}"
    en = whose or f"{newest['bodies']} {'bodies together' if several else 'body'}"
    than_zh = f"，上一年为 {_percent(before)}" if before is not None else ""
    than_en = f", after {_percent(before)} the year before" if before is not None else ""
    between_zh = f"，95% 区间 {low} 至 {high}" if low else ""
    between_en = f"; 95% interval {low} to {high}" if low else ""
    return Finding(
        f"{zh} {year} 年公开率为 {rate}：办结 {handled} 件，予以公开和部分公开 {granted} 件{between_zh}{than_zh}。",
        f"{en} in {year} granted {rate} of requests in full or in part: {granted} of {handled} handled"
        f"{between_en}{than_en}.",
    )


def _agency(corpus: Corpus, year: int) -> str | None:
    """The one body whose rate can be told for that year; null where its name is not known."""
    rates = measure(corpus, "disclosure_rate", by=["agency", "year"])
    known = rates.filter(pl.col("year") == year, pl.col("value").is_not_null())
    return known["agency"][0] if known.height == 1 else None


def _rate(corpus: Corpus, agency: str, year: int) -> float | None:
    rates = measure(corpus, "disclosure_rate", by=["agency", "year"])
    found = rates.filter(pl.col("agency") == agency, pl.col("year") == year)
    return None if found.is_empty() else found["value"][0]


def _identities(corpus: Corpus) -> Finding:
    read = corpus.reports.filter(pl.col("error").is_null())
    broken = corpus.problems.filter(pl.col("severity") == "error")
    accused = read.filter(pl.col("report").is_in(broken["report"].implode()))
    if accused.is_empty():
        return Finding(
            f"已读 {read.height} 份报告，没有查出不成立的勾稽关系。",
            f"Of {number_of(read.height, 'report')} read, none has a sum that was found not to add up.",
        )
    names = [report_name(row) for row in accused.head(_NAMED).iter_rows(named=True)]
    more = accused.height > _NAMED
    return Finding(
        f"已读 {read.height} 份报告，其中 {accused.height} 份的勾稽关系不成立，共 {broken.height} 处："
        f"{'、'.join(names)}{'等' * more}。",
        f"Of {number_of(read.height, 'report')} read, {accused.height} {'has' if accused.height == 1 else 'have'} "
        f"sums that do not add up, in {number_of(broken.height, 'place')}: "
        f"{', '.join(names)}{' and others' * more}.",
    )


def _refusals(corpus: Corpus) -> Finding:
    parts = composition(corpus, "refusals", by=[])
    whole = parts["whole"].sum()
    if parts.is_empty() or not whole:
        return Finding("报告中没有可计的不予公开件数。", "The reports carry no refusals to count.")
    most = parts.filter(pl.col("count") == pl.col("count").max())
    names = [_line(corpus, row["line"]) for row in most.iter_rows(named=True)]
    top = most.row(0, named=True)
    zh, en = "、".join(line.zh for line in names), " and ".join(f'"{line.en}"' for line in names)
    counts = f"{top['count']:,.0f}", f"{top['whole']:,.0f}"
    each_zh, each_en = ("各", " each") if len(names) > 1 else ("", "")
    return Finding(
        f"所读报告合计，不予公开的理由以“{zh}”最多："
        f"{each_zh}{counts[0]} 件，占 {counts[1]} 件的 {_percent(top['share'])}。",
        f"Over all reports read, the commonest ground of refusal is {en}:{each_en} {counts[0]} of {counts[1]}, "
        f"or {_percent(top['share'])}.",
    )


def _line(corpus: Corpus, id: str) -> Line:
    """A line of ``requests`` as the newest form that has it names it."""
    tables = (table for form in reversed(corpus.forms.all) for table in form.tables if table.id == "requests")
    return next(line for table in tables for line in table.lines if line.id == id)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"
