"""Trends and breaks on drawn worlds with known effects, against statsmodels, and where nothing can be said."""

from __future__ import annotations

import random
from math import exp

import polars as pl
import pytest

from gxtools.measures.body_effects import fitted_effects
from gxtools.measures.trends import change_points, found_changes, trend
from tests.measures.frames import SUQIAN_2023, SUQIAN_2024, Made, corpus, handled

SLOPE, LEVEL = 0.08, 0.5


def drawn(seed: int, level: float = LEVEL, bodies: int = 60, at: int = 2022, noise: float = 0.25) -> pl.DataFrame:
    """Bodies of unlike openness over six years; each year of each has a shock of its own: counts are over-dispersed."""
    chance = random.Random(seed)
    rows = []
    for body in range(bodies):
        own = chance.gauss(-0.3, 0.8)
        for year in range(2019, 2025):
            odds = exp(own + SLOPE * (year - 2019) + level * (year >= at) + chance.gauss(0, noise))
            size = chance.randint(40, 120)
            rows.append(
                (f"{body:03}", year, float(sum(chance.random() < odds / (1 + odds) for _ in range(size))), float(size))
            )
    return pl.DataFrame(rows, schema=["body", "year", "numerator", "denominator"], orient="row")


def shaped(counts: pl.DataFrame) -> pl.DataFrame:
    return counts.with_columns(trend=pl.col("year") - 2021.5, level=(pl.col("year") >= 2022).cast(pl.Float64))


def test_estimates_and_errors_are_those_of_statsmodels() -> None:
    import pandas
    import statsmodels.api as sm

    counts = shaped(drawn(1, bodies=12))
    ours = fitted_effects(counts, ["trend", "level"])
    data = pandas.DataFrame(counts.to_dict(as_series=False))
    x = pandas.concat([data[["trend", "level"]], pandas.get_dummies(data["body"], dtype=float)], axis=1)
    y = pandas.DataFrame({"yes": data["numerator"], "no": data["denominator"] - data["numerator"]})
    codes = data["body"].astype(int)
    fit = sm.GLM(y, x, family=sm.families.Binomial()).fit()
    assert ours.estimates == pytest.approx(tuple(fit.params.iloc[:2]), rel=1e-6)
    # Scores and information of each body by statsmodels' own fit.
    share, size = fit.fittedvalues, data["numerator"] + y["no"]
    scores = x.mul(data["numerator"] - size * share, axis=0) @ fit.normalized_cov_params
    lever = (x @ fit.normalized_cov_params.to_numpy()).pow(2).mul(size * share * (1 - share), axis=0)
    for place in range(2):
        told = lever[place].groupby(codes).sum()
        h = told / told.sum()
        moved = scores.iloc[:, place].groupby(codes).sum() / (1 - h)
        assert ours.errors[place] == pytest.approx((moved**2).sum() ** 0.5, rel=1e-5)
        assert ours.freedom[place] == pytest.approx(1 / (h**2).sum() - 1, rel=1e-5)
        assert 9 < ours.freedom[place] < 11


def test_effects_are_recovered_and_covered_over_forty_seeds() -> None:
    slopes, levels, held = [], [], 0
    for seed in range(40):
        fit = fitted_effects(shaped(drawn(seed)), ["trend", "level"])
        assert fit.status == "ok"
        slopes.append(fit.estimates[0])
        levels.append(fit.estimates[1])
        held += abs(fit.estimates[1] - LEVEL) < 2.001 * fit.errors[1]
    # Standard errors over seeds: 0.003 and 0.011; the logit of a share that varies lies a little nearer to 0.
    assert pl.Series(slopes).mean() == pytest.approx(SLOPE, abs=0.012)
    assert pl.Series(levels).mean() == pytest.approx(LEVEL, abs=0.04)
    assert held >= 35


def test_a_break_is_found_in_its_year() -> None:
    for seed in range(20):
        found = found_changes(drawn(seed), 0.95).filter("found")
        assert 2022 in found["year"], seed


def test_no_break_is_found_where_there_is_none_at_the_stated_rate() -> None:
    false = sum(found_changes(drawn(1000 + seed, level=0, bodies=40), 0.95)["found"].any() for seed in range(60))
    # 5 % of 60 is 3; more than 7 come of that rate once in a hundred.
    assert false <= 7


def test_limits_hold_where_few_bodies_tell_most() -> None:
    """Sizes as of the simulated departments, no change: with bodies - 1 degrees of freedom some 91 of 100 hold 0."""
    held = 0
    for seed in range(100):
        chance = random.Random(seed)
        rows = []
        for body in range(120):
            expected, share = chance.lognormvariate(1.37, 1.74), chance.betavariate(1.2, 10.8)
            for year in range(2020, 2026):
                size = round(expected * chance.gammavariate(20, 1 / 20))
                yes = sum(chance.random() < share for _ in range(size))
                rows.append((f"{body:03}", year, float(yes), float(size)))
        counts = pl.DataFrame(rows, schema=["body", "year", "numerator", "denominator"], orient="row")
        row = found_changes(counts, 0.95).filter(year=2023).row(0, named=True)
        held += row["low"] <= 0 <= row["high"]
    assert 90 <= held <= 99


def _corpus_of(counts: pl.DataFrame) -> list[Made]:
    return [
        Made(f"{body}-{year}", body, year, handled(yes, size), form="2021" if year > 2020 else "2019")
        for body, year, yes, size in counts.rows()
    ]


def test_where_definition_and_behaviour_break_together_that_is_said() -> None:
    frames = corpus(*_corpus_of(drawn(3, level=0.9, bodies=25, at=2021)))
    frame = change_points(frames, "disclosure_rate")
    row = frame.filter(year=2021).row(0, named=True)
    assert (row["found"], row["known_break"]) == (True, "2021")
    assert row["statement_en"].startswith("definition and behaviour break together in 2021")
    assert "无法区分" in row["statement_zh"]
    told = trend(frames, "disclosure_rate")
    assert told["term"].to_list() == ["trend", "level"]
    assert told.row(1, named=True)["year"] == 2021
    assert told["low"][1] > 0
    assert told["status"].to_list() == ["ok", "ok"]


def test_a_break_of_no_known_date() -> None:
    frames = corpus(*_corpus_of(drawn(4, level=-1, bodies=25, at=2023)))
    row = change_points(frames, "disclosure_rate").filter(year=2023).row(0, named=True)
    assert (row["found"], row["known_break"]) == (True, None)
    assert "no form or law is known" in row["statement_en"]


def test_what_cannot_be_told_says_so() -> None:
    assert trend(corpus(), "disclosure_rate").row(0, named=True)["status"] == "too few bodies"
    assert change_points(corpus(), "disclosure_rate").is_empty()
    few = change_points(corpus(SUQIAN_2023, SUQIAN_2024), "disclosure_rate").row(0, named=True)
    assert (few["year"], few["found"], few["status"]) == (2024, False, "too few years")
    assert few["statement_en"] == "nothing can be said of 2024: too few years"
    one = trend(corpus(SUQIAN_2023, SUQIAN_2024), "disclosure_rate")
    assert (one["status"].to_list(), one["log_odds"].to_list()) == (["too few bodies"], [None])
    two_years = [Made(f"{b}{y}", b, y, handled(3 + y % 3, 10)) for b in "abc" for y in (2020, 2021)]
    assert trend(corpus(*two_years), "disclosure_rate")["status"].to_list() == ["not identified"] * 2
    one_year = [Made(b, b, 2023, handled(3, 10)) for b in "abc"]
    assert trend(corpus(*one_year), "disclosure_rate")["status"].to_list() == ["too few bodies"]
    always = pl.DataFrame(
        [(b, y, 10.0 * (y >= 2021), 10.0) for b in "abcd" for y in (2019, 2020, 2021, 2022)],
        schema=["body", "year", "numerator", "denominator"],
        orient="row",
    )
    assert fitted_effects(shaped(always).drop("trend"), ["level"]).status != "ok"
    separated = always.with_columns(level=(pl.col("year") >= 2021).cast(pl.Float64))
    assert fitted_effects(separated, ["level"]).status == "did not converge"
    with pytest.raises(ValueError, match="is no share"):
        trend(corpus(), "litigation_per_1000")
