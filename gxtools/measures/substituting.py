"""What gave way to what: outcomes of the same bodies in two years, between the groups of the form."""

from __future__ import annotations

import polars as pl

from gxtools.forms import Forms
from gxtools.forms.measure_definitions import Definition, cell_terms
from gxtools.measures.arguments import checked_confidence
from gxtools.measures.compositions import composition
from gxtools.measures.frames import HasFrames, forms_of, named
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import definition_of


def substitution(corpus: HasFrames, before: int, after: int, confidence: float = 0.95) -> pl.DataFrame:
    """A row for each of granted, partly granted, denied, unavailable, unprocessed and other: how its share changed.

    Columns: ``outcome``, ``share_before``, ``share``, ``change``, ``low``, ``high``, ``bodies``, ``definition``. Of the
    bodies that handled requests in both years, pooled (formula: x1 / n1 - x0 / n0); the changes add up to 0. Limits by
    the jackknife over bodies (Efron, The Jackknife, 1982; delete one), null with fewer than two; Student's t has 1 /
    sum of w^2 - 1 degrees of freedom, w a body's part of the requests of both years. Assumes independent bodies. All
    null where no body stands in both years. Where denials fall by what ``unavailable`` or ``unprocessed`` gains,
    refusal may have changed its name only; shares alone cannot tell that from other requests. Not over 2018 and 2019:
    no such groups before.
    """
    forms = forms_of(corpus)
    _, definition = definition_of(corpus, "outcomes")
    groups = _groups(definition, forms)
    counts = (
        composition(corpus, "outcomes", ["year", "agency"])
        .filter(pl.col("year").is_in([before, after]) & (pl.col("whole") > 0) & pl.col("agency").is_not_null())
        .join(groups, on="line")
        .group_by("year", "agency", "outcome")
        .agg(pl.col("count").sum(), pl.col("whole").first())
    )
    first, last = (counts.filter(pl.col("year") == year).drop("year") for year in (before, after))
    both = first.join(last, on=["agency", "outcome"], suffix="_1").sort("agency")
    order = groups.select("outcome").unique(maintain_order=True)
    n0, n1, x0, x1 = (pl.col(name) for name in ("whole", "whole_1", "count", "count_1"))
    without = (x1.sum() - x1) / (n1.sum() - n1) - (x0.sum() - x0) / (n0.sum() - n0)
    told = both.group_by("outcome").agg(
        share_before=x0.sum() / n0.sum(),
        share=x1.sum() / n1.sum(),
        bodies=pl.len().cast(pl.Int64),
        spread=((pl.len() - 1) / pl.len() * (without - without.mean()).pow(2).sum()).sqrt(),
    )
    return (
        order.join(told, on="outcome", how="left", maintain_order="left")
        .with_columns(pl.col("bodies").fill_null(0), change=pl.col("share") - pl.col("share_before"))
        .with_columns(half=pl.col("spread") * _student(both, checked_confidence(confidence)))
        .with_columns(low=pl.col("change") - pl.col("half"), high=pl.col("change") + pl.col("half"))
        .with_columns(pl.col("share_before", "share", "change", "low", "high").round_sig_figs(DIGITS))
        .with_columns(definition=named(corpus, pl.lit(definition.id)))
        .select("outcome", "share_before", "share", "change", "low", "high", "bodies", "definition")
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


def _groups(definition: Definition, forms: Forms) -> pl.DataFrame:
    """Which outcome each line belongs to, by the very terms of the definition, in printed order."""
    rows = [
        (term.line, part.id.split(".")[1])
        for id in definition.forms
        for part in definition.parts
        for term in cell_terms((part,), forms.by_id(id))
    ]
    return pl.DataFrame(rows, schema=["line", "outcome"], orient="row").unique(maintain_order=True)
