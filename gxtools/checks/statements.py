"""``claim_differs``: a figure in the prose equals the cell, or the group of cells, that it speaks of."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from gxtools.checks.promises import CELL
from gxtools.checks.sums import figure_text
from gxtools.forms import Column, Forms, Group, Line, Table
from gxtools.frames import frame


@lru_cache(maxsize=8)
def subjects(forms: Forms) -> pl.DataFrame:
    """Subject of a claim -> the cells whose sum it states, per form: single cells, groups of lines or columns."""
    rows = [
        (subject, form.id, table.id, line, column, en, zh)
        for form in forms.all
        for table in form.tables
        for subject, line, column, en, zh in _of_table(table)
    ]
    names = ("subject", *CELL, "subject_en", "subject_zh")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row").unique(
        ["subject", *CELL], keep="first", maintain_order=True
    )


def _of_table(table: Table) -> list[tuple[str, str, str, str, str]]:
    """Subject, line, column, and the subject in English and Chinese."""
    found: list[tuple[str, str, str, str, str]] = []
    for line in table.lines:
        for column in map(table.column, line.columns):
            found.append((f"{table.id}.{line.id}.{column.id}", line.id, column.id, *_named(line, column)))
        for group in table.column_groups:
            members = [column.id for column in table.columns if column.group == group.id]
            found += [(f"{table.id}.{line.id}.{group.id}", line.id, member, *_named(line, group)) for member in members]
    for group in table.groups:
        for line_id in table.members(group.id) if group.columns is None else ():
            for column in map(table.column, table.line(line_id).columns):
                found.append((f"{table.id}.{group.id}.{column.id}", line_id, column.id, *_named(group, column)))
    return found


def _named(line: Line | Group, column: Column | Group) -> tuple[str, str]:
    return f"'{line.en}, {column.en}'", f"“{line.zh}，{column.zh}”"


def differing_claims(claims: pl.DataFrame, cells: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """One row a claim whose cells are all printed and sum to another figure; it stands with its cell (or group)."""
    if claims.is_empty():
        return frame("problems", [])
    stated = claims.with_row_index("claim").rename({"value": "stated", "where": "stated_where", "unit": "stated_unit"})
    sums = (
        stated.join(subjects(forms), on="subject", how="inner", maintain_order="left_right")
        .join(cells, on=["report", *CELL], how="inner", maintain_order="left")
        .filter(pl.col("unit") == pl.col("stated_unit"))
        .group_by("claim", maintain_order=True)
        .agg(
            pl.col("report", "stated", "sentence", "stated_where", "subject_en", "subject_zh").first(),
            table=pl.col("table").first(),
            line=pl.col("line").first(),
            column=pl.col("column").first(),
            single_line=pl.col("line").n_unique() == 1,
            single_column=pl.col("column").n_unique() == 1,
            printed=pl.col("value").is_not_null().all(),
            cell=pl.col("value").sum(),
            cell_where=pl.col("where").first(),
        )
        .filter(pl.col("printed") & ((pl.col("cell") - pl.col("stated")).abs() > 1e-6))
    )
    return sums.select(
        "report",
        rule=pl.lit("claim_differs"),
        severity=pl.lit("warning"),
        table="table",
        line=pl.when("single_line").then("line"),
        column=pl.when("single_column").then("column"),
        expected="cell",
        found="stated",
        message=pl.format(
            "the prose states {} for {}, the table has {} ({}): {}",
            figure_text(pl.col("stated")),
            "subject_en",
            figure_text(pl.col("cell")),
            "cell_where",
            "sentence",
        ),
        message_zh=pl.format(
            "正文称{}（{}），表中为{}（{}）：{}",
            figure_text(pl.col("stated")),
            "subject_zh",
            figure_text(pl.col("cell")),
            "cell_where",
            "sentence",
        ),
        where="stated_where",
    )
