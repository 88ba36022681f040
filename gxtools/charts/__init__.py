"""Charts of the measures: bilingual, colour-blind safe, each with its definition, its gaps and a text alternative.

Importing this room sets the renderer that JupyterLab draws without a network.
"""

from gxtools.charts import renderer
from gxtools.charts.blanks import blanks
from gxtools.charts.broken_rules import broken_rules
from gxtools.charts.carry_over import carry_over
from gxtools.charts.compared_lines import compared_lines
from gxtools.charts.comparison import comparison
from gxtools.charts.disputes import disputes
from gxtools.charts.documents import documents
from gxtools.charts.litigation import litigation
from gxtools.charts.outcomes import outcomes
from gxtools.charts.proactive import proactive
from gxtools.charts.provinces import provinces
from gxtools.charts.rates import disclosure_rate, rate
from gxtools.charts.refusals import refusals
from gxtools.charts.requester_odds import requester_odds
from gxtools.charts.requesters import requesters
from gxtools.charts.rules_by_year import rules_by_year
from gxtools.charts.saving import save
from gxtools.charts.stated import paired, stated
from gxtools.charts.stated_strip import stated_sensitivity
from gxtools.charts.substitution import substitution
from gxtools.charts.waiting import waiting

__all__ = [
    "blanks",
    "broken_rules",
    "carry_over",
    "compared_lines",
    "comparison",
    "disclosure_rate",
    "disputes",
    "documents",
    "litigation",
    "outcomes",
    "paired",
    "proactive",
    "provinces",
    "rate",
    "refusals",
    "requester_odds",
    "requesters",
    "rules_by_year",
    "save",
    "stated",
    "stated_sensitivity",
    "substitution",
    "waiting",
]

renderer.register()
