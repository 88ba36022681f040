"""The card as a page: findings by report, each with its figures, its article and the place marked in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gxtools.corpus import Corpus, Report
from gxtools.errors import CorpusError, UnreadableDocument
from gxtools.explore.words import SEVERITIES, STATES, number, report_name
from gxtools.forms import Forms
from gxtools.publish.report_card.figures import figures_of
from gxtools.version import VERSION

_MOST_SOURCES = 200  # reports that are opened again to show places in their source: beyond that a page grows too heavy


@dataclass
class Repair:
    """One set of changes: what kind of slip it would be, and each cell with its printed and its other figure."""

    fault: int
    rank: int
    zh: str
    en: str
    cells: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Entry:
    """What the card says of one report. By the fingerprint of a finding, ``places`` has its marked source, ``figures``
    the printed figures of its rule."""

    row: dict[str, Any]
    findings: list[dict[str, Any]]
    repairs: list[Repair]
    bounds: list[dict[str, Any]]
    places: dict[str, Markup]
    figures: dict[str, list[dict[str, Any]]]

    @property
    def name(self) -> str:
        """Agency and year, or its file."""
        return report_name(self.row)


def card_page(
    checked: Report | Corpus,
    findings: pl.DataFrame,
    repairs: pl.DataFrame,
    bounds: pl.DataFrame,
    chains: pl.DataFrame,
    forms: Forms,
    whole: bool = True,
) -> str:
    """A page that has everything it needs in it; or the part of one that a notebook shows, without the sources."""
    entries = list(_entries(checked, findings, repairs, bounds, forms, _MOST_SOURCES if whole else 0))
    counts = {name: findings.filter(pl.col("severity") == severity).height for severity, name in SEVERITIES.items()}
    rules = (
        findings.group_by("rule_zh", "rule_en", "severity")
        .agg(count=pl.len(), reports=pl.col("report").n_unique())
        .sort("count", "rule_en", descending=[True, False])
    )
    return (
        _environment()
        .get_template("report_card.html.j2")
        .render(
            whole=whole,
            entries=entries,
            counts=counts,
            rules=rules.to_dicts(),
            chains=chains.to_dicts(),
            reports=checked.reports.height,
            sound=sum(1 for entry in entries if not entry.findings and entry.row["error"] is None),
            severities=SEVERITIES,
            states=STATES,
            version=VERSION,
            forms=forms.hash,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("gxtools.publish", "templates"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["number"] = number
    return environment


def _entries(
    checked: Report | Corpus,
    findings: pl.DataFrame,
    repairs: pl.DataFrame,
    bounds: pl.DataFrame,
    forms: Forms,
    most_sources: int,
) -> Iterator[Entry]:
    printed = figures_of(findings, checked.cells, forms)
    figures_by = {name[0]: part.to_dicts() for name, part in printed.group_by("finding", maintain_order=True)}
    by_report = {name[0]: part for name, part in findings.group_by("report", maintain_order=True)}
    repairs_of = {name[0]: part for name, part in repairs.group_by("report", maintain_order=True)}
    bounds_of = {name[0]: part for name, part in bounds.group_by("report", maintain_order=True)}
    opened = 0
    for row in checked.reports.iter_rows(named=True):
        id = row["report"]
        own = by_report[id].to_dicts() if id in by_report else []
        figures = {f["finding"]: figures_by[f["finding"]] for f in own if f["finding"] in figures_by}
        placed = [finding for finding in own if finding["where"] and finding["severity"] != "notice"]
        places: dict[str, Markup] = {}
        if placed and opened < most_sources:
            opened += 1
            places = _places(checked, id, placed, figures)
        names = [_named(bound, row["form"], forms) for bound in _dicts(bounds_of, id)]
        yield Entry(row, own, list(_repairs(_dicts(repairs_of, id), row["form"], forms)), names, places, figures)


def _dicts(parts: dict[Any, pl.DataFrame], id: str) -> list[dict[str, Any]]:
    return parts[id].to_dicts() if id in parts else []


def _places(
    checked: Report | Corpus, id: str, placed: list[dict[str, Any]], figures: dict[str, list[dict[str, Any]]]
) -> dict[str, Markup]:
    """The sources, every figure of a finding marked; empty where a source is gone or has changed since."""
    try:
        report = checked.report(id) if isinstance(checked, Corpus) else checked
    except (OSError, CorpusError, UnreadableDocument):
        return {}
    marked: dict[str, Markup] = {}
    for finding in placed:
        own = [figure["where"] for figure in figures.get(finding["finding"], ()) if figure["where"]]
        where = "; ".join(dict.fromkeys([*own, *finding["where"].split("; ")]))
        marked[finding["finding"]] = Markup(report.show_place(where).html)
    return marked


def _repairs(rows: list[dict[str, Any]], form: str | None, forms: Forms) -> Iterator[Repair]:
    held: dict[tuple[str, int, int], Repair] = {}
    for row in rows:
        key = row["table"], row["fault"], row["rank"]
        repair = held.setdefault(key, Repair(row["fault"], row["rank"], row["message_zh"], row["message"]))
        repair.cells.append(_named(row, form, forms))
    yield from held.values()


def _named(row: dict[str, Any], form: str | None, forms: Forms) -> dict[str, Any]:
    """A cell's row with the names of its line and column."""
    for candidate in [form, *(known.id for known in reversed(forms.all))]:
        if candidate is None:
            continue
        try:
            table = forms.by_id(candidate).table(row["table"])
            line, column = table.line(row["line"]), table.column(row["column"])
        except KeyError:
            continue
        return row | {"zh": f"{line.zh}，{column.zh}", "en": f"{line.en}, {column.en}"}
    return row | {"zh": row["line"], "en": row["column"]}
