"""Disputes in the tables of a corpus: how many, how they ended, which way they went, and how that changed."""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from gxtools.charts.theme import SMALL
from gxtools.corpus import Corpus
from gxtools.explore.findings.finding import Finding
from gxtools.measures import litigation as litigation_of

Row = dict[str, Any]


def litigation(corpus: Corpus) -> tuple[Finding, ...]:
    """Of the newest year with disputes: rates, outcomes, path and what is pending; and the rates of earlier years."""
    told = litigation_of(corpus, ["year"]).drop_nulls("year")
    disputes = told.filter(pl.col("measure") == "pending_share", pl.col("denominator") > 0)
    if disputes.is_empty():
        return (
            Finding(
                "没有一份报告载有可计的行政复议或行政诉讼。",
                "No report carries reconsiderations or lawsuits that could be counted.",
            ),
        )
    newest = disputes["year"].sort().to_list()[-1]
    rows = told.filter(pl.col("year") == newest)
    agency = _agency(corpus, rows)
    who = _Who(agency, newest)
    if agency is not None:
        told = litigation_of(corpus, ["agency", "year"]).filter(pl.col("agency") == agency)
    found = [_many(rows, who), _ended(rows, who), _way(rows, who), _before(told, newest)]
    return tuple(one for one in found if one is not None)


class _Who(NamedTuple):
    """Whose figures a sentence has: the one body of the ``year`` by its name, or how many bodies enter it."""

    agency: str | None
    year: int

    def told(self, bodies: int) -> tuple[str, str]:
        """In Chinese and in English."""
        if self.agency is not None:
            return f"{self.agency} {self.year} 年", f"{self.agency} in {self.year}"
        return f"{bodies} 个机构 {self.year} 年", f"{bodies} {'body' if bodies == 1 else 'bodies'} in {self.year}"


def _agency(corpus: Corpus, rows: pl.DataFrame) -> str | None:
    """The one body of that year by its name; null where there are several, or it has none."""
    own = corpus.reports.filter(pl.col("year") == rows["year"][0], pl.col("error").is_null())
    names = own["agency"].unique().to_list()
    known = len(names) == 1 and names[0] is not None and rows["bodies"].max() == 1
    return str(names[0]) if known else None


def _many(rows: pl.DataFrame, who: _Who) -> Finding | None:
    reconsidered, sued = (_one(rows, f"{kind}_per_1000", "of_handled") for kind in ("reconsideration", "litigation"))
    if reconsidered is None or sued is None:
        return None
    zh, en = who.told(reconsidered["bodies"])
    denied = _one(rows, "reconsideration_per_1000", "of_denied"), _one(rows, "litigation_per_1000", "of_denied")
    per_denial = ("", "")
    if denied[0] is not None and denied[1] is not None and denied[0]["denominator"] >= SMALL:
        per_denial = (
            f"；每千件不予公开则有 {denied[0]['value']:,.0f} 件和 {denied[1]['value']:,.0f} 件，"
            "因为争议并不只由不予公开引起",
            f"; per 1,000 denials {denied[0]['value']:,.0f} and {denied[1]['value']:,.0f}, denials being one cause "
            "among several",
        )
    elif denied[0] is not None:
        few = f"{denied[0]['denominator']:,.0f}"
        per_denial = (f"；不予公开只有 {few} 件，不计比率", f"; of only {few} denials no rate is made")
    return Finding(
        f"{zh}每办结千件申请，有行政复议 {_rate(reconsidered, zh=True)}、"
        f"行政诉讼 {_rate(sued, zh=True)}{per_denial[0]}。",
        f"{en}: {_rate(reconsidered)} reconsiderations and {_rate(sued)} lawsuits per 1,000 requests handled"
        f"{per_denial[1]}.",
    )


def _ended(rows: pl.DataFrame, who: _Who) -> Finding | None:
    by_block = rows.filter(pl.col("measure") == "correction_rate")
    reconsidered = by_block.filter(pl.col("line") == "reconsideration", pl.col("denominator") > 0)
    if reconsidered.is_empty():
        return None
    row = reconsidered.row(0, named=True)
    zh, en = who.told(row["bodies"])
    courts = _together(by_block.filter(pl.col("line") != "reconsideration"))
    if courts is None:
        in_court = _INCOMPLETE
    elif courts[1]:
        in_court = (
            f"；法院审结的 {courts[1]:,.0f} 件中纠正 {courts[0]:,.0f} 件",
            f"; in court {courts[0]:,.0f} of {courts[1]:,.0f}",
        )
    else:
        in_court = ("；没有法院审结的案件", "; no court case was concluded")
    return Finding(
        f"{zh}审结的 {row['denominator']:,.0f} 件复议中纠正 {row['numerator']:,.0f} 件"
        f"{_share(row, zh=True)}{in_court[0]}。",
        f"{en}: of {row['denominator']:,.0f} reconsiderations concluded {row['numerator']:,.0f} ended in a correction"
        f"{_share(row)}{in_court[1]}.",
    )


def _way(rows: pl.DataFrame, who: _Who) -> Finding | None:
    pending = _together(rows.filter(pl.col("measure") == "pending_share"))
    left = ("", "")
    if pending is not None:
        left = (
            f"；复议与诉讼合计 {pending[1]:,.0f} 件，年末尚未审结 {pending[0]:,.0f} 件",
            f"; {pending[0]:,.0f} of all {pending[1]:,.0f} reconsiderations and lawsuits were pending at the end of "
            "the year",
        )
    path = rows.filter(pl.col("measure") == "after_reconsideration_share")
    after = path.filter(pl.col("definition").str.ends_with("of_litigation")).row(0, named=True)
    zh, en = who.told(after["bodies"] or int(rows.select(pl.col("bodies").max()).item()))
    if after["denominator"] is None:
        return Finding(
            f"{zh}的诉讼数字不全，不计{left[0]}。", f"{en}: the figures of lawsuits are incomplete{left[1]}."
        )
    if not after["denominator"]:
        return Finding(f"{zh}没有行政诉讼{left[0]}。", f"{en}: no lawsuit{left[1]}.")
    return Finding(
        f"{zh}的 {after['denominator']:,.0f} 件诉讼中有 {after['numerator']:,.0f} 件先经过复议"
        f"{_share(after, zh=True)}{left[0]}。",
        f"{en}: {after['numerator']:,.0f} of {after['denominator']:,.0f} lawsuits came after a reconsideration"
        f"{_share(after)}{left[1]}.",
    )


def _together(blocks: pl.DataFrame) -> tuple[float, float] | None:
    """Numerator and denominator of these blocks of disputes; null where one of them lacks its figures."""
    if blocks.is_empty() or blocks["denominator"].null_count():
        return None
    numerator, denominator = blocks.select(pl.col("numerator", "denominator").sum()).row(0)
    return numerator, denominator


def _before(told: pl.DataFrame, newest: int) -> Finding:
    rates = told.filter(pl.col("definition").str.ends_with("of_handled")).drop_nulls("value")
    by_year = {
        year: [rates.filter(pl.col("year") == year, pl.col("measure") == f"{kind}_per_1000") for kind in _KINDS]
        for year in rates["year"].unique().sort()
    }
    known = {
        year: [frame.row(0, named=True) for frame in frames]
        for year, frames in by_year.items()
        if year <= newest and all(frame.height for frame in frames)
    }
    if len(known) < 2:
        return Finding("只有一个年度可计，看不出变化。", "Only one year can be counted, so no change can be told.")
    shown = {year: rows for year, rows in known.items() if year in (min(known), newest) or year in (newest - 1, 2023)}
    zh = "；".join(f"{year} 年 {r['value']:.1f} 和 {s['value']:.1f}" for year, (r, s) in shown.items())
    en = "; ".join(f"{year} {r['value']:.1f} and {s['value']:.1f}" for year, (r, s) in shown.items())
    bodies = [str(rows[0]["bodies"]) for rows in shown.values()]
    alone = "agency" in told.columns
    others_zh = "同一机构" if alone else f"机构数依次为 {'、'.join(bodies)}，各年机构未必相同"
    others_en = "the same body" if alone else f"{', '.join(bodies)} bodies, not always the same ones"
    return Finding(
        f"每办结千件的复议和诉讼：{zh}（{others_zh}）。",
        f"Reconsiderations and lawsuits per 1,000 handled: {en} ({others_en}).",
    )


_KINDS = ("reconsideration", "litigation")
_INCOMPLETE = ("；诉讼数字不全，不计", "; the figures of lawsuits are incomplete")


def _one(rows: pl.DataFrame, id: str, definition: str) -> Row | None:
    """The row of a measure, null where its denominator is nothing."""
    found = rows.filter(pl.col("measure") == id, pl.col("definition").str.ends_with(definition)).drop_nulls("value")
    return found.row(0, named=True) if found.height else None


def _rate(row: Row, *, zh: bool = False) -> str:
    """The rate with its interval; of fewer than 30 requests the counts."""
    if row["denominator"] < SMALL:
        counts = f"{row['numerator']:,.0f}/{row['denominator']:,.0f}"
        return f"{counts} 件" if zh else counts
    between = _between(row, 1, "")
    return f"{row['value']:.1f} 件{between[0]}" if zh else f"{row['value']:.1f}{between[1]}"


def _share(row: Row, *, zh: bool = False) -> str:
    """The share with its interval; of fewer than 30 the counts say enough."""
    if row["denominator"] < SMALL:
        return ""
    between = _between(row, 100, "%")
    return f"，占 {row['value']:.1%}{between[0]}" if zh else f", {row['value']:.1%}{between[1]}"


def _between(row: Row, factor: int, unit: str) -> tuple[str, str]:
    """The interval in words, nothing where there is none."""
    if row["low"] is None or row["high"] is None:
        return "", ""
    low, high = (f"{row[end] * factor:.1f}{unit}" for end in ("low", "high"))
    return f"（95% 区间 {low} 至 {high}）", f" (95% interval {low} to {high})"
