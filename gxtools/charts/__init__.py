"""Charts of the measures: bilingual, colour-blind safe, each with its definition, its gaps and a text alternative.

Importing this room sets the renderer that JupyterLab draws without a network.
"""

from gxtools.charts import renderer
from gxtools.charts.broken_rules import broken_rules
from gxtools.charts.disputes import disputes
from gxtools.charts.litigation import litigation
from gxtools.charts.paired import paired
from gxtools.charts.rates import disclosure_rate
from gxtools.charts.refusals import refusals
from gxtools.charts.saving import save
from gxtools.charts.stated import stated
from gxtools.charts.stated_strip import stated_sensitivity

__all__ = [
    "broken_rules",
    "disclosure_rate",
    "disputes",
    "litigation",
    "paired",
    "refusals",
    "save",
    "stated",
    "stated_sensitivity",
]

renderer.register()
