"""Charts of outcomes and of who asks: their figures against printed ones, and what they say where there is nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from gxtools import charts
from gxtools.measures import requester_odds as odds
from tests.charts.specs import is_drawn_by_both_versions, rows_of, shuffled, simulated
from tests.measures.frames import SUQIAN_2023, SUQIAN_2024, Frames, Made, corpus, handled, real

Draw = Callable[..., Any]
KINDS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organization")


def asked(person: int, firm: int, granted: tuple[int, int] = (0, 0)) -> dict[str, float | str]:
    """Figures of so many requests by persons and by firms, some granted, the others not held."""
    figures: dict[str, float | str] = {}
    for line, numbers in {
        "received": (person, firm),
        "handled": (person, firm),
        "granted": granted,
        "unavailable_not_held": (person - granted[0], firm - granted[1]),
    }.items():
        figures |= {f"{line}.natural_person": numbers[0], f"{line}.business": numbers[1], line: sum(numbers)}
    return figures


@pytest.fixture(scope="module")
def two_kinds() -> Frames:
    made = [
        Made(f"{body}{year}", f"{body}县人民政府", year, asked(60, 40, (40, 10 + year % 2)))
        for body in "甲乙"
        for year in (2022, 2023)
    ]
    return corpus(*made)


CHARTS: list[Draw] = [charts.outcomes, charts.requesters, charts.substitution, charts.requester_odds]
BY_CHART = pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)


@BY_CHART
def test_a_specification_that_notebooks_keep(draw: Draw, two_kinds: Frames) -> None:
    chart = draw(two_kinds)
    assert is_drawn_by_both_versions(chart)
    assert chart.to_dict() == draw(shuffled(two_kinds)).to_dict()
    assert "模拟数据" not in json.dumps(chart.to_dict(), ensure_ascii=False)
    assert "模拟数据" in draw(simulated(two_kinds)).to_dict()["title"]["subtitle"][0]


@BY_CHART
@pytest.mark.parametrize(
    "frames",
    [corpus(), corpus(Made("bad", None, None, form=None, error="bad.html: is empty.")), corpus(Made("0", "甲", 2023))],
    ids=["empty", "unread", "zero"],
)
def test_nothing_to_show_is_said_in_words(draw: Draw, frames: Frames) -> None:
    spec = draw(frames).to_dict()
    assert "没有可显示的内容" in spec["description"]
    assert spec["mark"]["type"] == "text"


def test_the_six_outcomes_are_the_printed_ones() -> None:
    rows = [row for row in rows_of(charts.outcomes(real())) if row["label"].startswith("宿迁市人民政府 2023")]
    # Worked by hand from the report: 1191, 328, the eight grounds, the three, the five, the three others.
    assert [row["count"] for row in rows] == [1191, 328, 142, 1078, 406, 341]
    assert {row["of"] for row in rows} == {3486}
    assert sum(row["share"] for row in rows) == pytest.approx(1, abs=1e-4)
    denied = rows[2]
    assert denied["part"] == "不予公开\nDenied"
    assert denied["where"].count("requests.denied_") == 8
    assert denied["low"] < 142 / 3486 < denied["high"]


def test_a_break_is_drawn_between_years_of_one_series() -> None:
    frames = corpus(
        Made("a", "甲县人民政府", 2020, handled(50, 100), form="2019"),
        Made("b", "甲县人民政府", 2021, handled(50, 100)),
        Made("c", "乙县人民政府", 2021, handled(50, 100)),
    )
    chart = charts.outcomes(frames)
    breaks = {row["label"].split("\n")[0]: row["break_year"] for row in rows_of(chart)}
    assert breaks == {"乙县人民政府 2021": None, "甲县人民政府 2020": None, "甲县人民政府 2021": 2021}
    assert "虚线：2021 格式修订 Dashed: 2021: form revised" in chart.to_dict()["title"]["subtitle"]


def test_small_numbers_and_lacking_ones() -> None:
    frames = corpus(Made("a", "甲镇人民政府", 2023, handled(5, 9)), Made("k", "乙县", 2023, {"granted": "blank"}))
    chart = charts.outcomes(frames)
    granted = [row for row in rows_of(chart) if row["part"].startswith("予以公开")]
    assert [(row["text"], row["small"], row["count"]) for row in granted] == [("", False, None), ("5", True, 5)]
    assert "缺数 n/a" in granted[0]["label"]
    assert "未计入 1 份报告：缺数或勾稽不符" in chart.to_dict()["title"]["subtitle"]


def test_too_many_groups_are_refused_and_by_default_pooled() -> None:
    frames = corpus(*(Made(f"{n}", f"{n:02}县人民政府", 2023, handled(5, 9)) for n in range(20)))
    with pytest.raises(ValueError, match="by: agency makes 120 rows, a chart takes 72"):
        charts.outcomes(frames, by=["agency"])
    assert {row["agency"] for row in rows_of(charts.outcomes(frames))} == {"20 个机构 bodies"}


def test_who_asks(two_kinds: Frames) -> None:
    rows = rows_of(charts.requesters(two_kinds, by=[]))
    assert [row["count"] for row in rows] == [240, 160, 0, 0, 0, 0]
    assert rows[0]["part"] == "自然人\nNatural persons"
    assert "各栏刻度不同" in " ".join(charts.requesters(two_kinds).to_dict()["title"]["subtitle"])
    handled_ones = charts.requesters(two_kinds, definition="of_handled").to_dict()["title"]["subtitle"]
    assert "本年度办理结果总计" in " ".join(handled_ones)


def test_a_kind_of_applicant_that_is_lacking_shuts_out_the_whole_report() -> None:
    figures = asked(60, 40) | {"received.research": "blank"}
    rows = rows_of(
        charts.requesters(corpus(Made("a", "甲县", 2023, figures), Made("b", "乙县", 2023, asked(9, 1))), [])
    )
    assert [row["count"] for row in rows] == [9, 1, 0, 0, 0, 0]


def test_what_gave_way_to_what() -> None:
    chart = charts.substitution(corpus(SUQIAN_2023, SUQIAN_2024))
    rows = {row["label"]: row for row in rows_of(chart)}
    unprocessed = rows["不予处理 Not processed"]
    assert unprocessed["value"] == pytest.approx(117 / 3521 - 406 / 3486, abs=1e-5)
    assert unprocessed["beside"] == "11.6% → 3.3%"
    assert unprocessed["text"] == "-8.3 百分点 pp"
    assert sum(row["value"] for row in rows.values()) == pytest.approx(0, abs=1e-4)
    assert "Newcombe" in " ".join(chart.to_dict()["title"]["subtitle"])
    one_year = charts.substitution(corpus(SUQIAN_2024)).to_dict()
    assert "reports of one body in two years" in one_year["description"]
    asked_for = charts.substitution(corpus(SUQIAN_2023, SUQIAN_2024), before=2020).to_dict()
    assert "No body has usable outcomes in both years" in asked_for["description"]


def test_odds_of_persons_and_organisations(two_kinds: Frames) -> None:
    rows = rows_of(charts.requester_odds(two_kinds, ids=["disclosure_rate", "denial_rate"]))
    row = odds(two_kinds, "disclosure_rate", []).row(0, named=True)
    assert rows[0]["value"] == pytest.approx(row["odds_ratio"], abs=1e-4)
    assert (rows[0]["hollow"], rows[0]["informative"]) == (False, 4)
    assert rows[1]["value"] is None
    assert "no report with both" in rows[1]["text"]
    by_year = rows_of(charts.requester_odds(two_kinds, by=["year"]))
    assert by_year[0]["label"] == "公开率 Disclosure rate 2022"
    with pytest.raises(ValueError, match="a chart takes 40"):
        charts.requester_odds(two_kinds, by=["report"], ids=["disclosure_rate"] * 11)
