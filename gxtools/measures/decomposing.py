"""What a change is made of, and how much of a figure hangs on few bodies."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.measures.arguments import checked_by
from gxtools.measures.frames import HasFrames, named
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import definition_of, measure, of_kind

PARTS = ("within", "mix", "entry", "exit")


def decomposition(corpus: HasFrames, id: str, before: int, after: int, definition: str | None = None) -> pl.DataFrame:
    """A row for each of ``within``, ``mix``, ``entry`` and ``exit``; they add up to the ``change`` of the pooled value.

    Columns: ``part``, ``contribution``, ``bodies``, ``before``, ``after``, ``value_before``, ``value``, ``change``,
    ``definition``. With r a body's value and s its share of the denominator among the bodies of both years:
    within = sum of (r1 - r0) (s1 + s0) / 2; mix = sum of (s1 - s0) ((r1 + r0) / 2 - mean of both years);
    entry = share of the newcomers x (their value - that of the stayers);
    exit = share of the leavers x (value of the stayers - theirs).
    Bennet (1920) within Melitz and Polanec, RAND Journal of Economics 46 (2015) 362-375, equations 3 to 5.

    A body enters by its agency; a body without a name, or with a denominator of 0, counts as absent. Entry and exit are
    of *usable* reports: a blank cell is an exit. No cause is told: ``within`` holds behaviour and definitions alike,
    and across a break of form it must not be read. All null where either year has no value, or no body stands in both.
    """
    found, wanted = definition_of(corpus, id, definition)
    factor = 1000 if found.kind == "per_1000" else 1
    frame = measure(corpus, id, ["year", "agency"], wanted.id).filter(
        pl.col("agency").is_not_null() & (pl.col("denominator") > 0)
    )
    first, last = (_year(frame, year) for year in (before, after))
    both = first.join(last, on="agency", how="full", suffix="_1", coalesce=True).sort("agency")
    stays = pl.col("n").is_not_null() & pl.col("n_1").is_not_null()
    stayed, came, left = (both.filter(kind) for kind in (stays, pl.col("n").is_null(), pl.col("n_1").is_null()))
    bodies = {"within": stayed.height, "mix": stayed.height, "entry": came.height, "exit": left.height}
    parts = _parts(stayed, came, left) if stayed.height else dict.fromkeys(PARTS)
    value_before, value = _value(first, ""), _value(last, "")
    change = None if value is None or value_before is None else value - value_before
    rows = [(part, parts[part], bodies[part], before, after, value_before, value, change) for part in PARTS]
    schema = {
        "part": pl.String,
        "contribution": pl.Float64,
        "bodies": pl.Int64,
        "before": pl.Int32,
        "after": pl.Int32,
        "value_before": pl.Float64,
        "value": pl.Float64,
        "change": pl.Float64,
    }
    scaled = (pl.col("contribution", "value_before", "value", "change") * factor).round_sig_figs(DIGITS)
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        scaled, definition=named(corpus, pl.lit(wanted.id))
    )


def _year(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    return frame.filter(pl.col("year") == year).select("agency", x="numerator", n="denominator")


def _value(frame: pl.DataFrame, suffix: str) -> float | None:
    total = float(frame[f"n{suffix}"].sum())
    return float(frame[f"x{suffix}"].sum()) / total if total else None


def _parts(stayed: pl.DataFrame, came: pl.DataFrame, left: pl.DataFrame) -> dict[str, float | None]:
    r0, r1 = pl.col("x") / pl.col("n"), pl.col("x_1") / pl.col("n_1")
    s0, s1 = pl.col("n") / pl.col("n").sum(), pl.col("n_1") / pl.col("n_1").sum()
    middle = ((r0 * s0).sum() + (r1 * s1).sum()) / 2
    within, mix = stayed.select(
        within=((r1 - r0) * (s0 + s1) / 2).sum(), mix=((s1 - s0) * ((r0 + r1) / 2 - middle)).sum()
    ).row(0)
    old, new = _value(stayed, "") or 0.0, _value(stayed, "_1") or 0.0
    newcomers, leavers = _value(came, "_1"), _value(left, "")
    share_in, share_out = _share(came, stayed, "n_1"), _share(left, stayed, "n")
    return {
        "within": within,
        "mix": mix,
        "entry": 0.0 if newcomers is None else share_in * (newcomers - new),
        "exit": 0.0 if leavers is None else share_out * (old - leavers),
    }


def _share(some: pl.DataFrame, others: pl.DataFrame, size: str) -> float:
    part = float(some[size].sum())
    return part / (part + float(others[size].sum()))


def concentration(
    corpus: HasFrames,
    id: str,
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    top: int = 5,
) -> pl.DataFrame:
    """How much of the numerator and of the denominator of a measure stands with few bodies, for every group of ``by``.

    Columns: ``by``, ``side``, ``total``, ``bodies``, ``left_out`` (bodies without usable figures), ``herfindahl`` (sum
    of squared shares, 1 / bodies where all are equal, 1 where one has all), ``effective_bodies`` (its inverse),
    ``top``, ``top_share`` and ``largest`` (agency).
    Hirschman (1945), Herfindahl (1950). Of bodies that report usable figures: with other coverage another number.
    Shares are null where the total is 0. Not for a measure with negative numerators (``ratio``).
    """
    _, wanted = of_kind(corpus, id, definition, ("share", "per_1000"), "concentration")
    if top < 1:
        raise ValueError(f"top: {top!r} is no number of bodies; give at least 1")
    keys = [key for key in checked_by(by) if key != "agency"]
    sums = measure(corpus, id, [*keys, "agency"], wanted.id).drop_nulls("agency")
    sides = ["numerator", "denominator"]
    # Of no rows the values would have no type.
    long = sums.unpivot(sides, index=[*keys, "agency"], variable_name="side", value_name="count").with_columns(
        pl.col("count").cast(pl.Float64)
    )
    share = pl.col("count") / pl.col("count").sum()
    return (
        long.sort(
            [*keys, "side", "count", "agency"],
            descending=[False] * (len(keys) + 1) + [True, False],
            nulls_last=True,
        )
        .group_by(*keys, "side", maintain_order=True)
        .agg(
            total=pl.col("count").sum(),
            bodies=pl.col("count").count().cast(pl.Int64),
            left_out=pl.col("count").null_count().cast(pl.Int64),
            herfindahl=_known(share.pow(2).sum()),
            effective_bodies=_known(1 / share.pow(2).sum()),
            top=pl.lit(top),
            top_share=_known(share.head(top).sum()),
            largest=_known(pl.col("agency").first()),
        )
        .with_columns(pl.col("herfindahl", "effective_bodies", "top_share").round_sig_figs(DIGITS))
        .with_columns(definition=named(corpus, pl.lit(wanted.id)))
    )


def _known(expression: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("count").sum() > 0).then(expression)


def influence(corpus: HasFrames, id: str, by: Sequence[str] = ("year",), definition: str | None = None) -> pl.DataFrame:
    """What each body does to the pooled value of its group: the value without it, and the difference.

    Columns: ``by``, ``agency``, ``numerator``, ``denominator``, ``value`` (pooled), ``value_without`` (null where
    nothing is left), ``influence`` (value less value without), ``definition``; the greatest influence first within the
    group. Leave-one-out, as Cook and Weisberg, Residuals and Influence in Regression (1982), for a ratio. A body of
    much influence is large or unusual, not wrong.
    """
    found, wanted = definition_of(corpus, id, definition)
    factor = 1000 if found.kind == "per_1000" else 1
    keys = [key for key in checked_by(by) if key != "agency"]
    sums = measure(corpus, id, [*keys, "agency"], wanted.id).drop_nulls(["numerator", "agency"])
    groups = keys or ["whole"]
    n, d = pl.col("numerator"), pl.col("denominator")
    total, whole = n.sum().over(groups), d.sum().over(groups)
    return (
        sums.with_columns(whole=pl.lit(0))
        .with_columns(
            value=pl.when(whole > 0).then(total / whole) * factor,
            value_without=pl.when(whole - d > 0).then((total - n) / (whole - d)) * factor,
        )
        .with_columns(influence=pl.col("value") - pl.col("value_without"))
        .sort(
            [*keys, pl.col("influence").abs(), "agency"],
            descending=[False] * len(keys) + [True, False],
            nulls_last=True,
        )
        .with_columns(pl.col("value", "value_without", "influence").round_sig_figs(DIGITS))
        .select(*keys, "agency", "numerator", "denominator", "value", "value_without", "influence", "definition")
    )
