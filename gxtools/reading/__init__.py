"""Reading: grids and text of a document, matched with the forms' labels, become cells with their evidence."""

from gxtools.reading.claims import Claim
from gxtools.reading.reading import Reading, TableExtra, read_document
from gxtools.reading.sections import Section
from gxtools.reading.settling import Cell, Problem

__all__ = ["Cell", "Claim", "Problem", "Reading", "Section", "TableExtra", "read_document"]
