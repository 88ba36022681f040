"""Figures against siblings and against other bodies' reports, and how seldom sound ones are accused."""

from __future__ import annotations

import random
from typing import Any

import pytest

from benchmarks.outliers import measured
from gxtools.forms import forms
from gxtools.forms.outlier_cells import outlier_cells
from tests.checks.test_years import Years

FEES = "proactive.fees.amount"


def siblings(count: int, year: int = 2022, **odd: float) -> Years:
    """Bodies of one level and kind whose fees are near 8; those of ``odd`` (``b7``) are others."""
    years = Years()
    for body in range(count):
        fees = odd.get(f"b{body}", 6.0 + body % 7)
        years.add(f"b{body}", year, {FEES: fees}, **whose(body))
    return years


def whose(body: int) -> dict[str, Any]:
    return {"agency": f"第{body}县公安局", "level": "county", "kind": "department", "code": None}


def test_a_figure_far_from_its_siblings_is_pointed_at() -> None:
    found = siblings(60, b7=90_000.0).problems("implausible")
    assert [row[:5] for row in found] == [("b7", "implausible", "notice", "fees", "amount")]
    assert found[0][6] == 90_000.0
    assert siblings(60, b7=9.0).problems("implausible") == []


def test_a_figure_far_below_them_too() -> None:
    years = Years()
    for body in range(60):
        years.add(f"b{body}", 2022, {FEES: 1.0 if body == 3 else 50_000.0 + 900 * body}, **whose(body))
    assert [row[0] for row in years.problems("implausible")] == ["b3"]


def test_a_zero_is_never_held_against_siblings() -> None:
    assert siblings(60, b7=0.0).problems("implausible") == []


def test_too_few_siblings_are_no_measure() -> None:
    assert siblings(30, b7=90_000.0).problems("implausible") == []
    # Nor are bodies of another level, kind or year.
    years = siblings(49)
    for number, other in enumerate(({"level": "prefecture"}, {"kind": "office"}, {})):
        year = 2023 if not other else 2022
        years.add(f"o{number}", year, {FEES: 90_000.0}, **whose(100 + number) | other)
    assert years.problems("implausible") == []


def test_bodies_of_all_sizes_accuse_nobody() -> None:
    rng = random.Random(4)
    years = Years()
    for body in range(80):
        years.add(f"b{body}", 2022, {FEES: round(rng.lognormvariate(3, 2), 2) + 0.01}, **whose(body))
    assert years.problems("implausible") == []


@pytest.mark.parametrize("spread", [None, 1.5])
def test_the_stated_rate_of_false_alarms_is_kept(spread: float | None) -> None:
    stated = outlier_cells(forms()).false_discoveries
    shares = measured(worlds=10, bodies=60, seed=2, spread=spread)
    assert shares["sound worlds with an alarm"] <= stated
    assert shares["false among all named"] <= stated
    assert shares["元 for 万元"] >= 0.9


def copies(figures: dict[str, float | str], **second: Any) -> list[tuple[Any, ...]]:
    years = Years().add("a", 2022, figures, **whose(1))
    years.add("b", 2022, figures, **whose(2) | second)
    for body in range(3, 20):
        years.add(f"b{body}", 2022, {"proactive.licences.decisions": 1001.0 + body}, **whose(body))
    return years.problems("repeated_figure")


MANY: dict[str, float | str] = {
    "proactive.licences.decisions": 4567.0,
    "proactive.penalties.decisions": 12893.0,
    "proactive.coercion.decisions": 1389.0,
}


def test_large_figures_of_another_bodys_report() -> None:
    found = copies(MANY)
    assert [row[:5] for row in found] == [("b", "repeated_figure", "notice", "licences", "decisions")]
    assert found[0][6] == 4567.0
    assert len(copies({"proactive.licences.decisions": 28226527.0})) == 1


def test_what_chance_may_bring_about_is_not_told() -> None:
    assert copies({"proactive.licences.decisions": 4567.0}) == []
    assert copies({"proactive.licences.decisions": 1200.0, "proactive.penalties.decisions": 3500.0}) == []


def test_a_government_and_its_office_or_another_year_may_say_the_same() -> None:
    assert copies(MANY, kind="office") == []
    assert copies(MANY, level="prefecture") == []
    assert copies(MANY, agency="第1县公安局") == []
    years = Years().add("a", 2022, MANY, **whose(1)).add("b", 2023, MANY, **whose(2))
    assert years.problems("repeated_figure") == []
