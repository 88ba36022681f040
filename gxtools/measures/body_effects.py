"""A binomial model with an effect for every body: ten thousand bodies need no ten thousand columns.

``statsmodels`` would carry a dense column for each body; here the effects are eliminated in every Newton step. The
tests hold estimates and errors against ``statsmodels`` where that is small enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

STEPS = 60
# Odds beyond e^25 are no odds: an outcome that a term foretells perfectly.
FARTHEST = 25
NEAR = 1e-9


@dataclass(frozen=True)
class Effects:
    """Log-odds of each term with standard errors and degrees of freedom, none unless ``status`` is ``ok``."""

    status: str
    bodies: int
    estimates: tuple[float, ...] = ()
    errors: tuple[float, ...] = ()
    freedom: tuple[float, ...] = ()


def informative(counts: pl.DataFrame) -> pl.DataFrame:
    """The rows of bodies that can tell a change: two rows or more, and neither none nor all of their requests."""
    yes, size = pl.col("numerator"), pl.col("denominator")
    possible = counts.filter((size > 0) & yes.is_between(0, size))
    tells = (pl.len() > 1) & (yes.sum() > 0) & (yes.sum() < size.sum())
    return possible.filter(tells.over("body"))


def fitted_effects(counts: pl.DataFrame, terms: Sequence[str]) -> Effects:
    """``numerator`` of ``denominator`` is binomial, its log-odds the effect of ``body`` and the sum of ``terms``.

    Maximum likelihood. Standard errors are robust to whatever goes on within a body: the scores of bodies squared
    (Liang and Zeger, Biometrika 73 (1986) 13-22), each over (1 - h)^2 with h the body's share of the information on
    the term (Mancl and DeRouen, Biometrics 57 (2001) 126-134, term by term). Degrees of freedom are Satterthwaite's,
    1 / sum of h^2 - 1: as many as bodies less one where all tell as much, fewer where some tell most. With bodies of
    the sizes of the simulation limits by these hold 94 to 96 times in 100, with neither 90 to 92.

    With few requests in few years the effects of bodies draw the estimates away from 0 (Neyman and Scott, Econometrica
    16 (1948) 1-32). As drawn, of a true 0.5: 1.02 with one request a year in two years, 0.59 with three, 0.51 with ten;
    0.54 with three in six years.
    """
    from scipy.linalg import eigvalsh, solve
    from scipy.sparse import csr_matrix
    from scipy.special import expit, logit

    rows = informative(counts)
    bodies = rows["body"].n_unique()
    if bodies < 2:
        return Effects("too few bodies", bodies)
    codes = (rows["body"].rank("dense") - 1).to_numpy()
    x = rows.select(pl.col(terms).cast(pl.Float64)).to_numpy()
    y, n = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    by_body = csr_matrix(([1.0] * rows.height, (codes, range(rows.height))))
    levels = logit((by_body @ y) / (by_body @ n))
    slopes = x[0] * 0.0
    for _ in range(STEPS):
        share = expit(x @ slopes + by_body.T @ levels)
        weights, off = n * share * (1 - share), y - n * share
        of_body = by_body @ weights
        if not of_body.min() > 0:
            return Effects("did not converge", bodies)
        crossed = (by_body @ (x * weights[:, None])) / of_body[:, None]
        within = x - by_body.T @ crossed
        information = within.T @ (within * weights[:, None])
        spread = eigvalsh(information)
        if not spread[0] > NEAR * max(spread[-1], NEAR):
            return Effects("not identified", bodies)
        step = solve(information, within.T @ off)
        slopes, levels = slopes + step, levels + (by_body @ off) / of_body - crossed @ step
        if abs(slopes).max() > FARTHEST:
            return Effects("did not converge", bodies)
        if abs(step).max() < NEAR and abs((by_body @ off) / of_body).max() < NEAR:
            return _with_errors(slopes, by_body, within, off, weights, information)
    return Effects("did not converge", bodies)


def _with_errors(slopes: Any, by_body: Any, within: Any, off: Any, weights: Any, information: Any) -> Effects:
    from scipy.linalg import inv

    bodies = by_body.shape[0]
    each = within @ inv(information)
    told = by_body @ (each * each * weights[:, None])
    leverage = told / told.sum(axis=0)
    if leverage.max() > 1 - NEAR:
        # One body alone tells of a term, and nothing tells how much bodies differ.
        return Effects("too few bodies", bodies)
    moved = (by_body @ (each * off[:, None])) / (1 - leverage)
    errors = (moved**2).sum(axis=0) ** 0.5
    freedom = (1 / (leverage**2).sum(axis=0) - 1).clip(1)
    return Effects("ok", bodies, *(tuple(map(float, values)) for values in (slopes, errors, freedom)))
