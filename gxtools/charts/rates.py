"""Shares and rates with their intervals, any measure of the dictionary: over the years, or group by group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import polars as pl

from gxtools.charts.captions import SIMULATED, counted, how_sure, is_simulated, pooled_breaks, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import behind, fitting, label, rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.nothing import nothing
from gxtools.charts.rate_marks import ROW, down_the_page, over_years, width_of
from gxtools.charts.scales import Scale, scale_of, small_note
from gxtools.charts.theme import SMALL
from gxtools.forms.measure_definitions import Measure
from gxtools.measures import HasFrames, definition_of, traced_measure

MOST = 40
PANELS = 8

Rows = list[dict[str, Any]]


def disclosure_rate(corpus: HasFrames, by: Sequence[str] | None = None, definition: str | None = None) -> Drawn:
    """Share of requests granted in full or in part: ``rate`` of the measure that people come for."""
    return rate(corpus, "disclosure_rate", by, definition)


def rate(
    corpus: HasFrames, id: str = "disclosure_rate", by: Sequence[str] | None = None, definition: str | None = None
) -> Drawn:
    """A share, rate per 1,000 or ratio with its interval, for every group of ``by`` (all as in ``gx.measure``).

    By default a point for every agency and year while these are at most 40, else for every year, all bodies pooled.
    Years run along the axis with the breaks of the form between them; without years the groups stand below each other.
    Below 30 in the denominator the mark is hollow and labelled with its counts. A group without a value is named so.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more than 40 groups.
    """
    measure, chosen = definition_of(corpus, id, definition)
    keys, frame = fitting(
        by, [["agency", "year"], ["year"], []], MOST, lambda keys: traced_measure(corpus, id, keys, definition)
    )
    name = "_".join([measure.id, "by", *keys]) if keys else measure.id
    lacking = int(frame["cells_lacking"].sum())
    if frame["value"].null_count() == frame.height:
        return nothing(corpus, measure.zh, measure.en, name, lacking)
    scale = scale_of(measure, [*frame["value"], *frame["low"], *frame["high"]])
    rows = rate_rows(frame, keys, measure, scale)
    years = sorted({row["year"] for row in rows if row["year"] is not None})
    series = list(dict.fromkeys(row["series"] for row in rows))
    caption = [*([SIMULATED] if is_simulated(corpus) else []), *counted(chosen), *how_sure(frame, lacking)]
    if any(row["small"] for row in rows):
        caption.append(small_note(chosen, SMALL))
    description = _in_words(measure, scale, rows)
    data = inline(rows, name)
    if len(years) > 1 and len(series) <= PANELS:
        heading = title(measure.zh, measure.en, caption, width_of(years) + 40)
        return finished(over_years(data, measure, chosen, scale, years, series), heading, description)
    caption += pooled_breaks(measure, corpus)
    drawn = down_the_page(data, measure, chosen, scale, [row["label"] for row in rows])
    return finished(drawn, title(measure.zh, measure.en, caption, ROW + 200), description)


def rate_rows(frame: pl.DataFrame, keys: Sequence[str], measure: Measure, scale: Scale) -> Rows:
    """The rows of a chart, one for every row of ``traced_measure``."""
    rows: Rows = []
    for row in frame.iter_rows(named=True):
        numerator, denominator, value = whole(row["numerator"]), whole(row["denominator"]), rounded(row["value"])
        small = denominator is not None and denominator < SMALL
        rows.append(
            {
                "series": label(row, [key for key in keys if key != "year"]),
                "label": label(row, keys),
                "year": row.get("year"),
                "value": value,
                "low": rounded(row["low"]),
                "high": rounded(row["high"]),
                "top": rounded(row["high"]) or 0,
                "rate": "" if small or value is None else scale.said(value),
                "counts": f"{numerator}/{denominator}" if denominator is not None else "缺数 n/a",
                "small": small,
                "numerator": numerator,
                "denominator": denominator,
                "interval": row["interval"],
                **behind(row, keys),
            }
        )
    _mark_segments(rows, measure)
    return rows


def _mark_segments(rows: Rows, measure: Measure) -> None:
    """Number the runs of years that a line may join: no gap, no break, one series."""
    breaks = {b.year for b in measure.breaks}
    for earlier, later in pairwise([{"segment": -1, "series": None, "year": None}, *rows]):
        joined = (
            earlier["series"] == later["series"]
            and None not in (earlier["year"], later["year"])
            and earlier["year"] + 1 == later["year"]
            and later["year"] not in breaks
        )
        later["segment"] = earlier["segment"] + (0 if joined else 1)


def _in_words(measure: Measure, scale: Scale, rows: Rows) -> str:
    """What the chart shows, for those who do not see it: at most twelve groups, and how many more there are."""
    said = [
        f"{row['label']}: {row['numerator']}/{row['denominator']}"
        + (
            f" = {scale.said(row['value'])} ({scale.said(row['low'])} - {scale.said(row['high'])})"
            if row["low"] is not None
            else ""
        )
        for row in rows
        if row["denominator"] is not None
    ]
    more = f"; 另有 {len(said) - 12} 组 and {len(said) - 12} more" if len(said) > 12 else ""
    return f"{measure.zh} {measure.en}. " + "; ".join(said[:12]) + more
