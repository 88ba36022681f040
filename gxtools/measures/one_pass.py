"""Several measures over one pass of the figures: what a chart of many rates asks for."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.measures.arguments import RATE_KINDS, checked_by, checked_confidence, chosen
from gxtools.measures.frames import HasFrames, forms_of, named
from gxtools.measures.pooling import estimated
from gxtools.measures.rates import COLUMNS
from gxtools.measures.terms import rate_terms
from gxtools.measures.totalling import totals_of

Asked = tuple[str, str | None, bool]
"""Measure, definition (null for the first), and whether it is told for each line of its table."""


def traced_measures(
    corpus: HasFrames, asked: Sequence[Asked], by: Sequence[str] = ("year",), confidence: float = 0.95
) -> pl.DataFrame:
    """The rows of ``traced_measure`` for every measure ``asked`` in turn, within each group of ``by``.

    Columns: ``by``, ``measure``, ``line`` and those of ``traced_measure``. Formula, interval, source and assumptions as
    there. Raises ``ValueError`` naming the argument and what is allowed.
    """
    keys = checked_by(by)
    forms = forms_of(corpus)
    questions = [chosen(id, definition, forms, RATE_KINDS) for id, definition, _ in asked]
    # Each is told apart by a part of its own. What a report in another form lacks depends on the forms asked of too.
    passes: dict[tuple[str, ...], list[pl.DataFrame]] = {}
    for number, ((_, wanted), (*_, by_line)) in enumerate(zip(questions, asked, strict=True)):
        terms = rate_terms(wanted, forms, [*keys, "line"] if by_line else keys)
        served = tuple(terms["form"].unique().sort())
        passes.setdefault(served, []).append(terms.with_columns(part_column=pl.lit(str(number))))
    inner = [*keys, "part_line", "part_column"]
    totals = pl.concat([totals_of(corpus, pl.concat(terms), inner, forms) for terms in passes.values()])
    numbers: dict[str, list[str]] = {}
    for number, (found, _) in enumerate(questions):
        numbers.setdefault(found.kind, []).append(str(number))
    level = checked_confidence(confidence)
    told = pl.concat(
        estimated(totals.filter(pl.col("part_column").is_in(own)), inner, kind, confidence=level)
        for kind, own in numbers.items()
    )
    measures = {str(number): found.id for number, (found, _) in enumerate(questions)}
    definitions = {str(number): wanted.id for number, (_, wanted) in enumerate(questions)}
    return told.sort([*keys, pl.col("part_column").cast(pl.Int64)], nulls_last=True, maintain_order=True).select(
        *keys,
        pl.col("part_column").replace_strict(measures).alias("measure"),
        pl.col("part_line").alias("line"),
        *(column for column in COLUMNS if column != "definition"),
        named(corpus, pl.col("part_column").replace_strict(definitions)).alias("definition"),
        "trace",
    )
