"""A frame as a table: what is not there is no 0, what is small is no 0, and no row is said in words."""

from __future__ import annotations

from datetime import date

import polars as pl

import gxtools as gx


def test_figures_are_written_as_people_write_them() -> None:
    frame = pl.DataFrame(
        {
            "year": [2024, None],
            "count": [1_573_179.0, None],
            "share": [0.540187, 0.000_04],
            "never": [float("nan"), 1.0],
            "forms": [["2019", "2021"], []],
            "printed": [date(2021, 2, 5), None],
        }
    )
    shown = gx.explore.table(frame)
    assert repr(shown).splitlines() == [
        "year | count | share | never | forms | printed",
        "2024 | 1,573,179 | 0.540 | nan | 2019、2021 | 2021-02-05",
        "– | – | 4e-05 | 1.000 | – | –",
    ]
    assert shown.frame.equals(frame)
    for text in ("<td>1,573,179</td>", "<td>4e-05</td>", "<th>2021-02-05</th>"):
        assert text in shown._repr_html_()


def test_texts_stand_in_full_and_are_escaped() -> None:
    shown = gx.explore.table(pl.DataFrame({"message": ["<b>" + "长" * 500]}))
    assert "长" * 500 in repr(shown)
    assert "&lt;b&gt;长" in shown._repr_html_()


def test_no_row_is_said_in_words() -> None:
    shown = gx.explore.table(pl.DataFrame(schema={"agency": pl.String}))
    assert repr(shown) == "没有可列的行。No row to list."
    assert repr(shown) in shown._repr_html_()
    assert "<table>" not in shown._repr_html_()


def test_what_is_left_off_is_counted() -> None:
    shown = gx.explore.table(pl.DataFrame({"place": range(1043)}))
    assert shown._repr_html_().count("<tr>") == 1 + 40
    for told in (repr(shown), shown._repr_html_()):
        assert "另有 1,003 行 and 1,003 more" in told
