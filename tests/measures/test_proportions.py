"""Intervals for shares and their differences against published figures, and their exact coverage over a grid."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from scipy.stats import binom

from gxtools.measures import differences, measure
from gxtools.measures.differences import detectable, square_and_add
from gxtools.measures.intervals import clopper_pearson, jeffreys, wilson
from tests.measures.frames import SUQIAN_2023, SUQIAN_2024, Made, corpus, handled

Interval = Callable[[pl.DataFrame, float], pl.DataFrame]


def counts(*pairs: tuple[float, float]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"numerator": pl.Float64, "denominator": pl.Float64}, orient="row")


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 5; recomputed, page not at hand.
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0000, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_clopper_pearson_as_published(numerator: int, denominator: int, low: float, high: float) -> None:
    frame = clopper_pearson(counts((numerator, denominator)), 0.95)
    assert frame.select("low", "high").row(0) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Brown, Cai and DasGupta, Statistical Science 16 (2001), table 5, entries that their modification leaves alone;
        # recomputed, page not at hand.
        (2, 7, 0.065, 0.648),
        (3, 7, 0.139, 0.766),
        (2, 10, 0.044, 0.503),
        (3, 10, 0.093, 0.606),
        (4, 10, 0.153, 0.696),
        (5, 10, 0.224, 0.776),
    ],
)
def test_jeffreys_as_published(numerator: int, denominator: int, low: float, high: float) -> None:
    frame = jeffreys(counts((numerator, denominator)), 0.95)
    assert frame.select("low", "high").row(0) == pytest.approx((low, high), abs=6e-4)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10; as others quote it, and recomputed.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
    ],
)
def test_newcombe_as_published(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    frame = square_and_add(pair(wilson(counts(one), 0.95), wilson(counts(other), 0.95)))
    assert frame.select("low", "high").row(0) == pytest.approx((low, high), abs=5e-5)


def pair(now: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    value = pl.col("numerator") / pl.col("denominator")
    shown = [frame.select("low", "high", value=value) for frame in (now, before)]
    return pl.concat([shown[0], shown[1].rename(lambda name: f"{name}_before")], how="horizontal")


@pytest.mark.parametrize("interval", [wilson, jeffreys, clopper_pearson])
def test_nothing_without_a_denominator_or_beyond_it(interval: Interval) -> None:
    frame = interval(pl.DataFrame({"numerator": [0.0, 5.0, None], "denominator": [0.0, 4.0, None]}), 0.95)
    assert frame.select("low", "high").null_count().row(0) == (3, 3)


def test_the_ends_are_exact() -> None:
    for interval in (jeffreys, clopper_pearson):
        frame = interval(counts((0, 40), (40, 40)), 0.95)
        assert (frame["low"][0], frame["high"][1]) == (0, 1)
        assert 0 < frame["high"][0] < 0.1 < 0.9 < frame["low"][1] < 1


def coverage(interval: Interval, size: int, share: float) -> float:
    """The probability that the interval holds the share, summed over all outcomes."""
    frame = interval(counts(*((x, size) for x in range(size + 1))), 0.95)
    holds = frame.select(pl.lit(share).is_between("low", "high"))["literal"].to_list()
    return float(sum(binom.pmf(x, size, share) for x in range(size + 1) if holds[x]))


def test_coverage_summed_exactly() -> None:
    """The whole grid stands in benchmarks/measures_coverage.py; this is a coarse one of the same kind."""
    grid = [(size, place / 40) for size in (10, 30, 100) for place in range(1, 40)]
    for interval in (wilson, jeffreys):
        mean = sum(coverage(interval, *point) for point in grid) / len(grid)
        assert 0.94 <= mean <= 0.965, interval
    assert min(coverage(clopper_pearson, *point) for point in grid) >= 0.95


def test_differences_of_a_real_body() -> None:
    row = differences(corpus(SUQIAN_2023, SUQIAN_2024), "disclosure_rate").row(0, named=True)
    assert (row["year"], row["before"], row["interval"]) == (2024, 2023, "newcombe")
    assert row["difference"] == pytest.approx(1902 / 3521 - 1519 / 3486)
    assert row["low"] < row["difference"] < row["high"]


def test_differences_tell_how_many_bodies_are_the_same() -> None:
    made = [
        Made(f"{name}{year}", name, year, handled(3, 10))
        for year, names in ((2022, "abc"), (2023, "bcd"), (2024, "xy"))
        for name in names
    ]
    frame = differences(corpus(*made), "disclosure_rate")
    assert frame.select("year", "bodies", "bodies_before", "bodies_shared").rows() == [(2023, 3, 3, 2), (2024, 2, 3, 0)]
    assert differences(corpus(*made), "disclosure_rate", by=["agency"])["bodies_shared"].to_list() == [1, 1]


def test_differences_with_nothing_to_compare() -> None:
    assert differences(corpus(SUQIAN_2023), "disclosure_rate").is_empty()
    assert differences(corpus(), "disclosure_rate").is_empty()
    silent = differences(corpus(SUQIAN_2023, Made("b", "宿迁市人民政府", 2024)), "disclosure_rate").row(0, named=True)
    assert (silent["difference"], silent["low"], silent["interval"]) == (None, None, None)


def test_an_interval_of_that_name() -> None:
    frames = corpus(SUQIAN_2023)
    exact = measure(frames, "denial_rate", interval="clopper_pearson").row(0, named=True)
    middle = measure(frames, "denial_rate", interval="jeffreys").row(0, named=True)
    assert (exact["interval"], middle["interval"]) == ("clopper_pearson", "jeffreys")
    assert exact["low"] < middle["low"] < middle["high"] < exact["high"]


def test_the_least_difference_as_published() -> None:
    """Cohen (1988), table 6.4.1: h = 0.20 needs 392 a group at 5 % in two tails and a power of 0.80; recomputed."""
    row = detectable(corpus(Made("a", "甲县人民政府", 2023, handled(196, 392))), "disclosure_rate").row(0, named=True)
    assert row["above"] - 0.5 == pytest.approx(0.5 - row["below"])
    # h = 2 asin(sqrt(p2)) - 2 asin(sqrt(1/2)) = 0.20.
    assert row["above"] == pytest.approx(0.5993, abs=3e-4)


def test_the_least_difference_where_none_can_be_told() -> None:
    few = detectable(corpus(Made("a", "甲县人民政府", 2023, handled(1, 3))), "disclosure_rate").row(0, named=True)
    assert few["below"] is None
    none = detectable(corpus(Made("a", "甲县人民政府", 2023)), "disclosure_rate").row(0, named=True)
    assert (none["value"], none["below"], none["above"]) == (None, None, None)
    with pytest.raises(ValueError, match="is no share"):
        detectable(corpus(), "litigation_per_1000")
