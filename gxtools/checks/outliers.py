"""``implausible``: figures far outside what a body's own other years, or its siblings, suggest. A hint, no accusation.

Model: the logarithm of (figure + 1) lies about the median of the body's other years; residuals of bodies of one level
and kind, for one cell and size, share a robust spread; a t distribution gives each its probability. Likewise about the
median of siblings (``siblings``). The step-up procedure of Benjamini and Hochberg (1995) over all of both bounds the
share of false alarms over the corpus.
"""

from __future__ import annotations

import polars as pl

from gxtools.checks.choosing import chosen_cells
from gxtools.checks.promises import cell_names
from gxtools.checks.siblings import sibling_scores
from gxtools.checks.wording import figure_text
from gxtools.forms import Forms
from gxtools.forms.outlier_cells import OutlierCells, outlier_cells
from gxtools.frames import SCHEMAS, frame

_CELL = ["table", "line", "column"]
_SERIES = ["agency", "kind", *_CELL]
_TENTH = 1.2816  # beyond so many standard deviations lies a tenth of a normal distribution
_MAD = 1.4826  # the standard deviation of a normal distribution, in median absolute deviations
_LEAST_SPREAD = 0.1  # a body whose figures never moved may still move by a tenth


def implausible_figures(reports: pl.DataFrame, cells: pl.LazyFrame, forms: Forms) -> pl.DataFrame:
    """One ``notice`` a figure that its body's other years, or else its siblings, make improbable.

    Frames as declared, ``cells`` lazily. A corpus with too few years and bodies gives none. Of several versions of a
    body's year the first counts.
    """
    chosen = outlier_cells(forms)
    figures = _figures(reports, cells, chosen)
    own = _spread(_residuals(figures, chosen), chosen)
    judged = pl.concat(
        part.select(*figures.columns, "middle", "score", siblings=pl.lit(siblings))
        for part, siblings in ((own, False), (sibling_scores(figures, chosen), True))
    )
    if judged.is_empty():
        return frame("problems", [])
    improbable = _improbable(judged, chosen).unique(["report", *_CELL], keep="first", maintain_order=True)
    return _worded(improbable.join(cell_names(forms), on=_CELL, how="left", maintain_order="left"))


def _figures(reports: pl.DataFrame, cells: pl.LazyFrame, chosen: OutlierCells) -> pl.DataFrame:
    bodies = (
        reports.filter(pl.col("agency").is_not_null() & pl.col("year").is_not_null())
        .select("report", "agency", "kind", "level", "year")
        .unique(["agency", "kind", "year"], keep="first", maintain_order=True)
    )
    wanted = pl.DataFrame(chosen.cells, schema=_CELL, orient="row")
    return (
        chosen_cells(cells, wanted)
        .filter(pl.col("value") >= 0)
        .select("report", *_CELL, "value", "where")
        .join(bodies.lazy(), on="report", how="inner", maintain_order="left")
        .collect()
    )


def _residuals(figures: pl.DataFrame, chosen: OutlierCells) -> pl.DataFrame:
    """The distance of each figure, in logarithms, from the median of its body's other years."""
    series = (
        figures.with_columns(log=pl.col("value").log1p())
        .sort(*_SERIES, "log", nulls_last=True, maintain_order=True)
        .with_columns(place=pl.int_range(pl.len()).over(_SERIES), size=pl.len().over(_SERIES))
        .filter(pl.col("size") > chosen.other_years)
    )
    # Without its own place, the middle of a sorted series of n lies at n // 2 - 1 and (n - 1) // 2, one on behind it.
    low, high = pl.col("size") // 2 - 1, (pl.col("size") - 1) // 2
    start = pl.int_range(pl.len()) - pl.col("place")
    skipped = (pl.col("place") <= low).cast(pl.Int64), (pl.col("place") <= high).cast(pl.Int64)
    middle = [pl.col("log").gather(start + index + skip) for index, skip in zip((low, high), skipped, strict=True)]
    return series.with_columns(middle=(middle[0] + middle[1]) / 2).with_columns(
        residual=pl.col("log") - pl.col("middle"), magnitude=(pl.col("middle") / pl.lit(10.0).log()).floor()
    )


def _spread(residuals: pl.DataFrame, chosen: OutlierCells) -> pl.DataFrame:
    """Residuals in units of their like's spread: bodies of one level and kind, one cell, one order of magnitude."""
    like = ["level", "kind", *_CELL, "magnitude"]
    residual = pl.col("residual")
    middle = residual.abs().median() * _MAD
    # Counts fall towards 0 further than they rise: each side has a spread of its own, and the greater one counts.
    above, below = residual.quantile(0.9) / _TENTH, -residual.quantile(0.1) / _TENTH
    spreads = [pl.max_horizontal(middle, side).over(like) for side in (above, below)]
    # Even where its like never move, a count of so many cases strays as a Poisson count does.
    poisson = (-pl.col("middle") / 2).exp()
    spread = pl.max_horizontal(pl.when(residual > 0).then(spreads[0]).otherwise(spreads[1]), poisson, _LEAST_SPREAD)
    return residuals.filter(pl.len().over(like) >= chosen.figures).with_columns(score=residual / spread)


def _improbable(judged: pl.DataFrame, chosen: OutlierCells) -> pl.DataFrame:
    """Those whose probability passes the step-up procedure."""
    from scipy.stats import t

    # None passes whose probability is above the rate itself: the many others need not be put in order.
    least = t.isf(chosen.false_discoveries / 2, chosen.degrees_of_freedom)
    near = judged.filter(pl.col("score").abs() >= least)
    probability = pl.Series("probability", 2 * t.sf(near["score"].abs(), chosen.degrees_of_freedom))
    ordered = near.with_columns(probability).sort("probability", maintain_order=True)
    rank = pl.int_range(1, pl.len() + 1)
    passes = pl.col("probability") <= chosen.false_discoveries * rank / judged.height
    last = ordered.select(rank.filter(passes).max()).item() or 0
    return ordered.head(last).sort("report", *_CELL, "siblings", maintain_order=True)


def _worded(improbable: pl.DataFrame) -> pl.DataFrame:
    usual = figure_text((pl.col("middle").exp() - 1).round(1))
    value, times = figure_text(pl.col("value")), pl.col("score").abs().round(1).cast(pl.String)
    return improbable.select(
        "report",
        rule=pl.lit("implausible"),
        severity=pl.lit("notice"),
        table="table",
        line="line",
        column="column",
        expected=(pl.col("middle").exp() - 1).round(1),
        found="value",
        message=pl.when("siblings")
        .then(
            pl.format(
                "{}: {} where the median of bodies of its level and kind is {} ({} times the usual spread)",
                *("cell_en", value, usual, times),
            )
        )
        .otherwise(
            pl.format(
                "{}: {} where the median of the body's other years is {} ({} times the usual spread)",
                *("cell_en", value, usual, times),
            )
        ),
        message_zh=pl.when("siblings")
        .then(pl.format("{}：{}，而同级同类机关的中位数为{}（为通常离散程度的{}倍）", "cell_zh", value, usual, times))
        .otherwise(
            pl.format("{}：{}，而该机关其他年份的中位数为{}（为通常离散程度的{}倍）", "cell_zh", value, usual, times)
        ),
        where="where",
    ).select(list(SCHEMAS["problems"]))
