"""Table two of a block of bodies: documents as stocks that link from year to year, decisions, items and money.

Every array is body x year of whole numbers; money in hundredths of 10k CNY, so that sums over bodies stay exact.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gxtools.simulation.bodies import SimulatedBody
from gxtools.simulation.parameters import Parameters
from gxtools.simulation.requests import Counts, Floats

Proactive = dict[tuple[str, str], Counts]

_DECIDED = ("licences", "other_services", "penalties", "coercion")
_MONEY = ("fees", "procurement")
_REPEAL_OF_RULES = 0.1  # of the share that is made a year: see rules_made
_YEARLY = 0.2  # standard deviation of the logarithm of a body's decisions and money from year to year
_MOST = 5_000_000.0


def proactive(bodies: Sequence[SimulatedBody], years: int, known: Parameters, random: np.random.Generator) -> Proactive:
    """Draw the cells of both forms' tables, by line and column; which of them a report prints its form tells."""
    found: Proactive = {}
    stock = _stock(bodies, "documents", known, random)
    rules = random.poisson([known.numbers("rules_in_force")[b.group] for b in bodies])
    made, repealed = known.number("documents_made"), known.number("documents_repealed")
    made_rules = known.number("rules_made")
    for line, start, made_rate, repeal_rate in (
        ("rules", rules, made_rules, made_rules * _REPEAL_OF_RULES),
        ("normative_documents", stock, made, repealed),
    ):
        found |= _documents(line, start, made_rate, repeal_rate, years, known, random)
    for line in _DECIDED:
        mean = _log_normal(bodies, "decisions", known, random, line)
        found[line, "decisions"] = random.poisson(mean[:, None] * _about_one(mean.size, years, random))
        found |= _items(line, mean > 0, years, known, random)
    for line in _MONEY:
        mean = _log_normal(bodies, "money", known, random)
        amounts = np.rint(mean[:, None] * _about_one(mean.size, years, random) * 100).astype(np.int64)
        found[line, "amount"] = amounts
        found |= _items(line, mean > 0, years, known, random)
    buys = found["procurement", "amount"] > 0
    found["procurement", "projects"] = np.where(buys, 1 + random.poisson(10, buys.shape), 0)
    return found


def _documents(
    line: str,
    start: Counts,
    made_rate: float,
    repeal_rate: float,
    years: int,
    known: Parameters,
    random: np.random.Generator,
) -> Proactive:
    """Made, repealed and in force; published and public in total, as the form of 2019 asks."""
    made = random.poisson(np.repeat(start[:, None] * made_rate, years, axis=1))
    published = random.binomial(made, known.number("published"))
    repealed, in_force = np.zeros_like(made), np.zeros_like(made)
    before = start
    for year in range(years):
        repealed[:, year] = random.binomial(before + made[:, year], repeal_rate)
        before = in_force[:, year] = before + made[:, year] - repealed[:, year]
    return {
        (line, "made"): made,
        (line, "repealed"): repealed,
        (line, "in_force"): in_force,
        (line, "published"): published,
        (line, "public_total"): start[:, None] + published.cumsum(axis=1),
    }


def _items(
    line: str, there: npt.NDArray[np.bool_], years: int, known: Parameters, random: np.random.Generator
) -> Proactive:
    """Items of last year and their change; each year's items are last year's with the change."""
    before = np.where(there, random.poisson(known.number("items"), there.size), 0)
    last, change = np.zeros((there.size, years), np.int64), np.zeros((there.size, years), np.int64)
    for year in range(years):
        last[:, year] = before
        added = random.poisson(before * known.number("items_change"))
        change[:, year] = added - random.binomial(before, known.number("items_change"))
        before = before + change[:, year]
    return {(line, "items_last_year"): last, (line, "change"): change}


def _stock(bodies: Sequence[SimulatedBody], id: str, known: Parameters, random: np.random.Generator) -> Counts:
    return np.rint(_log_normal(bodies, id, known, random)).astype(np.int64)


def _log_normal(
    bodies: Sequence[SimulatedBody],
    id: str,
    known: Parameters,
    random: np.random.Generator,
    line: str | None = None,
) -> Floats:
    """A body's mean: nothing with a given probability, else log-normal."""
    none, mean, spread = (
        np.array([_of_group(known.numbers(f"{id}_{part}", line), body.group) for body in bodies])
        for part in ("none", "log_mean", "log_spread")
    )
    there = random.random(len(bodies)) >= none
    return np.where(there, np.minimum(np.exp(random.normal(mean, spread)), _MOST), 0.0)


def _of_group(values: dict[str, float], group: str) -> float:
    return values[group] if group in values else values["government"]


def _about_one(size: int, years: int, random: np.random.Generator) -> Floats:
    """Factors of mean 1 by which years differ."""
    return random.lognormal(-(_YEARLY**2) / 2, _YEARLY, (size, years))
