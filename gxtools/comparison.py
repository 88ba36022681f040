"""Two reports, or two versions of a corpus, held against each other cell by cell."""

from __future__ import annotations

import polars as pl

from gxtools.corpus import Corpus, Report

_CELL = ["table", "line", "column"]
_BODY = ["agency", "kind", "year"]
_HELD = ("value", "unit", "state", "raw", "where")
# What became of a cell, the first that applies.
CHANGES = ("appeared", "vanished", "value", "state")


def diff(one: Report | Corpus, other: Report | Corpus) -> pl.DataFrame:
    """The cells in which two reports differ, or the reports of two corpora that are of one body, kind and year.

    One row a cell: ``report``, ``report_other``, ``agency``, ``year``, ``year_other``, ``table``, ``line``, ``column``,
    ``change`` (``appeared`` or ``vanished`` where only one document has the cell, ``value`` where the figures differ,
    ``state`` where only one holds a figure or they lack it differently), ``value``, ``value_other``, ``difference``
    (other less one, null unless both are printed), and unit, state, printed characters and place of both. Two reports
    are compared whatever their bodies and years; of two corpora a report without its counterpart, or with several, is
    left out. Nothing is said of which is right.
    """
    pairs = _pairs(one, other)
    left, right = (_cells(source.cells, pairs[name]) for source, name in ((one, "report"), (other, "report_other")))
    both = (
        pairs.join(left, on="report", how="inner", maintain_order="left_right")
        .join(
            right.rename({"report": "report_other", **{name: f"{name}_other" for name in _HELD}}),
            on=["report_other", *_CELL],
            how="full",
            coalesce=True,
            maintain_order="left_right",
        )
        .with_columns(
            pl.col("state").fill_null("absent"),
            pl.col("state_other").fill_null("absent"),
            difference=pl.col("value_other") - pl.col("value"),
        )
    )
    both = both.drop("report", "agency", "year", "year_other").join(pairs, on="report_other", how="left")
    changed = both.with_columns(change=_change()).filter(pl.col("change").is_not_null())
    of_both = [column for name in _HELD for column in (name, f"{name}_other")]
    first = ["report", "report_other", "agency", "year", "year_other", *_CELL, "change"]
    return changed.select(*first, *of_both[:2], "difference", *of_both[2:])


def _pairs(one: Report | Corpus, other: Report | Corpus) -> pl.DataFrame:
    """Which report is held against which."""
    left, right = (source.reports.filter(pl.col("error").is_null()) for source in (one, other))
    right = right.select(*_BODY, report_other="report", year_other="year")
    if isinstance(one, Report) and isinstance(other, Report):
        return left.select("report", "agency", "year").join(
            right.select("report_other", "year_other"), how="cross", maintain_order="left_right"
        )
    once = [frame.filter(~pl.struct(_BODY).is_duplicated()) for frame in (left.select("report", *_BODY), right)]
    joined = once[0].join(once[1], on=_BODY, how="inner", nulls_equal=True, maintain_order="left")
    return joined.filter(pl.col("agency").is_not_null()).select(
        "report", "agency", "year", "report_other", "year_other"
    )


def _cells(cells: pl.DataFrame, reports: pl.Series) -> pl.DataFrame:
    return cells.filter(pl.col("report").is_in(reports.implode())).select("report", *_CELL, *_HELD)


def _change() -> pl.Expr:
    there, there_other = pl.col("state") != "absent", pl.col("state_other") != "absent"
    return (
        pl.when(~there & there_other)
        .then(pl.lit("appeared"))
        .when(there & ~there_other)
        .then(pl.lit("vanished"))
        .when(pl.col("value") != pl.col("value_other"))
        .then(pl.lit("value"))
        .when(pl.col("state") != pl.col("state_other"))
        .then(pl.lit("state"))
    )
