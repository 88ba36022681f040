"""What the sums, and last year's report, leave open for a cell without a figure: an interval, never a figure to use."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gxtools.checks.diagnosis.equations import Cell, Equation
from gxtools.checks.promises import TOLERANCE

_ROUNDS = 20


class Bound(NamedTuple):
    """``low`` to ``high``, both included; ``high`` is infinite where nothing limits it. ``rules`` that limited it."""

    low: float
    high: float
    rules: tuple[str, ...]


def bounds(
    equations: Iterable[Equation], values: Mapping[Cell, float | None], may_be_negative: frozenset[Cell]
) -> dict[Cell, Bound]:
    """The interval of every cell without a figure that some equation limits.

    Counts are not below 0 unless their column may be. Empty where the equations contradict one another: then a printed
    figure is wrong, and nothing follows from it.
    """
    held = [e for e in equations if any(values.get(cell) is None for cell, _ in e.terms)]
    lacking = {cell for e in held for cell, _ in e.terms if values.get(cell) is None}
    found = {cell: Bound(-math.inf if cell in may_be_negative else 0.0, math.inf, ()) for cell in lacking}
    for _ in range(_ROUNDS):
        before = dict(found)
        for equation in held:
            _narrow(equation, values, found)
        if found == before:
            break
    if any(bound.low > bound.high + TOLERANCE for bound in found.values()):
        return {}
    return {cell: bound for cell, bound in found.items() if bound.rules}


def _narrow(equation: Equation, values: Mapping[Cell, float | None], found: dict[Cell, Bound]) -> None:
    """Each cell is what the others leave of the equation."""
    ranges = [(sign, *_range(cell, sign, values, found)) for cell, sign in equation.terms]
    for index, (cell, sign) in enumerate(equation.terms):
        if values.get(cell) is not None:
            continue
        others = ranges[:index] + ranges[index + 1 :]
        low, high = -sum(top for _, _, top in others), -sum(bottom for _, bottom, _ in others)
        low, high = sorted((low / sign, high / sign))
        old = found[cell]
        new_low, new_high = max(old.low, low), min(old.high, high)
        if new_low > old.low + TOLERANCE or new_high < old.high - TOLERANCE:
            found[cell] = Bound(new_low, new_high, tuple(dict.fromkeys((*old.rules, equation.rule))))


def _range(
    cell: Cell, sign: float, values: Mapping[Cell, float | None], found: Mapping[Cell, Bound]
) -> tuple[float, float]:
    value = values.get(cell)
    low, high = (value, value) if value is not None else (found[cell].low, found[cell].high)
    one, other = sign * low, sign * high
    return min(one, other), max(one, other)
