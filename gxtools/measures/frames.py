"""What a measure needs of a corpus: three of its frames."""

from __future__ import annotations

from typing import Protocol

import polars as pl


class HasFrames(Protocol):
    """A ``Report``, a ``Corpus``, or anything else that carries these frames with the columns of the contract."""

    @property
    def reports(self) -> pl.DataFrame:
        """One row a document."""

    @property
    def cells(self) -> pl.DataFrame:
        """One row a cell of the official form."""

    @property
    def problems(self) -> pl.DataFrame:
        """One row a finding; rules of severity ``error`` shut a report out of what they touch."""
