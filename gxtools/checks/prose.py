"""Rules between a figure and the prose (``fee_lapse``): a line above 0 of which the text does not say a word."""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import cell_names
from gxtools.checks.wording import STATES_ZH, UNDECIDED_EN, UNDECIDED_ZH, figure_text
from gxtools.forms import Forms
from gxtools.forms.prose_rules import ProseRule, prose_rules
from gxtools.frames import SCHEMAS, frame


def figures_without_prose(cells: pl.DataFrame, sections: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """One row a line that is above 0, or may be, in a report whose text says nothing of it; frames as declared."""
    found = [_held(rule, cells, sections, forms) for rule in prose_rules(forms)]
    return pl.concat(found) if found else frame("problems", [])


def _held(rule: ProseRule, cells: pl.DataFrame, sections: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    value = pl.col("value")
    of_line = cells.filter((pl.col("table") == rule.table) & (pl.col("line") == rule.line))
    in_doubt = of_line.filter((value > 0) | value.is_null()).select("report").unique()
    if in_doubt.is_empty():
        return frame("problems", [])
    silent = (
        sections.join(in_doubt, on="report", how="semi")
        .group_by("report")
        .agg(
            says=pl.col("text").str.contains(rule.mentions).any(),
            read=((pl.col("section") == rule.section) & ~pl.col("text").str.contains(rule.lost)).any(),
        )
        .filter(pl.col("read") & ~pl.col("says"))
    )
    above, lacks = value > 0, value.is_null()
    state_zh = pl.col("state").replace_strict(STATES_ZH, default=None, return_dtype=pl.String)
    lines = (
        of_line.join(silent, on="report", how="semi", maintain_order="left")
        .join(cell_names(forms), on=["table", "line", "column"], how="left", maintain_order="left")
        .group_by("report", "table", "line", maintain_order=True)
        .agg(
            pl.col("line_en", "line_zh").first(),
            broken=above.any(),
            lacking=lacks.any() & (pl.col("state") != "absent").any(),
            found=value.filter(above).last(),
            where=pl.coalesce(pl.col("where").filter(above).last(), pl.col("where").drop_nulls().last()),
            lacking_en=pl.format("{} ({})", "cell_en", "state").filter(lacks).str.join(", "),
            lacking_zh=pl.format("{}（{}）", "cell_zh", state_zh).filter(lacks).str.join("、"),
        )
        .filter(pl.col("broken") | pl.col("lacking"))
    )
    return _worded(lines, rule)


def _worded(lines: pl.DataFrame, rule: ProseRule) -> pl.DataFrame:
    figure = figure_text(pl.col("found"))
    return lines.select(
        "report",
        rule=pl.lit(rule.id),
        severity=pl.when("broken").then(pl.lit(rule.severity)).otherwise(pl.lit("notice")),
        table="table",
        line="line",
        column=pl.lit(None, pl.String),
        expected=pl.lit(None, pl.Float64),
        found="found",
        message=pl.when("broken")
        .then(pl.format("{}: {}, and the text says nothing of it: " + rule.en, "line_en", figure))
        .otherwise(
            pl.format("{}: " + UNDECIDED_EN + " " + rule.en + "; no figure in {}", "line_en", "lacking_en"),
        ),
        message_zh=pl.when("broken")
        .then(pl.format("{}：{}，而正文未提及：" + rule.zh, "line_zh", figure))
        .otherwise(pl.format("{}：" + UNDECIDED_ZH + rule.zh + "；无数字：{}", "line_zh", "lacking_zh")),
        where="where",
    ).select(list(SCHEMAS["problems"]))
