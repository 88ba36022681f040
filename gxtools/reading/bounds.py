"""Whether a row of running text holds its own figures: what stands where its label or the next one should.

A full count says nothing where a figure was lost together with the next line's label, for then the next line's figures
make up the count. So the label that the form has next must stand somewhere, or what parts the two lines in the form.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from gxtools.forms import label_keys
from gxtools.reading.finds import Found
from gxtools.reading.lexicon import NO_LABEL, Label, TableLexicon

_REMARK = re.compile(r"[（(].*|[^（(]*[）)]", re.DOTALL)
_ALIKE = 0.5  # a damaged label shares so much with the true one


class Token(NamedTuple):
    """A piece of text with its meaning in one table: ``kind`` is label, figure, blank, unit or other.

    ``speaks_for`` are the tables, or sections, that it announces as a label or heading.
    """

    text: str
    where: str
    number: int
    kind: str
    label: Label = NO_LABEL
    speaks_for: frozenset[str] = frozenset()


@dataclass
class FlowRow:
    """One label of a line and the figures behind it.

    ``index`` is the place of the label among the tokens, ``header`` the number of the header above it. ``blanks`` holds
    blank cells with their places among the figures.
    """

    line: str
    index: int
    number: int
    order: tuple[str, ...]
    contradicts: bool
    header: int
    founds: list[Found] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    end: int = -1
    blanks: list[tuple[int, int, Token, Found]] = field(default_factory=list)

    def add(self, index: int, token: Token, found: Found) -> None:
        """Take the next figure."""
        self.founds.append(found)
        self.numbers.append(token.number)
        self.end = index

    def add_blank(self, index: int, token: Token, blank: Found) -> None:
        """Take a blank cell, of which it is not yet known whether it is one of the line's."""
        self.blanks.append((len(self.founds), index, token, blank))

    @property
    def count(self) -> int:
        """How many cells follow the label, blank ones too."""
        return len(self.founds) + len(self.blanks)

    def take_blanks(self, full: int) -> None:
        """Put blank cells in their places where they make up the ``full`` count of the line's cells."""
        if self.count == full:
            for place, index, token, blank in reversed(self.blanks):
                self.founds.insert(place, blank)
                self.numbers.insert(place, token.number)
                self.end = max(self.end, index)

    @property
    def ragged(self) -> bool:
        """Whether the figures stand in several lines of which one holds several: neither a row nor a cell a line."""
        return 1 < len(set(self.numbers)) < len(self.numbers)


def is_remark(text: str) -> bool:
    """Whether a text is a remark in brackets, or a line of one, as the form has in the corner of a header."""
    return _REMARK.fullmatch(text) is not None


def has_strange_head(texts: Iterable[str], known: Iterable[str]) -> bool:
    """Whether words of no label among heads mean another column: they are no fragments of the form's.

    ``known`` are the form's own words. A remark is no head.
    """
    strange = [part for text in texts if not is_remark(text) for part in text.split()]
    return any(not any(part in text for text in known) for part in strange)


def displaced(tokens: Sequence[Token], rows: Sequence[FlowRow], lexicon: TableLexicon) -> dict[int, str]:
    """The rows, by the index of their label, whose figures may be another line's, with the reason."""
    table = lexicon.table
    full = {line.id: len(line.columns) for line in table.lines}
    ids = [line.id for line in table.lines]
    after: dict[str, str | None] = dict(zip(ids, [*ids[1:], None], strict=True))
    seen = {row.line for row in rows}
    doubted: dict[int, str] = {}
    lone = _lone_rows(tokens, rows)
    announced = _next_table(tokens, lexicon)
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        if len(row.founds) != full[row.line]:
            continue
        following = after[row.line]
        if following is None:
            certain = row.end < announced
        else:
            certain = following in seen or _is_parted(tokens, row, following, lexicon)
        if not certain:
            doubted[row.index] = "next_label_lost"
        elif before is not None and _share(before, row) and row.index not in lone:
            doubted[row.index] = "before_labels"
    for row in _between(tokens, rows, full):
        doubted.setdefault(row.index, "before_labels")
    for row in _among_wider(rows, full):
        doubted.setdefault(row.index, "header_lost")
    return doubted


def _among_wider(rows: Sequence[FlowRow], full: dict[str, int]) -> Iterator[FlowRow]:
    """The rows with full count under a header of which half of the rows or more have figures too many.

    Another column stands there without its head, and a row that seems full may lack a figure instead.
    """
    under: dict[int, list[int]] = {}
    for row in rows:
        under.setdefault(row.header, []).append(len(row.founds) - full[row.line])
    for row in rows:
        counts = under[row.header]
        if len(row.founds) == full[row.line] and 2 * sum(many > 0 for many in counts) >= len(counts):
            yield row


def _share(before: FlowRow, row: FlowRow) -> bool:
    """Whether two labels follow one another and one row of figures both, so that it cannot be told whose it is."""
    return not before.founds and before.line != row.line and before.index + 1 == row.index


def _lone_rows(tokens: Sequence[Token], rows: Sequence[FlowRow]) -> set[int]:
    """The rows whose label begins a line of text that holds their figures and nothing behind them."""
    members: dict[int, list[int]] = {}
    for index, token in enumerate(tokens):
        members.setdefault(token.number, []).append(index)
    lone = set()
    for row in rows:
        if row.founds and set(row.numbers) == {row.number}:
            own = members[row.number]
            if own[0] == row.index and own[-1] == row.end:
                lone.add(row.index)
    return lone


def _is_parted(tokens: Sequence[Token], row: FlowRow, following: str, lexicon: TableLexicon) -> bool:
    """Whether something between a row and the line that should follow keeps that line's figures from it.

    The heading of its group or block, or its own label, damaged, with its figures behind it.
    """
    if row.end + 1 >= len(tokens):
        return False
    token, line = tokens[row.end + 1], lexicon.table.line(following)
    if token.kind == "label":
        heads = token.label.group is not None or token.label.corner or token.label.column is not None
        return heads and not token.label.lines and line.group != lexicon.table.line(row.line).group
    return token.kind == "other" and _is_alike(token.text, line.label)


def _is_alike(text: str, label: str) -> bool:
    keys, own = label_keys(text), label_keys(label)
    return any(SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE for a in keys for b in own)


def _next_table(tokens: Sequence[Token], lexicon: TableLexicon) -> int:
    """The last place that announces the form's next table, -1 for none; behind all for the form's last table."""
    ids = [table.id for table in lexicon.form.tables]
    place = ids.index(lexicon.table.id) + 1
    if place == len(ids):
        return len(tokens)
    return max((index for index, token in enumerate(tokens) if ids[place] in token.speaks_for), default=-1)


def _between(tokens: Sequence[Token], rows: Sequence[FlowRow], full: dict[str, int]) -> Iterator[FlowRow]:
    """The rows with full count between figures too many and as many too few: all between may have slipped.

    Figures too many are also those behind a header or a group's heading, where no line's label is lost that had them.
    """
    events: list[tuple[int, int]] = [(row.index, len(row.founds) - full[row.line]) for row in rows]
    events += _orphans(tokens, rows)
    events = sorted(event for event in events if event[1])
    places = [row.index for row in rows]
    for (begin, many), (end, few) in pairwise(events):
        if many == -few:
            yield from rows[bisect_right(places, begin) : bisect_left(places, end)]


def _orphans(tokens: Sequence[Token], rows: Sequence[FlowRow]) -> Iterator[tuple[int, int]]:
    """Runs of figures behind a label, or words, that are no line's: place and count."""
    taken = {index for row in rows for index in range(row.index, row.end + 1)}
    start: int | None = None
    for index, token in enumerate(tokens):
        loose = token.kind == "figure" and index not in taken
        if loose and start is None and index and tokens[index - 1].kind in ("label", "other"):
            start = index
        elif not loose and start is not None:
            yield start, index - start
            start = None
