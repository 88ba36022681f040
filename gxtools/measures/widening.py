"""One row a report with a column for every cell: from frames in memory, or piece by piece from a data set on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, overload

import polars as pl
from polars.io.plugins import register_io_source

from gxtools.errors import CorpusError
from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms
from gxtools.marks import bears_simulated_name
from gxtools.measures.arguments import REPORT_KEYS
from gxtools.measures.faults import broken_cells
from gxtools.measures.frames import HasFrames, forms_of

# Cells that are held at once: those of some ten thousand reports.
CELLS_AT_ONCE = 2_000_000
_CELL = ("table", "line", "column")
_NAMES = {"table": pl.String, "line": pl.String, "column": pl.String}


@overload
def wide_reports(corpus: HasFrames) -> pl.DataFrame: ...
@overload
def wide_reports(corpus: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame: ...
def wide_reports(corpus: HasFrames | Mapping[str, pl.LazyFrame]) -> pl.DataFrame | pl.LazyFrame:
    """One row a report that could be read: its keys, and a column ``table.line.column`` for every cell of any form.

    ``corpus`` has frames in memory, and gives a ``DataFrame``; or is what ``gx.scan(folder)`` gives, read with the
    shipped forms, and gives a ``LazyFrame`` that reads some ten thousand reports at a time, in one pass:
    ``wide_reports(gx.scan(folder)).sink_parquet(file)`` once, and ``measure_wide(pl.scan_parquet(file), …)`` often.

    Columns: ``report``, ``agency``, ``level``, ``kind``, ``province``, ``year``, ``form``, ``simulated`` and the cells,
    Float64 in the unit of the cell. A value is null unless it is printed, once, and under no broken identity: what
    ``measure`` would not take. Assumes of a data set that the cells of a report stand together and in the order of
    ``reports``, as ``Corpus.write`` puts them; ``CorpusError`` where they do not. Source of the cells: the tables of
    the forms. Not to read figures from: the states are gone, and null is not 0.
    """
    if isinstance(corpus, Mapping):
        return _streamed(corpus, shipped_forms())
    forms = forms_of(corpus)
    reports = _keyed(corpus.reports)
    plan = _plan(forms)
    broken = _places(broken_cells(reports, corpus.problems, forms), reports, plan)
    return _filled(
        reports.drop("row"), _located(corpus.cells.select("report", *_CELL, "value"), reports, plan), broken, plan
    )


class _Plan(NamedTuple):
    """Where each cell has its column: the ids as Enums, whose codes make one number that ``place`` tells of."""

    names: list[str]
    ids: dict[str, pl.Enum]
    place: pl.Series

    def code(self) -> pl.Expr:
        table, line, column = (
            pl.col(name).cast(kind, strict=False).to_physical().cast(pl.Int64) for name, kind in self.ids.items()
        )
        return (table * len(self.ids["line"].categories) + line) * len(self.ids["column"].categories) + column


def _plan(forms: Forms, names: Collection[str] | None = None) -> _Plan:
    """The cells of all forms, or those ``names`` only."""
    every = dict.fromkeys(cell[:3] for form in forms.all for cell in form.cells)
    cells = [cell for cell in every if names is None or ".".join(cell) in names]
    frame = pl.DataFrame(cells, schema=_NAMES, orient="row")
    ids = {name: pl.Enum(frame[name].unique(maintain_order=True)) for name in _CELL}
    size = len(ids["table"].categories) * len(ids["line"].categories) * len(ids["column"].categories)
    empty = _Plan([".".join(cell) for cell in cells], ids, pl.Series([None], dtype=pl.Int64).new_from_index(0, size))
    codes = frame.select(empty.code()).to_series()
    return empty._replace(place=empty.place.scatter(codes, pl.int_range(len(cells), eager=True)))


def _keyed(reports: pl.DataFrame) -> pl.DataFrame:
    """The keys of the reports that could be read, and the ``row`` of each."""
    mark = bears_simulated_name()
    if "simulated" in reports.columns:
        mark = mark | pl.col("simulated").fill_null(False)
    read = reports.filter(pl.col("error").is_null())
    return read.select(*REPORT_KEYS, simulated=mark).with_row_index("row").cast({"row": pl.Int64})


def _located(cells: pl.DataFrame, reports: pl.DataFrame, plan: _Plan) -> pl.DataFrame:
    """``row``, ``place`` and ``value`` of the cells that have a place. Rows of one report mostly stand together."""
    runs = (
        cells.select(pl.col("report").rle())
        .unnest("report")
        .join(reports.select("row", value="report"), on="value", how="left", maintain_order="left")
    )
    codes = cells.select(plan.code()).to_series()
    return pl.DataFrame(
        {
            "row": runs.select(pl.col("row").repeat_by("len").explode()).to_series(),
            "place": plan.place.gather(codes),
            "value": cells["value"],
        }
    ).drop_nulls(["row", "place"])


def _places(broken: pl.DataFrame, reports: pl.DataFrame, plan: _Plan) -> pl.DataFrame:
    """``row`` and ``place`` of the cells that stand under a broken identity."""
    found = broken.join(reports.select("report", "row"), on="report")
    codes = found.select(plan.code()).to_series()
    return pl.DataFrame({"row": found["row"], "place": plan.place.gather(codes)}).drop_nulls()


def _filled(reports: pl.DataFrame, cells: pl.DataFrame, broken: pl.DataFrame, plan: _Plan) -> pl.DataFrame:
    """``reports`` with a column for every name; ``row`` counts from the first of them."""
    height = reports.height
    at = pl.col("place") * height + pl.col("row")
    places = cells.select(at).to_series()
    values = pl.Series([None], dtype=pl.Float64).new_from_index(0, height * len(plan.names))
    values.scatter(places, cells["value"])
    if places.n_unique() < len(places):
        values.scatter(places.filter(places.is_duplicated()).unique(), None)
    values.scatter(broken.select(at).to_series(), None)
    columns = [values.slice(number * height, height).alias(name) for number, name in enumerate(plan.names)]
    return reports.hstack(columns)


def _streamed(frames: Mapping[str, pl.LazyFrame], forms: Forms) -> pl.LazyFrame:
    names = _plan(forms).names
    keys = frames["reports"].collect_schema()
    schema = {key: keys[key] for key in REPORT_KEYS} | {"simulated": pl.Boolean()} | dict.fromkeys(names, pl.Float64())

    def pieces(
        wanted: list[str] | None, predicate: pl.Expr | None, rows: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        reports = _keyed(frames["reports"].select(*REPORT_KEYS, "error", "simulated").collect())
        problems = frames["problems"].select("report", "rule", "severity", "table", "line", "column").collect()
        asked = None if wanted is None else {*wanted, *(predicate.meta.root_names() if predicate is not None else ())}
        plan = _plan(forms, asked)
        broken = _places(broken_cells(reports, problems, forms), reports, plan)
        left = reports.height if rows is None else rows
        for piece in _pieces(frames["cells"], reports, broken, plan):
            kept = piece.head(left)
            left -= kept.height
            chosen = kept if predicate is None else kept.filter(predicate)
            yield chosen if wanted is None else chosen.select(wanted)
            if left <= 0:
                return

    return register_io_source(pieces, schema=schema)


def _pieces(cells: pl.LazyFrame, reports: pl.DataFrame, broken: pl.DataFrame, plan: _Plan) -> Iterator[pl.DataFrame]:
    """All reports in their order, some thousand at a time; a report whose cells a slice cuts waits for the next."""
    total = int(cells.select(pl.len()).collect().item())
    offset = done = 0
    while offset < total:
        piece = cells.select("report", *_CELL, "value").slice(offset, CELLS_AT_ONCE).collect()
        is_last = offset + piece.height >= total
        cut = pl.col("report") == piece["report"][-1]
        if not is_last and not piece.select(cut.all()).item():
            piece = piece.filter(~cut)
        offset += piece.height
        located = _located(piece, reports, plan)
        rows = located["row"]
        if not rows.is_empty() and (rows[0] < done or not rows.is_sorted()):
            raise CorpusError(
                "the cells do not stand in the order of the reports; open the data set with gx.open_corpus, and "
                "give wide_reports that"
            )
        until = reports.height if is_last else done if rows.is_empty() else rows[-1] + 1
        here = pl.col("row").is_between(done, until, closed="left")
        from_first = pl.col("row") - done
        yield _filled(
            reports.slice(done, until - done).drop("row"),
            located.with_columns(from_first),
            broken.filter(here).with_columns(from_first),
            plan,
        )
        done = until
    if done < reports.height:
        yield _filled(reports.slice(done).drop("row"), broken.clear().with_columns(value=None), broken.clear(), plan)
