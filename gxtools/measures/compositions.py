"""How a whole divides: refusals by their grounds, disputes by their outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.measures.arguments import checked_by, checked_confidence, chosen
from gxtools.measures.frames import HasFrames, forms_of, named
from gxtools.measures.pooling import estimated
from gxtools.measures.terms import composition_terms
from gxtools.measures.totalling import totals_of

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
    ``count`` and ``whole`` are null where no report could enter, ``share`` is their quotient with ``low``, ``high`` and
    ``interval`` as in ``measure``; ``bodies``, ``cells_lacking``, ``definition`` and ``trace`` as in
    ``traced_measure``, its ``state`` and ``where`` being those of the part's own cells. A report enters with all the
    parts of a whole or with none. Sources: ``forms/data/measures.toml``.

    Raises ``ValueError`` naming the argument and what is allowed.
    """
    forms = forms_of(corpus)
    _, wanted = chosen(id, definition, forms, ("composition",))
    keys = checked_by(by)
    inner = [*keys, "part_line", "part_column"]
    # A whole of which one part is lacking is shut out: the shares of the others would be of something else.
    together = [] if wanted.within is None else [f"part_{wanted.within}"]
    terms = composition_terms(wanted, forms, grouped)
    totals = totals_of(corpus, terms, inner, forms, traced=["numerator"], together=together)
    frame = estimated(totals, inner, "share", None, checked_confidence(confidence))
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


def disputes_by_outcome(
    corpus: HasFrames,
    by: Sequence[str] = ("year",),
    confidence: float = 0.95,
) -> pl.DataFrame:
    """``composition(corpus, "disputes_by_outcome", by)``: each result, of all cases of the same kind."""
    return composition(corpus, "disputes_by_outcome", by, confidence=confidence)
