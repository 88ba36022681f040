"""Charts of the measures: bilingual, colour-blind safe, each with its definition, its gaps and a text alternative.

Importing this room sets the renderer that JupyterLab draws without a network.
"""

from gxtools.charts import renderer
from gxtools.charts.blanks import blanks
from gxtools.charts.broken_rules import broken_rules
from gxtools.charts.compared_lines import compared_lines
from gxtools.charts.comparison import comparison
from gxtools.charts.disputes import disputes
from gxtools.charts.litigation import litigation
from gxtools.charts.provinces import provinces
from gxtools.charts.rates import disclosure_rate, rate
from gxtools.charts.refusals import refusals
from gxtools.charts.rules_by_year import rules_by_year
from gxtools.charts.saving import save
from gxtools.charts.stated import paired, stated
from gxtools.charts.stated_strip import stated_sensitivity

__all__ = [
    "blanks",
    "broken_rules",
    "compared_lines",
    "comparison",
    "disclosure_rate",
    "disputes",
    "litigation",
    "paired",
    "provinces",
    "rate",
    "refusals",
    "rules_by_year",
    "save",
    "stated",
    "stated_sensitivity",
]

renderer.register()
