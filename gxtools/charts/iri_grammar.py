"""Altair without a wait: a grammar that jsonschema builds when it is imported is built when it is first asked for.

Where JupyterLab is installed, rfc3987-syntax is too. Importing jsonschema, as Altair does, then builds a grammar of
internationalised addresses (IRIs) that no chart uses: a second in every kernel. A function of the same name stands in
while jsonschema is imported, and has the grammar built when an address is to be checked, so that no check is lost.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType

GRAMMAR = "rfc3987_syntax"


def _is_valid_syntax(term: str, value: str) -> bool:
    valid: bool = importlib.import_module(GRAMMAR).is_valid_syntax(term, value)
    return valid


def import_jsonschema() -> None:
    """Import jsonschema without building the grammar; nothing where either is imported already or there is none."""
    if "jsonschema" in sys.modules or GRAMMAR in sys.modules or find_spec(GRAMMAR) is None:
        return
    stand_in = ModuleType(GRAMMAR)
    vars(stand_in)["is_valid_syntax"] = _is_valid_syntax
    sys.modules[GRAMMAR] = stand_in
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules[GRAMMAR]
