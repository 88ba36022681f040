"""Shares and rates per 1,000 by their ids: ``measure``, and ``traced_measure`` with what each row rests on."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.forms import Forms
from gxtools.forms.measure_definitions import KINDS, Definition, Measure, measure_definitions
from gxtools.measures.arguments import INTERVALS, RATE_KINDS, checked_by, checked_confidence, chosen, known
from gxtools.measures.frames import HasFrames, forms_of, named
from gxtools.measures.pooling import estimated
from gxtools.measures.terms import rate_terms
from gxtools.measures.totalling import BOTH_SIDES, totals_of

COLUMNS = [
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "interval",
    "bodies",
    "cells_lacking",
    "definition",
]
PARTS = {"line": "part_line", "column": "part_column"}


def measure(
    corpus: HasFrames,
    id: str,
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    interval: str | None = None,
    confidence: float = 0.95,
    *,
    forms: Forms | None = None,
) -> pl.DataFrame:
    """One row for every group of ``by``, sorted by it, lines and columns in printed order, nulls last.

    ``by``: any of ``report, agency, level, kind, province, year, form``; ``column`` takes the six applicant columns
    instead of the total, ``line`` the blocks of disputes one by one. ``definition`` is an id from ``measures.toml``, by
    default the first. ``interval``: ``wilson``, ``jeffreys`` or ``clopper_pearson`` (shares), ``poisson`` (rates),
    ``clustered``, or ``bootstrap`` (bodies drawn again, always alike); by default ``clustered`` for several bodies
    (agencies), ``wilson`` or ``poisson`` for one, and none for one body's ratio. ``forms`` replaces those that
    ``corpus`` was read with.

    ``numerator`` and ``denominator`` are counts, null where no report could enter; ``value`` is numerator / denominator
    (formula; per 1,000 times 1,000), null where the denominator is 0. ``value``, ``low`` and ``high`` are rounded to 12
    significant digits. ``bodies`` counts the agencies in the sums. A report with a term that is not printed, or under a
    broken identity, enters neither sum and is counted in ``cells_lacking`` (once a line or column of ``by``). Documents
    that could not be read are no reports. Definitions and their sources: ``forms/data/measures.toml``; of the
    intervals: ``gxtools.measures.intervals``. Assumes that bodies are independent of each other: a consolidated report
    and those of its bodies are not, so choose one or the other. Not for comparing across the breaks of the measure, nor
    for ranking (``funnel``, ``ranks``); below about thirty requests show the counts.

    Raises ``ValueError`` naming the argument and what is allowed.
    """
    return _rates(corpus, id, by, definition, interval, confidence, forms, traced=())


def traced_measure(
    corpus: HasFrames,
    id: str,
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    interval: str | None = None,
    confidence: float = 0.95,
    *,
    forms: Forms | None = None,
) -> pl.DataFrame:
    """``measure`` with one more column, ``trace``: of a row that rests on one report its ``report``, ``agency``,
    ``year``, ``source``, ``state`` and ``where`` (every cell with its printed characters and its place); null where
    several do. Formula, source, assumptions and what it is not for: as there.
    """
    return _rates(corpus, id, by, definition, interval, confidence, forms, traced=BOTH_SIDES)


def rate_sizes(corpus: HasFrames, id: str, by: Sequence[str], definition: str | None = None) -> pl.DataFrame:
    """The ``denominator`` of each group of ``measure``, in no order; nothing is estimated or traced."""
    vintages = forms_of(corpus)
    _, wanted = chosen(id, definition, vintages, RATE_KINDS)
    keys = checked_by(by)
    return totals_of(corpus, rate_terms(wanted, vintages, keys), keys, vintages, traced=()).select(*keys, "denominator")


def _rates(
    corpus: HasFrames,
    id: str,
    by: Sequence[str],
    definition: str | None,
    interval: str | None,
    confidence: float,
    forms: Forms | None,
    traced: Sequence[str],
) -> pl.DataFrame:
    vintages = forms or forms_of(corpus)
    found, wanted = chosen(id, definition, vintages, RATE_KINDS)
    keys = checked_by(by, tuple(PARTS))
    if interval is not None:
        known("interval", interval, INTERVALS[found.kind])
    inner = [PARTS.get(key, key) for key in keys]
    terms = rate_terms(wanted, vintages, keys)
    totals = totals_of(corpus, terms, inner, vintages, traced, interval=interval)
    frame = estimated(totals, inner, found.kind, interval, checked_confidence(confidence))
    return (
        frame.with_columns(definition=named(corpus, pl.lit(wanted.id)))
        .rename({PARTS[key]: key for key in keys if key in PARTS})
        .select(*keys, *COLUMNS, *(["trace"] if traced else []))
    )


def definition_of(corpus: HasFrames, id: str, definition: str | None = None) -> tuple[Measure, Definition]:
    """The measure or composition of that id and the definition that is computed, for a caption that quotes it."""
    return chosen(id, definition, forms_of(corpus), KINDS)


def of_kind(
    corpus: HasFrames, id: str, definition: str | None, kinds: Sequence[str], wanted_for: str
) -> tuple[Measure, Definition]:
    """``definition_of`` for what takes some kinds only: ``ValueError`` lists those there are."""
    found, wanted = definition_of(corpus, id, definition)
    if found.kind not in kinds:
        fitting = [k for k, m in measure_definitions(forms_of(corpus)).items() if m.kind in kinds]
        allowed = ", ".join(kind.replace("per_1000", "rate per 1,000") for kind in kinds)
        raise ValueError(f"id: {id!r} is no {allowed}, which {wanted_for} needs; there are {', '.join(fitting)}")
    return found, wanted
