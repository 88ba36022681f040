"""What the readers of tables find, before it is settled into the form's cells: candidates, doubts and extras."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

LABELS = "labels"
INHERITED = "header inherited"
COUNTED = "count and sums"


class Found(NamedTuple):
    """Characters that stand where the labels of a line and a column meet. ``unit`` is that which the header names."""

    raw: str
    where: str
    evidence: str
    unit: str | None = None


# What the named tuple's own constructor does after sorting its arguments: a report has some 200 finds.
new_found = partial(tuple.__new__, Found)


class Doubt(NamedTuple):
    """Characters that belong to a line or column and cannot be placed for certain; ``why`` is a key of the messages."""

    line: str | None
    column: str | None
    why: str
    raw: str
    where: str


class Extra(NamedTuple):
    """A figure in a line or column that the form does not have."""

    line_label: str
    column_label: str
    raw: str
    where: str


@dataclass
class TableFinds:
    """Everything found of one table in one form."""

    form: str
    table: str
    found: dict[tuple[str, str], list[Found]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)

    def add(self, line: str, column: str, found: Found) -> None:
        """Keep a candidate for a cell."""
        self.found.setdefault((line, column), []).append(found)

    def merge(self, other: TableFinds) -> None:
        """Take over what another part of the same table holds."""
        for key, founds in other.found.items():
            self.found.setdefault(key, []).extend(founds)
        self.doubts += other.doubts
        self.extras += other.extras
