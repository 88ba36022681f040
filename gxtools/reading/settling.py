"""Finds -> the form's cells: one state for each cell, and a row in ``problems`` for whatever could not be read."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from gxtools import figures
from gxtools.forms import Table
from gxtools.reading.finds import Doubt, Found, TableFinds
from gxtools.reading.messages import WHY


class Cell(NamedTuple):
    """One row of ``cells`` without the report's id."""

    table: str
    line: str
    column: str
    value: float | None
    unit: str
    raw: str | None
    state: str
    where: str | None
    evidence: str


# What the named tuple's own constructor does after sorting its arguments: a report has some 200 cells.
_new_cell = partial(tuple.__new__, Cell)


class Problem(NamedTuple):
    """One row of ``problems`` without the report's id."""

    rule: str
    severity: str
    table: str | None
    line: str | None
    column: str | None
    expected: float | None
    found: float | None
    message: str
    message_zh: str
    where: str | None


def settle(table: Table, finds: TableFinds) -> tuple[list[Cell], list[Problem]]:
    """Give every cell of a table its state. A doubt outweighs a find; two finds that differ are a doubt."""
    doubts: dict[tuple[str, str], Doubt] = {}
    lost: list[Doubt] = []
    for doubt in finds.doubts:
        if doubt.line is None or doubt.column is None:
            lost.append(doubt)
        else:
            doubts.setdefault((doubt.line, doubt.column), doubt)
    cells = []
    units, parse = table.default_units, figures.parse
    for id, line, column, unit in table.cells:
        place = line, column
        founds = finds.found.get(place)
        if place not in doubts and founds is not None and len(founds) > 1:
            differing = _differing(line, column, unit, units[place], founds)
            if differing is not None:
                doubts[place] = differing
        if place in doubts:
            doubt = doubts[place]
            cells.append(Cell(id, line, column, None, unit, doubt.raw, figures.UNREADABLE, doubt.where or None, ""))
        elif founds is None:
            cells.append(Cell(id, line, column, None, unit, None, figures.ABSENT, None, ""))
        else:
            raw, where, evidence, printed_unit = founds[0]
            value, state, why = parse(raw, unit, printed_unit or units[place] if unit != "count" else "count")
            if why is not None:
                doubts[place] = Doubt(line, column, why, raw, where)
            cells.append(_new_cell((id, line, column, value, unit, raw, state, where, evidence)))
    return cells, _problems(table, doubts, lost)


def absent_cells(table: Table) -> list[Cell]:
    """The cells of a table that the document does not hold."""
    return [Cell(c.table, c.line, c.column, None, c.unit, None, figures.ABSENT, None, "") for c in table.cells]


def _differing(line: str, column: str, unit: str, default: str | None, founds: list[Found]) -> Doubt | None:
    """Null where all finds say the same."""
    read = {figures.parse(f.raw, unit, f.unit or default if unit != "count" else "count")[:2] for f in founds}
    if len(read) == 1:
        return None
    raw = " | ".join(found.raw for found in founds)
    return Doubt(line, column, "stands_twice", raw, "; ".join(found.where for found in founds))


def _problems(table: Table, doubts: dict[tuple[str, str], Doubt], lost: list[Doubt]) -> list[Problem]:
    """One row for a doubt that covers the whole table or a whole line, else one for each cell."""
    by_why: dict[str, list[Doubt]] = {}
    for doubt in doubts.values():
        by_why.setdefault(doubt.why, []).append(doubt)
    problems = []
    size = sum(len(line.columns) for line in table.lines)
    for why, members in by_why.items():
        if len(members) == size > 1:
            problems.append(_problem(why, table, None, None, members[0]))
            continue
        by_line: dict[str, list[Doubt]] = {}
        for doubt in members:
            by_line.setdefault(doubt.line or "", []).append(doubt)
        for line, cells in by_line.items():
            whole = len(cells) == len(table.line(line).columns) > 1
            problems += [_problem(why, table, line, None, cells[0])] if whole else []
            problems += [] if whole else [_problem(why, table, line, cell.column, cell) for cell in cells]
    return problems + [_problem(doubt.why, table, doubt.line, doubt.column, doubt) for doubt in lost]


def _problem(why: str, table: Table, line: str | None, column: str | None, doubt: Doubt) -> Problem:
    rule, en, zh = WHY[why]
    place_en = [table.en, table.line(line).en if line else "", table.column(column).en if column else ""]
    place_zh = [table.zh, table.line(line).zh if line else "", table.column(column).zh if column else ""]
    printed = doubt.raw if len(doubt.raw) <= 60 else doubt.raw[:57] + "…"
    return Problem(
        rule,
        "warning",
        table.id,
        line,
        column,
        None,
        None,
        f"{', '.join(part for part in place_en if part)}: {en} (printed: {printed!r})",
        f"{'，'.join(part for part in place_zh if part)}：{zh}（原文：{printed!r}）",
        doubt.where or None,
    )
