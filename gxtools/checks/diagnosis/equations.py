"""A report's figures and the equations that its forms promise of them, small enough to search through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from gxtools.checks.promises import TOLERANCE, promises
from gxtools.forms import Forms

Cell = tuple[str, str, str]


class Equation(NamedTuple):
    """Signed cells that add up to 0. ``rule`` and ``key`` (its line or column) name it."""

    rule: str
    key: str
    terms: tuple[tuple[Cell, float], ...]


@lru_cache(maxsize=8)
def equations(forms: Forms) -> dict[tuple[str, str], tuple[Equation, ...]]:
    """By form and table, the equations of the form. Inequalities, and what is merely to be expected, are left out: they
    say too little to mend by."""
    held = promises(forms)
    named = {row["instance"]: row for row in held.instances.iter_rows(named=True)}
    expected = {instance for instance, row in named.items() if row["severity"] == "notice"}
    terms: dict[tuple[str, str, int], list[tuple[Cell, float]]] = {}
    for row in held.terms.filter(held.terms["equal"]).iter_rows(named=True):
        if row["instance"] in expected:
            continue
        cell = row["table"], row["line"], row["column"]
        terms.setdefault((row["form"], row["table"], row["instance"]), []).append((cell, row["signed"]))
    found: dict[tuple[str, str], list[Equation]] = {}
    for (form, table, instance), members in terms.items():
        rule = named[instance]
        found.setdefault((form, table), []).append(
            Equation(rule["rule"], rule["line"] or rule["column"], tuple(members))
        )
    return {place: tuple(held) for place, held in found.items()}


class System:
    """Equations of one table over its figures: those alone that can be decided.

    ``values`` holds null for a cell without a figure; ``differences`` what each equation is off by, 0 where it holds;
    ``of_cell`` the equations in which a cell stands, with its sign.
    """

    def __init__(self, equations: Iterable[Equation], values: Mapping[Cell, float | None]) -> None:
        self.values: dict[Cell, float] = {cell: value for cell, value in values.items() if value is not None}
        self.equations = [e for e in equations if all(cell in self.values for cell, _ in e.terms)]
        self.differences = [sum(sign * self.values[cell] for cell, sign in e.terms) for e in self.equations]
        self.of_cell: dict[Cell, list[tuple[int, float]]] = {}
        for number, equation in enumerate(self.equations):
            for cell, sign in equation.terms:
                self.of_cell.setdefault(cell, []).append((number, sign))

    def broken_after(self, changes: Mapping[Cell, float]) -> dict[int, float]:
        """The equations that do not hold once cells are changed to other figures, with what they are off by."""
        differences = self.differences.copy()
        for cell, figure in changes.items():
            for number, sign in self.of_cell.get(cell, ()):
                differences[number] += sign * (figure - self.values[cell])
        return {number: off for number, off in enumerate(differences) if abs(off) > TOLERANCE}

    def groups(self) -> list[System]:
        """The system once for each group of broken equations that share cells, with all the equations that hold."""
        groups: list[tuple[set[Cell], set[int]]] = []
        broken = self.broken_after({})
        for number in broken:
            cells = {cell for cell, _ in self.equations[number].terms}
            near = [group for group in groups if group[0] & cells]
            groups = [group for group in groups if group not in near]
            groups.append((cells.union(*(held for held, _ in near)), {number}.union(*(held for _, held in near))))
        return [
            System([e for n, e in enumerate(self.equations) if n in numbers or n not in broken], self.values)
            for _, numbers in groups
        ]
