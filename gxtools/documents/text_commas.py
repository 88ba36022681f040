"""Tables of which a text holds the cells parted by commas, as programs export spreadsheets (CSV)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from gxtools.documents.text_rows import Line, Row

_FEWEST_ROWS, _FEWEST_FIELDS = 3, 2
_FEWEST_PAIRS = 3  # rows of a label and a figure; a sentence may have one comma too, and is longer
_MOST_LINES_OF_A_ROW = 20
_LONGEST_ROW = 4_000
_LONGEST_FIGURE, _LONGEST_LABEL = 12, 60
_OPENING = re.compile(r'(?:^|,)"')
_SPACE = " \t\r\n"


def split_commas(lines: Iterable[Line]) -> Iterator[Line | tuple[Row, ...]]:
    """The lines in order, runs of rows taken together that all have as many fields; empty ones are cells.

    A row of which only the first field is filled, with more than a label, and such a row at either end of a run is a
    line of text. A field in quotation marks may hold commas and ends of lines.
    """
    run: list[Row] = []
    held: list[Line] = []
    for own, row in _rows(lines):
        if run and not any(line.text.strip() for line in own):
            continue
        if run and (row is None or len(row.fields) != len(run[0].fields)):
            yield from _resolved(run, held)
            run, held = [], []
        if row is None:
            yield from own
        else:
            run.append(row)
            held += own
    yield from _resolved(run, held)


def _rows(lines: Iterable[Line]) -> Iterator[tuple[list[Line], Row | None]]:
    """Each line, or the lines that a quotation mark keeps together, with the row that they are."""
    open_lines: list[Line] = []
    for line in lines:
        open_lines.append(line)
        if _is_open(open_lines):
            continue
        yield open_lines, _row(open_lines)
        open_lines = []
    yield from (([line], None) for line in open_lines)


def _is_open(lines: Sequence[Line]) -> bool:
    """Whether a quotation mark at the beginning of a field is not closed yet."""
    if not _OPENING.search(lines[0].text) or len(lines) >= _MOST_LINES_OF_A_ROW:
        return False
    return sum(line.text.count('"') for line in lines) % 2 == 1


def _row(lines: Sequence[Line]) -> Row | None:
    text = "\n".join(line.text for line in lines)
    if text.count(",") < _FEWEST_FIELDS - 1 or len(text) > _LONGEST_ROW:
        return None
    fields = text.split(",") if '"' not in text else _quoted(lines)
    if len(fields) < _FEWEST_FIELDS:
        return None
    return Row(lines[0].number, text, tuple(field.strip(_SPACE) for field in fields), ",", False)


def _quoted(lines: Sequence[Line]) -> list[str]:
    """The fields of a row, some of them in quotation marks; none where the lines are no one row."""
    try:
        rows = list(csv.reader(f"{line.text}\n" for line in lines))
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []


def _resolved(run: Sequence[Row], held: Sequence[Line]) -> Iterator[Line | tuple[Row, ...]]:
    if not _is_table(run):
        yield from held
        return
    part: list[Row] = []
    for row in run:
        if _is_alone(row) and len(row.fields[0]) > _LONGEST_LABEL:
            yield from _without_lines_around(part)
            part = []
            yield Line(row.number, row.fields[0])
        elif any(row.fields):
            part.append(row)
    yield from _without_lines_around(part)


def _is_table(run: Sequence[Row]) -> bool:
    """Whether so many rows are there, one of heads that holds no digit, and one with a figure behind a label.

    Sentences with commas have other numbers of them, and thousands that commas part stand under no such heads.
    """
    filled = [list(filter(None, row.fields)) for row in run]
    if len(run[0].fields if run else ()) == 2:
        short = all(len(field) <= _LONGEST_LABEL for row in run for field in row.fields)
        return short and sum(_is_figure(row.fields[1]) for row in run) >= _FEWEST_PAIRS
    return (
        len(run) >= _FEWEST_ROWS
        and any(len(fields) > 1 and not any(map(_has_digit, fields)) for fields in filled)
        and any(_is_figure(field) for fields in filled for field in fields[1:])
    )


def _is_figure(field: str) -> bool:
    return len(field) <= _LONGEST_FIGURE and _has_digit(field)


def _without_lines_around(rows: Sequence[Row]) -> Iterator[Line | tuple[Row, ...]]:
    """The rows from the first to the last that have several fields filled; the others are lines around them."""
    wide = [place for place, row in enumerate(rows) if not _is_alone(row)]
    first, last = (wide[0], wide[-1]) if wide else (len(rows), len(rows))
    for row in rows[:first]:
        yield Line(row.number, row.fields[0])
    if table := tuple(rows[first : last + 1]):
        yield table
    for row in rows[last + 1 :]:
        yield Line(row.number, row.fields[0])


def _is_alone(row: Row) -> bool:
    return bool(row.fields[0]) and not any(row.fields[1:])


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))
