"""Printed quantities added up as they stand: how much, from how many bodies, and how many reports lack the figure."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.measures.arguments import checked_by
from gxtools.measures.frames import HasFrames, forms_of, named

_CELL = ["line", "column"]


def quantities(corpus: HasFrames, by: Sequence[str] = ("year",), table: str = "proactive") -> pl.DataFrame:
    """One row for every group of ``by`` and every cell of a table: the sum of what is printed there.

    Columns: ``by``, ``line``, ``column``, ``unit``, ``total`` (null where no report prints it), ``bodies`` (whose
    figures are in it), ``cells_lacking`` (reports whose form has the cell and that print no figure in it), ``flagged``
    (reports in the sum with an error or a warning on this very cell), ``definition``, ``trace`` (of a row that rests on
    one report its ``report``, ``agency``, ``year``, ``source``, ``state`` and ``where``). In the order of the newest
    form, cells that it lacks after them. A sum over other bodies is another sum: compare years only where the bodies
    are the same. ``table`` is any table of the forms.

    Formula: the sum of the printed figures of a cell. Assumes that no report counts another's. Not for comparing
    bodies: size of work is no openness.
    """
    keys = checked_by(by)
    forms = forms_of(corpus)
    tables = [t for form in reversed(forms.all) for t in form.tables if t.id == table]
    if not tables:
        known = sorted({t.id for form in forms.all for t in form.tables})
        raise ValueError(f"table: {table!r} is not known here; allowed are {', '.join(known)}")
    places = {
        (cell.line, cell.column): cell.unit
        for form in reversed(forms.all)
        for cell in form.cells
        if cell.table == table
    }
    order = pl.DataFrame(
        [(*place, unit) for place, unit in places.items()], schema=[*_CELL, "unit"], orient="row"
    ).with_row_index("rank")
    about = ["report", "agency", "year", "source"]
    read = corpus.reports.filter(pl.col("error").is_null()).select(*dict.fromkeys((*about, *keys)))
    kept = ["report", "table", *_CELL, "value", "raw", "state", "where"]
    cells = corpus.cells.filter(pl.col("table") == table).select(kept).join(read, on="report", maintain_order="left")
    doubted = corpus.problems.filter((pl.col("severity") != "notice") & (pl.col("table") == table))
    printed = pl.col("state") == "printed"
    where = pl.format(
        "{}.{}.{} {}: {}",
        "table",
        *_CELL,
        pl.col("raw").str.strip_chars().fill_null("absent"),
        pl.col("where").fill_null("-"),
    )
    return (
        cells.with_columns(whole=pl.lit(0), where=where)
        .join(order, on=_CELL, maintain_order="left")
        .join(doubted.select("report", *_CELL, doubted=pl.lit(True)).unique(), on=["report", *_CELL], how="left")
        .group_by("whole", *keys, "rank", *_CELL, maintain_order=True)
        .agg(
            pl.col("unit").first(),
            total=pl.when(printed.any()).then(pl.col("value").sum()),
            bodies=pl.coalesce("agency", "report").filter(printed).n_unique().cast(pl.Int64),
            cells_lacking=(~printed).sum().cast(pl.Int64),
            flagged=(printed & pl.col("doubted").fill_null(False)).sum().cast(pl.Int64),
            trace=pl.when(pl.len() == 1).then(pl.struct(pl.col(*about, "state", "where").first())),
        )
        .sort("whole", *keys, "rank", nulls_last=True)
        .with_columns(definition=named(corpus, pl.lit("quantities")))
        .select(*keys, *_CELL, "unit", "total", "bodies", "cells_lacking", "flagged", "definition", "trace")
    )
