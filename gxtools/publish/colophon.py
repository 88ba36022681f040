"""What every page says of itself: which version and forms made it, of which data, on what terms. No clock."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from gxtools.corpus import Corpus
from gxtools.version import VERSION


@dataclass(frozen=True)
class Colophon:
    """The facts in a page's foot."""

    version: str
    forms: str
    folder: str
    read: int
    not_read: int
    years: str
    published: str


def colophon(corpus: Corpus, folder: str) -> Colophon:
    """Of a corpus that was loaded from a folder of that name."""
    read = corpus.reports.filter(pl.col("error").is_null())
    years = read["year"].drop_nulls().unique().sort()
    dates = read["published"].drop_nulls().sort()
    return Colophon(
        version=VERSION,
        forms=corpus.forms.hash,
        folder=folder,
        read=read.height,
        not_read=corpus.reports.height - read.height,
        years=f"{years[0]}–{years[-1]}" if years.len() > 1 else str(years[0]) if years.len() else "未知 unknown",
        published=dates[-1].isoformat() if dates.len() else "未知 unknown",
    )
