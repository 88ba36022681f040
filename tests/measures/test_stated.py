"""Measures over stated figures: sums by hand, what may enter, totals that are not stated, the designs at a break."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from scipy.stats import binomtest, mannwhitneyu

from gxtools.datasets import observed, reports
from gxtools.errors import FormError
from gxtools.forms import forms
from gxtools.forms.stated_measures import load_stated_measures, parts_of, stated_measures
from gxtools.measures import stated, stated_change, stated_figures, stated_in, stated_influence, stated_sensitivity
from gxtools.measures.stated_sensitivity import outermost

RECEIVED, CASES, SUITS = "requests.received.total", "disputes.reconsideration.total", "disputes.litigation.total"
SCHEMA = observed().head(0)


def figures(*rows: tuple[str, int, str, float], **marks: Any) -> pl.DataFrame:
    """Figures by body, year, subject and value, in the columns of the observed ones."""
    made = [
        {
            "figure": f"{body}-{year}-{subject}-{value}",
            "agency": f"{body}人民政府",
            "body": body,
            "level": "county",
            "year": year,
            "subject": subject,
            "value": float(value),
            "stated_value": f"{value}",
            "address": f"https://{body}.gov.cn/{year}",
            **dict.fromkeys(("second_hand", "inferred", "part_of_year", "rounded", "doubted", "contradicted"), False),
            **marks,
        }
        for body, year, subject, value in rows
    ]
    return pl.DataFrame(made, schema=SCHEMA.schema)


def year(body: str, of: int, received: float, cases: float, suits: float | None = None) -> pl.DataFrame:
    rows = [(body, of, RECEIVED, received), (body, of, CASES, cases)]
    return figures(*rows, *([(body, of, SUITS, suits)] if suits is not None else []))


@pytest.fixture(scope="module")
def four() -> pl.DataFrame:
    """Two bodies on both sides of 2024, one on either side only."""
    return pl.concat(
        [
            year("甲", 2023, 100, 2, 3),
            year("甲", 2024, 200, 16, 6),
            year("乙", 2022, 400, 20, 8),
            year("乙", 2025, 100, 4, 2),
            year("丙", 2023, 500, 10, 9),
            year("丁", 2024, 300, 30, 4),
        ]
    )


def test_a_rate_by_hand(four: pl.DataFrame) -> None:
    frame = stated("reconsideration_per_1000", ["period"], figures=four)
    assert frame["period"].to_list() == ["2022-2023", "2024-2025"]
    assert frame["value"].to_list() == pytest.approx([1000 * 32 / 1000, 1000 * 50 / 600])
    assert frame["bodies"].to_list() == [3, 3]
    assert frame["interval"].to_list() == ["clustered", "clustered"]
    low, value = frame.row(0, named=True)["low"], 0.032
    squares = sum((n - value * d) ** 2 for n, d in ((2, 100), (20, 400), (10, 500)))
    assert low == pytest.approx(max(0, 32 - 4.302653 * math.sqrt(3 / 2 * squares)), rel=1e-6)
    alone = stated("reconsideration_per_1000", ["year", "body"], figures=four)
    assert set(alone["interval"]) == {"poisson"}
    assert alone["body_years"].to_list() == [1] * 6


def test_a_body_year_enters_once_and_only_whole() -> None:
    own = year("甲", 2024, 100, 5)
    copy = figures(("甲", 2024, CASES, 5.0), copy_of="x")
    nobody = year("甲", 2024, 900, 90).with_columns(body=pl.lit(None, pl.String))
    half = figures(("乙", 2024, CASES, 7))
    twice = pl.concat([year("丙", 2024, 50, 1), figures(("丙", 2024, CASES, 2))])
    row = stated("reconsideration_per_1000", figures=pl.concat([own, copy, nobody, half, twice])).row(0, named=True)
    assert (row["numerator"], row["denominator"], row["body_years"], row["figures_lacking"]) == (5, 100, 1, 2)


def test_marks_and_least_leave_out_and_are_counted() -> None:
    own = pl.concat(
        [
            year("甲", 2024, 100, 5),
            year("乙", 2024, 60, 6).with_columns(rounded=pl.lit(True)),
            year("丙", 2024, 80, 4).with_columns(second_hand=pl.lit(True)),
            year("丁", 2024, 9, 1),
        ]
    )
    usual = stated("reconsideration_per_1000", figures=own, least=50).row(0, named=True)
    assert (usual["numerator"], usual["left_out"], usual["below_least"]) == (9, 1, 1)
    strict = stated("reconsideration_per_1000", figures=own, leave_out=["second_hand", "rounded"]).row(0, named=True)
    assert (strict["numerator"], strict["left_out"], strict["below_least"]) == (6, 2, 0)
    assert stated("reconsideration_per_1000", figures=own, leave_out=[])["numerator"].item() == 16


def test_a_total_that_is_not_stated_is_the_sum_of_its_parts() -> None:
    direct, after = parts_of(SUITS, forms().all[-1])
    parts = figures(("甲", 2024, RECEIVED, 100), ("甲", 2024, direct, 2), ("甲", 2024, after, 3))
    assert stated("litigation_per_1000", figures=parts)["numerator"].item() == 5
    assert stated_figures("litigation_per_1000", figures=parts)["subject"].to_list() == [after, direct, RECEIVED]
    both = pl.concat([parts, figures(("甲", 2024, SUITS, 6))])
    assert stated("litigation_per_1000", figures=both)["numerator"].item() == 6
    assert stated_figures("litigation_per_1000", figures=both)["subject"].to_list() == [SUITS, RECEIVED]
    half = parts.filter(pl.col("subject") != after)
    assert stated("litigation_per_1000", figures=half)["numerator"].to_list() == [None]


def test_measures_beside_each_other_rest_on_the_same_body_years() -> None:
    own = pl.concat([year("甲", 2024, 100, 5, 1), year("乙", 2024, 100, 9)])
    assert stated("reconsideration_per_1000", figures=own)["numerator"].item() == 14
    beside = stated("reconsideration_per_1000", figures=own, beside=["litigation_per_1000:of_received"])
    assert beside["numerator"].item() == 5


def test_ratios_at_a_break_by_hand(four: pl.DataFrame) -> None:
    frame = stated_change("reconsideration_per_1000", against="litigation_per_1000", figures=four)
    told = {(row["measure"], row["design"]): row for row in frame.to_dicts()}
    everyone = told["reconsideration_per_1000", "all_bodies"]
    assert everyone["ratio"] == pytest.approx((50 / 600) / (32 / 1000))
    assert (everyone["bodies_before"], everyone["bodies"], everyone["bodies_both"]) == (3, 3, 2)
    assert (everyone["median_before"], everyone["median"]) == pytest.approx((20, 80))
    assert everyone["p_value"] == pytest.approx(mannwhitneyu([0.02, 0.05, 0.02], [0.08, 0.04, 0.1]).pvalue)
    same = told["reconsideration_per_1000", "same_bodies"]
    assert same["ratio"] == pytest.approx((20 / 300) / (22 / 500))
    assert (same["rose"], same["fell"], same["p_value"]) == (1, 1, binomtest(1, 2).pvalue)
    within = told["reconsideration_per_1000", "within_bodies"]
    assert within["ratio"] == pytest.approx((16 * 100 / 300 + 4 * 400 / 500) / (2 * 200 / 300 + 20 * 100 / 500))
    control = told["litigation_per_1000", "all_bodies"]["ratio"]
    assert told["ratio", "all_bodies"]["ratio"] == pytest.approx(everyone["ratio"] / control)
    bodies = [(2, 100, 16, 200), (20, 400, 4, 100), (10, 500, 0, 0), (0, 0, 30, 300)]
    without = [[sum(own[side] for own in bodies if own is not left) for side in range(4)] for left in bodies]
    off = [math.log(c / d / (a / b)) - math.log(everyone["ratio"]) for a, b, c, d in without]
    half = 4.302653 * math.sqrt(3 / 4 * sum(difference**2 for difference in off))
    assert everyone["high"] == pytest.approx(everyone["ratio"] * math.exp(half), rel=1e-6)


def test_no_ratio_without_a_case_or_a_second_side() -> None:
    one = stated_change("reconsideration_per_1000", figures=year("甲", 2024, 100, 5))
    assert one["ratio"].to_list() == [None] * one.height
    none = pl.concat([year("甲", 2023, 100, 0), year("甲", 2024, 100, 5)])
    assert stated_change("reconsideration_per_1000", figures=none)["ratio"].null_count() == 3
    assert stated_change("reconsideration_per_1000", figures=SCHEMA).is_empty()
    assert stated("reconsideration_per_1000", ["period"], figures=SCHEMA).is_empty()


def test_the_ratio_without_each_body(four: pl.DataFrame) -> None:
    frame = stated_influence("reconsideration_per_1000", figures=four).filter(design="all_bodies")
    for row in frame.to_dicts():
        left = four.filter(pl.col("body") != row["body"])
        again = stated_change("reconsideration_per_1000", figures=left).filter(design="all_bodies")
        assert row["ratio_without"] == pytest.approx(again["ratio"].item())
    moved = (frame["ratio_without"] / frame["ratio"]).log().abs()
    assert moved.to_list() == sorted(moved, reverse=True)


def test_an_interval_holds_the_true_ratio() -> None:
    """Of 30 made-up worlds in which bodies differ and nothing changed, about 95 in 100 intervals hold 1."""
    chance = random.Random(3)
    held = 0
    for _ in range(30):
        made = []
        for body in range(24):
            rate = chance.uniform(0.02, 0.1)
            for of in (2023, 2024) if body < 12 else (chance.choice((2023, 2024)),):
                received = chance.randint(60, 600)
                made.append((f"{body}", of, received, sum(chance.random() < rate for _ in range(received))))
        own = pl.concat([year(*row) for row in made])
        row = stated_change("reconsideration_per_1000", figures=own).filter(design="all_bodies").row(0, named=True)
        held += row["low"] <= 1 <= row["high"]
    assert 27 <= held <= 30


def test_every_choice_changes_what_it_says(four: pl.DataFrame) -> None:
    frame = stated_sensitivity("reconsideration_per_1000", against="litigation_per_1000", figures=four, least=100)
    told = frame.filter(design="all_bodies", measure="reconsideration_per_1000")
    by_choice = {row["choice"]: row for row in told.to_dicts()}
    assert told["choice"][0] == "usual"
    assert by_choice["usual"]["ratio"] == by_choice["first_hand"]["ratio"]
    assert (by_choice["near"]["before"], by_choice["near"]["since"]) == ("2023", "2024")
    assert by_choice["near"]["numerator_before"] == 12
    assert "governments" not in by_choice
    assert by_choice["without"]["ratio"] == pytest.approx(
        stated_influence("reconsideration_per_1000", figures=four, least=100).filter(design="all_bodies")[
            "ratio_without"
        ][0]
    )


def test_bodies_inside_another_are_left_out() -> None:
    city, district = "330400 人民政府", "330483 人民政府"
    own = pl.concat([year(city, 2024, 100, 5), year(district, 2024, 10, 1), year(district, 2023, 10, 2)])
    left = outermost(own).select("body", "year").unique().sort("year").rows()
    assert left == [(district, 2023), (city, 2024)]


def test_every_figure_behind_observed_rates_has_a_place(observed_figures: pl.DataFrame) -> None:
    years = range(2021, 2026)
    frame = stated("reconsideration_per_1000", years=years, least=50)
    behind = stated_figures("reconsideration_per_1000", years=years, least=50)
    assert behind.filter(side="numerator")["value"].sum() == frame["numerator"].sum()
    assert behind.filter(side="denominator")["value"].sum() == frame["denominator"].sum()
    assert behind.select(pl.coalesce("address", "read_from").null_count()).item() == 0
    assert behind["figure"].is_in(observed_figures["figure"].implode()).all()
    again = stated(
        "reconsideration_per_1000",
        years=years,
        least=50,
        figures=observed_figures.sample(fraction=1, shuffle=True, seed=1),
    )
    assert again.equals(frame)


@pytest.fixture(scope="module")
def observed_figures() -> pl.DataFrame:
    return observed()


def test_the_claims_of_a_corpus() -> None:
    shipped = reports()
    claimed = stated_in(shipped)
    assert claimed.schema == SCHEMA.schema
    rows = stated("reconsideration_per_1000", ["agency", "year"], figures=claimed)
    assert rows.select("agency", "year", "numerator", "denominator").row(0) == ("宿迁市人民政府", 2024, 134, 3525)
    twice = SimpleNamespace(reports=shipped.reports, claims=pl.concat([shipped.claims, shipped.claims]))
    assert stated("reconsideration_per_1000", ["agency", "year"], figures=stated_in(twice)).equals(rows)


STATISTICS: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "stated": lambda f: stated("reconsideration_per_1000", ["period"], figures=f),
    "stated_whole": lambda f: stated("disclosure_rate", [], figures=f),
    "stated_figures": lambda f: stated_figures("litigation_per_1000", figures=f),
    "stated_change": lambda f: stated_change("reconsideration_per_1000", ["level"], figures=f),
    "stated_change_against": lambda f: stated_change(
        "reconsideration_per_1000", against="litigation_per_1000", figures=f
    ),
    "stated_influence": lambda f: stated_influence("reconsideration_per_1000", figures=f),
    "stated_sensitivity": lambda f: stated_sensitivity("reconsideration_per_1000", figures=f),
}
POOR = {
    "none": SCHEMA,
    "one body": year("甲", 2024, 100, 5, 1),
    "no case": pl.concat([year(body, of, 100, 0, 0) for body in "甲乙丙丁" for of in (2023, 2024)]),
    "no request": pl.concat([year(body, of, 0, 0, 0) for body in "甲乙丙丁" for of in (2023, 2024)]),
    "all contradicted": pl.concat([year("甲", 2024, 100, cases) for cases in (5, 6)]),
}


@pytest.mark.parametrize("poor", POOR)
@pytest.mark.parametrize("asked", STATISTICS)
def test_an_answer_without_nan_and_with_its_columns(asked: str, poor: str, four: pl.DataFrame) -> None:
    frame, full = STATISTICS[asked](POOR[poor]), STATISTICS[asked](four)
    assert frame.schema == full.schema
    for column in frame.select(pl.selectors.float()).iter_columns():
        assert column.drop_nulls().is_finite().all(), column.name
    if poor in ("none", "no request", "all contradicted") and asked != "stated_figures":
        for column in {"value", "ratio", "median"} & set(frame.columns):
            assert frame[column].null_count() == frame.height, column


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"id": "refusals"}, "id:"),
        ({"id": "disclosure_rate", "definition": "no"}, "definition:"),
        ({"id": "disclosure_rate", "by": ["report"]}, "by:"),
        ({"id": "disclosure_rate", "by": "year"}, "by:"),
        ({"id": "disclosure_rate", "leave_out": ["small"]}, "leave_out:"),
        ({"id": "disclosure_rate", "at": "2024"}, "at:"),
        ({"id": "disclosure_rate", "beside": ["no"]}, "beside:"),
        ({"id": "disclosure_rate", "confidence": 95}, "confidence:"),
    ],
)
def test_bad_arguments_are_named(arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        stated(**arguments)


GOOD = """[[definitions]]
measure = "denial_rate"
id = "own"
numerator = "requests.denied.total"
denominator = "requests.handled.total"
zh = "甲"
en = "a"
"""


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("requests.handled.total", "requests.nothing.total", "no subject"),
        ("denial_rate", "no_rate", "no share or rate"),
        ("denial_rate", "refusals", "no share or rate"),
        ("zh =", "zw =", "unknown key"),
        ("requests.denied.total", "requests.denied.total *", "no sum of terms"),
        (GOOD, GOOD + GOOD, "stands twice"),
    ],
)
def test_faults_of_the_data_are_refused(tmp_path: Path, old: str, new: str, wrong: str) -> None:
    path = tmp_path / "stated_measures.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert list(load_stated_measures(path, forms())) == ["denial_rate"]
    bad = tmp_path / "bad.toml"
    bad.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(FormError, match=wrong):
        load_stated_measures(bad, forms())


def test_every_shipped_definition_can_be_computed(observed_figures: pl.DataFrame) -> None:
    for measure in stated_measures(forms()).values():
        for definition in measure.definitions:
            frame = stated(measure.id, [], definition.id, figures=observed_figures)
            assert frame["denominator"].item() > 0, (measure.id, definition.id)
