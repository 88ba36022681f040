"""What every chart ends with: its title and caption, its words for those who do not see it, its look."""

from __future__ import annotations

import altair as alt

from gxtools.charts.theme import config

Drawn = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart


def finished(drawn: Drawn, heading: alt.TitleParams, description: str) -> Drawn:
    """``drawn`` with ``heading``, the text alternative ``description``, and the look of all charts."""
    # Set in place: each of Altair's own methods copies the whole chart first, rows and all.
    drawn["title"], drawn["description"], drawn["config"] = heading, description, alt.Config(**config())
    return drawn


def calculations(**fields: str) -> list[alt.CalculateTransform]:
    """Fields calculated in the chart, one after another, to be set in place for the same reason."""
    return [alt.CalculateTransform(**{"calculate": expression, "as": field}) for field, expression in fields.items()]
