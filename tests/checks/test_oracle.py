"""The rules with terms, computed anew in plain Python for drawn reports, from rules written out by hand."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.oracle import YEARS, promises_of, verdict
from gxtools.forms import forms
from tests.checks.made import Figure, Made, found, problems

STATES = st.sampled_from(["blank", "dash", "unreadable", "absent"])
RULES = sorted({promise.rule for form in YEARS for promise in promises_of(form)})


@st.composite
def made(draw: st.DrawFn) -> Made:
    form = draw(st.sampled_from(sorted(YEARS)))
    held = promises_of(form)
    figures: dict[str, Figure] = {}
    for promise in draw(st.lists(st.sampled_from(held), max_size=3)):
        # Sums that hold, so that not every rule fails; later ones may break them again.
        value = draw(st.integers(0, 4))
        figures |= {draw(st.sampled_from(promise.left)): value}
        if promise.right:
            figures[promise.right[0]] = value if promise.rule != "balance" else draw(st.integers(0, 4))
    cells = sorted({cell for promise in held for cell in promise.cells})
    figures |= draw(st.dictionaries(st.sampled_from(cells), st.integers(-1, 3) | STATES, max_size=6))
    return Made(figures, form, YEARS[form])


@settings(max_examples=100)
@given(st.lists(made(), min_size=1, max_size=4))
def test_every_rule_in_every_line_and_column(reports: list[Made]) -> None:
    # What only follows from several sums together is another test's (test_together); alone such a sum is open.
    together = pl.col("message").str.contains("together with the other sums", literal=True)
    all_said = problems(*reports)
    alone = pl.when(together).then(pl.lit("notice")).otherwise("severity")
    said = found(all_said.with_columns(severity=alone), *RULES)
    expected = []
    for number, report in enumerate(reports):
        figures = dict(report.figures)
        for promise in promises_of(report.form):
            told = verdict(figures, promise)
            if told in ("broken", "undecided"):
                complete = told == "broken" and not any(isinstance(figures.get(c, 0), str) for c in promise.cells)
                sums = [
                    sum(float(figures.get(cell, 0)) for cell in side) if complete else None
                    for side in (promise.left, promise.right)
                ]
                severity = promise.severity if told == "broken" else "notice"
                expected.append((f"r{number}", promise.rule, severity, *promise[2:5], *sums))
    assert sorted(said, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("form", "counts"),
    [
        ("2014", {"statistics_sum": 7, "statistics_bound": 11}),
        (
            "2019",
            {
                **{"balance": 7, "handled_sum": 7, "applicant_sum": 23, "dispute_sum": 3},
                **{"items_flow": 5, "public_total_bound": 2},
            },
        ),
        ("2021", {"balance": 7, "handled_sum": 7, "applicant_sum": 25, "dispute_sum": 3, "in_force_bound": 2}),
    ],
)
def test_the_oracle_knows_every_instance(form: str, counts: dict[str, int]) -> None:
    held = promises_of(form)
    assert Counter(promise.rule for promise in held) == counts
    assert {rule.id for rule in forms().by_id(form).rules} == set(counts)
    cells = {".".join(cell[:3]) for cell in forms().by_id(form).cells}
    assert {cell for promise in held for cell in promise.cells} <= cells


def test_nothing_of_the_statistics_table_is_an_error() -> None:
    # Its labels are general knowledge, and what is merely to be expected is a notice.
    for form in forms().all:
        for rule in form.rules:
            assert not (form.id == "2014" and rule.severity == "error")
            assert (rule.strength == "expected") == (rule.severity == "notice")
