"""Rules on single cells: one that holds no figure, one whose sign is wrong, one that repeats another's large figure."""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import CELL, Promises
from gxtools.checks.wording import NO_PLACE, figure_text
from gxtools.frames import frame

LARGE = 1000


_EMPTY = frame("problems", [])


def blank_cells(cells: pl.DataFrame, promises: Promises) -> pl.DataFrame:
    """``blank_cell``: blanks, dashes, and cells that are absent from a table which is there."""
    empty = cells.filter(pl.col("state").is_in(["blank", "dash", "absent"]))
    if empty.is_empty():
        return _EMPTY
    there = cells.filter(pl.col("state") != "absent").select("report", "table").unique()
    empty = empty.join(there, on=["report", "table"], how="semi")
    state_en = pl.col("state").replace_strict(
        {"blank": "is blank", "dash": "holds a dash", "absent": "is not in the document"}, return_dtype=pl.String
    )
    state_zh = pl.col("state").replace_strict(
        {"blank": "为空白", "dash": "只有横线类符号", "absent": "在文件中没有"}, return_dtype=pl.String
    )
    return _rows(
        _labelled(empty, promises).with_columns(
            rule=pl.lit("blank_cell"),
            severity=pl.lit("warning"),
            expected=pl.lit(None, pl.Float64),
            found=pl.lit(None, pl.Float64),
            message=pl.format("{}, {}: {}; a case that did not happen is 0", "line_en", "column_en", state_en),
            message_zh=pl.format("{}，{}：{}；未发生应填0", "line_zh", "column_zh", state_zh),
        )
    )


def signs(cells: pl.DataFrame, promises: Promises) -> pl.DataFrame:
    """``sign``: a count is a whole number not below 0, an amount not below 0; a change may be negative."""
    value = pl.col("value")
    odd = cells.filter((value < 0) | ((pl.col("unit") == "count") & (value != value.round())))
    if odd.is_empty():
        return _EMPTY
    named = _labelled(odd, promises).filter(~(pl.col("signed") & (value == value.round())))
    return _rows(
        named.with_columns(
            rule=pl.lit("sign"),
            severity=pl.lit("warning"),
            expected=pl.lit(None, pl.Float64),
            found=value,
            message=pl.format(
                "{}, {}: {} is no {}",
                "line_en",
                "column_en",
                figure_text(value),
                pl.when(value < 0)
                .then(pl.lit("figure of this column: it is below 0"))
                .otherwise(pl.lit("whole number")),
            ),
            message_zh=pl.format(
                "{}，{}：{}{}",
                "line_zh",
                "column_zh",
                figure_text(value),
                pl.when(value < 0).then(pl.lit("小于0")).otherwise(pl.lit("不是整数")),
            ),
        )
    )


def repeated_figures(cells: pl.DataFrame, promises: Promises) -> pl.DataFrame:
    """``repeated_figure``: a figure of at least 1,000, no round thousand, in two lines of ``proactive`` or two tables.

    One row a figure, on the second cell in printed order, naming both.
    """
    value = pl.col("value")
    key = ["report", "value"]
    large = cells.filter((value >= LARGE) & (value % LARGE != 0)).filter(pl.struct(key).is_duplicated())
    if large.is_empty():
        return _EMPTY
    large = _labelled(large, promises).sort("position", maintain_order=True)
    first = [
        pl.col(name).first().over(key).alias(f"first_{name}")
        for name in ("table", "line", "line_en", "line_zh", "column_en", "column_zh", "where")
    ]
    elsewhere = (pl.col("table") != pl.col("first_table")) | (
        (pl.col("table") == "proactive") & (pl.col("line") != pl.col("first_line"))
    )
    repeated = large.with_columns(first).filter(elsewhere).unique(key, keep="first", maintain_order=True)
    return _rows(
        repeated.with_columns(
            rule=pl.lit("repeated_figure"),
            severity=pl.lit("warning"),
            expected=pl.lit(None, pl.Float64),
            found=value,
            message=pl.format(
                "{} stands in '{}, {}' ({}) and again in '{}, {}' ({}): one of them may be a copy",
                figure_text(value),
                "first_line_en",
                "first_column_en",
                pl.col("first_where").fill_null(NO_PLACE),
                "line_en",
                "column_en",
                pl.col("where").fill_null(NO_PLACE),
            ),
            message_zh=pl.format(
                "{}既出现在“{}，{}”（{}），又出现在“{}，{}”（{}）：其中之一可能是误抄",
                figure_text(value),
                "first_line_zh",
                "first_column_zh",
                pl.col("first_where").fill_null(NO_PLACE),
                "line_zh",
                "column_zh",
                pl.col("where").fill_null(NO_PLACE),
            ),
        )
    )


def _labelled(cells: pl.DataFrame, promises: Promises) -> pl.DataFrame:
    return cells.join(promises.cells, on=CELL, how="left", maintain_order="left")


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        "report", "rule", "severity", "table", "line", "column", "expected", "found", "message", "message_zh", "where"
    )
