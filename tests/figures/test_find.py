"""Figures in prose: what bears a unit and stands for itself."""

from __future__ import annotations

import pytest

from gxtools.figures import find


def found(text: str) -> list[tuple[float, str]]:
    return [(figure.value, figure.unit_word) for figure in find(text) if not figure.rounded]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("收到申请104件,答复率100%", [(104, "件"), (100, "%")]),
        ("公开信息1,234条、解读12篇", [(1234, "条"), (12, "篇")]),
        ("申请5件次,咨询3人次", [(5, "件次"), (3, "人次")]),
        ("申请5件(次)", [(5, "件(次)")]),
        ("申请 12 件", [(12, "件")]),
        ("数量为0,其余为10", [(0, "")]),
        ("网上5件", [(5, "件")]),
        ("申请数5件,件数25件", [(5, "件"), (25, "件")]),
        ("增长1.05%", [(1.05, "%")]),
        ("1.收到5件", [(5, "件")]),
    ],
)
def test_figures_with_their_units(text: str, figures: list[tuple[float, str]]) -> None:
    assert found(text) == figures


def test_money_is_in_ten_thousand_yuan() -> None:
    assert found("采购76320.9万元,收费251000元,总额258.5亿元") == [(76320.9, "元"), (25.1, "元"), (2585000, "元")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("约100件", 100),
        ("近100件", 100),
        ("100余件", 100),
        ("100多件", 100),
        ("100件左右", 100),
        ("100件以上", 100),
        ("超过100件", 100),
        ("3.5万条", 35000),
        ("10余万条", 100000),
        ("2万余条", 20000),
        ("不足10件", 10),
        ("数10件", 10),
    ],
)
def test_a_rounded_figure_says_so(text: str, value: float) -> None:
    (figure,) = find(text)
    assert (figure.value, figure.rounded) == (value, True)


@pytest.mark.parametrize(
    "text",
    [
        "10 4件",
        "10\t4件",
        "第5期",
        "3-5件",
        "3至5件",
        "3、5件",
        "1，234件",
        "023-81090002",
        "05件",
        "〔2020〕60号",
        "2020年1月1日",
        "-8件",
        "－8件",
        "1**件",
        "**5件",
        "A4件",
        "12:30",
        "641300",
        "12,34件",
        "1.2.3件",
        "2020/12/5件",
    ],
)
def test_what_is_no_figure_of_its_own(text: str) -> None:
    assert found(text) == []


def test_the_places_are_those_of_the_text() -> None:
    text = "收到申请1,024件次。"
    (figure,) = find(text)
    assert text[figure.start : figure.end] == "1,024件次"
