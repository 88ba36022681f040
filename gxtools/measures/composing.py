"""Compositions with their uncertainty: simultaneous intervals, spread between bodies, and log-ratios."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from statistics import NormalDist

import polars as pl

from gxtools.measures.arguments import checked_by, checked_confidence, known
from gxtools.measures.compositions import composition
from gxtools.measures.frames import HasFrames
from gxtools.measures.intervals import clopper_pearson, jeffreys, wilson
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import definition_of

FEWEST = 5
INTERVALS = {"goodman": wilson, "clopper_pearson": clopper_pearson, "jeffreys": jeffreys}
_PART = ("line", "column")


def composition_intervals(
    corpus: HasFrames,
    id: str,
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    interval: str = "goodman",
    confidence: float = 0.95,
) -> pl.DataFrame:
    """``composition`` with limits that hold for all parts of a whole at once, or (``jeffreys``) for each by itself.

    Columns: ``by``, ``line``, ``column``, ``count``, ``whole``, ``share``, ``low``, ``high``, ``interval``,
    ``definition``; limits are null where the whole is 0. ``goodman``: Wilson's limits at confidence
    1 - (1 - confidence) / parts, Goodman, Technometrics 7 (1965) 247-254; for large wholes: below about 30 it holds
    less often than it says. ``clopper_pearson``: exact limits at that same confidence (Bonferroni), never less often.
    ``jeffreys``: the marginal of the Dirichlet posterior under a prior of 1/2 a part, with the rest taken as one.
    Assumes one multinomial: where several bodies are pooled that differ among themselves all are too narrow, and
    ``dirichlet`` or ``composition`` (clustered) tell more. Not for a difference between two parts (``log_ratios``).
    """
    known("interval", interval, INTERVALS)
    keys = checked_by(by)
    frame = composition(corpus, id, keys, definition).with_columns(numerator="count", denominator="whole")
    # Where each line is a whole of its own, it has as many parts as columns.
    _, wanted = definition_of(corpus, id, definition)
    count = frame.select(_PART if wanted.within is None else "column").n_unique()
    level = checked_confidence(confidence)
    simultaneous = level if interval == "jeffreys" else 1 - (1 - level) / max(count, 1)
    limits = INTERVALS[interval](frame, simultaneous)
    return limits.with_columns(
        pl.col("low", "high").round_sig_figs(DIGITS),
        interval=pl.when(pl.col("low").is_not_null()).then(pl.lit(interval)),
    ).select(*keys, *_PART, "count", "whole", "share", "low", "high", "interval", "definition")


def dirichlet(
    corpus: HasFrames,
    id: str = "refusals",
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """How the composition differs from body to body: a Dirichlet-multinomial over the bodies of every group of ``by``.

    Columns: ``by``, ``line``, ``column``, ``share`` (alpha over their sum), ``spread_low``, ``spread_high`` (within
    which the body's own share lies with that probability), ``strength`` (the sum of alpha), ``bodies``, ``status``,
    ``definition``. By maximum likelihood over bodies with a whole above 0: Mosimann, Biometrika 49 (1962) 65-82; Minka,
    Estimating a Dirichlet distribution (2000). Parts with no case in the group have a share of null: nothing is learnt
    of them. ``status``: ``ok``, ``too few bodies`` (fewer than 5), ``one part`` (only one occurs), ``no spread``
    (bodies differ no more than chance), ``forms differ`` (not every body has every part) or ``did not converge``; all
    but ``ok`` have nulls. Grounds that only some
    bodies can have (registers) make the spread a mixture. With few bodies ``strength`` runs high, by some 4 % at 120.
    Not for ``disputes_by_outcome``, whose lines are wholes of their own.
    """
    known("id", id, ("refusals", "outcomes"))
    keys = [key for key in checked_by(by) if key != "agency"]
    level = checked_confidence(confidence)
    counts = composition(corpus, id, [*keys, "agency"], definition).filter(pl.col("whole") > 0)
    groups = counts.with_columns(rest=pl.lit(0)).partition_by("rest", *keys, maintain_order=True)
    told = [_spread(group, keys, level) for group in groups]
    columns = [*keys, *_PART, "share", "spread_low", "spread_high", "strength", "bodies", "status", "definition"]
    if not told:
        empty = [pl.lit(None, pl.Float64).alias(name) for name in ("share", "spread_low", "spread_high", "strength")]
        return counts.with_columns(*empty, pl.lit(0, pl.Int64).alias("bodies"), status=pl.lit("")).select(columns)
    return pl.concat(told).select(columns)


def _spread(group: pl.DataFrame, keys: list[str], confidence: float) -> pl.DataFrame:
    from scipy.special import betaincinv

    parts = group.group_by(*keys, *_PART, maintain_order=True).agg(
        pl.col("count"), pl.col("definition").first(), total=pl.col("count").sum()
    )
    bodies = group["agency"].n_unique()
    occurring = parts.filter(pl.col("total") > 0)
    alphas, status = fitted_alphas([counts.to_list() for counts in occurring["count"]])
    found = occurring.select(*_PART)
    if alphas is None:
        null = pl.Series("share", [None] * found.height, dtype=pl.Float64)
        found = found.with_columns(null, null.alias("spread_low"), null.alias("spread_high"))
        strength = None
    else:
        strength = sum(alphas)
        rest = [strength - alpha for alpha in alphas]
        tail = (1 - confidence) / 2
        found = found.with_columns(
            pl.Series("share", [alpha / strength for alpha in alphas]),
            pl.Series("spread_low", betaincinv(alphas, rest, tail), dtype=pl.Float64),
            pl.Series("spread_high", betaincinv(alphas, rest, 1 - tail), dtype=pl.Float64),
        )
    return parts.join(found, on=_PART, how="left", nulls_equal=True, maintain_order="left").with_columns(
        pl.col("share", "spread_low", "spread_high").round_sig_figs(DIGITS),
        strength=pl.lit(strength, pl.Float64).round_sig_figs(DIGITS),
        bodies=pl.lit(bodies, pl.Int64),
        status=pl.lit(status),
    )


def fitted_alphas(parts: list[list[float]]) -> tuple[list[float] | None, str]:
    """The alphas of most likelihood for counts part by part, or none and the reason."""
    from scipy.optimize import minimize
    from scipy.special import gammaln, psi

    if len({len(counts) for counts in parts}) > 1:
        return None, "forms differ"
    if not parts or len(parts[0]) < FEWEST:
        return None, "too few bodies"
    if len(parts) < 2:
        return None, "one part"
    counts = pl.DataFrame(parts, orient="row").to_numpy()
    sizes, totals = counts.sum(axis=0), counts.sum(axis=1)
    shares = totals / totals.sum()
    one_for_all = float((totals * pl.Series(shares).log().to_numpy()).sum())

    def unlikely(at: list[float]) -> tuple[float, list[float]]:
        alphas = pl.Series(list(at)).exp().to_numpy()[:, None]
        strength = alphas.sum()
        gained = (gammaln(counts + alphas) - gammaln(alphas)).sum()
        lost = (gammaln(sizes + strength) - gammaln(strength)).sum()
        slope = (psi(counts + alphas) - psi(alphas)).sum(axis=1) - (psi(sizes + strength) - psi(strength)).sum()
        return -float(gained - lost), list(-alphas[:, 0] * slope)

    starts = [[float(pl.Series([share * strength]).log()[0]) for share in shares] for strength in (3, 50)]
    bounds = [(-12, 12)] * len(parts)
    found = min(
        (minimize(unlikely, start, jac=True, method="L-BFGS-B", bounds=bounds) for start in starts),
        key=lambda tried: float(tried.fun),
    )
    if -float(found.fun) - one_for_all < 0.01:
        return None, "no spread"
    return ([exp(at) for at in found.x], "ok") if found.success else (None, "did not converge")


def log_ratios(
    corpus: HasFrames,
    id: str = "outcomes",
    reference: str = "granted",
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """Each part against the line ``reference``, as the natural logarithm of the ratio of their counts.

    Columns: ``by``, ``line``, ``count``, ``reference_count``, ``log_ratio``, ``low``, ``high``, ``zero`` (whether
    either count is 0), ``definition``. Formula: log((x + 1/2) / (r + 1/2)) -+ z sqrt(1 / (x + 1/2) + 1 / (r + 1/2)),
    the additive log-ratio of Aitchison, The Statistical Analysis of Compositional Data (1986), with the half of Haldane
    (1956) and Anscombe (1956), which keeps zeros finite and takes most of the bias; where ``zero`` is true the half is
    most of the answer. Free of the closure by which one share falls merely because another grows; null where both
    counts are 0.
    """
    keys = checked_by(by)
    frame = composition(corpus, id, keys, definition)
    known("reference", reference, frame["line"].unique().sort() if frame.height else [reference])
    z = NormalDist().inv_cdf((1 + checked_confidence(confidence)) / 2)
    base = frame.filter(pl.col("line") == reference).select(*keys, reference_count="count")
    joined = (
        frame.join(base, on=keys, how="left", nulls_equal=True, maintain_order="left")
        if keys
        else frame.join(base, how="cross", maintain_order="left")
    )
    x, r = pl.col("count") + 0.5, pl.col("reference_count") + 0.5
    middle, half = (x / r).log(), z * (1 / x + 1 / r).sqrt()
    either = (pl.col("count") + pl.col("reference_count")) > 0
    return joined.filter(pl.col("line") != reference).select(
        *keys,
        "line",
        "count",
        "reference_count",
        log_ratio=pl.when(either).then(middle).round_sig_figs(DIGITS),
        low=pl.when(either).then(middle - half).round_sig_figs(DIGITS),
        high=pl.when(either).then(middle + half).round_sig_figs(DIGITS),
        zero=(pl.col("count") == 0) | (pl.col("reference_count") == 0),
        definition="definition",
    )
