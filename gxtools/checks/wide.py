"""Cells as one row a report: sums over a hundred thousand reports are then sums of columns, with no join."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from gxtools.checks.promises import Promises

PLACE = ["line", "column"]


class WideTable(NamedTuple):
    """One table of one form over the reports that print it in that form.

    ``values`` has the column ``report`` and one a cell of the form, named ``line.column``; null where no figure stands.
    Reports that lack the whole table are left out.
    """

    form: str
    table: str
    values: pl.DataFrame


def wide_tables(cells: pl.DataFrame, promises: Promises) -> Iterator[WideTable]:
    """The tables that frames of cells hold, each over all its reports, in the order in which these are met."""
    for form, table in cells.select("form", "table").unique(maintain_order=True).iter_rows():
        places = promises.cells.filter((pl.col("form") == form) & (pl.col("table") == table)).sort("position")
        own = cells.lazy().filter((pl.col("form") == form) & (pl.col("table") == table))
        part = _in_printed_order(own.select("report", *PLACE, "value", "state").collect(), places)
        yield WideTable(form, table, _one_row_a_report(part, places))


def _in_printed_order(part: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The cells report by report, each with every place of the table in printed order, as the reader makes them."""
    count = places.height
    if part.height % count == 0:
        place = pl.int_range(pl.len()) % count
        ordered = part.select(
            (pl.col("report") == pl.col("report").gather(pl.int_range(pl.len()) // count * count)).all()
            & (pl.col("line") == pl.lit(places["line"]).gather(place)).all()
            & (pl.col("column") == pl.lit(places["column"]).gather(place)).all()
        ).item()
        if ordered:
            return part
    every = part.select("report").unique(maintain_order=True).join(places.select(PLACE), how="cross")
    found = every.join(part, on=["report", *PLACE], how="left", maintain_order="left")
    return found.with_columns(pl.col("state").fill_null("absent"))


def _one_row_a_report(part: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    count = places.height
    names = [f"{line}.{column}" for line, column in places.select(PLACE).iter_rows()]
    value, there = part["value"], part["state"] != "absent"
    columns = [value.gather_every(count, offset).alias(name) for offset, name in enumerate(names)]
    wide = pl.DataFrame([part["report"].gather_every(count), *columns])
    return wide.filter(there.reshape((-1, count)).arr.any())
