"""How a whole divides: refusals by their grounds, disputes by their outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.forms.measure_definitions import Definition
from gxtools.measures.arguments import checked_by, checked_confidence, chosen
from gxtools.measures.frames import HasFrames, forms_of, named
from gxtools.measures.pooling import estimated
from gxtools.measures.terms import composition_terms
from gxtools.measures.totalling import totals_of

_PART = ("part_line", "part_column")
_RENAMED = {
    "part_line": "line",
    "part_column": "column",
    "numerator": "count",
    "denominator": "whole",
    "value": "share",
}


def composition(
    corpus: HasFrames,
    id: str,
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    confidence: float = 0.95,
    *,
    grouped: bool = False,
) -> pl.DataFrame:
    """One row for every group of ``by`` and every part (``line``, ``column``), in printed order within the group.

    ``id`` is ``refusals`` (each ground of refusal; definition ``not_disclosed`` adds what was unavailable or not
    processed), ``outcomes``, ``applicants`` or ``disputes_by_outcome``. With ``grouped`` the parts are the terms of the
    definition: of ``outcomes`` the six groups of the form, ``line`` naming the group, in place of their lines.
    ``count`` and ``whole`` are null where no report could enter, ``share`` is count / whole (formula), with ``low``,
    ``high`` and ``interval`` as in ``measure``; ``bodies``, ``cells_lacking``, ``definition`` and ``trace`` as in
    ``traced_measure``, its ``state`` and ``where`` being those of the part's own cells. A report enters with all the
    parts of a whole or with none. Sources: ``forms/data/measures.toml``. Assumes of the intervals what ``measure``
    does. Not for reading each share by itself (one falls when another grows: ``log_ratios``), nor across the breaks of
    the form, at which lines were added and divided.

    Raises ``ValueError`` naming the argument and what is allowed.
    """
    keys = checked_by(by)
    _, wanted = chosen(id, definition, forms_of(corpus), ("composition",))
    totals = _totals(corpus, wanted, keys, grouped, traced=["numerator"])
    frame = estimated(totals, [*keys, *_PART], "share", None, checked_confidence(confidence))
    return (
        frame.rename(_RENAMED)
        .with_columns(definition=named(corpus, pl.lit(wanted.id)))
        .select(
            *keys,
            *_RENAMED.values(),
            "low",
            "high",
            "interval",
            "bodies",
            "cells_lacking",
            "definition",
            "trace",
        )
    )


def whole_sizes(
    corpus: HasFrames, id: str, by: Sequence[str], definition: str | None = None, *, grouped: bool = False
) -> pl.DataFrame:
    """The largest ``whole`` in each group of ``composition``, as ``denominator``; no part is estimated or traced."""
    keys = checked_by(by)
    _, wanted = chosen(id, definition, forms_of(corpus), ("composition",))
    totals = _totals(corpus, wanted, keys, grouped, traced=[])
    return totals.group_by(keys, maintain_order=True).agg(pl.col("denominator").max())


def _totals(
    corpus: HasFrames, wanted: Definition, keys: list[str], grouped: bool, traced: Sequence[str]
) -> pl.DataFrame:
    # A whole of which one part is lacking is shut out: the shares of the others would be of something else.
    together = [] if wanted.within is None else [f"part_{wanted.within}"]
    forms = forms_of(corpus)
    return totals_of(corpus, composition_terms(wanted, forms, grouped), [*keys, *_PART], forms, traced, together)


def disputes_by_outcome(
    corpus: HasFrames,
    by: Sequence[str] = ("year",),
    confidence: float = 0.95,
) -> pl.DataFrame:
    """``composition(corpus, "disputes_by_outcome", by)``: each result, of all cases of the same kind.

    Formula: result / total of its line. Source, assumptions and cautions as there. Not for adding reconsideration to
    court: one quarrel may stand in both.
    """
    return composition(corpus, "disputes_by_outcome", by, confidence=confidence)
