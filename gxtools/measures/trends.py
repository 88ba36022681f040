"""Trends and breaks: known dates as an interrupted series, against those that the figures suggest themselves."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gxtools.forms.measure_definitions import Break
from gxtools.measures.arguments import checked_confidence
from gxtools.measures.body_effects import Effects, fitted_effects
from gxtools.measures.frames import HasFrames, named
from gxtools.measures.pooling import DIGITS
from gxtools.measures.rates import measure, of_kind

# At most so many change points are looked for: six or ten years bear no more.
MOST = 3
# Fewer years than this cannot part a trend from a level.
FEWEST = 4
_SCHEMA = {
    "term": pl.String,
    "year": pl.Int32,
    "log_odds": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "odds_ratio": pl.Float64,
    "p_value": pl.Float64,
    "bodies": pl.Int64,
    "status": pl.String,
}
_POINTS = {"year": pl.Int32, "found": pl.Boolean} | {
    name: _SCHEMA[name] for name in ("log_odds", "low", "high", "odds_ratio", "p_value", "bodies", "status")
}


def trend(corpus: HasFrames, id: str, definition: str | None = None, confidence: float = 0.95) -> pl.DataFrame:
    """A share over the years within its bodies: the ``trend`` a year, and the ``level`` gained at each known break.

    Columns: ``term``, ``year`` (of a break), ``log_odds`` with ``low`` and ``high``, ``odds_ratio``, ``p_value``,
    ``bodies`` (those that can tell a change), ``status``, ``definition``. Interrupted series (Wagner and others,
    Journal of Clinical Pharmacy and Therapeutics 27 (2002) 299-309) as a binomial model with an effect for every body,
    limits by body with Student's t (``body_effects``). Breaks are those of the measure that lie within the years at
    hand.

    ``status``: ``ok``; ``too few bodies`` (fewer than two); ``not identified`` (too few years to part trend and
    breaks); ``did not converge``. Only ``ok`` has estimates. A level gained at a break of form is not behaviour:
    definitions changed on the same day, and no model of one series parts them. What shook all bodies in one year looks
    like a level too. Shares only; a body that was renamed is two bodies.
    """
    known, counts, wanted = _counts(corpus, id, definition)
    inside = _inside(counts, known)
    fitted = _interrupted(counts, [b.year for b in inside])
    years = [None, *(b.year for b in inside)]
    frame = _told(fitted, years, checked_confidence(confidence))
    return frame.with_columns(definition=named(corpus, pl.lit(wanted)))


def change_points(corpus: HasFrames, id: str, definition: str | None = None, confidence: float = 0.95) -> pl.DataFrame:
    """One row for every year that could begin a new level, given a trend: which do, and what is known of that year.

    Columns: ``year``, ``found``, ``log_odds`` with ``low`` and ``high``, ``odds_ratio``, ``p_value`` (Bonferroni's,
    over all years tried), ``bodies``, ``status``, ``known_break`` (its id), ``statement_en``, ``statement_zh``,
    ``definition``. The year of the least ``p_value`` is taken if that is below 1 - confidence, enters the model, and
    the rest is asked again, three times at most: forward selection as in Bai, Econometric Theory 13 (1997) 315-352,
    with the model and the cautions of ``trend``. Where nothing changed, something is found in at most 1 - confidence of
    cases. Fewer than four years have the status ``too few years``. Estimates of a year that is found are somewhat too
    large for having been chosen.
    """
    known, counts, wanted = _counts(corpus, id, definition)
    frame = found_changes(counts, checked_confidence(confidence))
    ids = {b.year: b for b in known}
    rows = [_stated(row, ids.get(row["year"])) for row in frame.to_dicts()]
    schema = {"year": pl.Int32, "known_break": pl.String, "statement_en": pl.String, "statement_zh": pl.String}
    stated = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.join(stated, on="year", how="left", maintain_order="left").with_columns(
        definition=named(corpus, pl.lit(wanted))
    )


def found_changes(counts: pl.DataFrame, confidence: float) -> pl.DataFrame:
    """The change points of ``body``, ``year``, ``numerator``, ``denominator``; nothing is known of the years here."""
    years = counts["year"].unique().sort().to_list()
    if len(years) < FEWEST:
        return pl.DataFrame([_too_few(year, counts) for year in years[1:] or years], schema=_POINTS)
    candidates = years[1:]
    chosen: list[int] = []
    first: dict[int, dict[str, object]] = {}
    for _ in range(MOST):
        tried = {year: _added(counts, chosen, year, confidence, len(candidates)) for year in candidates}
        open_years = {year: row for year, row in tried.items() if year not in chosen}
        first = tried | {year: row for year, row in first.items() if year in chosen}
        sure = {year: row for year, row in open_years.items() if row["status"] == "ok"}
        best = min(sure, key=lambda year: (float(str(sure[year]["p_value"])), year), default=None)
        if best is None or float(str(sure[best]["p_value"])) >= 1 - confidence:
            break
        chosen.append(best)
        first[best] = sure[best]
    rows = [{"year": year, "found": year in chosen} | first[year] for year in candidates]
    return pl.DataFrame(rows, schema=_POINTS)


def _too_few(year: int, counts: pl.DataFrame) -> dict[str, object]:
    return {"year": year, "found": False, "bodies": counts["body"].n_unique(), "status": "too few years"}


def _counts(corpus: HasFrames, id: str, definition: str | None) -> tuple[tuple[Break, ...], pl.DataFrame, str]:
    found, wanted = of_kind(corpus, id, definition, ("share",), "a trend")
    frame = measure(corpus, id, ["agency", "year"], wanted.id).drop_nulls(["agency", "year", "numerator"])
    return found.breaks, frame.select("year", "numerator", "denominator", body="agency"), wanted.id


def _inside(counts: pl.DataFrame, known: Sequence[Break]) -> list[Break]:
    if counts.is_empty():
        return []
    years = counts["year"].unique().sort().to_list()
    return [b for b in known if years[0] < b.year <= years[-1]]


def _interrupted(counts: pl.DataFrame, breaks: Sequence[int]) -> Effects:
    names = ["trend", *(f"level_{year}" for year in breaks)]
    # Centred, or the first step would be far from the last.
    shaped = counts.with_columns(
        (pl.col("year") - pl.col("year").mean()).alias("trend"),
        *((pl.col("year") >= year).cast(pl.Float64).alias(f"level_{year}") for year in breaks),
    )
    return fitted_effects(shaped, names)


def _told(fitted: Effects, years: Sequence[int | None], confidence: float) -> pl.DataFrame:
    from scipy.special import stdtr, stdtrit

    rows: list[tuple[object, ...]] = []
    for place, year in enumerate(years):
        term = "trend" if year is None else "level"
        if fitted.status != "ok" or not fitted.errors[place] > 0:
            status = fitted.status if fitted.status != "ok" else "not identified"
            rows.append((term, year, None, None, None, None, None, fitted.bodies, status))
            continue
        estimate, error = fitted.estimates[place], fitted.errors[place]
        half = float(stdtrit(fitted.bodies - 1, (1 + confidence) / 2)) * error
        p_value = 2 * float(stdtr(fitted.bodies - 1, -abs(estimate / error)))
        rows.append((term, year, estimate, estimate - half, estimate + half, None, p_value, fitted.bodies, "ok"))
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row").with_columns(odds_ratio=pl.col("log_odds").exp())
    return frame.with_columns(pl.col("log_odds", "low", "high", "odds_ratio", "p_value").round_sig_figs(DIGITS))


def _added(counts: pl.DataFrame, chosen: list[int], year: int, confidence: float, tried: int) -> dict[str, object]:
    """The level of ``year`` in a model with those chosen before; its ``p_value`` is for as many as were tried."""
    levels = [*(other for other in chosen if other != year), year]
    fitted = _interrupted(counts, levels)
    row = _told(fitted, [None, *levels], confidence).drop("term", "year").row(-1, named=True)
    if row["p_value"] is not None:
        row["p_value"] = min(1.0, row["p_value"] * tried)
    return row


def _stated(row: dict[str, object], known: Break | None) -> tuple[object, str | None, str, str]:
    if row["status"] != "ok":
        en, zh = f"nothing can be said of {row['year']}: {row['status']}", f"{row['year']}年无法判断"
    elif row["found"] and known is not None:
        en = f"definition and behaviour break together in {row['year']} ({known.en}): this series cannot part them"
        zh = f"{row['year']}年定义与行为同时变动（{known.zh}）：单凭本序列无法区分"
    elif row["found"]:
        en = f"a new level from {row['year']}, where no form or law is known to have changed"
        zh = f"{row['year']}年起水平变动，该年未见格式或法律变动"
    elif known is not None:
        en = f"no new level is found at {known.en}; one within the limits could be there unseen"
        zh = f"{known.zh}：未见水平变动；区间以内的变动无法排除"
    else:
        en = zh = ""
    return row["year"], known.id if known else None, en, zh
