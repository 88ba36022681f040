"""``claim_differs``: a figure in the prose equals the cell, or the group of cells, that it speaks of."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from gxtools.checks.promises import CELL, TOLERANCE, promises
from gxtools.checks.wording import STATES_ZH, UNDECIDED_EN, UNDECIDED_ZH, figure_text
from gxtools.forms import Column, Forms, Group, Line, Table
from gxtools.frames import frame

_NAMES = ["line_en", "line_zh", "column_en", "column_zh"]


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
    """One row a claim whose cells sum to another figure, or cannot be told to sum to it; it stands with its cell (or
    group).

    A cell that is lacking is a count not below 0 (unless its column may be negative): a claim below the sum of the
    others is decided. A claim of which no cell is in the document is silent.
    """
    if claims.is_empty():
        return frame("problems", [])
    stated = claims.with_row_index("claim").rename({"value": "stated", "where": "stated_where", "unit": "stated_unit"})
    lacks, free = pl.col("value").is_null(), pl.col("signed")
    state_zh = pl.col("state").replace_strict(STATES_ZH, default=None, return_dtype=pl.String)
    difference = pl.col("cell") - pl.col("stated")
    sums = (
        stated.join(subjects(forms), on="subject", how="inner", maintain_order="left_right")
        .join(cells, on=["report", *CELL], how="inner", maintain_order="left")
        .filter(pl.col("unit") == pl.col("stated_unit"))
        .join(promises(forms).cells.select(*CELL, *_NAMES, "signed"), on=CELL, how="left", maintain_order="left")
        .group_by("claim", maintain_order=True)
        .agg(
            pl.col("report", "stated", "sentence", "stated_where", "subject_en", "subject_zh").first(),
            table=pl.col("table").first(),
            line=pl.col("line").first(),
            column=pl.col("column").first(),
            single_line=pl.col("line").n_unique() == 1,
            single_column=pl.col("column").n_unique() == 1,
            printed=pl.col("value").is_not_null().all(),
            nothing=(pl.col("state") == "absent").all(),
            may_fall=(lacks & free).any(),
            cell=pl.col("value").sum(),
            cell_where=pl.col("where").first(),
            lacking_en=pl.format("{}, {} ({})", "line_en", "column_en", "state").filter(lacks).str.join(", "),
            lacking_zh=pl.format("{}，{}（{}）", "line_zh", "column_zh", state_zh).filter(lacks).str.join("、"),
        )
        .with_columns(
            differs=pl.when("printed")
            .then(difference.abs() > TOLERANCE)
            .otherwise((difference > TOLERANCE) & ~pl.col("may_fall"))
        )
        .filter(pl.col("differs") | (~pl.col("printed") & ~pl.col("nothing")))
    )
    return sums.select(
        "report",
        rule=pl.lit("claim_differs"),
        severity=pl.when("differs").then(pl.lit("warning")).otherwise(pl.lit("notice")),
        table="table",
        line=pl.when("single_line").then("line"),
        column=pl.when("single_column").then("column"),
        expected=pl.when("printed").then("cell"),
        found="stated",
        message=_message(),
        message_zh=_message_zh(),
        where="stated_where",
    )


def _message() -> pl.Expr:
    stated, cell = figure_text(pl.col("stated")), figure_text(pl.col("cell"))
    lacking = pl.when("printed").then(pl.lit("")).otherwise(pl.format("; no figure in {}", "lacking_en"))
    return (
        pl.when("differs")
        .then(
            pl.format(
                "the prose states {} for {}, the table has {} ({}){}: {}",
                *(stated, "subject_en", cell, "cell_where", lacking, "sentence"),
            )
        )
        .otherwise(
            pl.format(
                "the prose states {} for {}: " + UNDECIDED_EN + " the table says the same{}: {}",
                *(stated, "subject_en", lacking, "sentence"),
            )
        )
    )


def _message_zh() -> pl.Expr:
    stated, cell = figure_text(pl.col("stated")), figure_text(pl.col("cell"))
    lacking = pl.when("printed").then(pl.lit("")).otherwise(pl.format("；无数字：{}", "lacking_zh"))
    return (
        pl.when("differs")
        .then(
            pl.format(
                "正文称{}（{}），表中为{}（{}）{}：{}",
                *(stated, "subject_zh", cell, "cell_where", lacking, "sentence"),
            )
        )
        .otherwise(
            pl.format(
                "正文称{}（{}）：" + UNDECIDED_ZH + "与表中是否一致{}：{}",
                *(stated, "subject_zh", lacking, "sentence"),
            )
        )
    )
