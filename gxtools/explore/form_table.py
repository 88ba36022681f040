"""A table of a report as HTML, laid out as the official form prints it, with labels in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gxtools.explore.markup import both, escaped
from gxtools.explore.words import STATES
from gxtools.forms import Column, Group, Line, Table

Cell = dict[str, Any]
_SIGN = "⚠ "


@dataclass(frozen=True)
class Marks:
    """What is set off: the chosen cell, and the (line, column) of problems, ``None`` for a whole line or column."""

    chosen: tuple[str | None, str | None]
    faults: frozenset[tuple[str | None, str | None]]

    def sign(self, line: str | None, column: str | None) -> str:
        """The sign of a problem at that very place."""
        return _SIGN if (line, column) in self.faults else ""


def table_html(table: Table, cells: Mapping[tuple[str, str], Cell], marks: Marks) -> str:
    """The cells of one table by line and column, states in words, problems and the chosen cell marked."""
    rows = _across(table, cells, marks) if table.layout == "lines_across" else _down(table, cells, marks)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _down(table: Table, cells: Mapping[tuple[str, str], Cell], marks: Marks) -> list[str]:
    """Lines down the page; every run of lines with the same columns has their heads above it."""
    width = max(len(line.columns) for line in table.lines)
    rows: list[str] = []
    heads: tuple[str, ...] = ()
    open_groups: tuple[Group, ...] = ()
    for line in table.lines:
        groups = _chain(table, line)
        new = [group for group in groups if group not in open_groups]
        rest = width - len(line.columns)
        filler = f'<td class="n" colspan="{rest}"></td>' if rest else ""
        columns = [table.column(id) for id in line.columns]
        heads_above = [] if line.columns == heads else _heads(table, columns, marks, filler)
        # In the form a group's own heads stand below its name, those of the whole table above all.
        headings = [f'<th class="g" colspan="{width + 1}">{escaped(g.label)} {escaped(g.en)}</th>' for g in new]
        rows += [*headings, *heads_above] if rows else [*heads_above, *headings]
        heads, open_groups = line.columns, groups
        label = f"<th>{marks.sign(line.id, None)}{both(line.label, line.en)}</th>"
        rows.append(label + _figures(line, cells, marks) + filler)
    return rows


def _chain(table: Table, line: Line) -> tuple[Group, ...]:
    """The groups that a line stands under, the outermost first."""
    chain: list[Group] = []
    id = line.group
    while id is not None:
        group = table.group(id)
        chain.insert(0, group)
        id = group.parent
    return tuple(chain)


def _heads(table: Table, columns: Sequence[Column], marks: Marks, filler: str) -> list[str]:
    named = {group.id: group for group in table.column_groups}
    if not any(column.group for column in columns):
        return [f'<th class="h"></th>{"".join(_head(column, marks) for column in columns)}{filler}']
    upper, lower = '<th class="h" rowspan="2"></th>', ""
    for id, members in groupby(columns, key=lambda column: column.group):
        held = list(members)
        if id is None:
            upper += "".join(_head(column, marks, ' rowspan="2"') for column in held)
        else:
            upper += f'<th class="h" colspan="{len(held)}">{both(named[id].label, named[id].en)}</th>'
            lower += "".join(_head(column, marks) for column in held)
    return [upper + filler, lower + filler]


def _head(column: Column, marks: Marks, spans: str = "") -> str:
    return f'<th class="h"{spans}>{marks.sign(None, column.id)}{both(column.zh, column.en)}</th>'


def _across(table: Table, cells: Mapping[tuple[str, str], Cell], marks: Marks) -> list[str]:
    """Lines side by side in the heads, their columns below each, all figures in one row."""
    upper = lower = ""
    for id, members in groupby(table.lines, key=lambda line: line.group):
        held = list(members)
        if id is None:
            upper += "".join(_line_head(line, marks, ' rowspan="2"') for line in held)
        else:
            group = table.group(id)
            upper += (
                f'<th class="h" colspan="{sum(len(line.columns) for line in held)}">{both(group.label, group.en)}</th>'
            )
            lower += "".join(_line_head(line, marks) for line in held)
    heads = "".join(_head(table.column(id), marks) for line in table.lines for id in line.columns)
    figures = "".join(_figures(line, cells, marks) for line in table.lines)
    return [row for row in (upper, lower, heads, figures) if row]


def _line_head(line: Line, marks: Marks, spans: str = "") -> str:
    label = marks.sign(line.id, None) + both(line.label, line.en)
    return f'<th class="h" colspan="{len(line.columns)}"{spans}>{label}</th>'


def _figures(line: Line, cells: Mapping[tuple[str, str], Cell], marks: Marks) -> str:
    return "".join(_figure(line.id, column, cells[line.id, column], marks) for column in line.columns)


def _figure(line: str, column: str, cell: Cell, marks: Marks) -> str:
    classes = " ".join(["s"] * (cell["state"] != "printed") + ["c"] * ((line, column) == marks.chosen))
    start = f'<td class="{classes}">' if classes else "<td>"
    return f"{start}{marks.sign(line, column)}{escaped(figure_text(cell))}</td>"


def figure_text(cell: Cell) -> str:
    """What stands in a cell: its characters as printed, and in words where they are no figure."""
    if cell["state"] == "printed":
        return str(cell["raw"])
    return " ".join(part for part in ((cell["raw"] or "").strip(), STATES[cell["state"]]) if part)
