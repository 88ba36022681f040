"""What one year hands on to the next: open requests, and rules and documents in force, as printed and as implied."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.datasets import observed
from gxtools.measures.frames import HasFrames, named

_BODY = ["agency", "kind"]
_STOCKS = ("rules", "normative_documents")
_PLACES = ["line", "name", "subject"]

REQUESTS = pl.DataFrame(
    [("requests", name, f"requests.{name}.total") for name in ("carried_in", "carried_out")], _PLACES, orient="row"
)
"""The figures of ``carry_over``: which table or line they are compared within, their names, their subjects."""
DOCUMENTS = pl.DataFrame(
    [(line, name, f"proactive.{line}.{name}") for line in _STOCKS for name in ("made", "repealed", "in_force")],
    _PLACES,
    orient="row",
)
"""Those of ``stock_flow``."""


def carry_over(corpus: HasFrames | None = None) -> pl.DataFrame:
    """One row for every body and two years running: what was carried out of the first and into the second.

    Columns: ``agency``, ``year`` (the later one), ``carried_out_before``, ``carried_in``, ``expected`` (the former
    again), ``found`` (the latter), ``difference`` (found less expected; 0 where the chain holds), ``source`` (of the
    later report: its file, or the address), ``definition``. Totals only. Without ``corpus`` of the observed figures
    (``gx.datasets.observed``) that are no copies, of whole years, and whose body is known. Only pairs of which both
    figures are printed; a body's year whose versions differ makes none. A break need not be an error: bodies merge,
    and figures are corrected after they were printed.

    Formula: found - expected. Assumes that a name is one body in both years. Not for telling what went wrong.
    """
    before, now = pl.col("carried_out_before"), pl.col("carried_in")
    linked = _linked(corpus, REQUESTS, ["carried_out"]).with_columns(expected=before, found=now)
    return _told(corpus, linked, "carry_over", ["agency", "year", "carried_out_before", "carried_in"])


def stock_flow(corpus: HasFrames) -> pl.DataFrame:
    """One row for every body, two years running, and line (``rules``, ``normative_documents``): stock and flow.

    Columns: ``agency``, ``year`` (the later one), ``line``, ``in_force_before``, ``made``, ``repealed``, ``expected``
    (in force before + made - repealed), ``found`` (in force as printed), ``difference``, ``source``, ``definition``;
    all else as in ``carry_over``. The 2021 form only: before it no stock is printed. No official text promises the
    sum: a list that was cleaned, or a scope that was redrawn, breaks it too.

    Formula: as ``difference`` says. Assumes that a name is one body in both years. Not for telling what went wrong.
    """
    expected = pl.col("in_force_before") + pl.col("made") - pl.col("repealed")
    linked = _linked(corpus, DOCUMENTS, ["in_force"]).with_columns(expected=expected, found=pl.col("in_force"))
    return _told(corpus, linked, "stock_flow", ["agency", "year", "line", "in_force_before", "made", "repealed"])


def _told(corpus: HasFrames | None, linked: pl.DataFrame, name: str, columns: list[str]) -> pl.DataFrame:
    definition = pl.lit(name) if corpus is None else named(corpus, pl.lit(name))
    return (
        linked.with_columns(difference=pl.col("found") - pl.col("expected"))
        .filter(pl.col("difference").is_not_null())
        .with_columns(definition=definition)
        .sort("agency", "kind", "year", "rank", nulls_last=True)
        .select(*columns, "expected", "found", "difference", "source", "definition")
    )


def _linked(corpus: HasFrames | None, places: pl.DataFrame, before: Sequence[str]) -> pl.DataFrame:
    """A row a body, year and line with a column a figure, and those of ``before`` also as of the year before."""
    printed = _stated(places) if corpus is None else _printed(corpus, places)
    names = places["name"].unique(maintain_order=True).to_list()
    value = pl.col("value")
    # Where versions of one year differ nothing is known of it.
    figures = printed.group_by("body", "year", "line", "name").agg(
        pl.col("agency", "kind", "source").sort_by("source", nulls_last=True).first(),
        value=pl.when(value.n_unique() == 1).then(value.first()),
    )
    wide = figures.group_by("body", "year", "line").agg(
        pl.col("agency", "kind", "source").sort_by("name").first(),
        *(value.filter(pl.col("name") == name).first().alias(name) for name in names),
    )
    last = wide.select("body", "line", pl.col("year") + 1, *(pl.col(name).alias(f"{name}_before") for name in before))
    ranks = places.select("line").unique(maintain_order=True).with_row_index("rank")
    return wide.join(last, on=["body", "line", "year"]).join(ranks, on="line")


def _printed(corpus: HasFrames, places: pl.DataFrame) -> pl.DataFrame:
    reports = corpus.reports.filter(pl.col("agency").is_not_null() & pl.col("year").is_not_null())
    cells = corpus.cells.with_columns(subject=pl.concat_str("table", "line", "column", separator="."))
    return (
        cells.select("report", "subject", "value")
        .join(places, on="subject")
        .join(reports.select("report", "year", "source", *_BODY), on="report")
        .with_columns(body=pl.struct(_BODY))
    )


def _stated(places: pl.DataFrame) -> pl.DataFrame:
    whole = pl.col("copy_of").is_null() & ~pl.col("part_of_year") & ~pl.col("contradicted")
    return (
        observed()
        .filter(whole & pl.col("body").is_not_null())
        .join(places, on="subject")
        .with_columns(source=pl.coalesce("address", "read_from"))
    )
