"""The report as a sequence of headings, paragraphs and tables, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gxtools.forms import Form, Forms, Table, forms
from gxtools.writing.content import Content, check_content

_NUMBERS = "一二三四五六七八九十"


class Section(NamedTuple):
    """One numbered part of the report; ``table`` where the form has one there."""

    heading: str
    paragraphs: tuple[str, ...]
    table: Table | None


def sections_of(content: Content, known: Forms | None) -> list[Section]:
    """The parts of a report, verified, under its form's headings. ``known`` holds the forms, else the shipped ones."""
    found = known or forms()
    form = found.by_id(content.form)
    titles = dict(_titles(found, form))
    check_content(content, form, titles)
    tables = {table.id: table for table in form.tables}
    return [
        Section(f"{number}、{title}", content.prose.get(id, ()), tables.get(id))
        for number, (id, title) in zip(_NUMBERS, titles.items(), strict=False)
    ]


def _titles(known: Forms, form: Form) -> Iterator[tuple[str, str]]:
    """Each section's id with the heading that the form prints; tables that belong to no section come last."""
    tables = {table.id: table.zh for table in form.tables}
    first = {id: label for label, id in reversed(known.sections.items())}
    for id in dict.fromkeys(known.sections.values()):
        yield id, tables.pop(id, first[id])
    yield from tables.items()
