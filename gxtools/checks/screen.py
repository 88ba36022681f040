"""A quick look at a single report: whether it is so plainly sound that no rule can find anything.

Starting the frames' machinery costs more than a report's two hundred sums. The screen may only ever say yes where
``check_reports`` finds nothing (a test holds it to that); in doubt it says no.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from gxtools.checks.promises import CELL, TOLERANCE, promises
from gxtools.checks.single_cells import LARGE
from gxtools.checks.statements import subjects
from gxtools.forms import Forms
from gxtools.forms.prose_rules import prose_rules
from gxtools.reading import Cells, Places

Key = tuple[str, str, str, str]
_Values = Callable[[list[float]], tuple[float, ...]]


class _Held(NamedTuple):
    """What must hold among cells that stand in certain places, given by their ``numbers`` in printed order.

    The two sides of each of the ``equations`` add up to the same, the first of each of the ``inequalities`` to no less
    than the second; ``counts`` are whole and not below 0, ``amounts`` not below 0, ``changes`` whole. ``told`` are 0,
    or one of the patterns beside them stands in the prose. Each takes its values out of those of all cells with a 0
    behind them.
    """

    numbers: dict[Key, int]
    forms: tuple[str, ...]
    equations: list[tuple[_Values, _Values]]
    inequalities: list[tuple[_Values, _Values]]
    counts: _Values
    amounts: _Values
    changes: _Values
    told: list[tuple[_Values, re.Pattern[str]]]


@lru_cache(maxsize=8)
def _sums(forms: Forms, equal: bool) -> dict[str, list[list[tuple[Key, float]]]]:
    """By form, the rules whose signed cells must add up to 0, or to no less."""
    found: dict[str, dict[int, list[tuple[Key, float]]]] = {form.id: {} for form in forms.all}
    terms = promises(forms).terms
    columns = [*CELL, "instance", "signed"]
    for form, table, line, column, instance, signed in (
        terms.filter(terms["equal"] == equal).select(columns).iter_rows()
    ):
        found[form].setdefault(instance, []).append(((form, table, line, column), signed))
    return {form: list(instances.values()) for form, instances in found.items()}


@lru_cache(maxsize=8)
def _stated(forms: Forms) -> dict[tuple[str, str], list[Key]]:
    """By form and subject of a claim, the cells whose sum it states."""
    found: dict[tuple[str, str], list[Key]] = {}
    for subject, *cell in subjects(forms).select("subject", *CELL).iter_rows():
        found.setdefault((cell[0], subject), []).append(tuple(cell))
    return found


@lru_cache(maxsize=8)
def _signed(forms: Forms) -> frozenset[Key]:
    cells = promises(forms).cells
    return frozenset(cells.filter(cells["signed"]).select(CELL).iter_rows())


@lru_cache(maxsize=256)
def _held(places: Places, forms: Forms) -> _Held:
    keys = zip(places.form, places.table, places.line, places.column, strict=True)
    numbers = {key: number for number, key in enumerate(keys)}
    used = tuple(dict.fromkeys(places.form))
    equations, inequalities = (
        [(_side(terms, numbers, 1), _side(terms, numbers, -1)) for form in used for terms in _sums(forms, equal)[form]]
        for equal in (True, False)
    )
    told = [
        (
            _picked([number for key, number in numbers.items() if key[1:3] == (rule.table, rule.line)]),
            re.compile(rule.mentions),
        )
        for rule in prose_rules(forms)
    ]
    signed = _signed(forms)
    kinds: dict[str, list[int]] = {"counts": [], "amounts": [], "changes": []}
    for key, number in numbers.items():
        kind = "changes" if key in signed else "counts" if places.unit[number] == "count" else "amounts"
        kinds[kind].append(number)
    values = {kind: _picked(cells) for kind, cells in kinds.items()}
    return _Held(numbers, used, equations, inequalities, told=told, **values)


def _side(terms: list[tuple[Key, float]], numbers: dict[Key, int], sign: int) -> _Values:
    """The cells of one side, each as often as it is counted."""
    return _picked(
        [numbers[key] for key, signed in terms if key in numbers and signed * sign > 0 for _ in range(int(abs(signed)))]
    )


def _picked(cells: list[int]) -> _Values:
    # The 0 behind the values makes it a tuple of two at least, for with one place the getter gives no tuple.
    return itemgetter(-1, -1, *cells)


def plainly_sound(
    year: int | None, cells: Cells, claims: Iterable[tuple[str, float]], texts: Iterable[str], forms: Forms
) -> bool:
    """Whether every cell is printed, every rule holds, every claim (its subject and value) agrees, and the ``texts`` of
    the sections say what figures want said."""
    values = [value for value in cells.value if value is not None]
    if len(values) < len(cells.value):
        return False
    held = _held(cells.places, forms)
    due = forms.for_year(year) if year is not None else None
    if (due is not None and any(form != due.id for form in held.forms)) or _repeats(values, cells.places):
        return False
    values.append(0.0)
    return (
        _have_sense(values, held)
        and not any(abs(sum(left(values)) - sum(right(values))) > TOLERANCE for left, right in held.equations)
        and not any(sum(left(values)) - sum(right(values)) < -TOLERANCE for left, right in held.inequalities)
        and all(max(told(values)) == 0 or any(map(said.search, texts)) for told, said in held.told)
        and all(_agrees(subject, stated, values, held, forms) for subject, stated in claims)
    )


def _have_sense(values: list[float], held: _Held) -> bool:
    """Whether no cell holds a figure of the wrong sign or kind."""
    counts = held.counts(values)
    return (
        min(counts) >= 0
        and all(map(float.is_integer, counts))
        and min(held.amounts(values)) >= 0
        and all(map(float.is_integer, held.changes(values)))
    )


def _repeats(values: list[float], places: Places) -> bool:
    """Whether a large figure stands in two lines of ``proactive``, or in two tables."""
    first: dict[float, int] = {}
    for cell in [cell for cell, value in enumerate(values) if value >= LARGE and value % LARGE]:
        other = first.setdefault(values[cell], cell)
        if places.table[other] != places.table[cell] or (
            places.table[cell] == "proactive" and places.line[other] != places.line[cell]
        ):
            return True
    return False


def _agrees(subject: str, stated: float, values: list[float], held: _Held, forms: Forms) -> bool:
    for form in held.forms:
        cells = [held.numbers[key] for key in _stated(forms).get((form, subject), ()) if key in held.numbers]
        if cells and sum(values[cell] for cell in cells) != stated:
            return False
    return True
