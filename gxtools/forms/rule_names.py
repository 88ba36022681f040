"""What rules are called and what they rest on: ``rule_names.toml`` with the articles that the rules' own data name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from gxtools.forms.loading import SHIPPED
from gxtools.forms.model import Forms
from gxtools.forms.parent_rules import parent_rules
from gxtools.forms.prose_rules import prose_rules
from gxtools.forms.sources import Entry, read_toml
from gxtools.forms.year_rules import year_rules

FILE = "rule_names.toml"


class RuleName(NamedTuple):
    """``article`` of the regulation, or the document, that the rule rests on; empty where it is this package's own.

    It holds for report years from ``since`` on. ``of_form`` where it is the document of the report's form instead.
    """

    id: str
    zh: str
    en: str
    article: str
    since: int
    of_form: bool


class Article(NamedTuple):
    """What a rule of a form rests on; ``sentence`` is that of the very rule, where several bear one id."""

    form: str
    rule: str
    sentence: str
    article: str


def rule_names(forms: Forms) -> dict[str, RuleName]:
    """Every rule by its id, for these forms: from ``rule_names.toml`` beside them, or else the shipped one."""
    own = Path(forms.folder) / FILE
    named = load_rule_names(own if own.exists() else SHIPPED / FILE)
    stated = {rule.id: rule.article for rule in year_rules(forms)}
    stated |= {rule.id: rule.article for rule in parent_rules(forms)}
    stated |= {rule.id: rule.article for rule in prose_rules(forms)}
    return {id: name._replace(article=stated.get(id, name.article)) for id, name in named.items()}


def articles_of_forms(forms: Forms) -> list[Article]:
    """What each form's own rules rest on, and the rules that rest on the form's document."""
    own = [Article(form.id, rule.id, rule.en, rule.article) for form in forms.all for rule in form.rules]
    of_form = [name.id for name in rule_names(forms).values() if name.of_form]
    return own + [Article(form.id, id, "", form.document) for form in forms.all for id in of_form]


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
    entry.check_keys({"id", "zh", "en"}, {"article", "of_form", "since"})
    since = entry.values.get("since", 0)
    if type(since) is not int:
        raise entry.fault(f"'since' must be a year, not {since!r}", "since")
    texts = entry.text("id"), entry.text("zh"), entry.text("en"), entry.text("article", "")
    return RuleName(*texts, since, entry.flag("of_form"))
