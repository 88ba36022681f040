"""Rules on single cells: blanks, signs, repeated figures."""

from __future__ import annotations

import polars as pl
import pytest

from tests.checks.made import Figure, Made, found, problems


@pytest.mark.parametrize("state", ["blank", "dash", "absent"])
def test_a_cell_without_a_figure(state: str) -> None:
    said = problems(Made({"proactive.licences.decisions": state})).filter(pl.col("rule") == "blank_cell")
    assert said.height == 1
    row = said.row(0, named=True)
    assert (row["severity"], row["table"], row["line"], row["column"]) == (
        "warning",
        "proactive",
        "licences",
        "decisions",
    )
    assert row["message"].startswith("Administrative licences, decisions this year: ")
    assert row["message_zh"].startswith("行政许可，本年处理决定数量：")
    assert row["where"] == (None if state == "absent" else "place of proactive.licences.decisions")


def test_unreadable_is_for_reading_to_tell_and_zero_is_a_figure() -> None:
    assert found(problems(Made({"proactive.licences.decisions": "unreadable"})), "blank_cell") == []
    assert found(problems(Made()), "blank_cell") == []


def test_every_blank_of_a_table_that_is_there_but_none_of_one_that_is_not() -> None:
    said = found(problems(Made(rest="blank")), "blank_cell")
    assert len(said) == 200
    proactive = {f"proactive.{line}": "absent" for line in ("rules.made", "rules.repealed", "rules.in_force")}
    assert len(found(problems(Made(proactive)), "blank_cell")) == 3
    assert found(problems(Made(rest="absent")), "blank_cell") == []
    other = {"disputes.reconsideration.total": 0}
    assert len(found(problems(Made(other, rest="absent")), "blank_cell")) == 14


@pytest.mark.parametrize(
    ("cell", "form", "figure", "wrong"),
    [
        ("requests.received.total", "2021", -1, True),
        ("requests.received.total", "2021", 1.5, True),
        ("requests.received.total", "2021", 1, False),
        ("proactive.licences.change", "2019", -17, False),
        ("proactive.licences.change", "2019", -17.5, True),
        ("proactive.licences.items_last_year", "2019", -17, True),
        ("proactive.fees.amount", "2021", 25.1, False),
        ("proactive.fees.amount", "2021", -25.1, True),
        ("proactive.procurement.amount", "2019", 76320.9, False),
        ("requests.received.total", "2021", "dash", False),
    ],
)
def test_signs(cell: str, form: str, figure: Figure, wrong: bool) -> None:
    said = found(problems(Made({cell: figure}, form, 2020 if form == "2019" else 2022)), "sign")
    assert said == ([("r0", "sign", "warning", *cell.split("."), None, figure)] if wrong else [])


def test_the_sign_in_words() -> None:
    said = problems(Made({"requests.received.total": -1, "requests.granted.total": 1.5})).filter(
        pl.col("rule") == "sign"
    )
    assert "-1" in said["message"][0]
    assert "below 0" in said["message"][0]
    assert said["message_zh"][0].endswith("-1小于0")
    assert "1.5 is no whole number" in said["message"][1]
    assert said["message_zh"][1].endswith("1.5不是整数")


def repeated(figures: dict[str, Figure], form: str = "2019", **more: object) -> list[tuple[object, ...]]:
    year = 2020 if form == "2019" else 2022
    said = found(problems(Made(figures, form, year, **more)), "repeated_figure")  # type: ignore[arg-type]
    return [row[3:] for row in said]


OTHER, COERCION = "proactive.other_services.decisions", "proactive.coercion.decisions"


def test_a_large_figure_in_two_lines_of_proactive() -> None:
    assert repeated({OTHER: 643954, COERCION: 643954}) == [("proactive", "coercion", "decisions", None, 643954)]


@pytest.mark.parametrize("figure", [0, 1, 999, 1000, 2000, 643000, -1234])
def test_small_and_round_figures_may_repeat(figure: float) -> None:
    assert repeated({OTHER: figure, COERCION: figure}) == []


@pytest.mark.parametrize("figure", [1001, 1234, 1100, 643954, 1000001])
def test_others_may_not(figure: float) -> None:
    assert repeated({OTHER: figure, COERCION: figure}) == [("proactive", "coercion", "decisions", None, figure)]


def test_within_one_line_of_proactive_it_may_repeat() -> None:
    assert repeated({"proactive.rules.made": 1234, "proactive.rules.published": 1234}) == []


def test_never_inside_requests_or_disputes() -> None:
    inside = {"requests.received.total": 1234, "requests.handled.total": 1234, "requests.granted.natural_person": 1234}
    assert repeated(inside) == []
    disputes = {"disputes.reconsideration.total": 1234, "disputes.litigation_direct.upheld": 1234}
    assert repeated(disputes) == []
    assert repeated({**inside, **disputes}) == [("disputes", "reconsideration", "total", None, 1234)]


def test_in_two_tables_whatever_the_line() -> None:
    assert repeated({OTHER: 1234, "requests.received.total": 1234}) == [("requests", "received", "total", None, 1234)]


def test_one_row_a_figure_on_the_second_cell_in_printed_order() -> None:
    places = (
        COERCION,
        "requests.received.total",
        OTHER,
        "disputes.reconsideration.upheld",
        "proactive.licences.decisions",
    )
    assert repeated(dict.fromkeys(places, 1234)) == [("proactive", "other_services", "decisions", None, 1234)]
    two = {OTHER: 1234, COERCION: 1234, "proactive.rules.made": 5678, "requests.received.total": 5678}
    assert sorted(row[4] for row in repeated(two)) == [1234, 5678]  # type: ignore[type-var]


def test_tables_of_different_forms_keep_the_order_of_the_page() -> None:
    figures: dict[str, Figure] = {"proactive.procurement.projects": 1234, "requests.received.natural_person": 1234}
    said = repeated(figures, "2019", forms_of_tables={"requests": "2021", "disputes": "2021"})
    assert said == [("requests", "received", "natural_person", None, 1234)]


def test_reports_are_apart() -> None:
    assert found(problems(Made({OTHER: 1234}, "2019"), Made({COERCION: 1234}, "2019")), "repeated_figure") == []


def test_an_amount_counts_as_a_figure() -> None:
    assert repeated({"proactive.fees.amount": 1234.5, "proactive.licences.decisions": 1234}, "2021") == []
    assert repeated({"proactive.fees.amount": 1234, "proactive.licences.decisions": 1234}, "2021") == [
        ("proactive", "fees", "amount", None, 1234)
    ]


def test_the_message_names_both_cells() -> None:
    said = problems(Made({OTHER: 643954, COERCION: 643954}, "2019", 2020)).filter(pl.col("rule") == "repeated_figure")
    assert said["message"][0] == (
        f"643954 stands in 'Other services to the public, decisions' (place of {OTHER})"
        f" and again in 'Administrative coercion, decisions' (place of {COERCION}): one of them may be a copy"
    )
    assert said["message_zh"][0] == (
        f"643954既出现在“其他对外管理服务事项，处理决定数量”（place of {OTHER}），"
        f"又出现在“行政强制，处理决定数量”（place of {COERCION}）：其中之一可能是误抄"
    )
    assert said["where"][0] == f"place of {COERCION}"
