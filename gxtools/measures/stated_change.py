"""What a measure over stated figures did at a break: of all bodies, of the same ones, and without each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from gxtools.measures.frames import marked
from gxtools.measures.pooling import DIGITS
from gxtools.measures.stated import Asked, asked, checked_keys
from gxtools.measures.stated_ratios import PARTS, SUMS, p_value, quotient, ratios, ratios_of_ratios, weighed
from gxtools.measures.stated_sums import LEFT_OUT

DESIGNS = ("all_bodies", "same_bodies", "within_bodies")
_COLUMNS = [
    "measure",
    "design",
    "before",
    "since",
    *SUMS,
    "value_before",
    "value",
    "median_before",
    "median",
    "ratio",
    "low",
    "high",
    "bodies_before",
    "bodies",
    "bodies_both",
    "rose",
    "fell",
    "p_value",
    "definition",
]
_ROUNDED = ["value", "value_before", "median", "median_before", "ratio", "low", "high", "p_value"]


def stated_change(
    id: str,
    by: Sequence[str] = (),
    definition: str | None = None,
    *,
    against: str | None = None,
    figures: pl.DataFrame | None = None,
    years: Iterable[int] | None = None,
    least: float = 0,
    leave_out: Sequence[str] = LEFT_OUT,
    at: str | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """How many times what it was before a break a measure is since: rows for every group of ``by`` and ``design``.

    ``design``: ``all_bodies`` (pooled, whoever is met on either side), ``same_bodies`` (pooled over those met on both),
    ``within_bodies`` (each of these against itself: Mantel and Haenszel's ratio for rates, Greenland and Robins,
    Biometrics 41 (1985) 55-68, which no change of the bodies' sizes moves). ``against`` names another measure as ``id``
    or ``id:definition``; both then rest on the same body-years, it has rows of its own, and ``measure`` ``ratio`` tells
    how many times as much the first changed as it: a negative control where the break left the other alone.

    Columns: ``by``, ``measure``, ``design``, ``before`` and ``since`` (years), the four sums, ``value_before`` and
    ``value`` (pooled, in the unit of the measure), ``median_before`` and ``median`` (of the bodies' own), ``ratio``
    with ``low`` and ``high`` (jackknife of the logarithm over bodies, Student's t with the fewer bodies of the two
    sides less one; null for fewer than three), ``bodies_before``, ``bodies``, ``bodies_both``, of the latter how many
    ``rose`` and ``fell``, and a two-sided ``p_value`` in which every body has one voice: of ``all_bodies`` the rank-sum
    test of Mann and Whitney, Annals of Mathematical Statistics 18 (1947) 50-60, which takes the sides as independent;
    else the exact sign test of Dixon and Mood, JASA 41 (1946) 557-566. Null where a side has no case or no body.

    ``figures``, ``years``, ``least``, ``leave_out`` and ``at`` as in ``stated``. No cause is told.

    Formula: value after / value before. Assumes that the bodies met on either side do alike work, which the paired
    design alone allows for. Not for telling why.
    """
    options = asked(
        id,
        definition,
        figures=figures,
        years=years,
        least=least,
        leave_out=leave_out,
        beside=[against] if against else [],
        at=at,
    )
    keys = [key for key in checked_keys(by, options.at) if key not in ("year", "period", "body", "agency")]
    sums = options.sums()
    sides = {name: _by_body(options, sums, keys, place) for name, place in _measures(options, against).items()}
    frames = []
    for design in DESIGNS:
        each = {measure: weighed(frame, design) for measure, frame in sides.items()}
        frames += [ratios(frame, keys, measure, design, confidence) for measure, frame in each.items()]
        if against:
            one, other = each.values()
            frames.append(ratios_of_ratios(one, other, keys, design, confidence))
    return _finished(pl.concat(frames, how="diagonal"), options, keys)


def stated_influence(
    id: str,
    definition: str | None = None,
    *,
    against: str | None = None,
    figures: pl.DataFrame | None = None,
    years: Iterable[int] | None = None,
    least: float = 0,
    leave_out: Sequence[str] = LEFT_OUT,
    at: str | None = None,
) -> pl.DataFrame:
    """What every body does to the ratios of ``stated_change``: the ratio without it, the greatest influence first.

    Columns: ``design``, ``body``, ``agency``, ``numerator_before``, ``denominator_before``, ``numerator``,
    ``denominator`` (null on a side where it is not met), ``ratio``, ``ratio_without`` (null where nothing is left).
    With ``against`` only body-years enter that state the other measure's terms too.

    Formula: ``ratio`` of ``stated_change`` over all bodies but one. Source and assumptions: as there. Not for leaving
    bodies out: one of much influence is large or unusual, not wrong.
    """
    options = asked(
        id,
        definition,
        figures=figures,
        years=years,
        least=least,
        leave_out=leave_out,
        beside=[against] if against else [],
        at=at,
    )
    return influence(options)


def influence(options: Asked) -> pl.DataFrame:
    """``stated_influence`` of what was asked."""
    bodies = _by_body(options, options.sums(), [], 0)
    frames = []
    for design in DESIGNS:
        own = weighed(bodies, design)
        without = [(pl.col(name).sum() - pl.col(name)) for name in PARTS]
        frames.append(
            own.select(
                pl.lit(design).alias("design"),
                "body",
                "agency",
                *SUMS,
                ratio=quotient(*(pl.col(name).sum() for name in PARTS)),
                ratio_without=quotient(*without),
            )
        )
    moved = (pl.col("ratio_without") / pl.col("ratio")).log().abs()
    return (
        pl.concat(frames)
        .with_columns(pl.col("ratio", "ratio_without").round_sig_figs(DIGITS), moved=moved)
        .sort("design", "moved", "body", descending=[False, True, False], nulls_last=True)
        .drop("moved")
    )


def _measures(options: Asked, against: str | None) -> dict[str, int]:
    names = {options.measure.id: 0}
    if against:
        names[against.partition(":")[0]] = 1
    return names


def _by_body(options: Asked, sums: pl.DataFrame, keys: list[str], place: int) -> pl.DataFrame:
    """A row a body of a group: its sums before the break and since, null on a side where it is not met."""
    if options.at is None:
        raise ValueError(f"id: {options.measure.id!r} has no break to compare the sides of")
    suffix = f"_{place}" if place else ""
    entered = sums.filter(pl.col("state") == "entered")
    since = pl.col("year") >= options.at.year
    over = pl.col(f"denominator{suffix}")

    def total(name: str, side: pl.Expr) -> pl.Expr:
        values = pl.col(f"{name}{suffix}").filter(side)
        return pl.when(over.filter(side).sum() > 0).then(values.sum())

    return (
        entered.group_by(*keys, "body", maintain_order=True)
        .agg(
            agency=pl.col("agency").sort_by("year").last(),
            numerator_before=total("numerator", ~since),
            denominator_before=total("denominator", ~since),
            numerator=total("numerator", since),
            denominator=total("denominator", since),
            before=pl.col("period").filter(~since).first(),
            since=pl.col("period").filter(since).first(),
        )
        .with_columns(pl.col("before", "since").drop_nulls().first())
    )


def _finished(frame: pl.DataFrame, options: Asked, keys: list[str]) -> pl.DataFrame:
    factor = 1000 if options.measure.kind == "per_1000" else 1
    rate, before = (pl.col(f"numerator{side}") / pl.col(f"denominator{side}") * factor for side in ("", "_before"))
    complete = frame.with_columns(
        value=rate,
        value_before=before,
        median_before=pl.col("rates_before").list.median() * factor,
        median=pl.col("rates").list.median() * factor,
        p_value=pl.Series([p_value(row) for row in frame.iter_rows(named=True)], dtype=pl.Float64),
        definition=marked(pl.lit(options.definition.id), options.is_simulated),
    ).with_columns(pl.col(_ROUNDED).round_sig_figs(DIGITS))
    ordered = complete.sort(keys, nulls_last=True, maintain_order=True) if keys else complete
    return ordered.select(*keys, *_COLUMNS)
