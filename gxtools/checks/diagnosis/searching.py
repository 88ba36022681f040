"""The smallest sets of cells whose change would mend every equation of a table, found by going from fault to fault."""

from __future__ import annotations

from collections.abc import Iterator

from gxtools.checks.diagnosis.equations import Cell, System
from gxtools.checks.promises import TOLERANCE

Changes = dict[Cell, float]

_MOST_EQUATIONS = 3  # in which one cell of an official form stands
_LARGEST_SET = 3
_MOST_SETS = 200
_MOST_STEPS = 20_000


def smallest_sets(system: System, may_be_negative: frozenset[Cell]) -> list[list[Changes]]:
    """For each group of faults that share cells, every set of the least number of cells (at most three) that mends it.

    A group that the sets of another mend along with their own is not told again; one that so few cells cannot mend has
    an empty list. A new figure is whole where the printed one is, and not below 0 unless its column may be.
    """
    groups = system.groups()
    sets = [_of_group(group, may_be_negative) for group in groups]
    return [own for group, own in zip(groups, sets, strict=True) if not _mended_by_another(group, own, sets)]


def _mended_by_another(group: System, own: list[Changes], sets: list[list[Changes]]) -> bool:
    """Whether an earlier group's sets, or a later one's smaller sets, leave nothing broken here."""
    place = next(index for index, others in enumerate(sets) if others is own)
    for index, others in enumerate(sets):
        better = index < place or not own or (others and len(others[0]) < len(own[0]))
        if index != place and others and better and not any(group.broken_after(changes) for changes in others):
            return True
    return False


def _of_group(group: System, may_be_negative: frozenset[Cell]) -> list[Changes]:
    steps = iter(range(_MOST_STEPS))
    for size in range(1, _LARGEST_SET + 1):
        found: dict[tuple[tuple[Cell, float], ...], Changes] = {}
        for changes in _sets(group, {}, size, may_be_negative, steps):
            found.setdefault(tuple(sorted(changes.items())), changes)
            if len(found) >= _MOST_SETS:
                break
        if found:
            return list(found.values())
    return []


def _sets(
    system: System, changes: Changes, left: int, may_be_negative: frozenset[Cell], steps: Iterator[int]
) -> Iterator[Changes]:
    """Change one cell of a broken equation so that one of its equations holds, then go on with what is still broken."""
    broken = system.broken_after(changes)
    if not broken:
        yield changes
    if not broken or len(broken) > left * _MOST_EQUATIONS or next(steps, None) is None:
        return
    # All equations that no later cell can mend together with this one are looked at from their shortest.
    first = min(broken, key=lambda number: len(system.equations[number].terms))
    for cell, _ in system.equations[first].terms:
        if cell in changes:
            continue
        for by in {-broken[number] / sign for number, sign in system.of_cell[cell] if number in broken}:
            figure = system.values[cell] + by
            if _is_possible(figure, system.values[cell], cell in may_be_negative):
                yield from _sets(system, {**changes, cell: _exact(figure)}, left - 1, may_be_negative, steps)


def _is_possible(figure: float, printed: float, may_be_negative: bool) -> bool:
    whole = printed != round(printed) or abs(figure - round(figure)) <= TOLERANCE
    return whole and (may_be_negative or figure >= -TOLERANCE)


def _exact(figure: float) -> float:
    """The figure without what adding and taking off in floats leaves behind."""
    return float(round(figure)) if abs(figure - round(figure)) <= TOLERANCE else round(figure, 6)
