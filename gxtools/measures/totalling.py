"""Where the totals of a measure come from: from the long cells, or from the wide table of a ``Selection``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import polars as pl

from gxtools.forms import Forms
from gxtools.measures.frames import HasFrames
from gxtools.measures.pooling import totals
from gxtools.measures.sums import report_sums

BOTH_SIDES = ("numerator", "denominator")


@runtime_checkable
class HasTotals(Protocol):
    """A corpus that knows its totals in a quicker way, by the forms that it was read with."""

    @property
    def forms(self) -> Forms:
        """The forms of its cells."""

    def totals(
        self, terms: pl.DataFrame, keys: list[str], traced: Sequence[str], together: Sequence[str] | None
    ) -> pl.DataFrame:
        """What ``totals_of`` gives from long cells."""


def totals_of(
    corpus: HasFrames,
    terms: pl.DataFrame,
    keys: list[str],
    forms: Forms,
    traced: Sequence[str] = BOTH_SIDES,
    together: Sequence[str] | None = None,
    interval: str | None = None,
) -> pl.DataFrame:
    """The totals of ``terms`` by ``keys``; cells on the ``traced`` sides stand in the trace, without any there is none.

    A report enters with all parts that are alike in ``together`` or with none of them; where that is null, part by
    part.
    """
    # A bootstrap draws from the sums of single bodies, which the totals of a selection do not hold.
    if isinstance(corpus, HasTotals) and forms is corpus.forms and interval != "bootstrap":
        return corpus.totals(terms, keys, traced, together)
    sums = report_sums(corpus, terms, forms, traced)
    if together is not None:
        sums = sums.with_columns(pl.col("entered").all().over("report", *together))
    return totals(sums, keys, interval)
