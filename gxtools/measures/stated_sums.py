"""Which body-years state every term of a measure, and the sums of their figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from gxtools.forms import Form, Term
from gxtools.forms.measure_definitions import Definition
from gxtools.forms.stated_measures import parts_of

MARKS = ("part_of_year", "contradicted", "doubted", "rounded", "inferred", "second_hand")
"""Reservations that a figure may bear, as columns of ``gx.datasets.observed()``."""
LEFT_OUT = MARKS[:-1]
"""Those whose figures enter no sum unless asked for: all but ``second_hand``, the wording being the body's own."""
BODY_YEAR = ["body", "year"]
ABOUT = ["agency", "level", "kind", "province"]
_SIDES = ("numerator", "denominator")


def usable(figures: pl.DataFrame, leave_out: Sequence[str]) -> pl.DataFrame:
    """The figures that may enter: of a body that is told, no copy of another one, without a mark of ``leave_out``."""
    marked = pl.any_horizontal(pl.lit(False), *(pl.col(mark).fill_null(False) for mark in leave_out))
    return figures.filter(pl.col("body").is_not_null(), pl.col("copy_of").is_null(), ~marked)


def body_year_sums(
    figures: pl.DataFrame, definitions: Sequence[Definition], form: Form, leave_out: Sequence[str]
) -> pl.DataFrame:
    """A row for every body-year that states any term of the first definition's numerator.

    Columns: ``body``, ``year``, ``agency``, ``level``, ``kind``, ``province``; for each definition its sums, of the
    first as ``numerator`` and ``denominator``, of the next as ``numerator_1``, ``denominator_1`` and so on, null unless
    ``state`` is ``entered``. Else ``state`` is ``left_out`` (complete but for figures that ``leave_out`` shuts out) or
    ``lacking`` (a term is not stated, or stands twice with different figures).
    """
    subjects = sorted(subjects_behind(definitions, form))
    own = usable(figures, ()).filter(pl.col("subject").is_in(subjects))
    sums = {
        side if place == 0 else f"{side}_{place}": _total(getattr(definition, side), form)
        for place, definition in enumerate(definitions)
        for side in _SIDES
    }
    complete = pl.all_horizontal(pl.col(name).is_not_null() for name in sums)
    named = {subject for term in definitions[0].numerator for subject in (term.id, *parts_of(term.id, form))}
    said = own.filter(pl.col("subject").is_in(sorted(named))).select(BODY_YEAR).unique()
    every = _wide(own, subjects).with_columns(**sums).select(*BODY_YEAR, could=complete)
    kept = _wide(usable(own, leave_out), subjects).with_columns(**sums).select(*BODY_YEAR, *sums, entered=complete)
    entered = pl.col("entered").fill_null(False)
    return (
        every.join(said, on=BODY_YEAR, how="semi")
        .join(kept, on=BODY_YEAR, how="left")
        .join(_about(own), on=BODY_YEAR, how="left")
        .select(
            *BODY_YEAR,
            *ABOUT,
            *(pl.when(entered).then(pl.col(name)).alias(name) for name in sums),
            state=pl.when(entered)
            .then(pl.lit("entered"))
            .when("could")
            .then(pl.lit("left_out"))
            .otherwise(pl.lit("lacking")),
        )
        .sort(BODY_YEAR)
    )


def subjects_behind(definitions: Iterable[Definition], form: Form) -> set[str]:
    """Every subject that a sum may rest on: the terms, and the parts of those that are totals."""
    terms = {term.id for found in definitions for term in (*found.numerator, *found.denominator)}
    return terms | {part for term in terms for part in parts_of(term, form)}


def _total(terms: Sequence[Term], form: Form) -> pl.Expr:
    """The signed sum, null where a term is not stated; a total that is not stated is the sum of its parts."""
    return _added([_stated(term.id, form) * term.coefficient for term in terms])


def _stated(subject: str, form: Form) -> pl.Expr:
    parts = parts_of(subject, form)
    return pl.coalesce(pl.col(subject), _added([pl.col(part) for part in parts])) if parts else pl.col(subject)


def _added(summands: Sequence[pl.Expr]) -> pl.Expr:
    # An addition is null where a summand is; sum_horizontal would take null for 0.
    total = summands[0]
    for summand in summands[1:]:
        total = total + summand
    return total


def _wide(figures: pl.DataFrame, subjects: Sequence[str]) -> pl.DataFrame:
    """A column a subject; null where it is not stated, or stated twice with different figures."""
    value = pl.col("value")
    each = figures.group_by(*BODY_YEAR, "subject").agg(value=pl.when(value.n_unique() == 1).then(value.first()))
    return each.group_by(BODY_YEAR).agg(
        pl.col("value").filter(pl.col("subject") == subject).first().alias(subject) for subject in subjects
    )


def _about(figures: pl.DataFrame) -> pl.DataFrame:
    return figures.sort("figure").group_by(BODY_YEAR).agg(pl.col(ABOUT).drop_nulls().first())
