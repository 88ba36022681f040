"""Broken rules by year and blanks by line: the measures' counts, and in words where there is nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import vl_convert

import gxtools as gx
from gxtools import charts
from gxtools.charts.rules_by_year import MOST
from gxtools.measures import blank_shares, rule_shares
from tests.explore.made import write_report


@pytest.fixture(scope="module")
def world() -> gx.Corpus:
    return gx.simulate(bodies=60, years=range(2019, 2025), seed=5)


@pytest.fixture(scope="module")
def shipped(root: Path) -> gx.Corpus:
    return gx.load(root / "data" / "reports", workers=1)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> gx.Corpus:
    folder = tmp_path_factory.mktemp("blank")
    lines = ("denied_inquiry", "granted", "handled")
    changed = {("requests", line, column): "" for line in lines for column in ("natural_person", "business", "total")}
    write_report(folder, changed=changed | {("requests", "handled", "research"): "-"})
    return gx.load(folder, workers=1)


def values(chart: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart.to_dict()["data"]["values"]
    return found


def test_counts_are_those_of_the_measure(world: gx.Corpus) -> None:
    rows = values(charts.rules_by_year(world))
    assert len(rows) <= MOST
    found = rule_shares(world, ["year"]).filter(year=2020, rule="carry_over").row(0, named=True)
    row = next(row for row in rows if row["rule"].startswith("结转衔接") and row["year"] == 2020)
    assert (row["broken"], row["decided"], row["undecided"]) == (found["broken"], found["decided"], found["undecided"])
    assert (row["share"], row["low"], row["high"]) == tuple(round(found[name], 5) for name in ("share", "low", "high"))
    assert row["broken"] > 0
    assert not any(row["rule"].startswith("结转衔接") and row["year"] == 2019 for row in rows)


def test_few_reports_have_counts_alone(shipped: gx.Corpus) -> None:
    rows = values(charts.rules_by_year(shipped))
    balance = {row["year"]: row for row in rows if row["rule"].startswith("收支平衡")}
    assert [balance[year]["said"] for year in (2020, 2023, 2024)] == ["1/1", "0/1", "0/1"]
    assert {row["shade"] for row in rows} == {None}


def test_the_rules_broken_by_most_reports_come_first(world: gx.Corpus) -> None:
    rows = values(charts.rules_by_year(world))
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["rule"]] = totals.get(row["rule"], 0) + row["broken"]
    assert list(totals.values()) == sorted(totals.values(), reverse=True)
    assert min(totals.values()) > 0


def test_blanks_by_line_and_what_the_sums_prove(blank: gx.Corpus) -> None:
    rows = values(charts.blanks(blank))
    found = {row["line"]: row for row in blank_shares(blank).iter_rows(named=True)}
    granted = [row for row in rows if row["line"].startswith("予以公开")]
    told = [row["cells"] for row in granted]
    expected = found["granted"]
    proved = [expected["proved_zero"], expected["proved_positive"]]
    assert told == [*proved, expected["lacking"] - sum(proved)]
    assert granted[0]["counts"] == "3/7 (42.9%)"
    assert {row["line"].split()[0] for row in rows} == {"予以公开", "属于行政查询事项", "总计"}
    assert sum(row["cells"] for row in rows) == blank.cells.filter(pl.col("state").is_in(["blank", "dash"])).height


def test_nothing_to_show_says_why(shipped: gx.Corpus, tmp_path: Path) -> None:
    assert "no cell is blank" in charts.blanks(shipped).to_dict()["description"]
    (tmp_path / "empty.html").write_text("", encoding="utf-8")
    unread = gx.load(tmp_path, workers=1)
    for draw in (charts.blanks, charts.rules_by_year):
        assert "none of 1 document could be read" in draw(unread).to_dict()["description"]
    sound = shipped.reports.filter(pl.col("year") == 2023)["report"]
    one = gx.Corpus(
        {name: frame.filter(pl.col("report").is_in(sound.implode())) for name, frame in shipped.frames.items()},
        shipped.forms,
    )
    assert "Every rule that could be decided holds" in charts.rules_by_year(one).to_dict()["description"]


def test_simulated_bears_the_mark(world: gx.Corpus) -> None:
    for draw in (charts.blanks, charts.rules_by_year):
        assert draw(world).to_dict()["title"]["subtitle"][0].startswith("模拟数据")


@pytest.mark.parametrize("draw", [charts.rules_by_year, charts.blanks])
def test_a_specification_that_notebooks_keep(draw: Any, blank: gx.Corpus, world: gx.Corpus) -> None:
    source = world if draw is charts.rules_by_year else blank
    text = json.dumps(draw(source).to_dict(), ensure_ascii=False)
    reversed_frames = gx.Corpus(
        {name: frame.reverse() if name != "cells" else frame for name, frame in source.frames.items()}, source.forms
    )
    assert json.dumps(draw(reversed_frames).to_dict(), ensure_ascii=False) == text
    assert "datasets" not in json.loads(text)
    for version in ("5.8", "6.4"):
        assert vl_convert.vegalite_to_svg(text, vl_version=version).startswith("<svg")
