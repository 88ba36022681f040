"""A share over the years: its known breaks, and the years in which the figures themselves begin a new level."""

from __future__ import annotations

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, how_sure, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import y2_at, y_at
from gxtools.charts.inline import inline
from gxtools.charts.nothing import in_words, nothing
from gxtools.charts.rate_marks import PANEL, over_years, width_of, years_axis
from gxtools.charts.rates import rate_rows
from gxtools.charts.scales import scale_of, small_note
from gxtools.charts.theme import ORANGE, SMALL
from gxtools.measures import HasFrames, change_points, definition_of, traced_measure
from gxtools.measures import trend as fitted

STATUSES = {
    "too few bodies": ("可比的机构不足两个", "fewer than two bodies can tell a change"),
    "too few years": ("年份不足四年", "fewer than four years"),
    "not identified": ("年份不足以区分趋势与断点", "too few years to part trend and breaks"),
    "did not converge": ("模型未收敛", "the model did not converge"),
}


def trend(corpus: HasFrames, id: str = "disclosure_rate", definition: str | None = None) -> Drawn:
    """A share by year, all bodies pooled, with its known breaks and the change points that its figures suggest.

    Orange marks a year that begins a new level within bodies. The caption gives the trend a year as an odds ratio, what
    is found at each break, and where definition and behaviour break together, so that no series can part them. Models,
    sources and limits: ``gx.measures.trend`` and ``change_points``. Raises ``ValueError`` for a measure that is no
    share, or an argument that is not known.
    """
    measure, chosen = definition_of(corpus, id, definition)
    zh, en = f"{measure.zh}：趋势与断点", f"{measure.en}: trend and breaks"
    name = f"trend_{id}"
    frame = traced_measure(corpus, id, ["year"], definition).drop_nulls("year")
    lacking = int(frame["cells_lacking"].sum())
    known = frame.drop_nulls("value")
    mark = [SIMULATED] if is_simulated(corpus) else []
    if known.is_empty():
        return nothing(corpus, zh, en, name, lacking)
    if known.height == 1:
        year = known["year"][0]
        one = f"只有 {year} 年有数值，无趋势可言。", f"Only {year} has a value: there is no trend."
        return in_words(zh, en, name, *one, mark)
    found = change_points(corpus, id, definition)
    said = [*_trend(fitted(corpus, id, definition)), *_statements(found)]
    scale = scale_of(measure, [*frame["value"], *frame["low"], *frame["high"]])
    rows = rate_rows(frame, ["year"], measure, scale)
    years = [row["year"] for row in rows]
    caption = [*mark, *counted(chosen), *how_sure(frame, lacking), *said]
    if any(row["small"] for row in rows):
        caption.append(small_note(chosen, SMALL))
    data = inline(rows, name)
    series = [rows[0]["series"]]
    drawn = over_years(data, measure, chosen, scale, years, series, _levels(found, years))
    values = "; ".join(f"{row['year']} {row['rate'] or row['counts']}" for row in rows)
    heading = title(zh, en, caption, width_of(years) + 60)
    return finished(drawn, heading, f"{zh} {en}. {values}. {' '.join(said)}")


def _trend(frame: pl.DataFrame) -> list[str]:
    """The trend a year as the model has it, or why it has none."""
    row = frame.filter(term="trend").row(0, named=True)
    if row["status"] != "ok":
        zh, en = STATUSES[row["status"]]
        return [f"趋势无法估计：{zh} No trend is estimated: {en}"]
    low, high = (frame.filter(term="trend")[end].exp()[0] for end in ("low", "high"))
    odds = f"{row['odds_ratio']:.2f} ({low:.2f} - {high:.2f})"
    return [
        f"机构内趋势：优势（odds）每年乘以 {odds}，{row['bodies']} 个机构",
        f"Within bodies the odds are multiplied by {odds} a year, {row['bodies']} bodies",
    ]


def _statements(found: pl.DataFrame) -> list[str]:
    """What is said of the years with a known break or a new level; where no year could be judged, that once."""
    judged = found.filter(status="ok")
    if judged.is_empty():
        status = found["status"][0] if found.height else "too few years"
        zh, en = STATUSES[status]
        return [f"断点无法判断：{zh} No break can be judged: {en}"]
    told = judged.filter((pl.col("statement_en") != "") & (pl.col("found") | pl.col("known_break").is_not_null()))
    none = [] if judged["found"].any() else ["未见新的水平 No new level is found"]
    return [*none, *(f"{row['statement_zh']} {row['statement_en']}" for row in told.iter_rows(named=True))]


def _levels(found: pl.DataFrame, years: list[int]) -> list[alt.Chart]:
    """An orange band over every year that begins a new level."""
    values = [
        {"from": year - 0.5, "to": year + 0.5, "text": "新水平 new level"}
        for year in found.filter("found")["year"]
        if year in years
    ]
    if not values:
        return []
    base = alt.Chart(inline(values, "change_points"))
    x = years_axis("from", years)
    return [base.mark_rect(color=ORANGE, opacity=0.18).encode(x=x, x2=alt.X2("to:Q"), y=y_at(0), y2=y2_at(PANEL))]
