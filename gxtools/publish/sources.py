"""Which documents the pages rest on, and what a document that this project set says of where its figures are from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gxtools.corpus import Corpus
from gxtools.explore.words import report_name

MOST = 50
# The beginning of the line in which a page that gxtools set names the source of its figures.
_SET_BY_US = "本页由gxtools"


@dataclass(frozen=True)
class Source:
    """One document: its report's name, its file, its address and its own note where it has them."""

    name: str
    file: str
    address: str | None
    note: str | None


@dataclass(frozen=True)
class Sources:
    """At most 50 of the documents read and the reasons of at most 50 that were not, with the numbers of the rest."""

    read: list[Source]
    more_read: int
    errors: list[str]
    more_errors: int


def sources(corpus: Corpus, folder: Path) -> Sources:
    """The documents of a corpus that was loaded from ``folder``, in its order; named without where that folder lies."""
    above = f"{folder.parent}{os.sep}"
    read = corpus.reports.filter(pl.col("error").is_null())
    errors = corpus.reports["error"].drop_nulls()
    notes = {report: note for report, text in _openings(corpus) if (note := _note(text))}
    rows = [
        Source(report_name(row), row["source"].removeprefix(above), _link(row["address"]), notes.get(row["report"]))
        for row in read.head(MOST).iter_rows(named=True)
    ]
    told = [error.replace(above, "") for error in errors.head(MOST)]
    return Sources(rows, max(read.height - MOST, 0), told, max(errors.len() - MOST, 0))


def _openings(corpus: Corpus) -> list[tuple[str, str]]:
    """Report and text of what stands before the first heading."""
    return list(corpus.sections.filter(pl.col("section").is_null()).select("report", "text").iter_rows())


def _note(text: str) -> str | None:
    return next((line for line in text.splitlines() if line.startswith(_SET_BY_US)), None)


def _link(address: str | None) -> str | None:
    """An address that a page may link to; one that a document made up to run something is none."""
    return address if address and address.startswith(("http://", "https://")) else None
