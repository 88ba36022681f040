"""What every chart ends with: its title and caption, its words for those who do not see it, its look."""

from __future__ import annotations

import altair as alt

from gxtools.charts.theme import config

Drawn = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart


def finished(drawn: Drawn, heading: alt.TitleParams, description: str) -> Drawn:
    """``drawn`` with ``heading``, the text alternative ``description``, and the look of all charts."""
    complete: Drawn = drawn.properties(title=heading, description=description).configure(**config())
    return complete
