"""Which measure may be joined over which break: a strip of the whole dictionary."""

from __future__ import annotations

from typing import Any

import altair as alt

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.theme import BLUE, GREEN, INK, ORANGE
from gxtools.forms.measure_definitions import measure_definitions
from gxtools.measures import HasFrames, forms_of, joinable

COLUMN = 172
VERDICTS = {
    "joined": ("可接续 joined", GREEN),
    "care": ("同式而慎接 with care", BLUE),
    "bridge": ("须搭桥 by a bridge", "#CC79A7"),
    "no": ("不可接 not across", ORANGE),
    "none": ("两侧皆无 on neither side", "#DDDDDD"),
}

Rows = list[dict[str, Any]]


def joins(corpus: HasFrames) -> Drawn:
    """Every measure and every known break: joined, with care, by a bridge, not across, or on neither side.

    The rows are those of ``gx.measures.joinable``; tooltips name the definition that serves both sides and its cost.
    """
    zh, en = "哪些指标可以跨断点接续", "Which measures may be joined over which break"
    rows = _rows(corpus)
    counts = {key: sum(row["verdict"] == words for row in rows) for key, (words, _) in VERDICTS.items()}
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "可接续：算法相同，且该断点与本指标无关；慎接：算法相同，但制度或格式已变",
        "Joined: one definition, and no break of this measure; with care: one definition, yet law or form changed",
        "搭桥：另用算法补足旧格式所缺，代价见提示 Bridge: other sums stand in for what a form lacks, at a cost",
    ]
    drawn = _strip(alt.InlineData(values=rows, name="joins"), rows)
    said = ", ".join(f"{VERDICTS[key][0]} {count}" for key, count in counts.items())
    return finished(drawn, title(zh, en, caption, 700), f"{zh} {en}. {said}")


def _rows(corpus: HasFrames) -> Rows:
    measures = measure_definitions(forms_of(corpus))
    breaks = {b.id: b for measure in measures.values() for b in measure.breaks}
    return [
        {
            "measure": f"{measures[row['id']].zh} {measures[row['id']].en}",
            "break": f"{breaks[row['break']].zh}\n{breaks[row['break']].en}",
            "year": row["year"],
            "verdict": VERDICTS[row["verdict"]][0],
            "definition": row["definition"] or "—",
            "cost": f"{row['cost_zh']} {row['cost_en']}".strip(),
        }
        for row in joinable(corpus).iter_rows(named=True)
    ]


def _strip(data: alt.InlineData, rows: Rows) -> Drawn:
    measures = list(dict.fromkeys(row["measure"] for row in rows))
    breaks = list(dict.fromkeys(row["break"] for row in rows))
    y = alt.Y("measure:N", title=None, sort=measures, axis=alt.Axis(labelLimit=0, ticks=False, domain=False))
    axis = alt.Axis(
        orient="top",
        labelAngle=0,
        ticks=False,
        domain=False,
        labelExpr="split(datum.label, '\\n')",
        labelLimit=0,
        labelFontSize=10,
        # Two lines run down from the first.
        labelPadding=20,
    )
    x = alt.X("break:N", title=None, sort=breaks, axis=axis)
    words, shades = zip(*VERDICTS.values(), strict=True)
    colour = alt.Scale(domain=list(words), range=list(shades))
    tooltip = [
        alt.Tooltip("measure:N", title="指标 measure"),
        alt.Tooltip("verdict:N", title="结论 verdict"),
        alt.Tooltip("definition:N", title="算法 definition"),
        alt.Tooltip("cost:N", title="代价 cost"),
    ]
    base = alt.Chart()
    return alt.layer(
        base.mark_rect(opacity=0.4, stroke="white", strokeWidth=2).encode(
            x=x, y=y, color=alt.Color("verdict:N", scale=colour, legend=None), tooltip=tooltip
        ),
        base.mark_text(fontSize=11, color=INK).encode(x=x, y=y, text=alt.Text("verdict:N")),
        data=data,
    ).properties(width=COLUMN * len(breaks), height=alt.Step(21))
