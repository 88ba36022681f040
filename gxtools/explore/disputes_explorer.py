"""The widget that shows how often requests end in reconsideration or court, and how these end."""

from __future__ import annotations

from functools import cached_property

import ipywidgets
import polars as pl

from gxtools import charts
from gxtools.charts.groups import label
from gxtools.charts.litigation import QUESTIONS, SUITS, asked_of
from gxtools.explore.behind import cells_of
from gxtools.explore.controls import WORDS, dropdown
from gxtools.explore.explorer import Explorer, Maker
from gxtools.explore.groupings import groupings, largest
from gxtools.explore.panels import Cell, Panel, Row, panel
from gxtools.explore.shares import cells_by_part, share_name
from gxtools.measures import Selection, disputes_by_outcome
from gxtools.measures.compositions import whole_sizes

_YEARS, _GROUPS = 7, 5


class DisputesExplorer(Explorer):
    """Disputes of the chosen reports: their rates over the years, and their outcomes in the groups of ``by``."""

    def own_controls(self) -> dict[str, ipywidgets.ValueWidget]:
        """What to group by."""
        return {"by": dropdown(WORDS["by"], groupings(("level", "kind", "province", "agency", "year")))}

    def makers(self) -> tuple[Maker, ...]:
        """Rates over the years, and outcomes."""
        return self._over_years, self._outcomes

    def _over_years(self, selection: Selection) -> Panel:
        sizes = selection.reports.filter(pl.col("error").is_null()).select("year").unique()
        shown, narrowed, left_out = largest(selection, "year", sizes, _YEARS)
        code = f"gx.charts.litigation(CHOSEN{narrowed}, ['year'])"
        frame = asked_of(shown, ["year"])
        return panel(charts.litigation(shown, ["year"]), frame, ["year"], code, self._rate_name, self._cells, left_out)

    def _outcomes(self, selection: Selection) -> Panel:
        by = self.by.value
        shown, narrowed, left_out = largest(selection, by, whole_sizes(selection, "disputes_by_outcome", [by]), _GROUPS)
        cells = cells_by_part(self._all, "disputes_by_outcome")
        return panel(
            charts.disputes(shown, [by]),
            disputes_by_outcome(shown, [by]),
            [by],
            f"gx.charts.disputes(CHOSEN{narrowed}, [{by!r}])",
            lambda row: share_name(row, by, f"{self._block(row)} · {self._names[row['column']]}"),
            lambda row: cells[row["line"], row["column"]],
            left_out,
        )

    def _rate_name(self, row: Row) -> str:
        id = row["definition"].rpartition(": ")[2]
        question = next(q for q in QUESTIONS if row["measure"].endswith(q.measure) and q.definition == id)
        name = f"{label(row, ['year'])} · {question.zh} {question.en} · {self._block(row)}"
        if row["denominator"] is None:
            return f"{name}: 缺数 n/a"
        return f"{name}: {row['numerator']:,.10g}/{row['denominator']:,.10g}"

    def _block(self, row: Row) -> str:
        """The block that a row is of; rates of all blocks are of reconsiderations or of suits."""
        if row["line"]:
            return self._names[row["line"]]
        return self._names["reconsideration"] if row["measure"].startswith("reconsideration") else SUITS

    def _cells(self, row: Row) -> list[Cell]:
        asked = row["measure"], row["definition"].rpartition(": ")[2]
        if asked not in self._known_cells:
            self._known_cells[asked] = cells_of(self._all, *asked)
        return [cell for cell in self._known_cells[asked] if row["line"] is None or cell[1] == row["line"]]

    @cached_property
    def _known_cells(self) -> dict[tuple[str, str], list[Cell]]:
        """The cells of measures and definitions, kept as every year asks for the same."""
        return {}

    @cached_property
    def _names(self) -> dict[str, str]:
        """What blocks and outcomes of disputes are called."""
        tables = [table for form in self._all.forms.all for table in form.tables if table.id == "disputes"]
        lines = {line.id: f"{line.zh} {line.en}" for table in tables for line in table.lines}
        return lines | {column.id: f"{column.zh} {column.en}" for table in tables for column in table.columns}
