"""What may be joined: which measure over which break, as the forms and the dictionary have it."""

from __future__ import annotations

import polars as pl

from gxtools.forms import Forms
from gxtools.forms.measure_definitions import Break, Definition, Measure, measure_definitions
from gxtools.measures.frames import HasFrames, forms_of

VERDICTS = ("joined", "care", "bridge", "no", "none")
_SCHEMA = {
    "id": pl.String,
    "break": pl.String,
    "year": pl.Int32,
    "before": pl.String,
    "after": pl.String,
    "verdict": pl.String,
    "definition": pl.String,
    "cost_zh": pl.String,
    "cost_en": pl.String,
}


def joinable(corpus: HasFrames) -> pl.DataFrame:
    """One row for every measure of the dictionary and every known break: whether its series may run across it.

    Columns: ``id``, ``break``, ``year`` (the first report year after it), ``before`` and ``after`` (ids of the forms),
    ``verdict``, ``definition`` (that serves both sides), ``cost_zh`` and ``cost_en``. ``verdict``: ``joined`` (one
    definition, no break of this measure), ``care`` (one definition on both sides, yet the dictionary names the break
    as one of this measure), ``bridge`` (another definition puts in other sums for the form that lacks the terms;
    ``cost`` says at what price), ``no`` (no definition serves both sides), ``none`` (neither side has it).
    Formula: a break may be joined where one definition has all its terms, or a bridge for them, in the forms of both
    sides. Source: ``forms/data/measures.toml`` and the forms. Assumes that a line keeps its meaning where the crosswalk
    says so. No figures enter: the answer is the same for every corpus that was read with these forms. Not for telling
    whether practice changed at a break.
    """
    known = forms_of(corpus)
    measures = measure_definitions(known)
    breaks = sorted({b for measure in measures.values() for b in measure.breaks}, key=lambda b: b.year)
    rows = [_row(measure, b, known) for measure in measures.values() for b in breaks]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _row(measure: Measure, b: Break, forms: Forms) -> tuple[object, ...]:
    before, after = forms.for_year(b.year - 1), forms.for_year(b.year)
    sides = [form.id for form in (before, after) if form is not None]
    both = [d for d in measure.definitions if len(sides) == 2 and set(sides) <= set(d.forms)]
    plain = [d for d in both if not _bridge_ids(d) & set(sides)]
    place = (measure.id, b.id, b.year, before.id if before else None, after.id if after else None)
    if plain:
        cautious = b in measure.breaks
        cost = (measure.caution_zh, measure.caution_en) if cautious else ("", "")
        return (*place, "care" if cautious else "joined", plain[0].id, *cost)
    if both:
        bridge = next(bridge for bridge in both[0].bridges if set(bridge.forms) & set(sides))
        return (*place, "bridge", both[0].id, bridge.zh, bridge.en)
    served = any(set(sides) & set(d.forms) for d in measure.definitions)
    return (*place, "no" if served else "none", None, measure.caution_zh, measure.caution_en)


def _bridge_ids(definition: Definition) -> set[str]:
    return {form for bridge in definition.bridges for form in bridge.forms}
