"""The rule between a government and its bodies as data: ``parent_rules.toml``, refused where a key is not known.

Every fault is a ``FormError`` with file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gxtools.forms.loading import SHIPPED
from gxtools.forms.model import Form, Forms
from gxtools.forms.sources import Entry, TomlFile, read_toml

FILE = "parent_rules.toml"
SEVERITIES = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class ParentRule:
    """``cells`` are the columns, by table, in which every line is compared; ``consolidated`` a pattern of the prose."""

    id: str
    severity: str
    strength: str
    article: str
    en: str
    zh: str
    cells: tuple[tuple[str, str], ...]
    consolidated: str


def parent_rules(forms: Forms) -> tuple[ParentRule, ...]:
    """The rules for these forms: from ``parent_rules.toml`` beside them, or else the shipped ones."""
    own = Path(forms.folder) / FILE
    return load_parent_rules(own if own.exists() else SHIPPED / FILE, forms.all)


@cache
def load_parent_rules(path: Path, forms: tuple[Form, ...]) -> tuple[ParentRule, ...]:
    """Load and verify a file of rules against ``forms``. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    top = file.entry({key: value for key, value in file.data.items() if key != "rules"})
    top.check_keys({"consolidated"}, set())
    patterns = top.texts("consolidated")
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise top.fault(f"'{pattern}' is no pattern: {error}", "consolidated") from error
    return tuple(_rule(entry, "|".join(patterns), forms, file) for entry in file.entries(file.data["rules"], "rules"))


def _rule(entry: Entry, consolidated: str, forms: tuple[Form, ...], file: TomlFile) -> ParentRule:
    entry.check_keys({"id", "severity", "strength", "article", "en", "zh", "cells"}, set())
    if entry.text("severity") not in SEVERITIES:
        raise entry.fault(f"'severity' must be one of {', '.join(SEVERITIES)}", "severity")
    cells = [_column(cell, forms) for cell in file.entries(entry.values["cells"], "rules.cells")]
    texts = {key: entry.text(key) for key in ("id", "severity", "strength", "article", "en", "zh")}
    return ParentRule(**texts, cells=tuple(cells), consolidated=consolidated)


def _column(entry: Entry, forms: tuple[Form, ...]) -> tuple[str, str]:
    entry.check_keys({"table", "column"}, set())
    wanted = entry.text("table"), entry.text("column")
    if not any((cell.table, cell.column) == wanted for form in forms for cell in form.cells):
        raise entry.fault(f"no form has a column '{wanted[1]}' in table '{wanted[0]}'", "column")
    return wanted
