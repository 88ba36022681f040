"""What stands in last year's report already: prose (``boilerplate``), large figures (``repeated_figure``)."""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import cell_names
from gxtools.checks.shared_figures import telling_digits
from gxtools.checks.single_cells import LARGE
from gxtools.checks.wording import NO_PLACE, figure_text
from gxtools.checks.years import pairs_of_years
from gxtools.forms import Forms
from gxtools.forms.outlier_cells import outlier_cells
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
    """``repeated_figure`` across years: a large figure that is counted anew each year is last year's to the digit.

    In a large corpus some are by chance; the step-up procedure of Benjamini and Hochberg (1995) bounds their share.
    """
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
    cell = ["table", "line", "column"]
    compared = (
        large.join(pairs.select("report", "earlier", "earlier_source"), on="report", how="inner", maintain_order="left")
        .join(
            large.select(*cell, earlier="report", earlier_value="value", earlier_where="where"),
            on=["earlier", *cell],
            how="inner",
            maintain_order="left",
        )
        .unique(["report", *cell], keep="first", maintain_order=True)
    )
    again = _beyond_chance(compared, outlier_cells(forms).false_discoveries).join(
        cell_names(forms), on=cell, how="left", maintain_order="left"
    )
    return _rows(
        again,
        rule="repeated_figure",
        expected=pl.lit(None, pl.Float64),
        found=value,
        message=pl.format(
            "{}: {} is last year's figure to the digit ({}, {}): one of them may be a copy",
            *("cell_en", figure_text(value), "earlier_source", pl.col("earlier_where").fill_null(NO_PLACE)),
        ),
        message_zh=pl.format(
            "{}：{}与上年数字完全相同（{}，{}），其中之一可能是误抄",
            *("cell_zh", figure_text(value), "earlier_source", pl.col("earlier_where").fill_null(NO_PLACE)),
        ),
    )


def _beyond_chance(compared: pl.DataFrame, rate: float) -> pl.DataFrame:
    """Of figures beside last year's those that are the same, so far as chance would not bring that about."""
    same = pl.col("value") == pl.col("earlier_value")
    # Figures of one cell in two years are mostly of one size: within a factor of two, one in so many is the same. Any
    # of the report's figures might have been the ones that are.
    logarithm = (2.0 * pl.len()).log10() - telling_digits(pl.col("value"))
    reports = (
        compared.with_columns(logarithm=logarithm.over("report"))
        .group_by("report", maintain_order=True)
        .agg(chance=pl.lit(10.0).pow(pl.col("logarithm").filter(same).sum()), same=same.any())
    )
    ordered = reports.filter("same").sort("chance", maintain_order=True)
    rank = pl.int_range(1, pl.len() + 1)
    last = ordered.select(rank.filter(pl.col("chance") <= rate * rank / reports.height).max()).item() or 0
    return compared.filter(same).join(ordered.head(last), on="report", how="semi", maintain_order="left")


def _either(pairs: pl.DataFrame) -> pl.DataFrame:
    """Every report that is one of a pair."""
    return pl.concat([pairs.select("report"), pairs.select(report="earlier")]).unique()


def _rows(copies: pl.DataFrame, /, **values: pl.Expr | str) -> pl.DataFrame:
    """The declared columns, every one that is not there null; each row a notice."""
    there = {"severity": pl.lit("notice")} | {k: pl.lit(v) if isinstance(v, str) else v for k, v in values.items()}
    lacking = {name: pl.lit(None, pl.String) for name in ("table", "line", "column") if name not in copies.columns}
    return copies.with_columns(**there, **lacking).select(list(SCHEMAS["problems"]))
