"""Faults planted into consistent panels: every one is found, nobody else is accused, and no term of a rule is idle."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest

from benchmarks.planted import ARITHMETIC, CHAINS, YEARS, run
from benchmarks.worlds import cell_rows, frames, panel, report_row
from gxtools.checks import check_corpus, check_reports
from gxtools.forms import Forms
from gxtools.forms import forms as shipped
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
