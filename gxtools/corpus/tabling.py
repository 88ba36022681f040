"""Rows of reports -> the six frames and the problems that the checks find."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from gxtools.checks import check_reports, plainly_sound
from gxtools.corpus.rows import Rows
from gxtools.forms import Forms
from gxtools.frames import SCHEMAS, frame
from gxtools.reading import Cells, Places

# Reports of one skeleton have their places in common; of the others each has its own.
_SHARED = 256


def frames_of(rows: Rows) -> dict[str, pl.DataFrame]:
    """The six frames; ``problems`` are those of reading alone."""
    return {name: cells_frame(found) if name == "cells" else frame(name, found) for name, found in rows.items()}


def cells_frame(cells: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    """The frame of cells, from the id and the ``Cells`` of each report."""
    held: list[tuple[str, Cells]] = [(report, of_report) for report, of_report in cells if of_report.raw]
    if not held:
        return frame("cells", [])
    places = [_frame_of(of_report.places) for _, of_report in held]
    made = pl.concat(places, rechunk=True) if len(places) > 1 else places[0].clone()
    own: dict[str, Iterable[Any]] = {
        "report": itertools.chain.from_iterable(itertools.repeat(report, len(one.raw)) for report, one in held),
        "value": itertools.chain.from_iterable(one.value for _, one in held),
        "raw": itertools.chain.from_iterable(one.raw for _, one in held),
    }
    for index, (name, dtype) in enumerate(SCHEMAS["cells"].items()):
        if name in own:
            made.insert_column(index, pl.Series(name, list(own[name]), dtype))
    return made


@lru_cache(maxsize=_SHARED)
def _frame_of(places: Places) -> pl.DataFrame:
    """What the cells of a skeleton have in common, made once."""
    return pl.DataFrame(
        {
            name: pl.Series(name, getattr(places, name), dtype)
            for name, dtype in SCHEMAS["cells"].items()
            if hasattr(places, name)
        }
    )


def unsound(rows: Rows, forms: Forms) -> list[str]:
    """The ids of the reports in which the checks might find something."""
    years = {row[0]: row[6] for row in rows["reports"]}
    claims: dict[str, list[tuple[str, float]]] = {}
    for report, subject, value, *_ in rows["claims"]:
        claims.setdefault(report, []).append((subject, value))
    texts: dict[str, list[str]] = {}
    for report, _, _, text, *_ in rows["sections"]:
        texts.setdefault(report, []).append(text)
    return [
        report
        for report, cells in rows["cells"]
        if not plainly_sound(years[report], cells, claims.get(report, ()), texts.get(report, ()), forms)
    ]


def check(rows: Rows, frames: dict[str, pl.DataFrame], forms: Forms) -> pl.DataFrame:
    """The problems of reading, and those of every rule that does not hold or cannot be decided."""
    reports = unsound(rows, forms)
    if not reports:
        return frames["problems"]
    held = pl.col("report").is_in(reports)
    in_doubt, cells, claims, sections = (
        frames[name].filter(held) for name in ("reports", "cells", "claims", "sections")
    )
    return pl.concat([frames["problems"], check_reports(in_doubt, cells, claims, sections, forms)])
