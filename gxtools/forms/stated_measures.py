"""The measures over figures that reports state: loaded from ``stated_measures.toml``, checked against the forms.

They share name, kind, breaks and cautions with the measure of that id in ``measures.toml``; only the definitions are
their own. Every fault is a ``FormError`` with file and line.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from gxtools.forms.claim_subjects import subjects_of
from gxtools.forms.loading import SHIPPED
from gxtools.forms.measure_definitions import Definition, Measure, measure_definitions
from gxtools.forms.model import Form, Forms
from gxtools.forms.sources import Entry, read_toml
from gxtools.forms.terms import Term, parse_terms

FILE = "stated_measures.toml"


def stated_measures(forms: Forms) -> dict[str, Measure]:
    """Every measure over stated figures by its id: from the file beside ``forms``, or else from the shipped one."""
    own = Path(forms.folder) / FILE
    return load_stated_measures(own if own.exists() else SHIPPED / FILE, forms)


@cache
def load_stated_measures(path: Path, forms: Forms) -> dict[str, Measure]:
    """Load and verify a file of definitions against ``forms``. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    file.entry(file.data).check_keys({"definitions"}, set())
    known = measure_definitions(forms)
    newest = forms.all[-1]
    found: dict[str, tuple[Definition, ...]] = {}
    for entry in file.entries(file.data["definitions"], "definitions"):
        entry.check_keys({"measure", "id", "numerator", "denominator", "zh", "en"}, set())
        measure = entry.text("measure")
        if measure not in known or known[measure].kind == "composition":
            raise entry.fault(f"no share or rate '{measure}' in measures.toml", "measure")
        earlier = found.get(measure, ())
        if entry.text("id") in {definition.id for definition in earlier}:
            raise entry.fault(f"id '{entry.text('id')}' stands twice under '{measure}'", "id")
        found[measure] = (*earlier, _definition(entry, newest))
    return {id: replace(known[id], definitions=definitions) for id, definitions in found.items()}


def parts_of(subject: str, form: Form) -> tuple[str, ...]:
    """The subjects that add up to ``subject``: the lines of its group in ``form``; none where it is a cell itself."""
    table, line, column = subject.split(".")
    members = form.table(table).members(line)
    return () if members == (line,) else tuple(f"{table}.{member}.{column}" for member in members)


def _definition(entry: Entry, form: Form) -> Definition:
    numerator, denominator = (_terms(entry, key, form) for key in ("numerator", "denominator"))
    return Definition(
        id=entry.text("id"),
        zh=entry.text("zh"),
        en=entry.text("en"),
        forms=(form.id,),
        numerator=numerator,
        denominator=denominator,
        parts=(),
        within=None,
        text=f"({entry.text('numerator')}) / ({entry.text('denominator')})",
    )


def _terms(entry: Entry, key: str, form: Form) -> tuple[Term, ...]:
    try:
        terms = parse_terms(entry.text(key))
    except ValueError as error:
        raise entry.fault(str(error), key) from error
    subjects = subjects_of(form)
    for term in terms:
        if term.id not in subjects:
            raise entry.fault(f"form {form.id} has no subject '{term.id}'", key)
    return terms
