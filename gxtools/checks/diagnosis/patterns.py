"""Changes of many cells that are one slip: known mistakes, two lines exchanged, figures a line too high or too low."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from gxtools.checks.diagnosis.equations import Cell, System
from gxtools.checks.diagnosis.searching import Changes
from gxtools.forms import Table
from gxtools.forms.mistakes import Mistake


class Pattern(NamedTuple):
    """``kind`` as in ``naming.KINDS``; ``en`` and ``zh`` say which mistake, or which lines."""

    kind: str
    changes: Changes
    en: str
    zh: str


def patterns(system: System, table: Table, mistakes: Sequence[Mistake]) -> Iterator[Pattern]:
    """Those that leave no equation broken. A system that holds has none."""
    if not system.broken_after({}):
        return
    for pattern in (*_known(system, table, mistakes), *_exchanged(system, table), *_shifted(system, table)):
        if pattern.changes and not system.broken_after(pattern.changes):
            yield pattern


def _known(system: System, table: Table, mistakes: Sequence[Mistake]) -> Iterator[Pattern]:
    broken = [system.equations[number] for number in system.broken_after({})]
    for mistake in mistakes:
        if mistake.table != table.id:
            continue
        changes: Changes = {}
        for key in dict.fromkeys(equation.key for equation in broken if equation.rule == mistake.rule):
            cells = [(mistake.cell(term.id, key), term.coefficient) for term in mistake.to]
            changed = mistake.cell(mistake.change, key)
            if changed in system.values and all(cell in system.values for cell, _ in cells):
                figure = sum(sign * system.values[cell] for cell, sign in cells)
                if figure >= 0 and figure != system.values[changed]:
                    changes[changed] = figure
        yield Pattern("mistake", changes, mistake.en, mistake.zh)


def _lines(system: System, table: Table) -> dict[str, dict[str, float]]:
    """By line, its figures; lines that lack one are left out."""
    found = {}
    for line in table.lines:
        cells: Mapping[str, Cell] = {column: (table.id, line.id, column) for column in line.columns}
        if all(cell in system.values for cell in cells.values()):
            found[line.id] = {column: system.values[cell] for column, cell in cells.items()}
    return found


def _exchanged(system: System, table: Table) -> Iterator[Pattern]:
    lines = _lines(system, table)
    for one, other in combinations(lines, 2):
        if lines[one].keys() == lines[other].keys() and lines[one] != lines[other]:
            changes = _changes(table, {one: lines[other], other: lines[one]}, lines)
            names = table.line(one), table.line(other)
            yield Pattern("lines_swapped", changes, *(" ↔ ".join(texts) for texts in _texts(names)))


def _shifted(system: System, table: Table) -> Iterator[Pattern]:
    """Figures of a run of lines moved by one line, the one that is overrun standing empty at the other end."""
    lines = _lines(system, table)
    order = [line.id for line in table.lines if line.id in lines]
    for start, end in combinations(range(len(order)), 2):
        run = order[start : end + 1]
        if len({tuple(lines[line]) for line in run}) > 1:
            continue
        for gap, moved in (
            (run[-1], pairwise(run)),
            (run[0], pairwise(reversed(run))),
        ):
            # What was pushed out of the run is lost; the line at its other end must have been filled with zeros.
            if any(lines[gap].values()):
                continue
            new = {line: lines[source] for source, line in moved}
            rest = next(line for line in run if line not in new)
            new[rest] = dict.fromkeys(lines[rest], 0.0)
            names = table.line(run[0]), table.line(run[-1])
            yield Pattern("line_shifted", _changes(table, new, lines), *(" … ".join(texts) for texts in _texts(names)))


def _changes(
    table: Table, new: Mapping[str, Mapping[str, float]], printed: Mapping[str, Mapping[str, float]]
) -> Changes:
    return {
        (table.id, line, column): figure
        for line, figures in new.items()
        for column, figure in figures.items()
        if figure != printed[line][column]
    }


def _texts(lines: Sequence[object]) -> tuple[list[str], list[str]]:
    return [line.en for line in lines], [line.zh for line in lines]  # type: ignore[attr-defined]
