"""Problems -> findings: with a stable fingerprint, whose report it is, the rule's article, and a person's verdict."""

from __future__ import annotations

import hashlib

import polars as pl

from gxtools.forms import Forms
from gxtools.forms.rule_names import articles_of_forms, rule_names

# What a finding is of. Neither the file's name nor its place on a disk enters: a finding outlives both.
_IDENTITY = ["agency", "kind", "year", "rule", "table", "line", "column", "expected", "found"]
_LENGTH = 12
_SURE = ["labels", "header inherited"]

COLUMNS = [
    *("finding", "report", "agency", "kind", "year", "source", "address", "rule", "rule_zh", "rule_en", "severity"),
    *("table", "line", "column", "expected", "found", "difference", "article", "message", "message_zh", "where"),
    *("may_be_reading", "verdict", "note"),
]


def findings(
    reports: pl.DataFrame, cells: pl.DataFrame, problems: pl.DataFrame, verdicts: pl.DataFrame, forms: Forms
) -> pl.DataFrame:
    """One row a problem, in the order of reports and, within one, of weight; columns as ``COLUMNS``.

    ``finding`` is a fingerprint of agency, year, rule, place and figures: it stays the same when the check is run
    again, and changes when a figure does. ``difference`` is found less expected. ``may_be_reading`` where a fault of
    reading could explain it: some cell in its place was not placed by its labels, or could not be read for certain.
    """
    order = pl.col("severity").replace_strict({"error": 0, "warning": 1, "notice": 2}, return_dtype=pl.Int8)
    whose = reports.select("report", "agency", "kind", "year", "source", "address").with_row_index("order")
    printed = cells.select("report", "table", "form").unique(["report", "table"], keep="first")
    found = (
        problems.join(whose, on="report", how="left", maintain_order="left")
        .join(_names(forms), on="rule", how="left", maintain_order="left")
        .join(printed, on=["report", "table"], how="left", maintain_order="left")
        .with_columns(_articles(forms))
        .with_columns(difference=pl.col("found") - pl.col("expected"))
        .sort("order", order, maintain_order=True)
    )
    found = found.with_columns(_fingerprints(found), _may_be_reading(found, cells, problems))
    return found.join(verdicts, on="finding", how="left", maintain_order="left").select(COLUMNS)


def _names(forms: Forms) -> pl.DataFrame:
    rows = [(name.id, name.zh, name.en, name.article, name.since) for name in rule_names(forms).values()]
    return pl.DataFrame(rows, schema=["rule", "rule_zh", "rule_en", "article", "since"], orient="row")


def _articles(forms: Forms) -> pl.Expr:
    """What the very rule rests on in the form of its table; else what it rests on in every form, since that year."""
    article = pl.when(pl.col("year") >= pl.col("since")).then("article").otherwise(pl.lit(""))
    for form, rule, sentence, own in articles_of_forms(forms):
        its = (pl.col("form") == form) & (pl.col("rule") == rule)
        article = (
            pl.when(its & pl.col("message").str.contains(sentence, literal=True)).then(pl.lit(own)).otherwise(article)
        )
    return article.alias("article")


def _fingerprints(found: pl.DataFrame) -> pl.Series:
    """A hash of what a finding is of; of several alike (two tables' notes) the second gets another by its number."""
    identity = found.select(
        text=pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in _IDENTITY], separator="\x1f")
    ).with_columns(copy=pl.int_range(pl.len()).over("text"))
    hashes = [hashlib.sha256(f"{text}\x1f{copy}".encode()).hexdigest()[:_LENGTH] for text, copy in identity.iter_rows()]
    return pl.Series("finding", hashes, pl.String)


def _may_be_reading(found: pl.DataFrame, cells: pl.DataFrame, problems: pl.DataFrame) -> pl.Series:
    """Whether a doubtful cell lies in a finding's cell, line, column or table."""
    doubtful = pl.concat(
        [
            cells.filter(
                (pl.col("state") == "unreadable") | ((pl.col("state") != "absent") & ~pl.col("evidence").is_in(_SURE))
            ).select("report", "table", "line", "column"),
            problems.filter(pl.col("rule").is_in(["uncertain_reading", "unreadable_cell"])).select(
                "report", "table", "line", "column"
            ),
        ]
    ).unique()
    place = found.select("report", "table", "line", "column").with_row_index("number")
    pairs = place.join(doubtful, on="report", how="inner", suffix="_doubtful")
    met = pl.lit(True)
    for name in ("table", "line", "column"):
        met = met & (
            pl.col(name).is_null() | pl.col(f"{name}_doubtful").is_null() | (pl.col(name) == pl.col(f"{name}_doubtful"))
        )
    return (
        place.select(pl.col("number").is_in(pairs.filter(met)["number"].unique().implode()))
        .to_series()
        .alias("may_be_reading")
    )
