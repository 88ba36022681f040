"""The rules with terms, computed anew in plain Python for drawn reports, from rules written out by hand."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from gxtools.forms import forms
from tests.checks.made import Figure, Made, found, problems

COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organization", "total")
OUTCOMES = (
    *("granted", "partly_granted", "denied_state_secret", "denied_prohibited_by_law", "denied_security_stability"),
    *(
        "denied_third_party",
        "denied_internal_affairs",
        "denied_deliberative",
        "denied_enforcement_file",
        "denied_inquiry",
    ),
    *("unavailable_not_held", "unavailable_must_be_created", "unavailable_unclear", "unprocessed_petition"),
    *("unprocessed_repeat", "unprocessed_published", "unprocessed_excessive", "unprocessed_reissue"),
)
OTHER = {"2019": ("other",), "2021": ("other_not_supplemented", "other_fee_unpaid", "other_other")}
BLOCKS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending")

Equation = tuple[str, str, str | None, str | None, list[str], list[str]]


def equations(form: str) -> list[Equation]:
    """Rule, table, line, column, the cells of the left side and those of the right."""
    outcomes = [*OUTCOMES, *OTHER[form]]
    lines = ["received", "carried_in", *outcomes, "handled", "carried_out"]
    told: list[Equation] = []
    for column in COLUMNS:
        cells = [f"requests.{line}.{column}" for line in ("received", "carried_in", "handled", "carried_out")]
        told.append(("balance", "requests", None, column, cells[:2], cells[2:]))
        left = [f"requests.{line}.{column}" for line in outcomes]
        told.append(("handled_sum", "requests", None, column, left, [f"requests.handled.{column}"]))
    for line in lines:
        left = [f"requests.{line}.{column}" for column in COLUMNS[:-1]]
        told.append(("applicant_sum", "requests", line, None, left, [f"requests.{line}.total"]))
    for block in BLOCKS:
        left = [f"disputes.{block}.{result}" for result in RESULTS]
        told.append(("dispute_sum", "disputes", block, None, left, [f"disputes.{block}.total"]))
    return told


def verdict(figures: dict[str, Figure], left: list[str], right: list[str]) -> str:
    sides = [[figures.get(cell, 0) for cell in side] for side in (left, right)]
    if all(figure == "absent" for side in sides for figure in side):
        return "silent"
    known = [sum(figure for figure in side if not isinstance(figure, str)) for side in sides]
    open_left, open_right = (any(isinstance(figure, str) for figure in side) for side in sides)
    if not open_left and not open_right:
        return "holds" if known[0] == known[1] else "error"
    # What is lacking is not below 0, so the side without a gap cannot be overtaken and caught up with again.
    exceeded = (known[0] > known[1] and not open_right) or (known[1] > known[0] and not open_left)
    return "error" if exceeded else "notice"


STATES = st.sampled_from(["blank", "dash", "unreadable", "absent"])


@st.composite
def made(draw: st.DrawFn) -> Made:
    form = draw(st.sampled_from(["2019", "2021"]))
    cells = [".".join(cell[:3]) for cell in forms().by_id(form).cells if cell.table != "proactive"]
    figures: dict[str, Figure] = {}
    for rule, _, _, _, left, right in draw(st.lists(st.sampled_from(equations(form)), max_size=3)):
        # Sums that hold, so that not every rule fails; later ones may break them again.
        value = draw(st.integers(0, 4))
        figures |= {
            draw(st.sampled_from(left)): value,
            right[0]: value if rule != "balance" else draw(st.integers(0, 4)),
        }
    figures |= draw(st.dictionaries(st.sampled_from(cells), st.integers(0, 3) | STATES, max_size=6))
    return Made(figures, form, 2020 if form == "2019" else 2023)


@settings(max_examples=60)
@given(st.lists(made(), min_size=1, max_size=4))
def test_every_rule_in_every_line_and_column(reports: list[Made]) -> None:
    said = found(problems(*reports), "balance", "handled_sum", "applicant_sum", "dispute_sum")
    expected = []
    for number, report in enumerate(reports):
        figures = dict(report.figures)
        for rule, table, line, column, left, right in equations(report.form):
            severity = verdict(figures, left, right)
            if severity in ("error", "notice"):
                complete = severity == "error" and not any(isinstance(figures.get(c, 0), str) for c in (*left, *right))
                sums = [float(sum(figures.get(c, 0) for c in side)) if complete else None for side in (left, right)]
                expected.append((f"r{number}", rule, severity, table, line, column, *sums))
    assert sorted(said, key=str) == sorted(expected, key=str)


def test_the_oracle_knows_every_instance() -> None:
    for form, count in (("2019", 7 + 7 + 23 + 3), ("2021", 7 + 7 + 25 + 3)):
        assert len(equations(form)) == count
        cells = {".".join(cell[:3]) for cell in forms().by_id(form).cells}
        assert {cell for *_, left, right in equations(form) for cell in (*left, *right)} <= cells
        assert len(set(product(BLOCKS, RESULTS))) == 12
