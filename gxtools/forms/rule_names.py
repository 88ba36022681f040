"""What rules are called and what they rest on: ``rule_names.toml`` with the articles that the rules' own data name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from gxtools.forms.loading import SHIPPED
from gxtools.forms.model import Form, Forms
from gxtools.forms.parent_rules import parent_rules
from gxtools.forms.sources import Entry, read_toml
from gxtools.forms.year_rules import year_rules

FILE = "rule_names.toml"


class RuleName(NamedTuple):
    """``article`` of the regulation, or the document, that the rule rests on; empty where it is this package's own."""

    id: str
    zh: str
    en: str
    article: str


def rule_names(forms: Forms) -> dict[str, RuleName]:
    """Every rule by its id, for these forms: from ``rule_names.toml`` beside them, or else the shipped one."""
    own = Path(forms.folder) / FILE
    named = load_rule_names(own if own.exists() else SHIPPED / FILE)
    stated = {rule.id: rule.article for rule in year_rules(forms)}
    stated |= {rule.id: rule.article for rule in parent_rules(forms)} | _articles(forms.all)
    return {id: name._replace(article=stated.get(id, name.article)) for id, name in named.items()}


def _articles(all_forms: tuple[Form, ...]) -> dict[str, str]:
    """The articles that the newest form with the rule states; one whose instances differ in theirs states them all."""
    found: dict[str, dict[str, None]] = {}
    for form in all_forms:
        for rule_id in {rule.id for rule in form.rules}:
            found[rule_id] = dict.fromkeys(rule.article for rule in form.rules if rule.id == rule_id and rule.article)
    return {rule_id: "; ".join(articles) for rule_id, articles in found.items()}


@cache
def load_rule_names(path: Path) -> dict[str, RuleName]:
    """Load and verify a file of names. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    file.entry({key: value for key, value in file.data.items() if key != "rules"}).check_keys(set(), set())
    found: dict[str, RuleName] = {}
    for entry in file.entries(file.data["rules"], "rules"):
        name = _name(entry)
        if name.id in found:
            raise entry.fault(f"id '{name.id}' stands twice", "id")
        found[name.id] = name
    return found


def _name(entry: Entry) -> RuleName:
    entry.check_keys({"id", "zh", "en"}, {"article"})
    return RuleName(entry.text("id"), entry.text("zh"), entry.text("en"), entry.text("article", ""))
