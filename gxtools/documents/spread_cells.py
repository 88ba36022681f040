"""Tables in which a converter wrote the text of a cell over several columns or rows into each of them.

So do programs that make a plain table of a page's (``read_html`` of pandas and what is built on it): the label of a
line stands in three columns, 法人或其他组织 in five, and one figure under a head of three columns three times.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from gxtools.figures import is_cell
from gxtools.grids import GridCell

Rows = tuple[tuple[GridCell, ...], ...]

# Words that stand side by side so often were one cell; two may be one column that was doubled.
_FEWEST_PAIRS = 4
_SHORTEST = 2

# The columns from one to before another.
_Part = tuple[int, int]


def with_gathered(rows: Rows) -> Rows:
    """The rows of a table, their cells gathered where they were spread.

    Equal words side by side are one cell, those below each other too; a figure is one with its likes beside it where
    they stand under one head. Rows of another width are gathered by themselves.
    """
    if not any(len(row) > 1 for row in rows) or any(cell[3:] != (1, 1) for row in rows for cell in row):
        return rows
    texts = [[cell.text for cell in row] for row in rows]
    if not _is_spread(texts):
        return rows
    gathered: list[list[GridCell]] = []
    for _, group in groupby(texts, len):
        gathered += _gathered(list(group), len(gathered))
    return tuple(map(tuple, gathered))


def _is_spread(rows: Sequence[Sequence[str]]) -> bool:
    """Whether so many words stand twice side by side that they were written into each column of their cells."""
    pairs = 0
    for row in rows:
        pairs += sum(one == other and _is_word(one) for one, other in pairwise(row))
        if pairs >= _FEWEST_PAIRS:
            return True
    return False


def _gathered(rows: Sequence[Sequence[str]], first: int) -> list[list[GridCell]]:
    """The cells of rows of one width; ``first`` is the number of the first.

    The last words before a row's figures are the label of its line, which is never the one of the row above.
    """
    heads: list[_Part] = [(column, column + 1) for column in range(len(rows[0]))]
    above: dict[_Part, GridCell] = {}
    made: list[list[GridCell]] = []
    for number, texts in enumerate(rows):
        parts = _parts(rows, number, heads)
        own = _last_label(texts, parts)
        standing: dict[_Part, GridCell] = {}
        made.append([])
        for part in parts:
            text, before = texts[part[0]], above.get(part)
            if _is_word(text):
                heads[part[0] : part[1]] = [part] * (part[1] - part[0])
            if before is not None and before.text == text and part != own and _is_word(text):
                cell = before._replace(row_span=before.row_span + 1)
                row = made[before.row - first]
                row[row.index(before)] = cell
            else:
                cell = GridCell(text, first + number, part[0], 1, part[1] - part[0])
                made[number].append(cell)
            standing[part] = cell
        above = standing
    return made


def _parts(rows: Sequence[Sequence[str]], number: int, heads: Sequence[_Part]) -> list[_Part]:
    """The columns of each cell of a row."""
    texts = rows[number]
    parts: list[_Part] = []
    for start, end in _runs(texts):
        if _is_word(texts[start]):
            one = _is_one(rows, number + 1, start, end)
            parts += [(start, end)] if one else [(column, column + 1) for column in range(start, end)]
            continue
        column = start
        while column < end:
            head = heads[column]
            part = head if head[0] == column and head[1] <= end else (column, column + 1)
            parts.append(part)
            column = part[1]
    return parts


def _runs(texts: Sequence[str]) -> list[_Part]:
    """The columns of equal texts side by side."""
    starts = [column for column, text in enumerate(texts) if not column or texts[column - 1] != text]
    return list(pairwise([*starts, len(texts)]))


def _is_one(rows: Sequence[Sequence[str]], below: int, start: int, end: int) -> bool:
    """Whether equal words above a row can be one cell: none stand twice right below it, nor two figures under it."""
    if end - start == 1 or below == len(rows):
        return True
    words = [text for text, _ in groupby(rows[below][start:end]) if _is_word(text)]
    if len(set(words)) < len(words):
        return False
    for number in range(below, len(rows)):
        texts = rows[number][start:end]
        if any(map(_is_word, texts)):
            break
        if len(set(texts)) > 1:
            return False
    return True


def _last_label(texts: Sequence[str], parts: Sequence[_Part]) -> _Part | None:
    """The last words before the figures of a row; null where it has none."""
    values = [place for place, part in enumerate(parts) if not _is_word(texts[part[0]]) and texts[part[0]].strip()]
    return parts[values[0] - 1] if values and values[0] else None


def _is_word(text: str) -> bool:
    return len(text.strip()) >= _SHORTEST and not is_cell(text)
