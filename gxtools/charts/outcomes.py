"""How requests ended: the share of each of the six groups of outcomes, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from gxtools.charts.finishing import Drawn
from gxtools.charts.strips import names_of, strips
from gxtools.measures import HasFrames, forms_of


def outcomes(corpus: HasFrames, by: Sequence[str] | None = None) -> Drawn:
    """Share of what was granted, partly granted, denied, unavailable, not processed and otherwise closed, by ``by``.

    A row a group, a column an outcome, so that one reads down a column how it changed. By default a row for every
    agency and year while these are at most 12, else for every year, else one for all. A dashed line marks a change of
    form between the years of one series. Below 30 requests the marks are hollow and labelled with counts.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more than 12 groups.
    """
    return strips(corpus, "outcomes", by, None, "line", names_of(forms_of(corpus), "requests"), grouped=True)
