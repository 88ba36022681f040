"""Where every figure of a document's tables belongs: worked out, or remembered from a document of the same skeleton.

The labels and their places decide it; the figures do not, but where a count of figures must be borne out by sums.
What no value had a say in is a placement for every document with that skeleton.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from gxtools import figures
from gxtools.forms import Form, Forms
from gxtools.grids import Document
from gxtools.reading.cells import Cells
from gxtools.reading.finds import TableFinds
from gxtools.reading.lexicon import Lexicon, Marks
from gxtools.reading.memory import Memory
from gxtools.reading.searching import (
    doubt_counted,
    find_in_grids,
    find_in_text,
    find_unplaced,
    joined,
    marks_of_lines,
    may_hold,
)
from gxtools.reading.sections import Section
from gxtools.reading.settling import Amount, Problem, Settled
from gxtools.reading.sheets import Sheet
from gxtools.reading.skeletons import Skeleton, kind_of, skeleton_of

# In characters and cells of skeletons: a report's has some 2,000.
_MOST_REMEMBERED = 500_000


class TableExtra(NamedTuple):
    """One row of ``extras`` without the report's id."""

    table: str
    line_label: str
    column_label: str
    raw: str
    value: float | None
    where: str


@dataclass(frozen=True, eq=False)
class Placement:
    """What the tables of a document hold: the cells of its ``form``, figures beside them, and what could not be read.

    ``tables`` are those that were found. ``counts`` and ``amounts``, as they were settled, and ``beside`` (each a place
    among ``extras`` and one among the skeleton's texts) are the figures that differ between documents of one skeleton;
    ``lacking`` cells have none.
    """

    form: str | None
    tables: frozenset[str]
    cells: Cells
    extras: list[TableExtra]
    problems: list[Problem]
    counts: list[tuple[int, int]]
    amounts: list[Amount]
    beside: list[tuple[int, int]]
    lacking: int

    def with_figures(self, texts: Sequence[str]) -> Placement | None:
        """The same with the figures of another document; null where one of them leaves a doubt of its own."""
        values, raws = list(self.cells.value), list(self.cells.raw)
        for place, source in self.counts:
            raw = raws[place] = texts[source]
            values[place] = figures.parse(raw).value
        for place, source, unit, default_unit in self.amounts:
            raw = raws[place] = texts[source]
            values[place] = figures.parse(raw, unit, default_unit).value
        if values.count(None) > self.lacking:
            return None
        extras = list(self.extras)
        for place, source in self.beside:
            raw = texts[source]
            extras[place] = extras[place]._replace(raw=raw, value=_value(raw))
        return replace(self, cells=Cells(self.cells.places, values, raws), extras=extras)


def place_tables(
    document: Document,
    sections: Sequence[Section],
    words: Lexicon,
    year: int | None,
    due: Form | None,
    default: Form | None,
) -> Placement:
    """The tables of a document, from its grids, else from its lines.

    ``due`` is the form of the report's ``year``, null where there was none or the year is not known; ``default`` counts
    where the labels do not tell.
    """
    skeleton = skeleton_of(document, words, year)
    in_text = [marks_of_lines(section.lines, words) for section in sections]
    key = (skeleton.key, due.id if due else None, default.id if default else None)
    known = _memory(words.forms).get(key)
    if known is not None and not _text_may_add(known, joined(in_text), words):
        placement = known.with_figures(skeleton.texts)
        if placement is not None:
            return placement
    sheets = _sheets(skeleton, words)
    in_grids = find_in_grids(sheets, words, default)
    finds = in_grids | _found_in_text(in_grids, sheets, sections, in_text, words, default)
    for found in finds.values():
        doubt_counted(found, document, words)
    finds |= _unplaced(finds, sheets, sections, in_text, words, default)
    placement, lasting = _settled({table: finds[table] for table in words.table_ids if table in finds}, words, due)
    if lasting and len(finds) == len(in_grids) and not any(sheet.repeats or sheet.weighed for sheet in sheets):
        _memory(words.forms).keep(key, placement, len(skeleton.texts) + sum(map(len, skeleton.texts)))
    return placement


@lru_cache(maxsize=8)
def _memory(forms: Forms) -> Memory[Placement]:
    return Memory(_MOST_REMEMBERED)


def forget() -> None:
    """Forget every placement: for whoever changes a reader while the program runs."""
    _memory.cache_clear()


def _text_may_add(known: Placement, in_text: Marks, words: Lexicon) -> bool:
    """Whether the lines of a text might hold a table that its grids do not."""
    return any(may_hold(in_text, table, words) for table in words.table_ids if table not in known.tables)


def _sheets(skeleton: Skeleton, words: Lexicon) -> list[Sheet]:
    sheets: list[Sheet] = []
    first = 0
    for grid, caption in zip(skeleton.grids, skeleton.captions, strict=True):
        sheets.append(Sheet(grid, first, words, caption))
        first += sum(map(len, grid.rows))
    return sheets


def _found_in_text(
    in_grids: Mapping[str, TableFinds],
    sheets: Sequence[Sheet],
    sections: Sequence[Section],
    in_text: Sequence[Marks],
    words: Lexicon,
    default: Form | None,
) -> dict[str, TableFinds]:
    """The tables that the lines of the text hold and no grid does."""
    evidence = joined(sheet.evidence for sheet in sheets)
    return _others(in_grids, words, lambda table: find_in_text(table, sections, in_text, evidence, words, default))


def _unplaced(
    finds: Mapping[str, TableFinds],
    sheets: Sequence[Sheet],
    sections: Sequence[Section],
    in_text: Sequence[Marks],
    words: Lexicon,
    default: Form | None,
) -> dict[str, TableFinds]:
    """The tables of which labels are there and no figure was found."""
    evidence = joined([*in_text, *(sheet.evidence for sheet in sheets)])
    return _others(finds, words, lambda table: find_unplaced(table, sections, sheets, evidence, words, default))


def _others(
    finds: Mapping[str, TableFinds], words: Lexicon, find: Callable[[str], TableFinds | None]
) -> dict[str, TableFinds]:
    """What is found of the tables that were not found before."""
    found = {table: find(table) for table in words.table_ids if table not in finds}
    return {table: held for table, held in found.items() if held is not None}


def _settled(finds: Mapping[str, TableFinds], words: Lexicon, due: Form | None) -> tuple[Placement, bool]:
    """The placement that was found, and whether it would be the same with any other figures of the same kinds."""
    form = _form_of(finds, due, words.forms)
    settled = Settled()
    if form is not None:
        for table in form.tables:
            if table.id in finds:
                settled.add(words.tables[finds[table.id].form, table.id], finds[table.id])
            else:
                settled.add_absent(words.tables[form.id, table.id])
    extras = [(table, extra) for table, found in finds.items() for extra in found.extras]
    placement = Placement(
        form=form.id if form is not None else None,
        tables=frozenset(finds),
        cells=settled.cells,
        extras=[
            TableExtra(table, extra.line_label, extra.column_label, extra.raw, _value(extra.raw), extra.where)
            for table, extra in extras
        ],
        problems=settled.problems,
        counts=settled.counts,
        amounts=settled.amounts,
        beside=[
            (place, extra.source)
            for place, (_, extra) in enumerate(extras)
            if extra.source is not None and kind_of(extra.raw) is not None
        ],
        lacking=settled.cells.value.count(None),
    )
    labels = itertools.chain.from_iterable((extra.line_label, extra.column_label) for _, extra in extras)
    return placement, settled.lasting and all(kind_of(label) is None for label in labels)


def _form_of(finds: Mapping[str, TableFinds], due: Form | None, forms: Forms) -> Form | None:
    """The form of table ``requests``, without it that of the year, without a year that of any table."""
    printed = finds.get("requests") or (next(iter(finds.values()), None) if due is None else None)
    return forms.by_id(printed.form) if printed is not None else due


def _value(raw: str) -> float | None:
    """An extra has no unit but what is printed in its cell."""
    return figures.parse(raw, "10k_cny", None).value if "元" in raw else figures.parse(raw).value
