"""Who asks: the share of each kind of applicant, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from gxtools.charts.finishing import Drawn
from gxtools.charts.strips import names_of, strips
from gxtools.measures import HasFrames, forms_of


def requesters(corpus: HasFrames, by: Sequence[str] | None = None, definition: str | None = None) -> Drawn:
    """Share of natural persons and of each kind of organisation among the requests, by ``by``.

    A row a group, a column a kind of applicant. By default a row for every agency and year while these are at most 12,
    else for every year, else one for all. ``definition`` is ``of_received`` (the default) or ``of_handled``.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more than 12 groups.
    """
    names = names_of(forms_of(corpus), "requests", columns=True)
    return strips(corpus, "applicants", by, definition, "column", names, own_scales=True)
