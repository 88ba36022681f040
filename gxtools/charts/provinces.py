"""A rate by province as a grid of tiles, one a province and all of one size: no borders are drawn.

Where each tile stands is in ``provinces.csv``. Simulated provinces have a grid of their own: they are no real place.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, how_sure, is_simulated, number_of, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.layers import layered
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, FAINT, INK, RULE, SMALL
from gxtools.datasets import population
from gxtools.forms.measure_definitions import Measure
from gxtools.measures import HasFrames, Selection, definition_of, traced_measure

LAYOUT = "provinces.csv"
ACROSS = 8
TILE = 86
# Light enough at both ends for dark text.
SHADES = ("#EEF5FB", "#56A5D8")

# 模拟一省 before 模拟二省, as people count.
_IN_ORDER = str.maketrans("一二三四五六七八九十", "0123456789")

Rows = list[dict[str, Any]]


class Tile(NamedTuple):
    """Where a province stands in the grid, and what it is called there."""

    province: str
    short: str
    en: str
    column: int
    row: int


def provinces(
    corpus: HasFrames, id: str = "disclosure_rate", year: int | None = None, definition: str | None = None
) -> Drawn:
    """A measure by province in one year, by default the newest with figures: rate, 95 % interval and denominator.

    A province pools those of its reports that were read, of whatever level. Below 30 cases a tile is hollow and has
    counts alone; a dashed one has reports without the figures needed, a pale one none. Provinces that are not of the
    grid, simulated ones among them, stand below it. The tooltip has new requests per 1,000 residents (census of 2020)
    where the province's own consolidated report prints them.

    Raises ``ValueError`` where an argument is not known, or the measure is neither a share nor a rate per 1,000.
    """
    measure, chosen = definition_of(corpus, id, definition)
    if measure.kind not in ("share", "per_1000"):
        raise ValueError(f"id: {id!r} is a {measure.kind}; this chart takes a share or a rate per 1,000")
    every = traced_measure(corpus, id, ["province", "year"], definition).filter(pl.col("year").is_not_null())
    placed = every.filter(pl.col("province").is_not_null())
    years = placed.filter(pl.col("value").is_not_null())["year"].to_list()
    used = year if year is not None else max(years, default=None)
    frame = placed.filter(pl.col("year") == pl.lit(used, pl.Int32))
    if used is None or frame["value"].null_count() == frame.height:
        return nothing(corpus, measure.zh, measure.en, "provinces", int(every["cells_lacking"].sum()))
    unplaced = corpus.reports.filter(
        pl.col("error").is_null() & pl.col("province").is_null() & (pl.col("year") == used)
    ).height
    rows = _rows(frame, measure, _per_1000(corpus, used))
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        *counted(chosen),
        "所读报告合计，不分层级，并非全省全部机关 Reports that were read, of any level: not all bodies of a province",
        # No line is drawn here: the interval stands in figures.
        *(
            line.replace("线段：", "小字：").replace("Lines:", "Small figures:")
            for line in how_sure(frame, int(frame["cells_lacking"].sum()))
        ),
        *_looks(rows),
    ]
    if unplaced:
        caption.append(
            f"省份未知的 {unplaced} 份报告不在图上 Not shown: {number_of(unplaced, 'report')} of unknown province"
        )
    heading = title(f"{measure.zh}，{used}年，分省", f"{measure.en} by province, {used}", caption, ACROSS * TILE)
    return finished(_grid(rows, measure), heading, _in_words(measure, used, rows))


@cache
def layout() -> dict[str, Tile]:
    """The tiles by the province's full name. Raises ``ValueError`` where two stand on one place."""
    text = (resources.files("gxtools.charts") / LAYOUT).read_text("utf-8")
    tiles = [Tile(r["province"], r["short"], r["en"], int(r["column"]), int(r["row"])) for r in _read(text)]
    places = [(tile.column, tile.row) for tile in tiles]
    if len(set(places)) < len(places) or len({tile.province for tile in tiles}) < len(tiles):
        raise ValueError(f"{LAYOUT}: a province, or a place of the grid, stands twice")
    return {tile.province: tile for tile in tiles}


def _read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def _per_1000(corpus: HasFrames, year: int) -> dict[str, float]:
    """New requests per 1,000 residents by province, of the one consolidated report of its government."""
    own = corpus.reports.filter(
        (pl.col("level") == "province")
        & (pl.col("kind") == "government")
        & (pl.col("year") == year)
        & pl.col("error").is_null()
    ).filter(~pl.col("province").is_duplicated())
    # All cells of a large selection would be gathered for those of some thirty reports.
    few = corpus.filter(pl.col("report").is_in(own["report"].implode())) if isinstance(corpus, Selection) else corpus
    received = few.cells.filter(
        (pl.col("table") == "requests") & (pl.col("line") == "received") & (pl.col("column") == "total")
    ).select("report", "value")
    rates = (
        own.join(received, on="report", how="inner")
        .join(population().select("province", "population"), on="province", how="inner")
        .with_columns(rate=pl.col("value") / pl.col("population") * 1000)
        .drop_nulls("rate")
    )
    return dict(zip(rates["province"], rates["rate"], strict=True))


def _rows(frame: pl.DataFrame, measure: Measure, per_1000: dict[str, float]) -> Rows:
    found = {row["province"]: row for row in frame.iter_rows(named=True)}
    real = [tile for tile in layout().values() if any(province in layout() for province in found)]
    last = max((tile.row for tile in real), default=-2)
    others = sorted((name for name in found if name not in layout()), key=lambda name: name.translate(_IN_ORDER))
    below = [Tile(name, name, "", n % ACROSS, last + 2 + n // ACROSS) for n, name in enumerate(others)]
    return [_row(tile, found.get(tile.province), measure, per_1000) for tile in (*real, *below)]


def _row(tile: Tile, row: dict[str, Any] | None, measure: Measure, per_1000: dict[str, float]) -> dict[str, Any]:
    value = None if row is None else rounded(row["value"])
    of = None if row is None else whole(row["denominator"])
    small = of is not None and of < SMALL
    look = "none" if row is None else "lacking" if value is None else "small" if small else "rate"
    held = row or {}
    said = {"rate": _said(value, measure), "small": f"{whole(held.get('numerator'))}/{of}", "lacking": "缺数 n/a"}
    shown = look == "rate"
    return {
        "province": tile.province,
        "zh": tile.short,
        "en": tile.en,
        "column": tile.column,
        "row": tile.row,
        "look": look,
        "value": value,
        "shade": value if shown else None,
        "said": said.get(look, ""),
        "between": f"{_said(held['low'], measure)}–{_said(held['high'], measure)}"
        if shown and held["low"] is not None
        else "",
        "n": f"n={of:,}" if shown else "",
        "low": rounded(held.get("low")),
        "high": rounded(held.get("high")),
        "numerator": whole(held.get("numerator")),
        "denominator": of,
        "bodies": held.get("bodies"),
        "lacking": held.get("cells_lacking"),
        "per_1000": rounded(per_1000.get(tile.province)),
    }


def _said(value: float | None, measure: Measure) -> str:
    if value is None:
        return ""
    return f"{value:.1%}" if measure.kind == "share" else f"{value:.1f}"


def _looks(rows: Rows) -> list[str]:
    looks = {row["look"] for row in rows}
    words = {
        "small": f"空心：不足 {SMALL} 件，只标件数 Hollow: fewer than {SMALL}, counts only",
        "lacking": "虚线框：有报告而缺所需数字 Dashed: reports without the figures needed",
        "none": "灰字：没有读到报告 Grey: no report was read",
    }
    return [sentence for look, sentence in words.items() if look in looks]


def _grid(rows: Rows, measure: Measure) -> Drawn:
    number = ".1%" if measure.kind == "share" else ".1f"
    top = 1.0 if measure.kind == "share" else max(row["shade"] or 0 for row in rows) or 1.0
    height = max(row["row"] for row in rows) + 1
    x = alt.X("column:O", axis=None, scale=alt.Scale(domain=list(range(ACROSS)), paddingInner=0.05))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(height)), paddingInner=0.05))
    tooltip = [
        alt.Tooltip("province:N", title="省级行政区 province"),
        alt.Tooltip("value:Q", title=measure.zh, format=number),
        alt.Tooltip("low:Q", title="下限 low", format=number),
        alt.Tooltip("high:Q", title="上限 high", format=number),
        alt.Tooltip("numerator:Q", title="分子 numerator", format=","),
        alt.Tooltip("denominator:Q", title="分母 denominator", format=","),
        alt.Tooltip("bodies:Q", title="机构数 bodies"),
        alt.Tooltip("lacking:Q", title="未计入报告 left out"),
        alt.Tooltip("per_1000:Q", title="每千人新收申请 new requests per 1,000 residents", format=".3f"),
    ]
    base = alt.Chart().encode(x=x, y=y)
    shade = alt.Fill(
        "shade:Q",
        scale=alt.Scale(domain=[0, top], range=list(SHADES)),
        legend=alt.Legend(
            title=f"{measure.zh} {measure.en}",
            orient="top",
            format=".0%" if measure.kind == "share" else ".1f",
            values=[0, top / 2, top],
            gradientLength=220,
            titleLimit=0,
        ),
    )
    tiles = [
        base.transform_filter("datum.look == 'rate'")
        .mark_rect(stroke=BLUE, strokeWidth=1)
        .encode(fill=shade, tooltip=tooltip),
        *(
            base.transform_filter(f"datum.look == '{look}'")
            .mark_rect(fill="white", stroke=stroke, strokeWidth=width, strokeDash=dash)
            .encode(tooltip=tooltip)
            for look, stroke, width, dash in (
                ("small", BLUE, 2, [1, 0]),
                ("lacking", INK, 1.2, [4, 3]),
                ("none", RULE, 1, [1, 0]),
            )
        ),
    ]
    ink = alt.ColorValue(INK, condition={"test": "datum.look == 'none'", "value": FAINT})
    texts = [
        base.mark_text(dy=dy, fontSize=size).encode(text=alt.Text(f"{field}:N"), color=ink)
        for field, dy, size in (("zh", -27, 13), ("en", -13, 10), ("said", 4, 16), ("between", 19, 10), ("n", 32, 10))
    ]
    return layered(*tiles, *texts, data=inline(rows, "provinces"), width=ACROSS * TILE, height=height * TILE)


def _in_words(measure: Measure, year: int, rows: Rows) -> str:
    """For those who do not see it: every province with a figure, then those without."""
    told = [f"{r['zh']} {r['en']}".strip() + f" {r['said']} {r['n']}".rstrip() for r in rows if r["said"]]
    none = [row["zh"] for row in rows if row["look"] == "none"]
    rest = f" 没有报告 no report: {', '.join(none)}." if none else ""
    return f"{measure.zh} {measure.en}, {year}. {'; '.join(told)}.{rest}"
