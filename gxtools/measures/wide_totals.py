"""The totals of a measure from one row a report: what ``totals`` gives from long cells, without making a row a part."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import reduce
from operator import add
from typing import NamedTuple

import polars as pl

from gxtools.measures.arguments import REPORT_KEYS
from gxtools.measures.intervals import spread_of_bodies

_CELL = ("table", "line", "column")
_PART = ("part_line", "part_column")


class _Term(NamedTuple):
    form: str
    side: str
    name: str
    coefficient: int
    rank: int


class _Part(NamedTuple):
    """One part of an answer, and the names of its columns in the frame of reports."""

    line: str | None
    column: str | None
    numerator: str
    denominator: str
    entered: str
    there: str
    rank: int | str


class ReportSums(NamedTuple):
    """What every report adds to the parts of an answer, whatever it is grouped by.

    ``rows`` has the columns of ``REPORT_KEYS``, ``body``, ``row`` and those that ``parts`` name.
    """

    rows: pl.DataFrame
    parts: list[_Part]


def wide_sums(wide: pl.DataFrame, terms: pl.DataFrame, together: Sequence[str] | None) -> ReportSums:
    """The sums of each report. ``wide`` has the columns of ``wide_reports``, ``body`` (any code of it) and ``row``."""
    columns = _Columns(terms, together)
    there = _distinct(columns.parts, "there")
    rows = (
        wide.lazy()
        .select(*REPORT_KEYS, "body", "row", **columns.expressions)
        .with_columns(pl.when(pl.col(name) > 0).then("row").alias(f"{name}_row") for name in there)
        .collect()
    )
    return ReportSums(rows, columns.parts)


def wide_totals(sums: ReportSums, chosen: pl.Series, keys: list[str], *, one_each: bool) -> pl.DataFrame:
    """Numerator, denominator and the rest of ``totals`` by ``keys``; of the trace only the ``row`` that it is in.

    ``chosen`` tells of every report whether it is asked for, ``one_each`` that no body has two reports in a group. The
    last column, ``row``, is null where several reports stand in a group.
    """
    of_reports = [key for key in keys if key in REPORT_KEYS]
    parts = sums.parts
    sides = _distinct(parts, "numerator", "denominator")
    entered, there = _distinct(parts, "entered"), _distinct(parts, "there")
    summed = [*sides, *entered, *there]
    ranks = [name for name in _distinct(parts, "rank") if isinstance(name, str)]
    least = [*ranks, *(f"{name}_row" for name in there)]
    # A constant key makes the whole selection one group where there is no other.
    groups = of_reports or ["whole"]
    rows = sums.rows.lazy().filter(chosen).with_columns(whole=pl.lit(0)).select(*groups, "body", *summed, *least)
    if not one_each:
        rows = rows.group_by(*groups, "body", maintain_order=True).agg(pl.col(summed).sum(), pl.col(least).min())
    whole = (
        rows.with_columns(pl.col(sides).sum().over(groups).name.suffix("_all"))
        .group_by(groups, maintain_order=True)
        .agg(
            pl.col(summed).sum(),
            pl.col(least).min(),
            *((pl.col(name) > 0).sum().alias(f"{name}_bodies") for name in entered),
            *(
                one.name.suffix(f"_{number}")
                for number, part in enumerate(parts)
                for one in spread_of_bodies(part.numerator, part.denominator)
            ),
        )
        .collect()
        .lazy()
    )
    told = [_told(whole, part, number, of_reports) for number, part in enumerate(parts)]
    return pl.concat(told).collect()


def _distinct(parts: list[_Part], *fields: str) -> list[str]:
    """The columns in these fields, each once: parts share most of theirs."""
    return list(dict.fromkeys(getattr(part, field) for field in fields for part in parts))


def _told(whole: pl.LazyFrame, part: _Part, number: int, keys: list[str]) -> pl.LazyFrame:
    any_entered = pl.col(part.entered) > 0
    return whole.filter(pl.col(part.there) > 0).select(
        pl.lit(0).alias("whole"),
        *keys,
        part_line=pl.lit(part.line, pl.String),
        part_column=pl.lit(part.column, pl.String),
        rank=part.rank if isinstance(part.rank, str) else pl.lit(part.rank, pl.Int64),
        cells_lacking=pl.col(part.there).cast(pl.Int64) - pl.col(part.entered).cast(pl.Int64),
        numerator=pl.when(any_entered).then(part.numerator),
        denominator=pl.when(any_entered).then(part.denominator),
        bodies=pl.col(f"{part.entered}_bodies").cast(pl.Int64),
        squares=pl.when(any_entered).then(f"squares_{number}"),
        freedom=pl.when(any_entered).then(f"freedom_{number}"),
        row=pl.when(pl.col(part.there) == 1).then(f"{part.there}_row"),
    )


class _Columns:
    """The columns that the parts of an answer need of every report, each once."""

    def __init__(self, terms: pl.DataFrame, together: Sequence[str] | None) -> None:
        self._names: dict[Hashable, str] = {}
        self.expressions: dict[str, pl.Expr] = {}
        by_part: dict[tuple[str | None, ...], list[_Term]] = {}
        alike: dict[tuple[str | None, ...], list[_Term]] = {}
        shared = _PART if together is None else together
        for row in terms.iter_rows(named=True):
            name = ".".join(row[key] for key in _CELL)
            term = _Term(row["form"], row["side"], name, row["coefficient"], row["rank"])
            part = {key: row[key] for key in _PART}
            by_part.setdefault(tuple(part.values()), []).append(term)
            alike.setdefault(tuple(part[key] for key in shared), []).append(term)
        self._served = {term.form for held in by_part.values() for term in held}
        self.parts = [
            self._part(line, column, held, alike[tuple({"part_line": line, "part_column": column}[k] for k in shared)])
            for (line, column), held in by_part.items()
        ]

    def _part(self, line: str | None, column: str | None, terms: list[_Term], alike: list[_Term]) -> _Part:
        """A part of these terms, for which a report needs those of all parts ``alike``."""
        forms = list(dict.fromkeys(term.form for term in terms))
        needed = {form: sorted({term.name for term in alike if term.form == form}) for form in forms}
        elsewhere = sorted(self._served.difference(forms))
        ranks = {term.form: term.rank for term in reversed(terms)}
        return _Part(
            line,
            column,
            self._side(terms, needed, "numerator"),
            self._side(terms, needed, "denominator"),
            self._named(_key("entered", needed), lambda: _counted(pl.any_horizontal(_complete(needed).values()))),
            self._named(
                ("there", *elsewhere),
                lambda: _counted(pl.col("form").is_in(elsewhere).not_() | pl.col("form").is_null()),
            ),
            self._rank(ranks),
        )

    def _side(self, terms: list[_Term], needed: dict[str, list[str]], side: str) -> str:
        """The sum of one side, in the form of each report; null unless all terms of both sides are there."""
        held = [term for term in terms if term.side == side]

        def told() -> pl.Expr:
            sums = pl.lit(None, pl.Float64)
            for form, complete in _complete(needed).items():
                total: pl.Expr = reduce(add, (pl.col(t.name) * t.coefficient for t in held if t.form == form))
                sums = pl.when(complete).then(total).otherwise(sums)
            return sums

        return self._named((*_key("sum", needed), *held), told)

    def _rank(self, ranks: dict[str, int]) -> int | str:
        """The place of a part, or the column with it where forms differ in it; that of the first form by default."""
        first = next(reversed(ranks.values()))
        if set(ranks.values()) == {first}:
            return first
        return self._named(
            ("rank", *ranks.items()),
            lambda: pl.col("form").replace_strict(ranks, default=first, return_dtype=pl.Int64),
        )

    def _named(self, key: Hashable, expression: Callable[[], pl.Expr]) -> str:
        if key not in self._names:
            self._names[key] = f"_{len(self._names)}"
            self.expressions[self._names[key]] = expression()
        return self._names[key]


def _counted(condition: pl.Expr) -> pl.Expr:
    return condition.cast(pl.UInt32)


def _key(name: str, needed: dict[str, list[str]]) -> tuple[Hashable, ...]:
    return (name, *((form, *names) for form, names in needed.items()))


def _complete(needed: dict[str, list[str]]) -> dict[str, pl.Expr]:
    """By form, whether a report is printed in it and has all that is needed; what lies below 0 is no count."""
    return {
        form: (pl.col("form") == form) & pl.all_horizontal(pl.col(name) >= 0 for name in names)
        for form, names in needed.items()
    }
