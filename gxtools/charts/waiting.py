"""How long requests wait, as far as four yearly totals tell: at least and at most, drawn as ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from gxtools.charts.captions import SIMULATED, is_simulated, left_out, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import x_at
from gxtools.charts.groups import fitting, label, rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, INK, ORANGE
from gxtools.measures import HasFrames
from gxtools.measures import waiting as waited

MOST = 24
PANEL = 290
STEP = 44
# What each panel shows: its bounds, of what, its colour and its name.
_PANELS = (
    ("same_year", "received", BLUE, "本年新收中当年办结的", "Of those received, closed in the same year"),
    (
        "over_a_year",
        "carried_in",
        ORANGE,
        "上年结转中年底仍未办结的",
        "Of those carried in, still open at the year's end",
    ),
)

Rows = list[dict[str, Any]]


def waiting(corpus: HasFrames, by: Sequence[str] | None = None) -> Drawn:
    """Bounds on the share of requests closed in the year that they came, and of those open for more than a year.

    Each bar runs from the least to the most that received, carried in, handled and carried out allow; where between
    them the truth lies no report says. By default a row for every agency and year while these are at most 24, else for
    every year, else one for all. No row where nothing was received, or nothing carried in.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more than 24 groups.
    """
    zh, en = "申请等了多久：至少与至多", "How long requests wait: at least and at most"
    keys, frame = fitting(by, [["agency", "year"], ["year"], []], MOST, lambda keys: waited(corpus, keys))
    name = "_".join(["waiting", "by", *keys]) if keys else "waiting"
    lacking = int(frame["cells_lacking"].sum())
    rows = [row for group in frame.iter_rows(named=True) for row in _rows(group, keys)]
    if not rows:
        return nothing(corpus, zh, en, name, lacking)
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "由新收、结转、办结四项合计逐份推出的上下限，并非误差范围；表中没有日期，界内何处不得而知",
        "Bounds that the four totals of each report prove, no interval of error: the form has no dates, so where "
        "between them the truth lies is not known",
        "结转不等于逾期 Open is not late",
        *left_out(lacking),
    ]
    return finished(_panels(rows, name), title(zh, en, caption, 2 * PANEL + 200), _in_words(zh, en, rows))


def _rows(group: dict[str, Any], keys: Sequence[str]) -> Rows:
    rows = []
    for bound, of, _, zh, en in _PANELS:
        size, least, most = (whole(group[name]) for name in (of, f"{bound}_low", f"{bound}_high"))
        if not size or least is None or most is None:
            continue
        low, high = least / size, most / size
        rows.append(
            {
                "label": label(group, keys),
                "panel": f"{zh}\n{en}",
                "low": rounded(low),
                "high": rounded(high),
                "middle": rounded((low + high) / 2),
                "text": f"{_range(f'{low:.1%}', f'{high:.1%}')}（{_range(f'{least:,}', f'{most:,}')} / {size:,}）",
                "least": least,
                "most": most,
                "of": size,
                "received": group["received"],
                "carried_in": group["carried_in"],
                "handled": group["handled"],
                "carried_out": group["carried_out"],
                "mean_days": rounded(group["mean_days"]),
                "bodies": group["bodies"],
            }
        )
    return rows


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} - {high}"


def _panels(rows: Rows, name: str) -> alt.FacetChart:
    names = [panel for *_, zh, en in _PANELS if (panel := f"{zh}\n{en}") in {row["panel"] for row in rows}]
    colours = [colour for *_, colour, zh, en in _PANELS if f"{zh}\n{en}" in names]
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format="~%", tickCount=4, labelFlush=True)
    y = alt.Y("label:N", title=None, sort=None, axis=alt.Axis(labelLimit=0, ticks=False, domain=False, labelPadding=8))
    tooltip = [
        alt.Tooltip("label:N", title="机关、年度 body, year"),
        alt.Tooltip("least:Q", title="至少 at least"),
        alt.Tooltip("most:Q", title="至多 at most"),
        alt.Tooltip("of:Q", title="其总数 of"),
        alt.Tooltip("received:Q", title="新收 received"),
        alt.Tooltip("carried_in:Q", title="上年结转 carried in"),
        alt.Tooltip("handled:Q", title="办结 handled"),
        alt.Tooltip("carried_out:Q", title="结转下年 carried out"),
        alt.Tooltip("mean_days:Q", title="估计平均天数（非界限） estimated days, no bound"),
        alt.Tooltip("bodies:Q", title="机构 bodies"),
    ]
    base = alt.Chart()
    ends = base.mark_tick(thickness=2, size=18, color=INK)
    layers = alt.layer(
        base.mark_bar(height=12, opacity=0.75).encode(
            y=y,
            x=alt.X("low:Q", title=None, scale=scale, axis=axis),
            x2=alt.X2("high:Q"),
            color=alt.Color("panel:N", scale=alt.Scale(domain=names, range=colours), legend=None),
            tooltip=tooltip,
        ),
        ends.encode(y=y, x=alt.X("low:Q", title=None, scale=scale, axis=axis), tooltip=tooltip),
        ends.encode(y=y, x=alt.X("high:Q", title=None, scale=scale, axis=axis), tooltip=tooltip),
        base.mark_text(dy=-15, fontSize=11, color=INK, align="left").encode(y=y, x=x_at(2), text=alt.Text("text:N")),
    ).properties(width=PANEL, height=alt.Step(STEP))
    header = alt.Header(labelExpr="split(datum.label, '\\n')", labelLineHeight=15, labelAnchor="start")
    drawn: alt.FacetChart = layers.facet(
        column=alt.Column("panel:N", title=None, sort=names, header=header),
        data=inline(rows, name),
        spacing=28,
    )
    return drawn


def _in_words(zh: str, en: str, rows: Rows) -> str:
    said = [f"{row['label']}, {row['panel'].replace(chr(10), ' ')}: {row['text']}" for row in rows]
    more = f"; 另有 {len(said) - 12} 项 and {len(said) - 12} more" if len(said) > 12 else ""
    return f"{zh} {en}. " + "; ".join(said[:12]) + more
