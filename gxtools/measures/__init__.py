"""Measures over a corpus: shares, rates and compositions as tidy frames with intervals and what they lacked.

Those of quality are resolved on first use: the checks that they rest on take longer to import than all other measures.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gxtools.measures.backlog import waiting
from gxtools.measures.carrying import carry_over, stock_flow
from gxtools.measures.composing import composition_intervals, dirichlet, log_ratios
from gxtools.measures.compositions import composition, disputes_by_outcome
from gxtools.measures.decomposing import concentration, decomposition, influence
from gxtools.measures.differences import detectable, differences
from gxtools.measures.disputing import litigation
from gxtools.measures.frames import HasFrames, forms_of
from gxtools.measures.funnels import funnel
from gxtools.measures.quantities import quantities
from gxtools.measures.ranking import ranks
from gxtools.measures.rates import definition_of, measure, traced_measure
from gxtools.measures.requesters import requester_odds
from gxtools.measures.rolling import rolled_over
from gxtools.measures.selection import Selection
from gxtools.measures.sensitivity import comparability, multiverse
from gxtools.measures.shrinking import shrunken
from gxtools.measures.stated import stated, stated_figures
from gxtools.measures.stated_change import stated_change, stated_influence
from gxtools.measures.stated_claims import stated_in
from gxtools.measures.stated_sensitivity import stated_sensitivity
from gxtools.measures.substituting import substitution
from gxtools.measures.trends import change_points, trend
from gxtools.measures.wide import measure_wide
from gxtools.measures.widening import wide_reports

if TYPE_CHECKING:
    from gxtools.measures.quality import blank_shares, breaking, error_anatomy, rule_shares

_QUALITY = ("blank_shares", "breaking", "error_anatomy", "rule_shares")

__all__ = [
    "HasFrames",
    "Selection",
    "blank_shares",
    "breaking",
    "carry_over",
    "change_points",
    "comparability",
    "composition",
    "composition_intervals",
    "concentration",
    "decomposition",
    "definition_of",
    "detectable",
    "differences",
    "dirichlet",
    "disputes_by_outcome",
    "error_anatomy",
    "forms_of",
    "funnel",
    "influence",
    "litigation",
    "log_ratios",
    "measure",
    "measure_wide",
    "multiverse",
    "quantities",
    "ranks",
    "requester_odds",
    "rolled_over",
    "rule_shares",
    "shrunken",
    "stated",
    "stated_change",
    "stated_figures",
    "stated_in",
    "stated_influence",
    "stated_sensitivity",
    "stock_flow",
    "substitution",
    "traced_measure",
    "trend",
    "waiting",
    "wide_reports",
]


def __getattr__(name: str) -> Any:
    if name in _QUALITY:
        return getattr(import_module("gxtools.measures.quality"), name)
    raise AttributeError(f"module 'gxtools.measures' has no attribute '{name}'")
