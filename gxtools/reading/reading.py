"""A document in the neutral form -> the report that it holds: identity, cells, extras, sections, claims."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gxtools import figures
from gxtools.bodies import Body
from gxtools.errors import UnreadableDocument
from gxtools.forms import Form, Forms, Table
from gxtools.grids import Document, TextLine
from gxtools.reading.claims import Claim, read_claims
from gxtools.reading.finds import Extra, TableFinds
from gxtools.reading.identity import Identity, identify
from gxtools.reading.lexicon import Lexicon, lexicon
from gxtools.reading.messages import WHY
from gxtools.reading.searching import find_tables
from gxtools.reading.sections import Section, divide
from gxtools.reading.settling import Cell, Problem, absent_cells, settle


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
    default = forms.for_year(identity.year) if identity.year is not None else forms.all[-1]
    finds = find_tables(document, sections, words, default)
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
    cells, problems = _settled(form, finds, forms)
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
        problems=_doubts_of_whole(identity, document) + problems,
    )


def _form_of(finds: dict[str, TableFinds], due: Form | None, forms: Forms) -> Form | None:
    """The form of table ``requests``, without it that of the year, without a year that of any table."""
    printed = finds.get("requests") or (next(iter(finds.values()), None) if due is None else None)
    return forms.by_id(printed.form) if printed is not None else due


def _forms_of_tables(form: Form | None, finds: dict[str, TableFinds]) -> dict[str, str]:
    if form is None:
        return {}
    return {table.id: finds[table.id].form if table.id in finds else form.id for table in form.tables}


def _settled(form: Form | None, finds: dict[str, TableFinds], forms: Forms) -> tuple[list[Cell], list[Problem]]:
    if form is None:
        return [], []
    cells: list[Cell] = []
    problems: list[Problem] = []
    for table in form.tables:
        found = finds.get(table.id)
        if found is None:
            cells += absent_cells(table)
            problems.append(_missing(table))
            continue
        more_cells, more_problems = settle(forms.by_id(found.form).table(table.id), found)
        cells += more_cells
        problems += more_problems
    return cells, problems


def _missing(table: Table) -> Problem:
    # Printing the table of 2014 to 2018 in the public report was custom, no duty.
    severity = "notice" if table.id == "statistics" else "warning"
    return Problem(
        "missing_table",
        severity,
        table.id,
        None,
        None,
        None,
        None,
        f"table '{table.en}' was not found as text: it may be an image, an attachment, or not there at all",
        f"未找到“{table.zh}”表的文字：可能是图片、附件，或报告中没有此表",
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


def _doubts_of_whole(identity: Identity, document: Document) -> list[Problem]:
    """What is uncertain of the document as a whole, and everything that opening it had to note."""
    told = [("warning", *WHY[key][1:]) for key in identity.doubts]
    told += [("warning" if note.lost else "notice", note.message, note.message_zh) for note in document.notes]
    return [
        Problem("uncertain_reading", severity, None, None, None, None, None, message, message_zh, None)
        for severity, message, message_zh in told
    ]
