"""Shares of broken rules, the anatomy of errors, what is left blank: on the shipped reports and on planted faults."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import gxtools as gx
from benchmarks.worlds import cell_rows, frames, panel, report_row
from gxtools.checks import check_corpus, check_reports
from gxtools.forms import forms
from gxtools.frames import frame
from gxtools.measures import Selection, blank_shares, error_anatomy, rule_shares
from tests.corpus.samples import page

YEARS = range(2021, 2024)


@pytest.fixture(scope="module")
def planted() -> gx.Corpus:
    """Ten bodies over three years; each fault in the last year of a body of its own."""
    rng = random.Random(2)
    reports, cells = [], []
    for body in range(10):
        for year, form, values in panel(rng, YEARS):
            blanks: frozenset[tuple[str, str, str]] = frozenset()
            if year == 2023 and body == 0:
                key = ("requests", "granted", "business")
                values[key] = (values[key] or 0) + 1
            if year == 2023 and body == 1:
                for column in form.table("requests").columns:
                    into = values["requests", "carried_in", column.id] or 0
                    values["requests", "received", column.id] = (values["requests", "received", column.id] or 0) + into
            if year == 2023 and body == 2:
                blanks = frozenset([("requests", "denied_inquiry", "business"), ("requests", "granted", "research")])
            id = f"{body}-{year}"
            reports.append(report_row(id, f"模拟机关{body}", year, form))
            cells += cell_rows(id, form, values, blanks)
    held = frames(reports, cells)
    empty = {name: frame(name, []) for name in ("extras", "claims", "sections")}
    problems = pl.concat(
        [
            check_reports(*held, empty["claims"], empty["sections"], forms()),
            check_corpus(held[0], held[1].lazy(), empty["sections"].lazy(), forms()),
        ]
    )
    return gx.Corpus({"reports": held[0], "cells": held[1], **empty, "problems": problems}, forms())


def counts(shares: pl.DataFrame) -> dict[str, tuple[int, int, int]]:
    return {row[0]: row[1:] for row in shares.select("rule", "broken", "decided", "undecided").rows()}


def test_shares_are_of_the_reports_that_a_rule_could_decide(planted: gx.Corpus) -> None:
    told = counts(rule_shares(planted))
    assert told["balance"] == (1, 30, 0)
    assert told["applicant_sum"] == (1, 29, 1)
    assert told["handled_sum"] == (1, 29, 1)
    assert told["dispute_sum"] == (0, 30, 0)
    # Twenty reports have the year before; documents in force have had a cell since 2021.
    assert told["carry_over"] == (0, 20, 0)
    assert told["stock_flow"] == (0, 20, 0)
    share = rule_shares(planted).filter(pl.col("rule") == "applicant_sum").row(0, named=True)
    assert share["share"] == pytest.approx(1 / 29)
    assert share["low"] < share["share"] < share["high"]


def test_by_year_and_an_unknown_key(planted: gx.Corpus) -> None:
    by_year = rule_shares(planted, ["year"])
    assert by_year.filter(pl.col("rule") == "balance").select("year", "broken", "decided").rows() == [
        (2021, 0, 10),
        (2022, 0, 10),
        (2023, 1, 10),
    ]
    with pytest.raises(ValueError, match="'month' is not known; there are level"):
        rule_shares(planted, ["month"])
    with pytest.raises(ValueError, match="confidence: 1 does not lie"):
        rule_shares(planted, confidence=1)


def test_the_anatomy_of_errors(planted: gx.Corpus) -> None:
    told = {row[0]: row[1] for row in error_anatomy(planted).select("kind", "errors").rows()}
    # One cell too high by one breaks its line and its column.
    assert told["one"] + told["carried_in"] + told["carried_out"] + told["line"] >= 2
    assert told["carried_in"] >= 1
    assert sum(told.values()) == planted.problems.filter(pl.col("severity") == "error").height


def test_blanks_and_what_the_sums_prove_of_them(planted: gx.Corpus) -> None:
    told = blank_shares(planted)
    lines = {
        row[0]: row[1:] for row in told.select("line", "cells", "lacking", "proved_zero", "proved_positive").rows()
    }
    cells, lacking, zero, positive = lines["denied_inquiry"]
    assert (cells, lacking, zero + positive) == (30 * 7, 1, 1)
    assert told["lacking"].sum() == 2
    assert (told["proved_zero"] + told["proved_positive"]).sum() == 2


def test_what_is_merely_expected_is_broken_or_open_like_any_other_rule(tmp_path: Path) -> None:
    pages = {
        "broken": page(2023, proactive__rules__made=3),
        "open": page(2022, proactive__rules__made=3, proactive__rules__in_force=None),
        "sound": page(2021),
    }
    for name, text in pages.items():
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    told = counts(rule_shares(gx.load(tmp_path)))
    assert told["in_force_bound"] == (1, 2, 1)


def test_the_shipped_reports(root: Path) -> None:
    corpus = gx.load(root / "data" / "reports")
    assert counts(rule_shares(corpus))["balance"] == (1, 3, 0)
    assert error_anatomy(corpus)["errors"].sum() == 2
    assert blank_shares(corpus)["lacking"].sum() == 0


def test_an_empty_corpus(tmp_path: Path) -> None:
    corpus = gx.load(tmp_path)
    assert rule_shares(corpus).is_empty()
    assert error_anatomy(corpus)["errors"].sum() == 0
    assert blank_shares(corpus).is_empty()
    assert "没有可显示的内容" in gx.charts.broken_rules(corpus).to_json(ensure_ascii=False)


def test_a_selection_has_the_shares_of_its_reports_with_the_years_before_from_the_whole(planted: gx.Corpus) -> None:
    selection = Selection(planted)
    assert_frame_equal(rule_shares(selection, ["year"]), rule_shares(planted, ["year"]))
    later = rule_shares(selection.filter(pl.col("year") == 2023))
    expected = rule_shares(planted, ["year"]).filter(pl.col("year") == 2023).drop("year")
    assert_frame_equal(later, expected.filter(pl.col("rule").is_in(later["rule"].implode())))
    assert "carry_over" in later["rule"].to_list()
