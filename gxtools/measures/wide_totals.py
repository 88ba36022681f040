"""The totals of a measure from one row a report: what ``totals`` gives from long cells, without making a row a part."""

from __future__ import annotations

from collections.abc import Hashable
from functools import reduce
from operator import add
from typing import NamedTuple

import polars as pl

from gxtools.measures.arguments import REPORT_KEYS

_CELL = ("table", "line", "column")


class _Part(NamedTuple):
    """One part of an answer, and the names of its columns in the frame of reports."""

    line: str | None
    column: str | None
    numerator: str
    denominator: str
    entered: str
    there: str
    rank: str


def wide_totals(wide: pl.LazyFrame, terms: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Numerator, denominator and the rest of ``totals`` by ``keys``; of the trace only the ``row`` that it is in.

    ``wide`` has the columns of ``wide_reports``, ``body`` (any code of it) and ``row``. The last column, ``row``, is
    null where several reports stand in a group.
    """
    of_reports = [key for key in keys if key in REPORT_KEYS]
    columns = _Columns(terms)
    parts = [columns.part(part) for part in terms.partition_by("part_line", "part_column", maintain_order=True)]
    rows = wide.select(*of_reports, pl.col("body").alias("_body"), pl.col("row").alias("_row"), **columns.expressions)
    groups = ["whole", *of_reports]
    bodies = (
        rows.with_columns(whole=pl.lit(0))
        .group_by(*groups, "_body", maintain_order=True)
        .agg(
            *(pl.col(part.numerator).sum() for part in _distinct(parts, "numerator")),
            *(pl.col(part.denominator).sum() for part in _distinct(parts, "denominator")),
            *(pl.col(part.entered).sum() for part in _distinct(parts, "entered")),
            *(pl.col(part.there).sum() for part in _distinct(parts, "there")),
            *(pl.when(part.there).then("_row").min().alias(f"{part.there}_row") for part in _distinct(parts, "there")),
            *(pl.col(part.rank).min() for part in _distinct(parts, "rank")),
        )
        .collect()
    )
    totals = bodies.group_by(groups, maintain_order=True).agg(
        *(pl.col(part.numerator).sum() for part in _distinct(parts, "numerator")),
        *(pl.col(part.denominator).sum() for part in _distinct(parts, "denominator")),
        *(pl.col(part.entered).sum() for part in _distinct(parts, "entered")),
        *((pl.col(part.entered) > 0).sum().alias(f"{part.entered}_bodies") for part in _distinct(parts, "entered")),
        *(pl.col(part.there).sum() for part in _distinct(parts, "there")),
        *(pl.col(f"{part.there}_row").min() for part in _distinct(parts, "there")),
        *(pl.col(part.rank).min() for part in _distinct(parts, "rank")),
    )
    spread = (
        bodies.join(totals, on=groups, suffix="_all", nulls_equal=True, maintain_order="left")
        .group_by(groups)
        .agg(_squares(part).alias(f"squares_{number}") for number, part in enumerate(parts))
    )
    whole = totals.join(spread, on=groups, how="left", nulls_equal=True, maintain_order="left")
    return pl.concat(_told(whole, part, number, of_reports) for number, part in enumerate(parts))


def _distinct(parts: list[_Part], field: str) -> list[_Part]:
    """The first part of every column: parts share their denominators."""
    return list({getattr(part, field): part for part in reversed(parts)}.values())


def _squares(part: _Part) -> pl.Expr:
    numerator, denominator = pl.col(part.numerator), pl.col(part.denominator)
    ratio = pl.col(f"{part.numerator}_all") / pl.col(f"{part.denominator}_all")
    return pl.when(pl.col(part.entered) > 0).then((numerator - ratio * denominator).pow(2)).sum()


def _told(whole: pl.DataFrame, part: _Part, number: int, keys: list[str]) -> pl.DataFrame:
    any_entered = pl.col(part.entered) > 0
    return whole.filter(pl.col(part.there) > 0).select(
        "whole",
        *keys,
        part_line=pl.lit(part.line, pl.String),
        part_column=pl.lit(part.column, pl.String),
        rank=pl.col(part.rank),
        cells_lacking=pl.col(part.there).cast(pl.Int64) - pl.col(part.entered).cast(pl.Int64),
        numerator=pl.when(any_entered).then(part.numerator),
        denominator=pl.when(any_entered).then(part.denominator),
        bodies=pl.col(f"{part.entered}_bodies").cast(pl.Int64),
        squares=pl.when(any_entered).then(f"squares_{number}"),
        row=pl.when(pl.col(part.there) == 1).then(f"{part.there}_row"),
    )


class _Columns:
    """The columns that the parts of an answer need of every report, each once."""

    def __init__(self, terms: pl.DataFrame) -> None:
        self._served = terms["form"].unique(maintain_order=True).to_list()
        self._names: dict[Hashable, str] = {}
        self.expressions: dict[str, pl.Expr] = {}

    def part(self, terms: pl.DataFrame) -> _Part:
        by_form = {str(form): held for (form,), held in terms.group_by("form", maintain_order=True)}
        complete = {form: _complete(form, held) for form, held in by_form.items()}
        needed = tuple((form, *sorted(_names(held))) for form, held in by_form.items())
        entered = self._named(("entered", needed), pl.any_horizontal(complete.values()))
        elsewhere = [form for form in self._served if form not in by_form]
        there = pl.col("form").is_in(elsewhere).not_() | pl.col("form").is_null()
        ranks = {form: held["rank"][0] for form, held in by_form.items()}
        return _Part(
            terms["part_line"][0],
            terms["part_column"][0],
            self._named(("sum", needed, *_rows(terms, "numerator")), _side(by_form, complete, "numerator")),
            self._named(("sum", needed, *_rows(terms, "denominator")), _side(by_form, complete, "denominator")),
            entered,
            self._named(("there", *elsewhere), there),
            self._named(("rank", *ranks.items()), _by_form(ranks)),
        )

    def _named(self, key: Hashable, expression: pl.Expr) -> str:
        if key not in self._names:
            self._names[key] = f"_{len(self._names)}"
            self.expressions[self._names[key]] = expression
        return self._names[key]


def _names(terms: pl.DataFrame) -> list[str]:
    return terms.select(pl.format("{}.{}.{}", *_CELL).unique(maintain_order=True)).to_series().to_list()


def _rows(terms: pl.DataFrame, side: str) -> list[tuple[object, ...]]:
    return terms.filter(pl.col("side") == side).select("form", *_CELL, "coefficient").rows()


def _complete(form: str, terms: pl.DataFrame) -> pl.Expr:
    return (pl.col("form") == form) & pl.all_horizontal(pl.col(name).is_not_null() for name in _names(terms))


def _side(by_form: dict[str, pl.DataFrame], complete: dict[str, pl.Expr], side: str) -> pl.Expr:
    """The sum of one side, in the form of each report; null unless all terms of both sides are there."""
    told = pl.lit(None, pl.Float64)
    for form, held in by_form.items():
        rows = held.filter(pl.col("side") == side).select(*_CELL, "coefficient").rows()
        total: pl.Expr = reduce(add, (pl.col(f"{table}.{line}.{column}") * by for table, line, column, by in rows))
        told = pl.when(complete[form]).then(total).otherwise(told)
    return told


def _by_form(ranks: dict[str, int]) -> pl.Expr:
    first = next(iter(ranks.values()))
    if set(ranks.values()) == {first}:
        return pl.lit(first, pl.Int64)
    return pl.col("form").replace_strict(ranks, default=first, return_dtype=pl.Int64)
