"""Frames of reports made for the checks' tests, without reader or writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from benchmarks.oracle import Figure
from gxtools.checks import check_reports
from gxtools.forms import Forms
from gxtools.forms import forms as shipped_forms
from gxtools.frames import frame

Key = tuple[str, str, str]

RAW = {"blank": "", "dash": "-", "unreadable": "见附件", "absent": None}


class Made(NamedTuple):
    """One report. Every cell that ``figures`` does not name is 0, or ``rest``; its key is ``table.line.column``."""

    figures: Mapping[str, Figure] = {}
    form: str = "2021"
    year: int | None = 2022
    claims: Sequence[tuple[str, float] | tuple[str, float, str]] = ()
    rest: Figure = 0
    forms_of_tables: Mapping[str, str] = {}
    sections: Sequence[tuple[str, str]] = ()


def problems(*made: Made, forms: Forms | None = None) -> pl.DataFrame:
    """What the checks say of these reports, whose ids are ``r0``, ``r1`` and so on."""
    known = forms or shipped_forms()
    reports, cells, claims, sections = [], [], [], []
    for number, report in enumerate(made):
        id = f"r{number}"
        reports.append((id, *(None,) * 5, report.year, report.form, *(None,) * 6))
        cells += cells_of(id, report, known)
        for subject, value, *unit in report.claims:
            claims.append((id, subject, float(value), *(unit or ["count"]), f"正文：{value:g}。", "line 3"))
        sections += [(id, section, section, text, "line 9") for section, text in report.sections]
    held = frame("reports", reports), frame("cells", cells), frame("claims", claims), frame("sections", sections)
    return check_reports(*held, known)


def cells_of(id: str, report: Made, known: Forms) -> list[tuple[object, ...]]:
    """The rows of one report's cells."""
    rows: list[tuple[object, ...]] = []
    named = set(report.figures)
    for table in known.by_id(report.form).tables:
        form = report.forms_of_tables.get(table.id, report.form)
        for cell in known.by_id(form).table(table.id).cells:
            key = ".".join(cell[:3])
            named.discard(key)
            figure = report.figures.get(key, report.rest)
            where = None if figure == "absent" else f"place of {key}"
            if isinstance(figure, str):
                rows.append((id, form, *cell[:3], None, cell.unit, RAW[figure], figure, where, ""))
            else:
                rows.append((id, form, *cell[:3], float(figure), cell.unit, f"{figure:g}", "printed", where, "labels"))
    assert named == set(), f"no such cells: {named}"
    return rows


def found(frame: pl.DataFrame, *rules: str) -> list[tuple[object, ...]]:
    """Report, severity, table, line, column, expected and found of every problem of these rules."""
    columns = ("report", "rule", "severity", "table", "line", "column", "expected", "found")
    return frame.filter(pl.col("rule").is_in(rules) if rules else True).select(columns).rows()
