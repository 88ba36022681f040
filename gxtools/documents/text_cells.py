"""Tables of which a text holds a cell a line, each closed by a pipe: ``规章 |``, or ``规章`` above a lone ``|``.

A blank cell is a pipe alone, and an extractor of pages fills a row up to the width of its table with pipes in one line
(``||``), or behind the row's last cell (``0 | ||``). So the rows can be told, blank cells and all, where one width
alone makes every such line end a row.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gxtools.documents.text_rows import Line, Row
from gxtools.figures import is_cell

_WIDEST = 40
_PADDED = re.compile(r"([^|]*)\|[ \t]+(\|+)")
_SPACE = " \t\r\n"


class _Field(NamedTuple):
    """A cell with its line's number; ``text`` is empty for a blank one. ``pads`` where a line of pipes holds it too."""

    text: str
    number: int
    pads: bool = False


def split_cells(lines: Iterable[Line]) -> Iterator[Line | tuple[Row, ...]]:
    """The lines in order, those that hold the cells of a table one by one taken together as its rows.

    What cannot be told to be such a table stays as it was.
    """
    run: list[Line] = []
    # A tab by itself may be the mark of a cell too.
    for line, following in itertools.pairwise([*(line for line in lines if line.text.strip(" \r\n")), None]):
        assert line is not None
        if _is_cell_line(line, following):
            run.append(line)
            continue
        yield from _resolved(run)
        run = []
        yield line
    yield from _resolved(run)


def _is_cell_line(line: Line, following: Line | None) -> bool:
    """Whether it is a cell with its pipe, pipes alone, or a cell whose pipe stands in the following line."""
    text = line.text.strip(_SPACE)
    if "|" in text:
        return _is_pipes(text) or text.find("|") == len(text) - 1 or _padded(text) is not None
    return "\t" not in line.text and following is not None and _is_pipes(following.text.strip(_SPACE))


def _padded(text: str) -> tuple[str, int] | None:
    """A cell with its pipe and the pads that follow it in its line (``0 | ||``): the cell and their number."""
    match = _PADDED.fullmatch(text)
    return (match[1].strip(_SPACE), len(match[2])) if match and len(match[2]) <= _WIDEST else None


def _is_pipes(text: str) -> bool:
    """Whether it is pipes alone, and no more than fill up a row of the widest table."""
    return 0 < len(text) <= _WIDEST and not text.strip("|")


def _resolved(run: list[Line]) -> Iterator[Line | tuple[Row, ...]]:
    if all(_padded(line.text.strip(_SPACE)) for line in run):
        yield from run  # rows of one cell, among others of several
        return
    fields = list(_fields(run))
    widths = [width for width in range(2, _WIDEST + 1) if _fits(fields, width)]
    if len(widths) != 1:
        yield from run
        return
    yield tuple(map(_row, _rows(fields, widths[0])))


def _fields(run: Sequence[Line]) -> Iterator[_Field]:
    """The cells in order; pads are those that share a line of pipes with others, or stand in one with a cell's own."""
    open_cell: Line | None = None
    for line in run:
        text = line.text.strip(_SPACE)
        if padded := _padded(text):
            cell, pads = padded
            yield _Field(cell, line.number)
            yield from (_Field("", line.number, True) for _ in range(pads))
        elif not _is_pipes(text):
            if text.endswith("|"):
                yield _Field(text[:-1].strip(_SPACE), line.number)
            else:
                open_cell = line
        elif open_cell is not None:
            yield _Field(open_cell.text.strip(_SPACE), open_cell.number)
            open_cell = None
            yield from (_Field("", line.number, True) for _ in range(len(text) - 1))
        else:
            yield from (_Field("", line.number, len(text) > 1) for _ in text)


def _fits(fields: Sequence[_Field], width: int) -> bool:
    """Whether rows of that width each begin with a cell that is not blank, hold no words behind figures or blanks, and
    end where pads end; and pads there are."""
    if not fields or len(fields) % width or not any(field.pads for field in fields):
        return False
    return all(map(_is_row, _rows(fields, width)))


def _rows(fields: Sequence[_Field], width: int) -> Iterator[Sequence[_Field]]:
    return (fields[start : start + width] for start in range(0, len(fields), width))


def _is_row(chunk: Sequence[_Field]) -> bool:
    kinds = ["pad" if field.pads else "words" if _is_words(field.text) else "figure" for field in chunk]
    ordered = sorted(kinds, key=("words", "figure", "pad").index)
    in_one_line = len({field.number for field in chunk if field.pads}) <= 1
    return bool(chunk[0].text) and kinds == ordered and in_one_line


def _is_words(text: str) -> bool:
    return bool(text) and not is_cell(text)


def _row(chunk: Sequence[_Field]) -> Row:
    """The row without its pads. A single one looks like a blank cell at the end, and is taken for a pad."""
    kept = [field.text for field in chunk if not field.pads]
    if len(kept) == len(chunk) and not kept[-1]:
        kept.pop()
    return Row(chunk[0].number, "|".join(kept), tuple(kept), "|", True)
