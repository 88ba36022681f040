"""Findings about rates and forms, held against the printed characters and the data files."""

from __future__ import annotations

from pathlib import Path

import pytest

import gxtools as gx
from gxtools.explore import findings
from gxtools.forms import forms
from gxtools.forms.crosswalk import crosswalk
from tests.explore.made import shipped_cells, write_report


@pytest.fixture(scope="module")
def shipped(root: Path) -> gx.Corpus:
    return gx.load(root / "data" / "reports")


def texts(corpus: gx.Corpus, about: str) -> list[str]:
    return [f"{finding.zh} {finding.en}" for finding in findings(corpus, about)]


def total(name: str, line: str) -> int:
    return int(shipped_cells(name)["requests", line, "total"])


def disclosed(name: str) -> int:
    return total(name, "granted") + total(name, "partly_granted")


def test_rates_hold_the_printed_figures(shipped: gx.Corpus) -> None:
    newest, otherwise, change = texts(shipped, "rates")
    granted, handled = disclosed("suqian_2024"), total("suqian_2024", "handled")
    for said in ("宿迁市人民政府", f"{granted:,} of {handled:,}", f"{granted / handled:.1%}", "52.4% to 55.7%"):
        assert said in newest
    rates = {
        name: [disclosed(name) / total(name, line) for line in ("handled", "received")]
        for name in ("suqian_2023", "suqian_2024", "jiulongpo_2020")
    }
    spread = {name: abs(first - second) * 100 for name, (first, second) in rates.items()}
    assert f"in 2024 the 3 definitions are up to {spread['suqian_2024']:.1f} points apart" in otherwise
    assert max(spread, key=lambda name: spread[name]) == "jiulongpo_2020"
    low, high = sorted(rates["jiulongpo_2020"])
    assert f"in 2020 by {spread['jiulongpo_2020']:.1f} ({low:.1%} to {high:.1%})" in otherwise
    difference = (rates["suqian_2024"][0] - rates["suqian_2023"][0]) * 100
    # Newcombe's tenth method from Wilson's limits of 1902/3521 and 1519/3486, worked by hand.
    assert f"2024 is {difference:.1f} points above 2023; its 95% interval, 8.1 to 12.8, does not hold 0" in change


def test_other_bodies_are_not_the_same_ones_later(tmp_path: Path) -> None:
    write_report(tmp_path, agency="甲县人民政府", year=2023)
    write_report(tmp_path, agency="乙县人民政府", year=2024)
    change = texts(gx.load(tmp_path), "rates")[-1]
    assert "only 0 of the bodies stand in both years" in change
    assert "interval" not in change


def test_one_year_has_no_change_and_nothing_has_no_rate(tmp_path: Path) -> None:
    assert texts(gx.load(tmp_path), "rates")[0].startswith("没有一份报告印有计算公开率所需的全部数字")
    write_report(tmp_path, agency="甲县人民政府", year=2023)
    assert "No earlier year can be compared with 2023" in texts(gx.load(tmp_path), "rates")[-1]


def test_forms_say_what_the_data_files_say(shipped: gx.Corpus) -> None:
    held, lines, at_2019, at_2021 = texts(shipped, "forms")
    assert "1 in that of 2019, 2 in that of 2021" in held
    steps = [step for step in crosswalk(forms()) if step.before == "2014"]
    old = {cell for step in steps for cell in step.old}
    joins = {cell for step in steps if step.joins for cell in step.old}
    lost = {cell for step in steps if step.relation == "none" for cell in step.old}
    assert f"Of the {len(old)} lines of the 2014 table {len(joins)} may be joined" in lines
    assert f"{len(lost)} have no successor" in lines
    assert "3 need a bridge" in at_2019
    assert "only if what was already public is added" in at_2019
    assert "keep their definition and are joined with care" in at_2021
    assert " 0 " not in at_2019 + at_2021


def test_one_form_or_none_is_said(tmp_path: Path) -> None:
    assert "No document at hand is in a national form" in texts(gx.load(tmp_path), "forms")[0]
    write_report(tmp_path, agency="甲县人民政府", year=2023)
    assert "The one report at hand is in the form of 2021" in texts(gx.load(tmp_path), "forms")[0]
