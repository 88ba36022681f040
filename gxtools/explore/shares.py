"""What the parts of a composition are called in an explorer, and which cells are theirs."""

from __future__ import annotations

import polars as pl

from gxtools.charts.groups import label
from gxtools.explore.panels import Cell, Row
from gxtools.measures import HasFrames, definition_of, forms_of
from gxtools.measures.terms import composition_terms

_PART = ("part_line", "part_column")
_CELL = ("table", "line", "column")


def share_name(row: Row, by: str, part: str) -> str:
    """A part of a group with its figures, on one line."""
    name = f"{label(row, [by])} · {' '.join(part.split())}"
    if row["count"] is None:
        return f"{name}: 缺数 n/a"
    share = "" if row["share"] is None else f" = {row['share']:.1%}"
    return f"{name}: {row['count']:,.10g}/{row['whole']:,.10g}{share}"


def cells_by_part(
    corpus: HasFrames, id: str, definition: str | None = None, *, grouped: bool = False
) -> dict[tuple[str | None, str | None], list[Cell]]:
    """By ``line`` and ``column`` of a part, the cells in any form that its count is made of."""
    _, wanted = definition_of(corpus, id, definition)
    terms = composition_terms(wanted, forms_of(corpus), grouped).filter(pl.col("side") == "numerator")
    cells: dict[tuple[str | None, str | None], list[Cell]] = {}
    for line, column, *cell in terms.select(*_PART, *_CELL).unique(maintain_order=True).iter_rows():
        cells.setdefault((line, column), []).append((cell[0], cell[1], cell[2]))
    return cells
