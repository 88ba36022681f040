"""Faults planted into consistent panels: every one is found where it can be, and nobody is accused wrongly."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest

from benchmarks.faults import FAULTS
from benchmarks.planted import by_rule, run
from benchmarks.planted_world import SEVERAL, YEARS
from benchmarks.worlds import cell_rows, frames, panel, report_row
from gxtools.checks import check_reports
from gxtools.forms import forms as shipped
from gxtools.forms.rule_names import rule_names
from gxtools.frames import frame

# Not planted here: what cannot be read, and figures out of line, which ``benchmarks.outliers`` measures.
ELSEWHERE = {"unreadable_cell", "missing_table", "uncertain_reading", "implausible"}
# Two large figures may be the same by chance.
BY_CHANCE = "repeated_figure"


@pytest.mark.parametrize("blanks", [0.0, 0.1])
def test_every_fault_is_found_where_it_can_be_and_nobody_is_accused_wrongly(blanks: float) -> None:
    table = run(bodies=120, seed=5, blanks=blanks)
    false = table.filter((pl.col("fault") == "false alarms") & (pl.col("rule") != BY_CHANCE))
    assert false.is_empty(), false
    planted = table.filter(pl.col("fault") != "false alarms")
    missed = planted.filter(pl.col("found") < pl.col("decidable"))
    assert missed.is_empty(), missed
    assert set(rule_names(shipped())) - set(planted["rule"]) == ELSEWHERE
    assert set(FAULTS) - set(planted["fault"]) == set()
    assert SEVERAL in planted["fault"].to_list()
    counts = by_rule(table)
    assert counts.filter((pl.col("planted") == 0) & (pl.col("rule") != "blank_cell")).is_empty()


def test_one_more_or_one_less_in_any_cell_of_a_sum_is_found() -> None:
    rng = random.Random(11)
    told = [panel(rng, YEARS)[index] for index in (0, 2, -1)]
    for year, form, values in told:
        sums = {cell for rule in form.rules if rule.relation == "=" for cell in _cells(rule, form)}
        assert sums
        rows: list[tuple[Any, ...]] = []
        expected = set()
        for number, key in enumerate(sorted(sums)):
            for by in (1.0, -1.0):
                id = f"r{number}{'+' if by > 0 else '-'}"
                rows += cell_rows(id, form, values | {key: (values[key] or 0) + by})
                expected.add(id)
        reports = [report_row(id, "模拟机关", year, form) for id in sorted(expected)]
        problems = check_reports(*frames(reports, rows), frame("claims", []), frame("sections", []), shipped())
        of_sums = problems.filter(pl.col("rule").is_in([rule.id for rule in form.rules if rule.relation == "="]))
        assert set(of_sums["report"]) == expected


def _cells(rule: Any, form: Any) -> list[tuple[str, str, str]]:
    table = form.table(rule.table)
    named = {id for term in (*rule.left, *rule.right) for id in table.members(term.id)}
    place = 1 if rule.axis == "columns" else 2
    return [cell[:3] for cell in table.cells if cell[place] in named]
