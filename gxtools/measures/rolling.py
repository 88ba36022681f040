"""Disputes that were pending at the end of a year, against what was concluded and what is pending in the next."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.measures.arguments import checked_by
from gxtools.measures.frames import HasFrames, named
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import measure

_COUNTS = ("pending_before", "concluded", "pending", "total")
_BOUNDS = ("concluded_high", "open_low", "open_high")


def rolled_over(corpus: HasFrames, by: Sequence[str] = ("year",)) -> pl.DataFrame:
    """One row for every group of ``by`` and block of disputes (``line``): last year's pending against this year's.

    Of the bodies that report both years (by agency; ``year`` is the later one), added up: ``pending_before`` P,
    ``concluded`` C (upheld, corrected and other), ``pending`` O and ``total`` of this year; ``rolled_per_concluded`` =
    P / C, null where C is 0; and, body by body, of what was pending a year ago at most ``concluded_high`` =
    sum of min(P, C) was concluded, and from ``open_low`` = sum of max(0, P - C) to ``open_high`` = sum of min(P, O) is
    pending still. ``bodies``; ``bodies_not_held`` (of these, P is more than the total of this year, which so cannot
    hold what was pending); ``cells_lacking`` (reports of a body with a year before in which a term lacks in either
    year); ``bodies_without_before`` (bodies with no report of the year before), ``definition``.

    Source: identities of counts; the form does not say whether last year's pending cases stand in this year's total.
    The bounds assume that they do; where ``bodies_not_held`` is above 0 that is not so, ``open_low`` may pass
    ``open_high``, and nothing is learnt of those cases. Not a time to judgment: a case that was filed and concluded in
    one year is never pending. Not for bodies that were merged or renamed.
    """
    keys = checked_by(by)
    inner = list(dict.fromkeys([*keys, "agency", "year"]))
    each = _counted(corpus, inner).drop_nulls(["agency", "year"])
    before = (
        each.group_by("agency", "year", "line")
        .agg(pending_before=_whole("pending"), there=pl.lit(True))
        .with_columns(pl.col("year") + 1)
    )
    paired = each.join(before, on=["agency", "year", "line"], how="left", maintain_order="left").with_columns(
        pl.col("there").fill_null(False), whole=pl.lit(0)
    )
    p, c, o, t = (pl.col(name) for name in _COUNTS)
    known = pl.all_horizontal(pl.col(name).is_not_null() for name in _COUNTS)
    bounded = (
        paired.with_columns(pl.when(known).then(pl.col(name)).alias(name) for name in _COUNTS)
        .with_columns(
            concluded_high=pl.min_horizontal(p, c), open_low=(p - c).clip(0), open_high=pl.min_horizontal(p, o)
        )
        .with_columns(known=known, **{name: pl.when(known).then(pl.col(name)) for name in _BOUNDS})
    )
    summed = {name: pl.when(pl.col("known").any()).then(pl.col(name).sum()) for name in (*_COUNTS, *_BOUNDS)}
    return (
        bounded.group_by("whole", *keys, "line", maintain_order=True)
        .agg(
            pl.col("rank").first(),
            **summed,
            bodies=_bodies("known"),
            bodies_not_held=_bodies(pl.col("known") & (p > t)),
            cells_lacking=(pl.col("there") & ~pl.col("known")).sum().cast(pl.Int64),
            bodies_without_before=_bodies(~pl.col("there")),
        )
        .with_columns(rolled_per_concluded=pl.when(c > 0).then(p / c).round_sig_figs(DIGITS))
        .sort("whole", *keys, "rank", nulls_last=True)
        .with_columns(definition=named(corpus, pl.lit("rolled_over")))
        .select(
            *keys,
            "line",
            *_COUNTS,
            "rolled_per_concluded",
            *_BOUNDS,
            "bodies",
            "bodies_not_held",
            "cells_lacking",
            "bodies_without_before",
            "definition",
        )
    )


def _counted(corpus: HasFrames, keys: list[str]) -> pl.DataFrame:
    """``concluded``, ``pending`` and ``total`` of every block of disputes, null where a term lacks."""
    shares = measure(corpus, "pending_share", [*keys, "line"], "of_total")
    closed = measure(corpus, "correction_rate", [*keys, "line"], "of_concluded")
    lines = {line: rank for rank, line in enumerate(shares["line"].unique(maintain_order=True))}
    told = shares.select(*keys, "line", pending="numerator", total="denominator").join(
        closed.select(*keys, "line", concluded="denominator"),
        on=[*keys, "line"],
        nulls_equal=True,
        maintain_order="left",
    )
    return told.with_columns(rank=pl.col("line").replace_strict(lines, default=None, return_dtype=pl.Int64))


def _whole(name: str) -> pl.Expr:
    """The sum, null where any part of it is."""
    return pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum())


def _bodies(which: pl.Expr | str) -> pl.Expr:
    return pl.col("agency").filter(which).n_unique().cast(pl.Int64)
