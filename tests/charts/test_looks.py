"""What a reader sees of the charts once they are drawn: titles in line, names beside their marks, plain axes."""

from __future__ import annotations

import re

import pytest

import gxtools as gx
from gxtools import charts
from tests.charts.drawn import Text, texts_of
from tests.charts.specs import rows_of
from tests.conftest import ROOT
from tests.measures.frames import SUQIAN_2023, SUQIAN_2024, corpus


@pytest.fixture(scope="module")
def shipped() -> gx.Corpus:
    return gx.load(ROOT / "data" / "reports")


def place(texts: list[Text], begins: str) -> Text:
    (found,) = [text for text in texts if text.text.startswith(begins)]
    return found


@pytest.mark.parametrize("name", ["rates", "refusals", "disputes", "quality", "compare", "provinces"])
def test_titles_of_one_view_begin_at_one_edge(name: str, shipped: gx.Corpus) -> None:
    texts = texts_of(getattr(gx.explore, name)(shipped).chart)
    assert place(texts, "图1").x == pytest.approx(place(texts, "图2").x, abs=1)


def test_a_definition_stands_beside_its_mark(shipped: gx.Corpus) -> None:
    texts = texts_of(charts.definitions(shipped.report(shipped.reports["report"][0])))
    # The counts stand at the height of the mark; a name's lines run down from its first.
    of_handled, of_received = (
        place(texts, end).y
        for end in ("（予以公开＋部分公开）÷ 本年度办理结果总计\n", "（予以公开＋部分公开）÷ 本年新收申请")
    )
    rows = sorted(text.y for text in texts if text.text == "64/104")
    assert of_handled == pytest.approx(rows[0] - 14 / 2, abs=1)
    assert of_received == pytest.approx(place(texts, "64/99").y - 14 / 2, abs=1)
    longest = place(texts, "（予以公开＋部分公开）÷ 本年度办理结果总计；")
    lines = longest.text.count("\n") + 1
    assert lines > 2
    assert longest.y == pytest.approx(rows[1] - (lines - 1) * 14 / 2, abs=1)


def test_axes_say_0_and_not_0_million(shipped: gx.Corpus) -> None:
    ticks = [text.text for text in texts_of(charts.proactive(shipped)) if re.fullmatch(r"[\d.]+[kMG]?", text.text)]
    assert {"0", "1M"} <= set(ticks)
    assert not {"0k", "0M"} & set(ticks)


def test_changes_of_shares_are_in_points() -> None:
    texts = [text.text for text in texts_of(charts.substitution(corpus(SUQIAN_2023, SUQIAN_2024)))]
    assert "+5" in texts
    assert not [text for text in texts if re.fullmatch(r"[+\u2212-]\d+%", text)]


def test_a_row_without_an_estimate_keeps_its_place(shipped: gx.Corpus) -> None:
    texts = texts_of(charts.requester_odds(shipped, by=["year"]))
    names = sorted((text.y, text.text) for text in texts if "不予处理率" in text.text)
    assert [text[-4:] for _, text in names] == ["2023", "2024"]
    beside = {text.text for text in texts if "份" in text.text and text.x > 300}
    assert beside == {"1 份 1 report"}


def test_words_above_the_dots_are_clear_of_them() -> None:
    spec = charts.stated(years=range(2021, 2026), least=50).to_dict()
    (rows,) = [data["values"] for data in [spec["data"]]]
    rates = [1000 * row[f"cases_{side}"] / row["of"] for row in rows for side in (0, 1) if "x" in row and row["of"]]
    layers = spec["spec"]["layer"]
    (domain,) = [
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in layers
        if "scale" in layer.get("encoding", {}).get("y", {})
    ]
    height = spec["spec"]["height"]
    # Two lines of 15 points, and half a dot.
    assert height * (1 - (max(rates) / domain[1]) ** 0.5) > 2 + 2 * 15


def test_shares_of_few_reports_are_hollow(shipped: gx.Corpus) -> None:
    few = charts.broken_rules(shipped)
    assert {row["small"] for row in rows_of(few)} == {True}
    assert "Hollow: fewer than 30" in few.to_dict()["title"]["subtitle"][-1]
    years = {
        row["rule"]: row for row in rows_of(charts.broken_rules(gx.simulate(bodies=31, years=[2022, 2023], seed=1)))
    }
    assert [rule for rule, row in years.items() if not row["small"] and int(row["counts"].partition("/")[2]) < 30] == []
    assert any(not row["small"] for row in years.values())
