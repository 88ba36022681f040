"""Figures that the prose states, each with the subject that it counts; where a sentence leaves a doubt, no claim.

What a sentence may say stands in ``claims.toml``; here its spelling is made one, its clauses are matched, and what
governs them (another year, another body, a part of a whole) is minded.
"""

from gxtools.reading.claims.report import Claim, read_claims

__all__ = ["Claim", "read_claims"]
