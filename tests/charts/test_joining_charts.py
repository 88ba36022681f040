"""The matrix of the forms and the strip of the dictionary: what may be joined, as the data files have it."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from gxtools import charts
from gxtools.forms import load_forms
from gxtools.measures import joinable
from tests.charts.kept_specs import assert_kept, caption, rows
from tests.charts.test_rate_charts import marked
from tests.forms.copies import with_2027
from tests.measures.frames import Made, corpus, real


@pytest.mark.parametrize(
    ("table", "lines"), [("requests", 26), ("disputes", 15), ("proactive", 27), ("statistics", 58)]
)
def test_the_matrix_holds_every_line_of_a_table(table: str, lines: int) -> None:
    spec = charts.comparability(real(), table).to_dict()
    assert_kept(spec)
    assert len({row["line"] for row in rows(spec, "comparability")}) == lines
    assert len(json.dumps(spec, ensure_ascii=False).encode()) < 40_000


def test_relations_are_those_of_the_data_file() -> None:
    told = {row["line"]: row for row in rows(charts.comparability(real()).to_dict(), "comparability")}
    granted = told["予以公开 Granted"]
    assert granted["2014 → 2019"] == "合并 merged"
    assert "属于已主动公开范围数 Already public＋同意公开答复数 Granted → 予以公开 Granted" in granted["note"]
    assert told["保护第三方合法权益 Third-party rights"]["2014 → 2019"] == "合并不接 merged, not joined"
    # Handled joins with what was closed; that answers overlap with it too is told in its note.
    handled = told["总计 Handled in total"]
    assert handled["2014 → 2019"] == "相同 same"
    assert "lapsed" in handled["note"]
    assert told["其他处理 Otherwise closed"]["2019 → 2021"] == "拆分 split"
    assert told["属于行政查询事项 Registry inquiries"]["2014 → 2019"] == "交叉不接 overlaps"
    assert "2014 → 2019" not in told["申请人逾期未按收费通知要求缴纳费用 Fee not paid in time"]


def test_the_caption_says_which_forms_are_at_hand() -> None:
    assert "1 in the form of 2019, 2 in the form of 2021" in caption(charts.comparability(real()).to_dict())
    assert "No document at hand is in a national form" in caption(charts.comparability(corpus()).to_dict())
    assert charts.comparability(marked(real())).to_dict()["title"]["subtitle"][0].startswith("模拟数据")
    with pytest.raises(ValueError, match="table: 'fees' is not known here; allowed are requests, disputes"):
        charts.comparability(real(), "fees")


def test_the_strip_is_what_the_measures_say() -> None:
    spec = charts.joins(real()).to_dict()
    assert_kept(spec)
    told = joinable(real())
    drawn = rows(spec, "joins")
    assert len(drawn) * 3 == told.height
    assert [drawn[0][at].split()[-1] for at in ("2019", "2021", "2024")] == ["bridge", "care", "joined"]
    assert charts.joins(corpus()).to_dict() == spec


@pytest.mark.parametrize(
    ("id", "at", "verdict", "definition"),
    [
        ("disclosure_rate", "2019", "bridge", "already_public_added"),
        ("disclosure_rate", "2021", "care", "of_handled"),
        ("disclosure_rate", "2024", "joined", "of_handled"),
        ("denial_rate", "2019", "no", None),
        ("third_party_share", "2019", "no", None),
        ("on_time_rate", "2021", "none", None),
        ("normative_turnover", "2021", "no", None),
        ("litigation_per_1000", "2024", "care", "of_handled"),
    ],
)
def test_what_may_be_joined(id: str, at: str, verdict: str, definition: str | None) -> None:
    (row,) = joinable(real()).filter(pl.col("id") == id, pl.col("break") == at).to_dicts()
    assert (row["verdict"], row["definition"]) == (verdict, definition)
    assert (row["verdict"] in ("bridge", "care", "no")) <= (row["cost_en"] != "" or id == "normative_turnover")


def test_a_new_form_stands_in_the_matrix(tmp_path: Path) -> None:
    known = load_forms(with_2027(tmp_path))
    spec = charts.comparability(corpus(Made("a", "甲县人民政府", 2027, form="2027"), known=known)).to_dict()
    told = rows(spec, "comparability")
    assert [row["line"] for row in told if row.get("2021 → 2027") == "无对应 none"] == [
        "属于算法模型参数 Parameters of algorithms"
    ]
