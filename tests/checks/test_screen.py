"""The quick look may only say yes where the checks find nothing."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gxtools as gx
from gxtools import writing
from gxtools.checks import check_reports, plainly_sound
from gxtools.forms import forms
from gxtools.reading import Cells, Places
from tests.corpus.samples import page
from tests.strategies import DrawnReport, reports


@given(st.data())
def test_what_passes_the_screen_has_no_problem(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(forms().all))
    drawn: DrawnReport = data.draw(reports(form, coherent=data.draw(st.booleans()), blanks=data.draw(st.booleans())))
    report = gx.read(writing.set_page(drawn.content, writing.HtmlLayout()).encode(), name="page.html")
    found = check_reports(report.reports, report.cells, report.claims, report.sections, forms())
    sound = plainly_sound(
        report.reports["year"][0],
        _cells(report.cells),
        _claims(report.claims),
        report.sections["text"].to_list(),
        forms(),
    )
    assert found.is_empty() or not sound


def _cells(frame: pl.DataFrame) -> Cells:
    places = Places(**{field.name: frame[field.name].to_list() for field in dataclasses.fields(Places)})
    return Cells(places, frame["value"].to_list(), frame["raw"].to_list())


def _claims(frame: pl.DataFrame) -> list[tuple[str, float]]:
    return frame.select("subject", "value").rows()


@pytest.mark.parametrize("year", [2018, 2020, 2023])
def test_a_sound_report_passes(year: int) -> None:
    report = gx.read(page(year).encode(), name="page.html")
    assert plainly_sound(year, _cells(report.cells), [], [], forms())
    assert report.problems.filter(pl.col("rule") != "claim_differs").is_empty()


@pytest.mark.parametrize(
    ("year", "place", "value"),
    [
        (2018, "published_gazette.value", 1.0),
        (2018, "answered.value", 1.0),
        (2018, "staff_part_time.value", 1.0),
        (2020, "licences.change", -1.0),
        (2020, "rules.published", 1.0),
        (2023, "rules.made", 1.0),
        (2023, "other_fee_unpaid.business", 1.0),
    ],
)
def test_each_further_rule_is_looked_at(year: int, place: str, value: float) -> None:
    cells = gx.read(page(year).encode(), name="page.html").cells
    here = pl.concat_str("line", "column", separator=".") == place
    broken = cells.with_columns(value=pl.when(here).then(pl.lit(value)).otherwise("value"))
    assert not plainly_sound(year, _cells(broken), [], [], forms())


def test_each_kind_of_fault_is_stopped() -> None:
    report = gx.read(page(2023, proactive__penalties__decisions=2822652).encode(), name="page.html")
    claims = [("requests.denied.total", 0.0)]
    assert plainly_sound(2023, _cells(report.cells), claims, [], forms())
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
        assert not plainly_sound(2023, _cells(broken), claims, [], forms()), place
    assert not plainly_sound(2020, _cells(report.cells), claims, [], forms())
    assert not plainly_sound(2023, _cells(report.cells), [("requests.denied.total", 1.0)], [], forms())
