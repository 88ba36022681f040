"""Disputes by the tables: how many by requests and by denials, how they ended, what is pending, which way they went."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, how_sure, is_simulated, pooled_breaks, spanned_breaks, title
from gxtools.charts.finishing import Drawn, calculations, finished
from gxtools.charts.fixed import x2_at, x_at
from gxtools.charts.groups import fitting, label, whole
from gxtools.charts.inline import inline
from gxtools.charts.layers import layered
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, FAINT, GREEN, GREY, INK, ORANGE, SMALL
from gxtools.forms import Forms
from gxtools.forms.measure_definitions import Measure
from gxtools.measures import HasFrames, Selection, definition_of, forms_of
from gxtools.measures.disputing import ASKED, traced_litigation

MOST = 80
WIDTH, LANE, LANES = 190, 16, 3
ACROSS = 3
ZH, EN = "行政复议与行政诉讼", "Reconsiderations and lawsuits"
SUITS = "行政诉讼（两类）Lawsuits, both kinds"
# By the place of a block in its table; both kinds of suit together come last.
COLOURS = (BLUE, ORANGE, GREEN)

Rows = list[dict[str, Any]]


class Question(NamedTuple):
    """A panel: measure and definition, heading, and whether its values are shares."""

    measure: str
    definition: str
    zh: str
    en: str
    is_share: bool


# The rates come before the shares.
QUESTIONS = (
    Question("per_1000", "of_handled", "每千件办结", "Per 1,000 requests handled", False),
    Question("per_1000", "of_denied", "每千件不予公开", "Per 1,000 denials", False),
    Question(
        "after_reconsideration_share", "of_litigation", "诉讼中先经复议的（%）", "Suits after reconsideration, %", True
    ),
    Question("correction_rate", "of_concluded", "审结案件中被纠正的（%）", "Corrected, of those concluded, %", True),
    Question("pending_share", "of_total", "年末尚未审结的（%）", "Pending at the end of the year, %", True),
)


def litigation(corpus: HasFrames, by: Sequence[str] | None = None) -> Drawn:
    """Five panels over the groups of ``by``, one row a group: disputes per 1,000 handled and per 1,000 denials, the
    suits that followed a reconsideration, what was corrected of what was concluded, and what is pending, by block.

    By default a row for every agency and year while these are at most 7, else for every year, else one for all. Below a
    denominator of 30 the mark is hollow and bears its counts. Figures are those of ``gx.measures.litigation``.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more than 7 groups.
    """
    measure, _ = definition_of(corpus, "litigation_per_1000")
    keys, frame = fitting(by, [["agency", "year"], ["year"], []], MOST, lambda keys: asked_of(corpus, keys))
    lacking = int(frame.filter(pl.col("measure") == measure.id)["cells_lacking"].sum()) // 2
    if not frame.filter(pl.col("measure") == "pending_share")["denominator"].sum():
        return nothing(corpus, ZH, EN, "litigation", lacking)
    rows = _rows(frame, keys, forms_of(corpus))
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "案件数按程序计；同一争议先复议后起诉的，两处各计一次",
        "Procedures, not disputes: one that went from reconsideration to court counts in both",
        *how_sure(frame, lacking),
        f"空心：分母不足 {SMALL}，只标件数 Hollow: of fewer than {SMALL}, counts only",
        *([] if "year" in keys else pooled_breaks(measure, corpus)),
    ]
    if keys == ["year"]:
        years = frame["year"].drop_nulls().unique()
        caption += [f"虚线 dashed: {b.zh} {b.en}" for b in spanned_breaks(measure, years)]
    drawn = _panels(rows, keys, measure)
    return finished(drawn, title(ZH, EN, caption, ACROSS * (WIDTH + 70)), _in_words(rows))


def asked_of(corpus: HasFrames, keys: Sequence[str]) -> pl.DataFrame:
    """The rows of ``traced_litigation`` that the panels show."""
    shown = [question.definition for question in QUESTIONS]
    asked = [asked for asked in ASKED if asked[1] in shown]
    if isinstance(corpus, Selection):
        # An explorer asks for the chart and for its figures.
        return corpus.once(("litigation", *keys), lambda: traced_litigation(corpus, keys, asked=asked))
    return traced_litigation(corpus, keys, asked=asked)


def _rows(frame: pl.DataFrame, keys: Sequence[str], known: Forms) -> Rows:
    tables = [table for form in known.all for table in form.tables if table.id == "disputes"]
    names = {line.id: f"{line.zh} {line.en}" for table in tables for line in table.lines}
    reconsideration = next(iter(names.values()))
    asked = {(q.measure, q.definition): q for q in QUESTIONS}
    rows: Rows = []
    for row in frame.iter_rows(named=True):
        id = "per_1000" if row["measure"].endswith("_per_1000") else row["measure"]
        question = asked[id, row["definition"].rpartition(": ")[2]]
        is_reconsideration = row["measure"] == "reconsideration_per_1000"
        own = {
            "question": QUESTIONS.index(question),
            "group": label(row, keys),
            "block": names[row["line"]] if row["line"] else reconsideration if is_reconsideration else SUITS,
            "numerator": whole(row["numerator"]),
            "denominator": whole(row["denominator"]),
        }
        limits = {name: _scaled(row[name], question.is_share) for name in ("value", "low", "high")}
        own |= {name: value for name, value in limits.items() if value is not None}
        rows.append(own | _behind(row))
    return rows


def _behind(row: dict[str, Any]) -> dict[str, Any]:
    """The cell that the one report behind a row counts; of several, how many bodies and how many lack something."""
    trace = row["trace"]
    if trace is None:
        return {"bodies": row["bodies"], "lacking": row["cells_lacking"]}
    # The numerator's cells come first; those of the denominator would fill the page.
    return {"cell": (trace["where"] or "").partition("; ")[0]}


def _scaled(value: float | None, is_share: bool) -> float | None:
    """A share in percent, anything else as it is; two digits behind the point draw the same."""
    return round(value * 100 if is_share else value, 2) if value is not None else None


def _panels(rows: Rows, keys: Sequence[str], measure: Measure) -> Drawn:
    """A panel a question, each on a scale of its own; a row a group, a lane a block."""
    groups = list(dict.fromkeys(row["group"] for row in rows))
    blocks = list(dict.fromkeys(row["block"] for row in rows if row["block"] != SUITS))
    colours = dict(zip(blocks, [*COLOURS, *[GREY] * len(blocks)], strict=False)) | {SUITS: INK}
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    colour = alt.Color("block:N", scale=scale, legend=alt.Legend(orient="top", title=None, columns=2))
    axis = alt.Axis(labelLimit=0, labelPadding=10, ticks=False, domain=False)
    y_full, y = alt.Y("group:N", title=None, sort=None, axis=axis), alt.Y("group:N", title=None, sort=None)
    lane = alt.YOffset("lane:O", scale=alt.Scale(paddingOuter=0.3))

    # One layer states axes and scales, the others none: stated by each they would outweigh the data.
    x_full = alt.X("low:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4, format="~r"))

    tooltip = [
        alt.Tooltip("group:N", title="组 group"),
        alt.Tooltip("block:N", title="类别 kind"),
        alt.Tooltip("numerator:Q", title="分子 numerator"),
        alt.Tooltip("denominator:Q", title="分母 denominator"),
        alt.Tooltip("value:Q", title="值 value"),
        alt.Tooltip("bodies:Q", title="机构 bodies"),
        alt.Tooltip("lacking:Q", title="未计入报告 left out"),
        alt.Tooltip("cell:N", title="单元格 cell"),
    ]
    base = alt.Chart()
    marks = [
        base.mark_rule(strokeWidth=1.5).encode(x=x_full, x2=alt.X2("high:Q"), y=y_full, yOffset=lane, color=colour),
        base.mark_point(size=42, strokeWidth=1.8, opacity=1).encode(
            x=alt.X("value:Q", title=None),
            y=y,
            yOffset=lane,
            stroke=alt.Stroke("tint:N", scale=None),
            fill=alt.Fill("face:N", scale=None),
            tooltip=tooltip,
        ),
        base.mark_text(align="left", fontSize=10.5, color=FAINT).encode(
            x=x_at(WIDTH + 6), y=y, yOffset=lane, text=alt.Text("text:N")
        ),
    ]
    years = sorted({int(group) for group in groups if group.isdigit()}) if list(keys) == ["year"] else []
    marks += [
        base.transform_filter(f"datum.group === '{b.year}'")
        .mark_rule(color=FAINT, strokeDash=[4, 3])
        .encode(y=alt.Y("group:N", sort=None, bandPosition=0), x=x_at(0), x2=x2_at(WIDTH))
        for b in spanned_breaks(measure, years)
    ]
    height = len(groups) * LANES * LANE
    headings = json.dumps([[question.zh, question.en] for question in QUESTIONS], ensure_ascii=False)
    header = alt.Header(labelExpr=f"{headings}[+datum.label]", labelAnchor="start", labelLineHeight=16)
    drawn: alt.FacetChart = layered(*marks, width=WIDTH, height=height).facet(
        facet=alt.Facet("question:O", title=None, header=header),
        data=inline(rows, "_".join(["litigation", "by", *keys]) if keys else "litigation"),
        columns=ACROSS,
        spacing=alt.RowColnumber(column=70, row=24),
    )
    drawn["resolve"] = alt.Resolve(scale=alt.ScaleResolveMap(x="independent"))
    drawn["transform"] = calculations(
        # Both kinds of suit together have the lane of the first kind: no panel has both.
        lane=f"datum.block === {json.dumps(SUITS, ensure_ascii=False)} ? 1 : "
        f"indexof({json.dumps(blocks, ensure_ascii=False)}, datum.block)",
        small=f"!(datum.denominator >= {SMALL})",
        tint=f"{json.dumps(colours, ensure_ascii=False)}[datum.block]",
        face="datum.small ? 'white' : datum.tint",
        text="!isValid(datum.denominator) ? '缺数 n/a' : datum.small || !isValid(datum.value) ? "
        "datum.numerator + '/' + datum.denominator : datum.question > 1 ? "
        "format(datum.value, '.0f') + '%' : format(datum.value, ',.1f')",
    )
    return drawn


def _in_words(rows: Rows) -> str:
    """For those who do not see it: the rates of at most twelve groups."""
    said = [
        f"{row['group']}, {row['block']}: {row['numerator']}/{row['denominator']}"
        for row in rows
        if row["question"] == 0 and row["denominator"] is not None
    ]
    more = f"; 另有 {len(said) - 12} 项 and {len(said) - 12} more" if len(said) > 12 else ""
    return f"{ZH} {EN}. 每千件办结 per 1,000 requests handled: " + "; ".join(said[:12]) + more
