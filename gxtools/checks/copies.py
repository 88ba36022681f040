"""What stands in last year's report already: prose (``boilerplate``), large figures (``repeated_figure``)."""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import cell_names
from gxtools.checks.single_cells import LARGE
from gxtools.checks.wording import figure_text
from gxtools.checks.years import pairs_of_years
from gxtools.forms import Forms
from gxtools.frames import SCHEMAS, frame

_COPIED = 0.9  # the share of a text's sentences that stand in the other report word for word
_SENTENCES = 5  # of a text that is looked at; formulas of one or two sentences are everybody's
_LONG = 12  # characters of a sentence that is one's own rather than a heading
_PROSE = ["overview", "shortcomings", "other"]
# Stocks stay as they are from year to year; only what is counted anew each year is a copy when it comes again.
_FLOWS = ["made", "published", "repealed", "decisions", "amount", "projects"]


def copied_prose(reports: pl.DataFrame, sections: pl.LazyFrame) -> pl.DataFrame:
    """``boilerplate``: nine tenths of a text's sentences stand word for word in the body's report of last year.

    Figures are left out of the comparison: a report that changed nothing but its numbers was written by copying.
    """
    pairs = pairs_of_years(reports)
    if pairs.is_empty():
        return frame("problems", [])
    sentence = pl.col("sentence").str.replace_all(r"[\s\d０-９，、：:“”\"（）()]", "")
    sentences = (
        sections.filter(pl.col("section").is_in(_PROSE))
        .join(_either(pairs).lazy(), on="report", how="semi")
        .select("report", "section", "where", sentence=pl.col("text").str.split("。"))
        .explode("sentence")
        .with_columns(sentence=sentence)
        .filter(pl.col("sentence").str.len_chars() >= _LONG)
        .with_columns(sentence=pl.col("sentence").hash())
        .unique(["report", "section", "sentence"], maintain_order=True)
        .collect()
    )
    last = pairs.select("report", "earlier", "earlier_source").join(
        sentences.select("section", "sentence", earlier="report"), on="earlier", how="inner"
    )
    seen = sentences.join(
        last.unique(["report", "section", "sentence"]), on=["report", "section", "sentence"], how="left"
    ).sort("report", "section", maintain_order=True)
    copied = (
        seen.group_by("report", "section", maintain_order=True)
        .agg(
            sentences=pl.len(),
            again=pl.col("earlier").count(),
            source=pl.col("earlier_source").drop_nulls().first(),
            where=pl.col("where").first(),
        )
        .filter((pl.col("sentences") >= _SENTENCES) & (pl.col("again") >= _COPIED * pl.col("sentences")))
    )
    return _rows(
        copied,
        rule="boilerplate",
        expected=pl.lit(None, pl.Float64),
        found=pl.lit(None, pl.Float64),
        message=pl.format(
            "section '{}': {} of {} sentences stand in last year's report word for word ({})",
            *("section", "again", "sentences", "source"),
        ),
        message_zh=pl.format("{}部分：{}句（共{}句）与上年报告相同（{}）", "section", "again", "sentences", "source"),
    )


def figures_of_last_year(reports: pl.DataFrame, cells: pl.LazyFrame, forms: Forms) -> pl.DataFrame:
    """``repeated_figure`` across years: a large figure that is counted anew each year is last year's to the digit."""
    pairs = pairs_of_years(reports)
    if pairs.is_empty():
        return frame("problems", [])
    value = pl.col("value")
    large = (
        cells.filter((pl.col("table") == "proactive") & pl.col("column").is_in(_FLOWS))
        .filter((value >= LARGE) & (value % LARGE != 0))
        .select("report", "table", "line", "column", "value", "where")
        .collect()
    )
    keys = ["table", "line", "column", "value"]
    again = (
        large.join(pairs.select("report", "earlier", "earlier_source"), on="report", how="inner", maintain_order="left")
        .join(large.select(*keys, earlier="report", earlier_where="where"), on=["earlier", *keys], how="inner")
        .unique(["report", *keys], keep="first", maintain_order=True)
        .join(cell_names(forms), on=["table", "line", "column"], how="left", maintain_order="left")
    )
    return _rows(
        again,
        rule="repeated_figure",
        expected=pl.lit(None, pl.Float64),
        found=value,
        message=pl.format(
            "{}: {} is last year's figure to the digit ({}, {}): one of them may be a copy",
            *("cell_en", figure_text(value), "earlier_source", "earlier_where"),
        ),
        message_zh=pl.format(
            "{}：{}与上年数字完全相同（{}，{}），其中之一可能是误抄",
            *("cell_zh", figure_text(value), "earlier_source", "earlier_where"),
        ),
    )


def _either(pairs: pl.DataFrame) -> pl.DataFrame:
    """Every report that is one of a pair."""
    return pl.concat([pairs.select("report"), pairs.select(report="earlier")]).unique()


def _rows(copies: pl.DataFrame, /, **values: pl.Expr | str) -> pl.DataFrame:
    """The declared columns, every one that is not there null; each row a notice."""
    there = {"severity": pl.lit("notice")} | {k: pl.lit(v) if isinstance(v, str) else v for k, v in values.items()}
    lacking = {name: pl.lit(None, pl.String) for name in ("table", "line", "column") if name not in copies.columns}
    return copies.with_columns(**there, **lacking).select(list(SCHEMAS["problems"]))
