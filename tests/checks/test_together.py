"""Sums that blanks leave open one by one and that cannot all hold, held against linear programming."""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks.one_off import counted
from benchmarks.oracle import Figure
from tests.checks.made import Made, problems

HANDLED = "requests.handled.business"


def errors(figures: dict[str, Figure]) -> list[tuple[object, ...]]:
    said = problems(Made(figures)).filter(pl.col("severity") == "error")
    return said.select("rule", "line", "column", "expected", "found", "where").rows()


def test_two_sums_that_ask_for_different_figures_of_one_blank() -> None:
    """Received 5 asks for 5 handled, the outcomes for 4: no figure makes both hold."""
    figures: dict[str, Figure] = {
        "requests.received.business": 5,
        "requests.received.total": 5,
        "requests.granted.business": 4,
        "requests.granted.total": 4,
        HANDLED: "blank",
        "requests.handled.total": "blank",
    }
    assert errors(figures) == [("balance", None, "business", None, None, f"place of {HANDLED}")]
    assert errors(figures | {"requests.granted.business": 5, "requests.granted.total": 5}) == []
    # Where a figure is left for it, it stays open.
    assert errors(figures | {"requests.carried_out.business": "blank", "requests.carried_out.total": "blank"}) == []
    row = problems(Made(figures)).filter(pl.col("severity") == "error").row(0, named=True)
    assert row["message"] == (
        "Requests received and handled, column 'businesses': does not hold together with the other sums of the table"
        " that requests received and carried in equal those handled and carried over:"
        " no figure in 'Handled in total, businesses' (blank) would make them all hold"
    )
    assert row["message_zh"].endswith(
        "与表中其他合计不能同时成立：“总计，商业企业”（空白）无论填何数均不能使其全部成立"
    )


def test_where_a_sum_is_broken_by_itself_nothing_is_concluded_from_it() -> None:
    figures: dict[str, Figure] = {"requests.granted.business": 4, "requests.granted.total": 3, HANDLED: "blank"}
    said = problems(Made(figures)).filter(pl.col("severity") == "error")
    assert not said["message"].str.contains("together").any()


@pytest.mark.parametrize(("blanks", "least"), [(0.0, 1.0), (0.02, 1.0), (0.1, 0.97), (0.3, 0.9)])
def test_nothing_is_accused_that_could_hold_and_nearly_all_is_found_that_could_not(blanks: float, least: float) -> None:
    told = counted(60, seed=8, blanks=blanks)
    assert told.false == 0
    assert told.found >= least * told.decidable
    assert told.decidable > 20
