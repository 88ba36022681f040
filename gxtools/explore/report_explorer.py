"""The widget that looks into one report after another."""

from __future__ import annotations

from typing import Any

import altair as alt
import ipywidgets
import polars as pl

from gxtools.charts.renderer import mimebundle
from gxtools.corpus import Corpus
from gxtools.corpus.showing import Highlight
from gxtools.explore.column_chart import no_chart
from gxtools.explore.findings import Findings
from gxtools.explore.keys import EXPLORER, Keys
from gxtools.explore.markup import framed, paragraph
from gxtools.explore.report_view import HeldTable, ReportView, tables_of
from gxtools.explore.tracing import SourceOf
from gxtools.explore.words import NONE, named_reports

_EMBED = {"renderer": "svg", "actions": {"export": True, "source": False, "compiled": False, "editor": False}}
_ROW = ipywidgets.Layout(flex_flow="row wrap")


class ReportExplorer(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets ships no types
    """Four dropdowns (``report``, ``table``, ``line``, ``column``) and what they choose, which follows them at once.

    ``chart`` is the chart in view, ``source`` the chosen cell where it stands. The newest report comes first.
    What goes wrong on the way is shown in the widget, and raised where a dropdown was set from code.
    """

    def __init__(self, corpus: Corpus) -> None:
        super().__init__()
        alt.JupyterChart.enable_offline()
        self._corpus = corpus
        self._sources = SourceOf(corpus)
        self._tables: list[HeldTable] = []
        self._settling = False
        self.report = _dropdown("报告 Report")
        self.table = _dropdown("表 Table")
        self.line = _dropdown("行 Line")
        self.column = _dropdown("列 Column")
        self._failure, self._above, self._below = ipywidgets.HTML(), ipywidgets.HTML(), ipywidgets.HTML()
        self._drawing = alt.JupyterChart(no_chart(NONE), embed_options=_EMBED)
        self.add_class(EXPLORER)
        self.children = (
            Keys(),
            ipywidgets.HBox([self.report, self.table], layout=_ROW),
            ipywidgets.HBox([self.line, self.column], layout=_ROW),
            self._failure,
            self._above,
            self._drawing,
            self._below,
        )
        self._offer(self.report, named_reports(corpus.reports), _newest(corpus.reports))
        self._follow(self.report)
        for control in (self.report, self.table, self.line, self.column):
            control.observe(self._changed, names="value")

    @property
    def chart(self) -> alt.LayerChart | alt.Chart:
        """The chart in view."""
        return self._view.chart

    @property
    def finding(self) -> Findings:
        """The report in view in two sentences."""
        return Findings((self._view.finding,))

    @property
    def source(self) -> Highlight | None:
        """The chosen cell marked in its source, or in words why it cannot be shown; null without a cell."""
        cell = self._view.cell
        return None if cell is None else self._sources.show(self.report.value, cell)

    def __repr__(self) -> str:
        chosen = {"report": self.report.label or NONE, "table": self.table.value}
        chosen |= {"line": self.line.value, "column": self.column.value}
        return f"ReportExplorer({', '.join(f'{name}={value}' for name, value in chosen.items())})"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget; beside it, for pages without a kernel and for tests, its chart and its words as they are now."""
        view = self._view
        parts = [self._head(), view.table_part(), view.problems_part(), view.source_part(self.source, plain=True)]
        return {
            **super()._repr_mimebundle_(**kwargs),
            **mimebundle(view.chart.to_dict()),
            "text/html": framed(parts),
            "text/plain": repr(self),
        }

    def _changed(self, change: dict[str, Any]) -> None:
        # Setting a dropdown's options sets its value: those changes are part of the one that is being followed.
        if self._settling:
            return
        try:
            self._follow(change["owner"])
        except Exception as error:
            # The front end only logs what a callback raises: a person would go on looking at figures not asked for.
            told = "出错，以下内容可能不是所选的。Failed: what follows may not be what was chosen."
            self._failure.value = framed([paragraph(f"{told} {type(error).__name__}: {error}")])
            raise

    def _follow(self, control: ipywidgets.Dropdown) -> None:
        """Offer anew what depends on ``control``, and draw."""
        if control is self.report:
            self._tables = tables_of(self._corpus, self.report.value)
            names = [(f"{held.table.zh} {held.table.en}", held.table.id) for held in self._tables]
            self._offer(self.table, names, "requests")
        held = next((held for held in self._tables if held.table.id == self.table.value), None)
        if control in (self.report, self.table):
            lines = [(f"{line.label} {line.en}", line.id) for line in held.table.lines] if held else []
            self._offer(self.line, lines, None)
        if control is not self.column:
            ids = held.table.line(self.line.value).columns if held else ()
            columns = [held.table.column(id) for id in ids] if held else []
            self._offer(self.column, [(f"{column.zh} {column.en}", column.id) for column in columns], "total")
        of_report = pl.col("report") == pl.lit(self.report.value, pl.String)
        problems, extras = self._corpus.problems.filter(of_report), self._corpus.extras.filter(of_report)
        self._view = ReportView(
            self.report.label or NONE, self._tables, held, self.line.value, self.column.value, problems, extras
        )
        self._draw()

    def _offer(self, control: ipywidgets.Dropdown, options: list[tuple[str, str]], wanted: str | None) -> None:
        """New options; what was chosen stays where it is still there, else ``wanted``, else the first."""
        ids = [id for _, id in options]
        chosen = next((id for id in (control.value, wanted) if id in ids), ids[0] if ids else None)
        self._settling = True
        try:
            control.options = options or [(NONE, None)]
            if chosen is not None:
                control.value = chosen
        finally:
            self._settling = False

    def _head(self) -> str:
        finding = self._view.finding
        return paragraph(finding.zh) + paragraph(finding.en) + self._view.cell_part()

    def _draw(self) -> None:
        view, source = self._view, self.source
        self._above.value = framed([self._head(), view.table_part(), view.problems_part()])
        self._drawing.chart = view.chart
        self._below.value = framed([view.source_part(source, plain=False)])
        self._failure.value = ""


def _dropdown(name: str) -> ipywidgets.Dropdown:
    layout = ipywidgets.Layout(width="430px")
    return ipywidgets.Dropdown(description=name, style={"description_width": "80px"}, layout=layout)


def _newest(reports: pl.DataFrame) -> str | None:
    """The first report of the newest year."""
    known = reports.filter(pl.col("error").is_null())
    newest = known.sort("year", descending=True, nulls_last=True, maintain_order=True)
    return None if newest.is_empty() else str(newest["report"][0])
