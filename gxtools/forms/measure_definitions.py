"""The measures as data: loaded from ``measures.toml``, and refused where a key, a term or a form is not known.

Every fault is a ``FormError`` with file and line. Source of the definitions: the tables of the 2019 and 2021 forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gxtools.forms.loading import SHIPPED
from gxtools.forms.model import Form, Forms
from gxtools.forms.sources import Entry, read_toml
from gxtools.forms.terms import Term, parse_terms

FILE = "measures.toml"
# Where a definition has no words of its own.
COUNTED, OF = ("分子", "numerator"), ("分母", "denominator")
KINDS = ("share", "per_1000", "ratio", "composition")

_TERMS = ("numerator", "denominator", "parts", "whole")
# What is counted, in a word or two, for an axis or a tooltip.
_WORDS = {"numerator_zh", "numerator_en", "denominator_zh", "denominator_en"}
# What a definition must state, and what it may.
_SUMS: dict[str, tuple[set[str], set[str]]] = {
    "rate": ({"numerator", "denominator"}, _WORDS),
    "composition": ({"parts"}, {"whole", "within"}),
}
_PARTS = {"breaks", "measures", "definitions", "bridges"}


class CellTerm(NamedTuple):
    """One cell of a form that enters a sum, and its sign."""

    table: str
    line: str
    column: str
    coefficient: int


class Break(NamedTuple):
    """A change after which a series is no longer the same; ``year`` is the first report year after it."""

    id: str
    year: int
    zh: str
    en: str


class Bridge(NamedTuple):
    """What stands in for a definition in forms that lack its terms: other sums; ``zh`` and ``en`` tell at what cost."""

    forms: tuple[str, ...]
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    zh: str
    en: str
    text: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One way to count a measure. ``text`` is the very sum that is computed; ``forms`` the ids of the forms with it.

    A composition has ``parts``; its ``denominator`` is empty where the whole is their sum, and ``within`` tells whether
    a part is compared with its own line only. ``bridges`` carry the definition over to further forms, which ``forms``
    and ``text`` name too. ``used_by`` says who counts so, where that is known. ``counted`` and ``of`` name what stands
    above and below the line in a word or two, in Chinese and English.
    """

    id: str
    zh: str
    en: str
    forms: tuple[str, ...]
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    parts: tuple[Term, ...]
    within: str | None
    text: str
    used_by: str = ""
    bridges: tuple[Bridge, ...] = ()
    counted: tuple[str, str] = COUNTED
    of: tuple[str, str] = OF

    def sums(self, form: str) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """Numerator and denominator in that form: those of a bridge where one serves it."""
        for bridge in self.bridges:
            if form in bridge.forms:
                return bridge.numerator, bridge.denominator
        return self.numerator, self.denominator


@dataclass(frozen=True, slots=True)
class Measure:
    """``kind`` is ``share`` (a part of its denominator), ``per_1000`` (a rate), ``ratio`` (no part, may be negative) or
    ``composition``. ``breaks`` and the cautions say across what it may not be compared, ``article`` on what it rests.
    """

    id: str
    zh: str
    en: str
    kind: str
    breaks: tuple[Break, ...]
    definitions: tuple[Definition, ...]
    article: str = ""
    caution_zh: str = ""
    caution_en: str = ""


def measure_definitions(forms: Forms) -> dict[str, Measure]:
    """Every measure by its id, for these forms: from ``measures.toml`` beside them, or else from the shipped one."""
    own = Path(forms.folder) / FILE
    return load_measures(own if own.exists() else SHIPPED / FILE, forms.all)


def cell_terms(terms: tuple[Term, ...], form: Form) -> list[CellTerm]:
    """The cells of ``form`` behind ``table.line.column`` terms, groups opened; those that cancel out are left out.

    ``KeyError`` names the term that the form lacks.
    """
    existing = {cell[:3] for cell in form.cells}
    coefficients: dict[tuple[str, str, str], int] = {}
    for term in terms:
        table, line, column = term.id.split(".")
        members = form.table(table).members(line) if any(t.id == table for t in form.tables) else ()
        if not members or any((table, member, column) not in existing for member in members):
            raise KeyError(term.id)
        for member in members:
            cell = (table, member, column)
            coefficients[cell] = coefficients.get(cell, 0) + term.coefficient
    return [CellTerm(*cell, coefficient) for cell, coefficient in coefficients.items() if coefficient]


@cache
def load_measures(path: Path, forms: tuple[Form, ...]) -> dict[str, Measure]:
    """Load and verify a file of measures against ``forms``. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    top = file.entry({key: value for key, value in file.data.items() if key not in _PARTS})
    top.check_keys(set(), set())
    breaks = {entry.text("id"): _break(entry) for entry in file.entries(file.data["breaks"], "breaks")}
    definitions: dict[str, dict[str, Definition]] = {}
    measures = file.entries(file.data["measures"], "measures")
    kinds = {entry.text("id"): _kind(entry) for entry in measures}
    for entry in file.entries(file.data["definitions"], "definitions"):
        measure = entry.text("measure")
        if measure not in kinds:
            raise entry.fault(f"no measure '{measure}'", "measure")
        definition = _definition(entry, kinds[measure], forms)
        if definition.id in definitions.setdefault(measure, {}):
            raise entry.fault(f"id '{definition.id}' stands twice under '{measure}'", "id")
        definitions[measure][definition.id] = definition
    for entry in file.entries(file.data.get("bridges", []), "bridges"):
        measure, bridged = _bridged(entry, definitions, forms)
        definitions[measure][bridged.id] = bridged
    found: dict[str, Measure] = {}
    for entry in measures:
        id = entry.text("id")
        if id in found:
            raise entry.fault(f"id '{id}' stands twice", "id")
        found[id] = _measure(entry, breaks, definitions)
    return found


def _break(entry: Entry) -> Break:
    entry.check_keys({"id", "year", "zh", "en"}, set())
    year = entry.values["year"]
    if not isinstance(year, int):
        raise entry.fault(f"'year' must be a year, not {year!r}", "year")
    return Break(entry.text("id"), year, entry.text("zh"), entry.text("en"))


def _kind(entry: Entry) -> str:
    entry.check_keys({"id", "zh", "en", "kind", "breaks"}, {"article", "caution_zh", "caution_en"})
    if entry.text("kind") not in KINDS:
        raise entry.fault(f"'kind' must be one of {', '.join(KINDS)}", "kind")
    return entry.text("kind")


def _measure(entry: Entry, breaks: dict[str, Break], definitions: dict[str, dict[str, Definition]]) -> Measure:
    for id in entry.texts("breaks"):
        if id not in breaks:
            raise entry.fault(f"no break '{id}'", "breaks")
    if entry.text("id") not in definitions:
        raise entry.fault(f"measure '{entry.text('id')}' has no definition", "id")
    return Measure(
        id=entry.text("id"),
        zh=entry.text("zh"),
        en=entry.text("en"),
        kind=entry.text("kind"),
        breaks=tuple(breaks[id] for id in entry.texts("breaks")),
        definitions=tuple(definitions[entry.text("id")].values()),
        article=entry.text("article", ""),
        caution_zh=entry.text("caution_zh", ""),
        caution_en=entry.text("caution_en", ""),
    )


def _definition(entry: Entry, kind: str, forms: tuple[Form, ...]) -> Definition:
    needed, possible = _SUMS["composition" if kind == "composition" else "rate"]
    entry.check_keys({"measure", "id", "since", "zh", "en"} | needed, {"until", "used_by"} | possible)
    within = entry.text("within") if "within" in entry.values else None
    if within not in (None, "line"):
        raise entry.fault("'within' must be line", "within")
    served = _served(entry, forms)
    terms = {key: _terms(entry, key, served) for key in _TERMS if key in entry.values}
    return Definition(
        id=entry.text("id"),
        zh=entry.text("zh"),
        en=entry.text("en"),
        forms=tuple(form.id for form in served),
        numerator=terms.get("numerator", ()),
        denominator=terms.get("denominator", terms.get("whole", ())),
        parts=terms.get("parts", ()),
        within=within,
        text=_text(entry, terms),
        used_by=entry.text("used_by", ""),
        counted=_words(entry, "numerator", COUNTED),
        of=_words(entry, "denominator", OF),
    )


def _words(entry: Entry, side: str, default: tuple[str, str]) -> tuple[str, str]:
    return entry.text(f"{side}_zh", default[0]), entry.text(f"{side}_en", default[1])


def _bridged(
    entry: Entry, definitions: dict[str, dict[str, Definition]], forms: tuple[Form, ...]
) -> tuple[str, Definition]:
    """The id of a measure, and its definition with one more bridge."""
    entry.check_keys({"measure", "definition", "since", "until", "numerator", "denominator", "zh", "en"}, set())
    measure, id = entry.text("measure"), entry.text("definition")
    definition = definitions.get(measure, {}).get(id)
    if definition is None:
        raise entry.fault(f"no definition '{id}' of a measure '{measure}'", "definition")
    served = _served(entry, forms)
    twice = [form.id for form in served if form.id in definition.forms]
    if twice:
        raise entry.fault(f"definition '{id}' serves form {twice[0]} without a bridge", "since")
    terms = {key: _terms(entry, key, served) for key in ("numerator", "denominator")}
    ids = tuple(form.id for form in served)
    text = _text(entry, terms)
    bridge = Bridge(ids, terms["numerator"], terms["denominator"], entry.text("zh"), entry.text("en"), text)
    return measure, replace(
        definition,
        forms=tuple(form.id for form in forms if form.id in (*ids, *definition.forms)),
        bridges=(*definition.bridges, bridge),
        text=f"{definition.text}; form {', '.join(ids)}: {text}",
    )


def _text(entry: Entry, keys: Iterable[str]) -> str:
    return " / ".join(f"({entry.text(key)})" for key in keys)


def _served(entry: Entry, forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """The forms from ``since`` to ``until``, both included."""
    ids = [form.id for form in forms]
    for key in ("since", "until"):
        if key in entry.values and entry.text(key) not in ids:
            raise entry.fault(f"'{key}' must be one of {', '.join(ids)}", key)
    last = ids.index(entry.text("until")) if "until" in entry.values else len(ids) - 1
    return forms[ids.index(entry.text("since")) : last + 1]


def _terms(entry: Entry, key: str, forms: tuple[Form, ...]) -> tuple[Term, ...]:
    try:
        terms = parse_terms(entry.text(key))
    except ValueError as error:
        raise entry.fault(str(error), key) from error
    for term in terms:
        if term.id.count(".") != 2:
            raise entry.fault(f"term '{term.id}' is no table.line.column", key)
    for form in forms:
        try:
            cell_terms(terms, form)
        except KeyError as error:
            text = f"form {form.id} has no cell '{error.args[0]}'; give the definition an 'until' or mend the term"
            raise entry.fault(text, key) from error
    return terms
