"""Reconsideration and litigation that follow refusals: denied, unavailable or not processed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gxtools.simulation.parameters import Parameters
from gxtools.simulation.requests import Counts, Floats

LINES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_REFUSALS = ("denied_", "unavailable_", "unprocessed_")


def refusals(outcomes: Counts, known: Parameters) -> Counts:
    """Refusals of each body and year, of ``outcomes`` body x year x applicant x outcome."""
    places = [place for place, name in enumerate(known.numbers("outcomes")) if name.startswith(_REFUSALS)]
    total: Counts = outcomes[:, :, :, places].sum(axis=(2, 3))
    return total


def rates(line: str, years: Sequence[int], known: Parameters) -> Floats:
    """The rate of each year, before and from 2024."""
    values = known.numbers(line)
    return np.array([values["from_2024" if year >= 2024 else "before_2024"] for year in years])


def disputes(
    refused: Counts, frailty: Floats, years: Sequence[int], known: Parameters, random: np.random.Generator
) -> Counts:
    """Draw the cases: body x year x line (3) x result (upheld, corrected, other, pending).

    A refusal goes to reconsideration or, where not, straight to court; a reconsideration may go to court after.
    """
    rate = np.minimum(frailty[:, None] * rates("reconsideration", years, known), 1)
    first = random.binomial(refused, rate)
    direct = random.binomial(refused - first, rates("litigation_direct", years, known))
    after = random.binomial(first, rates("litigation_after_reconsideration", years, known))
    cases = [(first, "reconsideration_results"), (direct, "litigation_results"), (after, "litigation_results")]
    return np.stack(
        [random.multinomial(count, list(known.numbers(results).values())) for count, results in cases], axis=2
    )
