"""The grid of provinces: its figures are the measure's, and a province without figures shows none."""

from __future__ import annotations

import json
from typing import Any

import pytest
import vl_convert

import gxtools as gx
from gxtools import charts
from gxtools.charts.provinces import layout
from gxtools.measures import measure
from tests.measures.frames import SUQIAN_2023, SUQIAN_2024, Frames, Made, corpus, handled


def crowd() -> Frames:
    """Two reports of three provinces: one with a rate, a small one, one that lacks a figure; and an unknown one."""
    made = []
    for place, figures in (
        ("江苏省", handled(40, 100)),
        ("浙江省", handled(4, 9)),
        ("重庆市", handled(40, 100) | {"granted": "blank"}),
        (None, handled(1, 90)),
    ):
        made += [Made(f"{place}-{n}", f"{place}{n}", 2024, figures, province=place) for n in range(2)]
    return corpus(*made)


def tiles(chart: Any) -> dict[str, dict[str, Any]]:
    spec = chart.to_dict()
    assert "datasets" not in spec
    return {row["province"]: row for row in spec["data"]["values"]}


def test_every_provincial_unit_has_a_tile_of_its_own() -> None:
    official = set(gx.datasets.divisions(2023).filter(level="province")["name"])
    outside = {"香港特别行政区", "澳门特别行政区", "台湾省"}
    assert set(layout()) == official | outside
    assert len(official - outside) == 31
    assert len({(tile.column, tile.row) for tile in layout().values()}) == 34


def test_the_figures_are_those_of_the_measure() -> None:
    shown = tiles(charts.provinces(crowd()))
    frame = measure(crowd(), "disclosure_rate", by=["province", "year"]).filter(province="江苏省")
    row = shown["江苏省"]
    assert row["value"] == frame["value"][0] == 0.4
    assert (row["low"], row["high"]) == (round(frame["low"][0], 5), round(frame["high"][0], 5))
    assert (row["said"], row["n"], row["look"]) == ("40.0%", "n=200", "rate")


def test_looks_of_what_is_small_lacking_or_not_there() -> None:
    chart = charts.provinces(crowd())
    shown = tiles(chart)
    assert (shown["浙江省"]["look"], shown["浙江省"]["said"], shown["浙江省"]["shade"]) == ("small", "8/18", None)
    assert (shown["重庆市"]["look"], shown["重庆市"]["said"], shown["重庆市"]["value"]) == ("lacking", "缺数 n/a", None)
    for province in ("香港特别行政区", "西藏自治区"):
        assert (shown[province]["look"], shown[province]["said"], shown[province]["n"]) == ("none", "", "")
    caption = " ".join(chart.to_dict()["title"]["subtitle"])
    for said in ("Hollow: fewer than 30", "Dashed:", "Grey: no report", "省份未知的 2 份报告", "Left out 2 reports"):
        assert said in caption


def test_the_newest_year_or_the_one_asked_for() -> None:
    real = corpus(SUQIAN_2023, SUQIAN_2024)
    newest, older = charts.provinces(real), charts.provinces(real, year=2023)
    assert tiles(newest)["江苏省"]["numerator"] == 1902
    assert tiles(older)["江苏省"]["numerator"] == measure(real, "disclosure_rate")["numerator"][0]
    assert "2023" in older.to_dict()["title"]["text"]
    assert "Nothing to show" in charts.provinces(real, year=1999).to_dict()["description"]


def test_requests_per_resident_from_the_provinces_own_report_alone() -> None:
    own = Made("own", "江苏省人民政府", 2024, handled(40, 8475), level="province", province="江苏省")
    part = Made("part", "宿迁市人民政府", 2024, handled(40, 100), level="prefecture", province="江苏省")
    census = gx.datasets.population().filter(province="江苏省")["population"][0]
    assert tiles(charts.provinces(corpus(own, part)))["江苏省"]["per_1000"] == round(8475 / census * 1000, 5)
    assert tiles(charts.provinces(corpus(part)))["江苏省"]["per_1000"] is None


def test_simulated_provinces_have_a_grid_of_their_own() -> None:
    world = gx.simulate(bodies=60, years=range(2023, 2025), seed=1)
    chart = charts.provinces(world)
    assert list(tiles(chart)) == ["模拟一省", "模拟二省"]
    assert chart.to_dict()["title"]["subtitle"][0].startswith("模拟数据")


def test_no_figure_says_why() -> None:
    for empty in (
        corpus(),
        corpus(Made("a", "b", 2024, {"handled": "blank"})),
        corpus(Made("a", "b", None, error="x")),
    ):
        spec = charts.provinces(empty).to_dict()
        assert "Nothing to show" in spec["description"]
        assert "没有可显示的内容" in json.dumps(spec, ensure_ascii=False)


def test_other_measures() -> None:
    world = gx.simulate(bodies=60, years=range(2023, 2025), seed=1)
    row = tiles(charts.provinces(world, "litigation_per_1000"))["模拟一省"]
    frame = measure(world, "litigation_per_1000", by=["province", "year"]).filter(province="模拟一省", year=2024)
    assert row["value"] == round(frame["value"][0], 5)
    with pytest.raises(ValueError, match="is a composition; this chart takes"):
        charts.provinces(world, "refusals")


def test_a_specification_that_notebooks_keep() -> None:
    made = crowd()
    text = json.dumps(charts.provinces(made).to_dict(), ensure_ascii=False)
    shuffled = Frames(
        made.reports.reverse(), made.cells.sample(fraction=1, shuffle=True, seed=1), made.problems, made.forms
    )
    assert json.dumps(charts.provinces(shuffled).to_dict(), ensure_ascii=False) == text
    for version in ("5.8", "6.4"):
        assert "江苏" in vl_convert.vegalite_to_svg(text, vl_version=version)
