"""Rules made of signed terms: held, broken, undecided, or decided by bounds."""

from __future__ import annotations

import pytest

from tests.checks.made import Figure, Made, found, problems

RECEIVED, CARRIED_IN = "requests.received.business", "requests.carried_in.business"
HANDLED, CARRIED_OUT = "requests.handled.business", "requests.carried_out.business"


def balance(*figures: Figure) -> list[tuple[object, ...]]:
    """What is said of the balance of one column with received, carried_in, handled, carried_out."""
    cells = dict(zip((RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT), figures, strict=True))
    return [row[2:] for row in found(problems(Made(cells)), "balance")]


def broken(expected: float | None, found: float | None) -> list[tuple[object, ...]]:
    return [("error", "requests", None, "business", expected, found)]


UNDECIDED = [("notice", "requests", None, "business", None, None)]


@pytest.mark.parametrize("figures", [(0, 0, 0, 0), (5, 2, 6, 1), (0, 3, 0, 3), (1e9, 0, 1e9, 0)])
def test_holds(figures: tuple[float, ...]) -> None:
    assert balance(*figures) == []


def test_broken() -> None:
    assert balance(16, 0, 9, 0) == broken(16, 9)
    assert balance(5, 2, 6, 2) == broken(7, 8)
    assert balance(0, 0, 0, 1) == broken(0, 1)


@pytest.mark.parametrize("state", ["blank", "dash", "unreadable", "absent"])
def test_lacking_figures_leave_it_undecided(state: str) -> None:
    assert balance(5, state, 5, 0) == UNDECIDED
    assert balance(5, state, 7, 0) == UNDECIDED
    assert balance(5, 0, 5, state) == UNDECIDED
    assert balance(7, 0, 5, state) == UNDECIDED
    assert balance(state, 0, state, 0) == UNDECIDED
    assert balance(9, state, 5, state) == UNDECIDED


@pytest.mark.parametrize("state", ["blank", "dash", "unreadable", "absent"])
def test_bounds_decide(state: str) -> None:
    assert balance(9, state, 5, 1) == broken(None, None)
    assert balance(5, 0, 9, state) == broken(None, None)
    assert balance(6, state, 5, 1) == UNDECIDED


def test_a_table_that_is_not_there_is_silent() -> None:
    assert found(problems(Made(rest="absent"))) == []


def test_a_column_that_is_not_there_is_silent_and_a_line_is_not() -> None:
    column = {f"requests.{line}.business": "absent" for line in ("received", "carried_in", "handled", "carried_out")}
    assert found(problems(Made(column)), "balance") == []
    applicants = (
        "natural_person",
        "business",
        "research",
        "public_interest",
        "legal_service",
        "other_organization",
        "total",
    )
    line = {f"requests.carried_in.{column}": "absent" for column in applicants}
    assert [row[4:6] for row in found(problems(Made(line)), "balance", "applicant_sum")] == [
        (None, column) for column in applicants
    ]


def test_groups_stand_for_their_lines() -> None:
    cells = {
        "requests.granted.total": 1,
        "requests.partly_granted.total": 2,
        "requests.denied_inquiry.total": 3,
        "requests.denied_state_secret.total": 4,
        "requests.unavailable_unclear.total": 5,
        "requests.unprocessed_reissue.total": 6,
        "requests.other_fee_unpaid.total": 7,
        "requests.other_other.total": 8,
    }
    assert found(problems(Made({**cells, "requests.handled.total": 36})), "handled_sum") == []
    said = found(problems(Made({**cells, "requests.handled.total": 35})), "handled_sum")
    assert [row[2:] for row in said] == [("error", "requests", None, "total", 36, 35)]
    old = {"requests.other.total": 9, "requests.denied_inquiry.total": 1}
    assert found(problems(Made({**old, "requests.handled.total": 10}, "2019", 2020)), "handled_sum") == []
    said = found(problems(Made({**old, "requests.handled.total": 1}, "2019", 2020)), "handled_sum")
    assert [row[2:] for row in said] == [("error", "requests", None, "total", 10, 1)]


def test_sums_along_lines() -> None:
    said = found(problems(Made({"requests.granted.natural_person": 3, "requests.granted.total": 4})), "applicant_sum")
    assert [row[2:] for row in said] == [("error", "requests", "granted", None, 3, 4)]
    said = found(problems(Made({"disputes.litigation_direct.upheld": 2})), "dispute_sum")
    assert [row[2:] for row in said] == [("error", "disputes", "litigation_direct", None, 2, 0)]


def test_messages_name_both_sides_in_both_languages() -> None:
    said = problems(Made({RECEIVED: 83, CARRIED_IN: 6, HANDLED: 95, CARRIED_OUT: 1}))
    row = next(row for row in said.iter_rows(named=True) if row["rule"] == "balance")
    assert "83 + 6 = 89 ≠ 95 + 1 = 96 (difference 7)" in row["message"]
    assert "column 'businesses'" in row["message"]
    assert "83 + 6 = 89 ≠ 95 + 1 = 96（相差7）" in row["message_zh"]
    assert "商业企业" in row["message_zh"]
    assert row["where"] == f"place of {CARRIED_OUT}"


def test_undecided_names_what_is_lacking() -> None:
    said = problems(Made({RECEIVED: "blank", HANDLED: 5}))
    row = next(row for row in said.iter_rows(named=True) if row["rule"] == "balance")
    assert row["message"].endswith("; no figure in Received this year (blank)")
    assert "cannot be decided whether requests received and carried in equal" in row["message"]
    assert "无法判断第一项加第二项之和等于第三项加第四项之和是否成立；" in row["message_zh"]
    assert row["message_zh"].endswith("；无数字：本年新收政府信息公开申请数量（空白）")


def test_decided_by_bounds_says_what_is_known_and_what_is_lacking() -> None:
    said = problems(Made({RECEIVED: 9, CARRIED_IN: "dash", HANDLED: 5}))
    row = next(row for row in said.iter_rows(named=True) if row["rule"] == "balance")
    assert row["severity"] == "error"
    assert "9 ≠ 5" in row["message"]
    assert "no figure in Carried in from last year" in row["message"]


def test_several_reports_of_both_forms_at_once() -> None:
    good = Made({RECEIVED: 5, HANDLED: 5, "requests.granted.business": 5})
    bad = {RECEIVED: 5, HANDLED: 4, "requests.granted.business": 4}
    said = problems(good, Made(bad), Made(bad, "2019", 2020), good, Made({**bad, CARRIED_OUT: 1}))
    assert [(row[0], row[5]) for row in found(said, "balance")] == [("r2", "business"), ("r1", "business")]


def test_nothing_to_check() -> None:
    empty = problems()
    assert empty.height == 0
    assert empty.schema == problems(Made({RECEIVED: 1})).schema
    assert problems(Made()).schema == empty.schema
