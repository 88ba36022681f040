"""Charts of the measures: bilingual, colour-blind safe, each with its definition, its gaps and a text alternative.

Importing this room sets the renderer that JupyterLab draws without a network.
"""

from gxtools.charts import renderer
from gxtools.charts.blanks import blanks
from gxtools.charts.broken_rules import broken_rules
from gxtools.charts.carry_over import carry_over
from gxtools.charts.comparability import comparability
from gxtools.charts.compared_lines import compared_lines
from gxtools.charts.comparison import comparison
from gxtools.charts.coverage import coverage
from gxtools.charts.decomposition import decomposition
from gxtools.charts.definitions import definitions
from gxtools.charts.disputes import disputes
from gxtools.charts.documents import documents
from gxtools.charts.funnel import funnel
from gxtools.charts.joins import joins
from gxtools.charts.litigation import litigation
from gxtools.charts.multiverse import multiverse
from gxtools.charts.outcomes import outcomes
from gxtools.charts.paired import paired
from gxtools.charts.proactive import proactive
from gxtools.charts.provinces import provinces
from gxtools.charts.ranks import ranks
from gxtools.charts.rates import disclosure_rate, rate
from gxtools.charts.refusals import refusals
from gxtools.charts.requester_odds import requester_odds
from gxtools.charts.requesters import requesters
from gxtools.charts.rules_by_year import rules_by_year
from gxtools.charts.saving import save
from gxtools.charts.shrinkage import shrinkage
from gxtools.charts.stated import stated
from gxtools.charts.stated_strip import stated_sensitivity
from gxtools.charts.substitution import substitution
from gxtools.charts.trend import trend
from gxtools.charts.waiting import waiting

__all__ = [
    "blanks",
    "broken_rules",
    "carry_over",
    "comparability",
    "compared_lines",
    "comparison",
    "coverage",
    "decomposition",
    "definitions",
    "disclosure_rate",
    "disputes",
    "documents",
    "funnel",
    "joins",
    "litigation",
    "multiverse",
    "outcomes",
    "paired",
    "proactive",
    "provinces",
    "ranks",
    "rate",
    "refusals",
    "requester_odds",
    "requesters",
    "rules_by_year",
    "save",
    "shrinkage",
    "stated",
    "stated_sensitivity",
    "substitution",
    "trend",
    "waiting",
]

renderer.register()
