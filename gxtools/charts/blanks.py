"""What is left blank, line by line, and what the sums prove that it was: a blank is no 0."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.groups import rounded
from gxtools.charts.inline import inline
from gxtools.charts.nothing import nothing
from gxtools.charts.theme import BLUE, GREY, INK, ORANGE
from gxtools.forms import Forms
from gxtools.measures import HasFrames, blank_shares, forms_of

MOST = 20
WIDTH = 380
_ZH, _EN = "没有填写数字的单元格", "Cells without a figure"
_KINDS = {
    "zero": "勾稽关系表明应为0 the sums prove 0",
    "positive": "勾稽关系表明大于0 the sums prove more than 0",
    "open": "无法判断 not decided by the sums",
}

Rows = list[dict[str, Any]]


def blanks(corpus: HasFrames) -> Drawn:
    """The share of cells left blank, dashed or absent in every line of every table, split by what the sums prove.

    Cells of tables that the report has. The 20 lines with the largest shares, in printed order.
    """
    found = blank_shares(corpus)
    lacking = found.filter(pl.col("lacking") > 0)
    if lacking.is_empty():
        why = ("所读的表格中没有空白单元格。", "In the tables that were read no cell is blank, dashed or missing.")
        return nothing(corpus, _ZH, _EN, "blanks", 0, why if found.height else None)
    kept = lacking.with_row_index("place").sort("share", "place", descending=[True, False]).head(MOST).sort("place")
    rows = _rows(kept, forms_of(corpus))
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        "缺数的单元格 / 该行全部单元格，仅计报告中有的表格 Cells without a figure, of all in the line",
    ]
    if lacking.height > kept.height:
        rest = lacking.height - kept.height
        caption.append(f"另有 {rest} 行缺数较少，未列出 {rest} more lines lack fewer and are not drawn")
    heading = title(_ZH, _EN, caption, WIDTH + 380)
    return finished(_bars(rows), heading, _in_words(kept, rows))


def _rows(found: pl.DataFrame, known: Forms) -> Rows:
    names = {
        (table.id, line.id): (f"{line.zh} {line.en}", f"{table.zh} {table.en}")
        for form in known.all
        for table in form.tables
        for line in table.lines
    }
    seen = Counter(names[key][0] for key in found.select("table", "line").iter_rows())
    rows = []
    for row in found.iter_rows(named=True):
        line, table = names[row["table"], row["line"]]
        line = line if seen[line] == 1 else f"{table}: {line}"
        proved = {"zero": row["proved_zero"], "positive": row["proved_positive"]}
        cells = proved | {"open": row["lacking"] - sum(proved.values())}
        rows += [
            {
                "line": line,
                "table": table,
                "kind": _KINDS[kind],
                "rank": rank,
                "cells": count,
                "share": rounded(count / row["cells"]),
                "counts": f"{row['lacking']}/{row['cells']} ({row['share']:{'.1%' if row['share'] >= 0.01 else '.2%'}})"
                if rank == 0
                else "",
                "end": row["share"],
            }
            for rank, (kind, count) in enumerate(cells.items())
        ]
    return rows


def _bars(rows: Rows) -> Drawn:
    lines = list(dict.fromkeys(row["line"] for row in rows))
    base = alt.Chart(inline(rows, "blanks")).encode(
        y=alt.Y("line:N", title=None, sort=lines, axis=alt.Axis(labelLimit=0, ticks=False))
    )
    end = max(row["end"] for row in rows) * 1.3
    x = alt.X(
        "share:Q",
        title="占比 Share",
        stack="zero",
        scale=alt.Scale(domain=[0, end], nice=False),
        axis=alt.Axis(format=".2~%", tickCount=4),
    )
    colours = alt.Scale(domain=list(_KINDS.values()), range=["white", ORANGE, GREY])
    bars = base.mark_bar(height=13, stroke=BLUE, strokeWidth=1).encode(
        x=x,
        order=alt.Order("rank:Q"),
        fill=alt.Fill("kind:N", scale=colours, legend=alt.Legend(orient="top", title=None, columns=1)),
        tooltip=[
            alt.Tooltip("table:N", title="表 table"),
            alt.Tooltip("line:N", title="行 line"),
            alt.Tooltip("kind:N", title="判断 proved"),
            alt.Tooltip("cells:Q", title="单元格 cells"),
            alt.Tooltip("share:Q", title="占比 share", format=".1%"),
        ],
    )
    words = base.mark_text(align="left", dx=6, color=INK).encode(
        x=alt.X("end:Q", scale=alt.Scale(domain=[0, end], nice=False)), text=alt.Text("counts:N")
    )
    return alt.layer(bars, words).properties(width=WIDTH, height=alt.Step(22))


def _in_words(found: pl.DataFrame, rows: Rows) -> str:
    """For those who do not see it: the lines with their counts."""
    lines = list(dict.fromkeys(row["line"] for row in rows))
    counts = [f"{row['lacking']}/{row['cells']}" for row in found.iter_rows(named=True)]
    return f"{_ZH} {_EN}. " + "; ".join(f"{line} {count}" for line, count in zip(lines, counts, strict=True)) + "."
