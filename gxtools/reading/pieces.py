"""Lines of text -> pieces: a label, a figure or a line of prose each, however the text broke or joined its cells.

Labels are told by their words alone, over spaces and line breaks, the longest first; a piece begins and ends where
another does or where there is space, so that no label inside prose and no part of a longer word is taken for one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from gxtools.figures import is_figure, is_page_mark
from gxtools.forms import Forms
from gxtools.grids import TextLine
from gxtools.reading.fragments import mend
from gxtools.reading.label_search import FIGURE, HEADING, LABEL, OTHER, LabelSearch, Token

# A line longer than any label, its layout aside, is prose, unless so many labels of lines stand in it that it is a
# flattened table. Where the end of a table has a line of its own, one label among figures and no sentence will do.
_LONGEST_LINE = 160
_LABELS_OF_A_FLAT_LINE, _FIGURES_OF_A_FLAT_LINE = 4, 6
# In a flattened line a run of so many labels and figures is part of a table; a sentence has a few at most.
_SHORTEST_RUN, _LABELS_OF_A_RUN = 6, 2
_FIGURES_OF_A_ROW = 3
_LONGEST_HEAD, _STRANGE_HEADS = 12, 2
_SENTENCE = re.compile("[。；！？]")
_GAP = re.compile(r"[^\S\n]*(?:\t|[^\S\n]{2})[^\S\n]*")


def pieces_of(lines: Sequence[TextLine], forms: Forms) -> Sequence[TextLine]:
    """The lines with each table in them told piece by piece; ``lines`` itself where nothing had to be told anew.

    A piece bears the number of the line in which it begins. Lines that are no part of a table stay as they are.
    """
    search = _search(forms)
    told: list[TextLine] = []
    for kind, run in groupby(lines, key=lambda line: _kind(line.text, search)):
        if kind == "prose":
            told += run
        else:
            told += _Stretch(list(run), search, kind == "flat").pieces()
    return lines if told == list(lines) else told


@lru_cache(maxsize=8)
def _search(forms: Forms) -> LabelSearch:
    return LabelSearch(forms)


def _kind(text: str, search: LabelSearch) -> str:
    if len(text) <= _LONGEST_LINE or len(" ".join(text.split())) <= _LONGEST_LINE:
        return "prose" if _SENTENCE.search(text) else "cells"
    labels = search.count_lines(text, _LABELS_OF_A_FLAT_LINE)
    if 0 < labels < _LABELS_OF_A_FLAT_LINE and _SENTENCE.search(text) is None:
        return "flat" if sum(map(is_figure, text.split())) >= _FIGURES_OF_A_FLAT_LINE else "prose"
    return "flat" if labels == _LABELS_OF_A_FLAT_LINE else "prose"


class _Stretch:
    """Lines that are read together; ``flat`` where each holds many cells, perhaps among sentences."""

    def __init__(self, lines: list[TextLine], search: LabelSearch, flat: bool) -> None:
        self.lines = lines
        self.flat = flat
        self._search = search
        # A page mark parts no label.
        texts = ["" if is_page_mark(line.text) else line.text for line in lines]
        self.text = "\n".join(texts)
        self.starts = [0]
        for text in texts[:-1]:
            self.starts.append(self.starts[-1] + len(text) + 1)
        found = list(search.tokens(self.text, flat))
        self.tokens = found if flat else mend(found, self.text, search)

    def pieces(self) -> Iterator[TextLine]:
        """The pieces in reading order."""
        return self._of_flat_lines() if self.flat else self._of_lines()

    def _line(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def _piece(self, start: int, end: int, text: str = "") -> TextLine:
        line = self.lines[self._line(start)]
        return TextLine(text or self.text[start:end].strip(), line.number, line.kind)

    def _of_token(self, token: Token) -> TextLine:
        return self._piece(token.start, token.end, token.text)

    def _of_lines(self) -> Iterator[TextLine]:
        """A line that is told in full becomes its pieces; one with anything else in it stays whole."""
        begun: dict[int, list[Token]] = {}
        for token in self.tokens:
            begun.setdefault(self._line(token.start), []).append(token)
        whole = self._whole()
        carried = self._carried() - whole
        for number, line in enumerate(self.lines):
            tokens = begun.get(number, [])
            if number in whole:
                yield from self._of_odd_line(line, tokens)
            elif tokens:
                yield from map(self._of_token, tokens)
            elif number not in carried:
                yield line

    def _whole(self) -> set[int]:
        """The lines that hold anything but labels and figures, and those that share a label with one."""
        odd = {self._line(token.start) for token in self.tokens if token.kind == OTHER}
        shared = [(self._line(t.start), self._line(t.end - 1)) for t in self.tokens if t.kind != OTHER]
        shared = [(first, last) for first, last in shared if first != last]
        for first, last in (*shared, *reversed(shared)):
            if any(number in odd for number in range(first, last + 1)):
                odd.update(range(first, last + 1))
        return odd

    def _carried(self) -> set[int]:
        """The lines that a label of an earlier line goes on in."""
        return {n for t in self.tokens for n in range(self._line(t.start) + 1, self._line(t.end - 1) + 1)}

    def _of_odd_line(self, line: TextLine, tokens: list[Token]) -> Iterator[TextLine]:
        """A row under a label that no form knows is told too, so that its figures are kept as that line's; and heads
        among which one is no form's, so that it is seen.
        """
        kinds = [token.kind for token in tokens]
        first = kinds.index(FIGURE) if FIGURE in kinds else len(kinds)
        row = len(kinds) - first >= _FIGURES_OF_A_ROW and set(kinds[first:]) == {FIGURE} and first > 0
        if row and set(kinds[:first]) == {OTHER}:
            yield self._piece(tokens[0].start, tokens[first - 1].end)
            yield from map(self._of_token, tokens[first:])
        elif self._is_of_heads(tokens):
            yield from map(self._of_token, tokens)
        else:
            yield line

    def _is_of_heads(self, tokens: list[Token]) -> bool:
        """Whether labels and short words stand in columns, some of them farther apart than words of a text, and some of
        these words are no part of a label that was broken over lines.
        """
        kinds = {token.kind for token in tokens}
        words = (self.text[token.start : token.end] for token in tokens if token.kind == OTHER)
        if all(map(self._search.is_part_of_label, words)):
            return False
        short = all(token.kind == LABEL or token.end - token.start <= _LONGEST_HEAD for token in tokens)
        gaps = [self.text[before.end : token.start] for before, token in pairwise(tokens)]
        return kinds == {LABEL, OTHER} and short and any(map(_GAP.fullmatch, gaps))

    def _of_flat_lines(self) -> Iterator[TextLine]:
        """Runs of labels and figures and headings become pieces; what stands between them stays together."""
        kept = self._kept()
        start: int | None = None
        end = 0
        for token, keep in zip(self.tokens, kept, strict=True):
            new_line = start is not None and self._line(token.start) != self._line(start)
            if start is not None and (keep or new_line):
                yield self._piece(start, end)
                start = None
            if keep:
                yield self._of_token(token)
            else:
                start = token.start if start is None else start
                end = token.end
        if start is not None:
            yield self._piece(start, end)

    def _kept(self) -> list[bool]:
        kept = [token.kind == HEADING for token in self.tokens]
        begin = 0
        told = [token.kind != OTHER or self._is_strange_head(place) for place, token in enumerate(self.tokens)]
        for of_table, run in groupby(told):
            size = len(list(run))
            members = self.tokens[begin : begin + size]
            known = sum(token.kind != OTHER for token in members)
            labels = sum(token.kind == LABEL for token in members)
            if of_table and known >= _SHORTEST_RUN and labels >= _LABELS_OF_A_RUN:
                kept[begin : begin + size] = [True] * size
            begin += size
        return kept

    def _is_strange_head(self, place: int) -> bool:
        """Whether a short word stands between two labels, with no more than another beside it: it is a head too."""
        around = self.tokens[max(0, place - _STRANGE_HEADS) : place + _STRANGE_HEADS + 1]
        words = [token for token in around if token.kind == OTHER and token.end - token.start <= _LONGEST_HEAD]
        before = [token.kind for token in self.tokens[max(0, place - _STRANGE_HEADS) : place]][::-1]
        behind = [token.kind for token in self.tokens[place + 1 : place + _STRANGE_HEADS + 1]]
        return self.tokens[place] in words and all(
            LABEL in kinds and set(kinds[: kinds.index(LABEL)]) <= {OTHER} for kinds in (before, behind)
        )
