"""The mark of simulated reports: borne by each id, each agency's name and a column, so that none can drop it unseen."""

from __future__ import annotations

import polars as pl

SIMULATED_ID = "simulated-"
"""How the id of a simulated report begins: every row of every frame bears it."""
SIMULATED_NAME = "模拟"
"""How the name of a simulated body begins: a document that the writer set bears it, and so what is read from it."""
SIMULATED_TEXT = "模拟 simulated"
"""What stands before each name of what was computed from simulated reports."""


def bears_simulated_name() -> pl.Expr:
    """Whether a row with ``report`` and ``agency`` is of a simulated report."""
    by_agency = pl.col("agency").str.starts_with(SIMULATED_NAME).fill_null(False)
    return pl.col("report").str.starts_with(SIMULATED_ID) | by_agency


def with_mark(reports: pl.DataFrame) -> pl.DataFrame:
    """``reports`` with the column ``simulated`` as the names say, for frames that were made without it."""
    return reports.with_columns(simulated=bears_simulated_name())


def is_simulated(reports: pl.DataFrame) -> bool:
    """Whether any report bears the mark of a simulation: in its column, its id or its agency's name."""
    marks = [bears_simulated_name()] if {"report", "agency"} <= set(reports.columns) else []
    if "simulated" in reports.columns:
        marks.append(pl.col("simulated"))
    return bool(marks) and bool(reports.select(pl.any_horizontal(marks).any()).item())
