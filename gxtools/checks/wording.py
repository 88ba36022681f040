"""Words that the messages of several rules have in common."""

from __future__ import annotations

import polars as pl

UNDECIDED_EN, UNDECIDED_ZH = "cannot be decided whether", "无法判断"
STATES_ZH = {"blank": "空白", "dash": "横线", "unreadable": "无法识别", "absent": "缺失"}
# Where a cell stands that no document has: a simulated one.
NO_PLACE = "–"


def undecided() -> pl.Expr:
    """Whether a row of ``problems`` says that a lacking figure leaves its rule open."""
    return (pl.col("severity") == "notice") & pl.col("message").str.contains(UNDECIDED_EN, literal=True)


def figure_text(value: pl.Expr) -> pl.Expr:
    """A figure as a person writes it: no decimals where it is whole."""
    return (
        pl.when(value == value.round())
        .then(value.cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(value.round(6).cast(pl.String))
    )
