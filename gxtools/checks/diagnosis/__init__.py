"""What could be wrong in a report that breaks its sums: changes that would mend it, and bounds of what is lacking.

Nothing here is ever put in place of a printed figure: repairs and bounds stand beside it, in frames of their own.
"""

from gxtools.checks.diagnosis.diagnosing import BOUNDS, REPAIRS, Diagnosis, diagnose
from gxtools.checks.diagnosis.naming import KINDS

__all__ = ["BOUNDS", "KINDS", "REPAIRS", "Diagnosis", "diagnose"]
