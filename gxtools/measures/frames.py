"""What a measure needs of a corpus: three of its frames, and the forms that it was read with."""

from __future__ import annotations

from typing import Protocol

import polars as pl

from gxtools.forms import Forms, forms
from gxtools.marks import SIMULATED_TEXT, is_simulated


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


def forms_of(corpus: HasFrames) -> Forms:
    """The forms that a corpus was read with, where it says so; else the shipped ones."""
    own = getattr(corpus, "forms", None)
    return own if isinstance(own, Forms) else forms()


def named(corpus: HasFrames, name: pl.Expr) -> pl.Expr:
    """``name`` of a result; after 模拟 simulated where any report that it may rest on is simulated."""
    return marked(name, is_simulated(corpus.reports))


def marked(name: pl.Expr, simulated: bool) -> pl.Expr:
    """``name``, after 模拟 simulated where it is of something simulated."""
    # Put before what stands there, rather than joined, so that the column keeps its name.
    return name.str.replace("^", f"{SIMULATED_TEXT}: ") if simulated else name
