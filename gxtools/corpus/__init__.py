"""Reports and corpora: reading one document, loading many, the data set on disk, and showing where a figure stands."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from gxtools.corpus.corpus import Corpus
from gxtools.corpus.loading import load
from gxtools.corpus.report import Report, read
from gxtools.corpus.store import open_frames, scan_frames
from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms

__all__ = ["Corpus", "Report", "load", "open_corpus", "read", "scan"]


def open_corpus(folder: str | os.PathLike[str], *, forms: Forms | None = None) -> Corpus:
    """Open a data set of ``corpus.write``. Raises ``FileNotFoundError``, ``CorpusError``, ``ValidationError``."""
    return Corpus(open_frames(Path(folder)), forms or shipped_forms())


def scan(folder: str | os.PathLike[str]) -> dict[str, pl.LazyFrame]:
    """The six frames of a data set as ``LazyFrame``s, by name. Raises ``FileNotFoundError``, ``CorpusError``."""
    return scan_frames(Path(folder))
