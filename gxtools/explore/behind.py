"""The cells behind a mark of a chart: what each report printed, where it stands, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import polars as pl

from gxtools.explore.markup import both, escaped, paragraph
from gxtools.explore.words import NONE, STATES, UNITS, number
from gxtools.forms import Forms
from gxtools.measures import HasFrames, Selection, definition_of, forms_of
from gxtools.measures.arguments import RATE_KINDS
from gxtools.measures.faults import broken_cells
from gxtools.measures.terms import composition_terms, rate_terms

MOST = 60
Cell = tuple[str, str, str]
_CELL = ["table", "line", "column"]
_OF_REPORT = ("report", "agency", "year", "source", "address")
_OF_CELL = ("form", *_CELL, "value", "unit", "raw", "state", "where")
_HEADS = (
    ("机关 · 年度", "Body, year"),
    ("行 / 列", "Line / column"),
    ("数字", "Figure"),
    ("原文", "As printed"),
    ("状态", "State"),
    ("位置", "Place"),
    ("来源", "Source"),
    ("问题", "Problems"),
)


@dataclass(frozen=True)
class Behind:
    """``frame``: one row a cell: ``report``, ``agency``, ``year``, ``form``, ``table``, ``line``, ``column``, ``value``
    (in ``unit``, null unless ``state`` is printed), ``raw``, ``where``, ``source``, ``address``, ``problems_zh`` and
    ``problems_en`` (null where none). ``reports``: how many further reports have cells behind the mark, not listed;
    ``cells``: how many further cells of those that are listed.
    """

    frame: pl.DataFrame
    reports: int
    cells: int
    forms: Forms

    def __repr__(self) -> str:
        return f"Behind({self.frame.height} cells; {self.cells} more, {self.reports} more reports)"

    def _repr_html_(self) -> str:
        """A table in both languages. Whatever a document said is escaped."""
        if self.frame.is_empty():
            return paragraph("此处没有可列出的单元格 No cell to list here")
        heads = "".join(f'<th class="h">{both(zh, en)}</th>' for zh, en in _HEADS)
        rows = "".join(f"<tr>{_row(row, self.forms)}</tr>" for row in self.frame.iter_rows(named=True))
        return f"<table><thead><tr>{heads}</tr></thead>{rows}</table>{self._rest()}"

    def _rest(self) -> str:
        words = []
        if self.cells:
            words.append(f"所列报告另有 {self.cells} 格未列出 {self.cells} more cell(s) of these reports not listed")
        if self.reports:
            words.append(f"另有 {self.reports} 份报告未列出 {self.reports} more report(s) not listed")
        return "".join(paragraph(sentence) for sentence in words)


def cells_of(corpus: HasFrames, id: str, definition: str | None = None) -> list[Cell]:
    """The cells that a measure or composition is made of, in any form, in printed order.

    Raises ``ValueError`` for an unknown measure or definition.
    """
    found, wanted = definition_of(corpus, id, definition)
    forms = forms_of(corpus)
    terms = rate_terms(wanted, forms, []) if found.kind in RATE_KINDS else composition_terms(wanted, forms)
    needed = set(terms.select(_CELL).unique().iter_rows())
    printed = dict.fromkeys((cell.table, cell.line, cell.column) for form in forms.all for cell in form.cells)
    return [cell for cell in printed if cell in needed]


def behind(selection: Selection, cells: Sequence[Cell], most: int = MOST) -> Behind:
    """These ``cells`` of the selected reports that were read, at most ``most``, by agency and year.

    A report has those of the cells that its own form has.
    """
    wanted = set(cells)
    forms = [form.id for form in selection.forms.all if any(cell[:3] in wanted for cell in form.cells)]
    # A table may be printed in another form than the report's, so the others come last, and fill no place before.
    reports = (
        selection.reports.filter(pl.col("error").is_null())
        .with_columns(elsewhere=~pl.col("form").is_in(forms).fill_null(False))
        .sort("elsewhere", "agency", "year", "report", nulls_last=True, maintain_order=True)
    )
    # So many reports fill the list; the others need not be looked up among millions of cells.
    listed = reports.head(max(1, most // max(1, len(cells))))
    few = selection.filter(pl.col("report").is_in(listed["report"].implode()))
    order = pl.DataFrame(list(cells), schema=dict.fromkeys(_CELL, pl.String), orient="row").with_row_index("of_cell")
    held = (
        listed.select(_OF_REPORT)
        .with_row_index("of_report")
        .join(few.cells.select("report", *_OF_CELL).join(order, on=_CELL, how="inner"), on="report", how="inner")
        .sort("of_report", "of_cell", maintain_order=True)
    )
    frame = held.join(_problems(few, held), on=["report", *_CELL], how="left", maintain_order="left")
    shown = frame.select("report", "agency", "year", *_OF_CELL, "source", "address", "problems_zh", "problems_en")
    further = int(reports.slice(listed.height).select((~pl.col("elsewhere")).sum()).item())
    return Behind(shown.head(most), further, max(0, shown.height - most), selection.forms)


def _problems(few: Selection, cells: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with each cell, with its line or with its column, in one text a language."""
    found = few.problems.filter(pl.any_horizontal(pl.col("line", "column").is_not_null()))
    near = found.select("report", "rule", "table", "message", "message_zh", at_line="line", at_column="column")
    identities = {rule.id for form in few.forms.all for rule in form.rules}
    return (
        cells.select("report", *_CELL)
        .join(near, on=["report", "table"], how="inner", maintain_order="left_right")
        .filter(
            pl.col("at_line").is_null() | (pl.col("at_line") == pl.col("line")),
            pl.col("at_column").is_null() | (pl.col("at_column") == pl.col("column")),
        )
        .join(_terms(few, found, identities), on=["report", "rule", *_CELL], how="left", maintain_order="left")
        .filter(~pl.col("rule").is_in(identities) | pl.col("is_term"))
        .group_by("report", *_CELL, maintain_order=True)
        .agg(problems_zh=pl.col("message_zh").str.join("；"), problems_en=pl.col("message").str.join("; "))
    )


def _terms(few: Selection, problems: pl.DataFrame, identities: set[str]) -> pl.DataFrame:
    """The cells that are terms of the identities which problems name: the others of the column are not at fault."""
    schema = dict.fromkeys(["report", *_CELL, "rule"], pl.String)
    as_errors = problems.with_columns(severity=pl.lit("error"))
    parts = [
        broken_cells(few.reports, as_errors.filter(pl.col("rule") == rule), few.forms).with_columns(rule=pl.lit(rule))
        for rule in sorted(identities.intersection(problems["rule"]))
    ]
    return pl.concat([pl.DataFrame(schema=schema), *parts]).with_columns(is_term=pl.lit(True))


def _row(row: dict[str, Any], forms: Forms) -> str:
    table = forms.by_id(row["form"]).table(row["table"])
    line, column = table.line(row["line"]), table.column(row["column"])
    figure = "" if row["value"] is None else f"{number(row['value'])} {UNITS[row['unit']]}".strip()
    fault = both(row["problems_zh"] or "未发现", row["problems_en"] or "none found")
    who = f"{row['agency'] or NONE} {row['year'] or ''}".strip()
    return "".join(
        [
            f"<th>{escaped(who)}</th>",
            f"<th>{both(f'{line.label} / {column.zh}', f'{line.en} / {column.en}')}</th>",
            f"<td>{escaped(figure)}</td>",
            f"<td>{escaped(row['raw'] or '')}</td>",
            f"<td>{escaped(STATES[row['state']])}</td>",
            f"<th>{escaped(row['where'] or '')}</th>",
            f"<th>{source_html(row)}</th>",
            f"<th>{fault}</th>",
        ]
    )


def source_html(row: dict[str, Any]) -> str:
    """The address where it is one that a browser may open, else the file; neither where there is no document."""
    address = row["address"] or ""
    if address.startswith(("https://", "http://")):
        return f'<a href="{escaped(address)}" target="_blank" rel="noopener noreferrer">{escaped(address)}</a>'
    return escaped(PurePath(row["source"]).name if row["source"] else address)
