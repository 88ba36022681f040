"""The rows that a chart brings with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt


def inline(rows: Sequence[dict[str, Any]], name: str) -> alt.InlineData:
    """Rows as a named data set of a specification.

    They are held as a tuple: of a list Altair copies every figure again and again, for each layer that it adds.
    """
    return alt.InlineData(values=tuple(rows), name=name)
