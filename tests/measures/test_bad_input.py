"""Every statistic on corpora that have nothing to tell: an answer with its columns, no crash, no NaN, no 0."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import polars as pl
import pytest

from gxtools import measures
from tests.measures.frames import Frames, Made, corpus, handled

ASKED: dict[str, Callable[[Frames], pl.DataFrame]] = {
    "carry_over": lambda c: measures.carry_over(c),
    "change_points": lambda c: measures.change_points(c, "disclosure_rate"),
    "comparability": lambda c: measures.comparability(c, "disclosure_rate"),
    "composition": lambda c: measures.composition(c, "outcomes"),
    "composition_intervals": lambda c: measures.composition_intervals(c, "refusals"),
    "correction_by_line": lambda c: measures.measure(c, "correction_rate", ["year", "line"]),
    "disputes_by_outcome": lambda c: measures.disputes_by_outcome(c, ["agency"]),
    "disputes_intervals": lambda c: measures.composition_intervals(c, "disputes_by_outcome", by=[]),
    "concentration": lambda c: measures.concentration(c, "disclosure_rate"),
    "decomposition": lambda c: measures.decomposition(c, "disclosure_rate", 2022, 2023),
    "detectable": lambda c: measures.detectable(c, "disclosure_rate"),
    "differences": lambda c: measures.differences(c, "disclosure_rate"),
    "differences_between_levels": lambda c: measures.differences(c, "denial_rate", "level", ["year"]),
    "dirichlet": lambda c: measures.dirichlet(c),
    "dirichlet_of_all": lambda c: measures.dirichlet(c, "outcomes", by=[]),
    "funnel": lambda c: measures.funnel(c, "disclosure_rate"),
    "funnel_of_rates": lambda c: measures.funnel(c, "litigation_per_1000", ["agency", "year"]),
    "influence": lambda c: measures.influence(c, "disclosure_rate"),
    "litigation": lambda c: measures.litigation(c),
    "log_ratios": lambda c: measures.log_ratios(c),
    "log_ratios_of_all": lambda c: measures.log_ratios(c, by=[]),
    "measure": lambda c: measures.measure(c, "disclosure_rate", ["agency", "year"]),
    "measure_bootstrap": lambda c: measures.measure(c, "denial_rate", ["level"], interval="bootstrap"),
    "measure_by_column": lambda c: measures.measure(c, "denial_rate", ["column"]),
    "measure_wide": lambda c: measures.measure_wide(measures.wide_reports(c).lazy(), "disclosure_rate"),
    "multiverse": lambda c: measures.multiverse(c, "disclosure_rate"),
    "quantities": lambda c: measures.quantities(c),
    "quantities_of_all": lambda c: measures.quantities(c, [], "requests"),
    "ranks": lambda c: measures.ranks(c, "litigation_per_1000"),
    "requester_odds": lambda c: measures.requester_odds(c),
    "requester_odds_of_all": lambda c: measures.requester_odds(c, by=[]),
    "rolled_over": lambda c: measures.rolled_over(c),
    "rolled_over_by_body": lambda c: measures.rolled_over(c, ["agency"]),
    "stock_flow": lambda c: measures.stock_flow(c),
    "shrunken": lambda c: measures.shrunken(c, "disclosure_rate"),
    "shrunken_together": lambda c: measures.shrunken(c, "denial_rate", within=[]),
    "substitution": lambda c: measures.substitution(c, 2022, 2023),
    "traced_measure": lambda c: measures.traced_measure(c, "release_rate", []),
    "trend": lambda c: measures.trend(c, "disclosure_rate"),
    "turnover": lambda c: measures.measure(c, "normative_turnover"),
    "waiting": lambda c: measures.waiting(c),
}
BLANK = {"handled": "blank", "granted": "dash", "received": "absent", "carried_in": "unreadable"}
SIX = list(enumerate("abcdef"))


def _two_forms(n: int, name: str, year: int) -> Made:
    if year < 2021:
        return Made(f"{name}{year}", name, year, handled(n, 9) | {"other": 1}, form="2019")
    return Made(f"{name}{year}", name, year, handled(n, 9) | {"other_other": 1})


def _below_nothing(n: int) -> dict[str, float | str]:
    return handled(n - 1, 9) | {"denied_inquiry": n - 2, "reconsideration.corrected": -1, "carried_out": -1}


CORPORA = {
    "empty": corpus(),
    "unread": corpus(Made("bad", None, None, form=None, error="bad.html: is empty.")),
    "nameless": corpus(Made("a", None, None, handled(3, 9), level=None, kind=None, province=None)),
    "one body": corpus(Made("a", "a", 2023, handled(3, 9))),
    "all blank": corpus(*(Made(f"{b}{y}", b, y, dict(BLANK)) for b in "abcdef" for y in (2022, 2023))),
    "no requests": corpus(*(Made(f"{b}{y}", b, y) for b in "abcdef" for y in (2022, 2023))),
    "one category": corpus(*(Made(f"{b}{y}", b, y, handled(9, 9)) for b in "abcdef" for y in range(2019, 2024))),
    "no form": corpus(*(Made(b, b, 2012, form=None) for b in "abcdef")),
    "no year": corpus(*(Made(b, b, None, handled(3, 9)) for b in "abcdef")),
    "no names": corpus(*(Made(f"{n}{y}", None, y, handled(n, 9)) for n, _ in SIX for y in range(2019, 2024))),
    "some lack a part": corpus(
        *(
            Made(f"{b}{y}", b, y, handled(n, 9) | ({"granted": "blank"} if (n + y) % 2 else {"denied_inquiry": 1}))
            for n, b in SIX
            for y in range(2019, 2024)
        )
    ),
    "two forms": corpus(*(_two_forms(n, b, 2019 + n) for n, b in SIX)),
    "below nothing": corpus(*(Made(f"{b}{y}", b, y, _below_nothing(n)) for n, b in SIX for y in range(2021, 2024))),
    "beyond the whole": corpus(
        *(Made(f"{b}{y}", b, y, handled(20 + n, 9) | {"denied_inquiry": 50}) for n, b in SIX for y in (2022, 2023))
    ),
    "no whole counts": corpus(*(Made(b, b, 2023, handled(n + 0.5, 9.5)) for n, b in SIX)),
    "one has all": corpus(
        *(Made(f"{b}{y}", b, y, handled(0 if n else 4, 0 if n else 9)) for n, b in SIX for y in (2022, 2023))
    ),
    "twice": corpus(*(Made(f"{b}{k}", b, 2023, handled(2 + k, 9)) for n, b in SIX for k in (0, 1))),
    "2014 only": corpus(*(Made(b, b, 2016, {"handled": 9}, form="2014") for b in "abcdef")),
}
RATES = {"value", "share", "shrunken", "low", "high", "odds_ratio", "log_odds", "group_mean", "target"}
# Limits of a change, of a log-ratio, and around a target: not of the value beside them.
OF_OTHERS = {"differences", "differences_between_levels", "substitution", "log_ratios", "log_ratios_of_all"}
OF_OTHERS |= {"funnel", "funnel_of_rates", "shrunken", "shrunken_together"}


@cache
def answer(asked: str, name: str) -> pl.DataFrame | str:
    """A frame, or why there is none: a definition that passes 1 in these figures fits no funnel."""
    try:
        return ASKED[asked](CORPORA[name])
    except ValueError as error:
        assert (asked, name) == ("funnel", "beyond the whole")
        return str(error)


@pytest.mark.parametrize("name", CORPORA)
@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_without_nan_and_within_its_bounds(asked: str, name: str) -> None:
    frame = answer(asked, name)
    if isinstance(frame, str):
        assert "passes 1 in some groups" in frame
        return
    for column in frame.select(pl.selectors.float()).iter_columns():
        assert column.drop_nulls().is_finite().all(), column.name
    if {"low", "high"} <= set(frame.columns):
        assert frame.filter(pl.col("low") > pl.col("high")).is_empty()
    value = next((column for column in ("value", "share", "odds_ratio") if column in frame.columns), None)
    if value is not None and "low" in frame.columns and asked not in OF_OTHERS and value != "odds_ratio":
        assert frame.filter((pl.col(value) < pl.col("low") - 1e-9) | (pl.col(value) > pl.col("high") + 1e-9)).is_empty()
    if value is not None and asked != "differences":
        assert frame.filter(pl.col(value) < 0).is_empty()
    size = next((column for column in ("denominator", "whole") if column in frame.columns), None)
    if size is not None and value is not None and asked != "influence":
        assert frame.filter((pl.col(size).fill_null(0) <= 0) & pl.col(value).is_not_null()).is_empty()


@pytest.mark.parametrize("name", ["empty", "unread", "all blank", "no requests", "no form", "2014 only"])
@pytest.mark.parametrize("asked", ASKED)
def test_nothing_is_shown_as_a_rate(asked: str, name: str) -> None:
    frame = answer(asked, name)
    assert isinstance(frame, pl.DataFrame)
    for column in RATES & set(frame.columns):
        assert frame[column].null_count() == frame.height, column


@pytest.mark.parametrize("asked", ASKED)
def test_an_empty_corpus_has_the_columns_of_a_full_one(asked: str) -> None:
    empty, full = answer(asked, "empty"), answer(asked, "one category")
    assert isinstance(empty, pl.DataFrame)
    assert isinstance(full, pl.DataFrame)
    assert empty.columns == full.columns
    differing = [name for name in full.columns if pl.Null not in (empty.schema[name], full.schema[name])]
    assert [name for name in differing if empty.schema[name] != full.schema[name]] == []


def test_every_public_statistic_is_asked() -> None:
    told_elsewhere = {
        "definition_of",
        "forms_of",
        "joinable",
        "HasFrames",
        "Selection",
        "blank_shares",
        "breaking",
        "error_anatomy",
        "rule_shares",
        # They take figures, not a corpus: test_stated.py.
        *(name for name in measures.__all__ if name.startswith("stated")),
    }
    # Those of figures in prose take no corpus.
    told_elsewhere |= {"breaking", *(name for name in measures.__all__ if name.startswith("stated"))}
    assert set(measures.__all__) - told_elsewhere - {"wide_reports"} <= set(ASKED)
