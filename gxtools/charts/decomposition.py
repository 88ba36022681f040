"""What a change between two years is made of: bodies that did otherwise, another mix, bodies that came or went."""

from __future__ import annotations

from typing import Any

import altair as alt

from gxtools.charts.captions import SIMULATED, counted, is_simulated, spanned_breaks, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import x_at
from gxtools.charts.groups import rounded
from gxtools.charts.inline import inline
from gxtools.charts.nothing import in_words, nothing
from gxtools.charts.scales import Scale, scale_of
from gxtools.charts.theme import BLUE, INK, ORANGE
from gxtools.measures import HasFrames, definition_of
from gxtools.measures import decomposition as parts_of
from gxtools.measures import measure as measured

WIDTH = 340
PARTS = {
    "within": "同一机构自身变化 within bodies",
    "mix": "件数分布变化 mix of bodies",
    "entry": "新增机构 bodies that came",
    "exit": "缺席机构 bodies that left",
}

Rows = list[dict[str, Any]]


def decomposition(
    corpus: HasFrames,
    id: str = "disclosure_rate",
    before: int | None = None,
    after: int | None = None,
    definition: str | None = None,
) -> Drawn:
    """The pooled value of two years, and between them the four parts that add up to the change.

    By default the two newest years that have a value. Formula, source and limits: ``gx.measures.decomposition``. Where
    no body stands in both years, the chart says so. Raises ``ValueError`` where an argument is not known.
    """
    measure, chosen = definition_of(corpus, id, definition)
    zh, en = f"{measure.zh}：变化由什么构成", f"{measure.en}: what the change is made of"
    frame = measured(corpus, id, ["year"], definition)
    years = frame.drop_nulls(["year", "value"])["year"].to_list()
    name = f"decomposition_{id}"
    mark = [SIMULATED] if is_simulated(corpus) else []
    if not years:
        return nothing(corpus, zh, en, name, int(frame["cells_lacking"].sum()))
    last = after if after is not None else years[-1]
    earlier = [year for year in years if year < last]
    first = before if before is not None else (earlier[-1] if earlier else None)
    if first is None:
        return in_words(
            zh, en, name, f"只有 {last} 年有数值，无变化可分解。", f"Only {last} has a value: there is no change.", mark
        )
    parts = parts_of(corpus, id, first, last, definition)
    if parts["contribution"].null_count():
        return in_words(
            zh,
            en,
            name,
            f"{first} 年与 {last} 年没有共同的机构，或其中一年无数值，无法分解。",
            f"{first} and {last} share no body, or one of them has no value: nothing can be told apart.",
            mark,
        )
    rows = _rows(parts.to_dicts())
    scale = scale_of(measure, [value for row in rows for value in (row["from"], row["to"])])
    for row in rows:
        row["text"] = _text(row, scale)
    breaks = spanned_breaks(measure, [first, last])
    caption = [
        *mark,
        *counted(chosen),
        "四部分之和等于合计数的变化；不说明原因 The four parts add up to the change; they tell no cause",
        *(f"其间有 {b.zh}：“自身变化”含定义变化 {b.en}: within bodies holds the new definitions too" for b in breaks),
    ]
    drawn = _bars(inline(rows, name), rows, scale)
    said = "; ".join(f"{row['part']} {row['text']}" for row in rows)
    return finished(drawn, title(zh, en, caption, WIDTH + 260), f"{zh} {en}. {said}")


def _rows(parts: list[dict[str, Any]]) -> Rows:
    """A waterfall: each part begins where the one before ended."""
    own = parts[0]
    rows: Rows = [_row(f"{own['before']}", "total", own["value_before"], own["value_before"], None)]
    at = own["value_before"]
    for part in parts:
        kind = "more" if part["contribution"] >= 0 else "less"
        rows.append(_row(PARTS[part["part"]], kind, at, at + part["contribution"], part["bodies"]))
        at += part["contribution"]
    return [*rows, _row(f"{own['after']}", "total", own["value"], own["value"], None)]


def _row(part: str, kind: str, start: float, end: float, bodies: int | None) -> dict[str, Any]:
    high, low = rounded(max(start, end)), rounded(min(start, end))
    return {"part": part, "kind": kind, "from": rounded(start), "to": rounded(end), "bodies": bodies} | {
        "low": low,
        "high": high,
    }


def _text(row: dict[str, Any], scale: Scale) -> str:
    if row["kind"] == "total":
        return scale.said(row["to"])
    change = row["to"] - row["from"]
    points = f"{change * 100:+.1f} 个百分点 points" if scale.kind == "share" else f"{change:+.2f}"
    # What rounds to nothing bears no sign.
    points = points.replace("-0.0 ", "0.0 ").replace("+0.0 ", "0.0 ")
    return f"{points}（{row['bodies']} 个机构 bodies）"


def _bars(data: alt.InlineData, rows: Rows, scale: Scale) -> Drawn:
    """Bars for the parts; the two years are points, so that the axis need not begin at 0."""
    order = [row["part"] for row in rows]
    y = alt.Y("part:N", title=None, sort=order, axis=alt.Axis(labelLimit=0, ticks=False, domain=False, grid=True))
    least, most = min(row["low"] for row in rows), max(row["high"] for row in rows)
    room = (most - least) * 0.1 or abs(most) * 0.05 or 1.0
    ends = alt.Scale(domain=[round(least - room, 5), round(most + room, 5)], nice=False, zero=False)
    axis = alt.Axis(format=scale.format, tickCount=5)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=None, scale=ends, axis=axis)

    colour = alt.Scale(domain=["more", "less"], range=[BLUE, ORANGE])
    base = alt.Chart()
    parts, years = base.transform_filter("datum.kind !== 'total'"), base.transform_filter("datum.kind === 'total'")
    tooltip = [
        alt.Tooltip("part:N", title="部分 part"),
        alt.Tooltip("text:N", title="贡献 contribution"),
        alt.Tooltip("bodies:Q", title="机构 bodies"),
    ]
    return alt.layer(
        parts.mark_bar(height=14).encode(
            y=y, x=x("low"), x2=alt.X2("high:Q"), color=alt.Color("kind:N", scale=colour, legend=None), tooltip=tooltip
        ),
        parts.mark_tick(color=INK, thickness=1.5, size=20).encode(y=y, x=x("to")),
        years.mark_point(filled=True, size=70, color=INK, opacity=1).encode(y=y, x=x("to"), tooltip=tooltip),
        base.mark_text(align="left", color=INK).encode(y=y, x=x_at(WIDTH + 14), text=alt.Text("text:N")),
        data=data,
    ).properties(width=WIDTH, height=alt.Step(26))
