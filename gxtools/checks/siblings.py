"""Figures against those of a body's siblings: bodies of the same level and kind, in the same year.

Bodies differ in size by orders of magnitude, so only what lies far outside all of that stands out. A figure of 0 is
never held against its siblings': whether a body has cases at all, they cannot tell.
"""

from __future__ import annotations

import polars as pl

from gxtools.forms.outlier_cells import OutlierCells

_CELL = ["table", "line", "column"]
_LIKE = ["level", "kind", "year", *_CELL]
_MAD = 1.4826  # the standard deviation of a normal distribution, in median absolute deviations
_TAILS = {0.9: 1.2816, 0.95: 1.6449}  # quantiles of a normal distribution, in standard deviations
_LEAST_SPREAD = 0.1


def sibling_scores(figures: pl.DataFrame, chosen: OutlierCells) -> pl.DataFrame:
    """The figures that have enough siblings, with ``middle`` (the logarithm of one more than their median) and
    ``score``, the distance from it in units of their robust spread.

    The spread is that of the side on which a figure lies, the greatest that its median absolute deviation and two
    quantiles suggest; even where siblings never differ, a count of so many cases strays as a Poisson count does.
    """
    positive = (
        figures.filter((pl.col("value") > 0) & pl.col("level").is_not_null() & pl.col("kind").is_not_null())
        .filter(pl.len().over(_LIKE) >= chosen.figures)
        .with_columns(log=pl.col("value").log1p())
    )
    groups = positive.group_by(_LIKE, maintain_order=True).agg(
        middle=pl.col("log").median(),
        deviation=(pl.col("log") - pl.col("log").median()).abs().median() * _MAD,
        above=pl.max_horizontal(
            (pl.col("log").quantile(tail) - pl.col("log").median()) / unit for tail, unit in _TAILS.items()
        ),
        below=pl.max_horizontal(
            (pl.col("log").median() - pl.col("log").quantile(1 - tail)) / unit for tail, unit in _TAILS.items()
        ),
    )
    residual = pl.col("log") - pl.col("middle")
    side = pl.when(residual > 0).then("above").otherwise("below")
    spread = pl.max_horizontal("deviation", side, (-pl.col("middle") / 2).exp(), _LEAST_SPREAD)
    return positive.join(groups, on=_LIKE, how="inner", maintain_order="left").with_columns(score=residual / spread)
