"""The widget that shows disclosure rates province by province in one year, and the bodies of a province."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import ipywidgets
import polars as pl

from gxtools import charts
from gxtools.explore.behind import cells_of
from gxtools.explore.controls import ALL, WORDS, dropdown
from gxtools.explore.explorer import Explorer, Maker
from gxtools.explore.groupings import largest
from gxtools.explore.panels import Mark, Panel, Row, datasets, panel
from gxtools.measures import Selection, definition_of, traced_measure
from gxtools.measures.rates import rate_sizes

_MEASURE = "disclosure_rate"


class ProvincesExplorer(Explorer):
    """Disclosure rates of the chosen reports of one ``year``: a tile a province, and below it body by body."""

    CONTROLS: ClassVar[tuple[str, ...]] = ("search", "level", "kind", "flagged")

    def own_controls(self) -> dict[str, ipywidgets.ValueWidget]:
        """The year, by default the newest, and the definition."""
        years = self._corpus.reports["year"].drop_nulls().unique().sort(descending=True).to_list()
        found, _ = definition_of(self._corpus, _MEASURE)
        definitions = [(f"{each.zh} {each.en}", each.id) for each in found.definitions]
        choices = [(str(year), year) for year in years] or [(ALL, None)]
        return {
            "year": dropdown(WORDS["year"], choices),
            "definition": dropdown(WORDS["definition"], definitions, width=804),
        }

    def makers(self) -> tuple[Maker, ...]:
        """The grid, and body by body."""
        return self._grid, self._bodies_of_the_year

    def _grid(self, selection: Selection) -> Panel:
        year, definition = self.year.value, self.definition.value
        chart = charts.provinces(selection, _MEASURE, year, definition)
        frame = traced_measure(selection, _MEASURE, ["province", "year"], definition)
        frame = frame.filter(pl.col("year") == pl.lit(year, pl.Int32))
        code = f"gx.charts.provinces(CHOSEN, {_MEASURE!r}, {year!r}, {definition!r})"
        cells = tuple(cells_of(self._all, _MEASURE, definition))
        tiles = [rows for name, rows in datasets(chart) if name == "provinces" and "province" in rows[0]]
        marks = tuple(_mark(tile, year, cells) for rows in tiles for tile in rows)
        return Panel(chart, frame, code, "provinces" if marks else "", marks)

    def _bodies_of_the_year(self, selection: Selection) -> Panel:
        year, definition = self.year.value, self.definition.value
        of_year = selection.filter(pl.col("year").eq_missing(pl.lit(year, pl.Int32)))
        sizes = rate_sizes(of_year, _MEASURE, ["agency"], definition)
        shown, narrowed, left_out = largest(of_year, "agency", sizes)
        chart = charts.disclosure_rate(shown, ["agency"], definition)
        frame = traced_measure(shown, _MEASURE, ["agency"], definition)
        cells = cells_of(self._all, _MEASURE, definition)
        only = f'.filter(pl.col("year").eq_missing(pl.lit({year!r}, pl.Int32)))'
        code = f"gx.charts.disclosure_rate(CHOSEN{only}{narrowed}, ['agency'], {definition!r})"
        found = panel(chart, frame, ["agency"], code, _name, lambda row: cells, left_out)
        # A body is chosen in this year alone, so that the cells behind it are those of its mark.
        this_year = pl.col("year").eq_missing(pl.lit(year, pl.Int32))
        marks = (
            replace(mark, reports=mark.reports & this_year, code=f'({mark.code}) & (pl.col("year") == {year!r})')
            for mark in found.marks
        )
        return replace(found, marks=tuple(marks))


def _mark(tile: Row, year: int, cells: tuple[tuple[str, str, str], ...]) -> Mark:
    province = tile["province"]
    reports = (pl.col("province") == province) & (pl.col("year") == year)
    code = f'(pl.col("province") == {province!r}) & (pl.col("year") == {year!r})'
    said = tile["said"] or "没有报告 no report"
    return Mark(f"{province}：{said} {tile['n']}".rstrip(), reports, code, cells)


def _name(row: Row) -> str:
    counts = "缺数 n/a" if row["denominator"] is None else f"{row['numerator']:,.0f}/{row['denominator']:,.0f}"
    rate = "" if row["value"] is None else f" = {row['value']:.1%}"
    return f"{row['agency'] or '（机关未知）unknown'}: {counts}{rate}"
