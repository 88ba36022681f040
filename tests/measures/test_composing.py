"""Compositions with uncertainty: published intervals, recovery of known alphas, zeros, and what cannot be told."""

from __future__ import annotations

import random

import polars as pl
import pytest

from gxtools.measures.composing import composition_intervals, dirichlet, fitted_alphas, log_ratios
from gxtools.measures.intervals import wilson
from gxtools.measures.substituting import substitution
from tests.measures.frames import SUQIAN_2023, SUQIAN_2024, Made, corpus

DENIED = ("denied_state_secret", "denied_third_party", "denied_deliberative")


def test_goodman_against_statsmodels() -> None:
    """Counts of Sison and Glaz, Journal of the American Statistical Association 90 (1995), limits of statsmodels."""
    from statsmodels.stats.proportion import multinomial_proportions_confint

    counts = [56.0, 72.0, 73.0, 59.0, 62.0, 87.0, 58.0]
    frame = wilson(pl.DataFrame({"numerator": counts, "denominator": sum(counts)}), 1 - 0.05 / len(counts))
    known = multinomial_proportions_confint(counts, 0.05, method="goodman")
    for (low, high), (wanted_low, wanted_high) in zip(frame.select("low", "high").rows(), known, strict=True):
        assert (low, high) == (pytest.approx(wanted_low), pytest.approx(wanted_high))


def test_simultaneous_limits_are_wider_and_hold_all_parts() -> None:
    frames = corpus(SUQIAN_2023)
    goodman, plain = (composition_intervals(frames, "refusals", interval=name) for name in ("goodman", "jeffreys"))
    assert ((goodman["high"] - goodman["low"]) > (plain["high"] - plain["low"])).all()
    assert goodman.filter(~pl.col("share").is_between("low", "high")).is_empty()
    assert goodman["interval"].unique().to_list() == ["goodman"]


def test_a_whole_of_nothing_has_no_limits() -> None:
    frame = composition_intervals(corpus(Made("a", "a", 2023)), "refusals")
    assert frame.select("share", "low", "high", "interval").null_count().row(0) == (frame.height,) * 4
    assert composition_intervals(corpus(), "refusals").is_empty()
    with pytest.raises(ValueError, match=r"interval: 'wald' .* goodman, clopper_pearson, jeffreys"):
        composition_intervals(corpus(), "refusals", interval="wald")


def _drawn(seed: int, alphas: tuple[float, ...], bodies: int, size: int) -> list[list[float]]:
    chance = random.Random(seed)
    parts: list[list[float]] = [[] for _ in alphas]
    for _ in range(bodies):
        weights = [chance.gammavariate(alpha, 1) for alpha in alphas]
        picked = chance.choices(range(len(alphas)), weights, k=size)
        for number, part in enumerate(parts):
            part.append(float(picked.count(number)))
    return parts


def test_alphas_are_recovered_over_twenty_seeds() -> None:
    found = []
    for seed in range(20):
        alphas, status = fitted_alphas(_drawn(seed, (2.0, 5.0, 3.0), 480, 40))
        assert status == "ok"
        assert alphas is not None
        found.append(alphas)
    shares = [sum(alphas[n] / sum(alphas) for alphas in found) / 20 for n in range(3)]
    assert shares == pytest.approx([0.2, 0.5, 0.3], abs=0.01)
    assert sum(map(sum, found)) / 20 == pytest.approx(10, abs=0.4)


def test_no_other_alphas_are_likelier_by_scipy() -> None:
    from scipy.stats import dirichlet_multinomial

    parts = _drawn(5, (0.8, 3.0, 1.5), 60, 30)
    alphas, _ = fitted_alphas(parts)
    assert alphas is not None

    def likelihood(tried: list[float]) -> float:
        return sum(
            float(dirichlet_multinomial.logpmf([int(x) for x in body], tried, 30)) for body in zip(*parts, strict=True)
        )

    best = likelihood(alphas)
    for number in range(3):
        for factor in (0.97, 1.03):
            assert likelihood([a * factor if n == number else a for n, a in enumerate(alphas)]) < best


def test_no_spread_is_found_where_there_is_none() -> None:
    statuses = [fitted_alphas(_drawn(seed, (2e6, 5e6, 3e6), 60, 40))[1] for seed in range(20)]
    assert statuses.count("no spread") >= 6
    assert set(statuses) <= {"no spread", "ok"}


def test_dirichlet_of_a_corpus_and_where_there_is_too_little() -> None:
    parts = _drawn(3, (2.0, 5.0, 3.0), 30, 40)
    made = [
        Made(f"{n}", f"{n:02}", 2023, {line: parts[p][n] for p, line in enumerate(DENIED)} | {"handled": 40})
        for n in range(30)
    ]
    frame = dirichlet(corpus(*made))
    assert frame["share"].sum() == pytest.approx(1)
    row = frame.filter(pl.col("line") == "denied_third_party").row(0, named=True)
    assert row["spread_low"] < row["share"] < row["spread_high"]
    assert row["bodies"] == 30
    # A ground that nobody used says nothing of itself.
    assert frame.filter(pl.col("line") == "denied_inquiry")["share"].to_list() == [None]
    few = dirichlet(corpus(*made[:2]))
    assert (few["status"].unique().to_list(), few["share"].null_count()) == (["too few bodies"], few.height)
    assert dirichlet(corpus()).is_empty()
    one = [Made(f"{n}", f"{n}", 2023, {"denied_inquiry": 3, "handled": 3}) for n in range(6)]
    assert dirichlet(corpus(*one))["status"].unique().to_list() == ["one part"]


def test_log_ratios_by_hand_and_with_zeros() -> None:
    frame = log_ratios(corpus(SUQIAN_2023))
    row = frame.filter(pl.col("line") == "partly_granted").row(0, named=True)
    assert row["log_ratio"] == pytest.approx(-1.28843, abs=1e-5)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.959964 * (1 / 328.5 + 1 / 1191.5) ** 0.5)
    zero = frame.filter(pl.col("line") == "denied_state_secret").row(0, named=True)
    assert zero["zero"]
    assert zero["low"] < zero["log_ratio"] < -5
    assert log_ratios(corpus(Made("a", "a", 2023)))["log_ratio"].null_count() == frame.height
    assert log_ratios(corpus()).is_empty()
    with pytest.raises(ValueError, match="reference: 'mine'"):
        log_ratios(corpus(SUQIAN_2023), reference="mine")


def test_what_gave_way_to_what() -> None:
    made = []
    for n in range(12):
        for year, denied, lacking in ((2022, 20 + n % 3, 10), (2023, 10 + n % 3, 20)):
            figures = {"granted": 50, "denied_deliberative": denied, "unavailable_not_held": lacking}
            made.append(Made(f"{n}{year}", f"{n:02}", year, figures | {"handled": 50 + denied + lacking}))
    frame = substitution(corpus(*made), 2022, 2023)
    told = {row["outcome"]: row for row in frame.to_dicts()}
    assert list(told) == ["granted", "partly_granted", "denied", "unavailable", "unprocessed", "other"]
    assert told["denied"]["change"] == pytest.approx(-10 / 81)
    assert told["denied"]["high"] < 0 < told["unavailable"]["low"]
    assert frame["change"].sum() == pytest.approx(0, abs=1e-11)


def test_substitution_of_one_body_and_of_none() -> None:
    one = substitution(corpus(SUQIAN_2023, SUQIAN_2024), 2023, 2024)
    assert one["change"].sum() == pytest.approx(0, abs=1e-11)
    # Newcombe's method 10 for 142 of 3486 and 92 of 3521, worked by hand.
    denied = one.filter(outcome="denied").row(0, named=True)
    assert (denied["low"], denied["high"]) == pytest.approx((-0.023148, -0.006203), abs=1e-6)
    assert one["interval"].to_list() == ["newcombe"] * 6
    none = substitution(corpus(SUQIAN_2023), 2022, 2023)
    assert (none["change"].null_count(), none["bodies"].unique().to_list()) == (6, [0])
