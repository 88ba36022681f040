"""The official forms as data: loaded from ``data/``, verified, and looked up by year, id and printed label."""

from gxtools.forms.characters import simplified
from gxtools.forms.damage import LOST
from gxtools.forms.labels import label_keys, plain, printed_number, year_in_words
from gxtools.forms.loading import load_forms
from gxtools.forms.model import Column, Form, FormCell, Forms, Group, Line, Meaning, Rule, Table
from gxtools.forms.terms import Term, parse_relation, parse_terms

__all__ = [
    "LOST",
    "Column",
    "Form",
    "FormCell",
    "Forms",
    "Group",
    "Line",
    "Meaning",
    "Rule",
    "Table",
    "Term",
    "forms",
    "label_keys",
    "load_forms",
    "parse_relation",
    "parse_terms",
    "plain",
    "printed_number",
    "simplified",
    "year_in_words",
]


def forms() -> Forms:
    """The shipped forms, loaded and verified once."""
    return load_forms()
