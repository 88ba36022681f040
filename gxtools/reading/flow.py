"""Tables whose geometry is lost: one cell a line, as a copy to plain text leaves them -> finds.

The labels still tell the lines; the columns are told by the header's labels in the order in which they were printed, and
by a full count of figures. Blank cells leave no trace in such a text, so a row with a figure too few is not placed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxtools.figures import is_figure, label_unit, parse
from gxtools.grids import TextLine
from gxtools.reading.counting import CountedRow, place_across_by_count, place_by_count
from gxtools.reading.finds import LABELS, Extra, Found, TableFinds
from gxtools.reading.headers import flattened_order
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
        if label is not NO_LABEL or is_figure(text):
            yield Token(text, line.where, label, label is NO_LABEL)
            continue
        yield from _divided(line, text, lexicon)


def _divided(line: TextLine, text: str, lexicon: TableLexicon) -> Iterator[Token]:
    """A label followed by figures, or figures alone; anything else stays whole."""
    parts = split_line(text)
    head = parts[0] if not is_figure(parts[0]) else ""
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
    first = next((i for i, part in enumerate(parts) if is_figure(part)), None)
    if first is None or not all(is_figure(part) for part in parts[first:]):
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
    return any(a.label.strong_line and b.figure for a, b in zip(found, found[1:], strict=False))


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

    def take(self, token: Token) -> None:
        """Read one cell."""
        label = token.label
        if token.figure:
            self._take_figure(token)
        elif label.strong_line or (label.lines and not self.in_header):
            self._start(label)
        elif label.column is not None or label.column_group is not None or label.corner:
            self._take_header(token)
        else:
            self._group = label.group or self._group
            self._figures, self._unknown = None, None if label.group else token.text

    def _start(self, label: Label) -> None:
        self.in_header = False
        self._unknown = None
        lines = [id for id in label.lines if len(label.lines) == 1 or self._in_group(id)]
        self._figures = []
        if len(lines) == 1:
            order = flattened_order((token.text for token in self.header), self.lexicon)
            has = self.lexicon.table.line(lines[0]).columns
            whole = set(order) == set(has)
            self.rows.append(CountedRow(lines[0], self._figures, order if whole else (), whole))

    def _in_group(self, line: str) -> bool:
        return self.lexicon.table.line(line).group == self._group

    def _take_header(self, token: Token) -> None:
        if not self.in_header:
            self.header = []
        self.in_header = True
        self.header.append(token)
        self._figures, self._unknown = None, None

    def _take_figure(self, token: Token) -> None:
        if self._figures is not None:
            self._figures.append(Found(token.text, token.where, LABELS, self._unit(len(self._figures))))
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
    place_by_count(reader.finds, lexicon, reader.rows)
    return reader.finds


def _read_across(found: list[Token], lexicon: TableLexicon) -> TableFinds:
    finds = TableFinds(lexicon.form.id, lexicon.table.id)
    runs: list[list[Found]] = []
    labels: list[Token] = []
    after_figure = False
    for token in found:
        if token.figure:
            if not after_figure:
                runs.append([])
            runs[-1].append(Found(token.text, token.where, LABELS))
        elif not runs:
            labels.append(token)
        after_figure = token.figure
    # A lone number between labels and table is a page mark or a list's; the table is the one long run.
    long = [run for run in runs if len(run) > 1]
    if len(long) == 1 or len(runs) == 1:
        place_across_by_count(finds, lexicon, (long or runs)[0], _labelled(labels, lexicon))
    elif long:
        place_across_by_count(finds, lexicon, [found for run in long for found in run], False)
    return finds


def _labelled(labels: list[Token], lexicon: TableLexicon) -> bool:
    """Whether every label of the header was seen, each as often as it is printed, in the form's order."""
    lines = [token.label.lines[0] for token in labels if token.label.strong_line]
    columns = [token.label.column for token in labels if token.label.column is not None]
    return lines == [line.id for line in lexicon.table.lines] and columns == [*lexicon.columns] * len(lines)
