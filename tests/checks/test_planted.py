"""Faults planted into consistent panels: every one is found, nobody else is accused, and no term of a rule is idle."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest

from benchmarks.planted import ARITHMETIC, CHAINS, YEARS, run
from benchmarks.worlds import cell_rows, frames, panel, report_row
from gxtools.checks import check_corpus, check_reports
from gxtools.forms import Form, Forms, Rule, Term
from gxtools.forms import forms as shipped
from gxtools.forms.year_rules import PREVIOUS, YearRule, year_rules
from gxtools.frames import frame


@pytest.mark.parametrize("blanks", [0.0, 0.1])
def test_every_fault_is_found_where_it_can_be_and_nobody_is_accused_wrongly(blanks: float) -> None:
    table = run(bodies=60, seed=5, blanks=blanks)
    assert table.filter(pl.col("fault") == "false alarms").is_empty(), table
    missed = table.filter(pl.col("found") < pl.col("complete"))
    assert missed.is_empty(), missed
    assert set(table["rule"]) == {*ARITHMETIC, *CHAINS}
    assert table["found"].sum() > 50


def test_one_more_or_one_less_in_any_cell_of_a_sum_is_found() -> None:
    rng = random.Random(11)
    told = panel(rng, YEARS)
    for year, form, values in (told[1], told[-1]):
        rows: list[tuple[Any, ...]] = []
        expected = set()
        for number, key in enumerate(key for key in values if key[0] in ("requests", "disputes")):
            for by in (1.0, -1.0):
                id = f"r{number}{'+' if by > 0 else '-'}"
                rows += cell_rows(id, form, values | {key: (values[key] or 0) + by})
                expected.add(id)
        reports = [report_row(id, "模拟机关", year, form) for id in sorted(expected)]
        problems = check_reports(*frames(reports, rows), frame("claims", []), frame("sections", []), shipped())
        errors = problems.filter(pl.col("severity") == "error")
        assert set(errors["report"]) == expected


@pytest.fixture(scope="module")
def sound() -> tuple[pl.DataFrame, pl.DataFrame]:
    rng = random.Random(3)
    reports, cells = [], []
    for body in range(25):
        for year, form, values in panel(rng, YEARS):
            reports.append(report_row(f"{body}-{year}", f"模拟机关{body}", year, form))
            cells += cell_rows(f"{body}-{year}", form, values)
    return frames(reports, cells)


def _of_terms(held: tuple[pl.DataFrame, pl.DataFrame], forms: Forms) -> pl.DataFrame:
    problems = pl.concat(
        [
            check_reports(*held, frame("claims", []), frame("sections", []), forms),
            check_corpus(held[0], held[1].lazy(), frame("sections", []).lazy(), forms),
        ]
    )
    return problems.filter(
        pl.col("rule").is_in([*ARITHMETIC, *CHAINS, "in_force_bound", "public_total_bound", "items_flow"])
    )


def test_consistent_reports_break_nothing(sound: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    assert _of_terms(sound, shipped()).is_empty()


def _without(terms: tuple[Term, ...]) -> Iterator[tuple[Term, ...]]:
    """Each term dropped, where others are left, and each with its sign flipped."""
    for index, term in enumerate(terms):
        if len(terms) > 1:
            yield terms[:index] + terms[index + 1 :]
        yield (*terms[:index], term._replace(coefficient=-term.coefficient), *terms[index + 1 :])


def _mutated(rule: Rule) -> Iterator[Rule]:
    yield from (dataclasses.replace(rule, left=left) for left in _without(rule.left))
    yield from (dataclasses.replace(rule, right=right) for right in _without(rule.right))


def _with_rule(form: Form, old: Rule, new: Rule) -> Forms:
    changed = dataclasses.replace(form, rules=tuple(new if rule is old else rule for rule in form.rules))
    return dataclasses.replace(shipped(), all=tuple(changed if other is form else other for other in shipped().all))


EQUATIONS = [
    (form, rule, mutant)
    for form in shipped().all
    if form.id != "2014"
    for rule in form.rules
    if rule.relation == "="
    for mutant in _mutated(rule)
]


@pytest.mark.parametrize(
    ("form", "rule", "mutant"),
    EQUATIONS,
    ids=[f"{form.id}-{rule.id}-{number}" for number, (form, rule, _) in enumerate(EQUATIONS)],
)
def test_no_term_of_a_rule_can_be_dropped_or_flipped_unseen(
    form: Form, rule: Rule, mutant: Rule, sound: tuple[pl.DataFrame, pl.DataFrame]
) -> None:
    of_form = sound[0].filter(pl.col("form") == form.id)
    cells = sound[1].join(of_form, on="report", how="semi", maintain_order="left")
    problems = check_reports(of_form, cells, frame("claims", []), frame("sections", []), _with_rule(form, rule, mutant))
    assert rule.id in problems["rule"].to_list()


@pytest.mark.parametrize("rule", year_rules(shipped()), ids=lambda rule: rule.id)
def test_no_term_between_years_can_be_dropped_or_flipped_unseen(
    rule: YearRule, sound: tuple[pl.DataFrame, pl.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    mutants = [dataclasses.replace(rule, left=left) for left in _without(rule.left)]
    mutants += [dataclasses.replace(rule, right=right) for right in _without(rule.right)]
    # Without a term of last year's it would be no rule between years; the loader refuses that.
    mutants = [m for m in mutants if any(term.id.startswith(PREVIOUS) for term in (*m.left, *m.right))]
    assert mutants
    for mutant in mutants:
        monkeypatch.setattr("gxtools.checks.years.year_rules", lambda forms, mutant=mutant: (mutant,))
        # Forms of its own, so that nothing remembered of the sound rules is used.
        assert not _of_terms(sound, dataclasses.replace(shipped())).filter(pl.col("rule") == rule.id).is_empty()
