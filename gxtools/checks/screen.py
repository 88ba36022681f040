"""A quick look at a single report: whether it is so plainly sound that no rule can find anything.

Starting the frames' machinery costs more than a report's two hundred sums. The screen may only ever say yes where
``check_reports`` finds nothing (a test holds it to that); in doubt it says no.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from gxtools.checks.promises import CELL, promises
from gxtools.checks.single_cells import LARGE
from gxtools.checks.statements import subjects
from gxtools.checks.sums import TOLERANCE
from gxtools.forms import Forms

Key = tuple[str, str, str, str]


@lru_cache(maxsize=8)
def _sums(forms: Forms) -> dict[str, list[list[tuple[Key, float]]]]:
    """By form, the equations whose signed cells must add up to 0."""
    found: dict[str, dict[int, list[tuple[Key, float]]]] = {form.id: {} for form in forms.all}
    columns = [*CELL, "instance", "signed"]
    for form, table, line, column, instance, signed in promises(forms).terms.select(columns).iter_rows():
        found[form].setdefault(instance, []).append(((form, table, line, column), signed))
    return {form: list(instances.values()) for form, instances in found.items()}


@lru_cache(maxsize=8)
def _stated(forms: Forms) -> dict[tuple[str, str], list[Key]]:
    """By form and subject of a claim, the cells whose sum it states."""
    found: dict[tuple[str, str], list[Key]] = {}
    for subject, *cell in subjects(forms).iter_rows():
        found.setdefault((cell[0], subject), []).append(tuple(cell))
    return found


@lru_cache(maxsize=8)
def _signed(forms: Forms) -> frozenset[Key]:
    cells = promises(forms).cells
    return frozenset(cells.filter(cells["signed"]).select(CELL).iter_rows())


@lru_cache(maxsize=8)
def _only_equations(forms: Forms) -> bool:
    return bool(promises(forms).terms["equal"].all())


def plainly_sound(
    year: int | None, cells: Sequence[tuple[Any, ...]], claims: Sequence[tuple[Any, ...]], forms: Forms
) -> bool:
    """Whether every cell is printed, every rule holds, and every claim agrees. Rows as in the declared frames."""
    due = forms.for_year(year) if year is not None else None
    values: dict[Key, float] = {}
    large: dict[float, Key] = {}
    signed = _signed(forms)
    for _, form, table, line, column, value, unit, _, _, _, _ in cells:
        key = (form, table, line, column)
        if value is None or (due is not None and form != due.id):
            return False
        whole = value == round(value)
        if (value < 0 or (unit == "count" and not whole)) and not (whole and key in signed):
            return False
        if value >= LARGE and value % LARGE:
            first = large.setdefault(value, key)
            if first[1] != table or (table == "proactive" and first[2] != line):
                return False
        values[key] = value
    used = {key[0] for key in values}
    if not _only_equations(forms) or len(values) != len(cells):
        return False
    for form in used:
        for terms in _sums(forms)[form]:
            total = 0.0
            for key, sign in terms:
                if key in values:
                    total += sign * values[key]
            if abs(total) > TOLERANCE:
                return False
    return all(_agrees(claim, used, values, forms) for claim in claims)


def _agrees(claim: tuple[Any, ...], used: set[str], values: dict[Key, float], forms: Forms) -> bool:
    for form in used:
        cells = [key for key in _stated(forms).get((form, claim[1]), ()) if key in values]
        if cells and sum(values[key] for key in cells) != claim[2]:
            return False
    return True
