"""Measures over one row a report: for collections of a million reports, of which a measure needs a few columns only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

import polars as pl

from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms
from gxtools.marks import bears_simulated_name
from gxtools.measures.arguments import INTERVALS, RATE_KINDS, REPORT_KEYS, checked_by, checked_confidence, chosen, known
from gxtools.measures.frames import marked
from gxtools.measures.pooling import pooled
from gxtools.measures.rates import COLUMNS, PARTS
from gxtools.measures.terms import rate_terms

_CELL = ("table", "line", "column")


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
    sums = pl.concat([_sums(reports, part, terms["form"].unique().to_list(), of_reports) for part in parts])
    frame = pooled(sums, [PARTS.get(key, key) for key in keys], found.kind, interval, checked_confidence(confidence))
    return (
        frame.with_columns(definition=marked(pl.lit(wanted.id), _any_simulated(reports)))
        .rename({PARTS[key]: key for key in keys if key in PARTS})
        .select(*keys, *COLUMNS)
    )


def _any_simulated(reports: pl.LazyFrame) -> bool:
    """By the column that ``wide_reports`` gives, or by the names where only some columns were kept."""
    there = reports.collect_schema().names()
    if "simulated" in there:
        return bool(reports.select(pl.col("simulated").any()).collect().item())
    if not {"report", "agency"} <= set(there):
        return False
    return bool(reports.select(bears_simulated_name().any()).collect().item())


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
    here = pl.col("form").is_in(elsewhere).not_() | pl.col("form").is_null()
    return (
        (reports.filter(here) if elsewhere else reports)
        .select(
            *keys,
            body=pl.coalesce("agency", "report"),
            numerator=numerator,
            denominator=denominator,
            part_line=pl.lit(line, pl.String),
            part_column=pl.lit(column, pl.String),
            rank=pl.lit(rank, pl.Int64),
        )
        .with_columns(entered=pl.col("numerator").is_not_null())
    )


def _names(terms: pl.DataFrame) -> list[str]:
    return terms.select(pl.format("{}.{}.{}", *_CELL).unique(maintain_order=True)).to_series().to_list()


def _sum(terms: pl.DataFrame, side: str) -> pl.Expr:
    rows = terms.filter(pl.col("side") == side).select(*_CELL, "coefficient").rows()
    total: pl.Expr = reduce(add, (pl.col(f"{table}.{line}.{column}") * factor for table, line, column, factor in rows))
    return total
