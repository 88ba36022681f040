"""Rows as they come from reading -> frames with ids, checked and validated, a batch of documents at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl

from gxtools.corpus.report import ID_LENGTH
from gxtools.corpus.rows import NAMES, Rows, no_rows
from gxtools.corpus.tabling import check, frames_of
from gxtools.forms import Forms
from gxtools.frames import SCHEMAS, validate

Frames = dict[str, pl.DataFrame]

# Checks and validation of so many documents at once cost three quarters of what they cost by two hundred.
_BATCH = 500
_SHA256 = list(SCHEMAS["reports"]).index("sha256")


def gathered(parts: Iterable[Rows], forms: Forms) -> Iterator[Frames]:
    """Frames as declared, of some hundred documents each, in the order of documents in which their rows come."""
    ids = _Ids()
    rows = no_rows()
    for part in parts:
        of_part = ids.of(part["reports"])
        for name in NAMES:
            rows[name] += [(of_part[row[0]], *row[1:]) for row in part[name]]
        if len(rows["reports"]) >= _BATCH:
            yield _frames(rows, forms)
            rows = no_rows()
    if rows["reports"]:
        yield _frames(rows, forms)


def _frames(rows: Rows, forms: Forms) -> Frames:
    frames = frames_of(rows)
    problems = check(rows, frames, forms)
    order = {row[0]: number for number, row in enumerate(rows["reports"])}
    place = pl.col("report").replace_strict(order, return_dtype=pl.UInt32)
    frames["problems"] = problems.sort(place, maintain_order=True) if problems.height else problems
    validate(frames)
    return frames


class _Ids:
    """Ids of reports in the order of documents: copies of one get ``-2``, ``-3``."""

    def __init__(self) -> None:
        self._copies: dict[str, int] = {}
        self._documents = 0

    def of(self, reports: Sequence[tuple[Any, ...]]) -> list[str]:
        """The ids of the next documents."""
        return [self._next(row[_SHA256]) for row in reports]

    def _next(self, sha256: str | None) -> str:
        self._documents += 1
        if sha256 is None:
            return f"unread-{self._documents}"
        base = sha256[:ID_LENGTH]
        copy = self._copies[base] = self._copies.get(base, 0) + 1
        return base if copy == 1 else f"{base}-{copy}"
