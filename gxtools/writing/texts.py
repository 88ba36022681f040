"""Sets a report as the text that copies of its page leave: a cell a line, rows of pipes or spaces, all in one line."""

from __future__ import annotations

import re

from gxtools.forms import Forms
from gxtools.writing.content import Content
from gxtools.writing.layouts import CellsAs, LinesAs, TextLayout
from gxtools.writing.sections import sections_of
from gxtools.writing.tables import Rows, SetCell, set_tables
from gxtools.writing.text_columns import aligned, boxes, filled

_DEFAULT = TextLayout()
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_WITHOUT_BLANKS = {
    CellsAs.LINES: "one cell a line",
    CellsAs.TRAILING_PIPES: "one cell a line",
    CellsAs.LONE_PIPES: "one cell a line",
    CellsAs.SPACES: "a row of cells with a space between them",
    CellsAs.RUN_TOGETHER: "a row of cells run together",
}
_WITH_WHOLE_LABELS = (CellsAs.PIPES, CellsAs.PIPE_RUNS, CellsAs.TABS, CellsAs.MARKDOWN)
_RUN = 28  # characters of Chinese that a PDF's text shows without a space
_PIPES = ("||", "|", "|||", "||||")


def set_text(content: Content, layout: TextLayout = _DEFAULT, known: Forms | None = None) -> str:
    """The report as text. ``known`` holds the forms, the shipped ones where not given. The address is not printed.

    Raises ``ValueError`` for what the layout cannot show: a blank cell where nothing but figures marks the cells, a
    mark in a cell that parts cells, a row of dashes that would be a rule of Markdown, cells in one line that need
    several, a label over several lines where a row has only one.
    """
    if layout.lines is not LinesAs.KEPT and layout.cells not in (CellsAs.SPACES, CellsAs.RUN_TOGETHER):
        raise ValueError(
            f"{content.title}: cells set as {layout.cells} need lines; set them with spaces or run together"
        )
    if layout.longest_label is not None and layout.cells in _WITH_WHOLE_LABELS:
        raise ValueError(f"{content.title}: rows of {layout.cells} have one line; leave their labels whole")
    parts: list[list[str]] = [["您当前的位置：首页>政务公开>政府信息公开年报", content.title]]
    if content.published:
        parts[0].append(f"日期：{content.published.isoformat()}")
    parts[0] += [content.note] if content.note else []
    parts[0] += [_prose(paragraph, layout) for paragraph in content.introduction]
    for section in sections_of(content, known):
        blocks = [section.heading, *(_prose(paragraph, layout) for paragraph in section.paragraphs)]
        if section.table:
            for rows in set_tables(section.table, content, layout.groups, lost_heads=layout.lost_heads):
                blocks += _table(rows, layout, content.title)
        parts.append(blocks)
    return _joined(parts, layout) + "\n"


def _joined(parts: list[list[str]], layout: TextLayout) -> str:
    if layout.lines is not LinesAs.KEPT:
        space = _space(layout)
        # The title keeps its line: in another's midst nobody could tell where the agency's name begins.
        head, parts = parts[0][:2], [parts[0][2:], *parts[1:]]
        lines = [space.join(block.replace("\n", space) for block in blocks) for blocks in parts if blocks]
        text = "\n".join([*head, *(lines if layout.lines is LinesAs.A_SECTION else [space.join(lines)])])
    else:
        text = ("\n\n" if layout.blank_lines else "\n").join(block for blocks in parts for block in blocks)
    return _paged(text, layout.page_length) if layout.page_length else text


def _paged(text: str, length: int) -> str:
    lines = text.split("\n")
    pages = [lines[start : start + length] for start in range(0, len(lines), length)]
    return "\n".join("\n".join([*page, f"- {number} -"]) for number, page in enumerate(pages, start=1))


def _prose(text: str, layout: TextLayout) -> str:
    return _spaced(re.sub(r"\d+(?:[.,]\d+)*", r" \g<0> ", text)) if layout.spaced else text


def _spaced(text: str) -> str:
    """A space in the middle of each run of Chinese that is too long."""
    return re.sub(rf"([\u4e00-\u9fff]{{{_RUN}}})(?=[\u4e00-\u9fff])", r"\1 ", text)


def _space(layout: TextLayout) -> str:
    if layout.cells is CellsAs.RUN_TOGETHER:
        return ""
    return "\u3000" if layout.full_width_spaces else " "


def _table(rows: Rows, layout: TextLayout, title: str) -> list[str]:
    """The blocks of one table: each cell one, or the whole table one."""
    _check(rows, layout, title)
    if layout.cells in (CellsAs.LINES, CellsAs.TRAILING_PIPES, CellsAs.LONE_PIPES):
        return _cells_in_lines(rows, layout)
    if layout.cells is CellsAs.MARKDOWN:
        lines = _markdown(rows)
    elif layout.cells is CellsAs.BOXES:
        lines = boxes(rows, layout.longest_label)
    elif layout.cells is CellsAs.ALIGNED:
        lines = aligned(rows, layout.longest_label, _space(layout))
    else:
        lines = [_row(row, layout, number) for number, row in enumerate(rows)]
    if layout.cells is CellsAs.PIPE_RUNS:
        lines.insert(1, "|" * 300)
    return ["\n".join(lines)]


def _check(rows: Rows, layout: TextLayout, title: str) -> None:
    cells = [cell for row in rows for cell in row]
    for cell in cells:
        if re.search(r"[\n\r\t|]", cell.text):
            raise ValueError(f"{title}: '{cell.text}' holds a mark that parts cells in a text; set it as a page")
    shown = _WITHOUT_BLANKS.get(layout.cells)
    if shown and any(cell.figure and not cell.text.strip() for cell in cells):
        raise ValueError(f"{title}: {shown} cannot show a blank cell; choose a layout with rows")
    rule = layout.cells is CellsAs.MARKDOWN
    if rule and any(all(cell.figure and _RULE_CELL.fullmatch(cell.text) for cell in row) for row in rows):
        raise ValueError(f"{title}: a row of dashes alone would be a rule of Markdown; choose another layout")


def _cells_in_lines(rows: Rows, layout: TextLayout) -> list[str]:
    texts = [_broken(cell, layout) for row in rows for cell in row if cell.text]
    if layout.cells is CellsAs.TRAILING_PIPES:
        return [f"{text} |" for text in texts]
    if layout.cells is CellsAs.LONE_PIPES:
        return [part for text in texts for part in ("|", text)]
    return texts


def _broken(cell: SetCell, layout: TextLayout) -> str:
    """The cell's text, a long label over several lines."""
    size = layout.longest_label
    text = _spaced(cell.text) if layout.spaced else cell.text
    if cell.figure or size is None:
        return text
    return "\n".join(text[start : start + size] for start in range(0, len(text), size))


def _row(row: tuple[SetCell, ...], layout: TextLayout, number: int) -> str:
    texts = [_broken(cell, layout) for cell in row]
    if layout.cells is CellsAs.PIPES:
        return ("| " if layout.leading_pipe else "") + " | ".join(texts) + " |"
    if layout.cells is CellsAs.PIPE_RUNS:
        return "".join(text + _PIPES[(number + place) % len(_PIPES)] for place, text in enumerate(texts))
    if layout.cells is CellsAs.TABS:
        return "\t".join(texts)
    return _space(layout).join(filter(None, texts))


def _markdown(rows: Rows) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in filled(rows)]
    width = sum(cell.column_span for cell in rows[0])
    return [lines[0], "|" + " --- |" * width, *lines[1:]]
