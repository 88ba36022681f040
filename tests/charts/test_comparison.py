"""Two reports side by side: figures as printed, intervals as measured, and what does not compare says so."""

from __future__ import annotations

import json
from typing import Any

import pytest
import vl_convert

import gxtools as gx
from gxtools import charts
from gxtools.charts.comparison import MEASURES
from gxtools.forms import forms
from gxtools.measures import Selection, measure
from tests.measures.frames import JIULONGPO_2020, SUQIAN_2023, SUQIAN_2024, Frames, Made, corpus, handled, real

OLD, LATER, NEW = JIULONGPO_2020.id, SUQIAN_2023.id, SUQIAN_2024.id


def values(chart: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart.to_dict()["data"]["values"]
    return found


def caption(chart: Any) -> str:
    return " ".join(chart.to_dict()["title"]["subtitle"])


def test_shares_are_those_of_the_measure() -> None:
    rows = values(charts.comparison(real(), LATER, NEW))
    assert len(rows) == 2 * len(MEASURES)
    frame = measure(real(), "disclosure_rate", by=["report"])
    for row, report in zip(rows[:2], (LATER, NEW), strict=True):
        told = frame.filter(report=report).row(0, named=True)
        assert row["value"] == round(told["value"], 5)
        assert (row["low"], row["high"]) == (round(told["low"], 5), round(told["high"], 5))
    assert rows[1]["said"] == "54.0%  1,902/3,521"


def test_small_lacking_and_broken_are_told() -> None:
    chart = charts.comparison(real(), OLD, NEW)
    rows = {(row["measure"].split()[0], row["report"][-4:]): row for row in values(chart)}
    assert (rows["纠错率", "2020"]["said"], rows["纠错率", "2020"]["small"]) == ("1/4", True)
    told = caption(chart)
    for said in ("2021 格式修订", "Bodies differ", "Hollow: fewer than 30"):
        assert said in told
    blank = corpus(SUQIAN_2024, Made("blank", "甲县人民政府", 2024, handled(3, 9) | {"handled": "blank"}))
    lacking = next(
        row for row in values(charts.comparison(blank, NEW, "blank")) if row["report"] == "甲县人民政府 2024"
    )
    assert (lacking["value"], lacking["said"]) == (None, "缺数 n/a")


def test_one_body_in_one_form_has_no_caution() -> None:
    told = caption(charts.compared_lines(real(), LATER, NEW))
    assert "Bodies differ" not in told
    assert "Forms differ" not in told


def test_lines_as_printed_and_those_of_one_form_alone() -> None:
    chart = charts.compared_lines(real(), OLD, NEW)
    rows = {row["line"]: row for row in values(chart)}
    received = rows["一、本年新收政府信息公开申请数量 Received this year"]
    assert (received["value"], received["value_other"], received["difference"]) == (99, 3525, 3426)
    assert (received["said"], received["said_other"]) == ("● 99", "◆ 3,525")
    old, new = rows["（六）其他处理 Otherwise closed"], rows["3.其他 Other"]
    assert (old["said_other"], old["difference"]) == ("◆ 无此行 n/a", None)
    assert (new["said"], new["value"]) == ("● 无此行 n/a", None)
    order = list(rows)
    assert order.index("（六）其他处理 Otherwise closed") < order.index("（七）总计 Handled in total")
    assert "Forms differ" in caption(chart)


def test_a_blank_has_no_mark() -> None:
    two = corpus(
        Made("a", "甲县人民政府", 2023, handled(3, 9)),
        Made("b", "甲县人民政府", 2024, handled(3, 9) | {"granted": "blank"}),
    )
    row = next(row for row in values(charts.compared_lines(two, "a", "b")) if "予以公开" in row["line"])
    assert (row["value_other"], row["said_other"], row["difference"]) == (None, "◆ 空白 blank", None)


def test_other_tables_and_columns() -> None:
    rows = values(charts.compared_lines(real(), LATER, NEW, "disputes", "corrected"))
    assert len(rows) == 3
    for arguments, said in ((("nothing",), "table: 'nothing'"), (("requests", "nothing"), "column: 'nothing'")):
        with pytest.raises(ValueError, match=said):
            charts.compared_lines(real(), LATER, NEW, *arguments)


@pytest.mark.parametrize("draw", [charts.comparison, charts.compared_lines])
def test_what_cannot_be_compared_is_refused(draw: Any) -> None:
    for one, other, said in ((NEW, NEW, "give another"), (NEW, "none", "other: no report"), ("none", NEW, "one: no")):
        with pytest.raises(ValueError, match=said):
            draw(real(), one, other)
    unread = corpus(SUQIAN_2024, Made("bad", None, None, form=None, error="bad.html: is empty."))
    with pytest.raises(ValueError, match="other: no report 'bad' was read"):
        draw(unread, NEW, "bad")


def test_no_figure_in_either_says_so() -> None:
    blanks: dict[str, float | str] = {}
    for cell in forms().by_id("2021").cells:
        blanks[f"{cell.line}.{cell.column}"] = "blank"
    two = corpus(Made("a", "甲县人民政府", 2023, blanks), Made("b", "甲县人民政府", 2024, blanks))
    assert "Neither report" in charts.comparison(two, "a", "b").to_dict()["description"]
    assert "Neither report" in charts.compared_lines(two, "a", "b").to_dict()["description"]


def test_reports_of_one_name_are_told_apart() -> None:
    two = corpus(Made("a", "甲县人民政府", 2024, handled(3, 9)), Made("b", "甲县人民政府", 2024, handled(4, 9)))
    assert {row["report"] for row in values(charts.comparison(two, "a", "b"))} == {
        "甲县人民政府 2024 (a)",
        "甲县人民政府 2024 (b)",
    }


def test_simulated_reports_bear_the_mark() -> None:
    world = gx.simulate(bodies=1, years=range(2023, 2025), seed=1)
    one, other = world.reports["report"]
    for draw in (charts.comparison, charts.compared_lines):
        assert caption(draw(world, one, other)).startswith("模拟数据")


@pytest.mark.parametrize("draw", [charts.comparison, charts.compared_lines])
def test_a_specification_that_notebooks_keep(draw: Any) -> None:
    text = json.dumps(draw(real(), OLD, NEW).to_dict(), ensure_ascii=False)
    made = real()
    shuffled = Frames(made.reports.reverse(), made.cells.reverse(), made.problems.reverse(), made.forms)
    assert json.dumps(draw(shuffled, OLD, NEW).to_dict(), ensure_ascii=False) == text
    assert json.dumps(draw(Selection(made), OLD, NEW).to_dict(), ensure_ascii=False) == text
    assert "datasets" not in json.loads(text)
    for version in ("5.8", "6.4"):
        assert "宿迁市人民政府 2024" in vl_convert.vegalite_to_svg(text, vl_version=version)
