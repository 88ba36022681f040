"""Pools reports into groups: the sums, how many bodies and lacks, an interval, and what a row rests on."""

from __future__ import annotations

import polars as pl

from gxtools.measures.intervals import (
    HIGH,
    LOW,
    bootstrap,
    clopper_pearson,
    clustered,
    jeffreys,
    no_interval,
    poisson,
    spread_of_bodies,
    wilson,
)

# Twelve significant digits: alike on every machine, and nearer to the quotient than any figure is printed.
DIGITS = 12
_PARTS = ("part_line", "part_column")
TRACE = ["report", "agency", "year", "source", "state", "where"]

_SINGLE = {"share": ("wilson", wilson), "per_1000": ("poisson", poisson), "ratio": ("none", no_interval)}
_ON_REQUEST = {
    "bootstrap": bootstrap,
    "clopper_pearson": clopper_pearson,
    "jeffreys": jeffreys,
    "poisson": poisson,
    "wilson": wilson,
}


def pooled(
    sums: pl.DataFrame | pl.LazyFrame, keys: list[str], kind: str, interval: str | None = None, confidence: float = 0.95
) -> pl.DataFrame:
    """``estimated`` of the ``totals`` of ``report_sums`` rows."""
    return estimated(totals(sums, keys, interval), keys, kind, interval, confidence)


def totals(sums: pl.DataFrame | pl.LazyFrame, keys: list[str], interval: str | None = None) -> pl.DataFrame:
    """One row for every group of ``report_sums`` rows, in no order: ``whole`` (0) and ``keys``, ``rank``, both sums
    (null where no report enters), ``bodies``, what ``clustered`` needs, ``cells_lacking`` and, where
    ``sums`` has its columns, ``trace``; for the interval ``bootstrap`` the sums of each body as ``of_bodies``.
    """
    # A constant key makes the whole corpus one group where there is no other.
    keyed = sums.lazy().with_columns(whole=pl.lit(0))
    is_traced = set(TRACE) <= set(keyed.collect_schema().names())
    groups = ["whole", *keys]
    entered = keyed.filter("entered")
    bodies = entered.group_by(*groups, "body", maintain_order=True).agg(pl.col("numerator", "denominator").sum())
    each = {"of_bodies": pl.struct("numerator", "denominator")} if interval == "bootstrap" else {}
    pooled = bodies.group_by(groups, maintain_order=True).agg(
        pl.col("numerator", "denominator").sum(),
        bodies=pl.len().cast(pl.Int64),
        **each,
    )
    spread = bodies.join(pooled, on=groups, suffix="_all", nulls_equal=True).group_by(groups).agg(*spread_of_bodies())
    return (
        keyed.group_by(groups, maintain_order=True)
        .agg(pl.col("rank").min(), cells_lacking=(~pl.col("entered")).sum().cast(pl.Int64), **_trace(is_traced))
        .join(pooled, on=groups, how="left", nulls_equal=True)
        .join(spread, on=groups, how="left", nulls_equal=True)
        .with_columns(pl.col("bodies").fill_null(0))
        .collect()
    )


def estimated(
    totals: pl.DataFrame, keys: list[str], kind: str, interval: str | None = None, confidence: float = 0.95
) -> pl.DataFrame:
    """One row for every group of ``totals``, sorted by ``keys``, nulls last.

    Columns: ``keys``, ``rank``, ``numerator`` and ``denominator`` (null where no report enters), ``value``, ``low``,
    ``high``, ``interval``, ``bodies``, ``cells_lacking`` and ``trace``. ``value`` is null unless the denominator is
    above 0: a difference of cells, such as what was in force before, can fall below it.
    An ``interval`` on request is taken as it is, null where it cannot be had. With ``interval`` null several bodies
    get ``clustered``, one body Wilson's or, for a rate, the Poisson interval; where ``clustered`` cannot be had (one
    body, or no spread between bodies) the latter stands in, named as such.
    """
    factor = 1000 if kind == "per_1000" else 1
    value = pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator"))
    return (
        _with_interval(totals, kind, interval, confidence)
        .with_columns(value=value)
        .with_columns((pl.col("value", LOW, HIGH) * factor).round_sig_figs(DIGITS))
        # Forms may print different lines at one place: there the ids decide.
        .sort(["whole", *(_order(key) for key in keys), *(key for key in keys if key in _PARTS)], nulls_last=True)
        .drop("whole", "squares", "freedom", "of_bodies", strict=False)
    )


def _with_interval(frame: pl.DataFrame, kind: str, interval: str | None, confidence: float) -> pl.DataFrame:
    name, single = _SINGLE[kind]
    if interval in _ON_REQUEST:
        return _named(_ON_REQUEST[interval](frame, confidence), pl.lit(interval))
    alone = single(frame, confidence)
    together = clustered(frame, confidence, kind).select(low_c=LOW, high_c=HIGH)
    both = pl.concat([alone, together], how="horizontal")
    is_clustered = pl.col("low_c").is_not_null()
    return _named(
        both.with_columns(
            pl.when(is_clustered).then("low_c").otherwise(LOW).alias(LOW),
            pl.when(is_clustered).then("high_c").otherwise(HIGH).alias(HIGH),
        ),
        pl.when(is_clustered).then(pl.lit("clustered")).otherwise(pl.lit(name)),
    ).drop("low_c", "high_c")


def _named(frame: pl.DataFrame, name: pl.Expr) -> pl.DataFrame:
    return frame.with_columns(interval=pl.when(pl.col(LOW).is_not_null()).then(name))


def _trace(is_traced: bool) -> dict[str, pl.Expr]:
    """What one report tells of itself; null where several are pooled."""
    return {"trace": pl.when(pl.len() == 1).then(pl.struct(pl.col(TRACE).first()))} if is_traced else {}


def _order(key: str) -> pl.Expr:
    """Lines and columns in printed order, anything else by itself."""
    return pl.col("rank") if key in _PARTS else pl.col(key)
