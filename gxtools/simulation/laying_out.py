"""Drawn counts -> the cells of a form, in printed order: one row a body, for one year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gxtools.simulation.disputes import LINES
from gxtools.simulation.parameters import Parameters
from gxtools.simulation.plans import Plan
from gxtools.simulation.proactive import Proactive
from gxtools.simulation.requests import Counts, Floats, Requests

_RESULTS = ("upheld", "corrected", "other", "pending")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn for a block: the first two axes of every array are body and year."""

    requests: Requests
    disputes: Counts
    proactive: Proactive

    def summed(self, matrix: Counts) -> Drawn:
        """The figures that are reported: own ones, or those of all bodies that a consolidated report counts."""

        def sums(own: Counts) -> Counts:
            return np.tensordot(matrix, own, axes=(1, 0))

        own = self.requests
        return Drawn(
            Requests(sums(own.received), sums(own.carried_in), sums(own.outcomes), sums(own.carried_out)),
            sums(self.disputes),
            {key: sums(own_cells) for key, own_cells in self.proactive.items()},
        )


def laid_out(drawn: Drawn, year: int, chosen: npt.NDArray[np.int64]) -> Floats:
    """The values of a form's cells (``places_of``), body x cell; ``year`` counts from the first."""
    every = np.concatenate(
        [
            _proactive(drawn.proactive, year),
            _with_totals(_request_lines(drawn.requests, year)),
            _with_totals(drawn.disputes[:, year]),
        ],
        axis=1,
    )
    return every[:, chosen]


def places_of(plan: Plan, proactive: Proactive, known: Parameters) -> npt.NDArray[np.int64]:
    """Where each cell of a form stands among all that were drawn."""
    columns = (*known.numbers("applicants"), "total")
    lines = ("received", "carried_in", *known.numbers("outcomes"), "handled", "carried_out", "other")
    keys = [
        *(("proactive", *key) for key in proactive),
        *(("requests", line, column) for line in lines for column in columns),
        *(("disputes", line, column) for line in LINES for column in (*_RESULTS, "total")),
    ]
    place = {key: number for number, key in enumerate(keys)}
    return np.array([place[key] for key in plan.places])


def _proactive(own: Proactive, year: int) -> Floats:
    scale = np.array([100 if column == "amount" else 1 for _, column in own])
    cells: Floats = np.stack([cells[:, year] for cells in own.values()], axis=1) / scale
    return cells


def _request_lines(own: Requests, year: int) -> Counts:
    """Body x line x applicant; last the three kinds of ``other`` together, as the form of 2019 asks."""
    outcomes = own.outcomes[:, year]
    return np.concatenate(
        [
            own.received[:, year, :, None],
            own.carried_in[:, year, :, None],
            outcomes,
            outcomes.sum(axis=2, keepdims=True),
            own.carried_out[:, year, :, None],
            outcomes[:, :, -3:].sum(axis=2, keepdims=True),
        ],
        axis=2,
    ).swapaxes(1, 2)


def _with_totals(counts: Counts) -> Floats:
    """The counts of each body in one row, each line with its total behind it."""
    whole = np.concatenate([counts, counts.sum(axis=2, keepdims=True)], axis=2)
    return whole.reshape(len(counts), -1).astype(np.float64)
