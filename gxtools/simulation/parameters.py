"""The parameters of the simulated world: loaded from ``data/parameters.toml``, each with where it comes from.

Every fault of the file is a ``FormError`` with file and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from gxtools.forms.sources import Entry, read_toml

FILE = Path(__file__).parent / "data" / "parameters.toml"
ORIGINS = ("fitted", "assumed")
SHARES = ("applicants", "outcomes", "reconsideration_results", "litigation_results")

Value = float | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or numbers by name; ``n`` is what a fitted one rests on, ``why`` says from which figures, or why."""

    id: str
    value: Value
    origin: str
    n: int | None
    why: str


@dataclass(frozen=True, eq=False)
class Parameters:
    """All parameters by id."""

    by_id: Mapping[str, Parameter]

    def number(self, id: str) -> float:
        """The value of a parameter that is one number."""
        value = self.by_id[id].value
        assert not isinstance(value, dict)
        return value

    def numbers(self, id: str, line: str | None = None) -> dict[str, float]:
        """The values of a parameter by name; ``line`` chooses those of one line where it has several."""
        value = self.by_id[id].value
        assert isinstance(value, dict)
        return dict(value[line] if line is not None else value)

    def frame(self) -> pl.DataFrame:
        """One row a number: ``parameter``, ``name`` (null where it has one), ``value``, ``origin``, ``n``, ``why``."""
        rows = [
            (parameter.id, name, value, parameter.origin, parameter.n, parameter.why)
            for parameter in self.by_id.values()
            for name, value in _flat(parameter.value)
        ]
        schema = ["parameter", "name", "value", "origin", "n", "why"]
        return pl.DataFrame(rows, schema=schema, orient="row", infer_schema_length=None)


def _flat(value: Value) -> list[tuple[str | None, float]]:
    if not isinstance(value, dict):
        return [(None, float(value))]
    found: list[tuple[str | None, float]] = []
    for name, inner in value.items():
        found += [(f"{name}.{below}" if below else name, number) for below, number in _flat(inner)]
    return found


@cache
def parameters(path: Path = FILE) -> Parameters:
    """Load and verify the parameters. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    entries = file.entries(file.data.get("parameters", []), "parameters")
    return Parameters({parameter.id: parameter for parameter in map(_parameter, entries)})


def _parameter(entry: Entry) -> Parameter:
    entry.check_keys({"id", "origin", "why"}, {"value", "values", "n"})
    id, origin = entry.text("id"), entry.text("origin")
    if origin not in ORIGINS:
        raise entry.fault(f"'origin' must be one of {', '.join(ORIGINS)}, not {origin!r}", "origin")
    if (origin == "fitted") != ("n" in entry.values):
        raise entry.fault(f"'{id}': give 'n' exactly where 'origin' is fitted")
    if ("value" in entry.values) == ("values" in entry.values):
        raise entry.fault(f"'{id}': give either 'value' or 'values'")
    value: Value = entry.values["value"] if "value" in entry.values else entry.values["values"]
    if id in SHARES and abs(sum(number for _, number in _flat(value)) - 1) > 1e-3:
        raise entry.fault(f"'{id}': the shares must add up to 1")
    return Parameter(id, value, origin, entry.values.get("n"), entry.text("why"))
