"""The problems of a report as HTML, those of the table in view first, and the places of a table that they touch."""

from __future__ import annotations

import polars as pl

from gxtools.explore.markup import both, escaped, paragraph
from gxtools.explore.words import SEVERITIES
from gxtools.forms import Table

MOST = 50


def places(problems: pl.DataFrame, table: str) -> frozenset[tuple[str | None, str | None]]:
    """The (line, column) in ``table`` of every problem that names one; ``None`` for a whole line or column."""
    here = problems.filter(pl.col("table") == table).select("line", "column").unique()
    return frozenset((line, column) for line, column in here.iter_rows() if line is not None or column is not None)


def problems_html(problems: pl.DataFrame, table: Table | None) -> str:
    """One row a problem, in both languages; at most 50, with the number of the rest."""
    if problems.is_empty():
        return paragraph("未发现问题 No problem found")
    here = pl.col("table").eq_missing(pl.lit(table.id if table else None))
    ordered = problems.sort(here, descending=True, maintain_order=True)
    rows = "".join(
        f"<tr><th>{escaped(SEVERITIES[row['severity']])}<small>{escaped(row['rule'])}</small></th>"
        f"<th>{both(row['message_zh'], row['message'])}</th><th>{escaped(row['where'] or '')}</th></tr>"
        for row in ordered.head(MOST).iter_rows(named=True)
    )
    more = problems.height - MOST
    rest = paragraph(f"另有 {more} 个，见 corpus.problems  {more} more in corpus.problems") if more > 0 else ""
    return f"<table>{rows}</table>{rest}"


def extras_html(extras: pl.DataFrame) -> str:
    """Figures of the table in lines or columns that the form does not have; nothing where there are none."""
    if extras.is_empty():
        return ""
    rows = "".join(
        f"<tr><th>{escaped(row['line_label'])}</th><th>{escaped(row['column_label'])}</th><td>{escaped(row['raw'])}</td></tr>"
        for row in extras.head(MOST).iter_rows(named=True)
    )
    more = extras.height - MOST
    rest = paragraph(f"另有 {more} 个，见 corpus.extras  {more} more in corpus.extras") if more > 0 else ""
    title = paragraph("格式之外的数字 Figures in lines or columns that the form does not have:")
    return f"{title}<table>{rows}</table>{rest}"
