"""A form as arrays see it: where each cell stands among the columns, and its sums as a matrix. Made once a world."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from gxtools.forms import Form

Key = tuple[str, str, str]
Instance = tuple[str, str | None, str | None]
"""A rule, and the line or the column that it runs along or down."""


class Plan:
    """The cells of one form as columns of an array, in printed order."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.places: dict[Key, int] = {cell[:3]: place for place, cell in enumerate(form.cells)}

    @cached_property
    def compared(self) -> list[int]:
        """The cells in which a whole is held against its parts."""
        return [
            place
            for (table, _, column), place in self.places.items()
            if (table, column) == ("requests", "total") or (table, column) == ("proactive", "decisions")
        ]

    @cached_property
    def unsigned(self) -> npt.NDArray[np.float64]:
        """1 for each cell that may not be below 0, 0 for the others."""
        signed = [self.form.table(table).column(column).signed for table, _, column in self.places]
        return 1.0 - np.array(signed, np.float64)

    @cached_property
    def equations(self) -> tuple[npt.NDArray[np.float64], tuple[Instance, ...]]:
        """The sums that must be nothing: a matrix, cell x instance, and the names of the instances."""
        names: list[Instance] = []
        weights: list[npt.NDArray[np.float64]] = []
        for rule in self.form.rules:
            table = self.form.table(rule.table)
            down = rule.axis == "columns"
            for other in [one.id for one in (table.columns if down else table.lines)]:
                own = np.zeros(len(self.places))
                for sign, side in ((1, rule.left), (-1, rule.right)):
                    for term in side:
                        for member in table.members(term.id) if down else (term.id,):
                            key = (rule.table, member, other) if down else (rule.table, other, member)
                            if key in self.places:
                                own[self.places[key]] += sign * term.coefficient
                if rule.relation == "=" and own.any():
                    names.append((rule.id, None if down else other, other if down else None))
                    weights.append(own)
        return np.stack(weights, axis=1), tuple(names)
