"""What these three explorers show behind their marks, and how their own controls move them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

import gxtools as gx
from gxtools.explore.panels import datasets
from gxtools.measures import rule_shares
from tests.explore.made import shipped_cells


@pytest.fixture(scope="module")
def shipped(root: Path) -> gx.Corpus:
    return gx.load(root / "data" / "reports", workers=1)


@pytest.fixture(scope="module")
def world() -> gx.Corpus:
    return gx.simulate(bodies=60, years=range(2022, 2025), seed=5)


def choose(explorer: Any, panel: int, begins: str) -> None:
    """Choose the mark whose name begins so, as a person does in the list."""
    marks = explorer.marks[panel]
    marks.value = next(place for name, place in marks.options if name.startswith(begins))


def test_problems_behind_a_rule(shipped: gx.Corpus) -> None:
    explorer = gx.explore.quality(shipped)
    assert explorer.frames[0].equals(rule_shares(shipped))
    choose(explorer, 0, "收支平衡")
    assert "83 + 6 = 89 ≠ 95 + 1 = 96" in explorer._below.value
    assert "重庆市九龙坡区人民政府 2020" in explorer._below.value
    assert "jiulongpo_2020.html" in explorer._below.value
    # The other chart is of the one report that breaks it.
    assert explorer.frames[1]["year"].unique().to_list() == [2020]


def test_problems_of_one_year(world: gx.Corpus) -> None:
    explorer = gx.explore.quality(world)
    row = explorer.frames[1].filter((pl.col("broken") > 0) & (pl.col("year") == 2024)).row(0, named=True)
    zh = row["rule_zh"].split(": ")[-1]
    place = next(place for name, place in explorer.marks[1].options if name.startswith(zh) and " 2024:" in name)
    explorer.marks[1].value = place
    assert "2024" in explorer._below.value
    assert explorer._below.value.count("<tr>") > row["broken"]


def test_two_reports_are_chosen_and_stay(shipped: gx.Corpus) -> None:
    explorer = gx.explore.compare(shipped)
    ids = {row["agency"][:2] + str(row["year"]): row["report"] for row in shipped.reports.iter_rows(named=True)}
    assert (explorer.one.value, explorer.other.value) == (ids["宿迁2023"], ids["宿迁2024"])
    explorer.search.value = "jiulongpo"
    assert (explorer.one.value, explorer.other.value) == (ids["宿迁2023"], ids["宿迁2024"])
    assert ids["重庆2020"] in [id for _, id in explorer.one.options]
    explorer.one.value = ids["重庆2020"]
    assert "Forms differ" in str(explorer.chart.to_dict())
    rows = {row["line"].split(" ", 1)[1]: row for row in explorer.frames[1].iter_rows(named=True)}
    printed = {name: shipped_cells(name)["requests", "received", "total"] for name in ("jiulongpo_2020", "suqian_2024")}
    assert rows["Received this year"]["value"] == int(printed["jiulongpo_2020"])
    assert rows["Received this year"]["value_other"] == int(printed["suqian_2024"])


def test_tables_and_columns_of_the_two(shipped: gx.Corpus) -> None:
    explorer = gx.explore.compare(shipped)
    explorer.table.value = "disputes"
    assert [id for _, id in explorer.column.options] == ["total", "upheld", "corrected", "other", "pending"]
    explorer.column.value = "corrected"
    assert explorer.frames[1].height == 3
    choose(explorer, 1, "行政复议")
    assert explorer.behind is not None
    assert explorer.behind.frame["column"].unique().to_list() == ["corrected"]
    assert explorer.behind.frame["year"].to_list() == [2023, 2024]


def test_the_same_report_twice_is_told(shipped: gx.Corpus) -> None:
    explorer = gx.explore.compare(shipped)
    explorer.one.value = explorer.other.value
    assert "Choose two different reports" in str(explorer.chart.to_dict())
    assert explorer._failure.value == ""


def test_a_province_narrows_its_bodies(world: gx.Corpus) -> None:
    explorer = gx.explore.provinces(world)
    assert (explorer.year.value, [year for _, year in explorer.year.options]) == (2024, [2024, 2023, 2022])
    choose(explorer, 0, "模拟二省")
    of_province = world.reports.filter((pl.col("province") == "模拟二省") & (pl.col("year") == 2024))
    assert set(explorer.frames[1]["agency"]) == set(of_province["agency"])
    assert explorer.behind is not None
    assert set(explorer.behind.frame["year"]) == {2024}
    explorer.year.value = 2022
    assert set(explorer.frames[0]["year"]) == {2022}
    assert "2022" in str(explorer.chart.to_dict()["concat"][0]["title"])


def test_a_province_without_reports_has_nothing_behind(shipped: gx.Corpus) -> None:
    explorer = gx.explore.provinces(shipped)
    choose(explorer, 0, "西藏自治区")
    assert "No cell to list here" in explorer._below.value
    choose(explorer, 0, "江苏省")
    assert "suqian_2024.html" in explorer._below.value


def test_a_mark_in_each_chart_of_rules_stays(world: gx.Corpus) -> None:
    explorer = gx.explore.quality(world)
    broken = explorer.frames[0].with_row_index().filter(pl.col("broken") > 0)["index"].to_list()
    explorer.marks[0].value = broken[0]
    explorer.marks[1].value = 0
    assert [marks.value != -1 for marks in explorer.marks] == [True, True]
    assert explorer.behind is not None


def test_the_data_taken_away_are_the_rows_drawn(world: gx.Corpus) -> None:
    explorer = gx.explore.quality(world)
    drawn = next(rows for name, rows in datasets(explorer._panels[1].chart) if name == "rules_by_year")
    taken = explorer.frames[1]
    assert {(row["id"], row["year"]) for row in drawn} == set(taken.select("rule", "year").rows())
