"""``repeated_figure`` across reports: large figures of one body that stand in the same cells of another's report.

Any two figures may be the same by chance, and over a large corpus some are. Two figures of one size agree to the last
of d digits about once in 10 ** d bodies; only agreement that chance would not bring about even once among all pairs of
bodies that are compared (with the rate that ``outliers.toml`` states) is told. Compared are bodies of one level and
kind in one year: a government and its office, or its departments, may count the same things.
"""

from __future__ import annotations

import polars as pl

from gxtools.checks.choosing import chosen_cells
from gxtools.checks.promises import cell_names
from gxtools.checks.single_cells import LARGE
from gxtools.checks.wording import figure_text
from gxtools.forms import Forms
from gxtools.forms.outlier_cells import outlier_cells
from gxtools.frames import SCHEMAS, frame

_CELL = ["table", "line", "column"]
_LIKE = ["level", "kind", "year"]


def figures_of_other_bodies(reports: pl.DataFrame, cells: pl.LazyFrame, forms: Forms) -> pl.DataFrame:
    """One ``notice`` a report that shares large figures with an earlier one of another body; frames as declared.

    It stands on the first shared cell in printed order. Of several versions of a body's year the first counts.
    """
    chosen = outlier_cells(forms)
    bodies = (
        reports.drop_nulls(["agency", *_LIKE])
        .unique(["agency", *_LIKE], keep="first", maintain_order=True)
        .select("report", "agency", *_LIKE, source=pl.coalesce("source", "report"))
        .with_row_index("order")
    )
    pairs = bodies.group_by(_LIKE).len().select((pl.col("len") * (pl.col("len") - 1) / 2).sum()).item()
    if not pairs:
        return frame("problems", [])
    large = (
        chosen_cells(cells, pl.DataFrame(chosen.cells, schema=_CELL, orient="row"))
        .filter((pl.col("value") >= LARGE) & (pl.col("value") % LARGE != 0))
        .select("report", *_CELL, "value", "where")
        .join(bodies.lazy(), on="report", how="inner", maintain_order="left")
        .collect()
        .sort("order", maintain_order=True)
    )
    shared = _beyond_chance(large, pairs, chosen.false_discoveries)
    return _worded(shared.join(cell_names(forms), on=_CELL, how="left", maintain_order="left"))


def telling_digits(value: pl.Expr) -> pl.Expr:
    """How many digits of a figure must agree by chance where another of its size is the same.

    The first is its size; digits behind the last that is not 0 are what rounding leaves.
    """
    hundredths = (value * 100).round().cast(pl.Int64)
    return hundredths.cast(pl.String).str.strip_chars_end("0").str.len_chars().cast(pl.Int64) - 1


def _beyond_chance(large: pl.DataFrame, pairs: float, rate: float) -> pl.DataFrame:
    """The first shared cell of every report that agrees with an earlier one beyond chance.

    Each figure is compared with the first report that has it: the work grows with the figures, not with their pairs.
    """
    same = [*_LIKE, *_CELL, "value"]
    first = [pl.col(name).first().over(same).alias(f"other_{name}") for name in ("order", "agency", "source")]
    shared = (
        large.with_columns(figures=pl.len().over("report"))
        .with_columns(first)
        .filter(pl.col("order") != pl.col("other_order"))
        .with_columns(digits=telling_digits(pl.col("value")))
        .group_by("order", "other_order", maintain_order=True)
        .agg(
            pl.col("report", "agency", *_CELL, "value", "where", "other_agency", "other_source", "figures").first(),
            shared=pl.len(),
            digits=pl.col("digits").sum(),
        )
    )
    # Any of its figures might have been the ones that agree.
    chance = pl.lit(pairs).log10() + pl.col("shared") * pl.col("figures").log(10) - pl.col("digits")
    return (
        shared.filter(chance <= pl.lit(rate).log10())
        .sort("order", "digits", descending=[False, True], maintain_order=True)
        .unique("report", keep="first", maintain_order=True)
    )


def _worded(shared: pl.DataFrame) -> pl.DataFrame:
    value = figure_text(pl.col("value"))
    return (
        shared.sort("order")
        .select(
            "report",
            rule=pl.lit("repeated_figure"),
            severity=pl.lit("notice"),
            table="table",
            line="line",
            column="column",
            expected=pl.lit(None, pl.Float64),
            found="value",
            message=pl.format(
                "{}: {}, and {} large figures in all, stand in the report of {} too ({}): one of them may be a copy",
                *("cell_en", value, "shared", "other_agency", "other_source"),
            ),
            message_zh=pl.format(
                "{}：{}等共{}个较大数字与{}的报告（{}）完全相同，其中之一可能是误抄",
                *("cell_zh", value, "shared", "other_agency", "other_source"),
            ),
            where="where",
        )
        .select(list(SCHEMAS["problems"]))
    )
