"""What ``definitions`` and ``multiverse`` share: a panel a group, a row a definition, named in both languages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import pooled_breaks, wrapped
from gxtools.charts.finishing import Drawn
from gxtools.charts.groups import label, rounded, whole
from gxtools.charts.inline import inline
from gxtools.charts.scales import Scale, value_word
from gxtools.charts.theme import SMALL
from gxtools.forms.measure_definitions import Definition, Measure
from gxtools.measures import HasFrames

WIDTH = 330
# Columns of a definition's name, a Chinese character counting two.
NAME = 74
LINE = 14

Rows = list[dict[str, Any]]


def choice_rows(frame: pl.DataFrame, keys: Sequence[str], scale: Scale) -> Rows:
    """The rows of a chart, one for every row of ``multiverse``."""
    return [
        {
            "group": label(row, keys),
            # A simulated corpus bears its mark before the id.
            "definition": row["definition"].rpartition(" ")[2],
            "value": rounded(row["value"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "bodies": row["bodies"],
            "small": row["denominator"] is not None and row["denominator"] < SMALL,
            "rate": scale.said(row["value"]) if row["value"] is not None else "缺数 n/a",
            "counts": f"{whole(row['numerator'])}/{whole(row['denominator'])}"
            if row["denominator"] is not None
            else "",
        }
        for row in frame.iter_rows(named=True)
    ]


def _name(definition: Definition) -> list[str]:
    return [*wrapped(definition.zh, NAME), *wrapped(definition.en, NAME)]


def definition_axis(measure: Measure) -> alt.Y:
    """The axis of definitions, in the order in which the dictionary has them, each under its name."""
    names = json.dumps({d.id: _name(d) for d in measure.definitions}, ensure_ascii=False)
    axis = alt.Axis(
        labelExpr=f"{names}[datum.label]",
        labelLimit=0,
        labelFontSize=11,
        labelBaseline="middle",
        labelOffset=_raised(measure),
        labelLineHeight=LINE,
        ticks=False,
        domain=False,
        grid=True,
    )
    return alt.Y("definition:N", title=None, sort=[d.id for d in measure.definitions], axis=axis)


def _raised(measure: Measure) -> dict[str, Any]:
    """Several lines run down from the first: raised by half of them, the middle of a name stands at its mark."""
    lines = {d.id: len(_name(d)) for d in measure.definitions}
    raised = [
        {"test": f"datum.value === {json.dumps(id)}", "value": -(number - 1) * LINE / 2} for id, number in lines.items()
    ]
    return {"condition": raised, "value": 0}


def step(measure: Measure) -> alt.Step:
    """The height of a row, so that no name touches the next one."""
    return alt.Step(max(2, _most_lines(measure)) * LINE + 10, **{"for": "position"})


def _most_lines(measure: Measure) -> int:
    return max(len(_name(definition)) for definition in measure.definitions)


def value_axis(field: str, scale: Scale) -> alt.X:
    """The axis of values."""
    ends = alt.Scale(domain=[scale.low, scale.high], nice=False)
    return alt.X(f"{field}:Q", title=None, scale=ends, axis=scale.axis())


def in_panels(panel: Drawn, rows: Rows, name: str) -> alt.FacetChart:
    """A panel for every group, one below the other."""
    groups = list(dict.fromkeys(row["group"] for row in rows))
    drawn: alt.FacetChart = panel.facet(
        row=alt.Row("group:N", title=None, sort=groups, header=alt.Header(orient="top", labelAnchor="start")),
        data=inline(rows, name),
        spacing=14,
    )
    return drawn


def choice_tooltip(measure: Measure, scale: Scale) -> list[alt.Tooltip]:
    """Tooltip lines: the definition, its value with limits and counts, and how many bodies."""
    return [
        alt.Tooltip("group:N", title="组 group"),
        alt.Tooltip("definition:N", title="算法 definition"),
        alt.Tooltip("value:Q", title=value_word(measure), format=scale.format),
        alt.Tooltip("low:Q", title="下限 low", format=scale.format),
        alt.Tooltip("high:Q", title="上限 high", format=scale.format),
        alt.Tooltip("counts:N", title="件数 counts"),
        alt.Tooltip("bodies:Q", title="机构 bodies"),
    ]


def cautions(measure: Measure, corpus: HasFrames, keys: Sequence[str]) -> list[str]:
    """What the dictionary warns of, and the breaks that a pooled group spans."""
    said = [f"{measure.caution_zh} {measure.caution_en}"] if measure.caution_zh else []
    return [*said, *([] if "year" in keys else pooled_breaks(measure, corpus))]
