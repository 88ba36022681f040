"""What became of each line of the form in the next one, and whether its figures may stand in one series."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from gxtools.charts.captions import SIMULATED, is_simulated, title
from gxtools.charts.finishing import Drawn, finished
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
RELATIONS = {
    "same": "相同 same",
    "renamed": "改名 renamed",
    "merged": "合并 merged",
    "split": "拆分 split",
    "overlaps": "交叉 overlaps",
    "none": "无对应 none",
}
JOINS = {"joins": "可以接续 may be joined", "parts": "不可接续 not to be joined", "none": "一侧没有 on one side only"}

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
    zh, en = TABLES[table]
    zh, en = f"{zh}：哪些可以跨格式接续", f"{en}: what may be joined across the forms"
    joined, apart = (sum(row["joins"] == JOINS[kind] for row in rows) for kind in ("joins", "parts"))
    caption = [
        *([SIMULATED] if is_simulated(corpus) else []),
        f"可以接续 {joined} 处，不可接续 {apart} 处，一侧没有 {len(rows) - joined - apart} 处",
        f"{joined} may be joined, {apart} may not, {len(rows) - joined - apart} have nothing on one side",
        *_held(corpus),
    ]
    name = f"comparability_{table}"
    drawn = _matrix(alt.InlineData(values=rows, name=name), rows)
    return finished(drawn, title(zh, en, caption, 720), _words(zh, en, rows))


def _held(corpus: HasFrames) -> list[str]:
    """Which forms the reports at hand are printed in."""
    held = corpus.reports.drop_nulls("form").group_by("form").agg(count=pl.len()).sort("form")
    if held.is_empty():
        return ["所读文件中没有一份用到国家统一格式 No document at hand is in a national form"]
    zh = "、".join(f"{row['form']}年格式 {row['count']} 份" for row in held.iter_rows(named=True))
    en = ", ".join(f"{row['count']} in the form of {row['form']}" for row in held.iter_rows(named=True))
    return [f"所读报告：{zh} Reports at hand: {en}"]


def _rows(known: Forms, table: str) -> Rows:
    """A row for every line of the table, in any form that has it, and every change of form that touches it."""
    rows: Rows = []
    names = _names(known, table)
    for step in crosswalk(known):
        for cell in dict.fromkeys([*step.new, *step.old]):
            if cell in names and _shown(cell, table):
                rows.append(_row(names[cell], step, cell, known))
    return _merged(rows, list(names.values()))


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


def _row(name: str, step: Step, cell: Cell, known: Forms) -> dict[str, Any]:
    joins = "none" if step.relation == "none" else "joins" if step.joins else "parts"
    before, after = known.by_id(step.before), known.by_id(step.after)
    return {
        "line": name,
        "step": f"{step.before} → {step.after}",
        "relation": RELATIONS[step.relation],
        "joins": JOINS[joins],
        "old": "＋".join(_name(before, old) for old in step.old) or "—",
        "new": "＋".join(_name(after, new) for new in step.new) or "—",
        "note": f"{step.zh} {step.en}".strip(),
    }


def _merged(rows: Rows, order: list[str]) -> Rows:
    """One row a line and change of form: where several steps touch it, the one that joins it, if there is one."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        key = row["line"], row["step"]
        if key not in found:
            found[key] = row
        else:
            first = found[key]
            notes = " · ".join(note for note in (first["note"], row["note"]) if note)
            if JOINS["joins"] in (first["joins"], row["joins"]):
                found[key] = (first if first["joins"] == JOINS["joins"] else row) | {"note": notes}
            else:
                found[key] = first | {"relation": RELATIONS["overlaps"], "joins": JOINS["parts"], "note": notes}
    ranks = {name: rank for rank, name in enumerate(dict.fromkeys(order))}
    return sorted(found.values(), key=lambda row: (ranks[row["line"]], row["step"]))


def _matrix(data: alt.InlineData, rows: Rows) -> Drawn:
    lines = list(dict.fromkeys(row["line"] for row in rows))
    steps = sorted({row["step"] for row in rows})
    y = alt.Y("line:N", title=None, sort=lines, axis=alt.Axis(labelLimit=0, ticks=False, domain=False))
    axis = alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelFontWeight="bold")
    x = alt.X("step:N", title=None, sort=steps, axis=axis)
    colour = alt.Scale(domain=list(JOINS.values()), range=[BLUE, ORANGE, "#DDDDDD"])
    tooltip = [
        alt.Tooltip("line:N", title="项目 line"),
        alt.Tooltip("step:N", title="格式变化 change of form"),
        alt.Tooltip("relation:N", title="关系 relation"),
        alt.Tooltip("old:N", title="原为 before"),
        alt.Tooltip("new:N", title="现为 after"),
        alt.Tooltip("note:N", title="说明 note"),
    ]
    base = alt.Chart()
    return alt.layer(
        base.mark_rect(opacity=0.4, stroke="white", strokeWidth=2).encode(
            x=x,
            y=y,
            color=alt.Color("joins:N", scale=colour, legend=alt.Legend(orient="top", title=None, symbolType="square")),
            tooltip=tooltip,
        ),
        base.mark_text(fontSize=11, color=INK).encode(x=x, y=y, text=alt.Text("relation:N")),
        data=data,
    ).properties(width=COLUMN * len(steps), height=alt.Step(STEP))


def _words(zh: str, en: str, rows: Rows) -> str:
    said = [f"{row['line']} {row['step']}: {row['relation']}" for row in rows if row["joins"] != JOINS["joins"]]
    more = f"; 另有 {len(said) - 12} 处 and {len(said) - 12} more" if len(said) > 12 else ""
    return f"{zh} {en}. 不可接续或一侧没有 not to be joined, or on one side only: {'; '.join(said[:12])}{more}"
