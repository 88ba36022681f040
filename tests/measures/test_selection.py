"""A selection gives the figures that the same reports give as long cells."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import gxtools as gx
from gxtools.forms import forms
from gxtools.forms.measure_definitions import measure_definitions
from gxtools.measures import Selection, composition, litigation, traced_measure
from tests.measures.frames import Frames, corpus, mixed

BYS = ([], ["year"], ["agency", "year"], ["report"], ["form", "level"], ["province"])
DEFINITIONS = [
    (id, definition.id, found.kind)
    for id, found in measure_definitions(forms()).items()
    for definition in found.definitions
]


FRAMES = mixed()
SELECTION = Selection(FRAMES)
WORLD = gx.simulate(bodies=60, years=range(2019, 2024), seed=3)
OF_WORLD = Selection(WORLD)


def only(frames: Any, *conditions: pl.Expr) -> Frames:
    """The reports of a corpus that fulfil the conditions, as long cells."""
    reports = frames.reports.filter(*conditions)
    cells, problems = (frame.join(reports, on="report", how="semi") for frame in (frames.cells, frames.problems))
    return Frames(reports, cells, problems, frames.forms)


def answer(frames: Any, id: str, definition: str, kind: str, by: list[str]) -> pl.DataFrame:
    return (composition if kind == "composition" else traced_measure)(frames, id, by, definition)


@pytest.mark.parametrize(("id", "definition", "kind"), DEFINITIONS)
def test_every_definition_as_from_long_cells(id: str, definition: str, kind: str) -> None:
    for by in BYS:
        expected = answer(FRAMES, id, definition, kind, by)
        assert_frame_equal(answer(SELECTION, id, definition, kind, by), expected)


@pytest.mark.parametrize(("id", "part"), [("disclosure_rate", "column"), ("correction_rate", "line")])
def test_by_line_and_column(id: str, part: str) -> None:
    by = ["year", part]
    assert_frame_equal(traced_measure(SELECTION, id, by), traced_measure(FRAMES, id, by))


@given(st.data())
def test_any_part_of_a_world(data: st.DataObject) -> None:
    reports = WORLD.reports
    level = data.draw(st.sampled_from([None, *reports["level"].drop_nulls().unique().sort()]))
    first, last = sorted(data.draw(st.tuples(*[st.integers(2018, 2024)] * 2)))
    bodies = data.draw(st.none() | st.lists(st.sampled_from(reports["agency"].unique().sort().to_list()), max_size=5))
    conditions = [pl.col("year").is_between(first, last)]
    conditions += [pl.col("level") == level] if level else []
    conditions += [pl.col("agency").is_in(bodies)] if bodies is not None else []
    id, definition, kind = data.draw(st.sampled_from(DEFINITIONS))
    by = data.draw(st.sampled_from(BYS))
    expected = answer(only(WORLD, *conditions), id, definition, kind, by)
    assert_frame_equal(answer(OF_WORLD.filter(*conditions), id, definition, kind, by), expected, check_dtypes=True)


def test_filters_follow_each_other_and_frames_hold_what_is_selected() -> None:
    some = SELECTION.filter(pl.col("year") == 2023).filter(pl.col("agency").is_not_null())
    expected = only(FRAMES, pl.col("year") == 2023, pl.col("agency").is_not_null())
    assert_frame_equal(some.reports.drop("flagged"), expected.reports)
    assert_frame_equal(some.cells, expected.cells)
    assert some.problems.is_empty()
    assert_frame_equal(SELECTION.cells, FRAMES.cells)
    assert_frame_equal(litigation(some), litigation(expected))


def test_reports_with_flags_can_be_left_out() -> None:
    assert SELECTION.reports.filter("flagged")["report"].to_list() == ["broken"]
    clean = SELECTION.filter(~pl.col("flagged"))
    assert "broken" not in clean.reports["report"]
    assert clean.problems.is_empty()


def test_charts_draw_a_selection_as_they_draw_the_corpus() -> None:
    for chart in (gx.charts.disclosure_rate, gx.charts.refusals, gx.charts.disputes):
        assert chart(OF_WORLD, ["year"]).to_dict() == chart(WORLD, ["year"]).to_dict()


def test_nothing_to_select_from() -> None:
    empty = Selection(corpus())
    assert traced_measure(empty, "disclosure_rate").is_empty()
    assert traced_measure(SELECTION.filter(pl.lit(False)), "disclosure_rate", []).is_empty()


def test_a_selection_of_nothing_says_that_nothing_fits() -> None:
    nobody = SELECTION.filter(pl.col("year") == 1900)
    for draw in (gx.charts.rate, gx.charts.refusals, gx.charts.disputes, gx.charts.litigation, gx.charts.coverage):
        assert "no report fits what was chosen" in draw(nobody).to_dict()["description"]
