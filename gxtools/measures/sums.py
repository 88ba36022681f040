"""The two sums of a measure in every report, whether it may enter, and the cells that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.forms import Forms
from gxtools.measures.arguments import REPORT_KEYS
from gxtools.measures.faults import broken_cells
from gxtools.measures.frames import HasFrames

_CELL = ["table", "line", "column"]
_PART = ["part_line", "part_column", "rank"]


def report_sums(
    corpus: HasFrames, terms: pl.DataFrame, forms: Forms, traced: Sequence[str] = ("numerator", "denominator")
) -> pl.DataFrame:
    """One row for every report that could be read and every part.

    Columns: those of ``REPORT_KEYS``, ``source``, ``part_line``, ``part_column``, ``rank``, ``body`` (the agency, or
    the report where no agency is known), ``numerator``, ``denominator``, ``entered``, ``state`` and ``where`` of the
    cells on the ``traced`` sides; no ``where`` without any.
    A report enters when every term is printed once, is a count (none lies below 0) and stands under no broken identity;
    else its sums are null. A report in a form without these terms lacks them all.
    """
    reports = corpus.reports.filter(pl.col("error").is_null()).select(*REPORT_KEYS, "source")
    known = reports.join(terms.select("form").unique(), on="form", how="semi")
    wanted = known.select("report", "form").join(terms, on="form", maintain_order="left_right")
    joined = wanted.join(_cells(corpus, terms), on=["report", *_CELL], how="left", maintain_order="left").join(
        broken_cells(known, corpus.problems, forms).with_columns(broken=pl.lit(True)),
        on=["report", *_CELL],
        how="left",
        maintain_order="left",
    )
    sums = joined.group_by("report", *_PART, maintain_order=True).agg(
        numerator=_sum("numerator"),
        denominator=_sum("denominator"),
        # A cell that stands twice makes more rows than there are terms.
        entered=((pl.col("state") == "printed") & (pl.col("value") >= 0)).fill_null(False).all()
        & pl.col("broken").is_null().all()
        & (pl.len() == pl.struct("side", *_CELL).n_unique()),
        state=pl.col("state").filter(pl.col("side") == "numerator").unique(maintain_order=True).str.join(", "),
        **_trace(traced),
    )
    lacking = reports.join(known, on="report", how="anti").join(
        terms.select(_PART).unique(_PART[:2], maintain_order=True), how="cross"
    )
    rows = pl.concat([known.join(sums, on="report", maintain_order="left_right"), lacking], how="diagonal")
    return rows.with_columns(
        pl.col("entered").fill_null(False),
        pl.when("entered").then("numerator"),
        pl.when("entered").then("denominator"),
        body=pl.coalesce("agency", "report"),
    )


def _cells(corpus: HasFrames, terms: pl.DataFrame) -> pl.DataFrame:
    cells = corpus.cells.select("report", *_CELL, "value", "raw", "state", "where")
    return cells.join(terms.select(_CELL).unique(), on=_CELL, how="semi")


def _sum(side: str) -> pl.Expr:
    return (pl.col("value") * pl.col("coefficient")).filter(pl.col("side") == side).sum()


def _trace(sides: Sequence[str]) -> dict[str, pl.Expr]:
    """``requests.handled.total 104: table 2, row 5`` of every cell, each once, in the order of the terms."""
    if not sides:
        return {}
    cell = pl.format(
        "{}.{}.{} {}: {}",
        *_CELL,
        pl.col("raw").str.strip_chars().fill_null("absent"),
        pl.col("where").fill_null("-"),
    )
    return {"where": cell.filter(pl.col("side").is_in(sides)).unique(maintain_order=True).str.join("; ")}
