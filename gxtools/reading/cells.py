"""The cells of a report as columns, in the form's printed order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, eq=False, slots=True)
class Places:
    """What is known of each cell but its figure, a list a column. Reports of one skeleton share one such object.

    ``form`` is that in which the cell's table was printed; ``unit``, ``state``, ``where`` and ``evidence`` as in the
    frame of cells.
    """

    form: list[str] = field(default_factory=list)
    table: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    column: list[str] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    state: list[str] = field(default_factory=list)
    where: list[str | None] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)


class Cells(NamedTuple):
    """Every cell of a report: where it stands, its value in its unit, and its characters."""

    places: Places
    value: list[float | None]
    raw: list[str | None]
