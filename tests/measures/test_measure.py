"""`measure` on real and made-up reports: sums, what may not enter, groups, and arguments that are refused."""

from __future__ import annotations

import subprocess
import sys
from math import exp, log

import polars as pl
import pytest

from gxtools.forms import forms
from gxtools.forms.measure_definitions import measure_definitions
from gxtools.measures import composition, disputes_by_outcome, measure, traced_measure
from gxtools.measures.pooling import pooled
from tests.measures.frames import (
    JIULONGPO_2020,
    SUQIAN_2023,
    SUQIAN_2024,
    Made,
    corpus,
    disputes,
    handled,
    real,
)

COLUMNS = ["numerator", "denominator", "value", "low", "high", "interval", "bodies", "cells_lacking", "definition"]
RATES = [
    id
    for id, found in measure_definitions(forms()).items()
    if found.kind != "composition" and {"2019", "2021"} <= set(found.definitions[0].forms)
]


def test_columns_as_the_contract_has_them() -> None:
    frame = measure(real(), "disclosure_rate", by=["agency", "year"])
    assert frame.columns == ["agency", "year", *COLUMNS]
    assert frame.rows()[0][:4] == ("宿迁市人民政府", 2023, 1519, 3486)
    assert frame["value"].to_list() == pytest.approx([1519 / 3486, 1902 / 3521, 64 / 104])
    assert frame["interval"].to_list() == ["wilson"] * 3
    assert frame["bodies"].to_list() == [1, 1, 1]


@pytest.mark.parametrize(
    ("id", "definition", "numerator", "denominator"),
    [
        ("full_disclosure_rate", None, 1191, 3486),
        ("release_rate", None, 1519, 1519 + 142),
        ("release_rate", "without_inquiry", 1519, 1519 + 142 - 21),
        ("resolvable_full_rate", None, 1191, 3486 - 1047 - 3 - 341),
        ("resolvable_full_rate", "without_procedural", 1191, 3486 - 1078 - 406 - 341),
        ("denial_rate", None, 142, 3486),
        ("denial_rate", "with_unavailable_unprocessed", 142 + 1078 + 406, 3486),
        ("discretionary_denial_share", None, 50, 142),
        ("unavailable_rate", None, 1078, 3486),
        ("excessive_rate", None, 97, 3486),
        ("other_rate", None, 341, 3486),
        ("other_rate", "lapsed", 50, 3486),
        ("clearance_rate", None, 3486, 3607),
        ("backlog_rate", None, 121, 3607),
        ("reconsideration_per_1000", None, 440, 3486),
        ("litigation_per_1000", None, 113, 3486),
        ("litigation_per_1000", "direct", 24, 3486),
        ("correction_rate", None, 18, 553 - 41),
        ("correction_rate", "of_total", 18, 553),
        ("pending_share", None, 41, 553),
    ],
)
def test_definitions_on_a_real_report(id: str, definition: str | None, numerator: int, denominator: int) -> None:
    row = measure(corpus(SUQIAN_2023), id, definition=definition).row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)
    factor = 1000 if id.endswith("per_1000") else 1
    assert row["value"] == pytest.approx(factor * numerator / denominator)
    assert row["low"] < row["value"] < row["high"]
    assert row["interval"] == ("poisson" if factor == 1000 else "wilson")


@pytest.mark.parametrize("id", RATES)
def test_every_measure_serves_both_forms(id: str) -> None:
    frame = measure(real(), id, by=["form"])
    assert frame["form"].to_list() == ["2019", "2021"]
    assert frame["cells_lacking"].to_list() == [0, 0]
    assert frame["numerator"].null_count() == 0


@pytest.mark.parametrize("state", ["blank", "dash", "unreadable", "absent"])
def test_a_term_that_is_not_printed_shuts_the_report_out(state: str) -> None:
    lacking = Made("b", "乙县人民政府", 2023, handled(3, 9) | {"partly_granted": state})
    frames = corpus(Made("a", "甲县人民政府", 2023, handled(4, 10)), lacking)
    row = measure(frames, "disclosure_rate").row(0, named=True)
    assert (row["numerator"], row["denominator"], row["bodies"], row["cells_lacking"]) == (4, 10, 1, 1)
    # A measure that does not need the term takes both.
    assert measure(frames, "full_disclosure_rate").row(0, named=True)["numerator"] == 7


def test_nothing_is_not_zero() -> None:
    row = measure(corpus(Made("a", "甲县人民政府", 2023, {"handled": "blank"})), "disclosure_rate").row(0, named=True)
    assert [row[name] for name in ("numerator", "denominator", "value", "low", "high", "interval")] == [None] * 6
    assert (row["bodies"], row["cells_lacking"]) == (0, 1)


def test_zero_requests_have_no_rate() -> None:
    row = measure(corpus(Made("a", "甲镇人民政府", 2023)), "disclosure_rate").row(0, named=True)
    assert (row["numerator"], row["denominator"], row["bodies"], row["cells_lacking"]) == (0, 0, 1, 0)
    assert (row["value"], row["low"], row["high"]) == (None, None, None)


def test_zero_disputes_keep_their_upper_bound() -> None:
    row = measure(corpus(Made("a", "甲县人民政府", 2023, handled(5, 100))), "reconsideration_per_1000").row(
        0, named=True
    )
    assert (row["value"], row["low"]) == (0, 0)
    assert row["high"] == pytest.approx(36.88879, abs=1e-4)


@pytest.mark.parametrize(
    ("problem", "id", "enters"),
    [
        (("a", "balance", "error", "requests", None, "total"), "disclosure_rate", False),
        (("a", "handled_sum", "error", "requests", None, "total"), "disclosure_rate", False),
        (("a", "handled_sum", "error", "requests", None, "total"), "third_party_share", False),
        (("a", "applicant_sum", "error", "requests", "granted", None), "disclosure_rate", False),
        # Not among its terms, or not broken.
        (("a", "balance", "error", "requests", None, "natural_person"), "disclosure_rate", True),
        (("a", "balance", "error", "requests", None, "total"), "third_party_share", True),
        (("a", "applicant_sum", "error", "requests", "carried_out", None), "disclosure_rate", True),
        (("a", "balance", "notice", "requests", None, "total"), "disclosure_rate", True),
        (("a", "dispute_sum", "error", "disputes", "reconsideration", None), "disclosure_rate", True),
        (("a", "dispute_sum", "error", "disputes", "reconsideration", None), "reconsideration_per_1000", False),
        (("a", "dispute_sum", "error", "disputes", "reconsideration", None), "litigation_per_1000", True),
    ],
)
def test_a_broken_identity_among_the_terms(problem: tuple[str | None, ...], id: str, enters: bool) -> None:
    figures = handled(4, 10) | {"denied_third_party": 1.0, "carried_out": 1.0} | disputes((1, 0, 0, 0), (1, 0, 0, 0))
    row = measure(corpus(Made("a", "甲县人民政府", 2023, figures), problems=[problem]), id).row(0, named=True)
    assert row["cells_lacking"] == (0 if enters else 1)
    assert (row["numerator"] is not None) == enters


def test_the_seed_enters_though_two_of_its_columns_are_broken() -> None:
    problems: list[tuple[str | None, ...]] = [
        (JIULONGPO_2020.id, "balance", "error", "requests", None, column) for column in ("natural_person", "business")
    ]
    frames = corpus(JIULONGPO_2020, problems=problems)
    assert measure(frames, "disclosure_rate")["numerator"].to_list() == [64]
    by_column = measure(frames, "disclosure_rate", by=["column"])
    assert by_column["column"].to_list()[:3] == ["natural_person", "business", "research"]
    assert by_column["cells_lacking"].to_list() == [1, 1, 0, 0, 0, 0]


def test_a_cell_that_stands_twice_shuts_the_report_out() -> None:
    frames = real()
    twice = frames.cells.filter((pl.col("line") == "handled") & (pl.col("column") == "total"))
    object.__setattr__(frames, "cells", pl.concat([frames.cells, twice]))
    assert measure(frames, "disclosure_rate")["cells_lacking"].to_list() == [1, 1, 1]


def test_several_bodies_are_clustered_and_one_body_over_years_is_not() -> None:
    by_kind = measure(real(), "disclosure_rate", by=["kind"]).row(0, named=True)
    assert (by_kind["interval"], by_kind["bodies"], by_kind["numerator"]) == ("clustered", 2, 3485)
    by_agency = measure(corpus(SUQIAN_2023, SUQIAN_2024), "disclosure_rate", by=["agency"]).row(0, named=True)
    assert (by_agency["interval"], by_agency["bodies"], by_agency["denominator"]) == ("wilson", 1, 7007)


def test_clustered_by_hand() -> None:
    """Ratio estimator: r = 9/30, residuals 1, 0, -1, so the squares are 2; t(2) = 4.3027; about logit r."""
    made = [Made(x, x, 2023, handled(g, 10)) for x, g in (("a", 4), ("b", 3), ("c", 2))]
    row = measure(corpus(*made), "disclosure_rate").row(0, named=True)
    half = 4.302652730 * (3 / 2 * 2) ** 0.5 / 30
    ends = [1 / (1 + exp(-log(0.3 / 0.7) - way * half / (0.3 * 0.7))) for way in (-1, 1)]
    assert [row["low"], row["high"]] == pytest.approx(ends)


def test_a_share_that_no_limits_of_logits_hold_is_told_of_the_whole() -> None:
    """Two bodies that together denied as many as there were, one more and one less: no logit, and no share beyond 1."""
    sums = pl.DataFrame({"body": ["a", "b"], "numerator": [11.0, 9.0], "denominator": [10.0, 10.0]})
    row = pooled(sums.with_columns(entered=pl.lit(True), rank=0), [], "share").row(0, named=True)
    assert (row["interval"], row["value"], row["high"]) == ("wilson", 1, 1)
    over = pooled(sums.with_columns(pl.col("numerator") + 1, entered=pl.lit(True), rank=0), [], "share")
    assert over.select("interval", "low", "high").row(0) == (None, None, None)


def test_equal_bodies_are_no_certainty() -> None:
    made = [Made(x, x, 2023, handled(0, 10)) for x in "abc"]
    row = measure(corpus(*made), "disclosure_rate").row(0, named=True)
    assert (row["interval"], row["low"], row["bodies"]) == ("wilson", 0, 3)
    assert row["high"] == pytest.approx(0.1135, abs=1e-4)


def test_an_interval_on_request() -> None:
    wanted = measure(real(), "disclosure_rate", by=[], interval="wilson").row(0, named=True)
    assert (wanted["interval"], wanted["bodies"]) == ("wilson", 2)
    alone = measure(corpus(SUQIAN_2023), "disclosure_rate", interval="clustered").row(0, named=True)
    assert alone["interval"] == "wilson"
    narrow, wide = (measure(real(), "denial_rate", confidence=c)["high"][0] for c in (0.8, 0.99))
    assert narrow < wide


def test_disputes_line_by_line() -> None:
    frame = measure(corpus(SUQIAN_2024), "correction_rate", by=["line"])
    assert frame["line"].to_list() == ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
    assert list(zip(frame["numerator"], frame["denominator"], strict=True)) == [(18, 134), (0, 18), (0, 39)]


def test_other_forms_and_unread_documents() -> None:
    frames = corpus(
        SUQIAN_2023,
        Made("old", "宿迁市人民政府", 2016, form="2014"),
        Made("none", None, None, form=None),
        Made("bad", None, None, form=None, error="bad.html: is empty."),
    )
    frame = measure(frames, "disclosure_rate", by=["year"])
    assert frame["year"].to_list() == [2016, 2023, None]
    assert frame["cells_lacking"].to_list() == [1, 0, 1]
    # The definition of a form that has no such line cannot take the report.
    assert measure(corpus(JIULONGPO_2020), "other_rate", definition="lapsed")["cells_lacking"].to_list() == [1]


def test_the_order_does_not_depend_on_that_of_the_corpus() -> None:
    straight, turned = (
        corpus(JIULONGPO_2020, SUQIAN_2023, SUQIAN_2024),
        corpus(SUQIAN_2024, JIULONGPO_2020, SUQIAN_2023),
    )
    for by in (["year"], ["agency", "year"], ["province", "level"]):
        assert measure(straight, "denial_rate", by=by).equals(measure(turned, "denial_rate", by=by))


def test_a_trace_of_one_report() -> None:
    trace = traced_measure(real(), "disclosure_rate", by=["agency", "year"])["trace"].to_list()
    assert trace[2]["report"] == JIULONGPO_2020.id
    assert trace[2]["where"].startswith("requests.granted.total 61: table 2, cell ")
    assert traced_measure(real(), "disclosure_rate", by=["kind"])["trace"].to_list() == [None]


def test_refusals_by_ground() -> None:
    frame = composition(real(), "refusals", by=["agency", "year"])
    suqian = frame.filter(year=2023)
    assert suqian["line"].to_list()[3] == "denied_third_party"
    assert suqian.row(3, named=True)["count"] == 38
    assert suqian["whole"].unique().to_list() == [142]
    assert suqian["share"].sum() == pytest.approx(1)
    assert composition(real(), "refusals", definition="not_disclosed").filter(year=2023)["count"].sum() == 1626


def test_disputes_by_outcome() -> None:
    frame = disputes_by_outcome(real(), by=["agency", "year"]).filter(year=2024, line="reconsideration")
    assert frame.select("column", "count", "whole").rows() == [
        ("upheld", 88, 170),
        ("corrected", 18, 170),
        ("other", 28, 170),
        ("pending", 36, 170),
    ]
    broken = corpus(
        SUQIAN_2024, problems=[(SUQIAN_2024.id, "dispute_sum", "error", "disputes", "reconsideration", None)]
    )
    assert disputes_by_outcome(broken)["cells_lacking"].to_list() == [1] * 4 + [0] * 8


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"id": "openness"}, "id: 'openness' .* disclosure_rate, "),
        ({"id": "refusals"}, "id: 'refusals'"),
        ({"id": "denial_rate", "by": ["city"]}, "by: 'city' .* report, agency, level, kind, province, year, form"),
        ({"id": "denial_rate", "by": "year"}, r"by: give a list such as \['year'\]"),
        ({"id": "denial_rate", "by": ["year", "year"]}, "by: .* twice"),
        ({"id": "denial_rate", "by": ["line"]}, "by: 'line' does not fit"),
        ({"id": "correction_rate", "by": ["column"]}, "by: 'column' does not fit"),
        ({"id": "natural_person_share", "by": ["column"]}, "by: 'column' does not fit"),
        ({"id": "denial_rate", "by": ["line", "column"]}, "by: 'line' and 'column'"),
        ({"id": "denial_rate", "definition": "mine"}, "definition: 'mine' .* denied, with_unavailable"),
        ({"id": "denial_rate", "interval": "poisson"}, "interval: 'poisson' .* wilson, clustered"),
        ({"id": "litigation_per_1000", "interval": "wilson"}, "interval: 'wilson' .* poisson, clustered"),
        ({"id": "denial_rate", "confidence": 95}, "confidence: 95"),
    ],
)
def test_an_unknown_argument_is_named(arguments: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        measure(real(), **arguments)  # type: ignore[arg-type]


def test_measures_load_no_charts() -> None:
    script = (
        "import gxtools.measures, sys; print([m for m in ('altair', 'scipy', 'numpy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
