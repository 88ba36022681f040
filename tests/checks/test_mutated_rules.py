"""Mutation testing of the rules' data: every sign flipped, every term dropped, in every rule of every vintage.

Small reports whose verdicts are computed from the rules written out by hand (``oracle``) are held against the mutated
rule: one of them at least must come out otherwise. The same reports come out as they should under the shipped rules.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.oracle import YEARS, Promise, promises_of, verdict
from gxtools.checks.promises import promises
from gxtools.checks.sums import broken_and_undecided
from gxtools.forms import Form, Forms, Rule, Term
from gxtools.forms import forms as shipped
from gxtools.forms.parent_rules import ParentRule, parent_rules
from gxtools.forms.year_rules import PREVIOUS, YearRule, year_rules
from gxtools.frames import frame
from tests.checks.made import Figure, Made, cells_of
from tests.checks.test_years import Years, requests


def _mutated(rule: Any) -> Iterator[Any]:
    """The rule with each term dropped where its side has others, and with each term's sign flipped."""
    for side in ("left", "right"):
        terms: tuple[Term, ...] = getattr(rule, side)
        for index, term in enumerate(terms):
            before, after = terms[:index], terms[index + 1 :]
            flipped = term._replace(coefficient=-term.coefficient)
            yield dataclasses.replace(rule, **{side: (*before, flipped, *after)})
            if len(terms) > 1:
                yield dataclasses.replace(rule, **{side: (*before, *after)})


def _own(form: str, rule: Rule) -> list[Promise]:
    """The instances of a rule as written out by hand."""
    own = [promise for promise in promises_of(form) if promise.rule == rule.id]
    parts = [other for other in shipped().by_id(form).rules if other.id == rule.id]
    return [own[parts.index(rule)]] if len(parts) > 1 else own


def _witnesses(promise: Promise) -> Iterator[dict[str, Figure]]:
    """Figures that tell each term from none and from its opposite: alone, and beside one of the other side."""
    for cell in promise.cells:
        yield {cell: 1}
    for one in promise.left:
        for other in promise.right:
            yield {one: 1, other: 1}
    for change in (cell for cell in promise.cells if cell.endswith(".change")):
        yield {change: -1}
        yield from ({change: by, cell: 1} for cell in promise.cells if cell != change for by in (-1, -2))


@cache
def _told(form: str, rule: Rule) -> tuple[pl.DataFrame, dict[str, bool]]:
    """Cells of every witness for a rule, and which of them break it in some line or column."""
    rows, broken = [], {}
    own = _own(form, rule)
    # One line or column stands for all: the data has the rule's terms once.
    for number, figures in enumerate(_witnesses(own[-1])):
        id = f"r{number}"
        rows += cells_of(id, Made(figures, form, YEARS[form]), shipped())
        broken[id] = any(verdict(figures, promise) == "broken" for promise in own)
    return frame("cells", rows).filter(pl.col("table") == rule.table), broken


def _broken(cells: pl.DataFrame, form: Form, rule: Rule) -> set[str]:
    """The reports that break a rule when it is the only one of its form."""
    alone = dataclasses.replace(form, rules=(rule,))
    found = broken_and_undecided(cells, promises(_forms_with(alone)))
    return set(found["report"])


def _forms_with(form: Form) -> Forms:
    return dataclasses.replace(shipped(), all=(form,))


RULES = {
    f"{form.id}-{rule.id}{'-' if rule.part else ''}{rule.part}": (form, rule)
    for form in shipped().all
    for rule in form.rules
}
MUTANTS = {
    f"{name}-{number}": (form, rule, mutant)
    for name, (form, rule) in RULES.items()
    for number, mutant in enumerate(_mutated(rule))
}


@pytest.mark.parametrize(("form", "rule"), RULES.values(), ids=RULES.keys())
def test_the_shipped_rules_tell_each_witness_as_the_rules_written_by_hand(form: Form, rule: Rule) -> None:
    cells, broken = _told(form.id, rule)
    assert _broken(cells, form, rule) == {id for id, breaks in broken.items() if breaks}
    assert any(broken.values())


@pytest.mark.parametrize(("form", "rule", "mutant"), MUTANTS.values(), ids=MUTANTS.keys())
def test_no_sign_can_be_flipped_and_no_term_dropped_unseen(form: Form, rule: Rule, mutant: Rule) -> None:
    cells, broken = _told(form.id, rule)
    assert _broken(cells, form, mutant) != {id for id, breaks in broken.items() if breaks}


def test_every_term_has_its_mutants() -> None:
    terms = sum(len(rule.left) + len(rule.right) for _, rule in RULES.values())
    droppable = sum(len(side) for _, rule in RULES.values() for side in (rule.left, rule.right) if len(side) > 1)
    assert len(MUTANTS) == terms + droppable


# Between years: figures of last year and this year, and whether they break the rule.
CARRY = [
    (requests(carried_out__total=2), requests(carried_in__total=2), False),
    (requests(carried_out__total=2), requests(), True),
    (requests(), requests(carried_in__total=2), True),
]


def _stock(made: float, repealed: float, in_force: float) -> dict[str, float | str]:
    names = ("made", "repealed", "in_force")
    return {f"proactive.rules.{name}": value for name, value in zip(names, (made, repealed, in_force), strict=True)}


STOCK = [
    (_stock(0, 0, 5), _stock(0, 0, 5), False),
    (_stock(0, 0, 5), _stock(2, 0, 7), False),
    (_stock(0, 0, 5), _stock(0, 2, 3), False),
    (_stock(0, 0, 5), _stock(0, 0, 0), True),
    (_stock(7, 3, 5), _stock(0, 0, 5), False),
]
BETWEEN_YEARS = {"carry_over": CARRY, "stock_flow": STOCK}
YEAR_MUTANTS = {
    f"{rule.id}-{number}": (rule, mutant)
    for rule in year_rules(shipped())
    for number, mutant in enumerate(_mutated(rule))
    # Without a term of last year's it would be no rule between years; the loader refuses that.
    if any(term.id.startswith(PREVIOUS) for term in (*mutant.left, *mutant.right))
}


def _breaks(rule: YearRule) -> list[bool]:
    return [
        bool(Years().add("a", 2021, before).add("b", 2022, now).problems(rule.id))
        for before, now, _ in BETWEEN_YEARS[rule.id]
    ]


@pytest.mark.parametrize("rule", year_rules(shipped()), ids=lambda rule: rule.id)
def test_the_shipped_rules_between_years(rule: YearRule) -> None:
    assert _breaks(rule) == [breaks for *_, breaks in BETWEEN_YEARS[rule.id]]


@pytest.mark.parametrize(("rule", "mutant"), YEAR_MUTANTS.values(), ids=YEAR_MUTANTS.keys())
def test_no_term_between_years_can_be_flipped_or_dropped_unseen(
    rule: YearRule, mutant: YearRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_year_rule(monkeypatch, mutant)
    try:
        assert _breaks(rule) != [breaks for *_, breaks in BETWEEN_YEARS[rule.id]]
    finally:
        _with_year_rule(monkeypatch, None)


def _with_year_rule(monkeypatch: pytest.MonkeyPatch, mutant: YearRule | None) -> None:
    from gxtools.checks import years

    if mutant is None:
        monkeypatch.undo()
    else:
        monkeypatch.setattr(years, "year_rules", lambda forms: (mutant,))
    years._terms.cache_clear()


# Between a government and its bodies: every kind of cell, and every wording of a consolidated report.
WORDINGS = (
    "2022年，全市各级行政机关共收到政府信息公开申请10件。",
    "本报告由各部门报送的数据汇总编制。",
    "本报告综合各县区和市直部门的数据。",
)
BELOW = ("requests.received.total", "proactive.licences.decisions")


def _accused(rules: tuple[ParentRule, ...], monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    monkeypatch.setattr("gxtools.checks.parents.parent_rules", lambda forms: rules)
    found = []
    for wording in WORDINGS:
        for cell in BELOW:
            for own, of_body in ((1.0, 2.0), (2.0, 1.0)):
                years = Years().add("p", 2022, {cell: own}, prose=wording)
                years.add("d", 2022, {cell: of_body}, agency="宿迁市公安局", kind="department")
                found.append(bool(years.problems("parent_sum")))
    return found


def test_no_part_of_the_rule_between_bodies_can_be_dropped_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    (rule,) = parent_rules(shipped())
    told = _accused((rule,), monkeypatch)
    assert told == [True, False] * (len(WORDINGS) * len(BELOW))
    patterns = _patterns()
    assert len(patterns) == len(WORDINGS)
    for index in range(len(rule.cells)):
        fewer = rule.cells[:index] + rule.cells[index + 1 :]
        assert _accused((dataclasses.replace(rule, cells=fewer),), monkeypatch) != told
    for index in range(len(patterns)):
        rest = "|".join(patterns[:index] + patterns[index + 1 :])
        assert _accused((dataclasses.replace(rule, consolidated=rest),), monkeypatch) != told
    assert _accused((), monkeypatch) != told


def _patterns() -> list[str]:
    """The wordings as the data has them."""
    text = (Path(shipped().folder) / "parent_rules.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["consolidated"])
