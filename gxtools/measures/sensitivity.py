"""The same question asked every defensible way: over all rival definitions, with and without flagged reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from gxtools.forms import Forms
from gxtools.measures.arguments import RATE_KINDS, checked_by
from gxtools.measures.frames import HasFrames, forms_of, named
from gxtools.measures.rates import definition_of, measure, of_kind

REPORTS = ("all", "without_errors", "without_findings")
_SEVERITIES: dict[str, list[str]] = {"all": [], "without_errors": ["error"], "without_findings": ["error", "warning"]}

_CHOICE = ("definition", "reports")
_COLUMNS = (
    *_CHOICE,
    "value",
    "low",
    "high",
    "interval",
    "numerator",
    "denominator",
    "bodies",
    "cells_lacking",
    "lowest",
    "highest",
)


@dataclass(frozen=True)
class _Part:
    """Some reports of a corpus, as measures see it."""

    reports: pl.DataFrame
    cells: pl.DataFrame
    problems: pl.DataFrame
    forms: Forms


def multiverse(corpus: HasFrames, id: str, by: Sequence[str] = ("year",), confidence: float = 0.95) -> pl.DataFrame:
    """One row for every group of ``by``, every definition of the measure and every choice of ``reports``.

    ``reports``: ``all`` (a broken identity among the terms shuts a report out, as always), ``without_errors`` (no
    report with any error) and ``without_findings`` (nor with any warning); where a choice leaves no report the row has
    nulls. Further columns: ``value``, ``low``, ``high``, ``interval``, ``numerator``, ``denominator``, ``bodies``,
    ``cells_lacking``, and ``lowest``, ``highest``: the range of values within the group, which is the answer. Steegen,
    Tuerlinckx, Gelman and Vanpaemel, Perspectives on Psychological Science 11 (2016) 702-712. The range is of choices,
    not of chance: no interval covers it. Reports with findings are not a random part; what leaving them out changes is
    a hint, not a correction.
    """
    found, _ = of_kind(corpus, id, None, RATE_KINDS, "the strip of definitions")
    keys = checked_by(by)
    parts = {choice: _without(corpus, _SEVERITIES[choice]) for choice in REPORTS}
    frames = [
        measure(part, id, keys, definition.id, confidence=confidence).with_columns(reports=pl.lit(choice))
        for definition in found.definitions
        for choice, part in parts.items()
    ]
    groups = keys or ["whole"]
    told = pl.concat(frames)
    # A group of which a choice leaves no report has a row that says so.
    every = (
        told.select(keys)
        .unique(maintain_order=True)
        .join(told.select(_CHOICE).unique(maintain_order=True), how="cross")
        if keys
        else told.select(_CHOICE)
    )
    return (
        every.join(told, on=[*keys, *_CHOICE], how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.col("bodies", "cells_lacking").fill_null(0), whole=pl.lit(0))
        .with_columns(lowest=pl.col("value").min().over(groups), highest=pl.col("value").max().over(groups))
        .sort(["whole", *keys], nulls_last=True, maintain_order=True)
        .select(*keys, *_COLUMNS)
    )


def _without(corpus: HasFrames, severities: list[str]) -> _Part:
    flagged = corpus.problems.filter(pl.col("severity").is_in(severities)).select("report").unique()
    kept = corpus.reports.join(flagged, on="report", how="anti", maintain_order="left")
    cells = (
        corpus.cells.join(flagged, on="report", how="anti", maintain_order="left") if flagged.height else corpus.cells
    )
    return _Part(kept, cells, corpus.problems, forms_of(corpus))


def comparability(
    corpus: HasFrames, id: str, by: Sequence[str] = ("year",), definition: str | None = None
) -> pl.DataFrame:
    """What stands behind each row of ``measure``: who reports of those known, what is open, which breaks are crossed.

    Columns: ``by``, ``bodies_reporting`` (with usable terms), ``bodies_known`` (agencies of the whole corpus that fit
    the keys of ``by`` other than ``year`` and ``form``), ``cells_lacking``, ``problems_open`` (errors and warnings of
    its reports), ``forms`` (those of its reports), ``breaks`` (years of break that lie within its years, or between it
    and the year before), ``bridges`` (what a definition puts in for the terms that a form lacks), ``caution``,
    ``definition``, ``text`` (the sum that is computed).
    """
    found, wanted = definition_of(corpus, id, definition)
    keys = checked_by(by)
    sums = measure(corpus, id, keys, wanted.id).select(*keys, "bodies", "cells_lacking")
    read = corpus.reports.filter(pl.col("error").is_null()).with_columns(whole=pl.lit(0))
    open_problems = (
        corpus.problems.filter(pl.col("severity") != "notice").group_by("report").agg(open=pl.len().cast(pl.Int64))
    )
    counted = read.join(open_problems, on="report", how="left", maintain_order="left")
    groups = ["whole", *keys]
    fixed = ["whole", *(key for key in keys if key not in ("year", "form", "report"))]
    known = read.group_by(fixed).agg(bodies_known=pl.col("agency").drop_nulls().n_unique().cast(pl.Int64))
    behind = counted.group_by(groups, maintain_order=True).agg(
        problems_open=pl.col("open").fill_null(0).sum(),
        forms=pl.col("form").drop_nulls().unique().sort(),
        first=pl.col("year").min(),
        last=pl.col("year").max(),
    )
    earlier = pl.col("first") - int("year" in keys)
    crossed = _texts((((earlier < b.year) & (b.year <= pl.col("last"))), b.id) for b in found.breaks)
    bridged = _texts(
        (pl.any_horizontal(pl.col("forms").list.contains(form) for form in bridge.forms), bridge.en)
        for bridge in wanted.bridges
    )
    return (
        sums.with_columns(whole=pl.lit(0))
        .join(behind, on=groups, how="left", nulls_equal=True, maintain_order="left")
        .join(known, on=fixed, how="left", nulls_equal=True, maintain_order="left")
        .select(
            *keys,
            "bodies_known",
            "cells_lacking",
            "problems_open",
            "forms",
            bodies_reporting="bodies",
            breaks=crossed,
            bridges=bridged,
            caution=pl.lit(found.caution_en),
            definition=named(corpus, pl.lit(wanted.id)),
            text=pl.lit(wanted.text),
        )
    )


def _texts(told: Iterable[tuple[pl.Expr, str]]) -> pl.Expr:
    """A list of the texts whose condition holds."""
    texts = [pl.when(holds).then(pl.lit(text)) for holds, text in told]
    return pl.concat_list(texts or [pl.lit(None, pl.String)]).list.drop_nulls()
