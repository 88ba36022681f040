"""The charts over stated figures: the measure's figures, addresses, the words around them, and where nothing is."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest
import vl_convert

from gxtools import charts
from gxtools.datasets import observed
from gxtools.measures import stated, stated_figures
from gxtools.measures import stated_sensitivity as sensitivity
from tests.measures.test_stated import SCHEMA, year

YEARS = range(2021, 2026)
CASES, SUITS = "reconsideration_per_1000", "litigation_per_1000"


def rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the chart's own data."""
    found: list[dict[str, Any]] = spec["data"]["values"]
    return found


@pytest.fixture(scope="module")
def figures() -> pl.DataFrame:
    return observed()


@pytest.fixture(scope="module")
def spec(figures: pl.DataFrame) -> dict[str, Any]:
    drawn: dict[str, Any] = charts.stated(figures=figures, years=YEARS, least=50).to_dict()
    return drawn


def test_dots_and_lines_are_the_measure(spec: dict[str, Any], figures: pl.DataFrame) -> None:
    dots = [row for row in rows(spec) if "x" in row]
    lines = [row for row in rows(spec) if "from" in row]
    asked = {"figures": figures, "years": YEARS, "least": 50}
    for place, (id, other) in enumerate(((CASES, SUITS), (SUITS, CASES))):
        pooled = stated(id, ["period"], beside=[other], **asked)
        assert [row[f"cases_{place}"] for row in lines] == pooled["numerator"].to_list()
        assert [row[f"high_{place}"] for row in lines] == pytest.approx(pooled["high"].to_list(), abs=1e-3)
        assert sum(row[f"cases_{place}"] for row in dots) == pooled["numerator"].sum()
        assert sum(row["of"] for row in dots) == pooled["denominator"].sum()
    behind = stated_figures(CASES, beside=[SUITS], **asked)
    places = set(behind.select(pl.coalesce("address", "read_from")).to_series())
    assert {row["source"] for row in dots} <= {" ".join(p) for p in _subsets(places, dots)}
    assert [row["agency"] for row in dots if row.get("named")] == ["宿迁市人民政府"]


def _subsets(places: set[str], dots: list[dict[str, Any]]) -> list[list[str]]:
    """Of every dot the places that its source names; one that named another would not come back."""
    return [[place for place in sorted(places, key=row["source"].find) if place in row["source"]] for row in dots]


def test_words_say_that_it_is_no_sample(spec: dict[str, Any]) -> None:
    caption = " ".join(spec["title"]["subtitle"])
    assert "并非抽样" in caption
    assert "48 bodies, 60 body-years" in caption
    assert "no sample" in spec["description"]
    assert "2021-2023" in spec["description"]


def test_the_same_chart_for_shuffled_figures_and_both_vegas(spec: dict[str, Any], figures: pl.DataFrame) -> None:
    shuffled = figures.sample(fraction=1, shuffle=True, seed=4)
    again = charts.stated(figures=shuffled, years=YEARS, least=50).to_dict()
    assert json.dumps(again) == json.dumps(spec)
    for version in ("5.8", "6.4"):
        assert vl_convert.vegalite_to_svg(json.dumps(spec), vl_version=version).startswith("<svg")


def test_pairs_are_the_bodies_of_both_sides(figures: pl.DataFrame) -> None:
    pairs = rows(charts.paired(figures=figures, years=YEARS, least=50).to_dict())
    for place, (id, other) in enumerate(((CASES, SUITS), (SUITS, CASES))):
        frame = stated(id, ["body", "period"], beside=[other], figures=figures, years=YEARS, least=50)
        both = frame.drop_nulls("value").filter(pl.len().over("body") == 2)
        drawn = sorted(row[f"{end}_{place}"] for row in pairs for end in ("before", "since"))
        assert drawn == pytest.approx(sorted(both["value"].to_list()), abs=0.01)
    first = next(row for row in pairs if row["agency"] == "宿迁市人民政府")
    assert first["counts_0"] == "440/3511 → 170/3525"


def test_the_strip_is_the_measure_and_its_first_row_the_usual_choice(figures: pl.DataFrame) -> None:
    strip = rows(charts.stated_sensitivity(figures=figures, years=YEARS, least=50).to_dict())
    frame = sensitivity(CASES, against=SUITS, figures=figures, years=YEARS, least=50)
    usual = frame.filter(pl.col("choice") == "usual", pl.col("design") == "all_bodies")
    assert strip[0]["choice"].startswith("通常口径")
    assert [strip[0]["ratio_0"], strip[0]["ratio_1"]] == pytest.approx(usual["ratio"][:2].to_list(), abs=1e-3)
    assert {row["bodies"] for row in strip} == {f"{b}, {s}" for b, s in _bodies(frame)}


def _bodies(frame: pl.DataFrame) -> list[tuple[int, int]]:
    drawn = frame.filter(pl.col("design") == "all_bodies", pl.min_horizontal("bodies_before", "bodies") >= 3)
    return drawn.select("bodies_before", "bodies").unique().rows()


@pytest.mark.parametrize("draw", [charts.stated, charts.paired, charts.stated_sensitivity])
def test_nothing_to_show_is_said(draw: Any) -> None:
    for own in (SCHEMA, year("甲", 2024, 100, 5)):
        spec = draw(figures=own).to_dict()
        assert "Nothing to show" in spec["description"]


def test_one_body_year_and_a_simulated_one() -> None:
    one = year("甲", 2024, 100, 5, 2)
    spec = charts.stated(figures=one).to_dict()
    assert [row["cases_0"] for row in rows(spec) if "x" in row] == [5]
    assert "模拟" not in json.dumps(spec, ensure_ascii=False)
    made = one.with_columns(agency=pl.lit("模拟甲县人民政府"))
    assert "Simulated data" in " ".join(charts.stated(figures=made).to_dict()["title"]["subtitle"])


def test_too_many_dots_are_refused(figures: pl.DataFrame) -> None:
    with pytest.raises(ValueError, match="restrict years or raise least"):
        charts.stated(figures=figures)
