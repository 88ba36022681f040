"""A funnel in place of a league table: every body against what chance alone would give one of its size."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Any, Literal

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, counted, is_simulated, pooled_breaks, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import hollow_where_small
from gxtools.charts.groups import label, rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.nothing import in_words, nothing
from gxtools.charts.scales import Scale, scale_of, small_note, value_word
from gxtools.charts.theme import BLUE, FAINT, INK, ORANGE, SMALL
from gxtools.forms.measure_definitions import Definition, Measure
from gxtools.measures import HasFrames, definition_of
from gxtools.measures import funnel as limits_of
from gxtools.measures import measure as measured

WIDTH, HEIGHT = 520, 320
# So many bodies are drawn one by one; of more, those within the limits are gathered into cells.
SINGLE = 60
OUTSIDE = 30
LABELLED = 8
CURVE = 13
FEWEST = 3
# A power of ten of the denominator, and the height, are parted into so many cells.
_ACROSS, _UP = 4, 20

Rows = list[dict[str, Any]]


def funnel(
    corpus: HasFrames, id: str = "disclosure_rate", by: Sequence[str] = ("agency",), definition: str | None = None
) -> Drawn:
    """Every group of ``by`` by its denominator and value, between the limits around the value of all together.

    Lines: the exact 95 % and 99.8 % limits, and, where the bodies differ by more than chance, wider ones for that. Only
    those outside the widest are named, eight at most. Up to 60 bodies are drawn one by one; of more, those within the
    limits are gathered, the mark growing with their number. Hollow below 30. Figures and sources:
    ``gx.measures.funnel``.

    Raises ``ValueError`` where an argument is not known, or the measure has no funnel (a ratio, or a share that can
    pass 1).
    """
    measure, chosen = definition_of(corpus, id, definition)
    frame = limits_of(corpus, id, by, definition)
    name = "_".join(["funnel", id, "by", *by])
    zh, en = f"{measure.zh}：漏斗图", f"{measure.en}: funnel"
    if frame.is_empty():
        return nothing(corpus, zh, en, name, int(measured(corpus, id, [], definition)["cells_lacking"].sum()))
    if frame.height < FEWEST or frame["low"].null_count():
        return in_words(zh, en, name, *_too_few(frame), [SIMULATED] if is_simulated(corpus) else [])
    lines, points = _curves(frame), _points(frame, by)
    scale = scale_of(measure, [*frame["value"], *frame["high"]])
    _label(points, lines, scale)
    caption = [*([SIMULATED] if is_simulated(corpus) else []), *counted(chosen), *_said(frame, points, scale)]
    if any(row["small"] for row in points):
        caption.append(small_note(chosen, SMALL))
    caption += [*pooled_breaks(measure, corpus), *_left_out(int(frame["left_out"][0]))]
    drawn = _layers(lines, points, name, measure, chosen, scale)
    return finished(drawn, title(zh, en, caption, WIDTH + 120), _words(zh, en, frame, points, scale))


def _too_few(frame: pl.DataFrame) -> tuple[str, str]:
    if frame.height < FEWEST:
        return (
            f"没有可显示的内容：有可用数字的机构只有 {frame.height} 个，漏斗图至少要 {FEWEST} 个。",
            f"Nothing to show: {frame.height} bodies have usable figures; a funnel needs at least {FEWEST}.",
        )
    return (
        "没有可显示的内容：全部件数同为一种结果，无从画出界限。",
        "Nothing to show: all cases have one and the same outcome, so that no limits can be drawn.",
    )


def _curves(frame: pl.DataFrame) -> Rows:
    """The limits at the denominators of at most 13 bodies, spread over all sizes."""
    sizes = frame.unique("denominator", keep="first", maintain_order=True).sort("denominator")
    step = max(1, -(-sizes.height // (CURVE - 1)))
    kept = pl.concat([sizes.gather_every(step), sizes.tail(1)]).unique("denominator", maintain_order=True)
    columns = ["low", "high", "low_outer", "high_outer"]
    if frame["dispersed"][0]:
        columns += ["low_outer_wide", "high_outer_wide"]
    return [
        {"denominator": whole(row["denominator"]), "target": rounded(row["target"])}
        | {column: rounded(row[column]) for column in columns}
        for row in kept.iter_rows(named=True)
    ]


def _points(frame: pl.DataFrame, by: Sequence[str]) -> Rows:
    """Bodies one by one, those outside first in the order of their distance; the rest gathered where they are many."""
    far = frame.with_columns(distance=pl.col("z").abs()).sort("distance", *by, descending=[True] + [False] * len(by))
    outside, inside = far.filter(pl.col("place") != "within"), far.filter(pl.col("place") == "within")
    alone = far.height <= SINGLE
    rows = [_point(row, by) for row in (outside if alone else outside.head(OUTSIDE)).iter_rows(named=True)]
    if alone:
        return rows + [_point(row, by) for row in inside.iter_rows(named=True)]
    return [row | {"bodies": 1} for row in rows] + _gathered(inside)


def _point(row: dict[str, Any], by: Sequence[str]) -> dict[str, Any]:
    return {
        "name": label(row, by),
        "numerator": whole(row["numerator"]),
        "denominator": whole(row["denominator"]),
        "value": rounded(row["value"]),
        "small": row["denominator"] < SMALL,
    } | ({"outside": True} if row["place"] != "within" else {})


def _gathered(inside: pl.DataFrame) -> Rows:
    """One row for the bodies of like size and value: their pooled figures, and how many they are."""
    if inside.is_empty():
        return []
    top = float(str(inside["value"].max())) or 1.0
    cells = inside.with_columns(
        across=(pl.col("denominator").log10() * _ACROSS).floor(), up=(pl.col("value") / top * _UP).floor()
    ).group_by("across", "up")
    frame = cells.agg(
        pl.col("numerator", "denominator", "value").mean(), bodies=pl.len(), all_small=pl.col("denominator").max()
    ).sort("across", "up")
    return [
        {
            "name": f"{row['bodies']} 个机构（平均） {row['bodies']} bodies (mean)",
            "numerator": round(row["numerator"], 1),
            "denominator": round(row["denominator"], 1),
            "value": rounded(row["value"]),
            "small": row["all_small"] < SMALL,
            "bodies": row["bodies"],
        }
        for row in frame.iter_rows(named=True)
    ]


def _said(frame: pl.DataFrame, points: Rows, scale: Scale) -> list[str]:
    outside = frame.filter(pl.col("place") != "within").height
    target = scale.said(float(frame["target"][0]))
    lines = [
        f"{frame.height} 个机构，合计 {target}（横线）；{outside} 个在界限之外",
        f"{frame.height} bodies, {target} together (level line); {outside} outside the limits",
        "虚线：纯属偶然时 95% 与 99.8% 的界限 Dashed: 95% and 99.8% limits of chance alone",
    ]
    if frame["dispersed"][0]:
        phi = float(frame["phi"][0])
        lines.append(f"机构间方差为偶然所致的 {phi:.1f} 倍（φ）；实线为据此放宽的 99.8% 界限")
        lines.append(f"Variance {phi:.1f} times that of chance (phi); solid: 99.8% limits widened for it")
    drawn = sum("outside" in row for row in points)
    if drawn < outside:
        lines.append(f"界限之外只画最远的 {drawn} 个 Of those outside the {drawn} farthest are drawn")
    if frame.height > SINGLE:
        lines.append("界限之内的机构合并，圆越大机构越多 Those within are gathered: the larger, the more bodies")
    lines.append("只供发现线索，不作排名 For leads, not for ranking")
    return lines


def _left_out(bodies: int) -> list[str]:
    return [f"未计入 {bodies} 个机构：无可用数字 Left out {bodies} bodies without usable figures"] if bodies else []


def _ends(lines: Rows) -> tuple[float, float]:
    """The ends of the axis of denominators."""
    return 10.0 ** floor(log10(max(lines[0]["denominator"], 1))), lines[-1]["denominator"] * 1.6


def _label(points: Rows, lines: Rows, scale: Scale) -> None:
    """Name those outside, the farthest first, where no name covers another; on the side where there is room."""
    least, most = _ends(lines)
    taken: list[tuple[float, float, float]] = []
    for row in points:
        x = (log10(row["denominator"]) - log10(least)) / (log10(most) - log10(least)) * WIDTH
        y = _place(row["value"], scale) * HEIGHT
        width = 12.0 * len(row["name"])
        left, right = (x - width, x) if x > WIDTH / 2 else (x, x + width)
        free = all(right < a or left > b or abs(y - height) > 15 for a, b, height in taken)
        if "outside" in row and not row["small"] and free and len(taken) < LABELLED:
            taken.append((left, right, y))
            row["right" if x > WIDTH / 2 else "left"] = row["name"]


def _place(value: float, scale: Scale) -> float:
    share = value / (scale.high or 1)
    return share**0.5 if scale.kind == "per_1000" else share


def _layers(lines: Rows, points: Rows, name: str, measure: Measure, definition: Definition, scale: Scale) -> Drawn:
    ends = _ends(lines)
    x_scale = alt.Scale(type="log", domain=list(ends), nice=False)
    ticks = [10**power for power in range(0, 9) if ends[0] <= 10**power <= ends[1]]
    words = " ".join(definition.of)
    # Rates of small bodies reach far above all others: squares make room for these.
    kind: Literal["sqrt", "linear"] = "sqrt" if scale.kind == "per_1000" else "linear"
    y_scale = alt.Scale(type=kind, domain=[scale.low, scale.high], nice=False, clamp=True)
    axis = alt.Axis(values=ticks, format="~s", grid=False)
    x = alt.X("denominator:Q", title=f"{words}（对数 log）", scale=x_scale, axis=axis)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title=value_word(measure), scale=y_scale, axis=scale.axis())

    base = alt.Chart()
    tooltip = [
        alt.Tooltip("name:N", title="机关 agency"),
        alt.Tooltip("value:Q", title=value_word(measure), format=scale.format),
        alt.Tooltip("numerator:Q", title=" ".join(definition.counted)),
        alt.Tooltip("denominator:Q", title=words),
    ]
    # Every limit is a line of its own, dotted, dashed or, the wide ones and the target, drawn through.
    fields = [field for field in lines[0] if field != "denominator"]
    folded: list[str | alt.FieldName] = [*fields]
    dashes = {"low": [2, 3], "high": [2, 3], "low_outer": [6, 3], "high_outer": [6, 3]}
    dash = alt.Scale(domain=fields, range=[dashes.get(field, [1, 0]) for field in fields])
    curves = (
        base.transform_fold(folded, as_=["limit", "at"])
        .mark_line(color=FAINT, strokeWidth=1.1)
        .encode(x=x, y=y("at"), strokeDash=alt.StrokeDash("limit:N", scale=dash, legend=None))
    )
    # Only where bodies are gathered does the size tell anything.
    gathered = any("bodies" in row for row in points)
    steps = alt.Scale(domain=[1, 400], range=[45, 700], clamp=True)
    size = {"size": alt.Size("bodies:Q", scale=steps, legend=None)} if gathered else {}
    stroke = {False: BLUE, True: ORANGE}
    marks = [
        base.transform_filter("datum.outside" if outside else "!datum.outside")
        .mark_point(size=50, stroke=colour, strokeWidth=1.8, opacity=0.85, shape="diamond" if outside else "circle")
        .encode(x=x, y=y("value"), fill=hollow_where_small(colour), tooltip=tooltip, **size)
        for outside, colour in stroke.items()
    ]
    sides: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 8), ("right", -8))
    names = [
        base.transform_filter(f"isValid(datum.{side})")
        .mark_text(align=side, dx=dx, fontSize=11, color=INK)
        .encode(x=x, y=y("value"), text=alt.Text(f"{side}:N"))
        for side, dx in sides
    ]
    drawn = alt.layer(alt.layer(curves), alt.layer(*marks, *names))
    # Given last and in place: Altair copies the rows with every step.
    rows = (inline(lines, f"{name}_limits"), inline(points, name))
    for layer, data in zip(drawn["layer"], rows, strict=True):
        layer["data"] = data
    drawn["width"], drawn["height"] = WIDTH, HEIGHT
    return drawn


def _words(zh: str, en: str, frame: pl.DataFrame, points: Rows, scale: Scale) -> str:
    outside = [row for row in points if "outside" in row]
    said = [f"{row['name']} {row['numerator']}/{row['denominator']} = {scale.said(row['value'])}" for row in outside]
    who = "; ".join(said[:12]) if said else "无 none"
    target = scale.said(float(frame["target"][0]))
    return f"{zh} {en}. {frame.height} 个机构 bodies, 合计 together {target}. 界限之外 outside the limits: {who}"
