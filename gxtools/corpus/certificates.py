"""The reading certificate of each report: what of its form was read, on which path, and what confirms it."""

from __future__ import annotations

from typing import Any

import dataframely as dy
import polars as pl

from gxtools.checks.promises import CELL, TOLERANCE, promises
from gxtools.forms import Forms
from gxtools.frames import STATES

VERDICTS = ("confirmed", "read", "doubtful", "partial", "nothing")
_EVIDENCE = {"labels": "by_labels", "header inherited": "by_inherited_header", "count and sums": "by_count"}
_COUNTS = ("held", "broken", "undecided")
# What holds a place tells the path: "page 2, table 3, row 5, column 2", "line 12, field 3", "page 2, line 12".
_PATHS = (
    ("grid", r"^(page \d+, )?table \d", "from a table", "取自表格"),
    ("rows", r"^(page \d+, )?line \d+, field", "from rows of text", "取自文本行"),
    ("lines", r"^(page \d+, )?(line|paragraph) \d+$", "from text with a cell a line", "取自逐格成行的文本"),
)
_MISSING = ("missing", "missing", "缺失")


class Certificates(dy.Schema):
    """One row a report that was read.

    ``cells`` is how many the report's form has: each is ``printed``, ``blank``, ``dash``, ``unreadable`` or ``absent``.
    ``by_labels``, ``by_inherited_header`` and ``by_count`` say how those that were placed were placed, whatever stands
    in them. ``tables`` are the form's, ``missing_tables`` those of which nothing is there, and ``path`` tells for each
    where it was read.

    ``identities`` counts the equations of the form (``balance`` in each column, ``applicant_sum`` in each line …) of
    which the document has any cell: ``held`` and ``broken`` by the printed figures, ``undecided`` where one is lacking
    and nothing breaks it all the same. ``rules`` has the same counts for each rule.

    ``verdict`` is the first that applies:

    - ``nothing``: no cell of the form is there.
    - ``doubtful``: a cell is unreadable, a warning says that the reading is uncertain, or an identity is broken.
    - ``partial``: cells are absent, and what is there raises no doubt.
    - ``confirmed``: every cell is there and every identity of the form holds on printed figures. What no identity
      covers, as ``proactive``, is vouched for by its labels alone.
    - ``read``: every cell is there, and no identity speaks for it or against it, or not all of them could be tested.
    """

    report = dy.String(primary_key=True)
    form = dy.String(nullable=True)
    format = dy.String(nullable=True)
    verdict = dy.String(nullable=False, check=lambda column: column.is_in(VERDICTS))
    cells = dy.UInt32(nullable=False)
    printed = dy.UInt32(nullable=False)
    blank = dy.UInt32(nullable=False)
    dash = dy.UInt32(nullable=False)
    unreadable = dy.UInt32(nullable=False)
    absent = dy.UInt32(nullable=False)
    by_labels = dy.UInt32(nullable=False)
    by_inherited_header = dy.UInt32(nullable=False)
    by_count = dy.UInt32(nullable=False)
    tables = dy.UInt32(nullable=False)
    missing_tables = dy.UInt32(nullable=False)
    path = dy.String(nullable=False)
    path_zh = dy.String(nullable=False)
    identities = dy.UInt32(nullable=False)
    held = dy.UInt32(nullable=False)
    broken = dy.UInt32(nullable=False)
    undecided = dy.UInt32(nullable=False)
    rules = dy.List(
        dy.Struct({"rule": dy.String(nullable=False), **{name: dy.UInt32(nullable=False) for name in _COUNTS}}),
        nullable=False,
    )
    extras = dy.UInt32(nullable=False)
    claims = dy.UInt32(nullable=False)

    @dy.rule()
    def every_cell_has_one_state(cls) -> pl.Expr:
        return pl.col("cells") == pl.sum_horizontal(STATES)

    @dy.rule()
    def every_identity_has_one_outcome(cls) -> pl.Expr:
        return pl.col("identities") == pl.sum_horizontal(_COUNTS)


_SCHEMA = {name: column.dtype for name, column in Certificates.columns().items()}


def certificates(
    reports: pl.DataFrame,
    cells: pl.DataFrame,
    problems: pl.DataFrame,
    extras: pl.DataFrame,
    claims: pl.DataFrame,
    forms: Forms,
) -> pl.DataFrame:
    """Frames as declared -> ``Certificates``, in the order of ``reports``; a document that was not read has no row."""
    read = reports.lazy().filter(pl.col("error").is_null()).select("report", "form", "format")
    held = cells.lazy()
    parts = [
        _states(held),
        _paths(held, forms),
        _identities(held, problems.lazy(), forms),
        _doubts(problems.lazy()),
        extras.lazy().group_by("report").agg(extras=pl.len()),
        claims.lazy().group_by("report").agg(claims=pl.len()),
    ]
    for part in parts:
        read = read.join(part, on="report", how="left", maintain_order="left")
    counts = [name for name, dtype in _SCHEMA.items() if dtype == pl.UInt32]
    return (
        read.with_columns(
            pl.col(counts).fill_null(0).cast(pl.UInt32),
            pl.col("path", "path_zh").fill_null(""),
            pl.col("rules").fill_null(pl.lit([], _SCHEMA["rules"])),
            pl.col("doubted").fill_null(False),
        )
        .with_columns(verdict=_verdict())
        .select(list(_SCHEMA))
        .collect()
    )


def _verdict() -> pl.Expr:
    doubted = pl.col("doubted") | (pl.col("unreadable") > 0) | (pl.col("broken") > 0)
    return (
        pl.when(pl.col("cells") == pl.col("absent"))
        .then(pl.lit("nothing"))
        .when(doubted)
        .then(pl.lit("doubtful"))
        .when(pl.col("absent") > 0)
        .then(pl.lit("partial"))
        .when((pl.col("held") > 0) & (pl.col("undecided") == 0))
        .then(pl.lit("confirmed"))
        .otherwise(pl.lit("read"))
    )


def _states(cells: pl.LazyFrame) -> pl.LazyFrame:
    """How many cells are in each state, and how they were placed."""
    return cells.group_by("report").agg(
        pl.len().alias("cells"),
        *((pl.col("state") == state).sum().alias(state) for state in STATES),
        *((pl.col("evidence") == evidence).sum().alias(name) for evidence, name in _EVIDENCE.items()),
    )


def _paths(cells: pl.LazyFrame, forms: Forms) -> pl.LazyFrame:
    """For each table of the form where it was read, in the form's order."""
    place = pl.col("where").str.split("; ").list.first()
    page = place.str.extract(r"^page (\d+), ")
    there = pl.col("state") != "absent"
    by_table = cells.group_by("report", "form", "table", maintain_order=True).agg(
        *(place.filter(there).str.contains(pattern).any().alias(name) for name, pattern, *_ in _PATHS),
        missing=~there.any(),
        pages=page.filter(there).drop_nulls().n_unique() > 1,
    )
    names = pl.LazyFrame(
        [(form.id, table.id, table.en, table.zh) for form in forms.all for table in form.tables],
        schema=dict.fromkeys(("form", "table", "table_en", "table_zh"), pl.String),
        orient="row",
    )
    words = by_table.join(names, on=["form", "table"], how="left", maintain_order="left").with_columns(
        path=_words("table_en", 0, ": ", ", over several pages"), path_zh=_words("table_zh", 1, "：", "，跨页")
    )
    return words.group_by("report", maintain_order=True).agg(
        tables=pl.len(),
        missing_tables=pl.col("missing").sum(),
        path=pl.col("path").str.join("; "),
        path_zh=pl.col("path_zh").str.join("；"),
    )


def _words(table: str, language: int, colon: str, pages: str) -> pl.Expr:
    said: Any = pl.when("missing").then(pl.lit(_MISSING[1 + language]))
    for name, _, *words in _PATHS:
        said = said.when(name).then(pl.lit(words[language]))
    over = pl.when("pages").then(pl.lit(pages)).otherwise(pl.lit(""))
    return pl.concat_str(pl.col(table), pl.lit(colon), said.otherwise(pl.lit("")), over)


def _identities(cells: pl.LazyFrame, problems: pl.LazyFrame, forms: Forms) -> pl.LazyFrame:
    """The equations of the form by rule: held and broken on printed figures, or by what ``problems`` says of one in
    which a figure is lacking."""
    promised = promises(forms)
    # What is merely to be expected confirms nothing, and its failure casts no doubt.
    firm = promised.instances.lazy().filter(pl.col("severity") != "notice").select("instance")
    terms = (
        promised.terms.lazy().filter("equal").join(firm, on="instance", how="semi").select(*CELL, "instance", "signed")
    )
    value = pl.col("value")
    told = (
        problems.filter((pl.col("severity") != "notice") & pl.col("expected").is_null())
        .select("report", "rule", "table", "line", "column", told=pl.lit(True))
        .unique()
    )
    sums = (
        cells.join(terms, on=CELL, how="inner")
        .group_by("report", "instance")
        .agg(
            difference=(value * pl.col("signed")).sum().abs(),
            lacks=value.is_null().any(),
            nothing=(pl.col("state") == "absent").all(),
        )
        .filter(~pl.col("nothing"))
        .join(promised.instances.lazy().select("instance", "rule", "table", "line", "column"), on="instance")
        .join(told, on=["report", "rule", "table", "line", "column"], how="left", nulls_equal=True)
        .with_columns(
            broken=pl.when("lacks").then(pl.col("told").fill_null(False)).otherwise(pl.col("difference") > TOLERANCE)
        )
        .with_columns(undecided=pl.col("lacks") & ~pl.col("broken"), held=~pl.col("lacks") & ~pl.col("broken"))
    )
    by_rule = (
        sums.group_by("report", "rule")
        .agg(pl.col(_COUNTS).sum().cast(pl.UInt32), order=pl.col("instance").min())
        .sort("order")
    )
    return by_rule.group_by("report", maintain_order=True).agg(
        pl.col(_COUNTS).sum(),
        identities=pl.sum_horizontal(pl.col(_COUNTS).sum()),
        rules=pl.struct("rule", *_COUNTS),
    )


def _doubts(problems: pl.LazyFrame) -> pl.LazyFrame:
    """Whether a warning says that the reading is uncertain."""
    warned = (pl.col("rule") == "uncertain_reading") & (pl.col("severity") != "notice")
    return problems.group_by("report").agg(doubted=warned.any())
