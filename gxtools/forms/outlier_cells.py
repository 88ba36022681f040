"""Which cells are looked at for outliers, and how: loaded from ``outliers.toml``, verified against the forms.

Every fault is a ``FormError`` with file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gxtools.forms.loading import SHIPPED
from gxtools.forms.model import Form, Forms
from gxtools.forms.sources import Entry, read_toml

FILE = "outliers.toml"

_NUMBERS = {"false_discoveries", "degrees_of_freedom", "other_years", "figures"}


@dataclass(frozen=True, slots=True)
class OutlierCells:
    """``cells`` as (table, line, column). A figure is judged where its body has ``other_years`` more, against the
    spread of at least ``figures`` such; ``false_discoveries`` is the share of false alarms that is allowed for.
    """

    cells: tuple[tuple[str, str, str], ...]
    false_discoveries: float
    degrees_of_freedom: float
    other_years: int
    figures: int


def outlier_cells(forms: Forms) -> OutlierCells:
    """The choice for these forms: from ``outliers.toml`` beside them, or else the shipped one."""
    own = Path(forms.folder) / FILE
    return load_outlier_cells(own if own.exists() else SHIPPED / FILE, forms.all)


@cache
def load_outlier_cells(path: Path, forms: tuple[Form, ...]) -> OutlierCells:
    """Load and verify a file of cells against ``forms``. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    top = file.entry({key: value for key, value in file.data.items() if key != "cells"})
    top.check_keys(_NUMBERS, set())
    for key in _NUMBERS:
        if not isinstance(top.values[key], int | float) or top.values[key] <= 0:
            raise top.fault(f"'{key}' must be a number above 0, not {top.values[key]!r}", key)
    existing = {cell[:3] for form in forms for cell in form.cells}
    cells = tuple(cell for entry in file.entries(file.data["cells"], "cells") for cell in _cells(entry, existing))
    return OutlierCells(
        cells,
        top.values["false_discoveries"],
        top.values["degrees_of_freedom"],
        top.values["other_years"],
        top.values["figures"],
    )


def _cells(entry: Entry, existing: set[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Every cell of the lines and columns that some form has."""
    entry.check_keys({"table", "lines", "columns"}, set())
    table = entry.text("table")
    lines, columns = entry.texts("lines"), entry.texts("columns")
    found = [(table, line, column) for line in lines for column in columns if (table, line, column) in existing]
    for key, place, wanted in (("lines", 1, lines), ("columns", 2, columns)):
        lacking = sorted(set(wanted) - {cell[place] for cell in found})
        if lacking:
            raise entry.fault(f"no form has a cell for {', '.join(lacking)} in table '{table}'", key)
    return found
