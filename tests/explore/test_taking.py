"""What is taken away is what is in view: its data to the cell, its picture, its citation, its code."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import altair as alt
import polars as pl
import pytest

import gxtools as gx
from gxtools.charts import saving
from gxtools.errors import MissingFont
from gxtools.explore.behind import behind, cells_of
from gxtools.explore.taking import Taking, View, citation
from gxtools.measures import Selection


@pytest.fixture(scope="module")
def shipped(root: Path) -> gx.Corpus:
    return gx.load(root / "data" / "reports", workers=1)


@pytest.fixture(scope="module")
def view(shipped: gx.Corpus) -> View:
    frame = gx.measure(shipped, "disclosure_rate", by=["agency", "year"])
    return View("rates", gx.charts.disclosure_rate(shipped), {"rates": frame}, "<cited>", "import gxtools as gx\n1 < 2")


def held(taking: Taking) -> tuple[str, bytes]:
    """The name and the bytes of the file that the link given holds."""
    found = re.search(r'href="data:[^,]+;base64,([^"]+)" download="([^"]+)"', taking.given.value)
    assert found is not None
    return found[2], base64.b64decode(found[1])


def test_data_are_those_of_the_view(view: View) -> None:
    taking = Taking(lambda: view)
    taking.data.click()
    name, data = held(taking)
    assert name == "rates.csv"
    assert data.startswith(b"\xef\xbb\xbf")
    back = pl.read_csv(io.BytesIO(data))
    assert back["agency"].to_list() == view.frames["rates"]["agency"].to_list()
    assert back["value"].to_list() == view.frames["rates"]["value"].to_list()
    assert back.columns == view.frames["rates"].columns


def test_nested_columns_are_text(view: View) -> None:
    frame = pl.DataFrame({"a": [[1, 2], None], "b": [{"c": "丁"}, {"c": None}]})
    taking = Taking(lambda: View("x", view.chart, {"x": frame}, "", ""))
    taking.data.click()
    assert pl.read_csv(io.BytesIO(held(taking)[1]))["a"].to_list() == ["[1, 2]", None]


def test_pictures_are_those_that_save_writes(view: View, tmp_path: Path) -> None:
    taking = Taking(lambda: view)
    for button, suffix in ((taking.png, ".png"), (taking.svg, ".svg")):
        button.click()
        name, data = held(taking)
        assert name == f"rates{suffix}"
        assert data == gx.charts.save(view.chart, tmp_path / f"x{suffix}").read_bytes()


def test_texts_are_escaped_and_reached_by_keyboard(view: View) -> None:
    taking = Taking(lambda: view)
    taking.citation.click()
    assert '<pre tabindex="0">&lt;cited&gt;</pre>' in taking.given.value
    taking.code.click()
    assert '<pre tabindex="0">import gxtools as gx\n1 &lt; 2</pre>' in taking.given.value
    taking.clear()
    assert taking.given.value == ""


def test_without_a_chinese_font_it_says_so(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking() -> None:
        raise MissingFont("no font")

    monkeypatch.setattr(saving, "require_chinese_font", lacking)
    taking = Taking(lambda: view)
    taking.png.click()
    assert "Cannot be made: no font" in taking.given.value


def test_the_view_is_asked_for_when_a_button_is_pressed(view: View) -> None:
    seen = []

    def now() -> View:
        seen.append(1)
        return view

    taking = Taking(now)
    assert seen == []
    taking.code.click()
    assert seen == [1]


def test_one_report_is_cited_by_its_cells_many_by_the_corpus(shipped: gx.Corpus) -> None:
    cells = cells_of(shipped, "disclosure_rate")
    one = citation(shipped, behind(Selection(shipped).filter(pl.col("year") == 2020), cells).frame)
    assert one.count("gxtools:4b4dc2994e8061a4#requests.") == 6
    assert gx.resolve(one, shipped).text
    many = citation(shipped, behind(Selection(shipped), cells).frame)
    assert f"gxtools:{shipped.id}" in many
    assert "3 annual report(s)" in many


def test_a_simulated_corpus_bears_its_mark_when_it_is_cited() -> None:
    world = gx.simulate(bodies=1, years=range(2023, 2025), seed=1)
    for selection in (Selection(world), Selection(world).filter(pl.col("year") == 2024)):
        cited = citation(world, behind(selection, cells_of(world, "disclosure_rate")).frame)
        assert cited.startswith("模拟 simulated: ")


def test_a_chart_of_nothing_is_taken_away_too(tmp_path: Path) -> None:
    empty = gx.load(tmp_path)
    chart: alt.TopLevelMixin = gx.charts.disclosure_rate(empty)
    frame = gx.measure(empty, "disclosure_rate")
    taking = Taking(lambda: View("none", chart, {"none": frame}, citation(empty, empty.cells), "x"))
    taking.svg.click()
    assert b"Nothing to show" in held(taking)[1]
    taking.data.click()
    assert held(taking)[1].decode("utf-8-sig").splitlines() == [",".join(frame.columns)]
