"""What the readers of tables find, before it is settled into the form's cells: candidates, doubts and extras."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

LABELS = "labels"
INHERITED = "header inherited"
COUNTED = "count and sums"


class Found(NamedTuple):
    """Characters that stand where the labels of a line and a column meet. ``unit`` is that which the header names.

    ``source`` is the place of the cell among the texts of the document's skeleton; null for a line of text.
    """

    raw: str
    where: str
    evidence: str
    unit: str | None = None
    source: int | None = None


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
    """A figure in a line or column that the form does not have; ``source`` as of a find.

    ``line`` is the line of the form in whose row it stands; null where that is none either.
    """

    line_label: str
    column_label: str
    raw: str
    where: str
    source: int | None = None
    line: str | None = None


@dataclass
class TableFinds:
    """Everything found of one table in one form: by line and column what was ``found`` first, and what ``again``."""

    form: str
    table: str
    found: dict[tuple[str, str], Found] = field(default_factory=dict)
    again: dict[tuple[str, str], list[Found]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)

    def add(self, line: str, column: str, found: Found) -> None:
        """Keep a candidate for a cell."""
        self.add_at((line, column), found)

    def add_at(self, place: tuple[str, str], found: Found) -> None:
        """Keep a candidate for a cell, given by its line and column."""
        if place in self.found:
            self.again.setdefault(place, []).append(found)
        else:
            self.found[place] = found


def merged(parts: Sequence[TableFinds]) -> TableFinds:
    """What the parts of one table hold together.

    Where two lines or more stand in several of them they are no parts but the table twice, and a cell that only one
    of them has may be another year's: unless most of what stands twice is the same, and so the table is.
    """
    whole = TableFinds(parts[0].form, parts[0].table)
    for part in parts:
        for place, found in part.found.items():
            for each in (found, *part.again.get(place, ())):
                whole.add_at(place, each)
        whole.doubts += part.doubts
        whole.extras += part.extras
    doubt_lone(whole, Counter(itertools.chain.from_iterable(part.found for part in parts)))
    return whole


def doubt_lone(whole: TableFinds, times: Mapping[tuple[str, str], int]) -> None:
    """Doubt the cells that stand once where the table stands twice; ``times`` is how often each cell stands there."""
    if len({line for (line, _), count in times.items() if count > 1}) > 1 and not _mostly_agrees(whole):
        for place, count in times.items():
            if count == 1:
                found = whole.found[place]
                whole.doubts.append(Doubt(*place, "in_one_of_two", found.raw, found.where))


def _mostly_agrees(whole: TableFinds) -> bool:
    """Whether more than half of what stands twice is the same. A 0 says nothing: most cells of a report hold one."""
    twice = [{whole.found[place].raw.strip(), *(f.raw.strip() for f in again)} for place, again in whole.again.items()]
    telling = [raws for raws in twice if raws - {"", "0"}]
    return 2 * sum(len(raws) == 1 for raws in telling) > len(telling)
