"""Every kind of damage, by name, and those that make sense in each look."""

from __future__ import annotations

import random
from collections.abc import Callable
from inspect import isfunction

from benchmarks.mutations import column_damage, figure_damage, head_damage, paste_damage, row_damage, table_damage
from benchmarks.mutations.model import Page
from benchmarks.mutations.standing import settle_homes

Damage = Callable[[Page, random.Random], None]
_AT_ONCE = {"two at once": 2, "three at once": 3}


def _damages() -> dict[str, Damage]:
    """The public functions of the modules of damage."""
    found: dict[str, Damage] = {}
    for module in (figure_damage, row_damage, column_damage, table_damage, head_damage, paste_damage):
        for name, thing in vars(module).items():
            if isfunction(thing) and not name.startswith("_") and getattr(thing, "__module__", "") == module.__name__:
                found[name] = thing
    return found


DAMAGES = _damages()
KINDS = ("none", *DAMAGES, *_AT_ONCE)
# What a copy without spans cannot show.
_OF_SPANS = frozenset({"merge_right", "merge_row", "merge_down", "wrong_span", "no_spans", "strange_over"})


def kinds_for(*, spans_shown: bool) -> tuple[str, ...]:
    """The kinds of damage that a look can show."""
    return tuple(kind for kind in KINDS if spans_shown or kind not in _OF_SPANS)


def damage(page: Page, kind: str, rng: random.Random, *, spans_shown: bool) -> str:
    """Damage a page in place; return what was done to it."""
    if kind == "none":
        return kind
    single = [name for name in kinds_for(spans_shown=spans_shown) if name in DAMAGES]
    names = [kind] if kind in DAMAGES else rng.sample(single, _AT_ONCE[kind])
    for number, name in enumerate(names):
        if number:
            settle_homes(page)
        DAMAGES[name](page, rng)
    return " + ".join(names)
