"""The widget that shows on what grounds requests are refused, and what refusals give way to over the years."""

from __future__ import annotations

import ipywidgets

from gxtools import charts
from gxtools.charts.strips import names_of
from gxtools.explore.controls import WORDS, dropdown
from gxtools.explore.explorer import Explorer, Maker
from gxtools.explore.groupings import groupings, largest
from gxtools.explore.panels import Panel, panel
from gxtools.explore.shares import cells_by_part, share_name
from gxtools.measures import Selection, composition, definition_of
from gxtools.measures.compositions import whole_sizes

_MOST = {"denied": 9, "not_disclosed": 4}
"""Most groups whose grounds a chart has room for, by definition."""
_YEARS = 12


class RefusalsExplorer(Explorer):
    """The grounds of refusal in the groups of ``by``, and how requests ended over the years, of the chosen reports."""

    def own_controls(self) -> dict[str, ipywidgets.ValueWidget]:
        """What counts as a refusal, and what to group by."""
        found, _ = definition_of(self._all, "refusals")
        return {
            "by": dropdown(WORDS["by"], groupings(("level", "kind", "province", "agency", "year"))),
            "definition": dropdown(
                WORDS["definition"], [(f"{each.zh} {each.en}", each.id) for each in found.definitions], width=804
            ),
        }

    def makers(self) -> tuple[Maker, ...]:
        """How requests ended over the years, and the grounds of refusal."""
        return self._over_years, self._grounds

    def _over_years(self, selection: Selection) -> Panel:
        sizes = whole_sizes(selection, "outcomes", ["year"], grouped=True)
        shown, narrowed, left_out = largest(selection, "year", sizes, _YEARS)
        frame = composition(shown, "outcomes", ["year"], grouped=True)
        names = names_of(self._all.forms, "requests")
        cells = cells_by_part(self._all, "outcomes", grouped=True)
        return panel(
            charts.outcomes(shown, ["year"]),
            frame,
            ["year"],
            f"gx.charts.outcomes(CHOSEN{narrowed}, ['year'])",
            lambda row: share_name(row, "year", names[row["line"]]),
            lambda row: cells[row["line"], row["column"]],
            left_out,
        )

    def _grounds(self, selection: Selection) -> Panel:
        by, definition = self.by.value, self.definition.value
        sizes = whole_sizes(selection, "refusals", [by], definition)
        shown, narrowed, left_out = largest(selection, by, sizes, _MOST[definition])
        names = names_of(self._all.forms, "requests")
        cells = cells_by_part(self._all, "refusals", definition)
        return panel(
            charts.refusals(shown, [by], definition),
            composition(shown, "refusals", [by], definition),
            [by],
            f"gx.charts.refusals(CHOSEN{narrowed}, [{by!r}], {definition!r})",
            lambda row: share_name(row, by, names[row["line"]]),
            lambda row: cells[row["line"], row["column"]],
            left_out,
        )
