"""Sums that blanks leave open one by one and that cannot all hold, held against linear programming."""

from __future__ import annotations

import random

import polars as pl
import pytest
from scipy.optimize import linprog

from benchmarks.oracle import promises_of
from benchmarks.worlds import Key, Values, panel
from gxtools.forms import forms
from tests.checks.made import Figure, Made, problems

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


def feasible(values: Values, blanks: frozenset[Key], form: str) -> bool:
    """Whether some figures not below 0 in place of the blanks make every sum of the form hold."""
    numbers = {key: number for number, key in enumerate(sorted(blanks))}
    rows, sums = [], []
    for promise in (promise for promise in promises_of(form) if promise.equal):
        row, known = [0.0] * max(1, len(numbers)), 0.0
        for side, sign in ((promise.left, 1), (promise.right, -1)):
            for cell in side:
                table, line, column = cell.split(".")
                key = (table, line, column)
                if key in numbers:
                    row[numbers[key]] += sign
                else:
                    known += sign * (values[key] or 0)
        rows.append(row)
        sums.append(-known)
    return bool(linprog([0.0] * len(rows[0]), A_eq=rows, b_eq=sums, bounds=(0, None)).status == 0)


@pytest.mark.parametrize(("blanks", "least"), [(0.02, 1.0), (0.1, 0.97), (0.3, 0.9)])
def test_nothing_is_accused_that_could_hold_and_nearly_all_is_found_that_could_not(blanks: float, least: float) -> None:
    rng = random.Random(8)
    reports, impossible = [], []
    for _ in range(60):
        year, form, values = rng.choice(panel(rng, range(2019, 2025)))
        held = [key for key in values if key[0] in ("requests", "disputes")]
        changed = rng.choice(held)
        if rng.random() < 0.8:
            values[changed] = (values[changed] or 0) + 1
        lacking = frozenset(key for key in held if key != changed and rng.random() < blanks)
        impossible.append(not feasible(values, lacking, form.id))
        figures: dict[str, Figure] = {".".join(key): value or 0 for key, value in values.items()}
        figures |= {".".join(key): "blank" for key in lacking}
        reports.append(Made(figures, form.id, year))
    said = problems(*reports, forms=forms()).filter(pl.col("severity") == "error")
    accused = set(said["report"])
    there = {f"r{number}" for number, breaks in enumerate(impossible) if breaks}
    assert accused <= there
    assert len(accused) >= least * len(there)
    assert there
