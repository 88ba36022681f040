"""One block: bodies, their years, the true figures, the planted errors, and what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gxtools.simulation.bodies import SimulatedBody, block_of, summing
from gxtools.simulation.breaking import Broken, broken
from gxtools.simulation.disputes import disputes, refusals
from gxtools.simulation.errors import KINDS, Changes, Key, Sheet, changed, chosen
from gxtools.simulation.laying_out import Drawn, laid_out, places_of
from gxtools.simulation.parameters import Parameters
from gxtools.simulation.plans import Plan
from gxtools.simulation.proactive import proactive
from gxtools.simulation.requests import Floats, Practice, practice, requests

_WORLD, _ERRORS = 0, 1
"""Figures and errors are drawn apart: the truth does not depend on what is planted."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One error: the places of body and year, its kind, and what it changes."""

    body: int
    year: int
    kind: str
    changes: Changes
    true: dict[Key, float]


@dataclass(frozen=True, eq=False)
class Block:
    """A block as drawn. ``true`` and ``printed`` have an array, body x cell of the year's form, for each year."""

    number: int
    bodies: tuple[SimulatedBody, ...]
    work: Practice
    years: tuple[int, ...]
    plans: tuple[Plan, ...]
    true: tuple[Floats, ...]
    printed: tuple[Floats, ...]
    planted: tuple[Planted, ...]
    broken: tuple[Broken, ...]


def draw_block(
    number: int,
    size: int,
    years: Sequence[int],
    seed: int,
    rates: dict[str, float],
    known: Parameters,
    plans: Sequence[Plan],
) -> Block:
    """Draw the first ``size`` bodies of a block, from its own seeds: whatever else is drawn, it stays the same."""
    bodies = block_of(number)
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number, _WORLD)))
    work = practice(bodies, known, random)
    asked = requests(work, years, known, random)
    cases = disputes(refusals(asked.outcomes, known), work.frailty, years, known, random)
    own = Drawn(asked, cases, proactive(bodies, len(years), known, random))
    whole = own.summed(summing(bodies, work.consolidated))
    places = {plan: places_of(plan, own.proactive, known) for plan in dict.fromkeys(plans)}
    true = tuple(laid_out(whole, year, places[plan])[:size] for year, plan in enumerate(plans))
    printed = tuple(values.copy() for values in true)
    errors = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number, _ERRORS)))
    planted = []
    for year, plan in enumerate(plans):
        office = laid_out(own, year, places[plan])
        # Drawn for the whole block, so that the errors of its first bodies are the same however many there are.
        for body, kind in enumerate(chosen(rates, len(bodies), errors)[:size]):
            if kind is None:
                continue
            values = dict(zip(plan.places, true[year][body].tolist(), strict=True))
            alone = dict(zip(plan.places, office[body].tolist(), strict=True)) if work.consolidated[body] else None
            sheet = Sheet(plan.form, years[year], values, alone, year == 0)
            # Each has its own seed: how many draws one takes has no bearing on the next.
            own_seed = np.random.SeedSequence(seed, spawn_key=(number, _ERRORS, year, body))
            changes = KINDS[kind](sheet, np.random.default_rng(own_seed))
            if changes:
                changed(printed[year][body], plan.places, changes)
                planted.append(Planted(body, year, kind, changes, {key: values[key] for key in changes}))
    said = tuple(broken(bodies[:size], work.consolidated[:size], years, plans, printed))
    return Block(number, bodies[:size], work, tuple(years), tuple(plans), true, printed, tuple(planted), said)
