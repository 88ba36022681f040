"""Sums that a lacking figure leaves open one by one, and that no figure in its place could make hold together.

Each sum of a table leaves an interval for a cell without a figure; intervals narrow one another from sum to sum. Where
nothing is left for some cell, the sums in which it stands cannot all hold, whatever belongs there.
"""

from __future__ import annotations

import math

import polars as pl

from gxtools.checks.promises import CELL, TOLERANCE, Promises
from gxtools.checks.wording import STATES_ZH

_ROUNDS = 6
_TABLE = ["report", "table"]
_PLACE = [*_TABLE, "line", "column"]


def with_impossible(found: pl.DataFrame, cells: pl.DataFrame, promises: Promises) -> pl.DataFrame:
    """Instances that are broken or undecided, in words -> the same, with those broken that cannot hold with others.

    Only where none of the table is broken by itself: what follows from a figure that is wrong accuses others. One a
    table is told. What a form prints or builds in, and calls an error, is taken for a sum here, nothing else.
    """
    firm = promises.instances.filter(pl.col("severity") == "error").select("instance", own="severity")
    open_sums = found.filter(~pl.col("broken")).join(firm, on="instance", how="semi", maintain_order="left")
    tables = open_sums.select(_TABLE).unique(maintain_order=True)
    tables = tables.join(found.filter("broken"), on=_TABLE, how="anti", maintain_order="left")
    if tables.is_empty():
        return found
    # Few reports have blanks; joins over the cells of all would cost more than every rule.
    own = cells.filter(pl.col("report").is_in(tables["report"].unique().implode()))
    names = promises.cells.select(*CELL, "line_en", "line_zh", "column_en", "column_zh")
    named = (
        _impossible(tables, own, promises, firm)
        .join(own, on=_PLACE, how="left", maintain_order="left")
        .join(names, on=CELL, how="left", maintain_order="left")
        .join(firm, on="instance", how="left", maintain_order="left")
        .select("report", "instance", "own", "state", *names.columns[4:], cell_where="where")
    )
    return _worded(found, named)


def _worded(found: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    state_zh = pl.col("state").replace_strict(STATES_ZH, default=None, return_dtype=pl.String)
    en = pl.format(
        "{}: does not hold together with the other sums of the table that {}: no figure in '{}, {}' ({}) would make"
        " them all hold",
        *("place_en", "rule_en", "line_en", "column_en", "state"),
    )
    zh = pl.format(
        "{}：{}与表中其他合计不能同时成立：“{}，{}”（{}）无论填何数均不能使其全部成立",
        *("place_zh", "rule_zh", "line_zh", "column_zh", state_zh),
    )
    told = pl.col("own").is_not_null()
    return (
        found.join(named, on=["report", "instance"], how="left", maintain_order="left")
        .with_columns(
            broken=pl.col("broken") | told,
            severity=pl.coalesce("own", "severity"),
            where=pl.coalesce("cell_where", "where"),
            message=pl.when(told).then(en).otherwise("message"),
            message_zh=pl.when(told).then(zh).otherwise("message_zh"),
        )
        .select(found.columns)
    )


def _impossible(tables: pl.DataFrame, cells: pl.DataFrame, promises: Promises, firm: pl.DataFrame) -> pl.DataFrame:
    """One row for each table whose sums cannot all hold: a cell for which nothing is left (``report``, ``table``,
    ``line``, ``column``), and the first sum in which it stands (``instance``)."""
    terms = (
        cells.join(tables, on=_TABLE, how="semi", maintain_order="left")
        .join(
            promises.terms.filter("equal").join(firm, on="instance", how="semi"),
            on=CELL,
            how="inner",
            maintain_order="left_right",
        )
        .select(*_PLACE, "instance", "signed", "free", "value")
        .filter(pl.col("value").is_null().any().over("report", "instance"))
    )
    first = terms.select(*_PLACE, "instance").unique(_PLACE, keep="first", maintain_order=True)
    ranges = _unlimited(terms)
    found = [ranges.select(_PLACE).clear()]
    for _ in range(_ROUNDS):
        narrowed = _narrowed(terms, ranges)
        empty = narrowed.filter(pl.col("low") > pl.col("high") + TOLERANCE)
        found.append(empty.select(_PLACE).unique(_TABLE, keep="first", maintain_order=True))
        narrowed, terms = (f.join(empty, on=_TABLE, how="anti", maintain_order="left") for f in (narrowed, terms))
        if narrowed.equals(ranges):
            break
        ranges = narrowed
    return pl.concat(found).join(first, on=_PLACE, how="inner", maintain_order="left")


def _unlimited(terms: pl.DataFrame) -> pl.DataFrame:
    """What a cell without a figure may hold before any sum is looked at: any count, or any number where it is free."""
    lacking = terms.filter(pl.col("value").is_null()).unique(_PLACE, keep="first", maintain_order=True)
    low = pl.when("free").then(-math.inf).otherwise(0.0)
    return lacking.select(*_PLACE, low=low, high=pl.lit(math.inf))


def _narrowed(terms: pl.DataFrame, ranges: pl.DataFrame) -> pl.DataFrame:
    """The intervals after each sum has left to each of its cells what its other cells do not take."""
    sum_of = ["report", "instance"]
    signed = pl.col("signed")
    ends = [signed * pl.coalesce("value", end) for end in ("low", "high")]
    weighed = terms.join(ranges, on=_PLACE, how="left", maintain_order="left").with_columns(
        least=pl.min_horizontal(ends), most=pl.max_horizontal(ends)
    )
    left = weighed.with_columns(
        _others("least", -math.inf).over(sum_of).alias("others_least"),
        _others("most", math.inf).over(sum_of).alias("others_most"),
    ).filter(pl.col("value").is_null())
    limits = [-pl.col("others_most") / signed, -pl.col("others_least") / signed]
    return left.group_by(_PLACE, maintain_order=True).agg(
        low=pl.max_horizontal(pl.col("low").first(), pl.min_horizontal(limits).max()),
        high=pl.min_horizontal(pl.col("high").first(), pl.max_horizontal(limits).min()),
    )


def _others(end: str, unlimited: float) -> pl.Expr:
    """The sum of all ends of a sum but a cell's own; without a limit where another cell has none."""
    own = pl.col(end)
    others = own.is_infinite().sum() - own.is_infinite().cast(pl.Int64)
    finite = pl.when(own.is_infinite()).then(0.0).otherwise(own)
    return pl.when(others > 0).then(pl.lit(unlimited)).otherwise(finite.sum() - finite)
