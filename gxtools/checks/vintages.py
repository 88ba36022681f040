"""``form_mismatch``: each table is printed in the form that serves the report's year."""

from __future__ import annotations

import polars as pl

from gxtools.forms import Forms
from gxtools.frames import frame


def mismatched_forms(reports: pl.DataFrame, cells: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """One row a table that was printed in another form. A notice for a year that only encouraged the new one."""
    due = _due(reports["year"].unique().drop_nulls().sort().to_list(), forms)
    used = reports.select("report", "year").join(due, on="year", how="inner", maintain_order="left")
    forms_used = cells.select("report", "form").unique()
    if forms_used.join(used, on="report").filter(pl.col("form") != pl.col("due")).is_empty():
        return frame("problems", [])
    printed = cells.filter(pl.col("state") != "absent").unique(["report", "table"], keep="first", maintain_order=True)
    names = pl.DataFrame(
        [(form.id, table.id, form.zh, form.en, table.zh, table.en) for form in forms.all for table in form.tables],
        schema=dict.fromkeys(("form", "table", "used_zh", "used_en", "table_zh", "table_en"), pl.String),
        orient="row",
    )
    wrong = (
        printed.select("report", "form", "table", "where")
        .join(used, on="report", how="inner", maintain_order="left")
        .filter(pl.col("form") != pl.col("due"))
        .join(names, on=["form", "table"], how="left", maintain_order="left")
    )
    return wrong.select(
        "report",
        rule=pl.lit("form_mismatch"),
        severity=pl.when("lenient").then(pl.lit("notice")).otherwise(pl.lit("warning")),
        table="table",
        line=pl.lit(None, pl.String),
        column=pl.lit(None, pl.String),
        expected=pl.lit(None, pl.Float64),
        found=pl.lit(None, pl.Float64),
        message=pl.format("{}: printed in the {}, due for {} is the {}", "table_en", "used_en", "year", "due_en"),
        message_zh=pl.format("{}：使用了{}，{}年应使用{}", "table_zh", "used_zh", "year", "due_zh"),
        where="where",
    )


def _due(years: list[int], forms: Forms) -> pl.DataFrame:
    rows = [
        (year, form.id, year in form.lenient_years, form.zh, form.en)
        for year in years
        if (form := forms.for_year(year)) is not None
    ]
    types = {"year": pl.Int32, "due": pl.String, "lenient": pl.Boolean, "due_zh": pl.String, "due_en": pl.String}
    return pl.DataFrame(rows, schema=types, orient="row")
