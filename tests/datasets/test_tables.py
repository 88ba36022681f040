"""Divisions, population, shipped reports, and what is said of each data set."""

from __future__ import annotations

import polars as pl
import pytest

import gxtools as gx


def test_a_county_that_became_a_district_is_one_unit() -> None:
    found = gx.datasets.divisions().filter(pl.col("name").str.starts_with("密云"))
    assert found.select("region_code", "name", "last", "now").rows() == [
        ("110118", "密云区", None, "110118"),
        ("110228", "密云县", 2014, "110118"),
    ]


@pytest.mark.parametrize(("year", "there"), [(2020, {"江干区", "下城区"}), (2021, {"临平区", "钱塘区"})])
def test_divisions_are_those_of_the_year(year: int, there: set[str]) -> None:
    names = set(gx.datasets.divisions(year).filter(pl.col("full_name").str.contains("杭州市"))["name"])
    assert names & {"江干区", "下城区", "临平区", "钱塘区"} == there


def test_every_unit_stands_under_one_that_is_there() -> None:
    divisions = gx.datasets.divisions()
    codes = set(divisions["region_code"])
    assert divisions.filter(pl.col("parent").is_null() != (pl.col("level") == "province")).is_empty()
    assert set(divisions["parent"].drop_nulls()) <= codes
    assert set(divisions["now"]) <= codes


def test_the_census_adds_up_and_knows_every_province() -> None:
    population = gx.datasets.population()
    # The bulletin's total of the 31 provinces: 1,411,778,724 less 2,000,000 in active military service.
    assert population["population"].sum() == 1_409_778_724
    names = gx.datasets.divisions(2020).filter(pl.col("level") == "province").select("region_code", "name")
    named = population.join(names, on="region_code")
    assert named.height == 31
    assert (named["province"] == named["name"]).all()


def test_the_shipped_reports_are_whole() -> None:
    corpus = gx.datasets.reports()
    assert corpus.reports["error"].null_count() == 3
    assert corpus.cells["state"].is_in(["printed", "dash"]).all()


def test_each_data_set_has_limits_and_a_citation() -> None:
    for dataset in gx.datasets.about():
        assert callable(getattr(gx.datasets, dataset.name))
        assert dataset.title
        assert dataset.title_zh
        assert dataset.limits
        assert dataset.citation
    assert gx.datasets.about("observed")[0].name == "observed"
    with pytest.raises(ValueError, match="no data set 'towns'; there are: observed, bodies"):
        gx.datasets.about("towns")
