"""Measures over one row a report: for collections of a million reports, of which a measure needs a few columns only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

import polars as pl

from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms
from gxtools.marks import is_simulated
from gxtools.measures.arguments import INTERVALS, RATE_KINDS, REPORT_KEYS, checked_by, checked_confidence, chosen, known
from gxtools.measures.faults import broken_cells
from gxtools.measures.frames import HasFrames, forms_of, marked
from gxtools.measures.pooling import TRACE, pooled
from gxtools.measures.rates import COLUMNS, PARTS
from gxtools.measures.terms import rate_terms

_CELL = ("table", "line", "column")


def wide_reports(corpus: HasFrames) -> pl.DataFrame:
    """One row a report that could be read: its keys, and a column ``table.line.column`` for every cell of any form.

    A value is null unless it is printed, once, and under no broken identity: what ``measure`` would not take. To be
    written to Parquet once and scanned by ``measure_wide`` often. No frame to read figures from: the states are gone.
    """
    forms = forms_of(corpus)
    reports = corpus.reports.filter(pl.col("error").is_null()).select(*REPORT_KEYS)
    names = list(dict.fromkeys(".".join(cell[:3]) for form in forms.all for cell in form.cells))
    usable = (
        corpus.cells.join(broken_cells(reports, corpus.problems, forms), on=["report", *_CELL], how="anti")
        .group_by("report", name=pl.format("{}.{}.{}", *_CELL))
        .agg(value=pl.when(pl.len() == 1).then(pl.col("value").first()))
    )
    figures = usable.pivot("name", on_columns=names, index="report", values="value", aggregate_function="first")
    return reports.join(figures, on="report", how="left", maintain_order="left").with_columns(
        pl.col(names).cast(pl.Float64)
    )


def measure_wide(
    reports: pl.LazyFrame,
    id: str,
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    interval: str | None = None,
    confidence: float = 0.95,
    *,
    forms: Forms | None = None,
) -> pl.DataFrame:
    """``gx.measure`` over the frame of ``wide_reports``, scanned: the same arguments, columns and figures.

    ``pl.scan_parquet`` reads only the columns of the definition and of ``by``.
    """
    vintages = forms or shipped_forms()
    found, wanted = chosen(id, definition, vintages, RATE_KINDS)
    keys = checked_by(by, tuple(PARTS))
    if interval is not None:
        known("interval", interval, INTERVALS[found.kind])
    terms = rate_terms(wanted, vintages, keys)
    parts = terms.partition_by("part_line", "part_column", maintain_order=True)
    of_reports = [key for key in keys if key in REPORT_KEYS]
    sums = pl.concat([_sums(reports, part, terms["form"].unique().to_list(), of_reports) for part in parts]).collect()
    frame = pooled(sums, [PARTS.get(key, key) for key in keys], found.kind, interval, checked_confidence(confidence))
    return (
        frame.with_columns(definition=marked(pl.lit(wanted.id), is_simulated(_told_by(reports))))
        .rename({PARTS[key]: key for key in keys if key in PARTS})
        .select(*keys, *COLUMNS)
    )


def _told_by(reports: pl.LazyFrame) -> pl.DataFrame:
    """The columns that tell whether reports are simulated."""
    there = reports.collect_schema().names()
    return reports.select(name for name in ("report", "agency") if name in there).collect()


def _sums(reports: pl.LazyFrame, part: pl.DataFrame, served: list[str], keys: list[str]) -> pl.LazyFrame:
    """What ``report_sums`` has, without the trace, of one part."""
    numerator, denominator = pl.lit(None, pl.Float64), pl.lit(None, pl.Float64)
    for (form,), terms in part.group_by("form", maintain_order=True):
        here = pl.col("form") == form
        # What lies below 0 is no count.
        complete = here & pl.all_horizontal(pl.col(name) >= 0 for name in _names(terms))
        numerator = pl.when(complete).then(_sum(terms, "numerator")).otherwise(numerator)
        denominator = pl.when(complete).then(_sum(terms, "denominator")).otherwise(denominator)
    elsewhere = [form for form in served if form not in part["form"]]
    line, column, rank = part.select("part_line", "part_column", "rank").row(0)
    return (
        reports.filter(pl.col("form").is_in(elsewhere).not_() | pl.col("form").is_null())
        .select(
            *keys,
            body=pl.coalesce("agency", "report"),
            numerator=numerator,
            denominator=denominator,
            part_line=pl.lit(line, pl.String),
            part_column=pl.lit(column, pl.String),
            rank=pl.lit(rank, pl.Int64),
            **{f"trace_{name}": pl.lit(None, pl.String) for name in TRACE},
        )
        .with_columns(entered=pl.col("numerator").is_not_null())
        .rename({f"trace_{name}": name for name in TRACE if name not in keys})
        .drop([f"trace_{name}" for name in TRACE if name in keys])
    )


def _names(terms: pl.DataFrame) -> list[str]:
    return terms.select(pl.format("{}.{}.{}", *_CELL).unique(maintain_order=True)).to_series().to_list()


def _sum(terms: pl.DataFrame, side: str) -> pl.Expr:
    rows = terms.filter(pl.col("side") == side).select(*_CELL, "coefficient").rows()
    total: pl.Expr = reduce(add, (pl.col(f"{table}.{line}.{column}") * factor for table, line, column, factor in rows))
    return total
