"""What could mend a report, what its blanks can be: planted faults are among the repairs, truths in the bounds."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest

from benchmarks.worlds import Key, Values, cell_rows, frames, panel, report_row
from gxtools.checks.diagnosis import KINDS, Diagnosis, diagnose
from gxtools.forms import forms

YEARS = range(2021, 2024)


def of(values: Values, blanks: frozenset[Key] = frozenset(), before: Values | None = None) -> Diagnosis:
    form = forms().by_id("2021")
    reports: list[tuple[Any, ...]] = [report_row("r", "模拟机关", 2022, form)]
    cells = cell_rows("r", form, values, blanks)
    if before is not None:
        reports.append(report_row("before", "模拟机关", 2021, form))
        cells += cell_rows("before", form, before)
    return diagnose(*frames(reports, cells), forms())


def sets(diagnosis: Diagnosis) -> list[tuple[str, dict[Key, float]]]:
    """Kind and changes of every repair, in order."""
    held: dict[tuple[str, int, int], tuple[str, dict[Key, float]]] = {}
    for row in diagnosis.repairs.iter_rows(named=True):
        key = (row["table"], row["fault"], row["rank"])
        held.setdefault(key, (row["kind"], {}))[1][row["table"], row["line"], row["column"]] = row["would_be"]
    return list(held.values())


def body(seed: int) -> tuple[Values, Values]:
    told = panel(random.Random(seed), YEARS)
    return told[0][2], told[1][2]


@pytest.mark.parametrize("seed", range(6))
def test_a_sound_report_needs_no_repair(seed: int) -> None:
    assert of(body(seed)[1]).repairs.is_empty()


@pytest.mark.parametrize("seed", range(25))
def test_a_single_wrong_cell_is_found(seed: int) -> None:
    rng = random.Random(seed)
    truth = body(seed)[1]
    key = rng.choice([key for key in truth if key[0] in ("requests", "disputes")])
    wrong = truth | {key: (truth[key] or 0) + rng.choice([1, 9, 40])}
    assert {key: truth[key]} in [changes for _, changes in sets(of(wrong))]


@pytest.mark.parametrize("seed", range(8))
def test_faults_that_share_nothing_are_mended_apart(seed: int) -> None:
    rng = random.Random(seed)
    truth = body(seed)[1]
    one = ("requests", "granted", "natural_person")
    other = ("disputes", rng.choice(["reconsideration", "litigation_direct"]), "upheld")
    found = sets(of(truth | {one: (truth[one] or 0) + 3, other: (truth[other] or 0) + 2}))
    assert {one: truth[one]} in [changes for _, changes in found]
    assert {other: truth[other]} in [changes for _, changes in found]


def test_the_kind_of_slip_is_told() -> None:
    truth = body(3)[1]
    granted, total = ("requests", "granted", "natural_person"), ("requests", "granted", "total")
    handled, all_handled = ("requests", "handled", "natural_person"), ("requests", "handled", "total")
    received = ("requests", "received", "natural_person"), ("requests", "received", "total")
    shift = 72 - (truth[granted] or 0)
    for key in (granted, total, handled, all_handled, *received):
        truth[key] = (truth[key] or 0) + shift
    assert of(truth).repairs.is_empty()
    for printed, kind in (
        (27.0, "transposed"),
        (73.0, "digit"),
        (720.0, "power_of_ten"),
        (0.0, "not_filled"),
        (5.0, "figure"),
    ):
        found = sets(of(truth | {granted: printed}))
        assert (kind, {granted: 72.0}) in found
    swapped = truth | {
        granted: truth["requests", "denied_inquiry", "business"],
        ("requests", "denied_inquiry", "business"): 72.0,
    }
    assert (
        "swapped",
        {granted: 72.0, ("requests", "denied_inquiry", "business"): truth["requests", "denied_inquiry", "business"]},
    ) in sets(of(swapped))
    assert {kind for kind, _ in sets(of(swapped))} <= set(KINDS)


def test_a_known_mistake_is_named_first() -> None:
    _before, truth = body(1)
    columns = [column.id for column in forms().by_id("2021").table("requests").columns]
    assert truth["requests", "carried_in", "total"]
    for column in columns:
        key = ("requests", "received", column)
        truth[key] = (truth[key] or 0) + (truth["requests", "carried_in", column] or 0)
    first = of(truth).repairs.row(0, named=True)
    assert (first["kind"], first["fault"]) == ("mistake", 0)
    assert "counted among those received" in first["message"]
    assert "计入本年新收" in first["message_zh"]


def test_two_lines_in_each_others_place() -> None:
    truth = body(2)[1]
    columns = [column.id for column in forms().by_id("2021").table("requests").columns]
    wrong = dict(truth)
    for column in columns:
        one, other = ("requests", "handled", column), ("requests", "received", column)
        wrong[one], wrong[other] = truth[other], truth[one]
    if all(truth["requests", "handled", c] == truth["requests", "received", c] for c in columns):
        pytest.fail("choose another body: these lines are alike")
    assert "lines_swapped" in [kind for kind, _ in sets(of(wrong))]


def test_more_than_three_slips_are_not_guessed_at() -> None:
    rng = random.Random(4)
    truth = body(4)[1]
    wrong = dict(truth)
    for key in rng.sample([key for key in truth if key[0] == "requests"], 30):
        wrong[key] = (wrong[key] or 0) + rng.randint(1, 500)
    assert of(wrong).repairs.is_empty()


@pytest.mark.parametrize("seed", range(20))
def test_the_truth_lies_within_the_bounds(seed: int) -> None:
    rng = random.Random(seed)
    before, truth = body(seed)
    blanks = frozenset(rng.sample([key for key in truth if key[0] in ("requests", "disputes")], rng.randint(1, 30)))
    for diagnosis in (of(truth, blanks), of(truth, blanks, before)):
        assert diagnosis.repairs.is_empty()
        for row in diagnosis.bounds.filter(pl.col("report") == "r").iter_rows(named=True):
            figure = truth[row["table"], row["line"], row["column"]] or 0
            assert (row["table"], row["line"], row["column"]) in blanks
            assert row["low"] <= figure
            assert row["high"] is None or figure <= row["high"]


def test_a_single_blank_is_decided_exactly_and_last_year_decides_too() -> None:
    before, truth = body(1)
    key = ("requests", "granted", "business")
    row = of(truth, frozenset([key])).bounds.row(0, named=True)
    assert row["low"] == row["high"] == truth[key]
    carried = frozenset(("requests", line, "research") for line in ("carried_in", "received")) | {
        ("requests", "carried_in", "total"),
        ("requests", "received", "total"),
    }
    alone = of(truth, carried).bounds.filter(pl.col("line") == "carried_in")
    chained = of(truth, carried, before).bounds.filter((pl.col("report") == "r") & (pl.col("line") == "carried_in"))
    assert (alone["low"] != alone["high"]).any()
    assert (chained["low"] == chained["high"]).all()
    assert chained["rules"].str.contains("carry_over").any()


def test_a_contradiction_bounds_nothing() -> None:
    truth = body(1)[1]
    wrong = truth | {("requests", "handled", "business"): 0.0, ("requests", "granted", "business"): 50.0}
    blank = ("requests", "denied_inquiry", "business")
    assert of(wrong, frozenset([blank])).bounds.is_empty()
