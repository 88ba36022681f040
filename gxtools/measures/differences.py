"""Differences between neighbouring groups of a measure, and the least ones that their counts could show."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, pi
from statistics import NormalDist

import polars as pl

from gxtools.measures.arguments import REPORT_KEYS, checked_by, known
from gxtools.measures.frames import HasFrames
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import measure, of_kind

_NAMES = {"wilson": "newcombe"}


def square_and_add(frame: pl.DataFrame) -> pl.DataFrame:
    """``difference``, ``low`` and ``high`` of ``value`` less ``value_before``, from the limits of either.

    d - sqrt((v - l)^2 + (u0 - v0)^2) and d + sqrt((u - v)^2 + (v0 - l0)^2). With Wilson's limits method 10 of Newcombe,
    Statistics in Medicine 17 (1998) 873-890; with any others Zou and Donner, Statistics in Medicine 27 (2008)
    1693-1702. Takes both estimates as independent: for one body in two years it is, if anything, too wide.
    """
    value, before = pl.col("value"), pl.col("value_before")
    difference = value - before
    below = ((value - pl.col("low")).pow(2) + (pl.col("high_before") - before).pow(2)).sqrt()
    above = ((pl.col("high") - value).pow(2) + (before - pl.col("low_before")).pow(2)).sqrt()
    return frame.with_columns(difference=difference, low=difference - below, high=difference + above)


def differences(
    corpus: HasFrames,
    id: str,
    between: str = "year",
    by: Sequence[str] = (),
    definition: str | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """What a measure gained or lost from each value of ``between`` to the next one there is, within ``by``.

    Columns: ``by``, ``between``, ``before`` (the value of ``between`` that it is compared with), ``value``,
    ``value_before``, ``difference``, ``low``, ``high``, ``interval`` (``newcombe`` from Wilson's limits, else
    ``square_and_add``, null where either has none), ``bodies``, ``bodies_before``, ``bodies_shared`` (in both: where
    that is few, others are compared, not the same ones later), ``definition``. All in the unit of the measure; see
    ``square_and_add`` for formula and source. Not a test that behaviour changed: a break of form or a change of the
    bodies that report moves the difference as well (``decomposition``, ``comparability``).

    Raises ``ValueError`` naming the argument and what is allowed.
    """
    known("between", between, REPORT_KEYS)
    keys = [key for key in checked_by(by) if key != between]
    frame = measure(corpus, id, [*keys, between], definition, confidence=confidence).drop_nulls(between)
    paired = frame.with_columns(
        _last(between, keys).alias("before"),
        *(_last(name, keys).alias(f"{name}_before") for name in ("value", "low", "high", "interval", "bodies")),
    ).join(_shared(corpus, id, between, keys, definition), on=[*keys, between], how="left", nulls_equal=True)
    same = pl.col("interval") == pl.col("interval_before")
    name = pl.when(same).then(pl.col("interval").replace_strict(_NAMES, default=None)).fill_null("square_and_add")
    return (
        square_and_add(paired.filter(pl.col("before").is_not_null()))
        .with_columns(pl.col("difference", "low", "high").round_sig_figs(DIGITS))
        .with_columns(interval=pl.when(pl.col("low").is_not_null()).then(name))
        .select(
            *keys,
            between,
            "before",
            "value",
            "value_before",
            "difference",
            "low",
            "high",
            "interval",
            "bodies",
            "bodies_before",
            pl.col("bodies_shared").fill_null(0),
            "definition",
        )
    )


def _shared(corpus: HasFrames, id: str, between: str, keys: list[str], definition: str | None) -> pl.DataFrame:
    """How many agencies have usable figures both at a value of ``between`` and at the one before."""
    groups = [*keys, between]
    each = measure(corpus, id, list(dict.fromkeys([*groups, "agency"])), definition)
    named = pl.col("agency").filter(pl.col("numerator").is_not_null() & pl.col("agency").is_not_null())
    present = each.drop_nulls(between).sort(groups).group_by(groups, maintain_order=True).agg(names=named.unique())
    both = pl.col("names").list.set_intersection(_last("names", keys))
    return present.select(*groups, bodies_shared=both.list.len().cast(pl.Int64))


def _last(name: str, keys: list[str]) -> pl.Expr:
    shifted = pl.col(name).shift(1)
    return shifted.over(keys) if keys else shifted


def detectable(
    corpus: HasFrames,
    id: str,
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    confidence: float = 0.95,
    power: float = 0.8,
    dispersion: float = 1,
) -> pl.DataFrame:
    """The nearest shares that two groups of this size could tell apart: ``below`` and ``above`` of ``value``.

    Cohen, Statistical Power Analysis (1988), 6.4: with h = (z_confidence + z_power) sqrt(2 dispersion / n) the shares
    sin^2(arcsin sqrt(p) -+ h / 2), null where that passes 0 or 1: no such share can be told apart. Both groups have the
    denominator n of the row. ``dispersion`` is the variance over that of a binomial, as ``phi`` of ``funnel``; 1 is the
    most hopeful case. For planning and for reading a null result; not for what was found (no power after the fact).
    Shares only. Raises ``ValueError`` for a measure that is no share.
    """
    of_kind(corpus, id, definition, ("share",), "the least difference")
    if not (0 < power < 1 and 0 < dispersion < inf):
        raise ValueError(f"power: {power!r} must lie between 0 and 1, dispersion: {dispersion!r} above 0")
    frame = measure(corpus, id, by, definition, "wilson", confidence)
    normal = NormalDist()
    spread = (normal.inv_cdf((1 + confidence) / 2) + normal.inv_cdf(power)) * (2 * dispersion) ** 0.5
    half = spread / pl.col("denominator").sqrt() / 2
    angle = pl.col("value").sqrt().arcsin()
    possible = (pl.col("denominator") > 0) & pl.col("value").is_between(0, 1)
    return frame.select(
        *by,
        "numerator",
        "denominator",
        "value",
        below=pl.when(possible & (angle > half)).then((angle - half).sin().pow(2).round_sig_figs(DIGITS)),
        above=pl.when(possible & (angle + half < pi / 2)).then((angle + half).sin().pow(2).round_sig_figs(DIGITS)),
        power=pl.lit(float(power)),
        dispersion=pl.lit(float(dispersion)),
        definition="definition",
    )
