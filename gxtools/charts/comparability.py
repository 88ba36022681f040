"""What became of each line of the form in the next one, and whether its figures may stand in one series."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
from gxtools.charts.inline import inline
from gxtools.charts.theme import BLUE, INK, ORANGE
from gxtools.forms import Form, Forms
from gxtools.forms.crosswalk import Cell, Step, crosswalk
from gxtools.measures import HasFrames, forms_of

TABLES = {
    "requests": ("申请办理各项", "Requests"),
    "disputes": ("复议与诉讼各项", "Disputes"),
    "proactive": ("主动公开各项", "Proactive disclosure"),
    "statistics": ("2014年统计表各项", "The 2014 table"),
}
COLUMN = 170
STEP = 21
# By relation and whether it joins: what stands in the matrix, and its colour.
FATES = {
    ("same", True): ("相同 same", BLUE),
    ("renamed", True): ("改名 renamed", BLUE),
    ("merged", True): ("合并 merged", BLUE),
    ("split", True): ("拆分 split", BLUE),
    ("overlaps", True): ("交叉可接 overlaps, joined", BLUE),
    ("same", False): ("同名不接 same name, not joined", ORANGE),
    ("renamed", False): ("改名不接 renamed, not joined", ORANGE),
    ("merged", False): ("合并不接 merged, not joined", ORANGE),
    ("split", False): ("拆分不接 split, not joined", ORANGE),
    ("overlaps", False): ("交叉不接 overlaps", ORANGE),
    ("none", False): ("无对应 none", "#DDDDDD"),
}
_JOINING = {words for (_, joins), (words, _) in FATES.items() if joins}

Rows = list[dict[str, Any]]


def comparability(corpus: HasFrames, table: str = "requests") -> Drawn:
    """A matrix of the cells of a table and the changes of form: same, renamed, merged, split, overlaps, none.

    Blue may stand in one series, once several cells are added up; orange may not; grey has nothing on the other side.
    ``table``: ``requests``, ``disputes``, ``proactive``, or ``statistics`` for the 58 lines of the 2014 form. The
    words are those of ``forms/data/crosswalk.toml``; no figures enter. The caption says which forms ``corpus`` holds.

    Raises ``ValueError`` for another table.
    """
    if table not in TABLES:
        raise ValueError(f"table: {table!r} is not known here; allowed are {', '.join(TABLES)}")
    known = forms_of(corpus)
    rows = _rows(known, table)
    changes = [f"{before.id} → {after.id}" for before, after in pairwise(known.all)]
    changes = [change for change in changes if any(change in row for row in rows)]
    fates = [row[change] for row in rows for change in changes if change in row]
    zh, en = TABLES[table]
    zh, en = f"{zh}：哪些可以跨格式接续", f"{en}: what may be joined across the forms"
    joined, none = sum(fate in _JOINING for fate in fates), fates.count(FATES["none", False][0])
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        f"蓝：可以接续 {joined} 处；橙：不可接续 {len(fates) - joined - none} 处；灰：一侧没有 {none} 处",
        f"Blue: {joined} may be joined; orange: {len(fates) - joined - none} may not; grey: {none} on one side only",
        *_held(corpus),
    ]
    name = f"comparability_{table}"
    drawn = _matrix(inline(rows, name), rows, changes)
    return finished(drawn, title(zh, en, caption, 720), _words(zh, en, rows, changes))


def _held(corpus: HasFrames) -> list[str]:
    """Which forms the reports at hand are printed in."""
    held = corpus.reports.drop_nulls("form").group_by("form").agg(count=pl.len()).sort("form")
    if held.is_empty():
        return ["所读文件中没有一份用到国家统一格式 No document at hand is in a national form"]
    zh = "、".join(f"{row['form']}年格式 {row['count']} 份" for row in held.iter_rows(named=True))
    en = ", ".join(f"{row['count']} in the form of {row['form']}" for row in held.iter_rows(named=True))
    return [f"所读报告：{zh} Reports at hand: {en}"]


def _rows(known: Forms, table: str) -> Rows:
    """A row for every line of the table in any form that has it: its fate under the name of every change of form."""
    names = _names(known, table)
    rows: dict[str, dict[str, Any]] = {name: {"line": name} for name in names.values()}
    for step in crosswalk(known):
        for cell in dict.fromkeys([*step.new, *step.old]):
            if cell in names and _shown(cell, table):
                _tell(rows[names[cell]], step, known)
    return [row for row in rows.values() if len(row) > 1]


def _tell(row: dict[str, Any], step: Step, known: Forms) -> None:
    """Write down one fate; where several steps touch a line, the one that joins it, if there is one."""
    change = f"{step.before} → {step.after}"
    fate = FATES[step.relation, step.joins][0]
    if change in row and row[change] != fate:
        joining = [words for words in (row[change], fate) if words in _JOINING]
        fate = joining[0] if joining else FATES["overlaps", False][0]
    row[change] = fate
    if step.relation in ("merged", "split") or step.zh:
        before, after = known.by_id(step.before), known.by_id(step.after)
        old = "＋".join(_name(before, cell) for cell in step.old)
        new = "＋".join(_name(after, cell) for cell in step.new)
        note = f"{change}: {old} → {new}. {step.zh} {step.en}".strip()
        row["note"] = f"{row['note']} · {note}" if "note" in row else note


def _shown(cell: Cell, table: str) -> bool:
    """One column stands for all applicants: they share the fate of their line."""
    return cell[0] == table and (table != "requests" or cell[2] == "total")


def _names(known: Forms, table: str) -> dict[Cell, str]:
    """The cells of the table in any form, and what the newest form that has them calls them."""
    names: dict[Cell, str] = {}
    for form in known.all:
        for cell in form.cells:
            if cell.table == table:
                names[cell[:3]] = _name(form, cell[:3])
    return names


def _name(form: Form, cell: Cell) -> str:
    table = form.table(cell[0])
    line, column = table.line(cell[1]), table.column(cell[2])
    # What a label explains in brackets or after a pause would take the chart's whole width.
    zh = line.zh.split("（")[0].split("、")[0]
    if line.under is not None:
        # Lines under different heads bear one label.
        head = table.line(line.under)
        return f"{head.zh}·{zh} {head.en}: {line.en}"
    alone = len(line.columns) == 1 or cell[0] == "requests"
    return f"{zh} {line.en}" if alone else f"{zh}·{column.zh.split('（')[0]} {line.en}, {column.en}"


def _matrix(data: alt.InlineData, rows: Rows, changes: list[str]) -> Drawn:
    folded: list[str | alt.FieldName] = [*changes]
    lines = [row["line"] for row in rows]
    y = alt.Y("line:N", title=None, sort=lines, axis=alt.Axis(labelLimit=0, ticks=False, domain=False))
    axis = alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelFontWeight="bold")
    x = alt.X("change:N", title=None, sort=changes, axis=axis)
    words, shades = zip(*FATES.values(), strict=True)
    tooltip = [
        alt.Tooltip("line:N", title="项目 line"),
        alt.Tooltip("change:N", title="格式变化 change of form"),
        alt.Tooltip("fate:N", title="关系 relation"),
        alt.Tooltip("note:N", title="说明 note"),
    ]
    base = alt.Chart().transform_fold(folded, as_=["change", "fate"]).transform_filter("isValid(datum.fate)")
    return alt.layer(
        base.mark_rect(opacity=0.4, stroke="white", strokeWidth=2).encode(
            x=x,
            y=y,
            color=alt.Color("fate:N", scale=alt.Scale(domain=list(words), range=list(shades)), legend=None),
            tooltip=tooltip,
        ),
        base.mark_text(fontSize=11, color=INK).encode(x=x, y=y, text=alt.Text("fate:N")),
        data=data,
    ).properties(width=COLUMN * len(changes), height=alt.Step(STEP))


def _words(zh: str, en: str, rows: Rows, changes: list[str]) -> str:
    said = [
        f"{row['line']} {change}: {row[change]}"
        for row in rows
        for change in changes
        if change in row and row[change] not in _JOINING
    ]
    more = f"; 另有 {len(said) - 12} 处 and {len(said) - 12} more" if len(said) > 12 else ""
    return f"{zh} {en}. 不可接续或一侧没有 not to be joined, or on one side only: {'; '.join(said[:12])}{more}"
