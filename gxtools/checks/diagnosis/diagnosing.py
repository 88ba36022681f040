"""Frames of what could be wrong: ``repairs`` of sums that break, ``bounds`` of cells that hold no figure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import polars as pl

from gxtools.checks.diagnosis.bounds import bounds
from gxtools.checks.diagnosis.equations import Cell, Equation, System, equations
from gxtools.checks.diagnosis.naming import KINDS, kind_of
from gxtools.checks.diagnosis.patterns import patterns
from gxtools.checks.diagnosis.searching import Changes, smallest_sets
from gxtools.checks.promises import promises
from gxtools.checks.years import last_year
from gxtools.forms import Forms, Table
from gxtools.forms.mistakes import mistakes

REPAIRS = {
    **dict.fromkeys(("report", "table"), pl.String),
    **dict.fromkeys(("fault", "rank"), pl.Int64),
    **dict.fromkeys(("kind", "line", "column"), pl.String),
    **dict.fromkeys(("printed", "would_be"), pl.Float64),
    **dict.fromkeys(("message", "message_zh"), pl.String),
}
BOUNDS = {
    **dict.fromkeys(("report", "table", "line", "column", "state"), pl.String),
    **dict.fromkeys(("low", "high"), pl.Float64),
    "rules": pl.String,
}
_MOST_REPAIRS = 5
_LAST_YEAR = "carry_over"


class Diagnosis(NamedTuple):
    """``repairs``: a row a cell of each set of changes that would make every sum of a table hold, likeliest first.

    ``fault`` numbers the groups of broken sums in a table, ``rank`` the sets for one of them; ``kind`` is one of
    ``naming.KINDS``. ``bounds``: a row a cell without a figure, with the least and the greatest that the sums, and last
    year's report, leave possible; ``high`` is null where nothing limits it.
    """

    repairs: pl.DataFrame
    bounds: pl.DataFrame


def diagnose(reports: pl.DataFrame, cells: pl.DataFrame, forms: Forms) -> Diagnosis:
    """Search every table that breaks a sum for the smallest changes that would mend it, and bound what is lacking.

    Frames as declared. At most five sets for each fault; none where more than three slips would be needed. Whether any
    of them is what happened, nobody can tell from the figures: no value is changed.
    """
    held = equations(forms)
    signed = promises(forms).cells.filter("signed")
    free = frozenset(signed.select("table", "line", "column").iter_rows())
    carried = last_year(reports, cells.lazy(), forms)
    repairs: list[tuple[object, ...]] = []
    limits: list[tuple[object, ...]] = []
    for (report, form, table), part in cells.group_by("report", "form", "table", maintain_order=True):
        own = held.get((str(form), str(table)), ())
        if not own or (part["state"] == "absent").all():
            continue
        values: dict[Cell, float | None] = {
            (str(table), line, column): value
            for line, column, value in part.select("line", "column", "value").iter_rows()
        }
        printed = forms.by_id(str(form)).table(str(table))
        repairs += [(report, table, *row) for row in _repairs(System(own, values), printed, free, forms)]
        known = {cell: value for cell, value in carried.get(str(report), {}).items() if cell[0] == table}
        states = dict(zip(values, part["state"], strict=True))
        limits += [(report, *row) for row in _limits((*own, *_equations_of(known)), {**known, **values}, states, free)]
    return Diagnosis(
        pl.DataFrame(repairs, schema=REPAIRS, orient="row"), pl.DataFrame(limits, schema=BOUNDS, orient="row")
    )


def _equations_of(known: Mapping[Cell, float]) -> Iterator[Equation]:
    """This year's cell equals last year's, which stands under a name of its own."""
    for cell in known:
        table, line, column = cell
        yield Equation(_LAST_YEAR, column, (((table, line.removeprefix("previous."), column), 1.0), (cell, -1.0)))


def _repairs(system: System, table: Table, free: frozenset[Cell], forms: Forms) -> Iterator[tuple[object, ...]]:
    whole = list(patterns(system, table, mistakes(forms)))
    for rank, pattern in enumerate(whole[:_MOST_REPAIRS], 1):
        en, zh = KINDS[pattern.kind]
        yield from _rows(0, rank, pattern.kind, pattern.changes, system, f"{en}: {pattern.en}", f"{zh}：{pattern.zh}")
    for fault, sets in enumerate(smallest_sets(system, free), 1):
        kinds = list(KINDS)
        named = sorted(
            ((kind_of(changes, system.values), changes) for changes in sets), key=lambda s: kinds.index(s[0])
        )
        for rank, (kind, changes) in enumerate(named[:_MOST_REPAIRS], 1):
            yield from _rows(fault, rank, kind, changes, system, *KINDS[kind])


def _rows(
    fault: int, rank: int, kind: str, changes: Changes, system: System, en: str, zh: str
) -> Iterator[tuple[object, ...]]:
    for (_, line, column), figure in changes.items():
        yield fault, rank, kind, line, column, system.values[_, line, column], figure, en, zh


def _limits(
    held: tuple[Equation, ...],
    values: Mapping[Cell, float | None],
    states: Mapping[Cell, str],
    free: frozenset[Cell],
) -> Iterator[tuple[object, ...]]:
    if None not in values.values():
        return
    for cell, bound in bounds(held, values, free).items():
        high = None if math.isinf(bound.high) else bound.high
        low = None if math.isinf(bound.low) else bound.low
        yield *cell, states[cell], low, high, ", ".join(bound.rules)
