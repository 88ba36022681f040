"""Rules made of signed terms: whether each holds, fails, or cannot be decided because a figure is lacking.

A figure that is lacking is a count not below 0 (unless its column may be negative), so a side that already exceeds the
other beyond what it could add is decided: the rule fails. Everything else stays undecided and names what is lacking.
"""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import CELL, TOLERANCE, Promises
from gxtools.checks.together import with_impossible
from gxtools.checks.wide import WideTable, wide_tables
from gxtools.checks.wording import STATES_ZH, UNDECIDED_EN, UNDECIDED_ZH, figure_text
from gxtools.frames import SCHEMAS, frame

_FEW = 20_000  # cells up to which looking at every sum costs less than laying them out to find those in doubt
_AT_ONCE = 100_000  # sums that are looked at more closely at once: bounds the memory that this takes
_NONE = pl.DataFrame(schema={"report": pl.String, "instance": pl.Int64})


def broken_and_undecided(cells: pl.DataFrame, promises: Promises) -> pl.DataFrame:
    """Problems of every rule with terms. Rules on a table that is absent altogether are silent."""
    if cells.height <= _FEW:
        found = _decided(cells.join(promises.terms, on=CELL, how="inner", maintain_order="left_right"), promises)
    else:
        suspects = pl.concat([_suspects(table, promises) for table in wide_tables(cells, promises)])
        parts = (suspects.slice(first, _AT_ONCE) for first in range(0, suspects.height, _AT_ONCE))
        told = [_decided(_terms_of(part, cells, promises), promises) for part in parts]
        if not told:
            return frame("problems", [])
        found = pl.concat(told)
    found = with_impossible(found, cells, promises)
    order = cells.select("report").unique(maintain_order=True).with_row_index("order")
    return (
        found.join(order, on="report", how="left", maintain_order="left")
        .sort("instance", "order", maintain_order=True)
        .select(list(SCHEMAS["problems"]))
    )


def _suspects(table: WideTable, promises: Promises) -> pl.DataFrame:
    """The instances of rules that do not plainly hold: some figure is lacking, or the sums differ."""
    own = promises.terms.filter((pl.col("form") == table.form) & (pl.col("table") == table.table))
    if own.is_empty():
        return _NONE
    doubts = []
    for (instance,), terms in own.group_by("instance", maintain_order=True):
        names = [f"{line}.{column}" for line, column in terms.select("line", "column").iter_rows()]
        difference = pl.sum_horizontal(pl.col(name) * sign for name, sign in zip(names, terms["signed"], strict=True))
        differs = difference.abs() > TOLERANCE if terms["equal"][0] else difference < -TOLERANCE
        doubts.append((differs | pl.any_horizontal(pl.col(names).is_null())).alias(str(instance)))
    return (
        table.values.select("report", *doubts)
        .unpivot(index="report", variable_name="instance")
        .filter("value")
        .select("report", pl.col("instance").cast(pl.Int64))
    )


def _terms_of(suspects: pl.DataFrame, cells: pl.DataFrame, promises: Promises) -> pl.DataFrame:
    """The cells of these instances alone, each with its term."""
    return (
        cells.join(suspects.select("report").unique(), on="report", how="semi", maintain_order="left")
        .join(promises.terms, on=CELL, how="inner", maintain_order="left_right")
        .join(suspects, on=["report", "instance"], how="semi", maintain_order="left")
    )


def _decided(terms: pl.DataFrame, promises: Promises) -> pl.DataFrame:
    """What the lacking figures leave of instances of rules: broken ones and undecided ones, in words."""
    lacking = pl.col("value").is_null()
    above, below = pl.col("difference") > TOLERANCE, pl.col("difference") < -TOLERANCE
    sums = (
        terms.group_by("report", "instance", maintain_order=True)
        .agg(
            difference=(pl.col("value") * pl.col("signed")).sum(),
            may_rise=(lacking & ((pl.col("signed") > 0) | pl.col("free"))).any(),
            may_fall=(lacking & ((pl.col("signed") < 0) | pl.col("free"))).any(),
            nothing=(pl.col("state") == "absent").all(),
            equal=pl.col("equal").first(),
        )
        .with_columns(
            broken=(below & ~pl.col("may_rise")) | (pl.col("equal") & above & ~pl.col("may_fall")),
            holds=~pl.col("may_fall") & pl.when("equal").then(~pl.col("may_rise") & ~above & ~below).otherwise(~below),
        )
        .filter(~pl.col("holds") & ~pl.col("nothing"))
    )
    return _worded(sums.join(promises.instances, on="instance", how="left", maintain_order="left"), terms)


def _worded(sums: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """Both sides' figures in words, and where the right side stands."""
    left, printed = pl.col("left"), pl.col("value").is_not_null()
    figure = figure_text(pl.col("value"))
    part = pl.when(pl.col("coefficient") < 0).then(pl.format("-{}", figure)).otherwise(figure)
    state_zh = pl.col("state").replace_strict(STATES_ZH, default=None, return_dtype=pl.String)
    lacking = pl.format("{} ({})", "term_en", "state"), pl.format("{}（{}）", "term_zh", state_zh)
    weighed = pl.col("value") * pl.col("coefficient")
    texts = (
        terms.join(sums, on=["report", "instance"], how="semi")
        .with_columns(part=part)
        .group_by("report", "instance", maintain_order=True)
        .agg(
            expected=weighed.filter(left).sum(),
            found=weighed.filter(~left).sum(),
            lacks=(~printed).any(),
            left_text=pl.col("part").filter(left & printed & (pl.col("value") != 0)).str.join(" + "),
            right_text=pl.col("part").filter(~left & printed & (pl.col("value") != 0)).str.join(" + "),
            lacking_en=lacking[0].filter(~printed).str.join(", "),
            lacking_zh=lacking[1].filter(~printed).str.join("、"),
            where=pl.coalesce(*(pl.col("where").filter(s).drop_nulls().last() for s in (~left, left))),
        )
    )
    rows = sums.join(texts, on=["report", "instance"], how="left", maintain_order="left")
    left_text, right_text = (_sum_text(*names) for names in (("left_text", "expected"), ("right_text", "found")))
    known_en = pl.when("lacks").then(pl.format("; no figure in {}", "lacking_en")).otherwise(pl.lit(""))
    known_zh = pl.when("lacks").then(pl.format("；无数字：{}", "lacking_zh")).otherwise(pl.lit(""))
    sign = pl.when(pl.col("relation") == "=").then(pl.lit("≠")).otherwise(pl.lit("<"))
    return rows.with_columns(
        severity=pl.when("broken").then("severity").otherwise(pl.lit("notice")),
        message=pl.when("broken")
        .then(
            pl.format(
                "{}: does not hold that {}: {} {} {} (difference {}){}",
                "place_en",
                "rule_en",
                left_text,
                sign,
                right_text,
                figure_text(pl.col("difference").abs()),
                known_en,
            )
        )
        .otherwise(pl.format("{}: {} {}{}", "place_en", pl.lit(UNDECIDED_EN), "rule_en", known_en)),
        message_zh=pl.when("broken")
        .then(
            pl.format(
                "{}：{}不成立：{} {} {}（相差{}）{}",
                "place_zh",
                "rule_zh",
                left_text,
                sign,
                right_text,
                figure_text(pl.col("difference").abs()),
                known_zh,
            )
        )
        .otherwise(pl.format("{}：{}{}是否成立{}", "place_zh", pl.lit(UNDECIDED_ZH), "rule_zh", known_zh)),
        expected=pl.when(pl.col("broken") & ~pl.col("lacks")).then("expected"),
        found=pl.when(pl.col("broken") & ~pl.col("lacks")).then("found"),
    )


def _sum_text(parts: str, total: str) -> pl.Expr:
    """``3 + 4 = 7``; the figure alone where there is but one."""
    summed = pl.col(parts).str.replace_all(" + -", " - ", literal=True)
    value = figure_text(pl.col(total))
    return pl.when((summed == "") | (summed == value)).then(value).otherwise(pl.format("{} = {}", summed, value))
