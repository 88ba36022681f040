"""Charts of what goes from year to year: waiting, carried over, documents in force, decisions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from gxtools import charts
from gxtools.datasets import observed
from gxtools.measures import carry_over, quantities, stock_flow
from tests.charts.specs import is_drawn_by_both_versions, rows_of, shuffled, simulated
from tests.measures.frames import JIULONGPO_2020, SUQIAN_2024, Frames, Made, corpus, real

Draw = Callable[..., Any]
STOCKS = ("rules", "normative_documents")


def stock(line: str, made: int, repealed: int, in_force: int) -> dict[str, float | str]:
    return {f"{line}.made": made, f"{line}.repealed": repealed, f"{line}.in_force": in_force}


@pytest.fixture(scope="module")
def two_years() -> Frames:
    """甲 hands on what it had, 乙 does not; figures in every cell that the charts show."""
    made = []
    for body, carried_in, in_force in (("甲", 7, 12), ("乙", 9, 15)):
        first = {"received": 50, "handled": 43, "granted": 43, "carried_out": 7} | stock("rules", 1, 0, 10)
        last = {"received": 40, "carried_in": carried_in, "handled": 45, "granted": 45, "carried_out": carried_in - 5}
        more = stock("rules", 4, 2, in_force) | {"licences.decisions": 30, "penalties.decisions": 5}
        made += [Made(f"{body}1", f"{body}县", 2022, first), Made(f"{body}2", f"{body}县", 2023, last | more)]
    return corpus(*made)


CHARTS: list[Draw] = [charts.waiting, charts.carry_over, charts.documents, charts.proactive]
BY_CHART = pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)


@BY_CHART
def test_a_specification_that_notebooks_keep(draw: Draw, two_years: Frames) -> None:
    chart = draw(two_years)
    assert is_drawn_by_both_versions(chart)
    assert chart.to_dict() == draw(shuffled(two_years)).to_dict()
    assert "模拟数据" not in json.dumps(chart.to_dict(), ensure_ascii=False)
    assert "模拟数据" in draw(simulated(two_years)).to_dict()["title"]["subtitle"][0]


@BY_CHART
@pytest.mark.parametrize(
    "frames",
    [corpus(), corpus(Made("bad", None, None, form=None, error="bad.html: is empty."))],
    ids=["empty", "unread"],
)
def test_nothing_to_show_is_said_in_words(draw: Draw, frames: Frames) -> None:
    spec = draw(frames).to_dict()
    assert "没有可显示的内容" in spec["description"]
    assert spec["mark"]["type"] == "text"


def test_the_bounds_of_waiting() -> None:
    rows = {(row["label"], row["panel"].split("\n")[1]): row for row in rows_of(charts.waiting(real()))}
    closed = rows["宿迁市人民政府 2023", "Of those received, closed in the same year"]
    # 3486 handled, 96 carried in, 3511 received, 121 carried out.
    assert (closed["least"], closed["most"], closed["of"]) == (3486 - 96, 3486, 3511)
    assert closed["text"] == "96.6% - 99.3%（3,390 - 3,486 / 3,511）"
    still = rows["重庆市九龙坡区人民政府 2020", "Of those carried in, still open at the year's end"]
    assert (still["least"], still["most"], still["of"]) == (0, 1, 6)


def test_a_year_without_requests_draws_no_bound() -> None:
    quiet = {"carried_in": 3, "carried_out": 3}
    rows = rows_of(charts.waiting(corpus(Made("a", "甲县", 2022), Made("b", "甲县", 2023, quiet))))
    assert [(row["label"], row["least"], row["most"], row["mean_days"]) for row in rows] == [("甲县 2023", 3, 3, None)]


def test_breaks_of_the_carry_over(two_years: Frames) -> None:
    chart = charts.carry_over(two_years)
    assert [(row["label"], row["text"], row["off"], row["state"]) for row in rows_of(chart)] == [
        ("乙县 2023", "7 → 9", "+2", "不符 breaks"),
        ("甲县 2023", "7 → 7", "", "吻合 holds"),
    ]
    assert "2 对相邻年度中 1 对不符 1 of 2 pairs of years break" in chart.to_dict()["title"]["subtitle"]
    assert carry_over(two_years)["source"].to_list() == ["乙2.html", "甲2.html"]


def test_versions_that_differ_and_gaps_link_no_years() -> None:
    first = [Made(f"a{n}", "甲县", 2022, {"carried_out": n}) for n in (1, 2)]
    gap = [Made("b1", "乙县", 2021, {"carried_out": 4}), Made("b2", "乙县", 2023, {"carried_in": 4})]
    lacking = [Made("c1", "丙县", 2022, {"carried_out": "blank"}), Made("c2", "丙县", 2023)]
    assert carry_over(corpus(*first, Made("a3", "甲县", 2023, {"carried_in": 1}), *gap, *lacking)).is_empty()
    office = [Made("d1", "丁县", 2022, {"carried_out": 4}), Made("d2", "丁县", 2023, kind="office")]
    assert carry_over(corpus(*office)).is_empty()


def test_observed_pairs_of_years_against_the_figures_themselves() -> None:
    frame = carry_over()
    figures = observed().filter(
        pl.col("copy_of").is_null() & ~pl.col("part_of_year") & ~pl.col("contradicted") & pl.col("body").is_not_null()
    )
    carried = {
        name: {
            (row["body"], row["year"]): row["value"]
            for row in figures.filter(subject=f"requests.{name}.total").iter_rows(named=True)
        }
        for name in ("carried_in", "carried_out")
    }
    pairs = [
        (value, carried["carried_out"][body, year - 1])
        for (body, year), value in carried["carried_in"].items()
        if (body, year - 1) in carried["carried_out"]
    ]
    assert frame.height == len(pairs)
    assert frame.filter(pl.col("difference") != 0).height == sum(now != before for now, before in pairs)
    assert frame["source"].null_count() == 0
    chart = charts.carry_over()
    assert is_drawn_by_both_versions(chart)
    assert len(rows_of(chart)) == len(pairs)


def test_stock_and_flow(two_years: Frames) -> None:
    rows = {row["label"]: row for row in rows_of(charts.documents(two_years))}
    assert rows["甲县 2023 规章"]["text"] == "10 + 4 - 2 = 12 → 12"
    assert (rows["乙县 2023 规章"]["off"], rows["乙县 2023 规章"]["state"]) == ("+3", "不符 breaks")
    assert stock_flow(corpus(JIULONGPO_2020, SUQIAN_2024)).is_empty()
    assert "both in the 2021 form" in charts.documents(corpus(SUQIAN_2024)).to_dict()["description"]


def test_quantities_are_the_printed_ones_and_doubts_are_hollow() -> None:
    made = [
        Made("a", "甲县", 2023, {"penalties.decisions": 7000, "licences.decisions": "blank"}),
        Made("b", "乙县", 2023, {"penalties.decisions": 5, "licences.decisions": 3}),
    ]
    frames = corpus(*made, problems=[("a", "repeated_figure", "warning", "proactive", "penalties", "decisions")])
    told = {(row["line"], row["column"]): row for row in quantities(frames).to_dicts()}
    penalties, licences = told["penalties", "decisions"], told["licences", "decisions"]
    assert (penalties["total"], penalties["bodies"], penalties["flagged"]) == (7005, 2, 1)
    assert (licences["total"], licences["bodies"], licences["cells_lacking"], licences["flagged"]) == (3, 1, 1, 0)
    assert told["fees", "amount"]["unit"] == "10k_cny"
    rows = {row["part"].split("\n")[0]: row for row in rows_of(charts.proactive(frames, by=["year"]))}
    assert list(rows) == ["规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制"]
    assert [rows[name]["flagged"] for name in ("行政处罚", "行政许可")] == [True, False]
    alone = rows_of(charts.proactive(frames))
    assert next(row for row in alone if row["label"] == "甲县 2023" and "行政许可" in row["part"])["text"] == "缺数 n/a"
    with pytest.raises(ValueError, match="table: 'nothing' is not known here; allowed are disputes, proactive"):
        quantities(frames, table="nothing")


def test_a_form_without_these_cells_is_named_and_not_taken_for_zero() -> None:
    spec = charts.proactive(corpus(Made("a", "甲县", 2016, form="2014"))).to_dict()
    assert "use a form without these cells" in spec["description"]
    assert "zero" not in spec["description"]


def test_no_chart_is_heavy(two_years: Frames) -> None:
    made = [
        Made(f"{n}{year}", f"某某自治州第{n:02}县人民政府", year, {"received": 9, "handled": 9, "granted": 9})
        for n in range(40)
        for year in (2022, 2023)
    ]
    for draw in CHARTS:
        assert len(json.dumps(draw(corpus(*made)).to_dict(), ensure_ascii=False).encode()) < 35_000
