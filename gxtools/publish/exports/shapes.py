"""Frames for other programs: a row a cell (long), or a row a report and a column a cell of the form (wide)."""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import promises
from gxtools.checks.wide import wide_tables
from gxtools.corpus import Corpus, Report
from gxtools.forms import Forms

OF_REPORT = (
    "report",
    "agency",
    "level",
    "kind",
    "province",
    "region_code",
    "year",
    "form",
    "published",
    "source",
    "address",
)
OF_CELL = ("table", "line", "column", "value", "unit", "raw", "state", "where")
COUNTS = ("cells_printed", "cells_lacking", "problems_error", "problems_warning")


def long(source: Report | Corpus) -> pl.DataFrame:
    """One row a cell, in printed order, with its report's columns."""
    cells = source.cells.select("report", *OF_CELL)
    reports = _reports(source)
    return reports.join(cells, on="report", how="inner", maintain_order="left_right")


def wide(source: Report | Corpus) -> pl.DataFrame:
    """One row a report that was read: a column for every cell that some report's form has, null where no figure stands.

    ``cells_lacking`` counts the cells of the report's form without a figure, so that a null is not taken for a zero.
    """
    reports = _reports(source)
    by_table: dict[str, list[pl.DataFrame]] = {}
    for part in wide_tables(source.cells, promises(source.forms)):
        named = part.values.rename({name: f"{part.table}.{name}" for name in part.values.columns if name != "report"})
        by_table.setdefault(part.table, []).append(named)
    states = source.cells.group_by("report").agg(
        cells_printed=(pl.col("state") == "printed").sum(), cells_lacking=(pl.col("state") != "printed").sum()
    )
    problems = source.problems.group_by("report").agg(
        problems_error=(pl.col("severity") == "error").sum(), problems_warning=(pl.col("severity") == "warning").sum()
    )
    whole = reports
    for counted in (states, problems):
        whole = whole.join(counted, on="report", how="left", maintain_order="left")
    whole = whole.with_columns(pl.col(COUNTS).fill_null(0).cast(pl.Int32))
    for parts in by_table.values():
        whole = whole.join(pl.concat(parts, how="diagonal"), on="report", how="left", maintain_order="left")
    return whole.select(*whole.columns[: len(reports.columns) + len(COUNTS)], *_cells_in_order(whole, source.forms))


def _reports(source: Report | Corpus) -> pl.DataFrame:
    """The columns of the reports that were read, with the mark of those that are simulated."""
    read = source.reports.filter(pl.col("error").is_null())
    return read.select(*(name for name in (*OF_REPORT, "simulated") if name in read.columns))


def _cells_in_order(whole: pl.DataFrame, forms: Forms) -> list[str]:
    """The columns of cells in printed order, older forms' own cells behind those of newer ones."""
    names = [f"{cell.table}.{cell.line}.{cell.column}" for form in reversed(forms.all) for cell in form.cells]
    return [name for name in dict.fromkeys(names) if name in whole.columns]
