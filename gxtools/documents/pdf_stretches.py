"""Lines of a page -> those that stand in columns, taken together as tables without lines, and the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gxtools.documents.pdf_aligned import AlignedTable
from gxtools.documents.pdf_layout import TextRow
from gxtools.documents.pdf_paragraphs import NUMBERED
from gxtools.documents.pdf_words import is_of_figure
from gxtools.figures import is_cell

# Of the font's size: rows of a table stand no farther apart, nor the lines of a label, nor those of heads.
_PITCH, _LINE, _CLOSE = 4.0, 2.6, 1.9
_WIDER = 1.1  # of the pitch of the rows: no row is farther from the next
_INWARD = 0.3  # of the width of the text: so far from the margin begin the heads of columns
_FEWEST, _MOST_SINGLE, _MOST_LINES = 2, 8, 7
_PART = re.compile("[一二三四五六七八九十]、")


def split_aligned(rows: Sequence[TextRow]) -> list[TextRow | AlignedTable]:
    """Lines that follow each other, those that stand in columns taken together."""
    parts: list[TextRow | AlignedTable] = []
    index = 0
    while index < len(rows):
        end = _end_of_table(rows, index)
        if end - index < _FEWEST:
            parts.append(rows[index])
            index += 1
            continue
        start = index
        while parts and isinstance(parts[-1], TextRow) and _is_head(parts[-1], rows[start]):
            parts.pop()
            start -= 1
        end = _end_of_label(rows, index, end)
        wide = _end_of_label(rows, index, _end_of_table(rows, index, _WIDER))
        for stop in sorted({wide, end}, reverse=True):
            table = AlignedTable(rows[start:stop])
            if table.is_certain:
                end = stop
                break
        divided = [] if table.is_certain else table.parts()
        parts += divided if divided and all(part.is_certain for part in divided) else [table]
        index = end
    return parts


def _is_heading(rows: Sequence[TextRow], index: int) -> bool:
    """Whether a line is the heading of a part of the report: numbered so, and no figures stand beside its text or the
    next lines, as they do beside a label and the one below it."""
    if len(rows[index].segments) > 1 or not _PART.match(rows[index].text):
        return False
    for above, row in pairwise(rows[index : index + _MOST_LINES]):
        if is_cell(above.segments[-1][-1].text):
            return False
        if len(row.segments) > 1 or row.base - above.base > _LINE * row.size:
            return not is_cell(row.segments[-1][-1].text)
    return True


def _is_head(row: TextRow, below: TextRow) -> bool:
    """Whether a line just above a table belongs to its heads: it stands over the columns, away from the margin."""
    left, right = row.margins
    return row.left - left > _INWARD * (right - left) and below.base - row.base <= _CLOSE * row.size


def _figures_left(row: TextRow) -> float:
    """Where the figures at the end of a line begin."""
    left = float("inf")
    for word in reversed([word for segment in row.segments for word in segment]):
        if not is_cell(word.text):
            break
        left = word.left
    return left


def _end_of_label(rows: Sequence[TextRow], start: int, end: int) -> int:
    """Where a table's last row ends: in single texts that follow closely, of its label or of a figure broken in two."""
    edge = min(map(_figures_left, rows[start:end]))
    while (
        end < len(rows)
        and len(rows[end].segments) == 1
        and rows[end].base - rows[end - 1].base <= _CLOSE * rows[end].size
        and (rows[end].right < edge or is_of_figure(rows[end].text[:1]))
        and not NUMBERED.match(rows[end].text)
    ):
        end += 1
    return end


def _end_of_table(rows: Sequence[TextRow], start: int, wider: float = 0.0) -> int:
    """Where the rows in columns end that begin with a row; single texts, as of a broken label, may stand between.

    These are no farther from each other than the lines of one label, or than ``wider`` times the rows of the table.
    """
    if len(rows[start].segments) == 1:
        return start
    end = start + 1
    pitch = 0.0
    for index in range(start + 1, len(rows)):
        before, row = rows[index - 1], rows[index]
        single = len(row.segments) == 1
        apart = max(_LINE * row.size, wider * min(pitch, _PITCH * row.size)) if single else _PITCH * row.size
        if row.base - before.base > apart or index - end > _MOST_SINGLE or _is_heading(rows, index):
            break
        if not single:
            pitch = max(pitch, row.base - before.base)
            end = index + 1
    return end
