"""The quick look may only say yes where the checks find nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import gxtools as gx
from gxtools import writing
from gxtools.checks import check_reports, plainly_sound
from gxtools.forms import forms
from gxtools.reading import Cells, Places
from tests.strategies import DrawnReport, reports


@given(st.data())
def test_what_passes_the_screen_has_no_problem(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(forms().all))
    drawn: DrawnReport = data.draw(reports(form, coherent=data.draw(st.booleans()), blanks=data.draw(st.booleans())))
    report = gx.read(writing.set_page(drawn.content, writing.HtmlLayout()).encode(), name="page.html")
    found = check_reports(report.reports, report.cells, report.claims, forms())
    sound = plainly_sound(report.reports["year"][0], _cells(report.cells), _claims(report.claims), forms())
    assert found.is_empty() or not sound


def _cells(frame: pl.DataFrame) -> Cells:
    places = Places(**{field.name: frame[field.name].to_list() for field in dataclasses.fields(Places)})
    return Cells(places, frame["value"].to_list(), frame["raw"].to_list())


def _claims(frame: pl.DataFrame) -> list[tuple[str, float]]:
    return frame.select("subject", "value").rows()


def test_a_sound_report_passes(root: Path) -> None:
    report = gx.read(root / "data" / "reports" / "suqian_2023.html")
    assert plainly_sound(2023, _cells(report.cells), _claims(report.claims), forms())
    assert report.problems.is_empty()


def test_each_kind_of_fault_is_stopped(root: Path) -> None:
    report = gx.read(root / "data" / "reports" / "suqian_2023.html")
    claims = _claims(report.claims)
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
        assert not plainly_sound(2023, _cells(broken), claims, forms()), place
    assert not plainly_sound(2020, _cells(report.cells), claims, forms())
    wrong = [(subject, value + 1) for subject, value in claims if subject == "requests.denied.total"]
    assert wrong
    assert not plainly_sound(2023, _cells(report.cells), wrong, forms())
