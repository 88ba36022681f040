"""Tables inside plain text: rows whose fields are parted by pipes or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gxtools.documents.text_blanks import with_blanks
from gxtools.documents.text_cells import split_cells
from gxtools.documents.text_folds import unfolded
from gxtools.documents.text_pads import without_pads
from gxtools.documents.text_rows import Line, Row, lines_parted
from gxtools.figures import is_cell, is_page_mark

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?[-+]+:?")  # a field of the line between head and body, of Markdown and its like
_LONGEST_FIGURE = 12
_LONGEST_LABEL = 40
_MOST_FIELDS = 200_000  # no table has so many cells: such a line is text
_MOST_FILLED = 120  # nor a row so many that are filled: such a line is a whole report whose ends of lines are lost
_SPACE = " \t\r\n"  # at the ends of a field or line it is layout; wider spaces are characters that were printed


def split_tables(lines: Iterable[Line]) -> Iterator[Line | tuple[Row, ...]]:
    """The lines in order, runs of rows taken together as tables.

    Blank lines and the marks of pages are left out and part no table. A row keeps as many fields as it has, empty ones
    too, unless pipes in runs of changing length say nothing of them. A line that only
    ends or begins with a pipe (``规章 |``) is a row among rows and else a line of text, without its pipes.
    """
    return lines_parted(split_cells(unfolded(lines)), _split_rows)


def _split_rows(lines: Iterable[Line]) -> Iterator[Line | tuple[Row, ...]]:
    run: list[Row] = []
    shown = [line for line in with_blanks(lines) if line.text.strip().strip("|" + _SPACE)]
    for index, line in enumerate(shown):
        if run and is_page_mark(line.text):
            continue
        row = _row(line) or _row_below_head(run, line, shown[index + 1 : index + 2])
        if run and (row is None or row.mark != run[0].mark or _is_apart(run[-1], row)):
            yield from _resolved(run)
            run = []
        if row is None:
            yield Line(line.number, line.text.strip(_SPACE))
        else:
            run.append(row)
    yield from _resolved(run)


def _is_apart(row: Row, following: Row) -> bool:
    """Whether a row behind a blank line belongs to another table: only one of both begins with a pipe."""
    return following.number > row.number + 1 and row.text.startswith("|") != following.text.startswith("|")


def _row_below_head(run: list[Row], line: Line, following: list[Line]) -> Row | None:
    """A short line without tabs between one row of heads alone and a row as wide: a label whose blank cells are lost.

    Without it the heads would be a line of text, and nothing would say what the figures below are.
    """
    below = _row(following[0]) if len(run) == 1 and following else None
    if below is None or below.mark != run[0].mark or len(line.text) > _LONGEST_LABEL:
        return None
    (heads,) = run
    as_wide = len(heads.fields) == len(below.fields) > 1 and heads.mark == "\t"
    if not as_wide or not all(heads.fields) or any(map(_has_digit, heads.fields)) or not _has_digit(below.text):
        return None
    return Row(line.number, line.text.strip(_SPACE), (line.text.strip(_SPACE),), heads.mark, False)


def _row(line: Line) -> Row | None:
    text = line.text.strip(_SPACE)
    if text.count("|") + text.count("\t") > _MOST_FIELDS:
        return None
    if "|" in text:
        fields = [field.strip(_SPACE).replace("\\|", "|") for field in _PIPE.split(text)]
        if sum(map(bool, fields)) > _MOST_FILLED:
            return None
        begins, ends = not fields[0] and len(fields) > 1, not fields[-1] and len(fields) > 1
        return Row(line.number, text, tuple(fields[begins : len(fields) - ends]), "|", begins or ends)
    if "\t" in line.text:
        # A tab before the first field stands for an empty one, as under a merged cell; so does one after the last.
        return Row(line.number, text, tuple(field.strip(_SPACE) for field in line.text.split("\t")), "\t", False)
    return None


def _resolved(run: list[Row]) -> Iterator[Line | tuple[Row, ...]]:
    if _is_table(run):
        if any("||" in row.text for row in run):
            run = without_pads(run) or (run if _stand_in_columns(run) else [_without_empty_fields(row) for row in run])
        rows = tuple(row for row in run if any(row.fields) and not _is_rule(row))
        if rows:
            yield rows
        return
    for row in run:
        text = row.text.strip("|" + _SPACE) if row.edged else row.text.replace("\t", " ")
        if text:
            yield Line(row.number, text)


def _without_empty_fields(row: Row) -> Row:
    return row._replace(fields=tuple(filter(None, row.fields)), aligned=False)


def _stand_in_columns(run: list[Row]) -> bool:
    """Whether the fields of rows with pipes that touch stand in columns, so that an empty one is a cell.

    They do where every row has as many and the figures of all rows with as many stand in the same columns; else a run
    of pipes is one mark, and how many there are says nothing.
    """
    filled = [row for row in run if any(row.fields)]
    columns: dict[int, set[tuple[int, ...]]] = {}
    for row in filled:
        places = tuple(place for place, field in enumerate(row.fields) if field and is_cell(field))
        columns.setdefault(len(places), set()).add(places)
    same = all(len(places) == 1 for count, places in columns.items() if count > 1)
    return same and len({len(row.fields) for row in filled if not _is_rule(row)}) == 1


def _is_table(run: list[Row]) -> bool:
    """At least half of the rows have several fields, and something beside a bare separator speaks for a table.

    Paths (首页 | 公开), indented paragraphs and paragraphs with a tab after their number are text.
    """
    filled = [row for row in run if any(row.fields)]
    wide = [row for row in filled if len(list(filter(None, row.fields))) > 1 or (row.edged and len(row.fields) > 1)]
    if not wide or 2 * len(wide) < len(filled):
        return False
    figures = any(_is_short_figure(field) for row in wide for field in row.fields[1:])
    if len(wide) == 1:
        return figures and len(wide[0].fields) > 2
    return figures or any(row.edged or len(row.fields) > 2 for row in wide)


def _is_short_figure(field: str) -> bool:
    return len(field) <= _LONGEST_FIGURE and _has_digit(field)


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _is_rule(row: Row) -> bool:
    """A line between head and body."""
    return row.mark == "|" and "--" in row.text and all(map(_RULE.fullmatch, row.fields))
