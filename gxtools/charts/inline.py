"""The rows that a chart brings with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt


class _Rows(alt.InlineDataset):
    """Rows that are written as they are.

    Of a plain list Altair copies every figure for each layer that it adds, and asks of each what it is when it writes
    the specification.
    """

    def copy(self, *args: Any, **kwargs: Any) -> _Rows:
        return self

    __deepcopy__ = copy

    def to_dict(  # type: ignore[override]  # Altair says a dictionary, and writes lists too
        self, *args: Any, **kwargs: Any
    ) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._args[0]
        return rows


def inline(rows: Sequence[dict[str, Any]], name: str) -> alt.InlineData:
    """Rows of texts, numbers and truth values as a named data set of a specification."""
    held = _Rows(list(rows))  # type: ignore[no-untyped-call]  # Altair gives it no types
    return alt.InlineData(values=held, name=name)


def rows_of(data: alt.InlineData) -> list[dict[str, Any]]:
    """The rows of such a data set."""
    found: list[dict[str, Any]] = data.values.to_dict()
    return found
