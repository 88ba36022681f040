"""What ``definitions`` and ``multiverse`` share: a panel a group, a row a definition, named in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import pooled_breaks, wrapped
from gxtools.charts.finishing import Drawn
from gxtools.charts.groups import label, rounded, whole
from gxtools.charts.scales import Scale
from gxtools.charts.theme import SMALL
from gxtools.forms.measure_definitions import Definition, Measure
from gxtools.measures import HasFrames

WIDTH = 330
# Columns of a definition's name, a Chinese character counting two.
NAME = 74
LINE = 14

Rows = list[dict[str, Any]]


def choice_rows(frame: pl.DataFrame, keys: Sequence[str], measure: Measure, scale: Scale) -> Rows:
    """The rows of a chart, one for every row of ``multiverse``."""
    names = {definition.id: _name(definition) for definition in measure.definitions}
    return [
        {
            "group": label(row, keys),
            # A simulated corpus bears its mark before the id.
            "definition": names[row["definition"].rpartition(" ")[2]],
            "reports": row["reports"],
            "value": rounded(row["value"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "lowest": rounded(row["lowest"]),
            "highest": rounded(row["highest"]),
            "numerator": whole(row["numerator"]),
            "denominator": whole(row["denominator"]),
            "interval": row["interval"],
            "bodies": row["bodies"],
            "lacking": row["cells_lacking"],
            "small": row["denominator"] is not None and row["denominator"] < SMALL,
            "rate": scale.said(row["value"]) if row["value"] is not None else "缺数 n/a",
            "counts": f"{whole(row['numerator'])}/{whole(row['denominator'])}"
            if row["denominator"] is not None
            else "",
        }
        for row in frame.iter_rows(named=True)
    ]


def _name(definition: Definition) -> str:
    return "\n".join([*wrapped(definition.zh, NAME), *wrapped(definition.en, NAME)])


def definition_axis(rows: Rows) -> alt.Y:
    """The axis of definitions, in the order in which the dictionary has them."""
    names = list(dict.fromkeys(row["definition"] for row in rows))
    axis = alt.Axis(
        labelExpr="split(datum.label, '\\n')",
        labelLimit=0,
        labelFontSize=11,
        labelBaseline="middle",
        # Several lines run down from the first: raised, their middle stands at the mark.
        labelOffset=-(_most_lines(rows) - 1) * LINE / 2,
        labelLineHeight=LINE,
        ticks=False,
        domain=False,
        grid=True,
    )
    return alt.Y("definition:N", title=None, sort=names, axis=axis)


def step(rows: Rows) -> alt.Step:
    """The height of a row, so that no name touches the next one."""
    return alt.Step(max(2, _most_lines(rows)) * LINE + 10, **{"for": "position"})


def _most_lines(rows: Rows) -> int:
    return max(str(row["definition"]).count("\n") + 1 for row in rows)


def value_axis(field: str, scale: Scale) -> alt.X:
    """The axis of values."""
    ends = alt.Scale(domain=[scale.low, scale.high], nice=False)
    return alt.X(f"{field}:Q", title=None, scale=ends, axis=scale.axis())


def in_panels(panel: Drawn, rows: Rows, name: str) -> alt.FacetChart:
    """A panel for every group, one below the other."""
    groups = list(dict.fromkeys(row["group"] for row in rows))
    drawn: alt.FacetChart = panel.facet(
        row=alt.Row("group:N", title=None, sort=groups, header=alt.Header(orient="top", labelAnchor="start")),
        data=alt.InlineData(values=rows, name=name),
        spacing=14,
    )
    return drawn


def choice_tooltip(measure_lines: list[alt.Tooltip]) -> list[alt.Tooltip]:
    """Tooltip lines: group and definition, those of the measure, bodies and reports left out."""
    return [
        alt.Tooltip("group:N", title="组 group"),
        alt.Tooltip("definition:N", title="算法 definition"),
        *measure_lines,
        alt.Tooltip("bodies:Q", title="机构 bodies"),
        alt.Tooltip("lacking:Q", title="未计入报告 left out"),
    ]


def cautions(measure: Measure, corpus: HasFrames, keys: Sequence[str]) -> list[str]:
    """What the dictionary warns of, and the breaks that a pooled group spans."""
    said = [f"{measure.caution_zh} {measure.caution_en}"] if measure.caution_zh else []
    return [*said, *([] if "year" in keys else pooled_breaks(measure, corpus))]
