"""Charts of rates, choices, funnels, estimates, ranks, trends, parts and coverage: figures, words, limits."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from gxtools import charts
from gxtools.charts.scales import scale_of
from gxtools.forms.measure_definitions import measure_definitions
from gxtools.measures import (
    change_points,
    decomposition,
    definition_of,
    forms_of,
    funnel,
    measure,
    multiverse,
    ranks,
    shrunken,
)
from tests.charts.kept_specs import assert_kept, caption, named, rows
from tests.measures.frames import JIULONGPO_2020, SUQIAN_2023, SUQIAN_2024, Frames, Made, corpus, handled, real

Draw = Callable[..., Any]
ALL: dict[str, Draw] = {
    "rate": charts.rate,
    "definitions": charts.definitions,
    "multiverse": charts.multiverse,
    "funnel": charts.funnel,
    "shrinkage": charts.shrinkage,
    "ranks": charts.ranks,
    "trend": charts.trend,
    "decomposition": charts.decomposition,
    "coverage": charts.coverage,
}
BY_CHART = pytest.mark.parametrize("draw", ALL.values(), ids=ALL)
EMPTY = [
    (corpus(), "no report was loaded"),
    (corpus(Made("bad", None, None, form=None, error="bad.html: is empty.")), "none of 1 document"),
]


def town(bodies: int, years: tuple[int, ...] = (2022, 2023, 2024), far: int | None = None) -> Frames:
    """So many bodies of growing size; one of them, ``far``, grants next to nothing."""
    made = []
    for body in range(bodies):
        size = 20 + 15 * body
        granted = 2 if body == far else size // 2 + body % 3
        made += [Made(f"{body:03d}-{year}", f"第{body:03d}县人民政府", year, handled(granted, size)) for year in years]
    return corpus(*made)


TOWN = town(12, far=11)


def marked(frames: Frames) -> Frames:
    return dataclasses.replace(frames, reports=frames.reports.with_columns(simulated=pl.lit(True)))


@BY_CHART
def test_a_specification_that_notebooks_keep(draw: Draw) -> None:
    spec = draw(TOWN).to_dict()
    assert_kept(spec)
    assert len(json.dumps(spec, ensure_ascii=False).encode()) < 30_000
    assert draw(marked(TOWN)).to_dict()["title"]["subtitle"][0].startswith("模拟数据")
    assert "模拟" not in json.dumps(spec, ensure_ascii=False)


@BY_CHART
def test_shuffled_frames_give_the_same_chart(draw: Draw) -> None:
    shuffled = dataclasses.replace(
        TOWN,
        reports=TOWN.reports.sample(fraction=1, shuffle=True, seed=3),
        cells=TOWN.cells.sample(fraction=1, shuffle=True, seed=4),
    )
    assert draw(shuffled).to_dict() == draw(TOWN).to_dict()


@BY_CHART
@pytest.mark.parametrize(("frames", "why"), EMPTY, ids=["empty", "unread"])
def test_nothing_to_show_is_said_in_words(draw: Draw, frames: Frames, why: str) -> None:
    spec = draw(frames).to_dict()
    assert why in spec["description"]
    assert spec["mark"]["type"] == "text"


@BY_CHART
def test_one_report_is_drawn_or_said_to_be_one(draw: Draw) -> None:
    spec = draw(corpus(SUQIAN_2024)).to_dict()
    assert_kept(spec)


@BY_CHART
def test_unknown_arguments_are_named(draw: Draw) -> None:
    with pytest.raises(ValueError, match="id: 'openness' is not known here; allowed are disclosure_rate"):
        draw(TOWN, "openness")


@pytest.mark.parametrize("id", [m.id for m in measure_definitions(forms_of(TOWN)).values() if m.kind != "composition"])
def test_every_measure_of_the_dictionary_has_words_and_a_chart(id: str) -> None:
    found, _ = definition_of(TOWN, id)
    for definition in found.definitions:
        assert definition.counted != ("分子", "numerator")
        assert definition.of != ("分母", "denominator")
    spec = charts.rate(corpus(SUQIAN_2023, SUQIAN_2024), id).to_dict()
    told = measure(corpus(SUQIAN_2023, SUQIAN_2024), id, ["agency", "year"])
    assert found.zh in spec["title"]["text"]
    if told["value"].null_count() == told.height:
        assert "没有可显示的内容" in spec["description"]
        return
    assert [row["value"] for row in rows(spec, id)] == pytest.approx(told["value"].to_list(), abs=1e-5)


def test_the_headline_is_the_disclosure_rate() -> None:
    assert charts.rate(real()).to_dict() == charts.disclosure_rate(real()).to_dict()
    other = json.dumps(charts.rate(real(), definition="of_received").to_dict(), ensure_ascii=False)
    assert "新收 received" in other
    assert "办结 handled" not in other


@pytest.mark.parametrize(
    ("id", "values", "ends", "said"),
    [
        ("disclosure_rate", [0.4, 0.9], (0, 1), "40.0%"),
        ("disclosure_rate", [0.004], (0, 0.004), "0.4%"),
        ("disclosure_rate", [0.4, 1.3], (0, 1.5), "40.0%"),
        ("litigation_per_1000", [9.4, 71.0], (0, 80), "9.4"),
        ("backlog_change", [-0.3, 0.12], (-0.3, 0.2), "-0.30"),
        ("disclosure_rate", [0.00015, 0.1], (0, 0.1), "0.01%"),
        ("litigation_per_1000", [0.0], (0, 1), "0.0"),
    ],
)
def test_a_scale_holds_its_values(id: str, values: list[float], ends: tuple[float, float], said: str) -> None:
    scale = scale_of(definition_of(TOWN, id)[0], values)
    assert (scale.low, scale.high) == pytest.approx(ends)
    assert scale.said(values[0]) == said


def test_definitions_hold_the_figures_of_the_multiverse() -> None:
    told = multiverse(real(), "disclosure_rate", ["agency", "year"]).filter(reports="all")
    drawn = rows(charts.definitions(real()).to_dict(), "definitions")
    assert [row["value"] for row in drawn] == pytest.approx(told["value"].to_list(), abs=1e-5)
    assert drawn[1]["counts"] == "1519/3511"


def test_a_choice_that_leaves_no_report_is_counted_not_drawn() -> None:
    problem = (JIULONGPO_2020.id, "dispute_sum", "error", "disputes", "litigation_direct", None)
    frames = corpus(JIULONGPO_2020, SUQIAN_2024, problems=[problem])
    spec = charts.multiverse(frames, by=["year"]).to_dict()
    drawn = rows(spec, "multiverse")
    assert {row["choice"][:4] for row in drawn if row["value"] is None and row["group"] == "2020"} == {
        "除去有错",
        "再除去有",
    }
    none = sum(row["value"] is None for row in drawn)
    assert f"{none} 种做法无可用报告" in caption(spec)


def test_the_funnel_names_those_outside_and_no_other() -> None:
    told = funnel(TOWN, "disclosure_rate")
    spec = charts.funnel(TOWN).to_dict()
    drawn = {row["name"]: row for row in rows(spec, "funnel")}
    outside = told.filter(pl.col("place") != "within")["agency"].to_list()
    assert outside == ["第011县人民政府"]
    assert [name for name, row in drawn.items() if "outside" in row] == outside
    assert [row["name"] for row in drawn.values() if "left" in row or "right" in row] == outside
    limits = {row["denominator"]: row for row in named(spec)["funnel_disclosure_rate_by_agency_limits"]}
    assert len(limits) == 12
    for row in told.iter_rows(named=True):
        assert drawn[row["agency"]]["value"] == pytest.approx(row["value"], abs=1e-5)
        assert limits[row["denominator"]]["high_outer"] == pytest.approx(row["high_outer"], abs=1e-5)


def test_a_funnel_of_many_bodies_gathers_those_within() -> None:
    frames = town(150, (2024,), far=140)
    told = funnel(frames, "disclosure_rate")
    drawn = rows(charts.funnel(frames).to_dict(), "funnel")
    assert sum(row["bodies"] for row in drawn) == 150
    assert len(drawn) < 60
    assert [row["name"] for row in drawn if "outside" in row] == told.filter(place="below")["agency"].to_list()


def test_two_bodies_make_no_funnel() -> None:
    spec = charts.funnel(real()).to_dict()
    assert "a funnel needs at least 3" in spec["description"]
    with pytest.raises(ValueError, match="is no share, rate per 1,000, which a funnel needs"):
        charts.funnel(TOWN, "backlog_change")


def test_shrinkage_holds_own_share_and_estimate() -> None:
    told = shrunken(TOWN, "disclosure_rate")
    drawn = {row["name"]: row for row in rows(charts.shrinkage(TOWN).to_dict(), "shrinkage")}
    assert told["status"].unique().to_list() == ["ok"]
    for row in told.iter_rows(named=True):
        mine = drawn[row["agency"]]
        expected = [row[name] for name in ("value", "shrunken", "low", "high", "group_mean")]
        assert [mine[name] for name in ("value", "shrunken", "low", "high", "mean")] == pytest.approx(
            expected, abs=1e-5
        )


def test_a_group_without_estimates_says_why() -> None:
    spec = charts.shrinkage(real()).to_dict()
    assert "too few bodies" in spec["description"]
    few = [Made(f"t{i}", f"{i}镇人民政府", 2024, handled(i + 1, 9), level="township") for i in range(3)]
    made = [Made(f"c{i}", f"{i}县人民政府", 2024, handled(10 + 9 * i, 100)) for i in range(8)]
    told = charts.shrinkage(corpus(*made, *few)).to_dict()
    assert "乡镇级 township（3 个机构 bodies）：机构不足 5 个" in caption(told)
    assert len(rows(told, "shrinkage")) == 8


def test_ranks_stand_with_their_limits() -> None:
    told = ranks(TOWN, "disclosure_rate")
    drawn = rows(charts.ranks(TOWN).to_dict(), "ranks")
    expected = [tuple(row) for row in told.select("agency", "rank", "rank_low", "rank_high").iter_rows()]
    assert [(row["name"], row["rank"], row["low"], row["high"]) for row in drawn] == expected


def test_a_trend_states_what_breaks_together() -> None:
    made = []
    for body in range(8):
        for year in range(2019, 2026):
            share = 0.7 if year < 2021 else 0.4
            figures = handled(round((share + body / 100) * 200) + (3 * body + 5 * year) % 7, 200)
            made.append(
                Made(f"{body}-{year}", f"{body}县人民政府", year, figures, form="2019" if year < 2021 else "2021")
            )
    frames = corpus(*made)
    assert change_points(frames, "disclosure_rate").filter("found")["year"].to_list() == [2021]
    spec = charts.trend(frames).to_dict()
    assert "definition and behaviour break together in 2021" in caption(spec)
    assert [row["from"] for row in named(spec)["change_points"]] == [2020.5]
    assert [row["before"] for row in named(spec)["form_breaks"]] == [2020.5]
    assert [row["value"] for row in rows(spec, "trend")] == pytest.approx(
        measure(frames, "disclosure_rate")["value"].to_list(), abs=1e-5
    )


def test_a_trend_of_few_years_says_so() -> None:
    spec = charts.trend(real()).to_dict()
    assert "No break can be judged: fewer than four years" in caption(spec)
    assert "change_points" not in named(spec)
    assert "Only 2024 has a value" in charts.trend(corpus(SUQIAN_2024)).to_dict()["description"]


def test_parts_add_up_to_the_change() -> None:
    told = decomposition(TOWN, "disclosure_rate", 2023, 2024)
    drawn = rows(charts.decomposition(TOWN).to_dict(), "decomposition")
    assert [row["to"] - row["from"] for row in drawn[1:-1]] == pytest.approx(told["contribution"].to_list(), abs=2e-5)
    assert (drawn[0]["part"], drawn[-1]["part"]) == ("2023", "2024")
    apart = charts.decomposition(corpus(JIULONGPO_2020, SUQIAN_2024)).to_dict()
    assert "2020 and 2024 share no body" in apart["description"]


def test_coverage_counts_every_report_that_was_read() -> None:
    blank = Made("k", "某镇人民政府", 2024, {"granted": "blank"}, level="township")
    unread = Made("u", None, None, form=None, error="u.pdf: is a scan.")
    spec = charts.coverage(corpus(SUQIAN_2023, SUQIAN_2024, blank, unread)).to_dict()
    drawn = [(row["group"], row["when"], row["usable"], row["read"]) for row in rows(spec, "coverage")]
    assert drawn == [
        ("市级 prefecture", "2023", 1, 1),
        ("市级 prefecture", "2024", 1, 1),
        ("乡镇级 township", "2024", 0, 1),
    ]
    assert "3 read: 2 usable, 1 lacking" in caption(spec)
    assert "1 could not be read" in caption(spec)
