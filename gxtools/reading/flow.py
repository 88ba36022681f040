"""Tables whose geometry is lost: one cell a line, as a copy to plain text leaves them -> finds.

The labels still tell the lines; the columns are told by the header's labels in the order in which they were printed,
and by a full count of figures. Blank cells leave no trace in such a text, so a row with a figure too few is not placed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxtools.figures import is_cell, is_page_mark, label_unit, parse
from gxtools.grids import TextLine
from gxtools.reading.counting import CountedRow, place_across_by_count, place_by_count
from gxtools.reading.finds import LABELS, Doubt, Extra, Found, TableFinds
from gxtools.reading.headers import flattened_order, in_official_order
from gxtools.reading.lexicon import NO_LABEL, Label, TableLexicon

LONGEST_ROW = 400


class Token(NamedTuple):
    """A piece of a line of text that stood in one cell."""

    text: str
    where: str
    label: Label
    figure: bool


def tokens(lines: Sequence[TextLine], lexicon: TableLexicon) -> Iterator[Token]:
    """The cells that lines of text held: a line is one cell, or a label and its figures divided by spaces."""
    for line in lines:
        text = line.text.strip()
        label = lexicon.label(text)
        if label is not NO_LABEL or is_cell(text):
            yield Token(text, line.where, label, label is NO_LABEL)
            continue
        if not is_page_mark(text):
            yield from _divided(line, text, lexicon)


def _divided(line: TextLine, text: str, lexicon: TableLexicon) -> Iterator[Token]:
    """A label followed by figures, or figures alone; anything else stays whole."""
    parts = split_line(text)
    head = parts[0] if not is_cell(parts[0]) else ""
    label = lexicon.label(head) if head else NO_LABEL
    if len(parts) == 1 or (head and label is NO_LABEL):
        yield Token(text, line.where, NO_LABEL, False)
        return
    if head:
        yield Token(head, line.where, label, False)
    for part in parts[1:] if head else parts:
        yield Token(part, line.where, NO_LABEL, True)


def split_line(text: str) -> list[str]:
    """``规章 0 0 0`` -> its label and its figures; a line that is no such row stays whole."""
    parts = text.split() if len(text) < LONGEST_ROW else []
    first = next((i for i, part in enumerate(parts) if is_cell(part)), None)
    if first is None or not all(is_cell(part) for part in parts[first:]):
        return [text]
    head = " ".join(parts[:first])
    return [head, *parts[first:]] if head else parts[first:]


def read_flow(lines: Sequence[TextLine], lexicon: TableLexicon) -> TableFinds:
    """Read one table of one form from the lines of its part of the report."""
    found = list(tokens(lines, lexicon))
    if lexicon.table.layout == "lines_across" and not _lines_run_down(found):
        return _read_across(found, lexicon)
    return _read_down(found, lexicon)


def _lines_run_down(found: list[Token]) -> bool:
    return any(a.label.strong_line and b.figure for a, b in itertools.pairwise(found))


class _Rows:
    """Collects the figures behind each label of a line, under the header last met."""

    def __init__(self, lexicon: TableLexicon) -> None:
        self.lexicon = lexicon
        self.finds = TableFinds(lexicon.form.id, lexicon.table.id)
        self.rows: list[CountedRow] = []
        self.header: list[Token] = []
        self.in_header = True
        self._group: str | None = None
        self._figures: list[Found] | None = None
        self._unknown: str | None = None
        self.before: list[Found] = []

    def take(self, token: Token) -> None:
        """Read one cell."""
        label = token.label
        if token.figure:
            self._take_figure(token)
        elif label.strong_line or (label.lines and not self.in_header):
            self._start(token)
        elif label.column is not None or label.column_group is not None or label.corner:
            self._take_header(token)
        else:
            self._group = label.group or self._group
            self._figures, self._unknown = None, None if label.group else token.text

    def _start(self, token: Token) -> None:
        label = token.label
        self.in_header = False
        self._unknown = None
        self._group = label.group or self._group
        line = self.lexicon.line_of(token.text, None, self._group)
        if line is None and label.is_weak:
            self._figures, self._unknown = None, token.text
            return
        self._figures = []
        if line in self.lexicon.heads:
            self._group = line
        if line is not None:
            texts = [token.text for token in self.header]
            order = flattened_order(texts, self.lexicon)
            has = self.lexicon.table.line(line).columns
            whole = set(order) == set(has)
            contradicts = not whole and not in_official_order(texts, self.lexicon)
            self.rows.append(CountedRow(line, self._figures, order if whole else (), whole, contradicts))

    def _take_header(self, token: Token) -> None:
        if not self.in_header:
            self.header = []
        self.in_header = True
        self.header.append(token)
        self._figures, self._unknown = None, None

    def _take_figure(self, token: Token) -> None:
        if self._figures is not None:
            self._figures.append(Found(token.text, token.where, LABELS, self._unit(len(self._figures))))
        elif self.in_header and self.header and self._unknown is None:
            self.before.append(Found(token.text, token.where, LABELS))
        elif self._unknown is not None and parse(token.text, "10k_cny", "10k_cny").state == "printed":
            self.finds.extras.append(Extra(self._unknown, "", token.text, token.where))

    def _unit(self, position: int) -> str | None:
        """The unit that the header names over the figure at a position of its row."""
        columns = [token for token in self.header if token.label.column is not None]
        row = self.rows[-1] if self.rows else None
        if row is None or position >= len(row.order):
            return None
        return next((label_unit(t.text) for t in columns if t.label.column == row.order[position]), None)


def _read_down(found: list[Token], lexicon: TableLexicon) -> TableFinds:
    reader = _Rows(lexicon)
    for token in found:
        reader.take(token)
    rows = reader.rows
    if len(reader.before) > 1 and rows and not rows[-1].founds:
        # Figures before the first label and none behind the last: each row's figures stand before its label.
        for row in rows:
            for column in lexicon.table.line(row.line).columns:
                reader.finds.doubts.append(Doubt(row.line, column, "before_labels", "", reader.before[0].where))
        return reader.finds
    place_by_count(reader.finds, lexicon, rows)
    return reader.finds


def _read_across(found: list[Token], lexicon: TableLexicon) -> TableFinds:
    finds = TableFinds(lexicon.form.id, lexicon.table.id)
    runs: list[list[Found]] = []
    labels: list[Label] = []
    after_figure = False
    for token in found:
        if token.figure:
            if not after_figure:
                runs.append([])
            runs[-1].append(Found(token.text, token.where, LABELS))
        elif not runs:
            labels.append(token.label)
        after_figure = token.figure
    # A lone number between labels and table is a page mark or a list's; the table is the one long run.
    long = [run for run in runs if len(run) > 1]
    if len(long) == 1 or len(runs) == 1:
        place_across_by_count(finds, lexicon, (long or runs)[0], labels)
    elif long:
        place_across_by_count(finds, lexicon, [found for run in long for found in run], labels)
    return finds
