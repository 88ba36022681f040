"""A report as a person reads it on a terminal: its tables laid out as the form, then what is wrong with them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from gxtools import figures
from gxtools.cli.plain import plain
from gxtools.corpus import Report
from gxtools.forms import Forms, Group, Line, Table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Sheet

SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "notice": "提示 notice"}
_STYLES = {"error": "bold red", "warning": "yellow", "notice": "dim"}
_WIDE = 140
_LEGEND = "空 blank 空白 · 缺 not in the document 文件中没有 · ? unreadable 无法识别"

Cells = dict[tuple[str, str], dict[str, Any]]


def console() -> Console:
    """Standard output, as wide as the terminal; nothing that it is given is taken for markup."""
    from rich.console import Console

    width = shutil.get_terminal_size((_WIDE, 24)).columns
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)


def print_report(report: Report, forms: Forms, out: Console) -> None:
    """Whose report it is, its tables, a legend where a cell holds no figure, and its problems."""
    row = report.reports.row(0, named=True)
    out.print(title_of(row), style="bold", soft_wrap=True)
    out.print(_facts(row, forms), soft_wrap=True)
    for cells in report.cells.partition_by("table", maintain_order=True):
        table = forms.by_id(cells["form"][0]).table(cells["table"][0])
        held = {(cell["line"], cell["column"]): cell for cell in cells.iter_rows(named=True)}
        out.print(f"\n{table.zh} {table.en}", style="bold", soft_wrap=True)
        if cells["state"].eq("absent").all():
            out.print("文件中没有此表 this table is not in the document")
        else:
            for sheet in _sheets(table, held):
                out.print(sheet, crop=False)
            columns = dict.fromkeys(id for line in table.lines for id in line.columns)
            names = [f"{column.zh} {column.en}" for column in map(table.column, columns)]
            out.print(" · ".join(names), style="dim", soft_wrap=True)
    if not report.cells["state"].is_in(["printed", "dash"]).all():
        out.print(_LEGEND, soft_wrap=True)
    if report.extras.height:
        out.print(f"\n另有 {report.extras.height} 个表外数字 figures outside the form; see --json", soft_wrap=True)
    out.print(f"\n问题 Problems: {counted(report.problems)}", style="bold", soft_wrap=True)
    print_problems(report.problems, out)


def title_of(row: dict[str, Any]) -> str:
    """Agency and year of a row of ``reports``, or its source where they are not known."""
    known = [str(part) for part in (row["agency"], row["year"]) if part is not None]
    return plain(" ".join(known) or row["source"] or row["report"])


def counted(problems: pl.DataFrame) -> str:
    """How many there are of each severity."""
    counts = [problems.filter(pl.col("severity") == severity).height for severity in SEVERITIES]
    return ", ".join(f"{count} {name}" for count, name in zip(counts, SEVERITIES.values(), strict=True))


def print_problems(problems: pl.DataFrame, out: Console) -> None:
    """One entry a problem, errors first: in Chinese, in English, and where it stands."""
    for severity, name in SEVERITIES.items():
        for problem in problems.filter(pl.col("severity") == severity).iter_rows(named=True):
            told = f"- {name} [{problem['rule']}] {plain(problem['message_zh'])}"
            out.print(told, style=_STYLES[severity], soft_wrap=True)
            where = f" ({plain(problem['where'])})" if problem["where"] else ""
            out.print(f"  {plain(problem['message'])}{where}", soft_wrap=True)


def print_findings(findings: pl.DataFrame, out: Console) -> None:
    """As ``print_problems``, each with its fingerprint; those that a person accepted stand last, with what was said."""
    accepted = pl.col("verdict").fill_null("") == "accepted"
    numbered = pl.format("{} 编号 finding {}", "message_zh", "finding")
    print_problems(findings.filter(~accepted).with_columns(message_zh=numbered), out)
    for finding in findings.filter(accepted).iter_rows(named=True):
        out.print(f"- 已认可 accepted [{finding['rule']}] {plain(finding['message_zh'])}", style="dim", soft_wrap=True)
        out.print(f"  {plain(finding['note'])} ({finding['finding']})", style="dim", soft_wrap=True)


def _facts(row: dict[str, Any], forms: Forms) -> str:
    form = next((f for f in forms.all if f.id == row["form"]), None)
    names = [row["level"], row["kind"], row["province"], row["region_code"]]
    facts = [
        f"{form.zh} {form.en}" if form else "无格式 no form",
        " ".join(name for name in names if name),
        f"发布 published {row['published']}" if row["published"] else "",
        f"编号 id {row['report']}",
        row["source"] or "",
        row["address"] or "",
    ]
    return plain(" · ".join(fact for fact in facts if fact))


def _sheets(table: Table, cells: Cells) -> Iterator[Sheet]:
    """One sheet, or one a group where each has columns of its own."""
    if not any(group.columns for group in table.groups):
        yield _sheet(table, list(table.lines), tuple(column.id for column in table.columns), cells, "")
        return
    for group in table.groups:
        lines = [line for line in table.lines if line.group == group.id]
        if lines:
            yield _sheet(table, lines, lines[0].columns, cells, f"{group.label} {group.en}")


def _sheet(table: Table, lines: list[Line], columns: tuple[str, ...], cells: Cells, head: str) -> Sheet:
    """``head`` is the label of a group that has a sheet of its own; other groups stand in rows above their lines."""
    from rich import box
    from rich.table import Table as Sheet
    from rich.text import Text

    sheet = Sheet(box=box.SQUARE, pad_edge=False)
    sheet.add_column(Text(head), min_width=16, overflow="fold")
    for id in columns:
        sheet.add_column(Text(table.column(id).zh), justify="right", overflow="fold")
    shown: set[str] = set()
    for line in lines:
        groups = [] if head else _groups_of(table, line)
        for depth, group in enumerate(groups):
            if group.id not in shown:
                sheet.add_row(Text(f"{'  ' * depth}{group.label} {group.en}", style="bold"))
                shown.add(group.id)
        texts = [Text(_figure(cells.get((line.id, id))), no_wrap=True) for id in columns]
        sheet.add_row(Text(f"{'  ' * len(groups)}{line.label} {line.en}"), *texts)
    return sheet


def _groups_of(table: Table, line: Line) -> list[Group]:
    """The groups that hold a line, outermost first."""
    found: list[Group] = []
    id = line.group
    while id is not None:
        found.insert(0, table.group(id))
        id = found[0].parent
    return found


def _figure(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return ""
    if cell["value"] is not None:
        unit = " 万元" if cell["unit"] == "10k_cny" else ""
        return figures.write(cell["value"], separators=True) + unit
    if cell["state"] == "unreadable":
        return f"? {plain(cell['raw'])[:20]}"
    return {"blank": "空", "absent": "缺"}.get(cell["state"], plain(cell["raw"] or ""))
