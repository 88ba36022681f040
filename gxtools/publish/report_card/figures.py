"""The printed figures that a finding is about, each with its name and place: what a person needs to recompute it."""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import CELL, promises
from gxtools.forms import Forms

_PLACE = ["table", "line", "column"]
_SHORT = 8  # cells up to which a sum is shown in full
_KEPT = {name: pl.col(name) for name in ("finding", "value", "state", "where")}
SCHEMA = {
    "finding": pl.String,
    "sign": pl.String,
    "zh": pl.String,
    "en": pl.String,
    "value": pl.Float64,
    "state": pl.String,
    "where": pl.String,
    "relation": pl.String,
    "left_out": pl.UInt32,
}


def figures_of(findings: pl.DataFrame, cells: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """One row a cell of each rule with terms that a finding names, and of each that holds a repeated figure; columns as
    ``SCHEMA``.

    ``sign`` is ``+`` or ``−``, and ``=`` or ``≥`` before the first cell of the right side; empty for repeated ones. Of
    long sums the figures of 0 are left out; ``left_out`` says how many. ``relation`` is ``=`` or ``>=``, or empty.
    """
    return pl.concat([_of_terms(findings, cells, forms), _repeated(findings, cells, forms)])


def _of_terms(findings: pl.DataFrame, cells: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    held = promises(forms)
    named = findings.select("finding", "report", "rule", *_PLACE, "message").join(
        held.instances.select("instance", "rule", "relation", "rule_en", *_PLACE),
        on=["rule", *_PLACE],
        how="inner",
        nulls_equal=True,
        maintain_order="left_right",
    )
    # Several rules of one form may bear one id and stand in one column; the message quotes its own.
    own = named.filter(pl.col("message").str.contains(pl.col("rule_en"), literal=True))
    terms = own.select("finding", "report", "instance", "relation").join(
        held.terms.select(*CELL, "instance", "left", "coefficient", "term_en", "term_zh"),
        on="instance",
        how="inner",
        maintain_order="left_right",
    )
    zero = pl.col("value") == 0
    shown = (
        terms.join(
            cells.select("report", *CELL, "value", "state", "where"),
            on=["report", *CELL],
            how="inner",
            maintain_order="left",
        )
        .with_columns(left_out=pl.when(pl.len() > _SHORT).then(zero.sum()).otherwise(0).over("finding"))
        .filter((pl.col("left_out") == 0) | ~zero.fill_null(False))
    )
    first = ~pl.col("left") & (pl.int_range(pl.len()).over("finding", "left") == 0)
    plus = pl.when(pl.col("coefficient") < 0).then(pl.lit("−")).otherwise(pl.lit("+"))
    sign = pl.when(first).then(pl.col("relation").replace(">=", "≥")).otherwise(plus)
    left_out = pl.col("left_out").cast(pl.UInt32)
    return shown.select("relation", sign=sign, zh="term_zh", en="term_en", left_out=left_out, **_KEPT).select(
        list(SCHEMA)
    )


def _repeated(findings: pl.DataFrame, cells: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """The cells of a report that hold a figure which stands in it twice."""
    twice = findings.filter((pl.col("rule") == "repeated_figure") & (pl.col("severity") == "warning"))
    return (
        twice.select("finding", "report", value="found")
        .join(cells, on=["report", "value"], how="inner", maintain_order="left_right")
        .join(promises(forms).cells, on=CELL, how="left", maintain_order="left")
        .select(
            sign=pl.lit(""),
            zh=pl.format("{}，{}", "line_zh", "column_zh"),
            en=pl.format("{}, {}", "line_en", "column_en"),
            relation=pl.lit(""),
            left_out=pl.lit(0, pl.UInt32),
            **_KEPT,
        )
        .select(list(SCHEMA))
    )
