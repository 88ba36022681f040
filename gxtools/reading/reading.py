"""A document in the neutral form -> the report that it holds: identity, cells with evidence, extras, sections, claims."""

from __future__ import annotations

import datetime
from collections import Counter
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
from gxtools.reading.flow import read_flow
from gxtools.reading.headers import Header
from gxtools.reading.identity import Identity, identify
from gxtools.reading.layout import LaidRow, lay_out
from gxtools.reading.lexicon import Lexicon, lexicon
from gxtools.reading.messages import WHY
from gxtools.reading.sections import Section, divide
from gxtools.reading.settling import Cell, Problem, absent_cells, settle
from gxtools.reading.tables import read_table

# One word may stand in any table by chance (规章 in an index); two of its labels make it a table of the form.
_LABELS_OF_A_TABLE = 2


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
    grids = [(grid, rows) for grid in document.grids() if (rows := lay_out(grid))]
    default = forms.for_year(identity.year) if identity.year is not None else forms.all[-1]
    finds = _read_tables(grids, sections, words, default)
    if not finds and not identity.titled:
        raise UnreadableDocument(
            name,
            "holds neither a table nor the title of a report on government information disclosure (政府信息公开工作年度报告).",
            "Give the page of the report itself; a list of links or an attachment's cover page is not enough.",
        )
    requests = finds.get("requests")
    form = forms.by_id(requests.form) if requests is not None else default
    served = form is not None and not (identity.year is None and not finds)
    cells, problems = _settled(form if served else None, finds, forms, identity.year)
    prose = _prose(sections, words)
    return Reading(
        body=identity.body,
        year=identity.year,
        form=form.id if served and form is not None else None,
        published=identity.published,
        address=document.address,
        format=document.format,
        forms_of_tables={
            table.id: finds[table.id].form if table.id in finds else form.id for table in (form.tables if form else ())
        },
        cells=cells,
        extras=[_extra(table, extra) for table, found in finds.items() for extra in found.extras],
        claims=read_claims(prose, identity.year),
        sections=sections,
        problems=_doubts_of_identity(identity, document) + problems,
    )


def _read_tables(
    grids: list[tuple[Grid, list[LaidRow]]], sections: list[Section], words: Lexicon, default: Form | None
) -> dict[str, TableFinds]:
    evidence = [_evidence(rows, words) for _, rows in grids]
    text_evidence = _text_evidence(sections, words)
    finds: dict[str, TableFinds] = {}
    for table in words.table_ids:
        counts: Counter[str] = Counter()
        for marks in [*evidence, text_evidence]:
            for form, mark_table, _ in marks:
                counts[form] += mark_table == table
        form = _best_form(counts, default)
        if form is None or (form, table) not in words.tables:
            continue
        found = _from_grids(grids, evidence, table, form, words)
        if found is None:
            found = _from_text(sections, table, form, words)
        if found is not None:
            finds[table] = found
    return finds


def _evidence(rows: list[LaidRow], words: Lexicon) -> set[tuple[str, str, str]]:
    return {mark for row in rows for cell in row.cells for mark in words.evidence(cell.text)}


def _text_evidence(sections: Sequence[Section], words: Lexicon) -> set[tuple[str, str, str]]:
    return {mark for section in sections for line in section.lines for mark in words.evidence(line.text.strip())}


def _best_form(counts: Counter[str], default: Form | None) -> str | None:
    """The form whose labels were met most; where two are level, that of the report year."""
    most = max(counts.values(), default=0)
    if most == 0:
        return None
    best = [form for form, count in counts.items() if count == most]
    return default.id if default is not None and default.id in best else best[-1]


def _from_grids(
    grids: list[tuple[Grid, list[LaidRow]]],
    evidence: list[set[tuple[str, str, str]]],
    table: str,
    form: str,
    words: Lexicon,
) -> TableFinds | None:
    found: TableFinds | None = None
    header: Header | None = None
    for (grid, rows), marks in zip(grids, evidence, strict=True):
        own = {mark for f, t, mark in marks if f == form and t == table}
        if len(own) < _LABELS_OF_A_TABLE and not (own and _goes_on(rows, header, form, words)):
            continue
        part = _rows_of(rows, table, form, words)
        if not part:
            continue
        read, header = read_table(grid, part, words.tables[form, table], header)
        if found is None:
            found = read
        else:
            found.merge(read)
    return found if found is not None and (found.found or found.doubts) else None


def _goes_on(rows: list[LaidRow], header: Header | None, form: str, words: Lexicon) -> bool:
    """Whether a grid with a single label may be the rest of the table before it: as wide, and no header of its own."""
    first = rows[0]
    labelled = any(mark.startswith("line ") for cell in first.cells for f, _, mark in words.evidence(cell.text) if f == form)
    return header is not None and labelled and len(first.positions) == header.width


def _rows_of(rows: list[LaidRow], table: str, form: str, words: Lexicon) -> list[LaidRow]:
    """The rows of a grid that belong to a table: from a label of it to a label of another."""
    current: str | None = None
    belongs: list[str | None] = []
    for row in rows:
        tables = {t for cell in row.cells for f, t, _ in words.evidence(cell.text)}
        if len(tables) == 1:
            current = next(iter(tables))
        belongs.append(current)
    first = next((t for t in belongs if t is not None), None)
    return [row for row, owner in zip(rows, belongs, strict=True) if (owner or first) == table]


def _from_text(sections: Sequence[Section], table: str, form: str, words: Lexicon) -> TableFinds | None:
    """A table as lines of text: in the section that bears its name, else in whatever holds its labels."""
    titled = [section for section in sections if section.id == table]
    for section in titled or sections:
        marks = {m for line in section.lines for m in words.evidence(line.text.strip()) if m[:2] == (form, table)}
        if len(marks) < _LABELS_OF_A_TABLE:
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
        if len(line.text) > 60 or not (words.evidence(line.text.strip()) or figures.is_figure(line.text))
    ]


def _extra(table: str, extra: Extra) -> TableExtra:
    value = figures.parse(extra.raw, "10k_cny", None).value if "元" in extra.raw else figures.parse(extra.raw).value
    return TableExtra(table, extra.line_label, extra.column_label, extra.raw, value, extra.where)


def _doubts_of_identity(identity: Identity, document: Document) -> list[Problem]:
    keys = [*identity.doubts, *(["bytes_lost"] if document.notes else [])]
    problems = []
    for key in keys:
        rule, en, zh = WHY[key]
        problems.append(Problem(rule, "warning", None, None, None, None, None, en, zh, None))
    return problems
