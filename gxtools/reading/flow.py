"""Tables whose geometry is lost: labels and figures in a row, as a copy to plain text leaves them -> finds.

The labels still tell the lines; the columns are told by the header's labels in the order in which they were printed,
and by a full count of figures. Blank cells leave no trace in such a text, so a row with a figure too few is not placed.
Whether a row with its full count holds its own figures is judged in ``bounds``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from gxtools.figures import BLANK_CELL, is_cell, is_page_mark, is_unit, label_unit, parse
from gxtools.forms import label_keys, printed_number
from gxtools.grids import TextLine
from gxtools.reading.bounds import FlowRow, Token, displaced, has_strange_head, is_remark
from gxtools.reading.counting import CountedRow, place_by_count
from gxtools.reading.finds import LABELS, Doubt, Extra, Found, TableFinds, doubt_lone
from gxtools.reading.flow_across import read_across_flow
from gxtools.reading.headers import flattened_order, in_official_order, is_plain
from gxtools.reading.lexicon import NO_LABEL, Lexicon, TableLexicon
from gxtools.reading.units import caption_unit, unit_beside, unit_named, unit_of

_LONGEST_HEAD = 12


def read_flow(lines: Sequence[TextLine], lexicon: TableLexicon, words: Lexicon) -> TableFinds:
    """Read one table of one form from the pieces of its part of the report (see ``pieces``)."""
    found = list(_tokens(lines, lexicon, words))
    if lexicon.table.layout == "lines_across" and not _lines_run_down(found):
        return read_across_flow(found, lexicon)
    return _read_down(found, lexicon)


def _tokens(lines: Sequence[TextLine], lexicon: TableLexicon, words: Lexicon) -> Iterator[Token]:
    """Each piece with its meaning in this table; page marks and marks without words are left out."""
    for line in lines:
        text = line.text.strip()
        label = lexicon.label(text)
        if label is not NO_LABEL:
            yield Token(text, line.where, line.number, "label", label, _speaks_for(text, words))
        elif text == BLANK_CELL:
            yield Token("", line.where, line.number, "blank")
        elif is_cell(text) or text.isdecimal():
            yield Token(text, line.where, line.number, "figure")
        elif is_unit(text):
            yield Token(text, line.where, line.number, "unit")
        elif any(map(str.isalnum, text)) and not is_page_mark(text):
            yield Token(text, line.where, line.number, "other", speaks_for=_speaks_for(text, words))


def _speaks_for(text: str, words: Lexicon) -> frozenset[str]:
    """The tables that a heading or a label announces."""
    evidence = words.evidence(text)
    table = words.only_table(evidence.heads | evidence.lines)
    sections = words.forms.sections
    return frozenset(([table] if table else []) + [sections[key] for key in label_keys(text) if key in sections])


def _lines_run_down(found: list[Token]) -> bool:
    return any(a.label.strong_line and b.kind == "figure" for a, b in pairwise(found))


class _Rows:
    """Collects the figures behind each label of a line, under the header last met."""

    def __init__(self, lexicon: TableLexicon, caption_unit: str | None) -> None:
        self.lexicon = lexicon
        self.finds = TableFinds(lexicon.form.id, lexicon.table.id)
        self.rows: list[FlowRow] = []
        self._header: list[Token] = []
        self._headers = 0
        self._cut = 0  # the place in the header behind which figures of no line stood last
        self._told: list[tuple[tuple[str, ...], bool]] | None = None
        self._in_header = True
        self._group: str | None = None
        self._row: FlowRow | None = None
        self._unknown: str | None = None
        # Units of money: of the row's own label and unit, of its group, of a caption above.
        self._unit: str | None = None
        self._group_unit: str | None = None
        self._caption_unit = caption_unit

    def take(self, index: int, token: Token) -> None:
        """Read one piece; ``index`` is its place among all."""
        label = token.label
        if token.kind in ("figure", "unit") and self._in_header:
            self._end_header()
        if token.kind == "figure":
            self._take_figure(index, token)
        elif token.kind == "blank":
            if self._row is not None:
                self._row.add_blank(index, token, Found("", token.where, LABELS))
        elif token.kind == "unit":
            self._take_unit(token)
        elif label.strong_line or (label.lines and not self._in_header):
            self._start(index, token)
        elif label.column is not None or label.column_group is not None or label.corner:
            self._take_header(token)
        elif label is NO_LABEL and self._in_header and self._header:
            self._header.append(token)
            self._unknown, self._told = token.text, None
        else:
            self._take_group(token)

    def _start(self, index: int, token: Token) -> None:
        label = token.label
        line = self._line(token)
        self._in_header = False
        self._unknown, self._unit = None, label_unit(token.text)
        self._group = label.group or self._group
        if line is None:
            self._row, self._unknown = None, token.text
            return
        if line in self.lexicon.heads:
            self._group = line
        self._row = FlowRow(line, index, token.number, *self._order(line), self._headers)
        self.rows.append(self._row)

    def _line(self, token: Token) -> str | None:
        """The line that a label means. A word that is a column too must bear its number or follow its neighbour."""
        label = token.label
        line = self.lexicon.line_of(token.text, None, label.group or self._group)
        if line is None or not label.is_weak or self._group == self.lexicon.table.line(line).group:
            return line
        return line if _is_numbered(token.text, line, self.lexicon) or self._follows(line) else None

    def _follows(self, line: str) -> bool:
        ids = [each.id for each in self.lexicon.table.lines]
        place = ids.index(line)
        return bool(self.rows) and place > 0 and self.rows[-1].line == ids[place - 1]

    def _order(self, line: str) -> tuple[tuple[str, ...], bool]:
        """The header's order of this line's columns, empty where it does not show all; whether it contradicts.

        Heads behind figures of no line are a header by themselves where they show all: the others were another table's.
        """
        if self._told is None:
            parts = [self._header[self._cut :]] if 0 < self._cut < len(self._header) else []
            self._told = [self._order_of(part) for part in (*parts, self._header)]
        columns = set(self.lexicon.table.line(line).columns)
        whole = next((order for order, _ in self._told if set(order) == columns), ())
        return whole, not whole and not (self._told[-1][1] and self._may_be_lost(line))

    def _may_be_lost(self, line: str) -> bool:
        """Whether a line's heads are lost in full, or those that are lacking stand there in fragments.

        Where some stand there whole, nothing says whether the others are lost or were other ones.
        """
        seen = {token.label.column for token in self._header} - {None}
        table = self.lexicon.table
        lacking = "".join(table.column(id).zh for id in table.line(line).columns if id not in seen)
        words = [token.text for token in self._header if token.kind == "other" and not is_remark(token.text)]
        fragments = sorted(filter(str.isalnum, "".join(words)))
        beside = [group.label for group in table.column_groups] + list(table.corner)
        return not seen or any(
            fragments == sorted(lacking + "".join(some))
            for size in range(len(beside) + 1)
            for some in combinations(beside, size)
        )

    def _order_of(self, header: list[Token]) -> tuple[tuple[str, ...], bool]:
        """The order that a header's labels tell, none where words among them are strange; whether it is the form's.

        A strange head means another column, unless it is but a fragment of the form's own.
        """
        texts = [token.text for token in header if token.label is not NO_LABEL]
        columns = self.lexicon.table.columns
        first = next((i for i, token in enumerate(header) if token.label.column is not None), len(header))
        # Ahead of the columns a line may hold fragments of several heads; a word by itself is a head.
        ahead = header[:first] if len(columns) == 1 else [token for token in header[:first] if _is_word(token)]
        others = [token.text for token in (*ahead, *header[first:]) if token.kind == "other"]
        if has_strange_head(others, [column.zh for column in columns]):
            return (), False
        order = flattened_order(texts, self.lexicon) if len(texts) == len(header) else ()
        # A head over others that stands among them leaves several ways in which the heads can have been printed.
        return order, in_official_order(texts, self.lexicon) and is_plain(texts, self.lexicon)

    def _take_header(self, token: Token) -> None:
        if not self._in_header:
            self._header, self._cut = [], 0
            self._headers += 1
        self._in_header, self._told = True, None
        self._header.append(token)
        self._row, self._unknown = None, None

    def _take_group(self, token: Token) -> None:
        """A group's label, or words that no form knows. Behind the header of a block without lines another begins."""
        group = token.label.group
        self._row, self._unknown = None, None if group else token.text
        if group is not None:
            self._group_unit = label_unit(token.text)
            self._group = group
            if self._in_header and self.lexicon.table.group(group).columns is not None:
                self._header, self._cut, self._told = [], 0, None

    def _end_header(self) -> None:
        """Figures follow: strange words at a header's end were no head but the label of a line that no form knows."""
        while self._header and self._header[-1].label is NO_LABEL:
            self._header.pop()
            self._in_header, self._told = False, None

    def _take_figure(self, index: int, token: Token) -> None:
        row = self._row
        if row is None and self._cut != len(self._header):
            self._cut, self._told = len(self._header), None
        if row is not None:
            unit = unit_of([self._unit, self._group_unit, self._caption_unit, self._unit_above(row)])
            row.add(index, token, Found(token.text, token.where, LABELS, unit))
        elif self._unknown is not None and parse(token.text, "10k_cny", "10k_cny").state == "printed":
            self.finds.extras.append(Extra(self._unknown, "", token.text, token.where))

    def _take_unit(self, token: Token) -> None:
        """A unit between label and figure, as a column of units has it, or one of money in a line below its figure."""
        if self._row is not None and not self._row.founds:
            self._unit = unit_of([self._unit, unit_beside(token.text, self.lexicon.units[self._row.line])])
        elif self._row is not None and label_unit(token.text) is not None:
            last = self._row.founds[-1]
            self._row.founds[-1] = last._replace(raw=f"{last.raw}{token.text}")

    def _unit_above(self, row: FlowRow) -> str | None:
        """The unit that the header names over the next figure of a row, or anywhere where its order is not known."""
        position = len(row.founds)
        above = [
            token.text
            for token in self._header
            if position >= len(row.order) or token.label.column == row.order[position]
        ]
        return unit_named(above)


def _is_word(token: Token) -> bool:
    """Whether a piece of no label is one short word, as a head is, and announces nothing."""
    short = len(token.text) <= _LONGEST_HEAD and len(token.text.split()) == 1
    return token.kind == "other" and short and not token.speaks_for


def _is_numbered(text: str, line: str, lexicon: TableLexicon) -> bool:
    number = printed_number(text)
    return number is not None and number == printed_number(lexicon.table.line(line).label)


def _read_down(found: list[Token], lexicon: TableLexicon) -> TableFinds:
    # A caption or a note holds for the whole table, wherever it stands.
    reader = _Rows(lexicon, unit_of(caption_unit(token.text) for token in found if token.kind in ("other", "unit")))
    for index, token in enumerate(found):
        reader.take(index, token)
    finds = reader.finds
    full = {line.id: len(line.columns) for line in lexicon.table.lines}
    # Where blank cells make up more than any row has, they fill up rows of another width.
    if not any(row.count > full[row.line] for row in reader.rows):
        for row in reader.rows:
            row.take_blanks(full[row.line])
    doubted = displaced(found, reader.rows, lexicon)
    counted: list[CountedRow] = []
    for row in reader.rows:
        why = doubted.get(row.index)
        if why is None:
            counted.append(CountedRow(row.line, row.founds, row.order, bool(row.order), row.contradicts, row.ragged))
        else:
            raw = " ".join(found.raw for found in row.founds)
            columns = lexicon.table.line(row.line).columns
            finds.doubts += [Doubt(row.line, column, why, raw, row.founds[0].where) for column in columns]
    place_by_count(finds, lexicon, counted)
    doubt_lone(finds, {place: 1 + len(finds.again.get(place, ())) for place in finds.found})
    return finds
