"""Disputes: how many, how they ended, what is pending, and by which path they came to court."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.measures.frames import HasFrames
from gxtools.measures.one_pass import Asked, traced_measures

# Measure, definition, and whether it is told for each block of disputes.
ASKED: tuple[Asked, ...] = (
    ("reconsideration_per_1000", "of_handled", False),
    ("reconsideration_per_1000", "of_denied", False),
    ("reconsideration_per_1000", "of_refused", False),
    ("litigation_per_1000", "of_handled", False),
    ("litigation_per_1000", "of_denied", False),
    ("litigation_per_1000", "of_refused", False),
    ("after_reconsideration_share", "of_litigation", False),
    ("after_reconsideration_share", "of_reconsidered", False),
    ("correction_rate", "of_concluded", True),
    ("pending_share", "of_total", True),
)
_COLUMNS = ("numerator", "denominator", "value", "low", "high", "interval", "bodies", "cells_lacking")


def litigation(corpus: HasFrames, by: Sequence[str] = ("year",), confidence: float = 0.95) -> pl.DataFrame:
    """One row for every group of ``by`` and every question, as ``measure``, ``definition`` and ``line``.

    The other columns are those of ``gx.measure``.

    Reconsiderations and suits per 1,000 handled, per 1,000 denials (``of_denied``, the eight grounds) and per 1,000
    refusals (``of_refused``: denied, unavailable or not processed); the path to court: suits after reconsideration, of
    all suits and to all reconsiderations; and for each block of disputes (``line``) what was corrected of those
    concluded and what is pending. What was pending the year before: ``rolled_over``. Formula, interval and source of
    each: ``gx.measure`` under that id. Procedures, not disputes: a reconsideration and the suit after it are one
    quarrel. Assumes that a case stands in the year of its request, which none of the forms says: a suit may follow a
    refusal of the year before, so the rates per 1,000 denials may pass 1,000. Never add corrections of reconsideration
    to those of courts, and never read a change of path across 2024, when the law moved it, as one of behaviour.
    """
    return traced_litigation(corpus, by, confidence).drop("trace")


def traced_litigation(
    corpus: HasFrames, by: Sequence[str] = ("year",), confidence: float = 0.95, asked: Sequence[Asked] = ASKED
) -> pl.DataFrame:
    """``litigation`` with one more column, ``trace``, as in ``traced_measure``; of the questions ``asked`` alone."""
    frame = traced_measures(corpus, asked, by, confidence)
    return frame.select(*by, "measure", "definition", "line", *_COLUMNS, "trace")
