"""Funnels in place of league tables: control limits around one target, with what over-dispersion does to them."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import polars as pl

from gxtools.measures.arguments import checked_by
from gxtools.measures.frames import HasFrames, named
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import measure, of_kind

INNER, OUTER = 0.95, 0.998
WINSORISED = 0.1
_LIMITS = {"low": (1 - INNER) / 2, "high": (1 + INNER) / 2, "low_outer": (1 - OUTER) / 2, "high_outer": (1 + OUTER) / 2}


def funnel(corpus: HasFrames, id: str, by: Sequence[str] = ("agency",), definition: str | None = None) -> pl.DataFrame:
    """One row for every group of ``by`` with requests to judge it by, in the order of its denominator.

    Columns: ``by``, ``numerator``, ``denominator``, ``value``, ``target`` (all groups pooled), the 95 % limits ``low``
    and ``high``, the 99.8 % limits ``low_outer`` and ``high_outer``, all four again with ``_wide`` for
    over-dispersion, ``z``, ``phi``, ``dispersed`` (whether ``phi`` is more than chance gives), ``place``, ``left_out``
    (how many groups have no usable figures) and ``definition``. ``place`` is ``below`` or ``above`` the wide outer
    limits, else ``within``.

    Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202, appendix A: exact binomial (shares) or Poisson (rates)
    limits, interpolated between whole counts; ``phi`` is the mean squared z after winsorising 10 % at either end. Where
    phi > 1 + 2 sqrt(2 / groups) the wide limits stand sqrt(phi) times as far from the target; else they are the same.
    Assumes that the groups do the same work: kinds and levels of body do not, so filter first. Not for ranking, and not
    for a measure whose numerator is no part or count (``ratio``). Empty where no group has a denominator.
    """
    found, wanted = of_kind(corpus, id, definition, ("share", "per_1000"), "a funnel")
    keys = checked_by(by)
    factor = 1000 if found.kind == "per_1000" else 1
    sums = measure(corpus, id, keys, wanted.id).select(*keys, "numerator", "denominator")
    n, d = pl.col("numerator"), pl.col("denominator")
    # The limits are those of whole counts.
    units = sums.filter((d > 0) & (n >= 0) & (n == n.floor()) & (d == d.floor())).sort("denominator", *keys)
    total = float(units["denominator"].sum())
    target = float(units["numerator"].sum()) / total if total else None
    if found.kind == "share" and not units.filter(pl.col("numerator") > pl.col("denominator")).is_empty():
        raise ValueError(f"definition: {wanted.id!r} passes 1 in some groups; a funnel needs parts of a whole")
    limits = _limits(units, target, found.kind)
    variance = (target or 0) * (1 - (target or 0) if found.kind == "share" else 1)
    value = pl.col("numerator") / pl.col("denominator")
    frame = limits.with_columns(
        value=value,
        target=pl.lit(target, pl.Float64),
        z=((value - target) * (pl.col("denominator") / variance).sqrt())
        if target is not None and variance > 0
        else pl.lit(None, pl.Float64),
    )
    phi = winsorised_phi(frame["z"])
    dispersed = phi is not None and phi > 1 + 2 * sqrt(2 / frame.height)
    spread = sqrt(phi) if phi is not None and dispersed else 1.0
    highest = 1 if found.kind == "share" else None
    wide = [
        (pl.col("target") + spread * (pl.col(name) - pl.col("target"))).clip(0, highest).alias(f"{name}_wide")
        for name in _LIMITS
    ]
    judged = frame.with_columns(wide).with_columns(
        phi=pl.lit(phi, pl.Float64),
        dispersed=pl.lit(dispersed),
        place=pl.when(pl.col("value") < pl.col("low_outer_wide"))
        .then(pl.lit("below"))
        .when(pl.col("value") > pl.col("high_outer_wide"))
        .then(pl.lit("above"))
        .when(pl.col("low_outer_wide").is_not_null())
        .then(pl.lit("within")),
        left_out=pl.lit(sums.height - units.height, pl.Int64),
        definition=named(corpus, pl.lit(wanted.id)),
    )
    shown = ["value", "target", *_LIMITS, *(f"{name}_wide" for name in _LIMITS)]
    return judged.with_columns((pl.col(shown) * factor).round_sig_figs(DIGITS)).select(
        *keys, "numerator", "denominator", *shown, "z", "phi", "dispersed", "place", "left_out", "definition"
    )


def winsorised_phi(z: pl.Series) -> float | None:
    """The mean of squared z, the outer tenths at either end pulled in to their quantiles; null without two values."""
    known = z.drop_nulls()
    if len(known) < 2:
        return None
    pulled = known.clip(known.quantile(WINSORISED, "linear"), known.quantile(1 - WINSORISED, "linear"))
    return float((pulled**2).sum() / len(pulled))


def exact_limits(size: pl.Series, target: float, probability: float, kind: str) -> pl.Series:
    """The share or rate that ``probability`` of outcomes does not pass, interpolated between whole counts.

    Spiegelhalter (2005), A.1.1: (r - (P(R <= r) - p) / P(R = r)) / n with r the least count of which P(R <= r) >= p.
    """
    from scipy.stats import binom, poisson

    sizes = size.to_numpy()
    law = binom(sizes, target) if kind == "share" else poisson(sizes * target)
    least = law.ppf(probability)
    return pl.Series(((least - (law.cdf(least) - probability) / law.pmf(least)) / sizes).clip(0), dtype=pl.Float64)


def _limits(units: pl.DataFrame, target: float | None, kind: str) -> pl.DataFrame:
    """Null limits where the target is no more than 0, or a share of 1: nothing varies there."""
    if target is None or target <= 0 or (kind == "share" and target >= 1):
        return units.with_columns(pl.lit(None, pl.Float64).alias(name) for name in _LIMITS)
    return units.with_columns(
        exact_limits(units["denominator"], target, probability, kind).alias(name)
        for name, probability in _LIMITS.items()
    )
