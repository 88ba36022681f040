"""Partial pooling: what is recovered of a known law, how often the truth is covered, and what cannot be fitted."""

from __future__ import annotations

import random

import polars as pl
import pytest

from gxtools.measures.shrinking import fitted, shrunken
from tests.measures.counted import bodies, drawn, of
from tests.measures.frames import corpus


def test_mean_and_strength_are_recovered_over_thirty_seeds() -> None:
    means, strengths = [], []
    for seed in range(30):
        counts = pl.DataFrame(drawn(seed, 150, 0.4, 20, (10, 120)), schema=["n", "d"], orient="row").cast(pl.Float64)
        fit = fitted(counts["n"], counts["d"])
        assert fit.status == "ok"
        means.append(fit.mean)
        strengths.append(fit.strength)
    # Standard errors over seeds: 0.0022 of the mean, 0.7 of the strength.
    assert pl.Series(means).mean() == pytest.approx(0.4, abs=0.007)
    assert pl.Series(strengths).median() == pytest.approx(20, abs=2.5)


def test_no_other_law_is_likelier_by_scipy() -> None:
    from scipy.stats import betabinom

    counts = pl.DataFrame(drawn(9, 80, 0.3, 12, (10, 90)), schema=["n", "d"], orient="row").cast(pl.Float64)
    fit = fitted(counts["n"], counts["d"])
    assert fit.mean is not None
    assert fit.strength is not None

    def likelihood(mean: float, strength: float) -> float:
        rows = counts.rows()
        return sum(float(betabinom.logpmf(x, n, mean * strength, (1 - mean) * strength)) for x, n in rows)

    best = likelihood(fit.mean, fit.strength)
    for mean, strength in ((1.01, 1), (0.99, 1), (1, 1.03), (1, 0.97), (1.005, 1.02)):
        assert likelihood(fit.mean * mean, fit.strength * strength) < best


def test_the_truth_is_covered_and_nearer_than_by_the_plain_share() -> None:
    chance = random.Random(7)
    truths = [chance.betavariate(8, 12) for _ in range(600)]
    sizes = [chance.randint(5, 60) for _ in truths]
    counts = [(sum(chance.random() < t for _ in range(n)), n) for t, n in zip(truths, sizes, strict=True)]
    frame = shrunken(of(counts), "disclosure_rate").sort("agency").with_columns(truth=pl.Series(truths))
    assert frame.select(pl.col("truth").is_between("low", "high").mean()).item() == pytest.approx(0.95, abs=0.025)
    errors = frame.select((pl.col("shrunken", "value") - pl.col("truth")).pow(2).mean()).row(0)
    assert errors[0] < 0.75 * errors[1]
    above = frame.filter(pl.col("probability_above") > 0.9)
    assert above.select((pl.col("truth") > pl.col("group_mean")).mean()).item() > 0.9


def test_small_bodies_lean_more() -> None:
    frame = shrunken(of([(0, 4), (0, 400), *drawn(2, 40, 0.5, 10, (50, 60))]), "disclosure_rate").sort("agency")
    assert frame["shrunken"][1] < 0.02 < 0.2 < frame["shrunken"][0] < frame["group_mean"][0]


def test_groups_are_fitted_apart() -> None:
    made = [*bodies(drawn(1, 40, 0.2, 15, (40, 80))), *bodies(drawn(2, 40, 0.7, 15, (40, 80)), 2022, "township")]
    frame = shrunken(corpus(*made), "disclosure_rate")
    means = dict(frame.select("level", "group_mean").unique().rows())
    assert means["county"] < 0.3 < 0.6 < means["township"]


def test_what_cannot_be_fitted_says_so() -> None:
    few = shrunken(of([(3, 10), (4, 10)]), "disclosure_rate")
    assert few["status"].to_list() == ["too few bodies"] * 2
    assert few["shrunken"].null_count() == 2
    assert few["value"].to_list() == [0.3, 0.4]
    assert shrunken(of([(0, 10)] * 8), "disclosure_rate")["status"].unique().to_list() == ["all alike"]
    equal = shrunken(of([(30, 100)] * 8), "disclosure_rate")
    assert equal["status"].unique().to_list() == ["no spread"]
    assert equal.select("shrunken", "low").unique().rows() == [(0.3, None)]
    assert shrunken(corpus(), "disclosure_rate").is_empty()
    with pytest.raises(ValueError, match="is no share"):
        shrunken(corpus(), "litigation_per_1000")
