"""The widget that compares shares and rates: over the years, and group beside group."""

from __future__ import annotations

import ipywidgets

from gxtools import charts
from gxtools.charts.groups import label
from gxtools.explore.behind import cells_of
from gxtools.explore.controls import WORDS, dropdown
from gxtools.explore.explorer import Explorer, Maker
from gxtools.explore.groupings import groupings, largest
from gxtools.explore.panels import Panel, Row, panel
from gxtools.forms.measure_definitions import measure_definitions
from gxtools.measures import Selection, definition_of, traced_measure
from gxtools.measures.arguments import RATE_KINDS
from gxtools.measures.rates import rate_sizes


class RatesExplorer(Explorer):
    """A ``measure`` of the chosen reports by a ``definition`` of it: over the years, and the groups of ``by``."""

    def own_controls(self) -> dict[str, ipywidgets.ValueWidget]:
        """The measure, its definition, and what to group by; the disclosure rate comes first."""
        measures = [found for found in measure_definitions(self._all.forms).values() if found.kind in RATE_KINDS]
        return {
            "measure": dropdown(WORDS["measure"], [(f"{found.zh} {found.en}", found.id) for found in measures]),
            "by": dropdown(WORDS["by"], groupings(("level", "kind", "province", "agency", "form"))),
            "definition": dropdown(WORDS["definition"], [("", "")], width=804),
        }

    def offers(self) -> None:
        """The definitions of the chosen measure."""
        found, _ = definition_of(self._all, self.measure.value)
        self.offer(self.definition, [(f"{each.zh} {each.en}", each.id) for each in found.definitions])

    def makers(self) -> tuple[Maker, ...]:
        """Over the years, and by group."""
        return self._over_years, self._by_group

    def _over_years(self, selection: Selection) -> Panel:
        return self._panel(selection, "year")

    def _by_group(self, selection: Selection) -> Panel:
        by = self.by.value
        sizes = rate_sizes(selection, self.measure.value, [by], self.definition.value)
        shown, narrowed, left_out = largest(selection, by, sizes)
        return self._panel(shown, by, narrowed, left_out)

    def _panel(self, selection: Selection, by: str, narrowed: str = "", left_out: str = "") -> Panel:
        asked = self.measure.value, [by], self.definition.value
        chart, frame = charts.rate(selection, *asked), traced_measure(selection, *asked)
        cells = cells_of(self._all, asked[0], asked[2])
        code = f"gx.charts.rate(CHOSEN{narrowed}, {', '.join(map(repr, asked))})"
        is_share = definition_of(self._all, asked[0])[0].kind == "share"
        return panel(chart, frame, [by], code, lambda row: _name(row, by, is_share), lambda row: cells, left_out)


def _name(row: Row, by: str, is_share: bool) -> str:
    if row["denominator"] is None:
        return f"{label(row, [by])}: 缺数 n/a"
    counts = f"{label(row, [by])}: {row['numerator']:,.10g}/{row['denominator']:,.10g}"
    if row["value"] is None:
        return counts
    return f"{counts} = {row['value']:.1%}" if is_share else f"{counts} = {row['value']:,.4g}"
