"""Measures over a corpus: shares, rates and compositions as tidy frames with intervals and what they lacked."""

from gxtools.measures.compositions import composition, disputes_by_outcome
from gxtools.measures.frames import HasFrames, forms_of
from gxtools.measures.rates import definition_of, measure, traced_measure

__all__ = ["HasFrames", "composition", "definition_of", "disputes_by_outcome", "forms_of", "measure", "traced_measure"]
