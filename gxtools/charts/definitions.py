"""Rival definitions of one measure side by side: what the same reports give, counted otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, how_sure, is_simulated, title
from gxtools.charts.choices import (
    WIDTH,
    Rows,
    cautions,
    choice_rows,
    choice_tooltip,
    definition_axis,
    in_panels,
    step,
    value_axis,
)
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import hollow_where_small, x_at
from gxtools.charts.groups import fitting
from gxtools.charts.nothing import nothing
from gxtools.charts.scales import scale_of, small_note
from gxtools.charts.theme import BLUE, FAINT, INK, SMALL
from gxtools.measures import HasFrames, definition_of, multiverse

MOST = 30


def definitions(corpus: HasFrames, id: str = "disclosure_rate", by: Sequence[str] | None = None) -> Drawn:
    """A measure by each of its definitions, with intervals: a panel for every group of ``by``, a row a definition.

    By default a panel for every agency and year while these make at most 30 rows, else for every year, else one for
    all. The figures are those of ``gx.measures.multiverse`` over all reports. A definition that a form does not have
    stands as 缺数 n/a.

    Raises ``ValueError`` where an argument is not known, ``id`` is a composition, or ``by`` makes more than 30 rows.
    """
    measure, first = definition_of(corpus, id)
    keys, frame = fitting(by, [["agency", "year"], ["year"], []], MOST, lambda keys: _over_all(corpus, id, keys))
    name = "_".join(["definitions", id, "by", *keys]) if keys else f"definitions_{id}"
    zh, en = f"{measure.zh}：不同算法", f"{measure.en}: rival definitions"
    lacking = int(frame.filter(definition=frame["definition"].first())["cells_lacking"].sum()) if frame.height else 0
    if frame["value"].null_count() == frame.height:
        return nothing(corpus, zh, en, name, lacking)
    scale = scale_of(measure, [*frame["value"], *frame["low"], *frame["high"]])
    rows = choice_rows(frame, keys, scale)
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        *how_sure(frame, lacking),
        *([small_note(first, SMALL)] if any(row["small"] for row in rows) else []),
        *cautions(measure, corpus, keys),
    ]
    y, shown = definition_axis(measure), choice_tooltip(measure, scale)
    base = alt.Chart()
    panel = alt.layer(
        base.mark_rule(color=INK, strokeWidth=1.5).encode(y=y, x=value_axis("low", scale), x2=alt.X2("high:Q")),
        base.mark_point(size=50, stroke=BLUE, strokeWidth=2, opacity=1).encode(
            y=y, x=value_axis("value", scale), fill=hollow_where_small(), tooltip=shown
        ),
        base.mark_text(align="right", color=INK).encode(y=y, x=x_at(WIDTH + 60), text=alt.Text("rate:N")),
        base.mark_text(align="left", color=FAINT).encode(y=y, x=x_at(WIDTH + 70), text=alt.Text("counts:N")),
    ).properties(width=WIDTH, height=step(measure))
    heading = title(zh, en, caption, WIDTH + 460)
    return finished(in_panels(panel, rows, name), heading, _in_words(zh, en, rows))


def _over_all(corpus: HasFrames, id: str, keys: Sequence[str]) -> pl.DataFrame:
    return multiverse(corpus, id, keys).filter(reports="all")


def _in_words(zh: str, en: str, rows: Rows) -> str:
    said = [f"{row['group']}, {row['definition']}: {row['rate']} {row['counts']}" for row in rows]
    more = f"; 另有 {len(said) - 12} 行 and {len(said) - 12} more" if len(said) > 12 else ""
    return f"{zh} {en}. " + "; ".join(said[:12]) + more
