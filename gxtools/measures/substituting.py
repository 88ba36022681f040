"""What gave way to what: outcomes of the same bodies in two years, between the groups of the form."""

from __future__ import annotations

import polars as pl

from gxtools.measures.arguments import checked_confidence
from gxtools.measures.compositions import composition
from gxtools.measures.differences import square_and_add
from gxtools.measures.frames import HasFrames, named
from gxtools.measures.intervals import wilson
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import definition_of


def substitution(corpus: HasFrames, before: int, after: int, confidence: float = 0.95) -> pl.DataFrame:
    """A row for each of granted, partly granted, denied, unavailable, unprocessed and other: how its share changed.

    Columns: ``outcome``, ``share_before``, ``share``, ``change``, ``low``, ``high``, ``interval``, ``bodies``,
    ``definition``. Of the bodies that handled requests in both years, pooled (formula: x1 / n1 - x0 / n0); the changes
    add up to 0. ``interval``: ``jackknife`` over the bodies (Efron, The Jackknife, 1982; delete one) with Student's t,
    1 / sum of w^2 - 1 degrees of freedom, w a body's part of the requests of both years; of one body ``newcombe``
    (Statistics in Medicine 17 (1998) 873-890, method 10), each outcome against the rest. Assumes independent bodies.
    Where denials fall by what ``unavailable`` or ``unprocessed`` gains, refusal may have changed its name only; shares
    alone cannot tell that from other requests.
    Not over 2018 and 2019: the groups do not exist before. All null where no body stands in both years.
    """
    _, definition = definition_of(corpus, "outcomes")
    level = checked_confidence(confidence)
    counts = composition(corpus, "outcomes", ["year", "agency"], grouped=True).rename({"line": "outcome"})
    order = counts.select("outcome").unique(maintain_order=True)
    used = counts.filter((pl.col("whole") > 0) & pl.col("agency").is_not_null())
    first, last = (
        used.filter(pl.col("year") == year).select("agency", "outcome", "count", "whole") for year in (before, after)
    )
    both = first.join(last, on=["agency", "outcome"], suffix="_1").sort("agency")
    n0, n1, x0, x1 = (pl.col(name) for name in ("whole", "whole_1", "count", "count_1"))
    without = (x1.sum() - x1) / (n1.sum() - n1) - (x0.sum() - x0) / (n0.sum() - n0)
    told = both.group_by("outcome").agg(
        x0=x0.sum(),
        n0=n0.sum(),
        x1=x1.sum(),
        n1=n1.sum(),
        bodies=pl.len().cast(pl.Int64),
        spread=((pl.len() - 1) / pl.len() * (without - without.mean()).pow(2).sum()).sqrt(),
    )
    bodies = both["agency"].n_unique()
    shares = order.join(told, on="outcome", how="left", maintain_order="left").with_columns(
        pl.col("bodies").fill_null(0),
        value_before=pl.col("x0") / pl.col("n0"),
        value=pl.col("x1") / pl.col("n1"),
    )
    limited = _of_one(shares, level) if bodies == 1 else _of_several(shares, both, level)
    return (
        limited.rename({"value_before": "share_before", "value": "share", "difference": "change"})
        .with_columns(pl.col("share_before", "share", "change", "low", "high").round_sig_figs(DIGITS))
        .with_columns(definition=named(corpus, pl.lit(definition.id)))
        .select("outcome", "share_before", "share", "change", "low", "high", "interval", "bodies", "definition")
    )


def _of_several(shares: pl.DataFrame, both: pl.DataFrame, confidence: float) -> pl.DataFrame:
    half = pl.col("spread") * _student(both, confidence)
    return (
        shares.with_columns(difference=pl.col("value") - pl.col("value_before"))
        .with_columns(low=pl.col("difference") - half, high=pl.col("difference") + half)
        .with_columns(interval=pl.when(pl.col("low").is_not_null()).then(pl.lit("jackknife")))
    )


def _student(both: pl.DataFrame, confidence: float) -> float | None:
    """The quantile of Student's t, with as many degrees of freedom as bodies carry the shares."""
    from scipy.special import stdtrit

    sizes = both.unique("agency").select("whole", "whole_1")
    if sizes.height < 2:
        return None
    weight = (pl.col("whole") / pl.col("whole").sum() + pl.col("whole_1") / pl.col("whole_1").sum()) / 2
    squares = float(sizes.select(weight.pow(2).sum()).item())
    return float(stdtrit(max(1 / squares - 1, 1), (1 + confidence) / 2))


def _of_one(shares: pl.DataFrame, confidence: float) -> pl.DataFrame:
    """The shares of one body in two years, by Newcombe's method 10."""
    earlier, later = (
        wilson(shares.select(numerator=f"x{year}", denominator=f"n{year}"), confidence).select("low", "high")
        for year in (0, 1)
    )
    limits = [later, earlier.rename({"low": "low_before", "high": "high_before"})]
    return square_and_add(pl.concat([shares, *limits], how="horizontal")).with_columns(interval=pl.lit("newcombe"))
