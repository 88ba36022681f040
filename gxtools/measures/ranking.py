"""Ranks, never without the interval that says how little they often mean."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.measures.arguments import checked_by, checked_confidence
from gxtools.measures.frames import HasFrames
from gxtools.measures.rates import measure, of_kind


def ranks(
    corpus: HasFrames,
    id: str,
    by: Sequence[str] = ("agency",),
    definition: str | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """One row for every group of ``by`` with a value: ``rank`` (1 is the highest), ``rank_low``, ``rank_high``.

    Also ``numerator``, ``denominator``, ``value``, ``low``, ``high`` (simultaneous), ``left_out`` (groups without one),
    ``definition``. With exact intervals for all K groups at confidence^(1/K), a group stands behind those that lie
    wholly above it and before those wholly below: all ranks at once lie within their limits with that confidence.
    Klein, Wright and Wieczorek, Journal of the Royal Statistical Society A 183 (2020) 1-24. Assumes independent groups
    and binomial or Poisson counts; with over-dispersion the truth is less certain still. Not for a league table: show
    the limits or nothing.
    """
    found, wanted = of_kind(corpus, id, definition, ("share", "per_1000"), "a rank with limits")
    keys = checked_by(by)
    interval = "clopper_pearson" if found.kind == "share" else "poisson"
    every = measure(corpus, id, keys, wanted.id, interval)
    groups = every.drop_nulls("low").height
    level = checked_confidence(confidence) ** (1 / max(groups, 1))
    frame = measure(corpus, id, keys, wanted.id, interval, level).drop_nulls("low")
    lows, highs = frame["low"].sort(), frame["high"].sort()
    wholly_above = frame.height - lows.search_sorted(frame["high"], side="right").cast(pl.Int64)
    wholly_below = highs.search_sorted(frame["low"], side="left").cast(pl.Int64)
    return (
        frame.with_columns(
            rank=pl.col("value").rank("min", descending=True).cast(pl.Int64),
            left_out=pl.lit(every.height - groups, pl.Int64),
            rank_low=1 + wholly_above,
            rank_high=frame.height - wholly_below,
        )
        .sort("rank", *keys)
        .select(
            *keys,
            "numerator",
            "denominator",
            "value",
            "low",
            "high",
            "rank",
            "rank_low",
            "rank_high",
            "left_out",
            "definition",
        )
    )
