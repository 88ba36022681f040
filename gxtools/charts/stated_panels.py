"""What the charts over stated figures share: which panels were asked for, their names, and words for no figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED
from gxtools.charts.finishing import Drawn
from gxtools.charts.nothing import in_words
from gxtools.measures.stated import Asked, asked

IDS = ("reconsideration_per_1000", "litigation_per_1000")
TICKS = (0, 5, 20, 50, 100, 200, 300, 500, 1000)
NO_SAMPLE = "所见网页的数字，并非抽样 · Figures of the pages that were met, no sample"

Rows = list[dict[str, Any]]


def panels_of(
    ids: Sequence[str],
    figures: pl.DataFrame | None,
    years: Iterable[int] | None,
    least: float,
    leave_out: Sequence[str],
    at: str | None,
) -> list[Asked]:
    """What every panel asks, all over the body-years that state what any of them needs."""
    wanted = None if years is None else list(years)
    return [
        asked(
            id.partition(":")[0],
            id.partition(":")[2] or None,
            figures=figures,
            years=wanted,
            least=least,
            leave_out=leave_out,
            beside=[other for other in ids if other != id],
            at=at,
        )
        for id in ids
    ]


def nothing_stated(names: tuple[str, str], name: str, panels: Sequence[Asked]) -> Drawn:
    """The chart where no body-year states what all panels need."""
    caption = [SIMULATED] if panels[0].is_simulated else []
    return in_words(
        *names,
        name,
        "没有可显示的内容：所给数字中，没有机构年同时载有所需各项。",
        "Nothing to show: among these figures no body-year states all that is needed.",
        caption,
    )


def panel_column(panels: Sequence[Asked]) -> alt.Column:
    """Columns by ``panel``, a field whose last character is the panel's place, headed by the measures' names."""
    names = [f"{options.measure.zh} {options.measure.en}" for options in panels]
    return alt.Column(
        "panel:N",
        title=None,
        header=alt.Header(
            labelExpr=f"{json.dumps(names, ensure_ascii=False)}[+slice(datum.label, -1)]", labelAnchor="start"
        ),
    )
