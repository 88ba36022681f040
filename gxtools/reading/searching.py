"""Which grid, or which lines of text, hold which table of which form; each is then read by the reader for its kind."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxtools import figures
from gxtools.forms import Form
from gxtools.grids import Document, Grid, TextLine
from gxtools.reading.finds import TableFinds
from gxtools.reading.flow import read_flow, split_line
from gxtools.reading.headers import Header
from gxtools.reading.layout import LaidRow, lay_out
from gxtools.reading.lexicon import LONGEST_LABEL, Lexicon, Mark
from gxtools.reading.sections import Section
from gxtools.reading.tables import read_table

# One word may stand in any table by chance (规章 in an index); two of its labels make it a table of the form.
_LABELS_OF_A_TABLE = 2


class Sheet(NamedTuple):
    """A grid laid out, with what the labels of each row speak for."""

    grid: Grid
    rows: list[LaidRow]
    marks: list[set[Mark]]


def find_tables(
    document: Document, sections: Sequence[Section], words: Lexicon, default: Form | None
) -> dict[str, TableFinds]:
    """Each table, by its id, from the grids that hold it; one that no grid holds, from the lines of the text.

    ``default`` is the form of the report's year, which counts where the labels do not tell.
    """
    sheets = [_sheet(grid, words) for grid in document.grids() if grid.rows]
    evidence: list[set[Mark]] = [set().union(*sheet.marks) for sheet in sheets]
    in_grids = _counted(evidence)
    finds: dict[str, TableFinds] = {}
    for table in words.table_ids:
        form = _form_of_the_year(evidence, table, default) or _best_form(in_grids[table], default)
        if form is not None and (found := _from_grids(sheets, evidence, table, form, words)) is not None:
            finds[table] = found
    if len(finds) < len(words.table_ids):
        in_text = [_marks_of_lines(section.lines, words) for section in sections]
        anywhere = _counted([*evidence, *in_text])
        for table in words.table_ids:
            form = _best_form(anywhere[table], default)
            if table not in finds and form is not None:
                found = _from_text(sections, in_text, table, form, words)
                finds |= {} if found is None else {table: found}
    return {table: finds[table] for table in words.table_ids if table in finds}


def _sheet(grid: Grid, words: Lexicon) -> Sheet:
    rows = lay_out(grid)
    marks = []
    for row in rows:
        texts = [cell.text for cell in row.cells]
        row.labelled = words.labelled(texts)
        marks.append(words.marks_of_row(texts, row.labelled))
    return Sheet(grid, rows, marks)


def _counted(evidence: list[set[Mark]]) -> defaultdict[str, Counter[str]]:
    """By table, how many labels of each form were met."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mark in set().union(*evidence):
        counts[mark.table][mark.form] += 1
    return counts


def _marks_of_lines(lines: Sequence[TextLine], words: Lexicon) -> set[Mark]:
    """What lines of text speak for, where each is a cell or a label and its figures."""
    found: set[Mark] = set()
    texts = [line.text.strip() for line in lines]
    for text, following in itertools.pairwise([*texts, ""]):
        if len(text) <= LONGEST_LABEL:
            found |= words.marks_of_row([text, following] if figures.is_figure(following) else [text])
            found |= words.marks_of_row(split_line(text))
    return found


def _form_of_the_year(evidence: list[set[Mark]], table: str, default: Form | None) -> str | None:
    """The form of the report year where some grid is printed in it: an older form beside it is another year's."""
    if default is None:
        return None
    for marks in evidence:
        counts = Counter(mark.form for mark in marks if mark.table == table)
        own = counts.pop(default.id, 0)
        if own >= _LABELS_OF_A_TABLE and own > max(counts.values(), default=0):
            return default.id
    return None


def _best_form(counts: Counter[str], default: Form | None) -> str | None:
    """The form whose labels were met most; where two are level, that of the report year."""
    most = max(counts.values(), default=0)
    if most == 0:
        return None
    best = sorted(form for form, count in counts.items() if count == most)
    return default.id if default is not None and default.id in best else best[-1]


def _from_grids(
    sheets: list[Sheet], evidence: list[set[Mark]], table: str, form: str, words: Lexicon
) -> TableFinds | None:
    found: TableFinds | None = None
    header: Header | None = None
    for sheet, marks in zip(sheets, evidence, strict=True):
        own = sum(mark.form == form and mark.table == table for mark in marks)
        if own < _LABELS_OF_A_TABLE and not (own and _goes_on(sheet, header, form, table)):
            continue
        part = _rows_of(sheet, table)
        if not part:
            continue
        read, header = read_table(sheet.grid, part, words.tables[form, table], header)
        if found is None:
            found = read
        else:
            found.merge(read)
    return found if found is not None and (found.found or found.doubts) else None


def _goes_on(sheet: Sheet, header: Header | None, form: str, table: str) -> bool:
    """Whether a grid with a single label may be the rest of the table before it: as wide, and no header of its own."""
    labelled = any((mark.form, mark.table, mark.axis) == (form, table, "line") for mark in sheet.marks[0])
    return header is not None and labelled and len(sheet.rows[0].positions) == header.width


def _rows_of(sheet: Sheet, table: str) -> list[LaidRow]:
    """The rows of a grid that belong to a table: from a label of it to a label of another."""
    belongs: list[str | None] = []
    current: str | None = None
    for marks in sheet.marks:
        tables = {mark.table for mark in marks}
        if len(tables) == 1:
            current = next(iter(tables))
        belongs.append(current)
    first = next((t for t in belongs if t is not None), None)
    return [row for row, owner in zip(sheet.rows, belongs, strict=True) if (owner or first) == table]


def _from_text(
    sections: Sequence[Section], evidence: list[set[Mark]], table: str, form: str, words: Lexicon
) -> TableFinds | None:
    """A table as lines of text: in the section that bears its name, else in the whole text."""
    parts = [(section.lines, marks) for section, marks in zip(sections, evidence, strict=True) if section.id == table]
    if not parts:
        parts = [(tuple(_all_lines(sections)), set().union(*evidence))]
    for lines, marks in parts:
        own = sum(mark.form == form and mark.table == table for mark in marks)
        if own < _LABELS_OF_A_TABLE:
            continue
        found = read_flow(lines, words.tables[form, table])
        if found.found or found.doubts:
            return found
    return None


def _all_lines(sections: Sequence[Section]) -> Iterator[TextLine]:
    """The lines of a text with its headings, which may be labels of a table that has none of its own."""
    for section in sections:
        if section.heading_line is not None:
            yield section.heading_line
        yield from section.lines
