"""Requests of a block of bodies: how many, from whom, what became of them, what is carried over.

The model, for body b, year t and applicant column c (``docs/simulation.md`` has it in full):
received N ~ Poisson(m G), G ~ Gamma of mean 1 and variance the over-dispersion, m the expected count; N is divided by
the body's mix; of what is received a binomial part is carried over, all that was carried in is handled; what is handled
is divided over the outcomes by the body's shares of that year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gxtools.simulation.bodies import SimulatedBody
from gxtools.simulation.parameters import Parameters

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

# What the law had no grounds for before 15 May 2019: such requests were closed otherwise.
_NEW_GROUNDS = ("denied_internal_affairs", "denied_deliberative", "denied_enforcement_file", "denied_inquiry")


@dataclass(frozen=True, slots=True)
class Practice:
    """How the bodies of a block work; the first axis is the body.

    ``log_size`` is the logarithm of the requests expected in the reference year, ``applicants`` (x 6) and ``outcomes``
    (x 21) are shares, ``carried_over`` is a probability, ``frailty`` multiplies the rate of reconsideration, and
    ``consolidated`` tells whose reports count their bodies.
    """

    log_size: Floats
    applicants: Floats
    outcomes: Floats
    carried_over: Floats
    frailty: Floats
    consolidated: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Requests:
    """Counts of requests, body x year x applicant column (6), ``outcomes`` x outcome (21) besides."""

    received: Counts
    carried_in: Counts
    outcomes: Counts
    carried_out: Counts


def practice(bodies: Sequence[SimulatedBody], known: Parameters, random: np.random.Generator) -> Practice:
    """Draw how each body works."""
    mean, spread = known.numbers("size_log_mean"), known.numbers("size_log_spread")
    log_size = random.normal([mean[b.group] for b in bodies], [spread[b.group] for b in bodies])
    kept, kappa = known.number("carried_over"), known.number("carried_over_concentration")
    shape = known.number("reconsideration_spread")
    may_sum = np.array([b.group in ("prefecture_government", "county_government") for b in bodies])
    return Practice(
        log_size,
        _dirichlet(known, "applicants", len(bodies), random),
        _dirichlet(known, "outcomes", len(bodies), random),
        random.beta(kept * kappa, (1 - kept) * kappa, len(bodies)),
        random.gamma(shape, 1 / shape, len(bodies)),
        may_sum & (random.random(len(bodies)) < known.number("consolidated")),
    )


def _dirichlet(known: Parameters, id: str, size: int, random: np.random.Generator) -> Floats:
    shares = np.array(list(known.numbers(id).values()))
    return random.dirichlet(shares / shares.sum() * known.number(f"{id}_concentration"), size)


def expected(log_size: Floats, years: Sequence[int], known: Parameters) -> Floats:
    """Requests that a body expects in each year, body x year, before over-dispersion."""
    course = known.number("growth") * (np.array(years) - known.number("reference_year"))
    rates: Floats = np.minimum(np.exp(log_size[:, None] + course), known.number("most_expected"))
    return rates


def outcome_shares(outcomes: Floats, years: Sequence[int], known: Parameters) -> Floats:
    """The shares of outcomes in each year, body x year x outcome: what is granted declines, 2019 has two laws.

    Before 2021 nobody lapsed by an unpaid fee: such requests are closed otherwise.
    """
    names = list(known.numbers("outcomes"))
    shares = np.repeat(outcomes[:, None, :], len(years), axis=1)
    granted, not_held, closed = (names.index(name) for name in ("granted", "unavailable_not_held", "other_other"))
    factor = np.exp(-known.number("granted_decline") * (np.array(years) - known.number("reference_year")))
    both = shares[:, :, granted] + shares[:, :, not_held]
    shares[:, :, granted] = np.minimum(shares[:, :, granted] * factor, both)
    shares[:, :, not_held] = both - shares[:, :, granted]
    new = [place for place, name in enumerate(names) if name in _NEW_GROUNDS or name.startswith("unprocessed_")]
    for year, own in zip(years, np.swapaxes(shares, 0, 1), strict=True):
        moved = {place: known.number("old_regulation_2019") for place in new} if year == 2019 else {}
        moved |= {names.index("other_fee_unpaid"): 1.0} if year < 2021 else {}
        for place, part in moved.items():
            own[:, closed] += own[:, place] * part
            own[:, place] *= 1 - part
    whole: Floats = shares / shares.sum(axis=2, keepdims=True)
    return whole


def requests(work: Practice, years: Sequence[int], known: Parameters, random: np.random.Generator) -> Requests:
    """Draw the requests of all years; the year before the first is drawn too, for what it carries over."""
    rates = expected(work.log_size, [years[0] - 1, *years], known)
    spread = known.number("over_dispersion")
    totals = random.poisson(rates * random.gamma(1 / spread, spread, rates.shape))
    received = random.multinomial(totals, work.applicants[:, None, :])
    carried_out = random.binomial(received, work.carried_over[:, None, None])
    now, before = carried_out[:, 1:], carried_out[:, :-1]
    handled = received[:, 1:] + before - now
    shares = outcome_shares(work.outcomes, years, known)
    return Requests(received[:, 1:], before, random.multinomial(handled, shares[:, :, None, :]), now)
