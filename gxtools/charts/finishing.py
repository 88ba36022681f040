"""What every chart ends with: its title and caption, its words for those who do not see it, its look."""

from __future__ import annotations

import altair as alt

from gxtools.charts.theme import config

Drawn = alt.Chart | alt.LayerChart | alt.FacetChart


def finished(drawn: Drawn, heading: alt.TitleParams, description: str) -> Drawn:
    """``drawn`` with ``heading``, the text alternative ``description``, and the look of all charts."""
    # A copy of the outermost alone: ``properties`` and ``configure`` would each copy every row.
    complete: Drawn = drawn.copy(deep=False)
    complete.title, complete.description, complete.config = heading, description, alt.Config(**config())
    return complete


# ``alt.value`` would be looked up among all classes of the schema, some milliseconds each time.
def across(points: float) -> alt.XValue:
    """A place so many points from the left."""
    return alt.XValue(points)  # type: ignore[no-untyped-call]  # Altair gives it no types


def down(points: float) -> alt.YValue:
    """A place so many points from the top."""
    return alt.YValue(points)  # type: ignore[no-untyped-call]  # Altair gives it no types
