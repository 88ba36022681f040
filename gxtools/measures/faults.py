"""Which cells of which report stand under a broken identity, by the terms of the form's own rules."""

from __future__ import annotations

import polars as pl

from gxtools.forms import Form, Forms, Rule

_KEYS = {"form": pl.String, "rule": pl.String, "table": pl.String, "line": pl.String, "column": pl.String}


def broken_cells(reports: pl.DataFrame, problems: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """Columns ``report, table, line, column``: every term of an identity that an ``error`` of ``problems`` names.

    A rule that runs down a column touches its lines in that column; one that runs along a line, that line's columns.
    """
    errors = problems.filter(pl.col("severity") == "error").select(
        "report", "rule", "table", at_line="line", at_column="column"
    )
    rows = [(form.id, rule.id, *cell) for form in forms.all for rule in form.rules for cell in _touched(rule, form)]
    return (
        errors.join(reports.select("report", "form"), on="report")
        .join(pl.DataFrame(rows, schema=_KEYS, orient="row"), on=["form", "rule", "table"])
        .filter(
            (pl.col("at_line").is_null() | (pl.col("at_line") == pl.col("line")))
            & (pl.col("at_column").is_null() | (pl.col("at_column") == pl.col("column")))
        )
        .select("report", "table", "line", "column")
        .unique(maintain_order=True)
    )


def _touched(rule: Rule, form: Form) -> list[tuple[str, str, str]]:
    table = form.table(rule.table)
    named = {id for term in (*rule.left, *rule.right) for id in table.members(term.id)}
    runs_down = rule.axis == "columns"
    return [
        (cell.table, cell.line, cell.column)
        for cell in form.cells
        if cell.table == rule.table
        and (cell.line if runs_down else cell.column) in named
        and (not rule.only or (cell.column if runs_down else cell.line) in rule.only)
    ]
