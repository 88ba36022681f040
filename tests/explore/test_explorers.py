"""Every explorer follows its controls and marks, says what it cannot show, and draws what a fresh computation draws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

import gxtools as gx
from gxtools.charts.renderer import MIME
from gxtools.explore.explorer import Explorer

EXPLORERS = ("rates", "refusals", "disputes", "quality", "compare", "provinces")


@pytest.fixture(scope="module")
def shipped(root: Path) -> gx.Corpus:
    return gx.load(root / "data" / "reports")


@pytest.fixture(scope="module")
def world() -> gx.Corpus:
    return gx.simulate(bodies=24, years=range(2019, 2023), seed=5)


def made(name: str, corpus: Any) -> Explorer:
    explorer: Explorer = getattr(gx.explore, name)(corpus)
    return explorer


def bundle(explorer: Explorer) -> dict[str, Any]:
    return explorer._repr_mimebundle_()


def redrawn(explorer: Explorer, corpus: Any) -> list[dict[str, Any]]:
    """The charts that the explorer's own code draws of ``corpus``."""
    names: dict[str, Any] = {"gx": gx, "pl": pl, "corpus": corpus}
    lines = explorer.code.splitlines()
    setup = [line for line in lines if line.startswith("chosen")]
    exec("\n".join(setup), names)
    return [eval(line, names).to_dict() for line in lines if line.startswith("gx.charts")]


def bare(spec: dict[str, Any]) -> dict[str, Any]:
    """The chart itself: charts in one view are numbered, and a line that they share stands once."""
    return {key: value for key, value in spec.items() if key not in ("$schema", "config", "description", "title")}


def assert_redrawn(explorer: Explorer, corpus: Any) -> None:
    spec = bundle(explorer)[MIME]
    parts = spec.get("concat", [spec])
    assert [bare(part) for part in parts] == [bare(part) for part in redrawn(explorer, corpus)]


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_control_moves_the_charts_to_what_its_code_draws(name: str, world: gx.Corpus) -> None:
    explorer = made(name, world)
    assert_redrawn(explorer, world)
    changes = [("level", 1), ("kind", 1), ("province", 1), ("first", 2), ("last", -2)]
    for id, place in (change for change in changes if change[0] in explorer.CONTROLS):
        control = getattr(explorer, id)
        before, value = repr(explorer), control.options[place]
        control.value = value[1] if isinstance(value, tuple) else value
        assert repr(explorer) != before
        assert_redrawn(explorer, world)
    if "flagged" in explorer.CONTROLS:
        explorer.flagged.value = False
        assert_redrawn(explorer, world)
        assert name == "compare" or not explorer.selection.reports["flagged"].any()


@pytest.mark.parametrize("name", ["rates"])
def test_what_is_taken_away_is_what_is_in_view(name: str, shipped: gx.Corpus) -> None:
    explorer = made(name, shipped)
    explorer.search.value = "suqian"
    assert "Bodies found: 宿迁市人民政府" in explorer._above.value
    assert set(explorer.selection.reports["agency"]) == {"宿迁市人民政府"}
    explorer.marks[0].value = 0
    assert explorer.behind is not None
    assert explorer.behind.frame["year"].unique().to_list() == [2023]
    assert "suqian_2023.html" in explorer._below.value
    explorer._taking.citation.click()
    assert "宿迁市人民政府2023年政府信息公开工作年度报告" in explorer._taking.given.value
    explorer._taking.data.click()
    assert explorer._taking.given.value.count("<a href=") == len(explorer.frames)
    explorer.search.value = "没有这个"
    assert explorer._taking.given.value == ""
    assert "No such body was found" in explorer._above.value
    assert explorer.selection.reports.is_empty()
    assert "Nothing to show" in str(explorer.chart.to_dict())


@pytest.mark.parametrize("name", ["rates", "refusals", "disputes"])
def test_a_mark_of_one_chart_narrows_the_other_to_its_reports(name: str, world: gx.Corpus) -> None:
    explorer = made(name, world)
    before = explorer.frames
    # What the browser sends when a mark is clicked, and what it sends when it has drawn anew.
    explorer._drawings[0]._vl_selections = {"picked": {"value": {"mark": [0]}, "store": []}}
    assert (explorer.marks[0].value, explorer.marks[1].value) == (0, -1)
    explorer._drawings[0]._vl_selections = {"picked": {"value": {}, "store": []}}
    assert explorer.marks[0].value == 0
    assert explorer.frames[0].equals(before[0])
    assert not explorer.frames[1].equals(before[1])
    assert_redrawn(explorer, world)
    assert explorer.behind is not None
    assert set(explorer.behind.frame["year"]) == {2019}
    # The mark stays chosen while its group is there, whatever becomes of its figures.
    explorer.level.value = "county"
    assert explorer.marks[0].value == 0
    explorer.first.value = 2020
    assert explorer.marks[0].value == -1
    assert explorer.behind is None


def test_figures_are_those_of_the_long_cells(world: gx.Corpus) -> None:
    explorer = made("rates", world)
    explorer.measure.value, explorer.by.value = "litigation_per_1000", "kind"
    explorer.definition.value = "of_denied"
    of_years, of_kinds = explorer.frames
    assert of_years.drop("trace").equals(gx.measure(world, "litigation_per_1000", ["year"], "of_denied"))
    assert of_kinds.drop("trace").equals(gx.measure(world, "litigation_per_1000", ["kind"], "of_denied"))


def test_more_groups_than_a_chart_takes_are_told() -> None:
    explorer = made("rates", gx.simulate(bodies=40, years=[2023], seed=2))
    explorer.by.value = "agency"
    assert explorer.frames[1].height == 30
    assert "Of 40 groups only the 30 with the largest denominators are drawn" in explorer._above.value


def test_what_fails_is_shown_and_raised(shipped: gx.Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = made("rates", shipped)

    def fail(*_: object) -> None:
        raise RuntimeError("<b>broken</b>")

    with monkeypatch.context() as patched:
        patched.setattr(type(explorer), "_over_years", fail)
        with pytest.raises(RuntimeError, match="broken"):
            explorer.level.value = "county"
    assert "Failed: what follows may not be what was chosen. RuntimeError: &lt;b&gt;broken" in explorer._failure.value
    explorer.level.value = ""
    assert explorer._failure.value == ""
