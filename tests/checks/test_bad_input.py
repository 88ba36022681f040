"""Corpora that are not as one would like them: each gives a clear answer, and nobody is accused of another's fault."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import gxtools as gx
from gxtools.checks.chains import chains
from gxtools.forms import forms
from gxtools.frames import frame
from tests.checks.test_years import CITY, CONSOLIDATED, Years, requests
from tests.corpus.samples import page

RULES_BETWEEN = ("carry_over", "stock_flow", "parent_sum", "implausible", "boilerplate", "repeated_figure")


def told(years: Years) -> list[tuple[object, ...]]:
    held = chains(frame("reports", years.reports), frame("cells", years.cells).lazy(), forms())
    return held.select("agency", "links", "unbroken", "breaks").rows()


def test_two_versions_of_a_year() -> None:
    """This year's report stands twice, corrected: each is held against last year's for itself."""
    years = Years().add("a", 2021, requests(carried_out__total=7))
    years.add("b", 2022, requests(carried_in__total=1)).add("b2", 2022, requests(carried_in__total=7))
    assert years.problems() == [("b", "carry_over", "error", None, "total", 7.0, 1.0)]


def test_two_versions_of_last_year_of_which_one_agrees() -> None:
    years = Years().add("a", 2021, requests(carried_out__total=7)).add("a2", 2021, requests(carried_out__total=1))
    years.add("b", 2022, requests(carried_in__total=7))
    found = years.problems()
    assert found == [("b", "carry_over", "notice", None, "total", None, None)]
    # A year whose versions differ makes no link of a chain.
    assert told(years) == []


def test_the_same_report_twice_is_one() -> None:
    years = Years().add("a", 2021, requests(carried_out__total=7)).add("a2", 2021, requests(carried_out__total=7))
    years.add("b", 2022, requests(carried_in__total=7))
    assert years.problems() == []
    assert told(years) == [(CITY, 1, 1, [])]


def test_a_gap_between_years_is_no_fault() -> None:
    years = Years().add("a", 2020, requests(carried_out__total=7)).add("b", 2022, requests(carried_in__total=1))
    assert years.problems() == []
    assert told(years) == []


def test_other_forms() -> None:
    """2018 has neither cell, and 2013 no national form: nothing is held against them."""
    years = Years().add("a", 2018).add("b", 2019, requests(carried_in__total=5))
    assert years.problems() == []
    # A table in another year's form is held against last year's all the same: the lines are there.
    mixed = Years().add("a", 2020, requests(carried_out__total=2)).add("b", 2021, requests(carried_in__total=3))
    assert [row[:3] for row in mixed.problems()] == [("b", "carry_over", "error")]


def test_a_renamed_body_begins_anew() -> None:
    years = (
        Years().add("a", 2018).add("b", 2021, requests(carried_out__total=7), agency="宿迁市规划局", kind="department")
    )
    years.add("c", 2022, requests(carried_in__total=1), agency="宿迁市自然资源和规划局", kind="department")
    assert years.problems() == []


def test_bodies_without_a_name_or_a_year_are_held_to_nothing_between_reports() -> None:
    years = Years().add("a", 2021, requests(carried_out__total=7), agency=None)
    years.add("b", 2022, requests(carried_in__total=1), agency=None)
    assert years.problems() == []
    nameless = Years().add("p", 2022, requests(received__total=1), prose=CONSOLIDATED, code=None)
    nameless.add("d", 2022, requests(received__total=9), agency=None, kind=None, level=None, code=None)
    assert nameless.problems() == []


def test_a_corpus_of_one(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(page(2022, requests__carried_in__total=3), encoding="utf-8")
    checked = gx.check(gx.load(tmp_path))
    assert not set(checked.findings["rule"]) & set(RULES_BETWEEN)
    assert checked.chains.is_empty()
    assert "共 1 份" in checked.html()


def test_an_empty_corpus(tmp_path: Path) -> None:
    checked = gx.check(gx.load(tmp_path))
    assert checked.findings.is_empty()
    assert checked.chains.is_empty()
    assert checked.exit_code == 2
    assert Years().problems() == []


def test_a_folder_in_which_nothing_is_a_report(tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_text("<html><body><p>通知公告</p></body></html>", encoding="utf-8")
    checked = gx.check(gx.load(tmp_path))
    assert checked.findings.is_empty()
    assert checked.exit_code == 2
    assert "未读取 not read" in checked.html()


@pytest.mark.parametrize("year", [2016, 2020, 2023])
def test_a_sound_report_of_each_form_in_one_corpus(tmp_path: Path, year: int) -> None:
    """Nothing is said of a sound report that stands among those of other forms."""
    for other in (2016, 2020, 2023):
        (tmp_path / f"{other}.html").write_text(page(other), encoding="utf-8")
    corpus = gx.load(tmp_path)
    own = corpus.reports.filter(pl.col("year") == year)["report"]
    rules = corpus.problems.filter(pl.col("report").is_in(own.implode()) & (pl.col("rule") != "claim_differs"))
    assert rules.is_empty(), rules
