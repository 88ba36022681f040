"""Chains of years: how long a body handed on its open requests unbroken, and how many were lost between years."""

from __future__ import annotations

import polars as pl

from gxtools.checks.years import BODY
from gxtools.forms import Forms

_OUT, _IN = "carried_out", "carried_in"


def chains(reports: pl.DataFrame, cells: pl.LazyFrame, forms: Forms) -> pl.DataFrame:
    """One row a body with at least two years running; frames as declared, ``cells`` lazily.

    Columns: agency, kind, ``years`` reported, ``links`` between neighbouring years that both figures are printed for,
    ``unbroken`` of them, the longest unbroken run (``run_from`` to ``run_to``), ``breaks`` (the years that begin with
    another number than the year before ended with), ``lost`` and ``appeared``: requests that vanished or arose between
    years. Totals only. A body's year with versions that differ makes no link.
    """
    figures = (
        cells.filter(
            (pl.col("table") == "requests") & (pl.col("column") == "total") & pl.col("line").is_in([_OUT, _IN])
        )
        .select("report", "line", "value")
        .collect()
        .pivot("line", index="report", values="value")
    )
    for name in (_OUT, _IN):
        if name not in figures.columns:
            figures = figures.with_columns(pl.lit(None, pl.Float64).alias(name))
    of_years = (
        reports.filter(pl.col("agency").is_not_null() & pl.col("year").is_not_null())
        .join(figures, on="report", how="left", maintain_order="left")
        .group_by(*BODY, "year", maintain_order=True)
        .agg(pl.when(pl.col(name).n_unique() == 1).then(pl.col(name).first()).alias(name) for name in (_OUT, _IN))
        .sort(*BODY, "year", nulls_last=True, maintain_order=True)
    )
    before = [pl.col(name).shift(1).over(BODY) for name in ("year", _OUT)]
    linked = of_years.with_columns(
        difference=pl.when(pl.col("year") == before[0] + 1).then(pl.col(_IN) - before[1]),
    ).with_columns(
        run=(pl.col("difference").is_null() | (pl.col("difference") != 0)).cum_sum().over(BODY),
    )
    runs = (
        linked.group_by(*BODY, "run", maintain_order=True)
        .agg(run_from=pl.col("year").min(), run_to=pl.col("year").max(), length=pl.len())
        .sort("length", descending=True, maintain_order=True)
        .group_by(BODY, maintain_order=True)
        .agg(pl.col("run_from", "run_to").first())
    )
    difference = pl.col("difference")
    return (
        linked.group_by(BODY, maintain_order=True)
        .agg(
            years=pl.len(),
            links=difference.count(),
            unbroken=(difference == 0).sum(),
            breaks=pl.col("year").filter(difference != 0),
            lost=(-difference).filter(difference < 0).sum(),
            appeared=difference.filter(difference > 0).sum(),
        )
        .filter(pl.col("links") > 0)
        .join(runs, on=BODY, how="left", nulls_equal=True, maintain_order="left")
        .select(*BODY, "years", "links", "unbroken", "run_from", "run_to", "breaks", "lost", "appeared")
    )
