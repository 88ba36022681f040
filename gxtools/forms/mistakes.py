"""Mistakes of filling in, as data: loaded from ``mistakes.toml``, refused where a key, a term or a rule is not known.

Every fault is a ``FormError`` with file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gxtools.forms.loading import SHIPPED
from gxtools.forms.model import Form, Forms
from gxtools.forms.sources import Entry, read_toml
from gxtools.forms.terms import Term, parse_terms

FILE = "mistakes.toml"
AXES = ("columns", "lines")


@dataclass(frozen=True, slots=True)
class Mistake:
    """``rule`` breaks in a column (or line) and holds again once the cell ``change`` is the sum ``to``."""

    id: str
    table: str
    axis: str
    rule: str
    change: str
    to: tuple[Term, ...]
    text: str
    en: str
    zh: str

    def cell(self, id: str, key: str) -> tuple[str, str, str]:
        """The cell of a term in one column (or line)."""
        return (self.table, id, key) if self.axis == "columns" else (self.table, key, id)


def mistakes(forms: Forms) -> tuple[Mistake, ...]:
    """The mistakes known for these forms: from ``mistakes.toml`` beside them, or else the shipped ones."""
    own = Path(forms.folder) / FILE
    return load_mistakes(own if own.exists() else SHIPPED / FILE, forms.all)


@cache
def load_mistakes(path: Path, forms: tuple[Form, ...]) -> tuple[Mistake, ...]:
    """Load and verify a file of mistakes against ``forms``. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    file.entry({key: value for key, value in file.data.items() if key != "mistakes"}).check_keys(set(), set())
    return tuple(_mistake(entry, forms) for entry in file.entries(file.data.get("mistakes", []), "mistakes"))


def _mistake(entry: Entry, forms: tuple[Form, ...]) -> Mistake:
    entry.check_keys({"id", "table", "axis", "rule", "change", "to", "en", "zh"}, set())
    if entry.text("axis") not in AXES:
        raise entry.fault(f"'axis' must be one of {', '.join(AXES)}", "axis")
    try:
        to = parse_terms(entry.text("to"))
    except ValueError as error:
        raise entry.fault(str(error), "to") from error
    found = Mistake(
        id=entry.text("id"),
        table=entry.text("table"),
        axis=entry.text("axis"),
        rule=entry.text("rule"),
        change=entry.text("change"),
        to=to,
        text=f"{entry.text('change')} = {entry.text('to')}",
        en=entry.text("en"),
        zh=entry.text("zh"),
    )
    rules = {(rule.id, rule.table, rule.axis) for form in forms for rule in form.rules}
    if (found.rule, found.table, found.axis) not in rules:
        raise entry.fault(f"no form has a rule '{found.rule}' along the {found.axis} of '{found.table}'", "rule")
    named = {found.change, *(term.id for term in to)}
    tables = [table for form in forms for table in form.tables if table.id == found.table]
    held = [{place.id for place in (table.lines if found.axis == "columns" else table.columns)} for table in tables]
    if not any(named <= ids for ids in held):
        raise entry.fault(f"no form's table '{found.table}' has every term of '{found.text}'", "to")
    return found
