"""A corpus that can be narrowed in milliseconds: its wide table is made once, its measures are taken from that."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from gxtools.forms import Forms
from gxtools.measures.arguments import REPORT_KEYS
from gxtools.measures.frames import HasFrames, forms_of
from gxtools.measures.pooling import TRACE
from gxtools.measures.sums import report_sums
from gxtools.measures.wide_totals import ReportSums, wide_sums, wide_totals
from gxtools.measures.widening import wide_reports

_PART = ["part_line", "part_column"]
_TRACE = pl.Struct({name: pl.Int32 if name == "year" else pl.String for name in TRACE})
TRACE_OF_REPORT = ["report", "agency", "year", "source"]


@dataclass(frozen=True)
class _Few:
    """Some reports with their cells and problems."""

    reports: pl.DataFrame
    cells: pl.DataFrame
    problems: pl.DataFrame
    forms: Forms


class Selection:
    """The reports of ``corpus`` that are selected, at first all: a corpus to every measure and chart.

    ``filter`` narrows it. ``reports`` has one column more, ``flagged``: whether a problem of severity ``error`` or
    ``warning`` stands against the report. ``measure``, ``composition`` and what rests on them give the figures that
    they give of the same reports as long cells.
    """

    def __init__(self, corpus: HasFrames) -> None:
        self._table = _Table(corpus)
        self._known: dict[Hashable, pl.DataFrame] = {}
        self._chosen = pl.repeat(True, self._table.reports.height, dtype=pl.Boolean, eager=True)

    def filter(self, *conditions: pl.Expr) -> Selection:
        """Those of the reports selected here for which every condition over ``reports`` holds."""
        narrowed = object.__new__(Selection)
        narrowed._table = self._table
        narrowed._known = {}
        narrowed._chosen = self._table.reports.select(
            pl.all_horizontal(pl.lit(self._chosen), *conditions).fill_null(False).alias("chosen")
        ).to_series()
        return narrowed

    @property
    def forms(self) -> Forms:
        """The forms that the corpus was read with."""
        return self._table.forms

    @cached_property
    def reports(self) -> pl.DataFrame:
        """One row a selected document."""
        return self._table.reports.filter(self._chosen)

    @cached_property
    def cells(self) -> pl.DataFrame:
        """One row a cell of the selected reports; no rate or composition of a selection needs them."""
        return self._table.cells_of(self.reports["report"])

    @cached_property
    def problems(self) -> pl.DataFrame:
        """One row a finding about the selected reports."""
        return self._table.problems.join(self.reports.select("report"), on="report", how="semi", maintain_order="left")

    def totals(
        self, terms: pl.DataFrame, keys: list[str], traced: Sequence[str], together: Sequence[str] | None
    ) -> pl.DataFrame:
        """What ``totals_of`` gives of the selected reports as long cells.

        Kept: a chart, its figures and its caption ask for the same.
        """
        asked = (*terms.rows(), *keys, None if together is None else tuple(together))
        found = self.once(asked, lambda: self._totals(terms, keys, together))
        if traced:
            found = self.once((*asked, "traced", *traced), lambda: self._with_traces(found, terms, traced))
        return found.drop("row", *(set(_PART) - set(keys)))

    def once(self, asked: Hashable, made: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """What ``made`` gives of this selection, kept by the name ``asked``."""
        if asked not in self._known:
            self._known[asked] = made()
        return self._known[asked]

    def _totals(self, terms: pl.DataFrame, keys: list[str], together: Sequence[str] | None) -> pl.DataFrame:
        table = self._table
        chosen = self._chosen.filter(table.readable)
        return wide_totals(table.sums(terms, together), chosen, keys, one_each=table.has_one_each(keys))

    def _with_traces(self, totals: pl.DataFrame, terms: pl.DataFrame, traced: Sequence[str]) -> pl.DataFrame:
        table = self._table
        rows = totals["row"].drop_nulls().unique().sort()
        if rows.is_empty():
            return totals.with_columns(trace=pl.lit(None, _TRACE))
        alone = table.wide[rows].select("row", *TRACE_OF_REPORT)
        sums = report_sums(table.few(alone["report"]), terms, table.forms, traced)
        traces = alone.join(sums.select("report", *_PART, "state", "where"), on="report").select(
            "row", *_PART, trace=pl.struct(TRACE)
        )
        return totals.join(traces, on=["row", *_PART], how="left", nulls_equal=True, maintain_order="left")

    def kept(self, made: Callable[[HasFrames], pl.DataFrame]) -> pl.DataFrame:
        """The rows of the selected reports in what ``made`` gives of the whole corpus, which is made once.

        ``made`` gives a frame with a column ``report``, of reports that were read.
        """
        frame, places = self._table.kept(made)
        return frame.filter(self._chosen.gather(places))


class _Table:
    """What all selections of a corpus share."""

    def __init__(self, corpus: HasFrames) -> None:
        self.forms = forms_of(corpus)
        self.problems = corpus.problems
        self._cells = corpus.cells
        self._sums: dict[Hashable, ReportSums] = {}
        self._has_one_each: dict[tuple[str, ...], bool] = {}
        self._kept: dict[Callable[[HasFrames], pl.DataFrame], tuple[pl.DataFrame, pl.Series]] = {}
        severe = corpus.problems.filter(pl.col("severity").is_in(["error", "warning"]))["report"].unique()
        self.reports = corpus.reports.with_columns(flagged=pl.col("report").is_in(severe.implode()))
        self.readable = self.reports["error"].is_null()
        read = self.reports.filter(self.readable)
        figures = wide_reports(corpus).select(pl.exclude(read.columns))
        numbers = read.select(row=pl.int_range(pl.len()), body=pl.coalesce("agency", "report").rank("dense"))
        self.wide = pl.concat([read, numbers, figures], how="horizontal")
        # Cells stand report after report: to take those of a few, the places of their runs are enough.
        runs = self._cells["report"].rle().struct.unnest()
        self._runs = runs.with_columns(start=pl.col("len").cum_sum() - pl.col("len"))

    def cells_of(self, reports: pl.Series) -> pl.DataFrame:
        """The cells of these reports, in the order of the corpus."""
        runs = self._runs.filter(pl.col("value").is_in(reports.implode()))
        if runs.height == self._runs.height:
            return self._cells
        rows = runs.select(row=pl.int_ranges("start", pl.col("start") + pl.col("len")).explode()).to_series()
        return self._cells[rows]

    def sums(self, terms: pl.DataFrame, together: Sequence[str] | None) -> ReportSums:
        """What each report adds to the parts of an answer, kept: every selection asks for the same."""
        asked = (*terms.rows(), None if together is None else tuple(together))
        if asked not in self._sums:
            self._sums[asked] = wide_sums(self.wide, terms, together)
        return self._sums[asked]

    def has_one_each(self, keys: Sequence[str]) -> bool:
        """Whether no body has two reports in a group of ``keys``."""
        of_reports = tuple(key for key in keys if key in REPORT_KEYS)
        if of_reports not in self._has_one_each:
            self._has_one_each[of_reports] = not self.wide.select(*of_reports, "body").is_duplicated().any()
        return self._has_one_each[of_reports]

    def few(self, reports: pl.Series) -> _Few:
        """These reports as a corpus of their own."""
        those = pl.col("report").is_in(reports.implode())
        return _Few(self.reports.filter(those), self.cells_of(reports), self.problems.filter(those), self.forms)

    def kept(self, made: Callable[[HasFrames], pl.DataFrame]) -> tuple[pl.DataFrame, pl.Series]:
        """What ``made`` gives of the whole corpus, and for each of its rows the place of its report."""
        if made not in self._kept:
            frame = made(_Few(self.reports, self._cells, self.problems, self.forms))
            numbered = self.reports.select("report").with_row_index("place")
            places = frame.select("report").join(numbered, on="report", how="left", maintain_order="left")["place"]
            self._kept[made] = frame, places
        return self._kept[made]
