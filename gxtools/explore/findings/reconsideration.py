"""Whether reconsideration rose when it became the first step, by the figures that reports state; lawsuits beside it.

行政复议法 (2023 revision) art. 23, in force 2024-01-01: a denial must go to reconsideration before it goes to court.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from gxtools.charts.groups import LEVELS
from gxtools.explore.findings.finding import Finding, Findings
from gxtools.measures import stated_change, stated_influence

CASES, SUITS = "reconsideration_per_1000", "litigation_per_1000"
# Fewer bodies on a side tell nothing of a level.
FEWEST = 3
SURE = 0.05

Row = dict[str, Any]


def stated_findings(
    figures: pl.DataFrame | None = None, *, years: Iterable[int] = range(2021, 2026), least: float = 50
) -> Findings:
    """Four findings: the typical body, all pooled and what that hangs on, the same bodies, and the levels.

    ``figures`` are those of ``gx.datasets.observed()`` unless others are given. Every verdict follows from its figures:
    a change counts as seen where the p-value is below 0.05 or the 95 % interval leaves 1 out.
    """
    wanted: dict[str, Any] = {"figures": figures, "years": list(years), "least": least}
    frame = stated_change(CASES, against=SUITS, **wanted)
    rows = {(row["measure"], row["design"]): row for row in frame.iter_rows(named=True)}
    everyone = rows.get((CASES, "all_bodies"))
    if everyone is None or min(everyone["bodies_before"], everyone["bodies"]) < FEWEST:
        return Findings(
            (
                Finding(
                    "所给数字中，新法施行前后各不足三个机构同时载有申请、复议和诉讼，无从比较。",
                    "Among these figures fewer than three bodies on either side of the law state requests, "
                    "reconsiderations and lawsuits: nothing can be compared.",
                ),
            )
        )
    return Findings(
        (
            _typical(everyone, rows[SUITS, "all_bodies"], least),
            _pooled(everyone, rows[SUITS, "all_bodies"], wanted),
            _same(rows[CASES, "within_bodies"]) if (CASES, "within_bodies") in rows else _NONE_TWICE,
            _levels(wanted),
        )
    )


def _typical(cases: Row, suits: Row, least: float) -> Finding:
    sure = cases["p_value"] < SURE
    way = (cases["median"] > cases["median_before"]) - (cases["median"] < cases["median_before"]) if sure else 0
    zh = {1: "典型机构的行政复议确有上升", 0: "典型机构的行政复议看不出变动", -1: "典型机构的行政复议反而下降"}[way]
    en = {
        1: "The typical body saw more reconsiderations",
        0: "The typical body shows no change of reconsiderations",
        -1: "The typical body saw fewer reconsiderations",
    }[way]
    moved = suits["p_value"] < SURE
    verdict = (
        f"{zh}，行政诉讼{'也有变动' if moved else '看不出变动'}",
        f"{en}; lawsuits {'moved too' if moved else 'did not move visibly'}",
    )
    return Finding(
        f"{verdict[0]}：每千件新收申请的复议，{cases['before']} 年 {cases['bodies_before']} 个机构中位数为 "
        f"{cases['median_before']:.1f} 件，{cases['since']} 年 {cases['bodies']} 个机构为 {cases['median']:.1f} 件"
        f"（秩和检验 p = {_p(cases)}）；同批机构的诉讼中位数由 {suits['median_before']:.1f} 件变为 "
        f"{suits['median']:.1f} 件（p = {_p(suits)}）。只计申请至少 {least:g} 件者；所见网页，并非抽样。",
        f"{verdict[1]}: the median is {cases['median_before']:.1f} reconsiderations per 1,000 requests received for "
        f"{cases['bodies_before']} bodies in {cases['before']} and {cases['median']:.1f} for {cases['bodies']} in "
        f"{cases['since']} (rank-sum test, p = {_p(cases)}); for lawsuits {suits['median_before']:.1f} and "
        f"{suits['median']:.1f} (p = {_p(suits)}). Bodies with at least {least:g} requests; pages that were met, no "
        "sample.",
    )


def _pooled(cases: Row, suits: Row, wanted: dict[str, Any]) -> Finding:
    weighed = stated_influence(CASES, against=SUITS, **wanted).filter(design="all_bodies").drop_nulls("ratio_without")
    heavy = weighed.row(0, named=True)
    figures = _without(wanted, heavy["body"])
    left = stated_change(CASES, against=SUITS, **figures).filter(measure=CASES, design="all_bodies").row(0, named=True)
    sure, without = _is_sure(cases), _is_sure(left)
    verdict = (
        "合计也显示变动" if sure else "合计却不足以断定",
        "Pooled, the change is seen too" if sure else "Pooled, it is not settled",
    )
    hangs = (
        f"单是{heavy['agency']}（{_counts(heavy)}）就左右结果：不计它为 {_times(left, zh=True)}",
        f"one body decides how much: without {heavy['agency']} ({_counts(heavy)}) it is {_times(left)}",
    )
    steady = (
        f"不计影响最大的{heavy['agency']}仍为 {_times(left, zh=True)}",
        (f"without {heavy['agency']}, the body of most influence, it is {_times(left)}"),
    )
    why = hangs if sure != without else steady
    return Finding(
        f"{verdict[0]}：每千件由 {cases['value_before']:.1f} 件到 {cases['value']:.1f} 件，"
        f"为 {_times(cases, zh=True)}；{why[0]}。诉讼合计为 {_times(suits, zh=True)}。",
        f"{verdict[1]}: {cases['value_before']:.1f} and {cases['value']:.1f} per 1,000, {_times(cases)}; {why[1]}. "
        f"Lawsuits: {_times(suits)}.",
    )


def _without(wanted: dict[str, Any], body: str) -> dict[str, Any]:
    from gxtools.datasets import observed

    figures = observed() if wanted["figures"] is None else wanted["figures"]
    return wanted | {"figures": figures.filter(pl.col("body").ne_missing(body))}


_NONE_TWICE = Finding(
    "没有机构在新法前后两度出现，同一机构的变化无从得知。",
    "No body is met on both sides of the law, so nothing can be told of the same bodies.",
)


def _same(row: Row) -> Finding:
    decides = row["p_value"] is not None and row["p_value"] < SURE
    way = (row["rose"] > row["fell"]) - (row["rose"] < row["fell"]) if decides else 0
    zh = {1: "同一机构前后对照也见上升", 0: "同一机构前后对照尚不能定论", -1: "同一机构前后对照反见下降"}[way]
    en = {1: "The same bodies rose too", 0: "The same bodies do not decide it", -1: "The same bodies fell"}[way]
    return Finding(
        f"{zh}：前后均有的 {row['bodies_both']} 个机构中 {row['rose']} 个上升、{row['fell']} 个下降"
        f"（符号检验 p = {_p(row)}），各与自己相比合为 {_times(row, zh=True)}。",
        f"{en}: of {row['bodies_both']} met on both sides {row['rose']} rose and {row['fell']} fell "
        f"(sign test, p = {_p(row)}); each against itself, together {_times(row)}.",
    )


def _levels(wanted: dict[str, Any]) -> Finding:
    frame = stated_change(CASES, ["level"], against=SUITS, **wanted).filter(
        pl.col("measure") == CASES,
        pl.col("design") == "all_bodies",
        pl.col("level").is_not_null(),
        pl.min_horizontal("bodies_before", "bodies") >= FEWEST,
    )
    if frame.is_empty():
        return Finding("各层级的机构都太少，无从分别。", "No level has enough bodies to be told apart.")
    zh, en = [], []
    for row in frame.iter_rows(named=True):
        names = LEVELS[row["level"]].split(" ", 1)
        rates = f"{row['value_before']:.1f}", f"{row['value']:.1f}"
        count = f"{row['bodies_before']}", f"{row['bodies']}"
        zh.append(
            f"{names[0]}由 {rates[0]} 件到 {rates[1]} 件，为 {_times(row, zh=True)}，"
            f"机构前后 {count[0]} 与 {count[1]} 个"
        )
        en.append(f"{names[1]} {rates[0]} and {rates[1]} per 1,000, {_times(row)}, {count[0]} and {count[1]} bodies")
    return Finding(f"分层级合计：{'；'.join(zh)}。", f"Pooled by level: {'; '.join(en)}.")


def _is_sure(row: Row) -> bool:
    return row["low"] is not None and not row["low"] <= 1 <= row["high"]


def _times(row: Row, *, zh: bool = False) -> str:
    if row["ratio"] is None:
        return "不可计的倍数" if zh else "a ratio that cannot be told"
    if row["low"] is None:
        return f"{row['ratio']:.1f} 倍" if zh else f"{row['ratio']:.1f} times"
    low, high = f"{row['low']:.1f}", f"{row['high']:.1f}"
    between = f"（95% 区间 {low} 至 {high}）" if zh else f" (95% interval {low} to {high})"
    return f"{row['ratio']:.1f} {'倍' if zh else 'times'}{between}"


def _counts(row: Row) -> str:
    sides = [
        f"{row[f'numerator{side}']:.0f}/{row[f'denominator{side}']:.0f}"
        for side in ("_before", "")
        if row[f"denominator{side}"] is not None
    ]
    return " → ".join(sides)


def _p(row: Row) -> str:
    value = row["p_value"]
    return "—" if value is None else f"{value:.3f}" if value >= 0.001 else "<0.001"
