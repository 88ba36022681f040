"""Every statistic on corpora that have nothing to tell: an answer with its columns, no crash, no NaN, no 0."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from gxtools import measures
from tests.measures.frames import Frames, Made, corpus, handled

ASKED: dict[str, Callable[[Frames], pl.DataFrame]] = {
    "change_points": lambda c: measures.change_points(c, "disclosure_rate"),
    "comparability": lambda c: measures.comparability(c, "disclosure_rate"),
    "composition_intervals": lambda c: measures.composition_intervals(c, "refusals"),
    "disputes_intervals": lambda c: measures.composition_intervals(c, "disputes_by_outcome", by=[]),
    "concentration": lambda c: measures.concentration(c, "disclosure_rate"),
    "decomposition": lambda c: measures.decomposition(c, "disclosure_rate", 2022, 2023),
    "detectable": lambda c: measures.detectable(c, "disclosure_rate"),
    "differences": lambda c: measures.differences(c, "disclosure_rate"),
    "differences_between_levels": lambda c: measures.differences(c, "denial_rate", "level", ["year"]),
    "dirichlet": lambda c: measures.dirichlet(c),
    "funnel": lambda c: measures.funnel(c, "disclosure_rate"),
    "funnel_of_rates": lambda c: measures.funnel(c, "litigation_per_1000", ["agency", "year"]),
    "influence": lambda c: measures.influence(c, "disclosure_rate"),
    "litigation": lambda c: measures.litigation(c),
    "log_ratios": lambda c: measures.log_ratios(c),
    "log_ratios_of_all": lambda c: measures.log_ratios(c, by=[]),
    "measure_wide": lambda c: measures.measure_wide(measures.wide_reports(c).lazy(), "disclosure_rate"),
    "multiverse": lambda c: measures.multiverse(c, "disclosure_rate"),
    "ranks": lambda c: measures.ranks(c, "litigation_per_1000"),
    "requester_odds": lambda c: measures.requester_odds(c),
    "requester_odds_of_all": lambda c: measures.requester_odds(c, by=[]),
    "shrunken": lambda c: measures.shrunken(c, "disclosure_rate"),
    "shrunken_together": lambda c: measures.shrunken(c, "denial_rate", within=[]),
    "substitution": lambda c: measures.substitution(c, 2022, 2023),
    "trend": lambda c: measures.trend(c, "disclosure_rate"),
    "waiting": lambda c: measures.waiting(c),
}
BLANK = {"handled": "blank", "granted": "dash", "received": "absent", "carried_in": "unreadable"}
CORPORA = {
    "empty": corpus(),
    "unread": corpus(Made("bad", None, None, form=None, error="bad.html: is empty.")),
    "nameless": corpus(Made("a", None, None, handled(3, 9), level=None, kind=None, province=None)),
    "one body": corpus(Made("a", "a", 2023, handled(3, 9))),
    "all blank": corpus(*(Made(f"{b}{y}", b, y, dict(BLANK)) for b in "abcdef" for y in (2022, 2023))),
    "no requests": corpus(*(Made(f"{b}{y}", b, y) for b in "abcdef" for y in (2022, 2023))),
    "one category": corpus(*(Made(f"{b}{y}", b, y, handled(9, 9)) for b in "abcdef" for y in range(2019, 2024))),
    "no form": corpus(*(Made(b, b, 2012, form=None) for b in "abcdef")),
    "2014 only": corpus(*(Made(b, b, 2016, {"handled": 9}, form="2014") for b in "abcdef")),
}
RATES = {"value", "share", "shrunken", "low", "high", "odds_ratio", "log_odds", "group_mean", "target"}


@pytest.mark.parametrize("name", CORPORA)
@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_without_nan(asked: str, name: str) -> None:
    frame = ASKED[asked](CORPORA[name])
    for column in frame.select(pl.selectors.float()).iter_columns():
        assert column.drop_nulls().is_finite().all(), column.name


@pytest.mark.parametrize("name", ["empty", "unread", "all blank", "no requests", "no form", "2014 only"])
@pytest.mark.parametrize("asked", ASKED)
def test_nothing_is_shown_as_a_rate(asked: str, name: str) -> None:
    frame = ASKED[asked](CORPORA[name])
    for column in RATES & set(frame.columns):
        assert frame[column].null_count() == frame.height, column


@pytest.mark.parametrize("asked", ASKED)
def test_an_empty_corpus_has_the_columns_of_a_full_one(asked: str) -> None:
    empty, full = ASKED[asked](CORPORA["empty"]), ASKED[asked](CORPORA["one category"])
    assert empty.columns == full.columns
    differing = [name for name in full.columns if pl.Null not in (empty.schema[name], full.schema[name])]
    assert [name for name in differing if empty.schema[name] != full.schema[name]] == []


def test_every_public_statistic_is_asked() -> None:
    told_elsewhere = {"measure", "traced_measure", "composition", "disputes_by_outcome", "definition_of", "forms_of"}
    told_elsewhere |= {"HasFrames", "blank_shares", "error_anatomy", "rule_shares", "wide_reports"}
    # Those over stated figures take no corpus: test_stated.py asks them the same.
    told_elsewhere |= {name for name in measures.__all__ if name.startswith("stated")}
    assert set(measures.__all__) - told_elsewhere <= set(ASKED)
