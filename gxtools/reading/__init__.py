"""Reading: grids and text of a document, matched with the forms' labels, become cells with their evidence."""

from gxtools.reading.cells import Cells, Places
from gxtools.reading.claims import Claim
from gxtools.reading.placing import TableExtra
from gxtools.reading.reading import Reading, read_document
from gxtools.reading.sections import Section
from gxtools.reading.settling import Problem

__all__ = ["Cells", "Claim", "Places", "Problem", "Reading", "Section", "TableExtra", "read_document"]
