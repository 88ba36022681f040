"""Changes that add up, concentration, and influence, by hand and as properties."""

from __future__ import annotations

import random

import polars as pl
import pytest

from gxtools.measures.decomposing import concentration, decomposition, influence
from tests.measures.frames import Made, corpus, disputes, handled


def year(number: int, **bodies: tuple[float, float]) -> list[Made]:
    return [Made(f"{name}{number}", name, number, handled(*pair)) for name, pair in bodies.items()]


def parts(frame: pl.DataFrame) -> dict[str, float]:
    return dict(frame.select("part", "contribution").rows())


def test_by_hand() -> None:
    frames = corpus(
        *year(2022, a=(40, 100), b=(30, 100), c=(10, 50)), *year(2023, a=(50, 100), b=(60, 200), d=(90, 100))
    )
    frame = decomposition(frames, "disclosure_rate", 2022, 2023)
    told = parts(frame)
    # Stayers: 0.35 -> 110/300; within = 0.1 x (1/2 + 1/3)/2; the rest of theirs is mix.
    assert told["within"] == pytest.approx(0.1 * (1 / 2 + 1 / 3) / 2)
    assert told["mix"] == pytest.approx(110 / 300 - 0.35 - told["within"])
    assert told["entry"] == pytest.approx(100 / 400 * (0.9 - 110 / 300))
    assert told["exit"] == pytest.approx(50 / 250 * (0.35 - 0.2))
    assert sum(told.values()) == pytest.approx(200 / 400 - 80 / 250)
    assert frame["change"][0] == pytest.approx(200 / 400 - 80 / 250)
    assert frame["bodies"].to_list() == [2, 2, 1, 1]


def test_the_parts_add_up_whatever_the_counts() -> None:
    chance = random.Random(5)
    for _ in range(25):
        made = []
        for number in (2022, 2023):
            for name in "abcdefgh":
                if name == "a" or chance.random() < 0.7:
                    size = chance.randint(0 if name != "a" else 1, 300)
                    made += year(number, **{name: (chance.randint(0, size), size)})
        frame = decomposition(corpus(*made), "disclosure_rate", 2022, 2023)
        assert frame["contribution"].sum() == pytest.approx(frame["change"][0], abs=1e-11)


def test_only_within_where_only_that_changed() -> None:
    told = parts(
        decomposition(
            corpus(*year(2022, a=(4, 10), b=(2, 10)), *year(2023, a=(6, 10), b=(2, 10))), "disclosure_rate", 2022, 2023
        )
    )
    assert told == pytest.approx({"within": 0.1, "mix": 0, "entry": 0, "exit": 0})


def test_nothing_to_compare_is_null() -> None:
    for frames in (corpus(), corpus(*year(2022, a=(4, 10))), corpus(*year(2022, a=(4, 10)), *year(2023, b=(4, 10)))):
        frame = decomposition(frames, "disclosure_rate", 2022, 2023)
        assert frame["contribution"].null_count() == 4
    assert decomposition(corpus(*year(2022, a=(4, 10))), "disclosure_rate", 2022, 2023)["change"].null_count() == 4


def test_per_1000_in_its_unit() -> None:
    made = [Made(f"a{y}", "a", y, handled(5, 100) | disputes((n, 0, 0, 0))) for y, n in ((2022, 1), (2023, 3))]
    frame = decomposition(corpus(*made), "reconsideration_per_1000", 2022, 2023)
    assert (frame["change"][0], frame["contribution"].to_list()) == (20, [20, 0, 0, 0])


def test_concentration_by_hand() -> None:
    frame = concentration(corpus(*year(2023, a=(5, 60), b=(0, 30), c=(0, 10))), "disclosure_rate", top=2)
    told = {row["side"]: row for row in frame.to_dicts()}
    assert told["denominator"]["herfindahl"] == pytest.approx(0.36 + 0.09 + 0.01)
    assert told["denominator"]["top_share"] == pytest.approx(0.9)
    assert (told["numerator"]["herfindahl"], told["numerator"]["largest"]) == (1, "a")
    nothing = concentration(corpus(*year(2023, a=(0, 0))), "disclosure_rate").row(0, named=True)
    assert [nothing[name] for name in ("total", "herfindahl", "top_share", "largest")] == [0, None, None, None]
    assert concentration(corpus(), "disclosure_rate").is_empty()


def test_influence_by_hand() -> None:
    frame = influence(corpus(*year(2023, a=(90, 100), b=(10, 100), c=(11, 100))), "disclosure_rate")
    row = frame.row(0, named=True)
    assert row["agency"] == "a"
    assert row["influence"] == pytest.approx(111 / 300 - 21 / 200)
    alone = influence(corpus(*year(2023, a=(9, 10))), "disclosure_rate").row(0, named=True)
    assert (alone["value"], alone["value_without"], alone["influence"]) == (0.9, None, None)
    assert influence(corpus(), "disclosure_rate", by=[]).is_empty()
