"""Findings on disputes: their figures against counts made here, their verdicts where the figures say otherwise."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from scipy.stats import binomtest, mannwhitneyu

from gxtools.datasets import observed, reports
from gxtools.explore import findings, stated_findings
from tests.measures.test_stated import SCHEMA, year

RECEIVED, CASES = "requests.received.total", "disputes.reconsideration.total"
SUITS = "disputes.litigation.total"
DIRECT, AFTER = "disputes.litigation_direct.total", "disputes.litigation_after_reconsideration.total"


@pytest.fixture(scope="module")
def sides() -> tuple[dict[str, Any], dict[str, Any]]:
    """Requests, cases and suits of every body before 2024 and since, added up without the package."""
    left_out = ("part_of_year", "contradicted", "doubted", "rounded", "inferred")
    found: dict[tuple[str, int], dict[str, float]] = {}
    for row in observed().iter_rows(named=True):
        if row["copy_of"] is None and row["body"] and 2021 <= row["year"] <= 2025 and not any(row[m] for m in left_out):
            found.setdefault((row["body"], row["year"]), {})[row["subject"]] = row["value"]
    sides: tuple[dict[str, Any], dict[str, Any]] = {}, {}
    for (body, of), figures in found.items():
        if SUITS not in figures and DIRECT in figures and AFTER in figures:
            figures[SUITS] = figures[DIRECT] + figures[AFTER]
        if {RECEIVED, CASES, SUITS} <= set(figures) and figures[RECEIVED] >= 50:
            own = sides[of >= 2024].setdefault(body, [0, 0, 0])
            for place, subject in enumerate((RECEIVED, CASES, SUITS)):
                own[place] += figures[subject]
    return sides


@pytest.fixture(scope="module")
def told() -> tuple[Any, ...]:
    return tuple(stated_findings())


def median(side: dict[str, Any], place: int) -> float:
    return float(pl.Series([1000 * own[place] / own[0] for own in side.values()]).median())  # type: ignore[arg-type]


def test_the_typical_body(told: tuple[Any, ...], sides: tuple[dict[str, Any], dict[str, Any]]) -> None:
    for place in (1, 2):
        before, since = (median(side, place) for side in sides)
        assert f"{before:.1f}" in told[0].zh
        assert f"{since:.1f}" in told[0].en
        rates = [[own[place] / own[0] for own in side.values()] for side in sides]
        assert f"p = {mannwhitneyu(*rates).pvalue:.3f}" in told[0].en
    assert f"{len(sides[0])} bodies" in told[0].en
    assert "确有上升，行政诉讼看不出变动" in told[0].zh


def test_all_pooled_and_without_the_weightiest(told: tuple[Any, ...], sides: tuple[dict[str, Any], Any]) -> None:
    def pooled(without: str) -> float:
        rates = []
        for side in sides:
            kept = [own for body, own in side.items() if body != without]
            rates.append(sum(own[1] for own in kept) / sum(own[0] for own in kept))
        return rates[1] / rates[0]

    assert f"{pooled(''):.1f} times" in told[1].en
    assert f"{pooled('321300 人民政府'):.1f} times" in told[1].en
    assert "440/3511 → 170/3525" in told[1].zh
    assert "不足以断定" in told[1].zh


def test_the_same_bodies(told: tuple[Any, ...], sides: tuple[dict[str, Any], dict[str, Any]]) -> None:
    both = set(sides[0]) & set(sides[1])
    rates = {body: [side[body][1] / side[body][0] for side in sides] for body in both}
    rose, fell = sum(s > b for b, s in rates.values()), sum(s < b for b, s in rates.values())
    assert f"of {len(both)} met on both sides {rose} rose and {fell} fell" in told[2].en
    assert f"p = {binomtest(rose, rose + fell).pvalue:.3f}" in told[2].en
    assert "尚不能定论" in told[2].zh


def world(rates: tuple[int, int]) -> pl.DataFrame:
    """Twelve bodies on both sides with these cases in 1,000 requests, some more or less, and 10 suits."""
    rows = [
        year(f"{body}", of, 1000, rate + body % 4, 10 + body % 3)
        for body in range(12)
        for of, rate in zip((2023, 2024), rates, strict=True)
    ]
    return pl.concat(rows)


def test_verdicts_follow_the_figures() -> None:
    rise, none, fall = (stated_findings(world(rates)) for rates in ((20, 60), (20, 20), (60, 20)))
    assert "确有上升" in rise[0].zh
    assert "合计也显示变动" in rise[1].zh
    assert "也见上升" in rise[2].zh
    assert "看不出变动，" in none[0].zh
    assert "尚不能定论" in none[2].zh
    assert "反而下降" in fall[0].zh
    assert "反见下降" in fall[2].zh


def test_too_few_bodies_are_said() -> None:
    for own in (SCHEMA, year("甲", 2024, 100, 5, 1), pl.concat([year("甲", of, 90, 5, 1) for of in (2023, 2024)])):
        (only,) = stated_findings(own)
        assert "nothing can be compared" in only.en


def test_the_tables_of_the_shipped_reports() -> None:
    zh = [finding.zh for finding in findings(reports(), "litigation")]
    assert "48.3 件" in zh[0]
    assert f"{1000 * 170 / 92:,.0f} 件" in zh[0]
    assert "审结的 134 件复议中纠正 18 件" in zh[1]
    assert "77 件诉讼中有 52 件先经过复议" in zh[2]
    assert "2023 年 126.2 和 32.4；2024 年 48.3 和 21.9（同一机构）" in zh[3]
