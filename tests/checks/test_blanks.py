"""One blank switches nothing off: what bounds can decide is decided, the rest is undecided and names the blank."""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks.oracle import YEARS, Promise, promises_of, verdict
from gxtools.forms import forms
from tests.checks.made import Figure, Made, problems

STATES = ("blank", "dash", "unreadable", "absent")
# One instance of every rule: a rule of several parts has each of them.
KINDS = {
    f"{form}-{p.rule}-{number}": (form, p)
    for form in YEARS
    for number, p in enumerate(promises_of(form))
    if form == "2014" or p.line in (None, "granted", "fees", "rules", "reconsideration")
    if p.column in (None, "total", "value")
}


@pytest.mark.parametrize(("form", "promise"), KINDS.values(), ids=KINDS.keys())
def test_each_cell_of_each_rule(form: str, promise: Promise) -> None:
    """Every cell of the rule in turn without a figure, both sides in turn greater."""
    reports: list[Made] = []
    for number, cell in enumerate(promise.cells):
        for others in (0, 1):
            for side in (promise.left, promise.right):
                figures: dict[str, Figure] = dict.fromkeys(side, 5) | {cell: STATES[(number + others) % 4]}
                rest = [other for other in promise.cells if other not in figures]
                figures |= dict.fromkeys(rest, others)
                reports.append(Made(figures, form, YEARS[form]))
    said = problems(*reports).filter(
        (pl.col("rule") == promise.rule)
        & pl.col("line").eq_missing(pl.lit(promise.line, pl.String))
        & pl.col("column").eq_missing(pl.lit(promise.column, pl.String))
    )
    said = said.filter(pl.col("message").str.contains(_sentence(promise, form), literal=True))
    for number, report in enumerate(reports):
        told = verdict(dict(report.figures), promise)
        rows = said.filter(pl.col("report") == f"r{number}")
        assert rows.height == (told in ("broken", "undecided")), (report.figures, told, rows)
        lacking = next(cell for cell, figure in report.figures.items() if isinstance(figure, str))
        for row in rows.iter_rows(named=True):
            state = str(report.figures[lacking])
            assert row["message"].endswith(f"({state})")
            assert _name(lacking, form, promise)[0] in row["message"].rsplit("no figure in", 1)[1]
            assert _name(lacking, form, promise)[1] in row["message_zh"].rsplit("无数字：", 1)[1]
            assert ("cannot be decided" in row["message"]) == (told == "undecided")
            assert ("无法判断" in row["message_zh"]) == (told == "undecided")
            assert row["severity"] == ("notice" if told == "undecided" else promise.severity)


def _sentence(promise: Promise, form: str) -> str:
    """The sentence of the rule; of several parts that of its own, in the order of the form."""
    sentences = [rule.en for rule in forms().by_id(form).rules if rule.id == promise.rule]
    own = [other for other in promises_of(form) if other.rule == promise.rule]
    return sentences[own.index(promise)] if len(sentences) > 1 else sentences[0]


def _name(cell: str, form: str, promise: Promise) -> tuple[str, str]:
    table, line, column = cell.split(".")
    held = forms().by_id(form).table(table)
    named = held.line(line) if promise.line is None else held.column(column)
    return named.en, named.zh


FEE = "requests.other_fee_unpaid"


def fee(text: str | None, **figures: Figure) -> list[tuple[object, ...]]:
    cells = {f"{FEE}.{column}": figure for column, figure in figures.items()}
    sections = [("overview", "2022年，本机关推进公开。")] + ([("other", text)] if text is not None else [])
    said = problems(Made(cells, sections=sections)).filter(pl.col("rule") == "fee_lapse")
    return said.select("severity", "table", "line", "column", "found", "where").rows()


def test_a_request_that_lapsed_for_an_unpaid_fee_needs_a_word_of_the_fee() -> None:
    found = ("notice", "requests", "other_fee_unpaid", None)
    assert fee("无其他需要报告的事项。", business=2, total=2) == [(*found, 2.0, f"place of {FEE}.total")]
    assert fee("无其他需要报告的事项。") == []
    for text in ("本年度收取信息处理费0元。", "2022年未收费。", "依申请提供政府信息收取检索、复制等费用100元。"):
        assert fee(text, business=2, total=2) == []
    # The form's own labels say nothing of it.
    label = forms().by_id("2021").table("requests").line("other_fee_unpaid").zh
    assert len(fee(label, total=2)) == 1


def test_without_the_section_or_its_text_nothing_is_said_of_fees() -> None:
    assert fee(None, total=2) == []
    assert fee("来源只载统计表，没有本节文字。", total=2) == []
    assert fee("（略）", total=2) == []


def test_a_blank_fee_is_undecided_unless_another_cell_decides() -> None:
    silent = "无其他需要报告的事项。"
    place = ("notice", "requests", "other_fee_unpaid", None)
    assert fee(silent, total="blank") == [(*place, None, f"place of {FEE}.total")]
    assert fee(silent, total="blank", business=1) == [(*place, 1.0, f"place of {FEE}.business")]
    assert fee("未收费。", total="blank") == []
    said = problems(Made({f"{FEE}.total": "dash"}, sections=[("other", silent)]))
    row = said.filter(pl.col("rule") == "fee_lapse").row(0, named=True)
    assert row["message"].endswith("no figure in Fee not paid in time, total (dash)")
    assert row["message_zh"].endswith("总计（横线）")


@pytest.mark.parametrize("state", STATES)
def test_a_claim_of_a_group_with_a_blank(state: str) -> None:
    def told(stated: float) -> list[tuple[object, ...]]:
        figures: dict[str, Figure] = {
            "requests.unavailable_not_held.total": 5,
            "requests.unavailable_unclear.total": state,
        }
        said = problems(Made(figures, claims=[("requests.unavailable.total", stated)]))
        said = said.filter(pl.col("rule") == "claim_differs")
        return said.select("severity", "table", "line", "column", "expected", "found").rows()

    assert told(4) == [("warning", "requests", None, "total", None, 4.0)]
    assert told(5) == [("notice", "requests", None, "total", None, 5.0)]
    assert told(6) == [("notice", "requests", None, "total", None, 6.0)]


def test_a_claim_of_a_blank_cell_names_it_and_one_of_a_cell_that_is_not_there_is_silent() -> None:
    claims = [("requests.handled.total", 258.0)]
    said = problems(Made({"requests.handled.total": "blank"}, claims=claims))
    row = said.filter(pl.col("rule") == "claim_differs").row(0, named=True)
    assert (row["severity"], row["line"], row["column"]) == ("notice", "handled", "total")
    assert row["message"] == (
        "the prose states 258 for 'Handled in total, total': cannot be decided whether the table says the same;"
        " no figure in Handled in total, total (blank): 正文：258。"
    )
    assert (
        row["message_zh"]
        == "正文称258（“总计，总计”）：无法判断与表中是否一致；无数字：总计，总计（空白）：正文：258。"
    )
    silent = problems(Made({"requests.handled.total": "absent"}, claims=claims))
    assert "claim_differs" not in silent["rule"].to_list()
