"""The multiverse of a measure, and what stands behind its rows."""

from __future__ import annotations

import pytest

from gxtools.forms import forms
from gxtools.forms.measure_definitions import measure_definitions
from gxtools.measures import measure
from gxtools.measures.sensitivity import comparability, multiverse
from tests.measures.frames import SUQIAN_2023, SUQIAN_2024, Made, corpus, handled, real


def test_every_definition_with_and_without_flagged_reports() -> None:
    frames = corpus(
        SUQIAN_2023,
        Made("b", "乙县人民政府", 2023, handled(9, 10)),
        Made("c", "丙县人民政府", 2023, handled(1, 10)),
        problems=[
            ("b", "claim_differs", "warning", None, None, None),
            ("c", "dispute_sum", "error", "disputes", "reconsideration", None),
        ],
    )
    frame = multiverse(frames, "denial_rate")
    assert frame.height == 3 * 3
    bodies = dict(frame.filter(definition="denied").select("reports", "bodies").rows())
    assert bodies == {"all": 3, "without_errors": 2, "without_findings": 1}
    assert frame["lowest"].unique().to_list() == [frame["value"].min()]
    assert frame["highest"].unique().to_list() == [frame["value"].max()]
    plain = measure(frames, "denial_rate")["value"][0]
    assert frame.filter(definition="denied", reports="all")["value"].to_list() == [plain]


def test_a_group_that_a_choice_empties_keeps_its_row() -> None:
    frames = corpus(SUQIAN_2023, SUQIAN_2024, problems=[(SUQIAN_2024.id, "claim_differs", "warning", None, None, None)])
    row = multiverse(frames, "disclosure_rate").filter(year=2024, reports="without_findings").row(0, named=True)
    assert (row["value"], row["bodies"], row["cells_lacking"]) == (None, 0, 0)


def test_the_whole_corpus_and_an_empty_one() -> None:
    count = len(measure_definitions(forms())["disclosure_rate"].definitions)
    assert multiverse(real(), "disclosure_rate", by=[]).height == 3 * count
    assert multiverse(corpus(), "disclosure_rate").is_empty()
    with pytest.raises(ValueError, match="is no share, rate per 1,000, ratio, which"):
        multiverse(real(), "refusals")


def test_what_stands_behind_a_row() -> None:
    frames = corpus(
        SUQIAN_2023,
        SUQIAN_2024,
        Made("b", "乙县人民政府", 2024, handled(9, 10) | {"granted": "blank"}),
        problems=[("b", "blank_cell", "warning", "requests", "granted", "total")],
    )
    frame = comparability(frames, "litigation_per_1000")
    assert frame["breaks"].to_list() == [[], ["2024"]]
    assert frame["bodies_reporting"].to_list() == [1, 2]
    assert frame["bodies_known"].to_list() == [2, 2]
    assert frame["problems_open"].to_list() == [0, 1]
    assert comparability(frames, "disclosure_rate")["cells_lacking"].to_list() == [0, 1]
    assert comparability(frames, "disclosure_rate")["text"][0].endswith("/ (requests.handled.total)")


def test_a_bridge_that_is_crossed_is_named() -> None:
    old = {"answered": 9.0, "answered_granted": 3.0, "handled": 9.0}
    frames = corpus(
        Made("o", "甲县人民政府", 2018, old, form="2014"), Made("n", "甲县人民政府", 2019, handled(1, 4), form="2019")
    )
    frame = comparability(frames, "disclosure_rate", definition="already_public_added")
    assert [len(bridges) for bridges in frame["bridges"]] == [1, 0]
    assert frame["forms"].to_list() == [["2014"], ["2019"]]
    whole = comparability(frames, "disclosure_rate", by=[], definition="already_public_added").row(0, named=True)
    assert whole["breaks"] == ["2019"]
    assert whole["bridges"][0].startswith("2014 table")
    assert comparability(corpus(), "disclosure_rate").is_empty()
