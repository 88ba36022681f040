"""Labels that name the report's year where the form says 本年, or its neighbours: 2023年制发件数, 2022年结转…数量."""

from __future__ import annotations

from dataclasses import replace

from gxtools.forms import year_in_words
from gxtools.grids import Grid, GridCell
from gxtools.reading.lexicon import LONGEST_LABEL, Lexicon


def neighbours(year: int | None) -> tuple[str, ...]:
    """A report's year and the two beside it, as labels name them; none where it is not known."""
    return () if year is None else (str(year), str(year - 1), str(year + 1))


def with_form_years(grid: Grid, year: int | None, words: Lexicon) -> Grid:
    """The grid with those labels in the form's words; another year's stay as they are. ``year`` is the report's."""
    said = {
        id(cell): label
        for row in grid.rows
        for cell in row
        if year is not None and (label := _label(cell.text, year, words)) is not None
    }
    if not said:
        return grid
    return replace(grid, rows=tuple(tuple(_renamed(cell, said.get(id(cell))) for cell in row) for row in grid.rows))


def _renamed(cell: GridCell, label: str | None) -> GridCell:
    return cell if label is None else cell._replace(text=label)


def _label(text: str, year: int, words: Lexicon) -> str | None:
    if len(text) > LONGEST_LABEL or not any(map(text.__contains__, neighbours(year))) or words.evidence(text).known:
        return None
    said = year_in_words(text, year) or ""
    return next((each for each in (said, said.replace("年", "年度", 1)) if words.evidence(each).known), None)
