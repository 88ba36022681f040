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
from tests.measures.test_stated import SCHEMA, year

YEARS = range(2021, 2026)
CASES, SUITS = "reconsideration_per_1000", "litigation_per_1000"


def data(spec: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of that name, wherever they stand."""
    found = [node["data"]["values"] for node in (spec, *_layers(spec)) if node.get("data", {}).get("name") == name]
    assert found, name
    rows: list[dict[str, Any]] = found[0]
    return rows


def _layers(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [layer for panel in spec.get("hconcat", []) for layer in (panel, *panel["layer"])]


@pytest.fixture(scope="module")
def figures() -> pl.DataFrame:
    return observed()


@pytest.fixture(scope="module")
def spec(figures: pl.DataFrame) -> dict[str, Any]:
    drawn: dict[str, Any] = charts.stated(figures=figures, years=YEARS, least=50).to_dict()
    return drawn


def test_dots_and_lines_are_the_measure(spec: dict[str, Any], figures: pl.DataFrame) -> None:
    dots = data(spec, "stated_body_years")
    asked = {"figures": figures, "years": YEARS, "least": 50}
    pooled = stated(CASES, ["period"], beside=[SUITS], **asked)
    assert sum(row["cases_0"] for row in dots) == pooled["numerator"].sum()
    assert sum(row["of"] for row in dots) == pooled["denominator"].sum()
    lines = data(spec, f"stated_{CASES}")
    assert [row["value"] for row in lines] == pytest.approx(pooled["value"].to_list(), abs=1e-4)
    assert [row["high"] for row in lines] == pytest.approx(pooled["high"].to_list(), abs=1e-4)
    suits = stated(SUITS, ["period"], beside=[CASES], **asked)
    assert sum(row["cases_1"] for row in dots) == suits["numerator"].sum()
    addresses = set(stated_figures(CASES, beside=[SUITS], **asked)["address"].drop_nulls())
    assert all(set(row["source"].split()) & addresses or "comparison" in row["source"] for row in dots)


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
    spec = charts.paired(figures=figures, years=YEARS, least=50).to_dict()
    rows = data(spec, f"stated_pairs_{CASES}")
    frame = stated(CASES, ["body", "period"], beside=[SUITS], figures=figures, years=YEARS, least=50)
    both = frame.drop_nulls("value").filter(pl.len().over("body") == 2)
    values = sorted(value for row in rows for value in (row["before"], row["since"]))
    assert values == pytest.approx(sorted(both["value"].to_list()), abs=0.01)
    assert {row["sign"] for row in rows} == {"rose", "fell"}


@pytest.mark.parametrize("draw", [charts.stated, charts.paired])
def test_nothing_to_show_is_said(draw: Any) -> None:
    for own in (SCHEMA, year("甲", 2024, 100, 5)):
        spec = draw(figures=own).to_dict()
        assert "Nothing to show" in spec["description"]


def test_one_body_year_and_a_simulated_one() -> None:
    one = year("甲", 2024, 100, 5, 2)
    spec = charts.stated(figures=one).to_dict()
    assert [row["cases_0"] for row in data(spec, "stated_body_years")] == [5]
    assert "模拟" not in json.dumps(spec, ensure_ascii=False)
    made = one.with_columns(agency=pl.lit("模拟甲县人民政府"))
    assert "Simulated data" in " ".join(charts.stated(figures=made).to_dict()["title"]["subtitle"])


def test_too_many_dots_are_refused(figures: pl.DataFrame) -> None:
    with pytest.raises(ValueError, match="restrict years or raise least"):
        charts.stated(figures=figures)
