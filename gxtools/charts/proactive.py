"""What was published without being asked: documents made and decisions taken, in the cells that all forms share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, title, wrapped
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.fixed import x_at
from gxtools.charts.groups import behind, fitting, label, whole
from gxtools.charts.inline import inline
from gxtools.charts.nothing import nothing
from gxtools.charts.strips import HEADER, names_of
from gxtools.charts.theme import BLUE, INK
from gxtools.forms import Forms
from gxtools.measures import HasFrames, forms_of, quantities

MOST = 60
PANEL = 120
STEP = 36

Rows = list[dict[str, Any]]


def proactive(corpus: HasFrames, by: Sequence[str] | None = None) -> Drawn:
    """Documents made, and decisions on licences, penalties and coercion, a row a group, a column a cell of the form.

    Only the cells that the forms of 2019 and 2021 share. Each column has its own scale: their units and sizes have
    nothing in common. Hollow bars hold a figure that a rule doubts. By default a row for every agency and year while
    these are at most 12, else for every year, else one for all; sums of several bodies say of how many.

    Raises ``ValueError`` where an argument is not known, or ``by`` makes more than 12 groups.
    """
    zh, en = "主动公开：两版格式共有的数字", "Proactive disclosure: what the forms share"
    known = forms_of(corpus)
    shared = _shared(known)
    keys, frame = fitting(
        by,
        [["agency", "year"], ["year"], []],
        MOST,
        lambda keys: quantities(corpus, keys).join(shared, on=["line", "column"], how="semi", maintain_order="left"),
    )
    name = "_".join(["proactive", "by", *keys]) if keys else "proactive"
    lacking = int(frame["cells_lacking"].sum())
    if frame["total"].null_count() == frame.height:
        why = (
            "所读的报告用的是没有这些栏目的格式（2019年以前）。",
            "The reports that were read use a form without these cells (before 2019).",
        )
        return nothing(corpus, zh, en, name, lacking, otherwise=why)
    rows = _rows(frame, keys, known)
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "印出的件数之和；各栏刻度不同，不可横向比较 Sums as printed; each column has a scale of its own",
        "不同年度的机关若不相同，其和不可比较 Sums over other bodies are not to be compared",
        *([f"另有 {lacking} 格空缺，不作零计 {lacking} cells are lacking and not taken for zero"] if lacking else []),
    ]
    if any(row["flagged"] for row in rows):
        caption.append("空心：含有规则存疑的数字 Hollow: holds a figure that a rule doubts")
    parts = list(dict.fromkeys(row["part"] for row in rows))
    drawn = _columns(rows, name, parts)
    return finished(drawn, title(zh, en, caption, 160 + len(parts) * PANEL), _in_words(zh, en, rows))


def _shared(known: Forms) -> pl.DataFrame:
    """Line and column of every cell that each form with this table has."""
    sets = [
        {(cell.line, cell.column) for cell in form.cells if cell.table == "proactive"}
        for form in known.all
        if any(table.id == "proactive" for table in form.tables)
    ]
    return pl.DataFrame(sorted(set.intersection(*sets)), schema=["line", "column"], orient="row")


def _rows(frame: pl.DataFrame, keys: Sequence[str], known: Forms) -> Rows:
    lines, columns = names_of(known, "proactive"), names_of(known, "proactive", columns=True)
    rows: Rows = []
    for row in frame.iter_rows(named=True):
        total = whole(row["total"])
        line, column = lines[row["line"]].split("\n"), columns[row["column"]].split("\n")
        rows.append(
            {
                "label": label(row, keys),
                "part": "\n".join(
                    [line[0], column[0], *wrapped(" ".join(line[1:]), HEADER), *wrapped(" ".join(column[1:]), HEADER)]
                ),
                "total": total,
                "text": f"{total:,}" if total is not None else "缺数 n/a",
                "flagged": bool(row["flagged"]),
                "bodies": row["bodies"],
                **behind(row, keys),
            }
        )
    return rows


def _columns(rows: Rows, name: str, parts: list[str]) -> alt.FacetChart:
    order = list(dict.fromkeys(row["label"] for row in rows))
    y = alt.Y("label:N", title=None, sort=order, axis=alt.Axis(labelLimit=0, ticks=False, domain=False, labelPadding=8))
    axis = alt.Axis(labelExpr="format(datum.value, '~s')", tickCount=2, labelFlush=True)
    tooltip = [
        alt.Tooltip("agency:N", title="机关 agency"),
        alt.Tooltip("report_year:N", title="年度 year"),
        alt.Tooltip("part:N", title="项目 item"),
        alt.Tooltip("total:Q", title="件数 number", format=","),
        alt.Tooltip("bodies:Q", title="机构 bodies"),
        alt.Tooltip("lacking:Q", title="缺数的报告 lacking"),
        alt.Tooltip("source:N", title="来源 source"),
        alt.Tooltip("where:N", title="单元格 cells"),
    ]
    base = alt.Chart()
    panel = alt.layer(
        base.transform_filter("isValid(datum.total)")
        .mark_bar(height=11, stroke=BLUE, strokeWidth=1.2, color=BLUE)
        .encode(
            x=alt.X("total:Q", title=None, axis=axis),
            y=y,
            fillOpacity=alt.FillOpacityValue(0.6, condition={"test": "datum.flagged", "value": 0}),
            tooltip=tooltip,
        ),
        base.mark_text(align="left", dy=-12, fontSize=11, color=INK).encode(
            x=x_at(1), y=y, text=alt.Text("text:N"), tooltip=tooltip
        ),
    ).properties(width=PANEL - 18, height=alt.Step(STEP))
    header = alt.Header(labelExpr="split(datum.label, '\\n')", labelLineHeight=15, labelAnchor="start")
    drawn: alt.FacetChart = panel.facet(
        column=alt.Column("part:N", title=None, sort=parts, header=header),
        data=inline(rows, name),
        spacing=26,
    ).resolve_scale(x="independent")
    return drawn


def _in_words(zh: str, en: str, rows: Rows) -> str:
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(row["label"], []).append(f"{row['part'].replace(chr(10), ' ')} {row['text']}")
    groups = [f"{group}: {', '.join(items)}" for group, items in said.items()]
    more = f"; 另有 {len(groups) - 6} 组 and {len(groups) - 6} more" if len(groups) > 6 else ""
    return f"{zh} {en}. " + "; ".join(groups[:6]) + more
