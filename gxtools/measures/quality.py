"""How well reports are filled in: shares that break a rule, what the errors look like, what is left blank."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.checks.diagnosis import diagnose
from gxtools.checks.promises import promises
from gxtools.checks.wording import undecided
from gxtools.forms.rule_names import rule_names
from gxtools.forms.year_rules import year_rules
from gxtools.marks import is_simulated
from gxtools.measures.arguments import checked_confidence
from gxtools.measures.frames import HasFrames, forms_of, named
from gxtools.measures.intervals import wilson
from gxtools.measures.pooling import DIGITS
from gxtools.measures.selection import Selection

GROUPS = ("level", "kind", "province", "year", "form")
ANATOMY = {
    "carried_in": ("off by what was carried in", "差额等于上年结转"),
    "carried_out": ("off by what is carried over", "差额等于结转下年"),
    "line": ("off by the figure of one line", "差额等于某一行数字"),
    "one": ("off by one", "差1"),
    "nine": ("off by a multiple of nine, as when digits are transposed", "差额为9的倍数（数位颠倒的特征）"),
    "other": ("off by something else", "其他差额"),
}


def rule_shares(corpus: HasFrames, by: Sequence[str] = (), confidence: float = 0.95) -> pl.DataFrame:
    """One row for every group of ``by`` and every rule: the share of reports that break it, of those it could decide.

    ``by``: any of level, kind, province, year, form. Columns: ``by``, ``rule``, ``rule_en``, ``rule_zh``, ``broken``,
    ``decided``, ``undecided`` (reports in which a lacking figure left it open), ``share``, ``low``, ``high`` (Wilson).
    A rule of sums is decided for reports that print its table; a rule between years for those whose body has the year
    before in the whole corpus, also where a ``Selection`` leaves that out; every other rule for every report that was
    read. Formula: broken / decided, with Wilson's limits (see ``intervals``). Source: ``problems``, by the rules of the
    forms. Assumes independent reports: those of one body often repeat a fault. Not for ranking bodies, nor as a share
    of wrong figures: one figure may break several rules. Raises ``ValueError`` for another key.
    """
    for key in by:
        if key not in GROUPS:
            raise ValueError(f"by: '{key}' is not known; there are {', '.join(GROUPS)}")
    shares = _counts(corpus, by)
    counted = shares.with_columns(numerator=pl.col("broken"), denominator=pl.col("decided"))
    names = [(name.id, name.en, name.zh) for name in rule_names(forms_of(corpus)).values()]
    in_words = (
        pl.DataFrame(names, schema=["rule", "rule_en", "rule_zh"], orient="row")
        .with_columns(named(corpus, pl.col("rule_en", "rule_zh")))
        .with_row_index("rank")
    )
    return (
        wilson(counted, checked_confidence(confidence))
        .with_columns(share=pl.when(pl.col("decided") > 0).then(pl.col("broken") / pl.col("decided")))
        .with_columns(pl.col("share", "low", "high").round_sig_figs(DIGITS))
        .join(in_words, on="rule", how="left", maintain_order="left")
        .sort(*by, "rank", nulls_last=True, maintain_order=True)
        .select(*by, "rule", "rule_en", "rule_zh", "broken", "decided", "undecided", "share", "low", "high")
    )


def breaking(corpus: HasFrames) -> dict[str, pl.Series]:
    """The ids of the reports that break each rule, by the rule's id: those that ``rule_shares`` counts as broken.

    A rule that none breaks has an empty series.

    Formula: none, ids are listed. Source, assumptions and what it is not for: ``rule_shares``.
    """
    verdicts = corpus.kept(_verdicts) if isinstance(corpus, Selection) else _verdicts(corpus)
    broken = verdicts.group_by("rule", maintain_order=True).agg(pl.col("report").filter("broken"))
    return dict(zip(broken["rule"], broken["report"], strict=True))


def _counts(corpus: HasFrames, by: Sequence[str]) -> pl.DataFrame:
    """``broken``, ``decided`` and ``undecided`` reports for every group of ``by`` and every rule."""
    counts = _kept_counts(corpus, by) if isinstance(corpus, Selection) else _counted(_judged(_verdicts(corpus)), by)
    # A rule that could be held against any report is none of the selection's where nothing there is said of it.
    return counts.filter(~pl.col("everywhere") | pl.col("told").any().over("rule")).drop("everywhere", "told")


def _kept_counts(selection: Selection, by: Sequence[str]) -> pl.DataFrame:
    """Those of a selection, kept; of all years together they are the sums of those by year, which a chart asks too."""
    if not by:
        return _counted(_kept_counts(selection, ["year"]), by)
    return selection.once(("rules", *by), lambda: _counted(_judged(selection.kept(_verdicts)), by))


def _judged(verdicts: pl.DataFrame) -> pl.DataFrame:
    return verdicts.with_columns(decided=~pl.col("undecided"))


def _counted(counts: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    return counts.group_by(*by, "rule", "everywhere", maintain_order=True).agg(
        pl.col("broken", "decided", "undecided").cast(pl.Int64).sum(), pl.col("told").any()
    )


def _verdicts(corpus: HasFrames) -> pl.DataFrame:
    """``report``, ``rule`` and the columns of ``GROUPS`` wherever a rule says something of a report.

    ``broken`` and ``undecided`` tell what it says, ``told`` whether a problem, be it a hint, names it; ``everywhere``
    marks rules that are held against every report.
    """
    # A notice says that a lacking figure leaves its rule open, or that what is to be expected is not so; those of other
    # rules are hints.
    held = promises(forms_of(corpus)).instances
    expected = held.filter(pl.col("severity") == "notice")["rule"].unique().to_list()
    hint = (pl.col("severity") == "notice") & ~undecided() & ~pl.col("rule").is_in(expected)
    problems = corpus.problems.filter(~hint).with_columns(open=undecided())
    seen = problems.group_by("report", "rule").agg(
        broken=(~pl.col("open")).any(), undecided=pl.col("open").any() & pl.col("open").all()
    )
    told = corpus.problems.select("report", "rule", told=pl.lit(True)).unique()
    read = corpus.reports.filter(pl.col("error").is_null()).select("report", *GROUPS)
    return (
        read.join(_applies(corpus), on="report", how="inner", maintain_order="left_right")
        .join(seen, on=["report", "rule"], how="left", maintain_order="left")
        .join(told, on=["report", "rule"], how="left", maintain_order="left")
        .with_columns(pl.col("broken", "undecided", "told").fill_null(False))
    )


def _applies(corpus: HasFrames) -> pl.DataFrame:
    """``report``, ``rule`` and ``everywhere`` wherever the rule says something of the report."""
    forms = forms_of(corpus)
    held = promises(forms)
    of_tables = (
        held.terms.select("form", "table", "instance")
        .join(held.instances.select("instance", "rule"), on="instance")
        .select("form", "table", "rule")
        .unique()
    )
    printed = corpus.cells.filter(pl.col("state") != "absent").select("report", "form", "table").unique()
    sums = printed.join(of_tables, on=["form", "table"], how="inner").select("report", "rule").unique()
    reports = corpus.reports.filter(pl.col("error").is_null())
    before = reports.select("agency", "kind", year=pl.col("year") + 1).drop_nulls("agency").unique()
    chained = reports.join(before, on=["agency", "kind", "year"], how="semi", nulls_equal=True)
    years = [
        chained.filter(pl.col("year") >= rule.since).select("report", rule=pl.lit(rule.id))
        for rule in year_rules(forms)
    ]
    special = {*of_tables["rule"], *(rule.id for rule in year_rules(forms))}
    others = [rule for rule in corpus.problems["rule"].unique(maintain_order=True) if rule not in special]
    everywhere = reports.select("report").join(pl.DataFrame({"rule": others}, schema={"rule": pl.String}), how="cross")
    some = pl.concat([sums, *years]).with_columns(everywhere=pl.lit(False))
    return pl.concat([some, everywhere.with_columns(everywhere=pl.lit(True))])


def error_anatomy(corpus: HasFrames) -> pl.DataFrame:
    """What broken sums are off by: one row a kind of difference, ``errors`` with it and their ``share`` of all.

    Of the rules that run down the columns of ``requests`` or along its lines, where both sides are complete. A
    difference enters the first kind that fits, in the order of ``ANATOMY``; kinds as ``kind``, ``en``, ``zh``.
    Formula: found - expected. Source: ``problems`` and ``cells``; nine as the mark of transposed digits is an old rule
    of bookkeepers. Assumes that one fault made each difference. Not a proof of how a figure came about: a difference
    may fit by chance, and small ones do often. ``share`` is null where nothing is broken.
    """
    broken = corpus.problems.filter(
        pl.col("rule").is_in(["balance", "handled_sum", "applicant_sum"])
        & pl.col("expected").is_not_null()
        & pl.col("found").is_not_null()
    ).with_columns(off=(pl.col("found") - pl.col("expected")).abs(), place=pl.coalesce("column", pl.lit("total")))
    cells = corpus.cells.filter((pl.col("table") == "requests") & (pl.col("value") > 0))
    figures = cells.group_by("report", place="column").agg(
        figures=pl.col("value").filter(~pl.col("line").is_in(["carried_in", "carried_out"])),
        carried_in=pl.col("value").filter(pl.col("line") == "carried_in").first(),
        carried_out=pl.col("value").filter(pl.col("line") == "carried_out").first(),
    )
    off = pl.col("off")
    kind = (
        pl.when(off == pl.col("carried_in"))
        .then(pl.lit("carried_in"))
        .when(off == pl.col("carried_out"))
        .then(pl.lit("carried_out"))
        .when(off == 1)
        .then(pl.lit("one"))
        .when(off.is_in(pl.col("figures")))
        .then(pl.lit("line"))
        .when((off > 0) & (off % 9 == 0))
        .then(pl.lit("nine"))
        .otherwise(pl.lit("other"))
    )
    counts = (
        broken.join(figures, on=["report", "place"], how="left", maintain_order="left")
        .with_columns(kind=kind)
        .group_by("kind")
        .agg(errors=pl.len().cast(pl.Int64))
    )
    kinds = pl.DataFrame(
        [(id, *words) for id, words in ANATOMY.items()], schema=["kind", "en", "zh"], orient="row"
    ).with_columns(named(corpus, pl.col("en", "zh")))
    return kinds.join(counts, on="kind", how="left", maintain_order="left").with_columns(
        pl.col("errors").fill_null(0),
        share=(pl.col("errors").fill_null(0) / broken.height).round(5) if broken.height else pl.lit(None, pl.Float64),
    )


def blank_shares(corpus: HasFrames) -> pl.DataFrame:
    """What is left without a figure, by table and line in printed order, and what the sums say that it was.

    ``cells`` of the form in tables that are there, ``lacking`` of them (blank, dash or absent), ``share``; of those the
    sums decide exactly, ``proved_zero`` and ``proved_positive``: where blanks are proved positive, a blank is no 0.
    Formula: lacking / cells. Source: ``cells``, and the sums of the form for what is proved. Assumes that the printed
    figures beside a blank are right. Not for filling blanks in: most are proved neither way.
    Ids have no words to bear the mark of a simulation: a corpus that bears it gives a column ``simulated`` more.
    """
    there = corpus.cells.filter(pl.col("state") != "absent").select("report", "table").unique()
    cells = corpus.cells.join(there, on=["report", "table"], how="semi", maintain_order="left")
    lacking = cells.filter(pl.col("state").is_in(["blank", "dash", "absent"])).select("report").unique()
    diagnosis = diagnose(
        corpus.reports, cells.join(lacking, on="report", how="semi", maintain_order="left"), forms_of(corpus)
    )
    exact = (
        diagnosis.bounds.filter(pl.col("low") == pl.col("high"))
        .group_by("table", "line")
        .agg(
            proved_zero=(pl.col("low") == 0).sum().cast(pl.Int64),
            proved_positive=(pl.col("low") > 0).sum().cast(pl.Int64),
        )
    )
    return (
        cells.group_by("table", "line", maintain_order=True)
        .agg(
            cells=pl.len().cast(pl.Int64),
            lacking=pl.col("state").is_in(["blank", "dash", "absent"]).sum().cast(pl.Int64),
        )
        .with_columns(share=(pl.col("lacking") / pl.col("cells")).round(5))
        .join(exact, on=["table", "line"], how="left", maintain_order="left")
        .with_columns(pl.col("proved_zero", "proved_positive").fill_null(0))
        .with_columns([pl.lit(True).alias("simulated")] if is_simulated(corpus.reports) else [])
    )
