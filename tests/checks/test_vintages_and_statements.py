"""The form of the year, and figures of the prose against their cells."""

from __future__ import annotations

import polars as pl
import pytest

from tests.checks.made import Figure, Made, found, problems


@pytest.mark.parametrize(
    ("form", "year", "severity"),
    [
        ("2019", 2019, None),
        ("2019", 2020, None),
        ("2021", 2021, None),
        ("2021", 2030, None),
        ("2021", 2019, "notice"),
        ("2021", 2020, "warning"),
        ("2019", 2021, "warning"),
        ("2019", 2023, "warning"),
        ("2019", 2018, "warning"),
        ("2019", 2013, None),
        ("2019", None, None),
    ],
)
def test_form_of_the_year(form: str, year: int | None, severity: str | None) -> None:
    said = found(problems(Made(form=form, year=year)), "form_mismatch")
    tables = ("proactive", "requests", "disputes") if severity else ()
    assert said == [("r0", "form_mismatch", severity, table, None, None, None, None) for table in tables]


def test_each_table_for_itself() -> None:
    made = Made(form="2021", year=2022, forms_of_tables={"proactive": "2019"})
    said = problems(made).filter(pl.col("rule") == "form_mismatch")
    assert said["table"].to_list() == ["proactive"]
    assert said["message"][0] == "Proactive disclosure: printed in the 2019 trial form, due for 2022 is the 2021 form"
    assert said["message_zh"][0] == "主动公开政府信息情况：使用了2019年试行格式，2022年应使用2021年格式"
    assert said["where"][0] == "place of proactive.rules.made"


def test_a_table_that_is_not_there_has_no_form() -> None:
    assert found(problems(Made(form="2019", year=2022, rest="absent")), "form_mismatch") == []


def differs(
    subject: str, stated: float, figures: dict[str, Figure], unit: str = "count", form: str = "2021"
) -> list[object]:
    made = Made(figures, form, 2020 if form == "2019" else 2022, [(subject, stated, unit)])
    return [row[2:] for row in found(problems(made), "claim_differs")]


def test_a_claim_of_one_cell() -> None:
    figures: dict[str, Figure] = {"requests.handled.total": 275}
    assert differs("requests.handled.total", 275, figures) == []
    assert differs("requests.handled.total", 258, figures) == [("warning", "requests", "handled", "total", 275, 258)]
    assert differs("requests.handled.total", 258, {"requests.handled.total": "absent"}) == []


@pytest.mark.parametrize(
    ("subject", "members"),
    [
        ("requests.denied.total", ("denied_state_secret", "denied_inquiry", "denied_deliberative")),
        ("requests.unavailable.total", ("unavailable_not_held", "unavailable_unclear")),
        ("requests.unprocessed.total", ("unprocessed_petition", "unprocessed_reissue")),
        ("requests.other.total", ("other_not_supplemented", "other_fee_unpaid", "other_other")),
    ],
)
def test_a_claim_of_a_group_of_lines(subject: str, members: tuple[str, ...]) -> None:
    figures: dict[str, Figure] = {f"requests.{line}.total": number for number, line in enumerate(members, 2)}
    total = sum(range(2, 2 + len(members)))
    assert differs(subject, total, figures) == []
    assert differs(subject, 99, figures) == [("warning", "requests", None, "total", total, 99)]
    open_group = differs(subject, 99, {**figures, f"requests.{members[0]}.total": "unreadable"})
    assert open_group == [("notice", "requests", None, "total", None, 99)]


def test_other_is_a_line_in_the_old_form() -> None:
    assert differs("requests.other.total", 4, {"requests.other.total": 3}, form="2019") == [
        ("warning", "requests", "other", "total", 3, 4)
    ]


def test_a_claim_of_a_group_of_columns() -> None:
    names = ("business", "research", "public_interest", "legal_service", "other_organization")
    figures: dict[str, Figure] = {f"requests.received.{column}": 2 for column in names}
    figures |= {"requests.received.natural_person": 50, "requests.received.total": 60}
    assert differs("requests.received.legal_person", 10, figures) == []
    assert differs("requests.received.legal_person", 60, figures) == [("warning", "requests", "received", None, 10, 60)]


@pytest.mark.parametrize("column", ["upheld", "total"])
def test_both_kinds_of_litigation(column: str) -> None:
    figures: dict[str, Figure] = {
        f"disputes.litigation_direct.{column}": 3,
        f"disputes.litigation_after_reconsideration.{column}": 4,
        f"disputes.reconsideration.{column}": 9,
    }
    assert differs(f"disputes.litigation.{column}", 7, figures) == []
    assert differs(f"disputes.litigation.{column}", 16, figures) == [("warning", "disputes", None, column, 7, 16)]


def test_amounts() -> None:
    figures: dict[str, Figure] = {"proactive.fees.amount": 25.1}
    assert differs("proactive.fees.amount", 25.1, figures, "10k_cny") == []
    assert differs("proactive.fees.amount", 25.2, figures, "10k_cny") == [
        ("warning", "proactive", "fees", "amount", 25.1, 25.2)
    ]
    assert differs("proactive.fees.amount", 251000, figures, "count") == []


@pytest.mark.parametrize(
    "subject", ["proactive_published", "disputes_all", "requests.nothing.total", "proactive.rules.public_total"]
)
def test_what_has_no_cell_in_the_form_is_not_compared(subject: str) -> None:
    assert differs(subject, 5, {}) == []


def test_both_sides_stand_in_the_message() -> None:
    made = Made({"requests.handled.total": 275}, claims=[("requests.handled.total", 258)])
    row = problems(made).filter(pl.col("rule") == "claim_differs").row(0, named=True)
    assert row["message"] == (
        "the prose states 258 for 'Handled in total, total', the table has 275"
        " (place of requests.handled.total): 正文：258。"
    )
    assert row["message_zh"] == "正文称258（“总计，总计”），表中为275（place of requests.handled.total）：正文：258。"
    assert row["where"] == "line 3"


def test_claims_of_several_reports_stay_apart() -> None:
    claims = [("requests.handled.total", 5), ("requests.received.total", 1)]
    said = problems(
        Made({"requests.handled.total": 5}, claims=claims), Made({"requests.handled.total": 6}, claims=claims)
    )
    assert [(row[0], row[4], row[6], row[7]) for row in found(said, "claim_differs")] == [
        ("r0", "received", 0, 1),
        ("r1", "handled", 6, 5),
        ("r1", "received", 0, 1),
    ]
