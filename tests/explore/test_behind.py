"""The cells behind a mark are those that were printed, each with its place, its source and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import gxtools as gx
from gxtools.explore.behind import behind, cells_of
from gxtools.measures import Selection
from tests.explore.made import shipped_cells, write_report


@pytest.fixture(scope="module")
def shipped(root: Path) -> gx.Corpus:
    return gx.load(root / "data" / "reports", workers=1)


def of_year(corpus: gx.Corpus, year: int) -> Selection:
    return Selection(corpus).filter(pl.col("year") == year)


def test_the_cells_of_a_measure(shipped: gx.Corpus) -> None:
    rate = [("requests", line, "total") for line in ("granted", "partly_granted", "handled")]
    assert cells_of(shipped, "disclosure_rate") == rate
    refusals = cells_of(shipped, "refusals", "denied")
    assert len(refusals) == 8
    assert all(cell[1].startswith("denied_") for cell in refusals)
    with pytest.raises(ValueError, match="disclosure_rate"):
        cells_of(shipped, "none_such")


def test_they_are_what_was_printed(shipped: gx.Corpus) -> None:
    found = behind(of_year(shipped, 2024), cells_of(shipped, "disclosure_rate"))
    printed = shipped_cells("suqian_2024")
    for row in found.frame.iter_rows(named=True):
        assert row["raw"] == printed[row["table"], row["line"], row["column"]]
        assert row["agency"] == "宿迁市人民政府"
        assert row["where"].startswith("table 2, row ")
    assert (found.frame.height, found.reports, found.cells) == (3, 0, 0)
    shown = found._repr_html_()
    assert "suqian_2024.html" in shown
    assert "（一）予以公开 / 总计" in shown
    assert "未发现" in shown


def test_a_broken_identity_stands_with_its_terms_alone(shipped: gx.Corpus) -> None:
    lines = ["received", "carried_in", "granted", "handled", "carried_out"]
    found = behind(of_year(shipped, 2020), [("requests", line, "natural_person") for line in lines])
    blamed = {row["line"]: row["problems_en"] for row in found.frame.iter_rows(named=True)}
    assert {line for line, problem in blamed.items() if problem} == set(lines) - {"granted"}
    assert "83 + 6 = 89 ≠ 95 + 1 = 96" in found._repr_html_()


def test_the_rest_is_counted_in_words(shipped: gx.Corpus) -> None:
    found = behind(Selection(shipped), cells_of(shipped, "refusals"), most=8)
    assert (found.frame.height, found.reports) == (8, 2)
    assert "2 more report(s) not listed" in found._repr_html_()
    one = behind(of_year(shipped, 2024), cells_of(shipped, "refusals"), most=5)
    assert (one.frame.height, one.cells) == (5, 3)
    assert "3 more cell(s)" in one._repr_html_()


def test_states_and_what_a_document_says(tmp_path: Path) -> None:
    changed = {("requests", "granted", "total"): "<b>1</b>", ("requests", "handled", "total"): ""}
    write_report(tmp_path, changed=changed, address="https://example.gov.cn/a?b=1&c=2")
    corpus = gx.load(tmp_path, workers=1)
    shown = behind(Selection(corpus), cells_of(corpus, "disclosure_rate"))._repr_html_()
    assert "<b>" not in shown
    assert "&lt;b&gt;1" in shown
    assert "空白 blank" in shown
    assert 'href="https://example.gov.cn/a?b=1&amp;c=2"' in shown


def test_an_address_that_is_none_is_no_link(tmp_path: Path) -> None:
    write_report(tmp_path)
    (tmp_path / "sources.csv").write_text(
        "file,address\n宿迁市人民政府_2024.html,javascript:alert(1)\n", encoding="utf-8"
    )
    shown = behind(Selection(gx.load(tmp_path, workers=1)), [("requests", "granted", "total")])._repr_html_()
    assert "href" not in shown


def test_nothing_behind_is_said(shipped: gx.Corpus, tmp_path: Path) -> None:
    for selection in (of_year(shipped, 1999), Selection(gx.load(tmp_path))):
        assert "No cell to list here" in behind(selection, cells_of(shipped, "disclosure_rate"))._repr_html_()


def test_reports_in_a_form_without_the_cell_fill_no_place_of_the_list() -> None:
    world = gx.simulate(bodies=30, years=range(2019, 2024), seed=1)
    found = behind(Selection(world), [("proactive", "rules", "in_force")], most=20)
    assert found.frame.height == 20
    of_2021 = world.reports.filter(pl.col("form") == "2021").height
    assert f"{of_2021 - 20}" in found._repr_html_()
