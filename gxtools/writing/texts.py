"""Sets a report as the text that copies of its page leave: a cell a line, rows of pipes or tabs, Markdown."""

from __future__ import annotations

import re

from gxtools.forms import Forms
from gxtools.writing.content import Content
from gxtools.writing.layouts import CellsAs, TextLayout
from gxtools.writing.sections import sections_of
from gxtools.writing.tables import Rows, set_tables

_DEFAULT = TextLayout()
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")


def set_text(content: Content, layout: TextLayout = _DEFAULT, known: Forms | None = None) -> str:
    """The report as text. ``known`` holds the forms, the shipped ones where not given. The address is not printed.

    Raises ``ValueError`` for what the layout cannot show: a blank cell where each cell has a line of its own, a mark
    in a cell that parts cells, a row of dashes that would be a rule of Markdown.
    """
    blocks = ["您当前的位置：首页>政务公开>政府信息公开年报", content.title]
    if content.published:
        blocks.append(f"日期：{content.published.isoformat()}")
    blocks += [content.note] if content.note else []
    blocks += content.introduction
    for section in sections_of(content, known):
        blocks += [section.heading, *section.paragraphs]
        if section.table:
            for rows in set_tables(section.table, content, layout.groups, lost_heads=layout.lost_heads):
                blocks += _table(rows, layout, content.title)
    return ("\n\n" if layout.blank_lines else "\n").join(blocks) + "\n"


def _table(rows: Rows, layout: TextLayout, title: str) -> list[str]:
    """The blocks of one table: each cell one, or the whole table one."""
    for cell in (cell for row in rows for cell in row):
        if re.search(r"[\n\r\t|]", cell.text):
            raise ValueError(f"{title}: '{cell.text}' holds a mark that parts cells in a text; set it as a page")
    if layout.cells is CellsAs.LINES:
        return _cells_in_lines(rows, title)
    if layout.cells is CellsAs.MARKDOWN:
        return ["\n".join(_markdown(rows, title))]
    texts = [[cell.text for cell in row] for row in rows]
    if layout.cells is CellsAs.TABS:
        return ["\n".join("\t".join(row) for row in texts)]
    begin = "| " if layout.leading_pipe else ""
    return ["\n".join(begin + " | ".join(row) + " |" for row in texts)]


def _cells_in_lines(rows: Rows, title: str) -> list[str]:
    cells = [cell for row in rows for cell in row]
    if any(cell.figure and not cell.text.strip() for cell in cells):
        raise ValueError(f"{title}: one cell a line cannot show a blank cell; choose a layout with rows")
    return [cell.text for cell in cells if cell.text]


def _markdown(rows: Rows, title: str) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in _filled(rows)]
    if any(all(cell.figure and _RULE_CELL.fullmatch(cell.text) for cell in row) for row in rows):
        raise ValueError(f"{title}: a row of dashes alone would be a rule of Markdown; choose another layout")
    width = sum(cell.column_span for cell in rows[0])
    return [lines[0], "|" + " --- |" * width, *lines[1:]]


def _filled(rows: Rows) -> list[list[str]]:
    """Every row at the table's width: a cell's text at its upper left corner, nothing elsewhere under its spans."""
    width = sum(cell.column_span for cell in rows[0])
    grid = [[""] * width for _ in rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            grid[y][x] = cell.text
            taken |= {(y + down, x + right) for down in range(cell.row_span) for right in range(cell.column_span)}
    return grid
