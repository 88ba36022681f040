"""What must hold of any corpus: splitting it loses nothing, its order tells nothing, shares stay within bounds."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from gxtools.measures import composition, concentration, funnel, measure, multiverse, ranks, shrunken
from tests.measures.frames import Made, corpus, handled

counts = st.integers(0, 60).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size)))
reports = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from([2022, 2023]), counts), max_size=8)


def made(drawn: list[tuple[str, int, tuple[int, int]]]) -> list[Made]:
    return [Made(f"{n}", name, year, handled(*pair)) for n, (name, year, pair) in enumerate(drawn)]


@settings(deadline=None, max_examples=25)
@given(reports, st.integers(0, 8))
def test_the_sums_of_a_split_corpus_are_those_of_the_whole(
    drawn: list[tuple[str, int, tuple[int, int]]], cut: int
) -> None:
    every = made(drawn)
    whole = measure(corpus(*every), "disclosure_rate")
    parts = [measure(corpus(*part), "disclosure_rate") for part in (every[:cut], every[cut:])]
    added = (
        pl.concat(parts).group_by("year").agg(pl.col("numerator", "denominator", "cells_lacking").sum()).sort("year")
    )
    assert added.equals(whole.select(added.columns))


@settings(deadline=None, max_examples=15)
@given(reports)
def test_order_tells_nothing_and_shares_stay_within_bounds(drawn: list[tuple[str, int, tuple[int, int]]]) -> None:
    straight, turned = corpus(*made(drawn)), corpus(*reversed(made(drawn)))
    for asked in (funnel, ranks, shrunken, concentration, multiverse):
        assert asked(straight, "disclosure_rate").equals(asked(turned, "disclosure_rate")), asked
    for frame in (measure(straight, "disclosure_rate", ["agency"]), shrunken(straight, "disclosure_rate")):
        held = frame.drop_nulls(["value", "low"])
        assert held.filter(~pl.col("low").is_between(0, 1) | ~pl.col("high").is_between(0, 1)).is_empty()
        assert frame.filter(pl.col("value").is_nan()).is_empty()


@settings(deadline=None, max_examples=15)
@given(reports)
def test_the_parts_of_a_composition_add_up_to_its_whole(drawn: list[tuple[str, int, tuple[int, int]]]) -> None:
    frame = composition(corpus(*made(drawn)), "outcomes").drop_nulls("whole")
    added = frame.group_by("year").agg(pl.col("count").sum(), pl.col("whole").first())
    assert added["count"].to_list() == added["whole"].to_list()
