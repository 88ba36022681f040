"""Many reports: the same frames as of one, over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from gxtools.corpus.report import Report, read
from gxtools.corpus.store import write_frames
from gxtools.errors import CorpusError
from gxtools.forms import Forms


class Corpus:
    """The frames ``reports``, ``cells``, ``extras``, ``claims``, ``sections``, ``problems`` of many reports."""

    def __init__(self, frames: Mapping[str, pl.DataFrame], forms: Forms) -> None:
        self.reports = frames["reports"]
        self.cells = frames["cells"]
        self.extras = frames["extras"]
        self.claims = frames["claims"]
        self.sections = frames["sections"]
        self.problems = frames["problems"]
        self.forms = forms

    def __repr__(self) -> str:
        failed = self.reports["error"].count()
        return f"Corpus({self.reports.height - failed} reports read, {failed} not read)"

    def __len__(self) -> int:
        return self.reports.height

    @property
    def frames(self) -> dict[str, pl.DataFrame]:
        """The six frames by name."""
        return {
            "reports": self.reports,
            "cells": self.cells,
            "extras": self.extras,
            "claims": self.claims,
            "sections": self.sections,
            "problems": self.problems,
        }

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
        write_frames(self.frames, Path(folder), self.forms.hash)
