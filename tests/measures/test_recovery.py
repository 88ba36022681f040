"""A small fixed part of benchmarks/measures_recovery.py: simulated worlds whose truth the measures must find."""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks.measures_recovery import Told, recovered
from gxtools.simulation.parameters import parameters

# Some three standard errors of the mean over two such worlds.
ALLOWED = {
    "`disclosure_rate`, by year": 0.06,
    "`denial_rate`, by year": 0.04,
    "`backlog_rate`, by year": 0.02,
    "`reconsideration_per_1000, of_refused`, by year": 20.0,
    "`correction_rate, reconsideration`, by year": 0.05,
    "`pending_share, litigation_after_reconsideration`, by year": 0.08,
    "`shrunken`: mean of the group": 0.03,
    "`dirichlet`: strength": 3.0,
}


@pytest.fixture(scope="module")
def told() -> dict[str, Told]:
    return recovered(range(1, 3), with_errors=False, bodies=250)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_true_is_found(told: dict[str, Told], name: str) -> None:
    errors = pl.Series([sum(found) / len(found) for found in told[name].errors.values()])
    assert len(errors) == 2
    assert abs(float(errors.mean() or 0)) < ALLOWED[name]  # type: ignore[arg-type]


def test_limits_hold_about_as_often_as_they_say(told: dict[str, Told]) -> None:
    for name, least in (("`wilson`", 0.93), ("`shrunken`: a body's own", 0.9), ("`clopper_pearson`", 0.97)):
        asked = [question for question_name, question in told.items() if question_name.startswith(name)]
        assert sum(q.held for q in asked) >= least * sum(q.asked for q in asked) > 0, name
    waits = told["`waiting`: closed in the same year"]
    assert waits.held == waits.asked > 1000


def test_the_truth_is_that_of_the_parameters(told: dict[str, Told]) -> None:
    results = parameters().numbers("reconsideration_results")
    truth = results["corrected"] / (1 - results["pending"])
    assert told["`correction_rate, reconsideration`, by year"].truths == pytest.approx([truth] * 14)
