"""Outcomes by applicant within a report: natural persons against organisations, by Cochran, Mantel and Haenszel."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.measures.arguments import checked_by, checked_confidence
from gxtools.measures.frames import HasFrames
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import measure

_TABLE = ("person_yes", "person_no", "organisation_yes", "organisation_no")
_ESTIMATES = ("odds_ratio", "low", "high", "p_value", "p_equal")


def requester_odds(
    corpus: HasFrames,
    id: str = "disclosure_rate",
    by: Sequence[str] = ("year",),
    definition: str | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """One row for every group of ``by``: the odds of ``id`` for natural persons over those for organisations.

    Columns: ``by``, ``odds_ratio``, ``low``, ``high``, ``p_value`` (that it is 1), ``p_equal`` (that it is the same in
    every report), ``reports``, ``reports_informative``, ``status``, ``definition``. Each report is a stratum with its
    own 2 x 2 table, so bodies that differ in applicants and in openness do not feign a difference. Cochran (1954),
    Mantel and Haenszel, Journal of the National Cancer Institute 22 (1959) 719-748; limits of Robins, Breslow and
    Greenland (1986), equality after Breslow and Day with Tarone's correction; all by ``statsmodels`` (extra
    ``statistics``). Formula: sum of a d / n over sum of b c / n, over reports with persons a (yes), b (no) and
    organisations c, d of n requests. Assumes independent requests with one odds ratio in all reports (see ``p_equal``).

    A report enters with all six applicant columns usable; it is informative where both kinds of applicant and both
    outcomes occur. ``status``: ``ok``, ``no informative report`` or ``no finite ratio`` (one side never, or always):
    only ``ok`` has estimates. Not for telling why: persons ask for other things, and law firms may file as persons. One
    applicant with many requests makes them less independent than the test takes them to be.
    """
    keys = checked_by(by)
    level = checked_confidence(confidence)
    parts = measure(corpus, id, [*dict.fromkeys((*keys, "report")), "column"], definition)
    person = pl.col("column") == "natural_person"
    yes, size = pl.col("numerator"), pl.col("denominator")
    tables = parts.group_by(list(dict.fromkeys((*keys, "report"))), maintain_order=True).agg(
        person_yes=yes.filter(person).sum(),
        person_no=(size - yes).filter(person).sum(),
        organisation_yes=yes.filter(~person).sum(),
        organisation_no=(size - yes).filter(~person).sum(),
        usable=yes.is_not_null().all(),
        definition=pl.col("definition").first(),
    )
    strata = tables.filter("usable").with_columns(whole=pl.lit(0))
    groups = strata.partition_by("whole", *keys, maintain_order=True)
    rows = [group.select(*keys, "definition").head(1).with_columns(_tested(group, level)) for group in groups]
    columns = [*keys, *_ESTIMATES, "reports", "reports_informative", "status", "definition"]
    if not rows:
        return strata.with_columns(_nothing(0, 0, "")).select(columns)
    return pl.concat(rows).sort(keys, nulls_last=True).select(columns) if keys else pl.concat(rows).select(columns)


def _tested(strata: pl.DataFrame, confidence: float) -> list[pl.Expr]:
    try:
        from statsmodels.stats.contingency_tables import StratifiedTable
    except ModuleNotFoundError as error:
        text = f"this needs '{error.name}', which is not installed; run: pip install 'gxtools[statistics]'"
        raise ModuleNotFoundError(text, name=error.name) from error

    a, b, c, d = (pl.col(name) for name in _TABLE)
    possible = strata.filter((a + b > 0) & (c + d > 0) & (a + c > 0) & (b + d > 0))
    if possible.is_empty():
        return _nothing(strata.height, 0, "no informative report")
    # A ratio of 0 or infinity has no limits and is no estimate.
    size = a + b + c + d
    if 0 in possible.select(up=(a * d / size).sum(), down=(b * c / size).sum()).row(0):
        return _nothing(strata.height, possible.height, "no finite ratio")
    table = StratifiedTable(possible.select(_TABLE).to_numpy().reshape(-1, 2, 2).transpose(1, 2, 0).astype(float))
    low, high = table.oddsratio_pooled_confint(alpha=1 - confidence)
    equal = float(table.test_equal_odds(adjust=True).pvalue) if possible.height > 1 else None
    found = (float(table.oddsratio_pooled), float(low), float(high), float(table.test_null_odds().pvalue), equal)
    return [
        *(
            pl.lit(value, pl.Float64).round_sig_figs(DIGITS).alias(name)
            for name, value in zip(_ESTIMATES, found, strict=True)
        ),
        *_counted(strata.height, possible.height, "ok"),
    ]


def _nothing(reports: int, informative: int, status: str) -> list[pl.Expr]:
    return [
        *(pl.lit(None, pl.Float64).alias(name) for name in _ESTIMATES),
        *_counted(reports, informative, status),
    ]


def _counted(reports: int, informative: int, status: str) -> list[pl.Expr]:
    return [
        pl.lit(reports, pl.Int64).alias("reports"),
        pl.lit(informative, pl.Int64).alias("reports_informative"),
        pl.lit(status).alias("status"),
    ]
