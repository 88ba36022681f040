"""A cell shown where it stands in its source: the table or the lines around it, with the cell marked."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import polars as pl

from gxtools.figures import without_mark
from gxtools.grids import Document, Grid, GridCell, TextLine

_IN_TABLE = re.compile(r"(?:page \d+, )?table (\d+), row (\d+), column (\d+)")
_IN_FIELD = re.compile(r"line (\d+), field (\d+)")
_IN_LINE = re.compile(r"((?:page \d+, )?(?:line|paragraph)) (\d+)")
_AROUND = 8
_LONGEST = 200
_MARK = "background:#ffd54d;outline:2px solid #b34700"


@dataclass(frozen=True)
class Highlight:
    """One or more places of a source, marked. A table in a notebook, text elsewhere; ``html`` is escaped."""

    title: str
    html: str
    text: str

    def __repr__(self) -> str:
        return f"{self.title}\n{self.text}"

    def _repr_html_(self) -> str:
        return self.html


def highlight(document: Document, cells: pl.DataFrame, cell: str) -> Highlight:
    """Mark the cell ``table.line.column`` in its document. Raises ``KeyError`` for one that the form does not have."""
    parts = cell.split(".")
    row = (
        cells.filter(pl.concat_str("table", "line", "column", separator=".") == cell)
        if len(parts) == 3
        else cells.head(0)
    )
    if row.is_empty():
        raise KeyError(
            f"the form has no cell '{cell}'; write table.line.column as in `cells`, such as requests.granted.total"
        )
    found = row.row(0, named=True)
    figure = "" if found["value"] is None else f" = {found['value']:g} {found['unit']}"
    title = f"{cell}{figure} ({found['state']}; {found['where'] or 'not in the document 文件中没有'})"
    return show_places(document, found["where"] or "", title)


def show_places(document: Document, where: str, title: str) -> Highlight:
    """Mark every place that ``where`` names, several of one table in one picture; places that the document lacks are
    left out."""
    grids: dict[tuple[int, int], tuple[Grid, set[tuple[int, int]]]] = {}
    lines: dict[str, set[int]] = {}
    for place in where.split("; "):
        if (found := _in_grids(document, place)) is not None:
            grid, row, column = found
            key = grid.number, grid.lines[0] if grid.lines else 0
            grids.setdefault(key, (grid, set()))[1].add((row, column))
        elif match := _IN_LINE.fullmatch(place):
            lines.setdefault(match[1], set()).add(int(match[2]))
    pieces = [_in_grid(grid, marked) for grid, marked in grids.values()]
    printed = list(document.lines()) if lines else []
    pieces += [piece for kind, numbers in lines.items() for piece in _in_lines(printed, kind, numbers)]
    body = "".join(piece[0] for piece in pieces)
    text = "\n\n".join(piece[1] for piece in pieces)
    head = f"<p><b>{html.escape(title)}</b></p>"
    return Highlight(title, f'<div style="font-family:sans-serif;font-size:13px">{head}{body}</div>', text)


def _in_grids(document: Document, place: str) -> tuple[Grid, int, int] | None:
    """The table, row and column of a place in a table."""
    if match := _IN_TABLE.fullmatch(place):
        number, row, column = (int(group) for group in match.groups())
        grid = next((g for g in document.grids() if g.lines is None and g.number == number), None)
        return (grid, row - 1, column - 1) if grid else None
    if match := _IN_FIELD.fullmatch(place):
        line, field = int(match[1]), int(match[2])
        for grid in document.grids():
            if grid.lines is not None and line in grid.lines:
                return grid, grid.lines.index(line), field - 1
    return None


def _in_grid(grid: Grid, places: set[tuple[int, int]]) -> tuple[str, str]:
    def marked(cell: GridCell) -> bool:
        return (cell.row, cell.column) in places

    rows = "".join(f"<tr>{''.join(_td(cell, marked(cell)) for cell in line)}</tr>" for line in grid.rows)
    near = [line for line in grid.rows if line and any(abs(line[0].row - row) <= 2 for row, _ in places)]
    text = "\n".join(" | ".join(_plain(cell, marked(cell)) for cell in line) for line in near)
    return f'<table style="border-collapse:collapse">{rows}</table>', text


def _td(cell: GridCell, marked: bool) -> str:
    style = f"border:1px solid #999;padding:2px 6px;text-align:center;{_MARK if marked else ''}"
    spans = f' rowspan="{cell.row_span}" colspan="{cell.column_span}"'
    return f'<td style="{style}"{spans}>{html.escape(_short(cell.text))}</td>'


def _plain(cell: GridCell, marked: bool) -> str:
    text = " ".join(_short(cell.text).split())
    return f">>> {text} <<<" if marked else text


def _in_lines(lines: list[TextLine], kind: str, numbers: set[int]) -> list[tuple[str, str]]:
    """The lines around the marked ones, those of neighbours together."""
    marked = [index for index, line in enumerate(lines) if line.kind == kind and line.number in numbers]
    groups: list[list[int]] = []
    for index in marked:
        if groups and index - groups[-1][-1] <= 2 * _AROUND:
            groups[-1].append(index)
        else:
            groups.append([index])
    return [_around(lines, group) for group in groups]


def _around(lines: list[TextLine], marked: list[int]) -> tuple[str, str]:
    shown = range(max(0, marked[0] - _AROUND), min(len(lines), marked[-1] + _AROUND + 1))
    rows = "".join(
        f'<div style="{_MARK if index in marked else ""}"><span style="color:#777">{lines[index].number}</span> '
        f"{html.escape(_short(lines[index].text))}</div>"
        for index in shown
    )
    text = "\n".join(
        f"{'>>>' if index in marked else '   '} {lines[index].number:>5}  {_short(lines[index].text)}"
        for index in shown
    )
    return f'<div style="margin:4px 0 10px">{rows}</div>', text


def _short(text: str) -> str:
    text = without_mark(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
