"""Columns of the form whose heads are not there, while figures stand under heads that no form knows (数据1)."""

from __future__ import annotations

from collections.abc import Iterator

from gxtools.reading.finds import Doubt, Extra, TableFinds
from gxtools.reading.lexicon import TableLexicon


def doubts_of_unknown_heads(finds: TableFinds, lexicon: TableLexicon) -> Iterator[Doubt]:
    """Doubt the cells of a line that were not found where its row has figures under heads that the form lacks.

    The heads may have been replaced by other words: then the figures are there, and the cells are not absent.
    """
    beside: dict[str, list[Extra]] = {}
    for extra in finds.extras:
        if extra.line is not None and extra.column_label.strip():
            beside.setdefault(extra.line, []).append(extra)
    for line, extras in beside.items():
        printed = " ".join(extra.raw.strip() for extra in extras)
        for column in lexicon.table.line(line).columns:
            if (line, column) not in finds.found:
                yield Doubt(line, column, "head_unknown", printed, extras[0].where)
