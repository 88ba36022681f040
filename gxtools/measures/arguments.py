"""Refuses arguments that no measure knows, with the name of the argument and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gxtools.forms import Forms
from gxtools.forms.measure_definitions import Definition, Measure, measure_definitions

REPORT_KEYS = ("report", "agency", "level", "kind", "province", "year", "form")
RATE_KINDS = ("share", "per_1000", "ratio")
INTERVALS = {
    "share": ("wilson", "clustered", "jeffreys", "clopper_pearson", "bootstrap"),
    "per_1000": ("poisson", "clustered", "bootstrap"),
    "ratio": ("clustered", "bootstrap"),
}


def known(argument: str, value: str, allowed: Iterable[str]) -> str:
    """``value`` where it is allowed; else ``ValueError`` that lists what is."""
    options = list(allowed)
    if value not in options:
        raise ValueError(f"{argument}: {value!r} is not known here; allowed are {', '.join(options)}")
    return value


def chosen(id: str, definition: str | None, forms: Forms, kinds: Sequence[str]) -> tuple[Measure, Definition]:
    """The measure of that id and kind, and its definition of that id: its first one where none is named."""
    of_kind = {k: m for k, m in measure_definitions(forms).items() if m.kind in kinds}
    measure = of_kind[known("id", id, of_kind)]
    by_id = {d.id: d for d in measure.definitions}
    return measure, by_id[known("definition", definition, by_id)] if definition is not None else measure.definitions[0]


def checked_by(by: Sequence[str], more: Sequence[str] = ()) -> list[str]:
    """The columns to group by, each allowed and named once."""
    allowed = (*REPORT_KEYS, *more)
    if isinstance(by, str):
        raise ValueError(f"by: give a list such as ['{by}'], not the text {by!r}; allowed are {', '.join(allowed)}")
    for key in by:
        known("by", key, allowed)
    if len(set(by)) != len(by):
        raise ValueError(f"by: {', '.join(by)} names a column twice")
    return list(by)


def checked_confidence(confidence: float) -> float:
    """A level of confidence between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: {confidence!r} does not lie between 0 and 1, such as 0.95")
    return confidence
