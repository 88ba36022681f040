"""The quick look may only say yes where the checks find nothing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import gxtools as gx
from gxtools import writing
from gxtools.checks import check_reports, plainly_sound
from gxtools.forms import forms
from tests.strategies import DrawnReport, reports


@given(st.data())
def test_what_passes_the_screen_has_no_problem(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(forms().all))
    drawn: DrawnReport = data.draw(reports(form, coherent=data.draw(st.booleans()), blanks=data.draw(st.booleans())))
    report = gx.read(writing.set_page(drawn.content, writing.HtmlLayout()).encode(), name="page.html")
    found = check_reports(report.reports, report.cells, report.claims, forms())
    sound = plainly_sound(report.reports["year"][0], report.cells.rows(), report.claims.rows(), forms())
    assert found.is_empty() or not sound


def test_a_sound_report_passes(root: Path) -> None:
    report = gx.read(root / "data" / "reports" / "suqian_2023.html")
    assert plainly_sound(2023, report.cells.rows(), report.claims.rows(), forms())
    assert report.problems.is_empty()


def test_each_kind_of_fault_is_stopped(root: Path) -> None:
    report = gx.read(root / "data" / "reports" / "suqian_2023.html")
    claims = report.claims.rows()
    faults = {
        "received.total": 1.0,  # sums
        "licences.decisions": 2822652.0,  # that of penalties
        "coercion.decisions": 0.5,
        "rules.made": -1.0,
        "rules.in_force": None,
    }
    for place, value in faults.items():
        here = pl.concat_str("line", "column", separator=".") == place
        broken = report.cells.with_columns(value=pl.when(here).then(pl.lit(value, pl.Float64)).otherwise("value"))
        assert not plainly_sound(2023, broken.rows(), claims, forms()), place
    assert not plainly_sound(2020, report.cells.rows(), claims, forms())
    wrong = [(*claim[:2], claim[2] + 1, *claim[3:]) for claim in claims if claim[1] == "requests.denied.total"]
    assert wrong
    assert not plainly_sound(2023, report.cells.rows(), wrong, forms())
