"""A reading -> the rows of the frames, in the order of their declared columns.

A process that only reads makes rows: nothing here imports the frames' machinery.
"""

from __future__ import annotations

from typing import Any

from gxtools.figures import without_mark
from gxtools.reading import Reading

Rows = dict[str, list[tuple[Any, ...]]]

NAMES = ("reports", "cells", "extras", "claims", "sections", "problems")


def no_rows() -> Rows:
    """Six empty lists: of rows, but for ``cells``, which has the id and all ``Cells`` of each report."""
    return {name: [] for name in NAMES}


def printable(path: str) -> str:
    """A path as text: bytes of a file name that are no UTF-8 are escaped, for a frame cannot hold them."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def report_row(reading: Reading, report: Any, source: str | None, sha256: str, address: str | None) -> tuple[Any, ...]:
    """The row of ``reports`` for a document that was read."""
    body = reading.body
    return (
        report,
        body.agency if body else None,
        body.level if body else None,
        body.kind if body else None,
        body.province if body else None,
        body.region_code if body else None,
        reading.year,
        reading.form,
        reading.published,
        source,
        address or reading.address,
        reading.format,
        sha256,
        None,
    )


def error_row(report: Any, source: str | None, sha256: str | None, error: str) -> tuple[Any, ...]:
    """The row of ``reports`` for a document that could not be read."""
    return (report, *(None,) * 8, source, None, None, sha256, error)


def add_reading(rows: Rows, reading: Reading, report: Any) -> None:
    """Append everything but the row of ``reports``."""
    rows["cells"].append((report, reading.cells))
    rows["extras"] += [(report, *extra) for extra in reading.extras]
    rows["claims"] += [(report, *claim) for claim in reading.claims]
    rows["sections"] += [
        (
            report,
            section.id,
            section.heading,
            "\n".join(without_mark(line.text) for line in section.lines),
            section.where,
        )
        for section in reading.sections
    ]
    rows["problems"] += [(report, *problem) for problem in reading.problems]
