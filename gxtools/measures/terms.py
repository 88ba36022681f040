"""A definition as a frame of terms: for every form, which cells enter which side of which part of the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from gxtools.forms import Form, Forms
from gxtools.forms.measure_definitions import CellTerm, Definition, cell_terms

# `part_line` and `part_column` tell the parts of one answer apart, null where there is but one; `rank` orders them.
SCHEMA: dict[str, pl.DataType] = {
    "form": pl.String(),
    "part_line": pl.String(),
    "part_column": pl.String(),
    "rank": pl.Int64(),
    "side": pl.String(),
    "table": pl.String(),
    "line": pl.String(),
    "column": pl.String(),
    "coefficient": pl.Int64(),
}


@dataclass(frozen=True)
class _Part:
    line: str | None
    column: str | None
    numerator: list[CellTerm]
    denominator: list[CellTerm]


def rate_terms(definition: Definition, forms: Forms, by: list[str]) -> pl.DataFrame:
    """The terms of a share or rate, one part for each line or column where ``by`` asks for it.

    Raises ``ValueError`` where the measure has no lines or applicant columns to be told apart.
    """

    def parts(form: Form) -> list[_Part]:
        numerator, denominator = (cell_terms(side, form) for side in definition.sums(form.id))
        whole = [_Part(None, None, numerator, denominator)]
        if "line" in by:
            return _by_line(whole[0], definition)
        return _by_column(whole[0], definition, form) if "column" in by else whole

    if {"line", "column"} <= set(by):
        raise ValueError("by: 'line' and 'column' together fit no measure; take one of them")
    return _frame(definition, forms, parts)


def composition_terms(definition: Definition, forms: Forms, grouped: bool = False) -> pl.DataFrame:
    """The terms of a composition: one part a cell, over the whole, or over what of it stands in the same line.

    ``grouped`` makes one part of every term of the definition, with all the cells of a group in it.
    """

    def groups(form: Form) -> list[_Part]:
        whole = cell_terms(definition.denominator or definition.parts, form)
        names = [term.id.split(".")[1:] for term in definition.parts]
        return [
            _Part(line, column, cell_terms((term,), form), whole)
            for (line, column), term in zip(names, definition.parts, strict=True)
        ]

    def parts(form: Form) -> list[_Part]:
        whole = cell_terms(definition.denominator or definition.parts, form)
        printed = {cell[:3]: place for place, cell in enumerate(form.cells)}
        cells = sorted(cell_terms(definition.parts, form), key=lambda cell: printed[cell[:3]])
        return [
            _Part(
                cell.line,
                cell.column,
                [cell],
                [term for term in whole if definition.within is None or term.line == cell.line],
            )
            for cell in cells
        ]

    return _frame(definition, forms, groups if grouped else parts)


def _by_line(whole: _Part, definition: Definition) -> list[_Part]:
    lines = list(dict.fromkeys(term.line for term in whole.denominator))
    if len(lines) < 2 or {term.line for term in whole.numerator} != set(lines):
        raise ValueError(
            f"by: 'line' does not fit {definition.text}; it tells the blocks of disputes apart, as in 'correction_rate'"
        )
    return [
        _Part(
            line,
            None,
            [term for term in whole.numerator if term.line == line],
            [term for term in whole.denominator if term.line == line],
        )
        for line in lines
    ]


def _by_column(whole: _Part, definition: Definition, form: Form) -> list[_Part]:
    if {(term.table, term.column) for term in (*whole.numerator, *whole.denominator)} != {("requests", "total")}:
        raise ValueError(
            f"by: 'column' does not fit {definition.text}; it takes the applicant columns instead of the total, "
            "so every term must be a total of requests"
        )
    return [
        _Part(
            None,
            column.id,
            [term._replace(column=column.id) for term in whole.numerator],
            [term._replace(column=column.id) for term in whole.denominator],
        )
        for column in form.table("requests").columns
        if column.id != "total"
    ]


def _frame(definition: Definition, forms: Forms, parts: Callable[[Form], list[_Part]]) -> pl.DataFrame:
    rows = [row for id in definition.forms for row in _rows(id, parts(forms.by_id(id)))]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _rows(form: str, parts: list[_Part]) -> Iterator[tuple[str | int | None, ...]]:
    for rank, part in enumerate(parts):
        for side, terms in (("numerator", part.numerator), ("denominator", part.denominator)):
            for term in terms:
                yield form, part.line, part.column, rank, side, *term
