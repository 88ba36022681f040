"""The chart of disputes by the tables: the measures' figures, their cells, the simulated mark, and where nothing is."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest
import vl_convert

from gxtools import charts
from gxtools.measures import litigation
from tests.charts.test_charts import crowd, values
from tests.measures.frames import SUQIAN_2023, Frames, Made, corpus, real


def test_every_mark_is_the_measures_figure() -> None:
    rows = values(charts.litigation(real()).to_dict())
    frame = litigation(real(), by=["agency", "year"]).filter(
        ~pl.col("definition").is_in(["of_refused", "of_reconsidered"])
    )
    assert len(rows) == frame.height == 33
    drawn = sorted((row["numerator"], row["denominator"]) for row in rows)
    assert drawn == sorted(frame.select("numerator", "denominator").rows())
    own = next(row for row in rows if row["group"].endswith("2023") and row["question"] == 0)
    assert (own["numerator"], own["denominator"]) == (440, 3486)
    assert own["value"] == pytest.approx(1000 * 440 / 3486, abs=0.01)
    assert "disputes.reconsideration.total 440" in own["source"]
    shares = [row for row in rows if row["question"] > 1 and "value" in row]
    assert shares
    assert all(row["value"] == pytest.approx(100 * row["numerator"] / row["denominator"], abs=0.01) for row in shares)


def test_a_crowd_is_pooled_by_year_and_a_break_is_drawn() -> None:
    spec = charts.litigation(crowd(9)).to_dict()
    rows = values(spec)
    assert {row["group"] for row in rows} == {"2023", "2024"}
    assert {row["bodies"] for row in rows} == {9}
    assert "datum.group === '2024'" in json.dumps(spec)


def test_both_vegas_draw_it_and_order_does_not_matter() -> None:
    frames = real()
    spec = charts.litigation(frames).to_dict()
    shuffled = Frames(
        frames.reports.sample(fraction=1, shuffle=True, seed=2),
        frames.cells.sample(fraction=1, shuffle=True, seed=2),
        frames.problems,
        frames.forms,
    )
    assert charts.litigation(shuffled).to_dict() == spec
    for version in ("5.8", "6.4"):
        assert vl_convert.vegalite_to_svg(json.dumps(spec), vl_version=version).startswith("<svg")


@pytest.mark.parametrize("made", [(), (Made("a", "a", 2016, form="2014"),), (Made("a", "a", 2023),)])
def test_nothing_to_show_is_said(made: tuple[Made, ...]) -> None:
    assert "Nothing to show" in charts.litigation(corpus(*made)).to_dict()["description"]


def test_one_report_and_a_simulated_one() -> None:
    spec: dict[str, Any] = charts.litigation(corpus(SUQIAN_2023)).to_dict()
    assert {row["group"] for row in values(spec)} == {"宿迁市人民政府 2023"}
    assert any("Hollow" in line for line in spec["title"]["subtitle"])
    own = corpus(SUQIAN_2023)
    marked = Frames(own.reports.with_columns(simulated=pl.lit(True)), own.cells, own.problems, own.forms)
    assert any("Simulated data" in line for line in charts.litigation(marked).to_dict()["title"]["subtitle"])


def test_too_many_groups_are_refused() -> None:
    with pytest.raises(ValueError, match="by: agency"):
        charts.litigation(crowd(9), by=["agency"])
