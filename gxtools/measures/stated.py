"""Shares and rates over figures that reports state: ``stated``, and ``stated_figures``, the very figures behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from gxtools.datasets import observed
from gxtools.forms import Form, forms
from gxtools.forms.measure_definitions import Break, Definition, Measure
from gxtools.forms.stated_measures import parts_of, stated_measures
from gxtools.marks import SIMULATED_NAME
from gxtools.measures.arguments import checked_confidence, known
from gxtools.measures.frames import marked
from gxtools.measures.pooling import pooled
from gxtools.measures.stated_sums import BODY_YEAR, LEFT_OUT, MARKS, body_year_sums, subjects_behind, usable

KEYS = ("year", "period", "level", "kind", "province", "body", "agency")
COLUMNS = [
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "interval",
    "bodies",
    "body_years",
    "figures_lacking",
    "left_out",
    "below_least",
    "definition",
]


@dataclass(frozen=True)
class Asked:
    """What was asked of stated figures, checked: the measure, its definition and those beside it, and the figures."""

    measure: Measure
    definitions: tuple[Definition, ...]
    at: Break | None
    figures: pl.DataFrame
    least: float
    leave_out: tuple[str, ...]
    form: Form

    @property
    def definition(self) -> Definition:
        """The definition of the measure itself."""
        return self.definitions[0]

    @property
    def is_simulated(self) -> bool:
        """Whether any figure is of a simulated body."""
        return bool(self.figures["agency"].str.starts_with(SIMULATED_NAME).any())

    def sums(self) -> pl.DataFrame:
        """``body_year_sums`` of what was asked, with ``period`` and the state ``below_least``."""
        frame = body_year_sums(self.figures, self.definitions, self.form, self.leave_out)
        enough = (pl.col("state") != "entered") | (pl.col("denominator") >= self.least)
        return frame.with_columns(
            period=_period(frame, self.at),
            state=pl.when(enough).then("state").otherwise(pl.lit("below_least")),
        )


def asked(
    id: str,
    definition: str | None = None,
    *,
    figures: pl.DataFrame | None = None,
    years: Iterable[int] | None = None,
    least: float = 0,
    leave_out: Sequence[str] = LEFT_OUT,
    beside: Sequence[str] = (),
    at: str | None = None,
) -> Asked:
    """The arguments of ``stated``, checked. Raises ``ValueError`` naming the argument and what is allowed."""
    shipped = forms()
    found = stated_measures(shipped)
    measure, own = _chosen("id", found, id, definition)
    others = tuple(_chosen("beside", found, *(_parted(other)))[1] for other in beside)
    breaks = {b.id: b for b in measure.breaks}
    if at is not None:
        known("at", at, breaks)
    for mark in leave_out:
        known("leave_out", mark, MARKS)
    subjects = sorted(subjects_behind((own, *others), shipped.all[-1]))
    rows = (observed() if figures is None else figures).filter(pl.col("subject").is_in(subjects))
    if years is not None:
        rows = rows.filter(pl.col("year").is_in(list(years)))
    chosen_at = breaks[at] if at is not None else (measure.breaks[-1] if measure.breaks else None)
    return Asked(measure, (own, *others), chosen_at, rows, least, tuple(leave_out), shipped.all[-1])


def stated(
    id: str,
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    *,
    figures: pl.DataFrame | None = None,
    years: Iterable[int] | None = None,
    least: float = 0,
    leave_out: Sequence[str] = LEFT_OUT,
    beside: Sequence[str] = (),
    at: str | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """A measure over stated figures, one row for every group of ``by``, sorted by it; in the columns of ``gx.measure``.

    ``by``: any of ``year, level, kind, province, body, agency`` and ``period``: the years before and since the break
    ``at`` (by default the measure's last), named by the years there are. ``figures`` has the columns of
    ``gx.datasets.observed()``, its default; ``stated_in(corpus)`` makes them of a corpus. ``years`` restricts the
    years, ``least`` is the smallest denominator that enters.

    A body-year enters once, where every term is stated; with ``beside``, other measures as ``id`` or
    ``id:definition``, only where theirs are stated too, so that several measures rest on the same body-years. A total
    that is not stated is the sum of its parts. Never in a sum: copies, bodies whose name tells none for certain, a term
    that stands twice with different figures. ``leave_out`` names the marks whose figures stay out as well.

    Columns after ``by``: ``numerator``, ``denominator``, ``value``, ``low``, ``high``, ``interval`` (``clustered`` by
    body; of one body ``wilson`` or ``poisson``), ``bodies``, ``body_years``; of the body-years that state anything of
    the numerator those that could not enter: ``figures_lacking`` (a term is not stated, or contradicted), ``left_out``
    (by a mark), ``below_least``; ``definition``. Pages that were met are no sample: an interval describes what the same
    practice of such bodies might have given, no population.

    Raises ``ValueError`` naming the argument and what is allowed.

    Formula of the values and their limits: ``gx.measure``. Source: ``gx.datasets.observed()``. Assumes that what is
    stated of a body-year is right unless it bears a mark. Not for a share of all bodies.
    """
    options = asked(
        id, definition, figures=figures, years=years, least=least, leave_out=leave_out, beside=beside, at=at
    )
    return traced_stated(options, by, confidence).drop("trace")


def traced_stated(options: Asked, by: Sequence[str], confidence: float = 0.95) -> pl.DataFrame:
    """``stated`` with one more column, ``trace``: of a row that rests on one body-year its ``agency``, ``year``,
    ``source`` (addresses) and ``where`` (its figures as stated); null where several do.
    """
    keys = checked_keys(by, options.at)
    # Pooling has a column of that name for itself.
    inner = ["of_body" if key == "body" else key for key in keys]
    rows = (
        options.sums()
        .join(_evidence(options), on=BODY_YEAR, how="left", maintain_order="left")
        .with_columns(entered=pl.col("state") == "entered", of_body="body", whole=pl.lit(0), rank=pl.lit(0))
        .with_columns(
            pl.when("entered").then("numerator"),
            pl.when("entered").then("denominator"),
            report=pl.lit(None, pl.String),
        )
    )
    counted = rows.group_by("whole", *inner).agg(
        body_years=pl.col("entered").sum().cast(pl.Int64),
        figures_lacking=(pl.col("state") == "lacking").sum().cast(pl.Int64),
        left_out=(pl.col("state") == "left_out").sum().cast(pl.Int64),
        below_least=(pl.col("state") == "below_least").sum().cast(pl.Int64),
    )
    return (
        pooled(rows.drop("whole"), inner, options.measure.kind, None, checked_confidence(confidence))
        .with_columns(whole=pl.lit(0))
        .join(counted, on=["whole", *inner], how="left", nulls_equal=True, maintain_order="left")
        .with_columns(definition=marked(pl.lit(options.definition.id), options.is_simulated))
        .select(*(pl.col(name).alias(key) for name, key in zip(inner, keys, strict=True)), *COLUMNS, "trace")
    )


def stated_figures(
    id: str,
    definition: str | None = None,
    *,
    figures: pl.DataFrame | None = None,
    years: Iterable[int] | None = None,
    least: float = 0,
    leave_out: Sequence[str] = LEFT_OUT,
    beside: Sequence[str] = (),
    at: str | None = None,
) -> pl.DataFrame:
    """The very figures behind ``stated`` with these arguments, sorted by body, year and subject.

    Columns: ``body``, ``year``, ``period``, ``side`` (``numerator``, ``denominator``), then those of
    ``gx.datasets.observed()``: what it says, where it stands (``address`` or ``read_from``), its marks and ``note``.

    Formula: none, figures are listed. Source, assumptions and what it is not for: ``stated``.
    """
    options = asked(
        id, definition, figures=figures, years=years, least=least, leave_out=leave_out, beside=beside, at=at
    )
    return _behind(options)


def _behind(options: Asked) -> pl.DataFrame:
    sides = [
        (subject, side)
        for side, terms in (
            ("numerator", options.definition.numerator),
            ("denominator", options.definition.denominator),
        )
        for term in terms
        for subject in (term.id, *parts_of(term.id, options.form))
    ]
    entered = options.sums().filter(pl.col("state") == "entered").select(*BODY_YEAR, "period")
    own = usable(options.figures, options.leave_out)
    behind = (
        own.join(pl.DataFrame(sides, schema=["subject", "side"], orient="row"), on="subject")
        .join(entered, on=BODY_YEAR)
        .unique(["figure", "side"])
    )
    # The parts of a total stand behind it only where it is not stated itself.
    whole = {part: term for term, _ in sides for part in parts_of(term, options.form)}
    named = behind.with_columns(total=pl.col("subject").replace_strict(whole, default=None, return_dtype=pl.String))
    stands = behind.select(*BODY_YEAR, "side", total="subject").with_columns(stated=pl.lit(True)).unique()
    return (
        named.join(stands, on=[*BODY_YEAR, "side", "total"], how="left")
        .filter(pl.col("stated").is_null())
        .drop("stated", "total")
        .select(*BODY_YEAR, "period", "side", pl.exclude(*BODY_YEAR, "period", "side"))
        .sort(*BODY_YEAR, "side", "subject", "figure", descending=[False, False, True, False, False])
    )


def _evidence(options: Asked) -> pl.DataFrame:
    """Of every body-year that enters its addresses, and its figures in words."""
    place = pl.coalesce("address", "read_from").fill_null("-")
    figure = pl.format("{} {}", "subject", "stated_value")
    return (
        _behind(options)
        .group_by(BODY_YEAR, maintain_order=True)
        .agg(
            source=place.unique(maintain_order=True).str.join(" "),
            where=figure.unique(maintain_order=True).str.join("; "),
        )
    )


def _chosen(argument: str, found: dict[str, Measure], id: str, definition: str | None) -> tuple[Measure, Definition]:
    measure = found[known(argument, id, found)]
    by_id = {d.id: d for d in measure.definitions}
    return measure, by_id[known("definition", definition, by_id)] if definition else measure.definitions[0]


def _parted(name: str) -> tuple[str, str | None]:
    id, _, definition = name.partition(":")
    return id, definition or None


def checked_keys(by: Sequence[str], at: Break | None) -> list[str]:
    """The columns to group by, each allowed, and named once."""
    allowed = KEYS if at is not None else tuple(key for key in KEYS if key != "period")
    if isinstance(by, str):
        raise ValueError(f"by: give a list such as ['{by}'], not the text {by!r}; allowed are {', '.join(allowed)}")
    for key in by:
        known("by", key, allowed)
    return list(dict.fromkeys(by))


def _period(frame: pl.DataFrame, at: Break | None) -> pl.Expr:
    """The years that there are on a year's side of the break, such as 2021-2023; sorted as text they follow."""
    if at is None:
        return pl.lit(None, pl.String)
    before = pl.col("year") < at.year
    first, last = pl.col("year").min(), pl.col("year").max()
    span = pl.when(first == last).then(pl.format("{}", first)).otherwise(pl.format("{}-{}", first, last))
    sides = [frame.filter(side).select(span).item() for side in (before, ~before)]
    return pl.when(before).then(pl.lit(sides[0], pl.String)).otherwise(pl.lit(sides[1], pl.String))
