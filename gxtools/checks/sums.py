"""Rules made of signed terms: whether each holds, fails, or cannot be decided because a figure is lacking.

A figure that is lacking is a count not below 0 (unless its column may be negative), so a side that already exceeds the
other beyond what it could add is decided: the rule fails. Everything else stays undecided and names what is lacking.
"""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import CELL, Promises
from gxtools.frames import frame

TOLERANCE = 1e-6
_STATES_ZH = {"blank": "空白", "dash": "横线", "unreadable": "无法识别", "absent": "缺失"}


def broken_and_undecided(cells: pl.DataFrame, promises: Promises) -> pl.DataFrame:
    """Problems of every rule with terms. Rules on a table that is absent altogether are silent."""
    terms = cells.join(promises.terms, on=CELL, how="inner", maintain_order="left_right")
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
    if sums.is_empty():
        return frame("problems", [])
    sums = sums.join(promises.instances, on="instance", how="left", maintain_order="left").sort(
        "instance", maintain_order=True
    )
    return _rows(_worded(sums, terms))


def _worded(sums: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """Both sides' figures in words, and where the right side stands."""
    left, printed = pl.col("left"), pl.col("value").is_not_null()
    figure = figure_text(pl.col("value"))
    part = pl.when(pl.col("coefficient") < 0).then(pl.format("-{}", figure)).otherwise(figure)
    state_zh = pl.col("state").replace_strict(_STATES_ZH, default=None, return_dtype=pl.String)
    lacking = pl.format("{} ({})", "term_en", "state"), pl.format("{}（{}）", "term_zh", state_zh)
    weighed = pl.col("value") * pl.col("coefficient")
    texts = (
        terms.join(sums.select("report", "instance"), on=["report", "instance"], how="semi")
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
            where=pl.col("where").filter(~left & pl.col("where").is_not_null()).last(),
        )
    )
    rows = sums.join(texts, on=["report", "instance"], how="left", maintain_order="left")
    left_text, right_text = (
        pl.when(pl.col(name).str.contains("+", literal=True) | (pl.col(name) != figure_text(pl.col(total))))
        .then(
            pl.format(
                "{} = {}", pl.when(pl.col(name) == "").then(pl.lit("0")).otherwise(name), figure_text(pl.col(total))
            )
        )
        .otherwise(figure_text(pl.col(total)))
        for name, total in (("left_text", "expected"), ("right_text", "found"))
    )
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
                figure_text(pl.col("difference")),
                known_en,
            )
        )
        .otherwise(pl.format("{}: cannot be decided whether {}{}", "place_en", "rule_en", known_en)),
        message_zh=pl.when("broken")
        .then(
            pl.format(
                "{}：{}不成立：{} {} {}（相差{}）{}",
                "place_zh",
                "rule_zh",
                left_text,
                sign,
                right_text,
                figure_text(pl.col("difference")),
                known_zh,
            )
        )
        .otherwise(pl.format("{}：无法判断{}是否成立{}", "place_zh", "rule_zh", known_zh)),
        expected=pl.when(pl.col("broken") & ~pl.col("lacks")).then("expected"),
        found=pl.when(pl.col("broken") & ~pl.col("lacks")).then("found"),
    )


def figure_text(value: pl.Expr) -> pl.Expr:
    """A figure as a person writes it: no decimals where it is whole."""
    return (
        pl.when(value == value.round())
        .then(value.cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(value.round(6).cast(pl.String))
    )


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        "report", "rule", "severity", "table", "line", "column", "expected", "found", "message", "message_zh", "where"
    )
