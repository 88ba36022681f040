"""The widget that holds two reports against each other: two bodies, or one body in two years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import ipywidgets
import polars as pl

from gxtools import charts
from gxtools.charts.comparison import MEASURES
from gxtools.charts.finishing import Drawn
from gxtools.charts.nothing import nothing
from gxtools.explore.behind import cells_of
from gxtools.explore.controls import ALL, WORDS, dropdown, narrowed
from gxtools.explore.explorer import Explorer, Maker
from gxtools.explore.panels import Cell, Mark, Panel, Row, datasets
from gxtools.explore.words import named_reports
from gxtools.measures import Selection

OFFERED = 200
"""Most reports that a list offers; the search and the filters bring others there."""


class CompareExplorer(Explorer):
    """Two reports side by side: their shares with intervals, and a column of a table line by line.

    ``one`` and ``other`` choose among the reports that the other controls let through; what is chosen stays.
    """

    CONTROLS: ClassVar[tuple[str, ...]] = ("search", "level", "kind", "province", "first", "last", "flagged")

    def own_controls(self) -> dict[str, ipywidgets.ValueWidget]:
        """The two reports, the table and its column; at first the two newest reports of one body, if there are."""
        names = ("one", "other", "table", "column")
        return {id: dropdown(WORDS[id], [(ALL, None)]) for id in names}

    def offers(self) -> None:
        """Reports that the filters let through, newest first; tables and columns that the two have."""
        values = {id: widget.value for id, widget in self._controls.items()}
        through, _ = narrowed(self._all, values, self._found())
        newest = _newest(through.reports).head(OFFERED)
        first = _first_two(newest)
        for place, id in enumerate(("one", "other")):
            chosen = values[id] or (first[place] if first else None)
            held = self._all.reports.filter(pl.col("report") == pl.lit(chosen, pl.String))
            offered = pl.concat([held, newest]).unique("report", keep="first", maintain_order=True)
            self.offer(self._controls[id], named_reports(offered) or [(ALL, None)])
        self._offer_cells()

    def selected(self, values: dict[str, Any], found: Sequence[str] | None) -> tuple[Selection, list[str]]:
        """The two reports; the filters choose what is offered."""
        two = [self.one.value, self.other.value]
        return self._all.filter(pl.col("report").is_in(two)), [f'pl.col("report").is_in({two!r})']

    def makers(self) -> tuple[Maker, ...]:
        """Shares, and lines of a table."""
        return self._shares, self._lines

    def _shares(self, selection: Selection) -> Panel:
        if not self._are_two():
            return self._lacking(selection)
        one, other = self.one.value, self.other.value
        chart = charts.comparison(self._selection, one, other)
        rows = _rows(chart, "comparison")
        cells = {id: cells_of(self._all, id) for id in MEASURES}
        # A row for every share and report, as the chart has them.
        of_rows = [(id, report) for id in MEASURES for report in (one, other)][: len(rows)]
        marks = [
            _mark(f"{row['measure']}, {row['report']}: {row['said']}", [report], cells[id])
            for row, (id, report) in zip(rows, of_rows, strict=True)
        ]
        code = f"gx.charts.comparison(chosen, {one!r}, {other!r})"
        return Panel(chart, pl.DataFrame(rows), code, "comparison" if marks else "", tuple(marks))

    def _lines(self, selection: Selection) -> Panel:
        table, column = self.table.value, self.column.value
        if not self._are_two() or column is None:
            return self._lacking(selection)
        one, other = self.one.value, self.other.value
        chart = charts.compared_lines(self._selection, one, other, table, column)
        rows = _rows(chart, "compared_lines")
        marks = [
            _mark(
                f"{row['line']}: {row['said']} {row['said_other']}".replace("\n", ""),
                [one, other],
                [(table, row["id"], column)],
            )
            for row in rows
        ]
        code = f"gx.charts.compared_lines(chosen, {one!r}, {other!r}, {table!r}, {column!r})"
        return Panel(chart, pl.DataFrame(rows), code, "compared_lines" if marks else "", tuple(marks))

    def _are_two(self) -> bool:
        return None not in (self.one.value, self.other.value) and self.one.value != self.other.value

    def _lacking(self, selection: Selection) -> Panel:
        why = (
            "请选择两份不同的报告；至少要有两份能读取、有全国统一格式表格的报告。",
            "Choose two different reports; at least two that were read and have tables of a national form are needed.",
        )
        chart = nothing(self._selection, "两份报告的比较", "Two reports compared", "nothing", 0, why)
        return Panel(chart, pl.DataFrame(), f"# {why[1]}")

    def _offer_cells(self) -> None:
        """Tables that the forms of the two have, and the columns of the chosen one."""
        two = self._all.reports.filter(pl.col("report").is_in([self.one.value, self.other.value]))
        forms = [form for form in reversed(self._all.forms.all) if form.id in two["form"].to_list()]
        tables = {table.id: table for form in reversed(forms) for table in form.tables}
        names = [(f"{table.zh} {table.en}", id) for id, table in tables.items()]
        self.offer(self.table, sorted(names, key=lambda name: name[1] != "requests") or [(ALL, None)])
        columns = {
            column.id: f"{column.zh} {column.en}"
            for form in reversed(forms)
            for table in form.tables
            if table.id == self.table.value
            for column in table.columns
            if any(column.id in line.columns for line in table.lines)
        }
        offered = [(name, id) for id, name in columns.items()]
        self.offer(self.column, sorted(offered, key=lambda column: column[1] != "total") or [(ALL, None)])


def _newest(reports: pl.DataFrame) -> pl.DataFrame:
    """The reports that were read and have tables, the newest first."""
    read = reports.filter(pl.col("error").is_null() & pl.col("form").is_not_null())
    return read.sort("year", "agency", "report", descending=[True, False, False], nulls_last=True)


def _first_two(newest: pl.DataFrame) -> list[str]:
    """The newest report with the one before it of the same body, in the order of years; else the two newest, if two."""
    of_body = newest.filter(pl.col("agency").is_not_null() & pl.col("agency").is_duplicated())
    if of_body.height:
        same = of_body.filter(pl.col("agency") == of_body["agency"][0])
        return same["report"].head(2).to_list()[::-1]
    return newest["report"].head(2).to_list() if newest.height > 1 else []


def _mark(name: str, reports: list[str], cells: Sequence[Cell]) -> Mark:
    return Mark(name, pl.col("report").is_in(reports), f'pl.col("report").is_in({reports!r})', tuple(cells))


def _rows(chart: Drawn, name: str) -> Sequence[Row]:
    """The rows of the chart's own data; none where it says that there is nothing."""
    return next((rows for found, rows in datasets(chart) if found == name and "said" in rows[0]), [])
