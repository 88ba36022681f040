"""The three charts: their figures, words, traces and limits, on real and made-up reports."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import polars as pl
import pytest
import vl_convert
from nbformat.v4 import new_code_cell, new_notebook, new_output

from gxtools import charts
from gxtools.charts.captions import wrapped
from gxtools.charts.renderer import MIME, mimebundle
from gxtools.forms import load_forms
from tests.forms.copies import with_2027
from tests.measures.frames import (
    JIULONGPO_2020,
    SUQIAN_2023,
    SUQIAN_2024,
    Frames,
    Made,
    corpus,
    disputes,
    handled,
    real,
)

Draw = Callable[..., Any]
ALL: list[Draw] = [charts.disclosure_rate, charts.refusals, charts.disputes]
BY_CHART = pytest.mark.parametrize("draw", ALL, ids=["disclosure_rate", "refusals", "disputes"])


def crowd(bodies: int) -> Frames:
    """So many bodies in each of two years, with long names and figures in every cell that a chart shows."""
    made = []
    for body in range(bodies):
        figures = handled(40 + body, 100) | {"denied_third_party": 5.0, "handled": 105.0, "received": 105.0}
        figures |= disputes((5, 4, 3, 2), (1, 0, 2, 0), (3, 0, 0, 1))
        name = f"某某维吾尔自治区某某自治州第{body:03d}县人民政府"
        made += [Made(f"{body:03d}-{year}", name, year, figures) for year in (2023, 2024)]
    return corpus(*made)


def values(spec: Any) -> list[dict[str, Any]]:
    """The rows of the chart's own data."""
    return [row for data in _named(spec) if data["name"] != "form_breaks" for row in data["values"]]


def _named(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in _named(item)]
    if not isinstance(node, dict):
        return []
    own = [node["data"]] if "values" in node.get("data", {}) else []
    return own + [found for key, item in node.items() if key != "data" for found in _named(item)]


def _tooltips(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in _tooltips(item)]
    if not isinstance(node, dict):
        return []
    return node.get("tooltip", []) + [found for item in node.values() for found in _tooltips(item)]


@BY_CHART
def test_a_specification_that_notebooks_keep(draw: Draw) -> None:
    spec = draw(real()).to_dict()
    text = json.dumps(spec, ensure_ascii=False)
    assert json.dumps(draw(corpus(SUQIAN_2024, JIULONGPO_2020, SUQIAN_2023)).to_dict(), ensure_ascii=False) == text
    assert next(data["name"] for data in _named(spec)).endswith("_by_agency_year")
    assert "datasets" not in spec
    for version in ("5.8", "6.4"):
        assert vl_convert.vegalite_to_svg(text, vl_version=version).startswith("<svg")


@BY_CHART
def test_tooltips_name_body_year_figures_and_cell(draw: Draw) -> None:
    spec = draw(real()).to_dict()
    row = next(row for row in values(spec) if row["report_year"] == "2024")
    assert row["agency"] == "宿迁市人民政府"
    assert row["source"] == f"{SUQIAN_2024.id}.html"
    assert "table " in row["where"]
    shown = {entry["field"] for entry in _tooltips(spec)}
    assert {"agency", "report_year", "where", "source", "low", "high"} <= shown
    assert shown <= set(row)


@BY_CHART
def test_both_languages_and_a_text_for_those_who_do_not_see_it(draw: Draw) -> None:
    spec = draw(real()).to_dict()
    for text in (spec["title"]["text"], spec["description"]):
        assert any("\u4e00" <= c <= "\u9fff" for c in text)
        assert any(c.isascii() and c.isalpha() for c in text)
    assert "宿迁市人民政府 2024" in spec["description"]


def test_the_caption_quotes_the_definition_that_was_counted() -> None:
    first, other = (
        " ".join(charts.disclosure_rate(real(), definition=id).to_dict()["title"]["subtitle"])
        for id in (None, "of_received")
    )
    assert "（予以公开＋部分公开）÷ 本年度办理结果总计" in first
    assert "granted in full or in part, of all requests handled in the year" in first
    assert "Wilson" in first
    assert "本年新收申请" in other


def test_rates_and_breaks() -> None:
    spec = charts.disclosure_rate(real()).to_dict()
    assert [(row["label"], row["numerator"], row["denominator"]) for row in values(spec)] == [
        ("宿迁市人民政府 2023", 1519, 3486),
        ("宿迁市人民政府 2024", 1902, 3521),
        ("重庆市九龙坡区人民政府 2020", 64, 104),
    ]
    breaks = next(data for data in _named(spec) if data["name"] == "form_breaks")
    assert [row["before"] for row in breaks["values"]] == [2020.5]
    later = charts.disclosure_rate(corpus(SUQIAN_2023, SUQIAN_2024)).to_dict()
    assert "form_breaks" not in [data["name"] for data in _named(later)]


def test_small_numbers_are_counts_and_hollow() -> None:
    rows = values(charts.disclosure_rate(corpus(Made("a", "甲镇人民政府", 2023, handled(5, 9)))).to_dict())
    assert (rows[0]["small"], rows[0]["rate"], rows[0]["counts"]) == (True, "", "5/9")
    grounds = values(charts.refusals(corpus(JIULONGPO_2020)).to_dict())
    assert {row["small"] for row in grounds} == {True}
    assert "%" not in "".join(row["text"] for row in grounds)


def test_what_lacks_is_named_and_no_zero() -> None:
    lacking = Made("k", "某县人民政府", 2024, {"granted": "blank", "denied_inquiry": "dash"})
    frames = corpus(SUQIAN_2024, lacking)
    spec = charts.disclosure_rate(frames).to_dict()
    row = next(row for row in values(spec) if row["agency"] == "某县人民政府")
    assert (row["value"], row["counts"]) == (None, "缺数 n/a")
    assert "未计入 1 份报告：缺数或勾稽不符" in spec["title"]["subtitle"]
    assert {row["text"] for row in values(charts.refusals(frames).to_dict()) if row["agency"] == "某县人民政府"} == {
        "缺数 n/a"
    }


def test_a_line_joins_no_years_across_a_break_or_a_gap() -> None:
    frames = corpus(*(Made(str(year), "甲县人民政府", year, handled(50, 100)) for year in (2021, 2022, 2024)))
    assert [row["segment"] for row in values(charts.disclosure_rate(frames).to_dict())] == [0, 0, 1]
    over = corpus(
        Made("a", "甲县人民政府", 2020, handled(50, 100), form="2019"),
        Made("b", "甲县人民政府", 2021, handled(50, 100)),
    )
    assert [row["segment"] for row in values(charts.disclosure_rate(over).to_dict())] == [0, 1]


@BY_CHART
@pytest.mark.parametrize("bodies", [3, 20, 60])
def test_no_chart_is_heavy(draw: Draw, bodies: int) -> None:
    assert len(json.dumps(draw(crowd(bodies)).to_dict(), ensure_ascii=False).encode()) < 60_000


@BY_CHART
def test_too_many_groups_are_refused_and_by_default_pooled(draw: Draw) -> None:
    frames = crowd(60)
    with pytest.raises(ValueError, match=r"by: agency, year makes \d+ rows, a chart takes \d+"):
        draw(frames, by=["agency", "year"])
    assert {row["agency"] for row in values(draw(frames).to_dict())} == {"60 个机构 bodies"}


@BY_CHART
def test_unknown_arguments_are_named(draw: Draw) -> None:
    with pytest.raises(ValueError, match="by: 'city' is not known here; allowed are report, agency"):
        draw(real(), by=["city"])
    with pytest.raises(ValueError, match="by: give a list"):
        draw(real(), by="year")


@BY_CHART
@pytest.mark.parametrize(
    ("frames", "why"),
    [
        (corpus(), "no report was loaded"),
        (
            corpus(Made("bad", None, None, form=None, error="bad.html: is empty.")),
            "none of 1 document could be read",
        ),
        (corpus(Made("old", "甲县人民政府", 2016, form="2014")), "a needed figure is missing"),
        (corpus(Made("zero", "甲镇人民政府", 2023)), "number zero"),
    ],
    ids=["empty", "unread", "lacking", "zero"],
)
def test_nothing_to_show_is_said_in_words(draw: Draw, frames: Frames, why: str) -> None:
    spec = draw(frames).to_dict()
    assert why in spec["description"]
    assert "没有可显示的内容" in spec["description"]
    assert spec["mark"]["type"] == "text"
    assert vl_convert.vegalite_to_svg(json.dumps(spec)).startswith("<svg")


@BY_CHART
def test_simulated_data_say_so(draw: Draw) -> None:
    frames = real()
    marked = dataclasses.replace(frames, reports=frames.reports.with_columns(simulated=pl.lit(True)))
    assert "模拟数据" in draw(marked).to_dict()["title"]["subtitle"][0]
    assert "模拟数据" not in json.dumps(draw(frames).to_dict(), ensure_ascii=False)


def test_refusals_and_disputes_hold_the_printed_figures() -> None:
    grounds = {row["ground"]: row for row in values(charts.refusals(corpus(SUQIAN_2023)).to_dict())}
    assert len(grounds) == 8
    assert grounds["保护第三方合法权益 Third-party rights"]["text"] == "38 (27%)"
    assert grounds["保护第三方合法权益 Third-party rights"]["where"].startswith(
        "requests.denied_third_party.total 38: "
    )
    all_grounds = charts.refusals(corpus(SUQIAN_2023), definition="not_disclosed").to_dict()
    assert sum(row["count"] for row in values(all_grounds)) == 1626
    outcomes = [row["count"] for row in values(charts.disputes(corpus(SUQIAN_2024)).to_dict())]
    assert outcomes == [88, 18, 28, 36, 7, 0, 11, 7, 33, 0, 6, 13]


def test_a_new_form_is_charted_by_its_data(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    known = load_forms(with_2027(tmp_path / "forms"))
    figures = handled(4, 10) | {"denied_algorithm": 35.0, "handled": 45.0, "received": 45.0}
    figures |= disputes((1, 2, 3, 4)) | {"reconsideration.total": 11.0, "reconsideration.withdrawn": 1.0}
    frames = corpus(Made("a", "甲县人民政府", 2027, figures, form="2027"), known=known)
    assert values(charts.disclosure_rate(frames).to_dict())[0]["counts"] == "4/45"
    grounds = {row["ground"]: row["text"] for row in values(charts.refusals(frames).to_dict())}
    assert grounds["属于算法模型参数 Parameters of algorithms"] == "35 (100%)"
    reconsideration = values(charts.disputes(frames).to_dict())[:4]
    assert [row["share"] for row in reconsideration] == pytest.approx([n / 11 for n in (1, 2, 3, 4)], abs=1e-5)


def test_the_renderer_gives_what_nbformat_keeps() -> None:
    chart = charts.disclosure_rate(real())
    bundle = chart._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/plain"}
    assert bundle["text/plain"].startswith("公开率 Disclosure rate.")
    assert bundle == mimebundle(chart.to_dict())
    cell = new_code_cell(outputs=[new_output("display_data", data=bundle)], execution_count=1)
    nbformat.validate(new_notebook(cells=[cell]))


def test_captions_wrap_by_width() -> None:
    assert wrapped("公开率是公开的比例。", 8) == ["公开率是", "公开的比", "例。"]
    assert wrapped("granted in full or in part", 12) == ["granted in", "full or in", "part"]
    assert wrapped("", 10) == []
