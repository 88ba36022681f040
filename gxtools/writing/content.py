"""What a report says, free of any layout: the printed characters of each cell, and the prose around the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gxtools import figures
from gxtools.forms import Column, Form, Forms, forms

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """One report. ``cells`` maps (table, line, column) to the characters to print, ``""`` for a blank cell.

    A table, or a line of it, of which no cell is given is not set at all; a line must be given whole. ``prose`` maps
    a section's id to its paragraphs, ``introduction`` stands before the first heading, and ``note`` is a remark on
    the source that the page prints in a line of its own.
    """

    form: str
    agency: str
    year: int
    cells: Mapping[Key, str]
    published: date | None = None
    address: str | None = None
    introduction: tuple[str, ...] = ()
    prose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str | None = None

    @property
    def title(self) -> str:
        """The title as reports print it."""
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"


def content_of(
    form: str,
    agency: str,
    year: int,
    values: Mapping[Key, float | str | None],
    *,
    published: date | None = None,
    address: str | None = None,
    introduction: tuple[str, ...] = (),
    prose: Mapping[str, tuple[str, ...]] | None = None,
    note: str | None = None,
    known: Forms | None = None,
) -> Content:
    """A report from values: numbers in the unit of their cell, strings as they shall be printed, None for a blank.

    An amount (10k CNY) gets its unit 万元 where the form's column prints none. ``known`` holds the forms, the shipped
    ones where not given.
    """
    found = (known or forms()).by_id(form)
    cells = {key: _printed(found, key, value) for key, value in values.items()}
    return Content(form, agency, year, cells, published, address, introduction, prose or {}, note)


def _printed(form: Form, key: Key, value: float | str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    column: Column = form.table(key[0]).column(key[2])
    return figures.write(value) + ("" if column.default_unit else "万元")


def check_content(content: Content, form: Form, sections: Mapping[str, str]) -> None:
    """Raise ``ValueError`` where a cell or a section is none of the form's, or a line lacks some of its cells."""
    printed = {(cell.table, cell.line, cell.column) for cell in form.cells}
    for key in content.cells:
        if key not in printed:
            raise ValueError(f"{content.title}: the {form.id} form has no cell {'.'.join(key)}; drop it")
    begun = {key[:2] for key in content.cells}
    for key in printed:
        if key[:2] in begun and key not in content.cells:
            raise ValueError(f"{content.title}: cell {'.'.join(key)} is lacking; give every cell of its line, or none")
    for id in content.prose:
        if id not in sections:
            raise ValueError(f"{content.title}: no section '{id}'; there are {', '.join(sections)}")
