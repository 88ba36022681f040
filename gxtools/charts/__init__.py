"""Charts of the measures: bilingual, colour-blind safe, each with its definition, its gaps and a text alternative.

Importing this room sets the renderer that JupyterLab draws without a network.
"""

from gxtools.charts import renderer
from gxtools.charts.broken_rules import broken_rules
from gxtools.charts.comparability import comparability
from gxtools.charts.coverage import coverage
from gxtools.charts.decomposition import decomposition
from gxtools.charts.definitions import definitions
from gxtools.charts.disputes import disputes
from gxtools.charts.funnel import funnel
from gxtools.charts.joins import joins
from gxtools.charts.litigation import litigation
from gxtools.charts.multiverse import multiverse
from gxtools.charts.ranks import ranks
from gxtools.charts.rates import disclosure_rate, rate
from gxtools.charts.refusals import refusals
from gxtools.charts.saving import save
from gxtools.charts.shrinkage import shrinkage
from gxtools.charts.stated import paired, stated
from gxtools.charts.stated_strip import stated_sensitivity
from gxtools.charts.trend import trend

__all__ = [
    "broken_rules",
    "comparability",
    "coverage",
    "decomposition",
    "definitions",
    "disclosure_rate",
    "disputes",
    "funnel",
    "joins",
    "litigation",
    "multiverse",
    "paired",
    "ranks",
    "rate",
    "refusals",
    "save",
    "shrinkage",
    "stated",
    "stated_sensitivity",
    "trend",
]

renderer.register()
