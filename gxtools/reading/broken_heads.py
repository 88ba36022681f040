"""Heads of columns that a copy broke into two rows: 商业 | 科研 above 企业 | 机构."""

from __future__ import annotations

from collections.abc import Iterable

from gxtools.grids import GridCell
from gxtools.reading.layout import LaidRow
from gxtools.reading.lexicon import NO_LABEL, TableLexicon


def with_whole_heads(rows: list[LaidRow], lexicon: TableLexicon) -> list[LaidRow]:
    """The rows of a header, those put together that hold the halves of heads; the others as they are."""
    whole: list[LaidRow] = []
    for row in rows:
        joined = joined_heads(whole[-1].cells, row.cells, lexicon) if whole else None
        if joined is None:
            whole.append(row)
            continue
        upper = whole.pop()
        whole.append(LaidRow([joined.get(id(cell), cell) for cell in upper.positions]))
    return whole


def joined_heads(
    upper: Iterable[GridCell], lower: Iterable[GridCell], lexicon: TableLexicon
) -> dict[int, GridCell] | None:
    """Cells with the heads that the words of two rows make, by identity of the upper cell.

    Null unless the upper words that no form knows and the lower words, each with that in the same place, make heads.
    """
    begun = [cell for cell in upper if cell.text.strip() and lexicon.label(cell.text) is NO_LABEL]
    ends = [cell for cell in lower if cell.text.strip()]
    if not begun or len(begun) != len(ends):
        return None
    joined = {
        id(begin): begin._replace(text=begin.text.strip() + end.text.strip())
        for begin, end in zip(begun, ends, strict=True)
    }
    return joined if all(lexicon.label(cell.text).column is not None for cell in joined.values()) else None
