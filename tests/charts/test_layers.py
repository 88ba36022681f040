"""Layers that are shared by the copies of a chart: what is changed in one of these is changed in it alone."""

from __future__ import annotations

import altair as alt

from gxtools.charts.inline import inline
from gxtools.charts.layers import layered

ROWS = [{"x": 1, "y": "a"}, {"x": 2, "y": "b"}]


def marks() -> list[alt.Chart]:
    base = alt.Chart().encode(y=alt.Y("y:N"))
    return [base.mark_bar().encode(x=alt.X("x:Q")), base.mark_text().encode(text=alt.Text("y:N"))]


def test_the_specification_is_that_of_altairs_own() -> None:
    data = inline(ROWS, "rows")
    ours, theirs = (make(*marks(), data=data, width=90) for make in (layered, alt.layer))
    assert ours.to_dict() == theirs.to_dict()
    assert ours.to_dict() == theirs.to_dict()
    facets = [
        chart.facet(row=alt.Row("y:N"), data=data).resolve_scale(x="independent")
        for chart in (layered(*marks()), alt.layer(*marks()))
    ]
    assert facets[0].to_dict() == facets[1].to_dict()


def test_a_copy_changes_alone() -> None:
    chart = layered(*marks(), data=inline(ROWS, "rows")).encode(x=alt.X("x:Q")).transform_calculate(z="1")
    before = chart.to_dict()
    changed = (
        chart.encode(x=alt.X("x:O")).transform_calculate(z="2").properties(width=7, data=inline(ROWS[:1], "one"))
    ).resolve_scale(x="independent")
    assert chart.to_dict() == before
    assert changed.to_dict() != before
    plain = alt.layer(*marks(), data=inline(ROWS, "rows")).encode(x=alt.X("x:Q")).transform_calculate(z="1")
    assert before == plain.to_dict()


def test_rows_are_written_as_they_are() -> None:
    chart = alt.Chart(inline(ROWS, "rows")).mark_bar().encode(x=alt.X("x:Q"))
    assert chart.to_dict()["data"] == {"values": ROWS, "name": "rows"}
    assert (chart + chart.mark_text()).to_dict()["data"] == {"values": ROWS, "name": "rows"}
