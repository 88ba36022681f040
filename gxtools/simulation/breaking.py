"""Which rules the printed figures of a block break, told from the figures alone: what the checks must see.

The sums come from the forms' own terms, but nothing of ``gxtools.checks`` is used here: two ways to one answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from gxtools.simulation.bodies import SimulatedBody
from gxtools.simulation.plans import Plan
from gxtools.simulation.requests import Floats

Broken = tuple[int, int, str, str | None, str | None]
"""The body's and the year's place, the rule, and the line or the column of its instance."""

_LARGE = 1000
_STOCKS = ("rules", "normative_documents")
_STOCKS_SINCE, _CARRIED_SINCE = 2022, 2020


def broken(
    bodies: Sequence[SimulatedBody],
    says_whole: npt.NDArray[np.bool_],
    years: Sequence[int],
    plans: Sequence[Plan],
    values: Sequence[Floats],
) -> Iterator[Broken]:
    """Every instance of a rule that the figures of a block break; ``values`` has an array, body x cell, for each year.

    A blank (NaN) leaves an equation open. ``says_whole`` tells whose reports say that they count all bodies below.
    """
    for year, (plan, own) in enumerate(zip(plans, values, strict=True)):
        matrix, names = plan.equations
        blank = np.isnan(own)
        sums = np.where(blank, 0, own) @ matrix
        open_sums = blank.astype(np.float64) @ (matrix != 0)
        for body, instance in np.argwhere((np.abs(sums) > 1e-6) & (open_sums == 0)).tolist():
            yield body, year, *names[instance]
        yield from _single_cells(plan, year, own)
        if year and years[year] >= _CARRIED_SINCE:
            yield from _carried(plans, values, year)
        if year and years[year] >= _STOCKS_SINCE:
            yield from _stocks(plan, values, year)
        yield from _below(bodies, says_whole, plan, year, own)


def _carried(plans: Sequence[Plan], values: Sequence[Floats], year: int) -> Iterator[Broken]:
    for column in plans[year].form.table("requests").columns:
        now = values[year][:, plans[year].places["requests", "carried_in", column.id]]
        before = values[year - 1][:, plans[year - 1].places["requests", "carried_out", column.id]]
        for body in np.flatnonzero(np.abs(now - before) > 0).tolist():
            yield body, year, "carry_over", None, column.id


def _stocks(plan: Plan, values: Sequence[Floats], year: int) -> Iterator[Broken]:
    for line in _STOCKS:
        now, made, repealed = (
            values[year][:, plan.places["proactive", line, column]] for column in ("in_force", "made", "repealed")
        )
        before = values[year - 1][:, plan.places["proactive", line, "in_force"]]
        for body in np.flatnonzero(np.abs(now - before - made + repealed) > 0).tolist():
            yield body, year, "stock_flow", line, None


def _below(
    bodies: Sequence[SimulatedBody], says_whole: npt.NDArray[np.bool_], plan: Plan, year: int, own: Floats
) -> Iterator[Broken]:
    """A whole below the sum of the bodies just under it; a blank adds nothing to the sum."""
    compared = plan.compared
    for above in np.flatnonzero(says_whole).tolist():
        under = [place for place, body in enumerate(bodies) if body.parent == above]
        if not under:
            continue
        sums = np.nansum(own[np.ix_(under, compared)], axis=0)
        for which in np.flatnonzero(own[above, compared] < sums - 1e-6).tolist():
            cell = plan.form.cells[compared[which]]
            yield above, year, "parent_sum", cell.line, cell.column


def _single_cells(plan: Plan, year: int, own: Floats) -> Iterator[Broken]:
    for body, place in np.argwhere(own * plan.unsigned < 0).tolist():
        yield body, year, "sign", plan.form.cells[place].line, plan.form.cells[place].column
    for body, place in np.argwhere(np.isnan(own)).tolist():
        yield body, year, "blank_cell", plan.form.cells[place].line, plan.form.cells[place].column
    yield from _repeated(plan, year, own)


def _repeated(plan: Plan, year: int, own: Floats) -> Iterator[Broken]:
    """A large figure, no round thousand, in two lines of ``proactive`` or in two tables: at its second place."""
    large = (own >= _LARGE) & (own % _LARGE != 0)
    for body in np.flatnonzero(large.sum(axis=1) > 1).tolist():
        first: dict[float, int] = {}
        said: set[float] = set()
        for place in np.flatnonzero(large[body]).tolist():
            value = float(own[body, place])
            cell, before = plan.form.cells[place], plan.form.cells[first.setdefault(value, place)]
            elsewhere = cell.table != before.table or (cell.table == "proactive" and cell.line != before.line)
            if elsewhere and value not in said:
                said.add(value)
                yield body, year, "repeated_figure", cell.line, cell.column
