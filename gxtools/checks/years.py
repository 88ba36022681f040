"""Rules between the report of a body and its report of the year before -> ``problems`` of the later report.

Two reports are of one body where agency and kind are the same; a renamed body begins anew, and a gap between years is
no fault. Where a body has several versions of last year's report, only what all of them say is held against this one.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from gxtools.checks.choosing import chosen_cells
from gxtools.checks.promises import TOLERANCE
from gxtools.checks.wording import STATES_ZH, UNDECIDED_EN, UNDECIDED_ZH, figure_text
from gxtools.forms import Column, Forms, Line, Table
from gxtools.forms.year_rules import YearRule, YearTerm, year_rules
from gxtools.frames import SCHEMAS, frame

_CELL = ["table", "line", "column"]
BODY = ["agency", "kind"]
_DIFFERS = "versions differ"
_STATES_ZH = {**STATES_ZH, _DIFFERS: "各版本不一"}


def check_years(reports: pl.DataFrame, cells: pl.LazyFrame, forms: Forms) -> pl.DataFrame:
    """``carry_over`` and ``stock_flow`` over a corpus.

    Takes ``reports`` as declared and ``cells`` lazily: only the few that the rules name are collected. One row an
    instance that does not hold, with ``expected`` (what last year's report implies) and ``found``; a notice where a
    lacking figure, or versions of last year's report that differ, leave it undecided.
    """
    terms = _terms(forms)
    pairs = pairs_of_years(reports)
    if pairs.is_empty():
        return frame("problems", [])
    sums = _sums(_met(reports, pairs, terms, _needed(cells, terms)))
    return _worded(sums, pairs)


def last_year(reports: pl.DataFrame, cells: pl.LazyFrame, forms: Forms) -> dict[str, dict[tuple[str, str, str], float]]:
    """By report, what last year's report says of cells that must equal this year's: ``previous.`` and this year's line.

    Only equations of one cell with one (``carry_over``), and only figures that all versions of last year's report give.
    """
    terms = _terms(forms).filter(pl.col("size") == 2)
    pairs = pairs_of_years(reports)
    if pairs.is_empty():
        return {}
    met = _met(reports, pairs, terms, _needed(cells, terms))
    both = met.filter("previous").join(
        met.filter(~pl.col("previous")).select("report", "instance", this_line="line", this_column="column"),
        on=["report", "instance"],
        how="inner",
        maintain_order="left",
    )
    found: dict[str, dict[tuple[str, str, str], float]] = {}
    rows = both.filter(pl.col("value").is_not_null()).select("report", "table", "this_line", "this_column", "value")
    for report, table, line, column, value in rows.iter_rows():
        found.setdefault(report, {})[table, f"previous.{line}", column] = value
    return found


def _needed(cells: pl.LazyFrame, terms: pl.DataFrame) -> pl.DataFrame:
    return (
        chosen_cells(cells, terms.select(_CELL).unique()).select("report", *_CELL, "value", "state", "where").collect()
    )


@lru_cache(maxsize=8)
def _terms(forms: Forms) -> pl.DataFrame:
    """One row a term of a rule applied to one line or column (``instance``), with the names of that."""
    rows: dict[tuple[object, ...], tuple[object, ...]] = {}
    for order, rule in enumerate(year_rules(forms)):
        for form in forms.all:
            table = next((table for table in form.tables if table.id == rule.table), None)
            if table is None:
                continue
            for key, terms in rule.instances(table).items():
                place = table.column(key) if rule.axis == "columns" else table.line(key)
                for term in terms:
                    id = (order, key, term)
                    rows[id] = (
                        *(f"{order:02}.{key}", len(terms), *_of_rule(rule, key), rule.table, *term),
                        *(*_named(table, place, rule), *_label(table, term, rule)),
                    )
    schema = {
        "instance": pl.String,
        "size": pl.Int64,
        **dict.fromkeys(("rule", "severity"), pl.String),
        "since": pl.Int32,
        **dict.fromkeys(("whole", "rule_en", "rule_zh", "own_line", "own_column"), pl.String),
        **dict.fromkeys(_CELL, pl.String),
        "previous": pl.Boolean,
        "left": pl.Boolean,
        "signed": pl.Float64,
        **dict.fromkeys(("place_en", "place_zh", "term_en", "term_zh"), pl.String),
    }
    return pl.DataFrame(list(rows.values()), schema=schema, orient="row")


def _named(table: Table, place: Line | Column, rule: YearRule) -> tuple[str, str]:
    down = rule.axis == "columns"
    en = f"{table.en}, {'column' if down else 'line'} '{place.en}'"
    return en, f"{table.zh}“{place.zh}”{'栏' if down else '行'}"


def _label(table: Table, term: YearTerm, rule: YearRule) -> tuple[str, str]:
    named = table.line(term.line) if rule.axis == "columns" else table.column(term.column)
    year_en, year_zh = ("last year's", "上年") if term.previous else ("this year's", "本年")
    return f"{year_en} '{named.en}'", f"{year_zh}“{named.zh}”"


def _of_rule(rule: YearRule, key: str) -> tuple[object, ...]:
    down = rule.axis == "columns"
    whole = None if rule.whole in (None, key) else rule.whole
    return rule.id, rule.severity, rule.since, whole, rule.en, rule.zh, None if down else key, key if down else None


def pairs_of_years(reports: pl.DataFrame) -> pl.DataFrame:
    """Each report of a body whose year before is there too, with the first version of that one's report.

    Columns: ``report``, ``year``, those of the body, ``earlier`` and ``earlier_source``.
    """
    told = _of_bodies(reports)
    before = told.group_by(*BODY, year=pl.col("year") + 1, maintain_order=True).agg(
        earlier=pl.col("report").first(), earlier_source=pl.coalesce("source", "report").first()
    )
    return told.drop("source").join(
        before, on=[*BODY, "year"], how="inner", nulls_equal=True, maintain_order="left_right"
    )


def _of_bodies(reports: pl.DataFrame) -> pl.DataFrame:
    known = reports.filter(pl.col("agency").is_not_null() & pl.col("year").is_not_null())
    return known.select("report", "year", "source", *BODY)


def _met(reports: pl.DataFrame, pairs: pl.DataFrame, terms: pl.DataFrame, needed: pl.DataFrame) -> pl.DataFrame:
    """The cell of each term of each instance; that of last year only where every version says the same."""
    now = needed.join(pairs.select("report", "year"), on="report", how="inner").join(
        terms.filter(~pl.col("previous")), on=_CELL, how="inner"
    )
    value, state = pl.col("value"), pl.col("state")
    versions = (
        needed.join(_of_bodies(reports), on="report", how="inner", maintain_order="left")
        .group_by(*BODY, "year", *_CELL, maintain_order=True)
        .agg(
            pl.when(value.n_unique() == 1).then(value.first()).alias("value"),
            pl.when(value.n_unique() == 1).then(state.first()).otherwise(pl.lit(_DIFFERS)).alias("state"),
            pl.col("where").first(),
        )
        .with_columns(year=pl.col("year") + 1)
    )
    last = (
        pairs.select("report", "year", *BODY)
        .join(versions, on=[*BODY, "year"], how="inner", nulls_equal=True, maintain_order="left_right")
        .join(terms.filter("previous"), on=_CELL, how="inner", maintain_order="left_right")
        .select(now.columns)
    )
    return pl.concat([now, last]).filter(pl.col("year") >= pl.col("since"))


def _sums(met: pl.DataFrame) -> pl.DataFrame:
    """Every instance that has all its cells, and something printed on both sides of the year; which hold."""
    lacking, there = pl.col("value").is_null(), pl.col("state") != "absent"
    weighed = pl.col("value") * pl.col("signed")
    state_zh = pl.col("state").replace_strict(_STATES_ZH, default=None, return_dtype=pl.String)
    above, below = pl.col("difference") > TOLERANCE, pl.col("difference") < -TOLERANCE
    return (
        met.group_by("report", "instance", maintain_order=True)
        .agg(
            pl.col(
                "size", "rule", "severity", "whole", "rule_en", "rule_zh", "own_line", "own_column", "table"
            ).first(),
            pl.col("place_en", "place_zh").first(),
            terms=pl.len(),
            difference=weighed.sum(),
            may_rise=(lacking & (pl.col("signed") > 0)).any(),
            may_fall=(lacking & (pl.col("signed") < 0)).any(),
            there=(there & pl.col("previous")).any() & (there & ~pl.col("previous")).any(),
            found=weighed.filter("left").sum(),
            expected=-weighed.filter(~pl.col("left")).sum(),
            lacking_en=pl.format("{} ({})", "term_en", "state").filter(lacking).str.join(", "),
            lacking_zh=pl.format("{}（{}）", "term_zh", state_zh).filter(lacking).str.join("、"),
            where=pl.col("where").filter(~pl.col("previous")).first(),
            earlier_where=pl.col("where").filter("previous").first(),
        )
        .filter((pl.col("terms") == pl.col("size")) & pl.col("there"))
        .with_columns(
            lacks=pl.col("lacking_en") != "",
            broken=(below & ~pl.col("may_rise")) | (above & ~pl.col("may_fall")),
            holds=~pl.col("may_rise") & ~pl.col("may_fall") & ~above & ~below,
        )
    )


def _worded(sums: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """What does not hold, in words. A failure is a warning where the same rule holds in its whole."""
    whole = sums.filter("holds").select("report", "rule", whole=pl.coalesce("own_column", "own_line"), whole_holds=True)
    last = pairs.select("report", "earlier_source")
    rows = (
        sums.filter(~pl.col("holds"))
        .join(whole, on=["report", "rule", "whole"], how="left", maintain_order="left")
        .join(last, on="report", how="left", maintain_order="left")
        .sort("instance", maintain_order=True)
    )
    found, expected, difference = (figure_text(pl.col(name).abs()) for name in ("found", "expected", "difference"))
    earlier_en = pl.format("last year's report: {}, {}", "earlier_source", pl.col("earlier_where").fill_null("-"))
    earlier_zh = pl.format("上年报告：{}，{}", "earlier_source", pl.col("earlier_where").fill_null("-"))
    lacking_en = pl.when("lacks").then(pl.format("; no figure in {}", "lacking_en")).otherwise(pl.lit(""))
    lacking_zh = pl.when("lacks").then(pl.format("；无数字：{}", "lacking_zh")).otherwise(pl.lit(""))
    broken_en = pl.format(
        "{}: does not hold that {}: {} ≠ {} (difference {}; {}){}",
        *("place_en", "rule_en", found, expected, difference, earlier_en, lacking_en),
    )
    broken_zh = pl.format(
        "{}：{}不成立：{} ≠ {}（相差{}；{}）{}",
        *("place_zh", "rule_zh", found, expected, difference, earlier_zh, lacking_zh),
    )
    open_en = pl.format("{}: " + UNDECIDED_EN + " {}{} ({})", "place_en", "rule_en", lacking_en, earlier_en)
    open_zh = pl.format("{}：" + UNDECIDED_ZH + "{}是否成立{}（{}）", "place_zh", "rule_zh", lacking_zh, earlier_zh)
    complete = pl.col("broken") & ~pl.col("lacks")
    return rows.select(
        "report",
        "rule",
        severity=pl.when(~pl.col("broken"))
        .then(pl.lit("notice"))
        .when(pl.col("whole_holds").fill_null(False) & (pl.col("severity") == "error"))
        .then(pl.lit("warning"))
        .otherwise("severity"),
        table="table",
        line="own_line",
        column="own_column",
        expected=pl.when(complete).then("expected"),
        found=pl.when(complete).then("found"),
        message=pl.when("broken").then(broken_en).otherwise(open_en),
        message_zh=pl.when("broken").then(broken_zh).otherwise(open_zh),
        where="where",
    ).select(list(SCHEMAS["problems"]))
