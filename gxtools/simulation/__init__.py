"""A world with known truth: simulated reports (模拟) as a corpus, or as documents in any layout."""

from gxtools.simulation.documents import Document, documents
from gxtools.simulation.errors import KINDS as ERROR_KINDS
from gxtools.simulation.parameters import parameters
from gxtools.simulation.world import SimulatedCorpus, Truth, simulate

__all__ = ["ERROR_KINDS", "Document", "SimulatedCorpus", "Truth", "documents", "parameters", "simulate"]
