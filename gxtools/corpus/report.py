"""One report: read from one document, its frames built when first asked for."""

from __future__ import annotations

import hashlib
import os
from functools import cached_property

import polars as pl

from gxtools.checks import check_reports
from gxtools.corpus.certificates import certificates
from gxtools.corpus.guard import read_guarded
from gxtools.corpus.rows import Rows, add_reading, no_rows, printable, report_row
from gxtools.corpus.showing import Highlight, highlight, show_places
from gxtools.corpus.tabling import cells_frame, unsound
from gxtools.documents import bytes_of
from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms
from gxtools.frames import frame
from gxtools.grids import Document
from gxtools.reading import Reading

ID_LENGTH = 16
MAX_BYTES = 100_000_000


class Report:
    """Frames of one report: ``reports`` (one row), ``cells``, ``extras``, ``claims``, ``sections``, ``problems``."""

    def __init__(self, reading: Reading, document: Document, source: str | None, sha256: str, forms: Forms) -> None:
        self._reading = reading
        self._document = document
        self._source = source
        self._sha256 = sha256
        self._forms = forms
        self.id = sha256[:ID_LENGTH]

    def __repr__(self) -> str:
        row = self._reading
        agency = row.body.agency if row.body else None
        return f"Report({agency}, {row.year}, form {row.form}, {self.id})"

    @cached_property
    def _rows(self) -> Rows:
        rows = no_rows()
        add_reading(rows, self._reading, self.id)
        rows["reports"].append(report_row(self._reading, self.id, self._source, self._sha256, None))
        return rows

    @cached_property
    def reports(self) -> pl.DataFrame:
        """One row: whose report, of which year, in which form, from where."""
        return frame("reports", self._rows["reports"])

    @cached_property
    def cells(self) -> pl.DataFrame:
        """One row a cell of the official form."""
        return cells_frame(self._rows["cells"])

    @cached_property
    def extras(self) -> pl.DataFrame:
        """Figures that stand in lines or columns which the form does not have."""
        return frame("extras", self._rows["extras"])

    @cached_property
    def claims(self) -> pl.DataFrame:
        """Figures stated in the prose."""
        return frame("claims", self._rows["claims"])

    @cached_property
    def sections(self) -> pl.DataFrame:
        """The text under each heading."""
        return frame("sections", self._rows["sections"])

    @cached_property
    def problems(self) -> pl.DataFrame:
        """What could not be read, and every rule that does not hold or cannot be decided."""
        of_reading = frame("problems", self._rows["problems"])
        if not unsound(self._rows, self._forms):
            return of_reading
        frames = self.reports, self.cells, self.claims, self.sections
        return pl.concat([of_reading, check_reports(*frames, self._forms)])

    @cached_property
    def certificate(self) -> pl.DataFrame:
        """One row: how the report was read, how many cells in which state, and which sums confirm the reading."""
        return certificates(self.reports, self.cells, self.problems, self.extras, self.claims, self._forms)

    def show(self, cell: str) -> Highlight:
        """The source with one cell marked: ``report.show("requests.granted.total")``.

        Raises ``KeyError`` for a cell that the report's form does not have.
        """
        return highlight(self._document, self.cells, cell)

    def show_place(self, where: str) -> Highlight:
        """The source with a place marked that ``cells``, ``claims`` or ``problems`` name in ``where``."""
        return show_places(self._document, where, where)

    @property
    def forms(self) -> Forms:
        """The forms that the report was read by."""
        return self._forms


def read(
    source: str | os.PathLike[str] | bytes,
    name: str | None = None,
    *,
    max_bytes: int = MAX_BYTES,
    forms: Forms | None = None,
) -> Report:
    """Read one document: a path, or the bytes of one with a ``name`` to call it by.

    Raises ``UnreadableDocument`` where it yields nothing at all or takes more than five seconds or 1 GB, and Python's
    own ``OSError`` for a path that is not there or may not be read. Everything less is a row in ``problems``.
    ``forms`` replaces the shipped forms.
    """
    data = bytes_of(source, name, max_bytes)
    used = forms or shipped_forms()
    path = None if isinstance(source, bytes) else printable(os.fspath(source))
    document, reading = read_guarded(data, name or path or "the given bytes", used)
    return Report(reading, document, path or name, hashlib.sha256(data).hexdigest(), used)
