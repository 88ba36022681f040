"""Partial pooling: small bodies lean on those of their kind, by a beta-binomial model fitted group by group."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

import polars as pl

from gxtools.measures.arguments import checked_by, checked_confidence
from gxtools.measures.frames import HasFrames
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import measure, of_kind

FEWEST = 5
# A gain of log-likelihood over one share for all that is no gain but rounding.
LEAST_GAIN = 0.01


class Fit(NamedTuple):
    """Beta(mean x strength, (1 - mean) x strength); ``status`` is ``ok``, or says why there is none."""

    mean: float | None
    strength: float | None
    status: str


def shrunken(
    corpus: HasFrames,
    id: str,
    by: Sequence[str] = ("agency",),
    within: Sequence[str] = ("level",),
    definition: str | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """One row for every group of ``within`` and ``by``: its own share, and the one that leans on its group.

    Columns: ``within``, ``by``, ``numerator``, ``denominator``, ``value``, ``shrunken``, ``low``, ``high``,
    ``probability_above`` (that its true share exceeds the group's mean), ``group_mean``, ``group_strength`` (as many
    requests as the group counts for), ``group_bodies``, ``status``, ``left_out`` (bodies of the group without usable
    figures), ``definition``.

    x of n is binomial in a share that is Beta(a, b) within the group; a and b by maximum likelihood over the group, and
    ``shrunken`` = (x + a) / (n + a + b) with the tails of Beta(x + a, n - x + b). Griffiths, Biometrics 29 (1973)
    637-648; Efron and Morris, Journal of the American Statistical Association 70 (1975) 311-319. Takes a and b as
    known: with few bodies the interval is somewhat short. Assumes that bodies of a group are alike but for
    chance; a body with a register is not. Not a body's result: what it did is ``value``.
    ``status``: ``ok``; ``too few bodies`` (fewer than 5 with a denominator); ``no spread`` (the bodies differ no more
    than chance, all get the mean); ``all alike`` (none or all of the requests); ``did not converge``. Only ``ok`` and
    ``no spread`` have estimates. Shares only.
    """
    _, wanted = of_kind(corpus, id, definition, ("share",), "partial pooling")
    groups = checked_by(within)
    keys = [key for key in checked_by(by) if key not in groups]
    possible = (pl.col("denominator") > 0) & pl.col("numerator").is_between(0, pl.col("denominator"))
    lacks = possible.fill_null(False).not_().sum().cast(pl.Int64)
    every = measure(corpus, id, [*groups, *keys], wanted.id)
    sums = every.with_columns(left_out=lacks.over(groups) if groups else lacks).filter(possible)
    parts = sums.with_columns(whole=pl.lit(0)).partition_by("whole", *groups, maintain_order=True, include_key=True)
    level = checked_confidence(confidence)
    told = [_told(part, fitted(part["numerator"], part["denominator"]), level) for part in parts]
    columns = ["numerator", "denominator", "value", *_ADDED, "left_out", "definition"]
    frame = pl.concat(told) if told else sums.with_columns(_nothing("too few bodies", 0))
    return frame.select(*groups, *keys, *columns)


_ADDED = (
    "shrunken",
    "low",
    "high",
    "probability_above",
    "group_mean",
    "group_strength",
    "group_bodies",
    "status",
)


def fitted(numerator: pl.Series, denominator: pl.Series) -> Fit:
    """The beta-binomial of most likelihood, searched from the moments in the logit of its mean and its log strength."""
    from scipy.optimize import minimize
    from scipy.special import betaln, expit, logit

    if len(numerator) < FEWEST:
        return Fit(None, None, "too few bodies")
    total = float(numerator.sum()) / float(denominator.sum())
    if not 0 < total < 1:
        return Fit(None, None, "all alike")
    cases, rest = numerator.to_numpy(), (denominator - numerator).to_numpy()

    def unlikely(at: tuple[float, float]) -> float:
        strength = exp(at[1])
        a, b = expit(at[0]) * strength, expit(-at[0]) * strength
        return -float((betaln(cases + a, rest + b) - betaln(a, b)).sum())

    limits = ((-20, 20), (-7, 14))
    found = min(
        (
            minimize(unlikely, (float(logit(total)), start), method="L-BFGS-B", bounds=limits)
            for start in (1.0, 4.0, 8.0)
        ),
        key=lambda tried: float(tried.fun),
    )
    one_share = float(cases.sum()) * log(total) + float(rest.sum()) * log(1 - total)
    if -float(found.fun) - one_share < LEAST_GAIN:
        return Fit(total, None, "no spread")
    if not found.success:
        return Fit(None, None, "did not converge")
    return Fit(float(expit(found.x[0])), exp(float(found.x[1])), "ok")


def _nothing(status: str, bodies: int) -> list[pl.Expr]:
    numbers = [pl.lit(None, pl.Float64).alias(name) for name in _ADDED[:6]]
    return [*numbers, pl.lit(bodies, pl.Int64).alias("group_bodies"), pl.lit(status).alias("status")]


def _told(part: pl.DataFrame, fit: Fit, confidence: float) -> pl.DataFrame:
    from scipy.special import betainc, betaincinv

    frame = part.with_columns(_nothing(fit.status, part.height))
    if fit.mean is None:
        return frame
    if fit.strength is None:
        # Bodies that differ by chance alone share one value; nothing sets one above another.
        shared = pl.lit(fit.mean).round_sig_figs(DIGITS)
        return frame.with_columns(shrunken=shared, group_mean=shared)
    mean, strength = fit.mean, fit.strength
    a = part["numerator"].to_numpy() + mean * strength
    b = (part["denominator"] - part["numerator"]).to_numpy() + (1 - mean) * strength
    tail = (1 - confidence) / 2
    estimates = {
        "shrunken": a / (a + b),
        "low": betaincinv(a, b, tail),
        "high": betaincinv(a, b, 1 - tail),
        "probability_above": 1 - betainc(a, b, mean),
    }
    return frame.with_columns(
        *(pl.Series(name, values, dtype=pl.Float64).round_sig_figs(DIGITS) for name, values in estimates.items()),
        group_mean=pl.lit(mean).round_sig_figs(DIGITS),
        group_strength=pl.lit(strength).round_sig_figs(DIGITS),
    )
