"""What the explorer shows of one report, table and cell: chart and HTML, without a widget."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import altair as alt
import polars as pl

from gxtools.corpus import Corpus
from gxtools.corpus.showing import Highlight
from gxtools.explore.column_chart import column_chart, no_chart
from gxtools.explore.findings import Finding
from gxtools.explore.form_table import Cell, Marks, table_html
from gxtools.explore.markup import escaped, folded, paragraph
from gxtools.explore.problem_list import extras_html, places, problems_html
from gxtools.explore.words import STATES, UNITS, number
from gxtools.forms import Form, Table


@dataclass(frozen=True)
class HeldTable:
    """A table of a report in the form that it was printed in, its cells by line and column."""

    form: Form
    table: Table
    cells: dict[tuple[str, str], Cell]


def tables_of(corpus: Corpus, report: str | None) -> list[HeldTable]:
    """The tables of one report in the order of its cells; none for a report that has no national form."""
    cells = corpus.cells.filter(pl.col("report") == pl.lit(report, pl.String))
    tables = []
    for (form_id, table), rows in cells.group_by("form", "table", maintain_order=True):
        form = corpus.forms.by_id(str(form_id))
        by_place = {(row["line"], row["column"]): row for row in rows.iter_rows(named=True)}
        tables.append(HeldTable(form, form.table(str(table)), by_place))
    return tables


@dataclass(frozen=True)
class ReportView:
    """One report called ``name``, one of its tables (``None`` where it has none), and the chosen cell in it."""

    name: str
    tables: list[HeldTable]
    held: HeldTable | None
    line: str | None
    column: str | None
    problems: pl.DataFrame
    extras: pl.DataFrame

    @property
    def cell(self) -> str | None:
        """The chosen cell as ``table.line.column``."""
        if self.held is None or self.line is None or self.column is None:
            return None
        return f"{self.held.table.id}.{self.line}.{self.column}"

    @property
    def finding(self) -> Finding:
        """How much of the report carries figures, and what was found wrong with it."""
        if not self.tables:
            return Finding(
                f"{self.name}：没有读成国家统一格式的表格，无格可数。",
                f"{self.name}: no table of a national form was read, so there is nothing to count.",
            )
        states = [cell["state"] for held in self.tables for cell in held.cells.values()]
        count = Counter(self.problems["severity"])
        printed, cells = states.count("printed"), len(states)
        return Finding(
            f"{self.name}：格式应有 {cells} 格，其中 {printed} 格印有数字。"
            f"不成立的勾稽关系 {count['error']} 处，警告 {count['warning']} 个，提示 {count['notice']} 个。",
            f"{self.name}: the form has {cells} cells, {printed} of which carry a figure. "
            f"Sums that do not add up: {count['error']}; warnings: {count['warning']}; notices: {count['notice']}.",
        )

    @cached_property
    def chart(self) -> alt.LayerChart | alt.Chart:
        """The column of the chosen cell down the lines of the table."""
        if self.held is None or self.column is None:
            return no_chart(self.name)
        return column_chart(self.name, self.held.form, self.held.table, self.column, self.held.cells, self.line)

    def table_part(self) -> str:
        """The table as the form prints it, and what it holds beyond the form."""
        if self.held is None:
            return paragraph("这份报告没有全国统一格式的表格 This report has no table of a national form")
        marks = Marks((self.line, self.column), places(self.problems, self.held.table.id))
        legend = "粗框：所选单元格 Framed: the chosen cell" + (" · ⚠ 见“问题” see Problems" if marks.faults else "")
        title = f"{self.held.table.zh} {self.held.table.en} · {self.held.form.zh} {self.held.form.en}"
        here = self.extras.filter(pl.col("table") == self.held.table.id)
        grid = table_html(self.held.table, self.held.cells, marks)
        return folded(title, grid + paragraph(legend) + extras_html(here))

    def problems_part(self) -> str:
        """The problems of the report."""
        title = f"问题 Problems ({self.problems.height})"
        return folded(title, problems_html(self.problems, self.held.table if self.held else None))

    def cell_part(self) -> str:
        """The chosen cell in words."""
        if self.held is None or self.line is None or self.column is None:
            return ""
        cell = self.held.cells[self.line, self.column]
        line, column = self.held.table.line(self.line), self.held.table.column(self.column)
        figure = "" if cell["value"] is None else f"{number(cell['value'])} {UNITS[cell['unit']]}".strip() + " · "
        printed = f" · 原文 as printed “{cell['raw']}”" if cell["raw"] else ""
        name = f"{line.label} {line.en} / {column.zh} {column.en}"
        return f"<p><b>{escaped(name)}</b>: {escaped(figure + STATES[cell['state']] + printed)}</p>"

    def source_part(self, source: Highlight | None, plain: bool) -> str:
        """Where the chosen cell stands; ``plain`` keeps to the lines around it."""
        if source is None:
            return ""
        near = f"{paragraph(source.title)}<pre>{escaped(source.text)}</pre>" if source.text else source.html
        return folded("在来源中的位置 Where it stands in the source", near if plain else source.html)
