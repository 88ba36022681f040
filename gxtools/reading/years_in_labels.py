"""Labels that name the report's year where the form says 本年, or its neighbours: 2023年制发件数, 2022年结转…数量."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gxtools.forms import year_in_words
from gxtools.grids import Grid
from gxtools.reading.lexicon import LONGEST_LABEL, Lexicon


def form_labels(texts: Sequence[str], year: int | None, words: Lexicon) -> dict[str, str]:
    """Those of a table's texts that are such labels, with the form's words for them; another year's are none.

    ``year`` is the report's.
    """
    if year is None:
        return {}
    whole = "\n".join(texts)
    if not any(str(each) in whole for each in (year - 1, year, year + 1)):  # most tables: no look at each text
        return {}
    labels = {text: _label(text, year, words) for text in texts if "年" in text}
    return {text: label for text, label in labels.items() if label is not None}


def renamed(grid: Grid, labels: Mapping[str, str]) -> Grid:
    """A grid with other words for some of its texts."""
    rows = (tuple(cell._replace(text=labels.get(cell.text, cell.text)) for cell in row) for row in grid.rows)
    return replace(grid, rows=tuple(rows))


def _label(text: str, year: int, words: Lexicon) -> str | None:
    if len(text) > LONGEST_LABEL or words.evidence(text).known:
        return None
    said = year_in_words(text, year) or ""
    return next((each for each in (said, said.replace("年", "年度", 1)) if words.evidence(each).known), None)
