"""The same question asked every defensible way: all definitions, with and without reports that were found wanting."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from gxtools.charts.captions import SIMULATED, is_simulated, left_out, number_of, title
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
from gxtools.charts.fixed import x_at
from gxtools.charts.groups import fitting, rounded
from gxtools.charts.nothing import nothing
from gxtools.charts.scales import Scale, scale_of
from gxtools.charts.theme import BLUE, GREEN, INK, ORANGE, RULE
from gxtools.measures import HasFrames, definition_of
from gxtools.measures import multiverse as choices_of

MOST = 45
CHOICES = {
    "all": "全部报告 all reports",
    "without_errors": "除去有错误者 without reports with an error",
    "without_findings": "再除去有警告者 nor with a warning",
}


def multiverse(corpus: HasFrames, id: str = "disclosure_rate", by: Sequence[str] | None = None) -> Drawn:
    """A measure by every definition and every choice of reports, a panel for every group of ``by``.

    By default a panel for every year while these make at most 45 rows, else one for all. The band is the range of
    values: of choices, not of chance. A choice that leaves no report has no mark, and the caption says how many.

    Raises ``ValueError`` where an argument is not known, ``id`` is a composition, or ``by`` makes more than 45 rows.
    """
    measure, _ = definition_of(corpus, id)
    keys, frame = fitting(by, [["year"], []], MOST, lambda keys: choices_of(corpus, id, keys))
    name = "_".join(["multiverse", id, "by", *keys]) if keys else f"multiverse_{id}"
    zh, en = f"{measure.zh}：换一种做法会怎样", f"{measure.en}: had one chosen otherwise"
    whole_corpus = frame.filter(reports="all", definition=frame["definition"].first()) if frame.height else frame
    lacking = int(whole_corpus["cells_lacking"].sum())
    if frame["value"].null_count() == frame.height:
        return nothing(corpus, zh, en, name, lacking)
    scale = scale_of(measure, frame["value"])
    rows = choice_rows(frame, keys, scale)
    for row, told in zip(rows, frame.iter_rows(named=True), strict=True):
        row["choice"] = CHOICES[told["reports"]]
        row |= {"lowest": rounded(told["lowest"]), "highest": rounded(told["highest"])}
    none = sum(row["value"] is None for row in rows)
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "灰带：各种做法所得数值的范围，来自选择，不来自偶然",
        "Band: the range of values over all choices; of choices, not of chance",
        *(
            [f"{none} 种做法无可用报告，未画 Not drawn: {number_of(none, 'choice')} without a usable report"]
            if none
            else []
        ),
        *left_out(lacking),
        *cautions(measure, corpus, keys),
    ]
    y = definition_axis(measure)
    colour = alt.Scale(domain=list(CHOICES.values()), range=[BLUE, ORANGE, GREEN])
    shape = alt.Scale(domain=list(CHOICES.values()), range=["circle", "square", "triangle-up"])
    shown = [
        alt.Tooltip("choice:N", title="报告 reports"),
        *choice_tooltip(measure, scale),
    ]
    base = alt.Chart()
    offset = alt.YOffset("choice:N", sort=list(CHOICES.values()))
    legend = alt.Legend(orient="top", title=None, direction="vertical")
    panel = alt.layer(
        base.mark_rect(color=RULE, opacity=0.4).encode(
            y=y, yOffset=offset, x=value_axis("lowest", scale), x2=alt.X2("highest:Q")
        ),
        base.mark_point(size=60, filled=True, opacity=1).encode(
            y=y,
            yOffset=offset,
            x=value_axis("value", scale),
            color=alt.Color("choice:N", scale=colour, legend=legend),
            shape=alt.Shape("choice:N", scale=shape, legend=legend),
            tooltip=shown,
        ),
        base.transform_filter(f"datum.choice === '{CHOICES['all']}'")
        .mark_text(align="left", color=INK)
        .encode(y=y, x=x_at(WIDTH + 12), text=alt.Text("rate:N")),
    ).properties(width=WIDTH, height=step(measure))
    heading = title(zh, en, caption, WIDTH + 420)
    return finished(in_panels(panel, rows, name), heading, _in_words(zh, en, rows, scale))


def _range(lowest: float | None, highest: float | None, scale: Scale) -> str:
    return "" if lowest is None or highest is None else f"{scale.said(lowest)} - {scale.said(highest)}"


def _in_words(zh: str, en: str, rows: Rows, scale: Scale) -> str:
    ranges = {row["group"]: _range(row["lowest"], row["highest"], scale) for row in rows if row["value"] is not None}
    said = [f"{group}: {between}" for group, between in list(ranges.items())[:12]]
    return f"{zh} {en}. " + "; ".join(said)
