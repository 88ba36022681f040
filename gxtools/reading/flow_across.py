"""Tables whose lines stand across the header, in text that lost its geometry: all heads, then one run of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxtools.figures import parse
from gxtools.reading.bounds import Token, has_strange_head
from gxtools.reading.counting import across_header, place_across_by_count, row_sum
from gxtools.reading.finds import LABELS, Extra, Found, TableFinds
from gxtools.reading.lexicon import Label, TableLexicon


class _Block(NamedTuple):
    """A run of figures and the labels and words before it."""

    heads: list[Token]
    founds: list[Found]

    @property
    def names_line(self) -> bool:
        """Whether the label of a line or of a group of lines is among the heads."""
        return any(token.label.lines or token.label.group for token in self.heads)

    @property
    def names_column(self) -> bool:
        """Whether the label of a column is among the heads."""
        return any(token.label.column for token in self.heads)


def read_across_flow(tokens: Sequence[Token], lexicon: TableLexicon) -> TableFinds:
    """Read one run of figures below all heads. It ends where another table or section is announced."""
    finds = TableFinds(lexicon.form.id, lexicon.table.id)
    blocks = _without_others(list(_blocks(tokens, lexicon.table.id)), finds, lexicon)
    # A lone number between labels and table is a page mark or a list's; the table is the one long run.
    long = [block for block in blocks if len(block.founds) > 1] or blocks
    if not long or (len(blocks) > 1 and long is blocks):
        return finds
    heads = blocks[0].heads
    founds = [found for block in long for found in block.founds]
    if len(founds) != sum(len(line.columns) for line in lexicon.table.lines):
        founds = [found for found in founds if found.raw]  # blanks fill up rows of another width
    labels = [token.label for token in heads]
    others = [token.text for token in heads if token.kind == "other"]
    strange = has_strange_head(others, lexicon.words) or _is_partial(labels, lexicon)
    place_across_by_count(finds, lexicon, founds, labels, strange=strange)
    return finds


def _is_partial(header: Sequence[Label], lexicon: TableLexicon) -> bool:
    """Whether some heads stand there and others do not: nothing says whether these are lost or were other ones.

    A total closes its line and tells no order.
    """
    rule = row_sum(lexicon)
    totals = {side[0].id for side in (rule.left, rule.right) if len(side) == 1} if rule is not None else set()
    seen = {label.column for label in header} - totals - {None}
    return bool(seen) and not across_header(header, lexicon)[0]


def _blocks(tokens: Sequence[Token], table: str) -> Iterator[_Block]:
    block = _Block([], [])
    blanks: list[Found] = []  # right before the place that is looked at
    for token in tokens[_first_label(tokens, table) :]:
        if token.speaks_for - {table}:
            break
        found = Found(token.text, token.where, LABELS)
        if token.kind == "blank":
            blanks.append(found)
        elif token.kind == "figure":
            block.founds.extend((*blanks, found))
            blanks.clear()
        else:
            if block.founds:
                block.founds.extend(blanks)
                yield block
                block = _Block([], [])
            blanks.clear()
            block.heads.append(token)
    if block.founds:
        block.founds.extend(blanks)
        yield block


def _first_label(tokens: Sequence[Token], table: str) -> int:
    """The place of the first label that speaks for the table; 总计 does not."""
    return next((i for i, token in enumerate(tokens) if table in token.speaks_for or token.label.group), len(tokens))


def _without_others(blocks: list[_Block], finds: TableFinds, lexicon: TableLexicon) -> list[_Block]:
    """The blocks but those of another table, whose figures are kept beside.

    Heads without a line's label are another table's where one block with such labels is there, and so are words alone
    where that block has all figures of the form.
    """
    labelled = [block for block in blocks if block.names_line]
    if len(labelled) != 1:
        return blocks
    whole = len(labelled[0].founds) == sum(len(line.columns) for line in lexicon.table.lines)
    others = [b for b in blocks if b is not labelled[0] and (b.names_column or (whole and len(b.founds) > 1))]
    for block in others:
        for found in block.founds:
            if parse(found.raw).state == "printed":
                finds.extras.append(Extra(block.heads[-1].text, "", found.raw, found.where))
    return [block for block in blocks if block not in others]
