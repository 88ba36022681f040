"""Figures, reports, divisions and population that come with the package, each with how to cite it.

``observed`` real figures with their addresses; ``bodies`` and ``unmatched`` who stated them; ``subjects`` what they
count; ``reports`` whole reports; ``divisions`` the administrative units; ``population`` who lives there; ``about``
tells of each what it is, what it is not, and how to cite it.
"""

from gxtools.datasets.about import Dataset, about
from gxtools.datasets.divisions import divisions, population
from gxtools.datasets.observed import bodies, observed, subjects, unmatched
from gxtools.datasets.reports import reports

__all__ = ["Dataset", "about", "bodies", "divisions", "observed", "population", "reports", "subjects", "unmatched"]
