"""A document in the neutral form -> the report that it holds: identity, cells, extras, sections, claims."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gxtools import figures
from gxtools.bodies import Body
from gxtools.errors import UnreadableDocument
from gxtools.forms import Form, Forms
from gxtools.grids import Document, Grid, TextLine
from gxtools.reading.claims import Claim, read_claims
from gxtools.reading.finds import Extra, TableFinds
from gxtools.reading.flow import read_flow, split_line
from gxtools.reading.headers import Header
from gxtools.reading.identity import Identity, identify
from gxtools.reading.layout import LaidRow, lay_out
from gxtools.reading.lexicon import LONGEST_LABEL, Lexicon, Mark, lexicon
from gxtools.reading.messages import WHY
from gxtools.reading.sections import Section, divide
from gxtools.reading.settling import Cell, Problem, absent_cells, settle
from gxtools.reading.tables import read_table

# One word may stand in any table by chance (规章 in an index); two of its labels make it a table of the form.
_LABELS_OF_A_TABLE = 2


class Sheet(NamedTuple):
    """A grid laid out, with what the labels of each row speak for."""

    grid: Grid
    rows: list[LaidRow]
    marks: list[set[Mark]]


class TableExtra(NamedTuple):
    """One row of ``extras`` without the report's id."""

    table: str
    line_label: str
    column_label: str
    raw: str
    value: float | None
    where: str


@dataclass(frozen=True)
class Reading:
    """What a document says, before it becomes frames. ``problems`` are those of reading alone."""

    body: Body | None
    year: int | None
    form: str | None
    published: datetime.date | None
    address: str | None
    format: str
    forms_of_tables: dict[str, str] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    extras: list[TableExtra] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_document(document: Document, name: str, forms: Forms) -> Reading:
    """Read a document. Raises ``UnreadableDocument`` where neither a title nor a table of such a report is there."""
    words = lexicon(forms)
    identity = identify(document)
    lines = list(document.lines())
    sections = divide(lines, forms)
    sheets = [_sheet(grid, words) for grid in document.grids() if grid.rows]
    default = forms.for_year(identity.year) if identity.year is not None else forms.all[-1]
    finds = _read_tables(sheets, sections, words, default)
    if not identity.titled and identity.other:
        raise UnreadableDocument(
            name,
            "is no annual report: its title names a half-year, a quarter, an interpretation or instructions.",
            "Give the page of the annual report (政府信息公开工作年度报告) itself.",
        )
    if not finds and (not identity.titled or identity.other or identity.listed):
        raise UnreadableDocument(
            name,
            "holds neither a table nor the title of a report on government information disclosure "
            "(政府信息公开工作年度报告).",
            "Give the page of the report itself; a list of links or an attachment's cover page is not enough.",
        )
    form = _form_of(finds, forms.for_year(identity.year) if identity.year is not None else None, forms)
    cells, problems = _settled(form, finds, forms, identity.year)
    prose = _prose(sections, words)
    return Reading(
        body=identity.body,
        year=identity.year,
        form=form.id if form is not None else None,
        published=identity.published,
        address=document.address,
        format=document.format,
        forms_of_tables=_forms_of_tables(form, finds),
        cells=cells,
        extras=[_extra(table, extra) for table, found in finds.items() for extra in found.extras],
        claims=read_claims(prose, identity.year, identity.body.agency if identity.body else None),
        sections=sections,
        problems=_doubts_of_identity(identity, document) + problems,
    )


def _form_of(finds: dict[str, TableFinds], due: Form | None, forms: Forms) -> Form | None:
    """The form of table ``requests``, without it that of the year, without a year that of any table."""
    printed = finds.get("requests") or (next(iter(finds.values()), None) if due is None else None)
    return forms.by_id(printed.form) if printed is not None else due


def _forms_of_tables(form: Form | None, finds: dict[str, TableFinds]) -> dict[str, str]:
    if form is None:
        return {}
    return {table.id: finds[table.id].form if table.id in finds else form.id for table in form.tables}


def _sheet(grid: Grid, words: Lexicon) -> Sheet:
    rows = lay_out(grid)
    marks = []
    for row in rows:
        texts = [cell.text for cell in row.cells]
        row.labelled = words.labelled(texts)
        marks.append(words.marks_of_row(texts, row.labelled))
    return Sheet(grid, rows, marks)


def _read_tables(
    sheets: list[Sheet], sections: list[Section], words: Lexicon, default: Form | None
) -> dict[str, TableFinds]:
    """Each table from the grids that hold it; one that no grid holds, from the lines of the text."""
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
    """A table as lines of text: in the section that bears its name, else in whatever holds its labels."""
    named = any(section.id == table for section in sections)
    for section, marks in zip(sections, evidence, strict=True):
        own = sum(mark.form == form and mark.table == table for mark in marks)
        if own < _LABELS_OF_A_TABLE or (named and section.id != table):
            continue
        found = read_flow(section.lines, words.tables[form, table])
        if found.found or found.doubts:
            return found
    return None


def _settled(
    form: Form | None, finds: dict[str, TableFinds], forms: Forms, year: int | None
) -> tuple[list[Cell], list[Problem]]:
    if form is None:
        return [], []
    cells: list[Cell] = []
    problems: list[Problem] = []
    for table in form.tables:
        found = finds.get(table.id)
        if found is None:
            cells += absent_cells(table)
            problems.append(_missing(table.id, table.en, table.zh, year))
            continue
        more_cells, more_problems = settle(forms.by_id(found.form).table(table.id), found)
        cells += more_cells
        problems += more_problems
    return cells, problems


def _missing(id: str, en: str, zh: str, year: int | None) -> Problem:
    severity = "notice" if id == "statistics" else "warning"
    return Problem(
        "missing_table",
        severity,
        id,
        None,
        None,
        None,
        None,
        f"table '{en}' was not found as text: it may be an image, an attachment, or not there at all",
        f"未找到“{zh}”表的文字：可能是图片、附件，或报告中没有此表",
        None,
    )


def _prose(sections: Sequence[Section], words: Lexicon) -> list[TextLine]:
    """The lines that are sentences: neither labels of the form nor bare figures."""
    return [
        line
        for section in sections
        for line in section.lines
        if len(line.text) > 60 or not (words.evidence(line.text.strip()).known or figures.is_figure(line.text))
    ]


def _extra(table: str, extra: Extra) -> TableExtra:
    value = figures.parse(extra.raw, "10k_cny", None).value if "元" in extra.raw else figures.parse(extra.raw).value
    return TableExtra(table, extra.line_label, extra.column_label, extra.raw, value, extra.where)


def _doubts_of_identity(identity: Identity, document: Document) -> list[Problem]:
    keys = [*identity.doubts, *(["bytes_lost"] if any("\ufffd" in note for note in document.notes) else [])]
    problems = []
    for key in keys:
        rule, en, zh = WHY[key]
        problems.append(Problem(rule, "warning", None, None, None, None, None, en, zh, None))
    return problems
