"""The rules between years as data: loaded from ``year_rules.toml``, refused where a key or a term is not known.

Every fault is a ``FormError`` with file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gxtools.forms.loading import SHIPPED
from gxtools.forms.model import Form, Forms, Table
from gxtools.forms.sources import Entry, read_toml
from gxtools.forms.terms import Term, parse_relation

FILE = "year_rules.toml"
PREVIOUS = "previous."
AXES = ("columns", "lines")
STRENGTHS = ("form", "built_in", "expected")
SEVERITIES = ("error", "warning", "notice")


class YearTerm(NamedTuple):
    """One cell of a rule applied to one line or column. ``signed`` has everything brought to the left side."""

    line: str
    column: str
    previous: bool
    left: bool
    signed: int


@dataclass(frozen=True, slots=True)
class YearRule:
    """A sum over this year's cells and last year's that must be 0; ``text`` is the very definition.

    ``axis`` is ``columns`` where it runs down each column (terms are lines), ``lines`` where it runs along each line.
    ``whole`` is the column or line in which a failure weighs in full: where that one agrees, the others are warnings.
    """

    id: str
    table: str
    axis: str
    text: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    only: tuple[str, ...]
    since: int
    strength: str
    severity: str
    whole: str | None
    article: str
    en: str
    zh: str

    def instances(self, table: Table) -> dict[str, list[YearTerm]]:
        """By column (or line), the cells of the rule in a form's table; one that lacks a cell of them is left out."""
        down = self.axis == "columns"
        keys = [column.id for column in table.columns] if down else [line.id for line in table.lines]
        found: dict[str, list[YearTerm]] = {}
        existing = {(cell.line, cell.column) for cell in table.cells}
        for key in self.only or keys:
            terms = [
                _year_term(term, key, down, left)
                for left, side in ((True, self.left), (False, self.right))
                for term in side
            ]
            if all((term.line, term.column) in existing for term in terms):
                found[key] = terms
        return found


def _year_term(term: Term, key: str, down: bool, left: bool) -> YearTerm:
    id = term.id.removeprefix(PREVIOUS)
    line, column = (id, key) if down else (key, id)
    return YearTerm(line, column, id != term.id, left, term.coefficient if left else -term.coefficient)


def year_rules(forms: Forms) -> tuple[YearRule, ...]:
    """The rules between years for these forms: from ``year_rules.toml`` beside them, or else the shipped ones."""
    own = Path(forms.folder) / FILE
    return load_year_rules(own if own.exists() else SHIPPED / FILE, forms.all)


@cache
def load_year_rules(path: Path, forms: tuple[Form, ...]) -> tuple[YearRule, ...]:
    """Load and verify a file of rules against ``forms``. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    file.entry({key: value for key, value in file.data.items() if key != "rules"}).check_keys(set(), set())
    rules = tuple(_rule(entry, forms) for entry in file.entries(file.data.get("rules", []), "rules"))
    return rules


def _rule(entry: Entry, forms: tuple[Form, ...]) -> YearRule:
    required = {"id", "table", "axis", "terms", "since", "strength", "severity", "article", "en", "zh"}
    entry.check_keys(required, {"only", "whole"})
    for key, allowed in (("axis", AXES), ("strength", STRENGTHS), ("severity", SEVERITIES)):
        if entry.text(key) not in allowed:
            raise entry.fault(f"'{key}' must be one of {', '.join(allowed)}", key)
    since = entry.values["since"]
    if not isinstance(since, int):
        raise entry.fault(f"'since' must be a year, not {since!r}", "since")
    try:
        relation, left, right = parse_relation(entry.text("terms"))
    except ValueError as error:
        raise entry.fault(str(error), "terms") from error
    if relation != "=":
        raise entry.fault("a rule between years must be an equation", "terms")
    rule = YearRule(
        id=entry.text("id"),
        table=entry.text("table"),
        axis=entry.text("axis"),
        text=entry.text("terms"),
        left=left,
        right=right,
        only=entry.texts("only"),
        since=since,
        strength=entry.text("strength"),
        severity=entry.text("severity"),
        whole=entry.text("whole") if "whole" in entry.values else None,
        article=entry.text("article"),
        en=entry.text("en"),
        zh=entry.text("zh"),
    )
    _require_cells(entry, rule, forms)
    return rule


def _require_cells(entry: Entry, rule: YearRule, forms: tuple[Form, ...]) -> None:
    """A rule must have its cells in the form of the year since which it holds, and an earlier term in that before."""
    served = [form for form in forms if form.last_year is None or form.last_year >= rule.since]
    tables = [table for form in served for table in form.tables if table.id == rule.table]
    if not tables:
        raise entry.fault(f"no form since {rule.since} has a table '{rule.table}'", "table")
    for table in tables:
        instances = rule.instances(table)
        lacking = sorted(set(rule.only) - set(instances))
        if lacking or not instances or (rule.whole is not None and rule.whole not in instances):
            raise entry.fault(
                f"table '{rule.table}' lacks cells of '{rule.text}' {' '.join(lacking)}".rstrip(), "terms"
            )
    if not any(term.id.startswith(PREVIOUS) for term in (*rule.left, *rule.right)):
        raise entry.fault(f"no term of '{rule.text}' is last year's; write '{PREVIOUS}id'", "terms")
