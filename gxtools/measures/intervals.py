"""Confidence intervals over ``numerator`` and ``denominator``, each tested against published figures.

The counts are a census: an interval describes what the same practice might have given. The quantiles of the gamma and
Student distributions come from SciPy, imported where they are used because that takes longer than a whole measure.
"""

from __future__ import annotations

from statistics import NormalDist

import polars as pl

LOW, HIGH = "low", "high"
DRAWINGS, SEED = 1999, 1
_N, _D = pl.col("numerator"), pl.col("denominator")


def wilson(frame: pl.DataFrame, confidence: float) -> pl.DataFrame:
    """``low`` and ``high`` of Wilson's score interval; null unless 0 <= numerator <= denominator and 0 < denominator.

    Wilson (1927), as method 3 of Newcombe, Statistics in Medicine 17 (1998) 857-872.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = _N / _D
    middle = (share + z * z / (2 * _D)) / (1 + z * z / _D)
    half = z / (1 + z * z / _D) * (share * (1 - share) / _D + z * z / (4 * _D * _D)).sqrt()
    possible = (_D > 0) & _N.is_between(0, _D)
    return frame.with_columns(
        # At the ends the limit is 0 or 1 exactly; floating point would leave a residue.
        pl.when(possible).then(pl.when(_N == 0).then(0.0).otherwise(middle - half)).alias(LOW),
        pl.when(possible).then(pl.when(_N == _D).then(1.0).otherwise(middle + half)).alias(HIGH),
    )


def jeffreys(frame: pl.DataFrame, confidence: float) -> pl.DataFrame:
    """``low`` and ``high`` by Jeffreys' prior: the equal tails of Beta(x + 1/2, n - x + 1/2); 0 and 1 at the ends.

    Brown, Cai and DasGupta, Statistical Science 16 (2001) 101-133, 3.1.1 and 4.1.2. Right on average; not for a claim
    that must hold for every share.
    """
    return _beta(frame, confidence, 0.5, 0.5)


def clopper_pearson(frame: pl.DataFrame, confidence: float) -> pl.DataFrame:
    """``low`` and ``high`` of the exact interval: never below its confidence, and so wider than need be on average.

    Clopper and Pearson, Biometrika 26 (1934) 404-413: tails of Beta(x, n - x + 1) and Beta(x + 1, n - x).
    """
    return _beta(frame, confidence, 0, 1)


def _beta(frame: pl.DataFrame, confidence: float, less: float, more: float) -> pl.DataFrame:
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    possible = (_D > 0) & _N.is_between(0, _D)
    at_low, at_high = possible & (_N > 0), possible & (_N < _D)
    inside = frame.select(
        n=pl.when(possible).then(_N).otherwise(0),
        d=pl.when(possible).then(_D).otherwise(1),
    )
    cases, rest = inside["n"].to_numpy(), (inside["d"] - inside["n"]).to_numpy()
    # Parameters of 0 belong to the ends, which are set below.
    low = pl.Series(betaincinv((cases + less).clip(1e-9), rest + more, tail), dtype=pl.Float64)
    high = pl.Series(betaincinv(cases + more, (rest + less).clip(1e-9), 1 - tail), dtype=pl.Float64)
    return frame.with_columns(
        pl.when(at_low).then(low).when(possible).then(0.0).alias(LOW),
        pl.when(at_high).then(high).when(possible).then(1.0).alias(HIGH),
    )


def poisson(frame: pl.DataFrame, confidence: float) -> pl.DataFrame:
    """``low`` and ``high`` of the exact Poisson interval of ``numerator`` over ``denominator``; null where that is 0.

    Garwood, Biometrika 28 (1936) 437-442: with no case the lower limit is 0 and the upper one stays above it.
    """
    from scipy.special import gammaincinv

    tail = (1 - confidence) / 2
    counts = frame["numerator"].fill_null(0)
    low = pl.Series(gammaincinv(counts.to_list(), tail), dtype=pl.Float64)
    high = pl.Series(gammaincinv((counts + 1).to_list(), 1 - tail), dtype=pl.Float64)
    possible = (_D > 0) & (_N >= 0)
    return frame.with_columns(
        pl.when(possible).then(pl.when(_N == 0).then(0.0).otherwise(low) / _D).alias(LOW),
        pl.when(possible).then(high / _D).alias(HIGH),
    )


def no_interval(frame: pl.DataFrame, confidence: float) -> pl.DataFrame:
    """Null limits, for a quotient whose numerator is no part of its denominator and no count of cases."""
    return frame.with_columns(pl.lit(None, pl.Float64).alias(LOW), pl.lit(None, pl.Float64).alias(HIGH))


def clustered(frame: pl.DataFrame, confidence: float, kind: str) -> pl.DataFrame:
    """``low`` and ``high`` of the ratio estimator over bodies, with Student's t; of a ``share`` on the logit scale.

    Needs ``bodies``, and ``squares`` and ``freedom`` of ``spread_of_bodies``. Null with fewer than two bodies, where
    one has all of the denominator, and where every body has the same ratio: a width of nothing would be a claim that
    two bodies cannot bear. Assumes independent bodies.

    With p = numerator / denominator, e its standard error and h = t e: p - h and p + h, not below 0 for ``per_1000``.
    Of a share: the limits of logit p -+ h / (p (1 - p)), turned back, which lie between 0 and 1 and reach farther on
    the side away from the end (Korn and Graubard, Survey Methodology 24 (1998) 193-201); null at 0, 1 and beyond. Where
    few bodies have most requests, limits about p itself held a share of 3 to 5 % 84 to 91 times in 100, these 91 to 93
    times; a share of 1 % they hold 87 to 94 times, too seldom still (``docs/measures.md``).
    """
    from scipy.special import stdtrit

    freedom = frame["freedom"].fill_null(1).fill_nan(1).clip(1)
    t = pl.Series(stdtrit(freedom.to_list(), (1 + confidence) / 2), dtype=pl.Float64)
    squares = pl.col("squares").fill_nan(None)
    value, half = _N / _D, t * squares.sqrt() / _D
    # Rounding leaves a residue of equal ratios; it is no spread.
    possible = (_D > 0) & (pl.col("bodies") >= 2) & (squares > 1e-12 * _D * _D)
    low, high = value - half, value + half
    if kind == "share":
        possible &= (_N > 0) & (_N < _D)
        odds, factor = value / (1 - value), (half / (value * (1 - value))).exp()
        low, high = odds / (odds + factor), 1 / (1 + 1 / (odds * factor))
    elif kind == "per_1000":
        # A ratio may be negative, a rate may not.
        low = low.clip(0)
    return frame.with_columns(
        pl.when(possible).then(low).alias(LOW),
        pl.when(possible).then(high).alias(HIGH),
    )


def spread_of_bodies(numerator: str = "numerator", denominator: str = "denominator") -> tuple[pl.Expr, pl.Expr]:
    """``squares`` and ``freedom`` of a group whose rows are bodies.

    Beside both columns stand the sums of the group as ``<column>_all``; a body that has no part in them has 0 in both.

    With w a body's share of the denominator and S the sum of w^2: ``squares`` = sum of
    (numerator - ratio x denominator)^2 / (1 - 2 w + S), which makes the variance right on average where the bodies' own
    ratios scatter alike, and ``freedom`` = 1 / S - 1, as of that many bodies of one size. Where all are of one size
    these are bodies / (bodies - 1) and bodies - 1, as in Cochran, Sampling Techniques (1977), 2.11 and 9A; where a few
    bodies have most of the requests, as is common, those two hold the truth only 80 to 90 times in 100. The correction
    is that of Bell and McCaffrey, Survey Methodology 28 (2002) 169-181, for a ratio.
    """
    whole = pl.col(f"{denominator}_all")
    w = pl.col(denominator) / whole
    square = w.pow(2).sum()
    off = pl.col(numerator) - pl.col(f"{numerator}_all") / whole * pl.col(denominator)
    return (off.pow(2) / (1 - 2 * w + square)).sum().alias("squares"), (1 / square - 1).alias("freedom")


def bootstrap(frame: pl.DataFrame, confidence: float) -> pl.DataFrame:
    """``low`` and ``high``: the quantiles of the ratio over 1,999 drawings of as many bodies, with replacement.

    Needs ``of_bodies``, the ``numerator`` and ``denominator`` of each. By ``scipy.stats.bootstrap``, whole bodies drawn
    (Davison and Hinkley, Bootstrap Methods and their Application (1997), 3.8) by the percentile method of Efron (1979),
    always from the same seed and in the order of their figures: the same bodies give the same limits. Of bodies with a
    denominator above 0. Null with fewer than two, and where all have the same ratio. With few bodies it is too narrow,
    as no drawing has a body that is not there: ``clustered`` with Student's t is safer below about thirty.
    """
    limits = [_drawn(bodies, confidence) for bodies in frame["of_bodies"]]
    columns = pl.DataFrame(limits, schema={LOW: pl.Float64, HIGH: pl.Float64}, orient="row")
    return frame.with_columns(columns)


def _drawn(bodies: pl.Series | None, confidence: float) -> tuple[float | None, float | None]:
    from scipy.stats import bootstrap as drawings

    if bodies is None:
        return None, None
    known = bodies.struct.unnest().filter(_D != 0).sort("numerator", "denominator")
    if known.height < 2 or known["denominator"].min() < 0 or known.select((_N / _D).n_unique()).item() < 2:  # type: ignore[operator]
        return None, None
    found = drawings(
        (known["numerator"].to_list(), known["denominator"].to_list()),
        lambda n, d, axis: n.sum(axis=axis) / d.sum(axis=axis),
        n_resamples=DRAWINGS,
        # So that many bodies need no more memory than few.
        batch=max(1, 2_000_000 // known.height),
        vectorized=True,
        paired=True,
        confidence_level=confidence,
        method="percentile",
        rng=SEED,
    ).confidence_interval
    return float(found.low), float(found.high)
