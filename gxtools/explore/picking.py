"""Makes the marks of a chart answer to a click: each datum gets a number, each chart a selection of that number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

FIELD = "mark"
_SIDE_BY_SIDE = ("vconcat", "hconcat", "concat")

Spec = dict[str, Any]


def pickable(spec: Spec, names: Sequence[str]) -> tuple[Spec, list[str]]:
    """``spec`` with a selection for every dataset of ``names``, and the names of these selections.

    The rows of a dataset are numbered from 0 in ``mark``; a click on what is drawn of a row selects its number. Only
    what is drawn from these datasets answers.
    """
    numbered = _numbered(spec, set(names))
    params: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        views = []
        for place, unit in enumerate(_first_units(numbered, name)):
            unit["name"] = f"view_{number}_{place}"
            views.append(unit["name"])
        select = {"type": "point", "fields": [FIELD], "on": "click", "clear": "dblclick"}
        params.append({"name": f"picked_{number}", "select": select, "views": views})
    return {**numbered, "params": [*spec.get("params", []), *params]}, [param["name"] for param in params]


def _numbered(spec: Any, names: set[str]) -> Any:
    """A copy of ``spec`` in which the rows of these datasets bear their numbers."""
    if isinstance(spec, list):
        return [_numbered(part, names) for part in spec]
    if not isinstance(spec, dict):
        return spec
    copy = {key: _numbered(part, names) for key, part in spec.items() if key != "values"}
    if "values" in spec:
        marked = spec.get("name") in names
        copy["values"] = [{**row, FIELD: n} for n, row in enumerate(spec["values"])] if marked else spec["values"]
    return copy


def _first_units(spec: Spec, name: str, held: str | None = None) -> Iterator[Spec]:
    """The first unit of every layered view that is drawn from the dataset ``name``; its other layers answer with it."""
    own = spec.get("data", {}).get("name", held)
    if "layer" in spec:
        units = [unit for layer in spec["layer"] for unit in _first_units(layer, name, own)]
        yield from units[:1]
    elif "spec" in spec:
        yield from _first_units(spec["spec"], name, own)
    elif any(key in spec for key in _SIDE_BY_SIDE):
        for key in _SIDE_BY_SIDE:
            for part in spec.get(key, []):
                yield from _first_units(part, name, own)
    elif "mark" in spec and own == name:
        yield spec
