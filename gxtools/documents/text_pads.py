"""Rows that an extractor of pages filled up with bare pipes, so that all have as many fields.

``规章 | 0 | 0 | 0 | ||``: a cell that spanned several columns counts once, and what the row lacks follows it at its end
without a space between. A blank cell has a space: so pads are told from blanks.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxtools.documents.text_rows import Row

_BLANK_CELL = 2  # spaces


def without_pads(rows: Sequence[Row]) -> list[Row] | None:
    """The rows without their pads, blank cells kept; null where the rows are not filled up in that way.

    They are where pipes touch at the end of rows only, and every row has as many fields with its pads. A single pad
    looks like a blank cell at the end: it is taken for a pad, since a row of the full width has none.
    """
    filled = [row for row in rows if any(row.fields)]
    if len({len(row.fields) for row in filled}) != 1:
        return None
    pads = [_pads(row.text) for row in filled]
    if max(pads) < 2 or any("||" in row.text.rstrip("|") for row in filled):
        return None
    kept = [row._replace(fields=row.fields[: len(row.fields) - more]) for row, more in zip(filled, pads, strict=True)]
    return None if any(map(_holds_more, filled, kept)) else kept


def _pads(text: str) -> int:
    """How many pipes at the end of a row close no cell: the first does, unless another closes it before a space."""
    body = text.rstrip("|")
    pipes = len(text) - len(body)
    behind = body[len(body.rstrip()) :]
    # A lone pipe farther from the one before closes a blank cell.
    closed = body.rstrip().endswith("|") and (pipes > 1 or len(behind) < _BLANK_CELL)
    return pipes if closed else max(pipes - 1, 0)


def _holds_more(row: Row, kept: Row) -> bool:
    """Whether a field that would be left out holds something."""
    return any(row.fields[len(kept.fields) :])
