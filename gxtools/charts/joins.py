"""Which measure may be joined over which break: a strip of the whole dictionary."""

from __future__ import annotations

import json
from typing import Any

import altair as alt

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.inline import inline
from gxtools.charts.theme import BLUE, GREEN, INK, ORANGE
from gxtools.forms.measure_definitions import Break, measure_definitions
from gxtools.measures import HasFrames, forms_of, joinable

COLUMN = 172
VERDICTS = {
    "joined": ("可接续 joined", GREEN),
    "care": ("同式而慎接 with care", BLUE),
    "bridge": ("须搭桥 by a bridge", "#CC79A7"),
    "no": ("不可接 not across", ORANGE),
    "none": ("两侧皆无 on neither side", "#DDDDDD"),
}


def joins(corpus: HasFrames) -> Drawn:
    """Every measure and every known break: joined, with care, by a bridge, not across, or on neither side.

    The words are those of ``gx.measures.joinable``, which also tells the definition that serves both, and its cost.
    """
    zh, en = "哪些指标可以跨断点接续", "Which measures may be joined over which break"
    measures = measure_definitions(forms_of(corpus))
    breaks = {b.id: b for measure in measures.values() for b in measure.breaks}
    rows: dict[str, dict[str, Any]] = {}
    for row in joinable(corpus).iter_rows(named=True):
        name = f"{measures[row['id']].zh} {measures[row['id']].en}"
        rows.setdefault(row["id"], {"measure": name})[row["break"]] = VERDICTS[row["verdict"]][0]
    told = [verdict for row in rows.values() for key, verdict in row.items() if key in breaks]
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "可接续：算法相同，且该断点与本指标无关；慎接：算法相同，但制度或格式已变",
        "Joined: one definition, and no break of this measure; with care: one definition, yet law or form changed",
        "搭桥：另用算法补足旧格式所缺 Bridge: other sums stand in for what a form lacks, at a cost",
    ]
    drawn = _strip(list(rows.values()), sorted(breaks.values(), key=lambda b: b.year))
    said = ", ".join(f"{words} {told.count(words)}" for words, _ in VERDICTS.values())
    return finished(drawn, title(zh, en, caption, 700), f"{zh} {en}. {said}")


def _strip(rows: list[dict[str, Any]], breaks: list[Break]) -> Drawn:
    y = alt.Y(
        "measure:N",
        title=None,
        sort=[row["measure"] for row in rows],
        axis=alt.Axis(labelLimit=0, ticks=False, domain=False),
    )
    names = json.dumps({b.id: [b.zh, b.en] for b in breaks}, ensure_ascii=False)
    axis = alt.Axis(
        orient="top",
        labelAngle=0,
        ticks=False,
        domain=False,
        labelExpr=f"{names}[datum.label]",
        labelLimit=0,
        labelFontSize=10,
        # Two lines run down from the first.
        labelPadding=20,
    )
    ids = [b.id for b in breaks]
    folded: list[str | alt.FieldName] = [*ids]
    x = alt.X("break:N", title=None, sort=ids, axis=axis)
    words, shades = zip(*VERDICTS.values(), strict=True)
    colour = alt.Scale(domain=list(words), range=list(shades))
    tooltip = [alt.Tooltip("measure:N", title="指标 measure"), alt.Tooltip("verdict:N", title="结论 verdict")]
    base = alt.Chart().transform_fold(folded, as_=["break", "verdict"])
    return alt.layer(
        base.mark_rect(opacity=0.4, stroke="white", strokeWidth=2).encode(
            x=x, y=y, color=alt.Color("verdict:N", scale=colour, legend=None), tooltip=tooltip
        ),
        base.mark_text(fontSize=11, color=INK).encode(x=x, y=y, text=alt.Text("verdict:N")),
        data=inline(rows, "joins"),
    ).properties(width=COLUMN * len(breaks), height=alt.Step(21))
