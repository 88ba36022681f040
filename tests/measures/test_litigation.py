"""Disputes, waiting and requesters: by hand, against published tables, and where there is nothing."""

from __future__ import annotations

import random
import sys

import polars as pl
import pytest
from statsmodels.datasets import china_smoking

from gxtools.measures.backlog import waiting
from gxtools.measures.disputing import litigation
from gxtools.measures.requesters import _TABLE, _tested, requester_odds
from gxtools.measures.rolling import rolled_over
from tests.measures.frames import SUQIAN_2023, Frames, Made, corpus, disputes, real


def test_every_question_of_a_real_report() -> None:
    frame = litigation(corpus(SUQIAN_2023))
    told = {(row["measure"], row["definition"], row["line"]): row for row in frame.to_dicts()}
    assert told["litigation_per_1000", "of_denied", None]["value"] == pytest.approx(1000 * 113 / 142)
    assert told["after_reconsideration_share", "of_litigation", None]["numerator"] == 89
    assert told["correction_rate", "of_concluded", "reconsideration"]["denominator"] == 309 + 17 + 88
    assert told["pending_share", "of_total", "litigation_after_reconsideration"]["numerator"] == 9
    assert told["litigation_per_1000", "of_refused", None]["denominator"] == 142 + 1078 + 406
    assert told["after_reconsideration_share", "of_reconsidered", None]["denominator"] == 440
    assert litigation(real(), by=[]).height == 8 + 2 * 3
    assert litigation(corpus()).is_empty()


def test_pending_rolled_over_by_hand() -> None:
    made = [
        Made("a22", "a", 2022, disputes((5, 0, 1, 4), (0, 0, 0, 2), (0, 0, 0, 0))),
        Made("a23", "a", 2023, disputes((2, 1, 0, 6), (1, 0, 0, 0), (0, 0, 0, 0))),
        Made("b22", "b", 2022, disputes((0, 0, 0, 1), (0, 0, 0, 7), (0, 0, 0, 0))),
        Made("b23", "b", 2023, disputes((8, 0, 0, 0), (3, 0, 0, 1), (0, 0, 0, 0))),
        Made("c23", "c", 2023, disputes((1, 0, 0, 1), (0, 0, 0, 0), (0, 0, 0, 0))),
        Made("d22", "d", 2022, {"reconsideration.pending": "blank"}),
        Made("d23", "d", 2023, disputes((1, 0, 0, 1), (0, 0, 0, 0), (0, 0, 0, 0))),
    ]
    frame = rolled_over(corpus(*made)).filter(year=2023)
    assert frame["line"].to_list() == ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
    first, direct, after = frame.to_dicts()
    assert [first[name] for name in ("pending_before", "concluded", "pending", "total")] == [5, 11, 6, 17]
    assert first["rolled_per_concluded"] == pytest.approx(5 / 11)
    assert [first[name] for name in ("concluded_high", "open_low", "open_high")] == [3 + 1, 1, 4]
    assert [first[name] for name in ("bodies", "bodies_not_held", "cells_lacking")] == [2, 0, 1]
    assert first["bodies_without_before"] == 1
    # Two and seven were pending, and the next year tells of one and four in all: they do not stand there.
    assert (direct["bodies"], direct["bodies_not_held"], direct["open_low"]) == (3, 2, 1 + 4)
    assert (after["concluded"], after["rolled_per_concluded"]) == (0, None)
    assert rolled_over(corpus(*made)).filter(year=2022)["pending_before"].to_list() == [None] * 3
    assert rolled_over(corpus()).is_empty()


def test_what_is_rolled_over_lies_within_its_bounds() -> None:
    chance = random.Random(11)
    for _ in range(40):
        old, new = chance.randint(0, 9), chance.randint(0, 9)
        queue = ["old"] * old + ["new"] * new
        chance.shuffle(queue)
        done = queue[: chance.randint(0, len(queue))]
        left = len(queue) - len(done)
        years = ((2022, (0, 0, 0, old)), (2023, (len(done), 0, 0, left)))
        frame = rolled_over(corpus(*(Made(f"{year}", "a", year, disputes(block)) for year, block in years)))
        row = frame.filter(year=2023, line="reconsideration").row(0, named=True)
        assert done.count("old") <= row["concluded_high"]
        assert row["open_low"] <= old - done.count("old") <= row["open_high"]
        assert row["bodies_not_held"] == 0


def test_waiting_by_hand() -> None:
    flows = {"received": 100, "carried_in": 20, "handled": 110, "carried_out": 10}
    row = waiting(corpus(Made("a", "甲县人民政府", 2023, flows))).row(0, named=True)
    assert (row["same_year_low"], row["same_year_high"]) == (90, 100)
    assert (row["over_a_year_low"], row["over_a_year_high"]) == (0, 10)
    assert row["mean_days"] == pytest.approx(365 * 30 / 210)


def test_the_bounds_hold_whatever_order_requests_are_handled_in() -> None:
    chance = random.Random(9)
    for _ in range(60):
        old, new = chance.randint(0, 15), chance.randint(0, 30)
        queue = ["old"] * old + ["new"] * new
        chance.shuffle(queue)
        handled = queue[: chance.randint(0, len(queue))]
        flows = {"carried_in": old, "received": new, "handled": len(handled), "carried_out": len(queue) - len(handled)}
        row = waiting(corpus(Made("a", "a", 2023, flows)), by=[]).row(0, named=True)
        assert row["same_year_low"] <= handled.count("new") <= row["same_year_high"]
        assert row["over_a_year_low"] <= old - handled.count("old") <= row["over_a_year_high"]


def test_waiting_where_figures_lack() -> None:
    frames = corpus(
        Made("a", "a", 2023, {"received": 5, "handled": 5, "carried_out": "blank"}),
        Made("b", "b", 2022),
        Made("c", "c", 2016, form="2014"),
    )
    frame = waiting(frames)
    assert frame["year"].to_list() == [2016, 2022, 2023]
    assert frame["received"].to_list() == [None, 0, None]
    assert frame["mean_days"].to_list() == [None] * 3
    assert frame["cells_lacking"].to_list() == [1, 0, 1]
    assert waiting(corpus()).is_empty()


def test_mantel_haenszel_as_published() -> None:
    """Agresti, An Introduction to Categorical Data Analysis (1996), table 3.3: smoking and lung cancer in China."""
    data = china_smoking.load_pandas().data
    names = ["smoking_yes_cancer_yes", "smoking_yes_cancer_no", "smoking_no_cancer_yes", "smoking_no_cancer_no"]
    strata = pl.DataFrame({to: data[name].tolist() for to, name in zip(_TABLE, names, strict=True)})
    row = pl.select(_tested(strata.cast(pl.Float64), 0.95)).row(0, named=True)
    # Odds ratio 2.17, limits 1.98 to 2.38; Breslow and Day 5.2 with 7 degrees of freedom, so p = 0.64.
    assert row["odds_ratio"] == pytest.approx(2.17, abs=5e-3)
    assert (row["low"], row["high"]) == (pytest.approx(1.98, abs=6e-3), pytest.approx(2.38, abs=6e-3))
    assert row["p_equal"] == pytest.approx(0.64, abs=6e-3)
    assert (row["reports_informative"], row["status"]) == (8, "ok")


def _mixed(ratio: float, seed: int) -> Frames:
    """Forty bodies of unlike openness, the more open ones with more persons; the odds ratio is the same in all."""
    chance = random.Random(seed)
    made = []
    for body in range(40):
        odds = 0.3 + body / 15
        persons, firms = 10 + 2 * body, 90 - 2 * body
        yes = sum(chance.random() < ratio * odds / (1 + ratio * odds) for _ in range(persons))
        other = sum(chance.random() < odds / (1 + odds) for _ in range(firms))
        columns = {
            "natural_person": (yes, persons),
            "business": (other, firms),
            "total": (yes + other, persons + firms),
        }
        figures: dict[str, float | str] = {}
        for column, (granted, size) in columns.items():
            figures |= {f"granted.{column}": granted, f"handled.{column}": size}
        made.append(Made(f"{body}", f"{body:02}", 2023, figures))
    return corpus(*made)


def test_bodies_do_not_feign_a_difference_of_applicants() -> None:
    rows = [requester_odds(_mixed(1, seed)).row(0, named=True) for seed in range(20)]
    assert sum(row["low"] <= 1 <= row["high"] for row in rows) >= 17
    assert sum(row["p_value"] < 0.05 for row in rows) <= 3


def test_a_difference_is_recovered_over_twenty_seeds() -> None:
    rows = [requester_odds(_mixed(2, seed)).row(0, named=True) for seed in range(20)]
    assert sum(row["low"] <= 2 <= row["high"] for row in rows) >= 17
    assert sum(row["odds_ratio"] for row in rows) / 20 == pytest.approx(2, abs=0.1)


def test_without_statsmodels_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels.stats.contingency_tables", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'gxtools\[statistics\]'"):
        requester_odds(_mixed(1, 0))


def test_requesters_where_there_is_nothing_to_compare() -> None:
    only_persons: dict[str, float | str] = {
        "granted": 3,
        "granted.natural_person": 3,
        "handled": 9,
        "handled.natural_person": 9,
    }
    row = requester_odds(corpus(Made("a", "a", 2023, only_persons))).row(0, named=True)
    assert (row["status"], row["odds_ratio"], row["reports"]) == ("no informative report", None, 1)
    apart = only_persons | {"handled": 14, "handled.business": 5}
    assert requester_odds(corpus(Made("a", "a", 2023, apart)))["status"].to_list() == ["no finite ratio"]
    assert requester_odds(corpus()).is_empty()
    with pytest.raises(ValueError, match="'column' does not fit"):
        requester_odds(corpus(), "litigation_per_1000")
