"""``parent_sum``: a government's consolidated figures against the sum of those of its bodies that the corpus holds.

The corpus never holds all bodies, so their sum is a bound from below. Only a report whose prose says that it counts the
whole area is held to it; one that counts only requests addressed to the government itself may lie below its bodies.
"""

from __future__ import annotations

import polars as pl

from gxtools.checks.promises import TOLERANCE, cell_names
from gxtools.checks.wording import STATES_ZH, UNDECIDED_EN, UNDECIDED_ZH, figure_text
from gxtools.forms import Forms
from gxtools.forms.parent_rules import ParentRule, parent_rules
from gxtools.frames import SCHEMAS, frame

_CELL = ["table", "line", "column"]
_OWN_KINDS = ("office", "department", "institution")
# Counties with no prefecture between them and their province: those of the four municipalities, and codes xx90yy.
_WITHOUT_PREFECTURE = r"^(?:11|12|31|50)|^..90"


def check_parents(reports: pl.DataFrame, cells: pl.LazyFrame, sections: pl.LazyFrame, forms: Forms) -> pl.DataFrame:
    """One row a figure of a consolidated report that lies below the sum of its bodies', as ``expected``.

    Frames as declared; of ``cells`` and ``sections`` only what the rule needs is collected. A body's figure that is
    not printed adds nothing; of several versions of its report the least figure counts. Where the government's own is
    not printed, and its bodies' are not all 0, a notice says that it cannot be decided.
    """
    found = [_held(rule, reports, cells, sections, forms) for rule in parent_rules(forms)]
    return pl.concat(found) if found else frame("problems", [])


def _held(
    rule: ParentRule, reports: pl.DataFrame, cells: pl.LazyFrame, sections: pl.LazyFrame, forms: Forms
) -> pl.DataFrame:
    pairs = _pairs(reports, _consolidated(reports, sections, rule))
    if pairs.is_empty():
        return frame("problems", [])
    compared = pl.DataFrame(rule.cells, schema=["table", "column"], orient="row").lazy()
    needed = (
        cells.join(compared, on=["table", "column"], how="semi")
        .select("report", *_CELL, "value", "state", "where")
        .collect()
    )
    printed = needed.filter(pl.col("value").is_not_null()).rename({"report": "body"})
    of_bodies = (
        pairs.join(printed, on="body", how="inner", maintain_order="left_right")
        .group_by("report", "agency", *_CELL, maintain_order=True)
        .agg(pl.col("value").min())
        .group_by("report", *_CELL, maintain_order=True)
        .agg(pl.col("value").sum().alias("bodies_sum"), bodies=pl.len())
    )
    below = of_bodies.join(needed, on=["report", *_CELL], how="inner", maintain_order="left").filter(
        pl.col("value").fill_null(0) < pl.col("bodies_sum") - TOLERANCE, pl.col("state") != "absent"
    )
    return _worded(below.join(cell_names(forms), on=_CELL, how="left", maintain_order="left"), rule)


def _consolidated(reports: pl.DataFrame, sections: pl.LazyFrame, rule: ParentRule) -> pl.DataFrame:
    """The reports of governments whose prose says that they count the whole area."""
    governments = reports.filter((pl.col("kind") == "government") & pl.col("region_code").is_not_null())
    says = (
        sections.filter(pl.col("section").is_in(["overview", "requests"]))
        .join(governments.lazy().select("report"), on="report", how="semi")
        .filter(pl.col("text").str.contains(rule.consolidated))
        .select("report")
        .unique()
        .collect()
    )
    return governments.join(says, on="report", how="semi", maintain_order="left")


def _pairs(reports: pl.DataFrame, governments: pl.DataFrame) -> pl.DataFrame:
    """Each consolidated report with each report of the same year by a body just below."""
    above = governments.select("report", "year", "level", code="region_code")
    of_bodies = reports.filter(pl.col("agency").is_not_null() & pl.col("region_code").is_not_null()).select(
        "year", "level", "kind", "agency", body="report", code="region_code"
    )
    code, level, kind = pl.col("code"), pl.col("level"), pl.col("kind")
    county = (kind == "government") & (level == "county")
    own = of_bodies.filter(kind.is_in(_OWN_KINDS))
    township = of_bodies.filter((level == "township") & kind.is_in(["government", "office"])).with_columns(
        level=pl.lit("county")
    )
    prefecture = of_bodies.filter((kind == "government") & (level == "prefecture")).with_columns(
        level=pl.lit("province"), code=code.str.head(2) + "0000"
    )
    direct = code.str.contains(_WITHOUT_PREFECTURE)
    under_province = of_bodies.filter(county & direct).with_columns(
        level=pl.lit("province"), code=code.str.head(2) + "0000"
    )
    under_prefecture = of_bodies.filter(county & ~direct).with_columns(
        level=pl.lit("prefecture"), code=code.str.head(4) + "00"
    )
    below = pl.concat([own, township, prefecture, under_province, under_prefecture])
    return above.join(below, on=["year", "level", "code"], how="inner", maintain_order="left_right").select(
        "report", "body", "agency"
    )


def _worded(below: pl.DataFrame, rule: ParentRule) -> pl.DataFrame:
    value, bodies_sum = figure_text(pl.col("value")), figure_text(pl.col("bodies_sum"))
    lacks = pl.col("value").is_null()
    state_zh = pl.col("state").replace_strict(STATES_ZH, default=None, return_dtype=pl.String)
    broken_en = pl.format(
        "{}: does not hold that " + rule.en + ": {} < {} of {} bodies whose reports are here",
        *("cell_en", value, bodies_sum, "bodies"),
    )
    broken_zh = pl.format(
        "{}：" + rule.zh + "不成立：{} < {}（本数据集中{}个机关之和）", *("cell_zh", value, bodies_sum, "bodies")
    )
    open_en = pl.format(
        "{}: " + UNDECIDED_EN + " " + rule.en + " ({} of {} bodies whose reports are here); no figure in it ({})",
        *("cell_en", bodies_sum, "bodies", "state"),
    )
    open_zh = pl.format(
        "{}：" + UNDECIDED_ZH + rule.zh + "是否成立（本数据集中{}个机关之和为{}）；该单元格无数字（{}）",
        *("cell_zh", "bodies", bodies_sum, state_zh),
    )
    return below.select(
        "report",
        rule=pl.lit(rule.id),
        severity=pl.when(lacks).then(pl.lit("notice")).otherwise(pl.lit(rule.severity)),
        table="table",
        line="line",
        column="column",
        expected=pl.when(~lacks).then("bodies_sum"),
        found="value",
        message=pl.when(lacks).then(open_en).otherwise(broken_en),
        message_zh=pl.when(lacks).then(open_zh).otherwise(broken_zh),
        where="where",
    ).select(list(SCHEMAS["problems"]))
