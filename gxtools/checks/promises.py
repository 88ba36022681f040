"""The forms' rules and cells as frames, so that every report of a corpus is checked in one pass. Built once a forms."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import polars as pl

from gxtools.forms import Column, Form, Forms, Line, Rule, Table

CELL = ["form", "table", "line", "column"]
TOLERANCE = 1e-6  # what adding figures with decimals leaves behind


class Promises(NamedTuple):
    """``terms``: one row a term of a rule applied to one line or column (``instance``), with the cell it stands for;
    ``signed`` is its coefficient with everything brought to the left side.

    ``instances``: one row an instance, with its wording. ``cells``: one row a cell of each form in printed order.
    """

    terms: pl.DataFrame
    instances: pl.DataFrame
    cells: pl.DataFrame


@lru_cache(maxsize=8)
def promises(forms: Forms) -> Promises:
    """The frames of a set of forms."""
    terms: list[tuple[object, ...]] = []
    instances: list[tuple[object, ...]] = []
    cells: list[tuple[object, ...]] = []
    for form in forms.all:
        numbers = {table.id: number for number, table in enumerate(form.tables)}
        for index, cell in enumerate(form.cells):
            table = form.table(cell.table)
            # Tables of one report may be printed in different forms: first the table, then the place in it.
            position = 10_000 * numbers[table.id] + index
            line, column = table.line(cell.line), table.column(cell.column)
            cells.append((form.id, *cell[:3], position, column.signed, line.en, line.zh, column.en, column.zh))
        for rule in form.rules:
            _add(form, rule, terms, instances)
    return Promises(
        pl.DataFrame(
            terms,
            schema={
                **dict.fromkeys(CELL, pl.String),
                "instance": pl.Int64,
                "left": pl.Boolean,
                "coefficient": pl.Float64,
                "signed": pl.Float64,
                "equal": pl.Boolean,
                "free": pl.Boolean,
                "term_en": pl.String,
                "term_zh": pl.String,
            },
            orient="row",
        ),
        pl.DataFrame(
            instances,
            schema={
                "instance": pl.Int64,
                "rule": pl.String,
                "severity": pl.String,
                "relation": pl.String,
                "table": pl.String,
                "line": pl.String,
                "column": pl.String,
                "rule_en": pl.String,
                "rule_zh": pl.String,
                "place_en": pl.String,
                "place_zh": pl.String,
            },
            orient="row",
        ),
        pl.DataFrame(
            cells,
            schema={
                **dict.fromkeys(CELL, pl.String),
                "position": pl.Int64,
                "signed": pl.Boolean,
                "line_en": pl.String,
                "line_zh": pl.String,
                "column_en": pl.String,
                "column_zh": pl.String,
            },
            orient="row",
        ),
    )


def _add(form: Form, rule: Rule, terms: list[tuple[object, ...]], instances: list[tuple[object, ...]]) -> None:
    table = form.table(rule.table)
    down = rule.axis == "columns"
    keys = [column.id for column in table.columns] if down else [line.id for line in table.lines]
    for key in rule.only or keys:
        members = _members(table, rule, key, down)
        if not members:
            continue
        instance = len(instances)
        place = table.column(key) if down else table.line(key)
        instances.append(
            (
                instance,
                rule.id,
                rule.severity,
                rule.relation,
                rule.table,
                None if down else key,
                key if down else None,
                rule.en,
                rule.zh,
                *_place(table, place, down),
            )
        )
        terms += [(form.id, table.id, *rest[:2], instance, *rest[2:]) for rest in members]


def _place(table: Table, place: Line | Column, down: bool) -> tuple[str, str]:
    """Where an instance stands, in English and Chinese; a table of one column is named alone."""
    if down and len(table.columns) == 1:
        return table.en, table.zh
    return f"{table.en}, {'column' if down else 'line'} '{place.en}'", f"{table.zh}“{place.zh}”{'栏' if down else '行'}"


def _members(table: Table, rule: Rule, key: str, down: bool) -> list[tuple[object, ...]]:
    """The cells of one instance; none where a term has no cell there (``fees`` has no ``decisions``)."""
    found: list[tuple[object, ...]] = []
    for left, side in ((True, rule.left), (False, rule.right)):
        for term in side:
            for member in table.members(term.id) if down else (term.id,):
                line, column = (member, key) if down else (key, member)
                if column not in table.line(line).columns:
                    return []
                named = table.line(line) if down else table.column(column)
                free = table.column(column).signed
                coefficient = float(term.coefficient)
                signed = coefficient if left else -coefficient
                found.append((line, column, left, coefficient, signed, rule.relation == "=", free, named.en, named.zh))
    return found


@lru_cache(maxsize=8)
def cell_names(forms: Forms) -> pl.DataFrame:
    """The names of every cell that some form has, of its line alone too, in English and Chinese."""
    return (
        promises(forms)
        .cells.unique(CELL[1:], keep="last", maintain_order=True)
        .select(
            *CELL[1:],
            "line_en",
            "line_zh",
            cell_en=pl.format("{}, {}", "line_en", "column_en"),
            cell_zh=pl.format("{}，{}", "line_zh", "column_zh"),
        )
    )
