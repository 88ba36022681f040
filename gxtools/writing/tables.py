"""A form's table with a report's cells, as rows of labels and figures with their spans; every layout sets these."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from gxtools.forms import Column, Group, Line, Table
from gxtools.writing.content import Content
from gxtools.writing.layouts import GroupsAs


class SetCell(NamedTuple):
    """A cell as set. ``figure`` tells a cell of the form from a label."""

    text: str
    column_span: int = 1
    row_span: int = 1
    figure: bool = False


Row = tuple[SetCell, ...]
Rows = tuple[Row, ...]
_Path = tuple[tuple[str, str], ...]


def set_tables(
    table: Table,
    content: Content,
    groups: GroupsAs = GroupsAs.SPANNING,
    table_a_block: bool = False,
    lost_heads: bool = False,
) -> list[Rows]:
    """The table as one or more tables of rows that all fill the same width; none where no cell of it is given."""
    present = {key[1] for key in content.cells if key[0] == table.id}
    lines = [line for line in table.lines if line.id in present]
    if not lines:
        return []
    if table.layout == "lines_across":
        return [_across(table, lines, content, lost_heads)]
    if any(group.columns is not None for group in table.groups):
        return _blocks(table, lines, content, table_a_block)
    return [_down(table, lines, content, groups)]


def _figures(table: Table, line: Line, content: Content) -> Row:
    return tuple(SetCell(content.cells[table.id, line.id, column], figure=True) for column in line.columns)


def _stretched(cells: Row, width: int) -> Row:
    """The last cell takes what is left of the width."""
    used = sum(cell.column_span for cell in cells[:-1])
    return (*cells[:-1], cells[-1]._replace(column_span=width - used))


def _blocks(table: Table, lines: list[Line], content: Content, table_a_block: bool) -> list[Rows]:
    """A block for each group: its label, its own column heads, its lines."""
    blocks: list[Rows] = []
    widest = 1 + max(len(line.columns) for line in lines)
    for group_id, run in groupby(lines, key=lambda line: line.group):
        members = list(run)
        columns = members[0].columns
        width = 1 + len(columns) if table_a_block else widest
        rows: list[Row] = [] if group_id is None else [(SetCell(table.group(group_id).label, width),)]
        heads = (SetCell(_corner(table)), *(SetCell(table.column(id).zh) for id in columns))
        rows.append(_stretched(heads, width))
        for line in members:
            rows.append(_stretched((SetCell(line.label), *_figures(table, line, content)), width))
        blocks.append(tuple(rows))
    return blocks if table_a_block else [tuple(row for block in blocks for row in block)]


def _corner(table: Table) -> str:
    return table.corner[0] if table.corner else ""


def _down(table: Table, lines: list[Line], content: Content, groups: GroupsAs) -> Rows:
    """Lines down the page under one header, group labels at the left or in rows of their own."""
    deepest = max(len(_groups_of(table, line)) for line in lines)
    stub = 1 + deepest if groups is GroupsAs.SPANNING else 1
    paths = [_column_path(table, column) for column in table.columns]
    corner, over = (table.note, _corner(table)) if table.note else (_corner(table), "")
    header = _header(paths)
    if over:
        header = [(SetCell(over, len(paths)),), *header]
    header[0] = (SetCell(corner, stub, len(header)), *header[0])
    if groups is GroupsAs.ROWS:
        return (*header, *_with_group_rows(table, lines, content, 0))
    return (*header, *_with_group_cells(table, lines, content, 0, stub))


def _with_group_cells(table: Table, lines: list[Line], content: Content, level: int, stub: int) -> Iterator[Row]:
    for group, members in _runs(table, lines, level):
        if group is None:
            for line in members:
                yield (SetCell(line.label, stub - level), *_figures(table, line, content))
        else:
            inner = list(_with_group_cells(table, members, content, level + 1, stub))
            yield (SetCell(group.label, row_span=len(inner)), *inner[0])
            yield from inner[1:]


def _with_group_rows(table: Table, lines: list[Line], content: Content, level: int) -> Iterator[Row]:
    for group, members in _runs(table, lines, level):
        if group is None:
            for line in members:
                yield (SetCell(line.label), *_figures(table, line, content))
        else:
            yield (SetCell(group.label, 1 + len(table.columns)),)
            yield from _with_group_rows(table, members, content, level + 1)


def _runs(table: Table, lines: list[Line], level: int) -> Iterator[tuple[Group | None, list[Line]]]:
    """Lines that stand together under one group of that level; None for those that lie under no deeper group."""

    def group_of(line: Line) -> Group | None:
        path = _groups_of(table, line)
        return path[level] if len(path) > level else None

    for group, run in groupby(lines, key=group_of):
        yield group, list(run)


def _groups_of(table: Table, line: Line) -> tuple[Group, ...]:
    """The groups that hold a line, outermost first."""
    found: list[Group] = []
    id = line.group
    while id is not None:
        found.insert(0, table.group(id))
        id = found[0].parent
    return tuple(found)


def _column_path(table: Table, column: Column) -> _Path:
    above = tuple((group.id, group.label) for group in table.column_groups if group.id == column.group)
    return (*above, (column.id, column.zh))


def _across(table: Table, lines: list[Line], content: Content, lost_heads: bool) -> Rows:
    """Lines across the header, their columns under them, all figures in one row."""
    paths: list[_Path] = []
    for line in lines:
        above = tuple((group.id, group.label) for group in _groups_of(table, line))
        for column in line.columns:
            lost = lost_heads and column != line.columns[-1]
            paths.append((*above, (line.id, line.label), (column, "" if lost else table.column(column).zh)))
    row = tuple(cell for line in lines for cell in _figures(table, line, content))
    return (*_header(paths), row)


def _header(paths: list[_Path]) -> list[Row]:
    """Header rows over one column a path: equal beginnings merge, and the last label of a short path spans down."""
    depth = max(len(path) for path in paths)
    rows: list[Row] = []
    for level in range(depth):
        row: list[SetCell] = []
        for begin, run in groupby(paths, key=lambda path: path[: level + 1]):
            below = list(run)
            if len(begin) == level + 1:
                leaf = len(below[0]) == level + 1
                row.append(SetCell(begin[-1][1], len(below), depth - level if leaf else 1))
        rows.append(tuple(row))
    return rows
