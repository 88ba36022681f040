"""The figures that a corpus states in its prose, as the measures over stated figures take them."""

from __future__ import annotations

from typing import Protocol

import polars as pl

_MARKS = ("second_hand", "inferred", "part_of_year", "rounded", "doubted")


class HasClaims(Protocol):
    """A ``Report``, a ``Corpus``, or anything else that carries these frames with the columns of the contract."""

    @property
    def reports(self) -> pl.DataFrame:
        """One row a document."""

    @property
    def claims(self) -> pl.DataFrame:
        """One row a figure of the prose."""


def stated_in(corpus: HasClaims) -> pl.DataFrame:
    """The claims of ``corpus`` in the columns of ``gx.datasets.observed()``, one row each.

    ``body`` is the agency as the report names it, ``set`` is ``claims``, ``note`` the sentence, ``read_from`` the
    source and the place in it. A figure that another report of the body and year states too is a copy; one that another
    figure of it differs from is ``contradicted``. What a claim does not tell (hand, rounding, doubt) is false.

    Formula: none, claims are put in other columns. Assumes that the prose was read right. Not for figures that have a
    cell: read ``cells``.
    """
    about = corpus.reports.select("report", "agency", "level", "kind", "province", "year", "source", "address")
    group = ["agency", "year", "subject"]
    place = pl.concat_str("source", "where", separator=": ", ignore_nulls=True)
    rows = corpus.claims.join(about, on="report", maintain_order="left").with_columns(
        figure=pl.format("{}-{}", "report", pl.int_range(pl.len()).over("report"))
    )
    first = pl.col("figure").first().over([*group, "value"])
    return rows.select(
        "figure",
        pl.lit("claims").alias("set"),
        "agency",
        pl.col("agency").alias("body"),
        "level",
        "kind",
        "province",
        pl.lit(None, pl.String).alias("region_code"),
        pl.col("year").cast(pl.Int64),
        "subject",
        "value",
        "unit",
        pl.col("value").cast(pl.String).alias("stated_value"),
        pl.col("unit").alias("stated_unit"),
        "address",
        place.alias("read_from"),
        *(pl.lit(False).alias(mark) for mark in _MARKS),
        (pl.col("value").n_unique() > 1).over(group).alias("contradicted"),
        pl.when(first != pl.col("figure")).then(first).alias("copy_of"),
        pl.lit(None, pl.String).alias("collected_level"),
        pl.col("sentence").alias("note"),
    )
