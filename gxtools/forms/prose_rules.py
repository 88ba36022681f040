"""Rules between a figure and the prose as data: ``prose_rules.toml``, refused where a key or a cell is not known.

Every fault is a ``FormError`` with file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gxtools.forms.loading import SHIPPED
from gxtools.forms.model import Form, Forms
from gxtools.forms.sources import Entry, read_toml

FILE = "prose_rules.toml"
SEVERITIES = ("warning", "notice")


@dataclass(frozen=True, slots=True)
class ProseRule:
    """Where a cell of ``line`` is above 0, the text matches ``mentions``.

    ``section`` is where the form wants it told: of a report without it, or one whose text matches ``lost``, nothing is
    said.
    """

    id: str
    table: str
    line: str
    mentions: str
    section: str
    lost: str
    strength: str
    severity: str
    article: str
    en: str
    zh: str


def prose_rules(forms: Forms) -> tuple[ProseRule, ...]:
    """The rules for these forms: from ``prose_rules.toml`` beside them, or else the shipped ones."""
    own = Path(forms.folder) / FILE
    return load_prose_rules(own if own.exists() else SHIPPED / FILE, forms.all)


@cache
def load_prose_rules(path: Path, forms: tuple[Form, ...]) -> tuple[ProseRule, ...]:
    """Load and verify a file of rules against ``forms``. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    file.entry({key: value for key, value in file.data.items() if key != "rules"}).check_keys(set(), set())
    return tuple(_rule(entry, forms) for entry in file.entries(file.data.get("rules", []), "rules"))


def _rule(entry: Entry, forms: tuple[Form, ...]) -> ProseRule:
    texts = ("id", "table", "line", "section", "strength", "severity", "article", "en", "zh")
    entry.check_keys({*texts, "mentions", "lost"}, set())
    if entry.text("severity") not in SEVERITIES:
        raise entry.fault(f"'severity' must be one of {', '.join(SEVERITIES)}", "severity")
    place = entry.text("table"), entry.text("line")
    if not any((cell.table, cell.line) == place for form in forms for cell in form.cells):
        raise entry.fault(f"no form has a line '{place[1]}' in table '{place[0]}'", "line")
    patterns = {key: _pattern(entry, key) for key in ("mentions", "lost")}
    return ProseRule(**patterns, **{key: entry.text(key) for key in texts})


def _pattern(entry: Entry, key: str) -> str:
    patterns = entry.texts(key)
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise entry.fault(f"'{pattern}' is no pattern: {error}", key) from error
    if not patterns:
        raise entry.fault(f"'{key}' is empty", key)
    return "|".join(patterns)
