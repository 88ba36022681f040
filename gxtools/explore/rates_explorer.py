"""The widget that compares disclosure rates: group beside group, and over the years."""

from __future__ import annotations

from typing import ClassVar

import ipywidgets

from gxtools import charts
from gxtools.charts.groups import label
from gxtools.explore.behind import cells_of
from gxtools.explore.controls import WORDS, dropdown
from gxtools.explore.explorer import Explorer, Maker
from gxtools.explore.groupings import groupings, largest
from gxtools.explore.panels import Panel, Row, panel
from gxtools.measures import Selection, definition_of, measure, traced_measure

_MEASURE = "disclosure_rate"


class RatesExplorer(Explorer):
    """Disclosure rates of the chosen reports: the groups of ``by`` below each other, and all of them over the years."""

    CONTROLS: ClassVar[tuple[str, ...]] = Explorer.CONTROLS

    def own_controls(self) -> dict[str, ipywidgets.ValueWidget]:
        """The definition, and what to group by."""
        found, _ = definition_of(self._corpus, _MEASURE)
        definitions = [(f"{each.zh} {each.en}", each.id) for each in found.definitions]
        return {
            "definition": dropdown(WORDS["definition"], definitions, width=804),
            "by": dropdown(WORDS["by"], groupings(("level", "kind", "province", "agency", "form"))),
        }

    def makers(self) -> tuple[Maker, ...]:
        """Over the years, and by group."""
        return self._over_years, self._by_group

    def _over_years(self, selection: Selection) -> Panel:
        return self._panel(selection)

    def _by_group(self, selection: Selection) -> Panel:
        by = self.by.value
        sizes = measure(selection, _MEASURE, [by], self.definition.value)
        return self._panel(*largest(selection, by, sizes), by=by)

    def _panel(self, selection: Selection, narrowed: str = "", left_out: str = "", by: str = "year") -> Panel:
        definition = self.definition.value
        chart = charts.disclosure_rate(selection, [by], definition)
        frame = traced_measure(selection, _MEASURE, [by], definition)
        cells = cells_of(self._all, _MEASURE, definition)
        code = f"gx.charts.disclosure_rate(CHOSEN{narrowed}, [{by!r}], {definition!r})"
        return panel(chart, frame, [by], code, lambda row: _name(row, by), lambda row: cells, left_out)


def _name(row: Row, by: str) -> str:
    counts = "缺数 n/a" if row["denominator"] is None else f"{row['numerator']:,.0f}/{row['denominator']:,.0f}"
    rate = "" if row["value"] is None else f" = {row['value']:.1%}"
    return f"{label(row, [by])}: {counts}{rate}"
