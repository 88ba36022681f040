"""A cell shown where it stands in its source: the table or the lines around it, with the cell marked."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import polars as pl

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
    """Mark every place that ``where`` names; places that the document lacks are left out."""
    pieces = [piece for place in where.split("; ") if (piece := _piece(document, place)) is not None]
    body = "".join(piece[0] for piece in pieces)
    text = "\n\n".join(piece[1] for piece in pieces)
    head = f"<p><b>{html.escape(title)}</b></p>"
    return Highlight(title, f'<div style="font-family:sans-serif;font-size:13px">{head}{body}</div>', text)


def _piece(document: Document, place: str) -> tuple[str, str] | None:
    if match := _IN_TABLE.fullmatch(place):
        number, row, column = (int(group) for group in match.groups())
        grid = next((g for g in document.grids() if g.lines is None and g.number == number), None)
        return _in_grid(grid, row - 1, column - 1) if grid else None
    if match := _IN_FIELD.fullmatch(place):
        line, field = int(match[1]), int(match[2])
        for grid in document.grids():
            if grid.lines is not None and line in grid.lines:
                return _in_grid(grid, grid.lines.index(line), field - 1)
        return None
    if match := _IN_LINE.fullmatch(place):
        return _in_lines(list(document.lines()), match[1], int(match[2]))
    return None


def _in_grid(grid: Grid, row: int, column: int) -> tuple[str, str]:
    marked = next((c for line in grid.rows for c in line if c.row == row and c.column == column), None)
    rows = "".join(f"<tr>{''.join(_td(cell, cell is marked) for cell in line)}</tr>" for line in grid.rows)
    near = [line for line in grid.rows if line and abs(line[0].row - row) <= 2]
    text = "\n".join(" | ".join(_plain(cell, cell is marked) for cell in line) for line in near)
    return f'<table style="border-collapse:collapse">{rows}</table>', text


def _td(cell: GridCell, marked: bool) -> str:
    style = f"border:1px solid #999;padding:2px 6px;text-align:center;{_MARK if marked else ''}"
    spans = f' rowspan="{cell.row_span}" colspan="{cell.column_span}"'
    return f'<td style="{style}"{spans}>{html.escape(_short(cell.text))}</td>'


def _plain(cell: GridCell, marked: bool) -> str:
    text = " ".join(_short(cell.text).split())
    return f">>> {text} <<<" if marked else text


def _in_lines(lines: list[TextLine], kind: str, number: int) -> tuple[str, str] | None:
    index = next((i for i, line in enumerate(lines) if line.kind == kind and line.number == number), None)
    if index is None:
        return None
    near = lines[max(0, index - _AROUND) : index + _AROUND + 1]
    rows = "".join(
        f'<div style="{_MARK if line is lines[index] else ""}"><span style="color:#777">{line.number}</span> '
        f"{html.escape(_short(line.text))}</div>"
        for line in near
    )
    text = "\n".join(
        f"{'>>>' if line is lines[index] else '   '} {line.number:>5}  {_short(line.text)}" for line in near
    )
    return rows, text


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
