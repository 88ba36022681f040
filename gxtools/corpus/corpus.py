"""Many reports: the same frames as of one, over all of them; the data set on disk opened and scanned."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import polars as pl

from gxtools.corpus.certificates import certificates
from gxtools.corpus.report import Report, read
from gxtools.corpus.store import open_frames, scan_frames, write_frames
from gxtools.errors import CorpusError
from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms


def open_corpus(folder: str | os.PathLike[str], *, forms: Forms | None = None) -> Corpus:
    """Open a data set of ``corpus.write``. Raises ``FileNotFoundError``, ``CorpusError``, ``ValidationError``."""
    return Corpus(open_frames(Path(folder)), forms or shipped_forms())


def scan(folder: str | os.PathLike[str]) -> dict[str, pl.LazyFrame]:
    """The six frames of a data set as ``LazyFrame``s, by name. Raises ``FileNotFoundError``, ``CorpusError``."""
    return scan_frames(Path(folder))


class Corpus:
    """The frames ``reports``, ``cells``, ``extras``, ``claims``, ``sections``, ``problems`` of many reports."""

    def __init__(self, frames: Mapping[str, pl.DataFrame], forms: Forms) -> None:
        self._frames = frames
        self.forms = forms

    def __repr__(self) -> str:
        failed = self.reports["error"].count()
        return f"Corpus({self.reports.height - failed} reports read, {failed} not read)"

    def __len__(self) -> int:
        return self.reports.height

    @property
    def reports(self) -> pl.DataFrame:
        """One row a document, in the order of paths."""
        return self._frames["reports"]

    @property
    def cells(self) -> pl.DataFrame:
        """One row a cell of each report's form."""
        return self._frames["cells"]

    @property
    def extras(self) -> pl.DataFrame:
        """Figures that stand in lines or columns which the form does not have."""
        return self._frames["extras"]

    @property
    def claims(self) -> pl.DataFrame:
        """Figures stated in the prose."""
        return self._frames["claims"]

    @property
    def sections(self) -> pl.DataFrame:
        """The text under each heading."""
        return self._frames["sections"]

    @property
    def problems(self) -> pl.DataFrame:
        """What could not be read, and every rule that does not hold or cannot be decided."""
        return self._frames["problems"]

    @cached_property
    def certificates(self) -> pl.DataFrame:
        """One row a report that was read: how much of its form was read, on which path, and what confirms it."""
        return certificates(self.reports, self.cells, self.problems, self.extras, self.claims, self.forms)

    @cached_property
    def id(self) -> str:
        """16 hex digits made of what was read (each document's hash, in order) and of the forms it was read by.

        A simulated report has no document: its id, which names its world, stands for one.

        The same documents read by the same forms have the same id anywhere: it names the corpus that a figure is of.
        """
        contents = "\n".join([self.forms.hash, *self.reports.select(pl.coalesce("sha256", "report")).to_series()])
        return hashlib.sha256(contents.encode()).hexdigest()[:16]

    @property
    def frames(self) -> dict[str, pl.DataFrame]:
        """The six frames by name."""
        return dict(self._frames)

    def report(self, report: str) -> Report:
        """One report, read again from its source, to be shown.

        Raises ``KeyError`` for an unknown id, ``OSError`` where the source is gone, ``CorpusError`` where it changed.
        """
        row = self.reports.filter(pl.col("report") == report)
        if row.is_empty():
            raise KeyError(f"no report '{report}' in this corpus; `corpus.reports` lists them")
        source, sha256, error = row["source"][0], row["sha256"][0], row["error"][0]
        if error is not None:
            raise CorpusError(error)
        found = read(source, forms=self.forms)
        if found.reports["sha256"][0] != sha256:
            raise CorpusError(f"{source}: has changed since the corpus was read; load it again.")
        return found

    def write(self, folder: str | Path) -> None:
        """Write the corpus as a Parquet data set, all of it or nothing; an older data set there is replaced.

        Raises ``CorpusError`` where the folder holds other things, ``ValidationError`` for frames not as declared.
        """
        write_frames(self._frames, Path(folder), self.forms.hash)
