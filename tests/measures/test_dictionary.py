"""The dictionary of measures on figures whose answer is known, and what a bridge carries."""

from __future__ import annotations

import polars as pl
import pytest

from gxtools.forms import forms
from gxtools.forms.loading import SHIPPED
from gxtools.forms.measure_definitions import FILE, load_measures, measure_definitions
from gxtools.measures import composition, definition_of, measure
from tests.measures.frames import JIULONGPO_2020, SUQIAN_2023, SUQIAN_2024, Made, corpus, real

WANTED = [
    "disclosure_rate",
    "full_disclosure_rate",
    "release_rate",
    "resolvable_full_rate",
    "denial_rate",
    "discretionary_denial_share",
    "third_party_share",
    "inquiry_share",
    "unavailable_rate",
    "not_held_rate",
    "unprocessed_rate",
    "excessive_rate",
    "other_rate",
    "clearance_rate",
    "backlog_rate",
    "backlog_change",
    "on_time_rate",
    "extension_rate",
    "natural_person_share",
    "reconsideration_per_1000",
    "litigation_per_1000",
    "correction_rate",
    "pending_share",
    "normative_turnover",
]

OLD = Made(
    "old",
    "宿迁市人民政府",
    2016,
    {
        "received": 210,
        "handled": 205,
        "handled_on_time": 190,
        "handled_extended": 12,
        "answered": 200,
        "answered_already_public": 60,
        "answered_granted": 70,
        "answered_partly_granted": 10,
        "answered_denied": 20,
        "denied_trade_secret": 3,
        "denied_privacy": 5,
        "answered_not_responsible": 15,
        "answered_not_existing": 25,
    },
    form="2014",
)


def test_every_measure_of_the_dictionary_is_there() -> None:
    assert set(WANTED) <= set(measure_definitions(forms()))


@pytest.mark.parametrize(
    ("id", "definition", "numerator", "denominator"),
    [
        ("on_time_rate", None, 190, 205),
        ("on_time_rate", "with_extended", 202, 205),
        ("extension_rate", None, 12, 205),
        ("third_party_share", "secret_and_privacy", 8, 20),
        ("disclosure_rate", "already_public_added", 140, 200),
        ("full_disclosure_rate", "already_public_added", 130, 200),
        ("not_held_rate", "across_2014", 40, 200),
    ],
)
def test_the_2014_table(id: str, definition: str | None, numerator: int, denominator: int) -> None:
    row = measure(corpus(OLD), id, definition=definition).row(0, named=True)
    assert (row["numerator"], row["denominator"], row["cells_lacking"]) == (numerator, denominator, 0)


def test_without_a_bridge_the_2014_table_lacks_the_terms() -> None:
    assert measure(corpus(OLD), "disclosure_rate")["cells_lacking"].to_list() == [1]
    assert measure(corpus(SUQIAN_2023), "on_time_rate").select("value", "cells_lacking").row(0) == (None, 1)


def test_a_bridge_is_named_in_the_text_and_leaves_the_new_form_as_it_was() -> None:
    frames = corpus(OLD, SUQIAN_2023)
    bridged = measure(frames, "disclosure_rate", definition="already_public_added")
    assert bridged["numerator"].to_list() == [140, 1519]
    assert bridged["denominator"].to_list() == [200, 3486]
    _, definition = definition_of(frames, "disclosure_rate", "already_public_added")
    assert "form 2014: (statistics.answered_already_public.value + " in definition.text
    assert [bridge.forms for bridge in definition.bridges] == [("2014",)]
    assert definition.bridges[0].en.startswith("2014 table: already public")


def test_a_definition_changed_in_the_data_changes_text_and_figure_alike(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = (SHIPPED / FILE).read_text(encoding="utf-8")
    file = tmp_path_factory.mktemp("measures") / FILE
    old = 'numerator = "requests.granted.total + requests.partly_granted.total"'
    file.write_text(text.replace(old, 'numerator = "requests.granted.total"', 1), encoding="utf-8")
    changed = load_measures(file, forms().all)["disclosure_rate"].definitions[0]
    assert changed.text == "(requests.granted.total) / (requests.handled.total)"
    assert [term.id for term in changed.numerator] == ["requests.granted.total"]


def test_a_change_may_fall_below_nothing_and_has_no_interval_of_one_body() -> None:
    row = measure(corpus(Made("a", "甲县人民政府", 2023, {"received": 50, "carried_in": 9})), "backlog_change").row(
        0, named=True
    )
    assert (row["numerator"], row["value"]) == (-9, -0.18)
    assert (row["low"], row["high"], row["interval"]) == (None, None, None)
    several = measure(real(), "backlog_change", by=[]).row(0, named=True)
    assert several["interval"] == "clustered"
    assert several["low"] < several["value"] < several["high"]


def test_a_denominator_below_nothing_is_no_rate() -> None:
    figures: dict[str, float | str] = {"normative_documents.made": 9, "normative_documents.in_force": 3}
    row = measure(corpus(Made("a", "甲县人民政府", 2023, figures)), "normative_turnover").row(0, named=True)
    assert (row["denominator"], row["value"]) == (-6, None)
    figures |= {"normative_documents.in_force": 29}
    assert measure(corpus(Made("a", "甲县人民政府", 2023, figures)), "normative_turnover")["value"].to_list() == [0.45]


@pytest.mark.parametrize(
    ("id", "definition", "numerator", "denominator"),
    [
        ("litigation_per_1000", "of_denied", 113, 142),
        ("reconsideration_per_1000", "of_denied", 440, 142),
        ("litigation_per_1000", "with_reconsideration", 553, 3486),
        ("after_reconsideration_share", None, 89, 113),
        ("inquiry_share", "of_handled", 21, 3486),
        ("clearance_rate", "of_received", 3486, 3511),
    ],
)
def test_rival_definitions_on_a_real_report(id: str, definition: str | None, numerator: int, denominator: int) -> None:
    row = measure(corpus(SUQIAN_2023), id, definition=definition).row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)


def test_the_outcomes_make_up_what_was_handled() -> None:
    for made in (JIULONGPO_2020, SUQIAN_2023, SUQIAN_2024):
        frame = composition(corpus(made), "outcomes")
        assert frame["count"].sum() == made.figures["handled"]
        assert frame["share"].sum() == pytest.approx(1)


def test_every_measure_names_the_article_that_it_rests_on() -> None:
    assert [id for id, found in measure_definitions(forms()).items() if not found.article] == []


def test_a_caution_stands_in_both_languages() -> None:
    cautious = [m for m in measure_definitions(forms()).values() if bool(m.caution_en) != bool(m.caution_zh)]
    assert cautious == []


def test_shares_lie_between_nothing_and_one() -> None:
    for id, found in measure_definitions(forms()).items():
        if found.kind != "share":
            continue
        for definition in found.definitions:
            frame = measure(real(), id, definition=definition.id).drop_nulls("value")
            if definition.id != "of_received":
                assert frame.filter(~pl.col("value").is_between(0, 1)).is_empty(), (id, definition.id)
