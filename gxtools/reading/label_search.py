"""Finds the forms' labels, and the figures between them, in running text, over spaces and line breaks inside words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from gxtools.figures import is_cell, is_unit
from gxtools.forms import Forms, label_keys, printed_number

LABEL, HEADING, FIGURE, UNIT, OTHER = "label", "heading", "figure", "unit", "other"

_END = ""  # in a node of the tree of labels: the key that ends there, with its kind
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]")
_NUMBERING = re.compile(
    r"(?:(?:其中\s{0,3}[、,:]|第[一二三四五六七八九十]{1,3}[、.,:]"
    r"|[(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\s{0,3}[).、:,]{1,3})\s{0,60}){1,4}"
)
_FIRST_ORDER = re.compile(r"[一二三四五六七八九十]{1,2}\s{0,3}[、.]\s{0,3}")
_OPENING = re.compile(r"[(\[【“\"‘'《*_·●■◆▪○√]{0,3}")
_CLOSING = re.compile(r"[)\]】”\"’'》:、,.*_]*")
_BRACKET = re.compile(r"(?:\s*\))?")
_REMARK = re.compile(r" ?[(\[【](?![一二三四五六七八九十\d]{1,3}[)\]】])[^()\[\]【】。\d\s]{1,60}[)\]】][:、]?")
_ENDS_A_LABEL = frozenset("。;；|！!？?")  # marks that no label runs over
_WIDEST_GAP = 80  # characters that are no words within a label: its indent on the next line
_LONGEST_GLUED, _LONGEST_CELL, _LONGEST_UNIT = 24, 60, 8
_LONGEST_WORD = 24
_SHORTEST_LINE = 4


class Token(NamedTuple):
    """A stretch of the text searched: ``kind`` is one of those above; ``text`` where it was put together of several."""

    start: int
    end: int
    kind: str
    text: str = ""


class LabelSearch:
    """All labels of all forms and the headings of sections, as a tree of characters."""

    def __init__(self, forms: Forms) -> None:
        self._tree: dict[str, Any] = {}
        for key in forms.sections:
            self._add(key, HEADING)
        for key in forms.labels:
            self._add(key, LABEL)
        self._all = "\n".join(forms.labels)
        self._of_rows = frozenset(
            key for key, meanings in forms.labels.items() if any(m.axis in ("line", "group") for m in meanings)
        )
        lines = [line for form in forms.all for table in form.tables for line in table.lines]
        self._numbers = {key: printed_number(line.label) for line in lines for key in label_keys(line.label)}
        self._lines = sorted({key for key in self._numbers if len(key) >= _SHORTEST_LINE})

    def _add(self, key: str, kind: str) -> None:
        node = self._tree
        for character in key:
            node = node.setdefault(character, {})
        node[_END] = (key, kind)

    def begin(self, text: str) -> list[dict[str, Any]]:
        """The nodes of the tree that a text leads to as the beginning of a label, with its numbering and without."""
        plain = text.translate(_FOLDING)
        numbering = _NUMBERING.match(plain)
        starts = {0, numbering.end() if numbering else 0}
        return [node for at in sorted(starts) if (node := self.follow(self._tree, plain[at:])) is not None]

    def follow(self, node: dict[str, Any], text: str) -> dict[str, Any] | None:
        """The node that the words of a text lead to from another; null where no label goes on so."""
        for character in text.translate(_FOLDING):
            if character.isalnum():
                node = node.get(character)  # type: ignore[assignment]
                if node is None:
                    return None
        return node

    def is_row_label(self, node: dict[str, Any]) -> bool:
        """Whether the label of a line or of a group of lines ends at a node."""
        return _END in node and node[_END][0] in self._of_rows

    def is_part_of_label(self, text: str) -> bool:
        """Whether the words of a text stand in some label."""
        return "".join(filter(str.isalnum, text.translate(_FOLDING))) in self._all

    def count_lines(self, text: str, enough: int) -> int:
        """How many labels of lines stand anywhere in a text, spaces aside; no more than ``enough`` are counted."""
        squeezed = "".join(text.split())
        count = 0
        for key in self._lines:
            count += key in squeezed
            if count == enough:
                break
        return count

    def tokens(self, text: str, flat: bool) -> Iterator[Token]:
        """The text's labels, figures and what other words stand between spaces, in order; marks alone are passed over.

        ``flat`` for a text that lost its line breaks: headings and tables may begin anywhere in it.
        """
        return _Scan(text, flat, self._tree, self._numbers).tokens()


class _Folding(dict[int, str]):
    """Each character in its plain form; one that would become several is a mark without meaning."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code))
        self[code] = plain if len(plain) == 1 else "·"
        return self[code]


_FOLDING = _Folding()


class _Scan:
    """One text under search; places are indices into it."""

    def __init__(self, text: str, flat: bool, tree: dict[str, Any], numbers: dict[str, str | None]) -> None:
        self.text = text
        self.plain = text.translate(_FOLDING)
        self.flat = flat
        self.tree = tree
        self.numbers = numbers
        chunks = [match.span() for match in _CHUNK.finditer(self.plain)]
        self.starts = [start for start, _ in chunks]
        self.ends = [end for _, end in chunks]

    def tokens(self) -> Iterator[Token]:
        at, size = 0, len(self.text)
        while at < size:
            index = bisect_right(self.starts, at) - 1
            if index < 0 or at >= self.ends[index]:
                if index + 1 == len(self.starts):
                    return
                at = self.starts[index + 1]
                index += 1
            end = self.ends[index]
            token = self._token(at, end, index) or self._other(at, end)
            if token.kind != OTHER or _WORD.search(self.plain, token.start, token.end):
                yield token
            at = token.end

    def _token(self, at: int, end: int, index: int) -> Token | None:
        """The label or figure that begins at a place, inside the chunk that ends at ``end``."""
        if self._is_cell(at, end):
            return Token(at, self._with_unit(at, end, index), FIGURE)
        if end - at <= _LONGEST_UNIT and is_unit(self.text[at:end]):
            return Token(at, end, UNIT)
        return self._label(at) or self._glued_figure(at, end)

    def _with_unit(self, at: int, end: int, index: int) -> int:
        """The end of a figure with its unit, where that stands beside it in the same line."""
        if index + 1 < len(self.starts):
            start, unit_end = self.starts[index + 1], self.ends[index + 1]
            short = "\n" not in self.text[end:start] and unit_end - start <= _LONGEST_UNIT
            if short and is_unit(self.text[start:unit_end]) and self._is_cell(at, unit_end):
                return unit_end
        return end

    def _other(self, at: int, end: int) -> Token:
        """What is neither: the rest of the chunk, in a flat text up to where a table or a heading begins."""
        if self.flat and end - at > _LONGEST_WORD:
            for place in range(at + 1, end):
                if self._may_begin(place) and self._label(place) is not None:
                    return Token(at, place, OTHER)
        return Token(at, end, OTHER)

    def _may_begin(self, at: int) -> bool:
        before = self.plain[at - 1]
        return (not before.isalnum()) or before.isdigit() != self.plain[at].isdigit() or bool(self._keys(at))

    def _label(self, at: int) -> Token | None:
        """The longest label or heading that begins at a place and ends where another token or a space begins."""
        for _, kind, end in reversed(self._keys(at)):
            if kind == HEADING and self._is_heading(at):
                return Token(at, _CLOSING.match(self.plain, end).end(), HEADING)  # type: ignore[union-attr]
            if kind == HEADING:
                continue
            closed = self._closed(at, end)
            for stop in (closed, end):
                if self._is_clear(stop) or self._continues(stop):
                    return Token(at, stop, LABEL)
        return None

    def _is_heading(self, at: int) -> bool:
        numbered = _FIRST_ORDER.match(self.plain, at) is not None
        return numbered and (self.flat or at == 0 or self.text[at - 1] == "\n")

    def _keys(self, at: int) -> list[tuple[str, str, int]]:
        """The keys of the labels that begin at a place behind their numbering, shortest first, with their ends."""
        numbering = _NUMBERING.match(self.plain, at)
        found = self._walk(numbering.end()) if numbering else []
        return found or self._walk(at)

    def _walk(self, at: int) -> list[tuple[str, str, int]]:
        plain, node = self.plain, self.tree
        at = _OPENING.match(plain, at).end()  # type: ignore[union-attr]
        found: list[tuple[str, str, int]] = []
        gap = 0
        for place in range(at, len(plain)):
            character = plain[place]
            if character.isalnum():
                gap = 0
                node = node.get(character)  # type: ignore[assignment]
                if node is None:
                    break
                if _END in node:
                    found.append((*node[_END], place + 1))
                continue
            gap += 1
            if gap > _WIDEST_GAP or character in _ENDS_A_LABEL or node is self.tree:
                break
            if plain[place - 1].isspace() and not character.isspace() and self._is_a_cell(place):
                break
        return found

    def _is_a_cell(self, at: int) -> bool:
        """Whether the chunk that begins at a place is a dash or another mark that stands in a cell."""
        return self._is_cell(at, self.ends[bisect_right(self.starts, at) - 1])

    def _is_cell(self, at: int, end: int) -> bool:
        """Whether a stretch is what stands in a cell; also digits of several, run together."""
        if end - at > _LONGEST_CELL:
            return False
        text = self.text[at:end]
        return is_cell(text) or text.isdecimal()

    def _closed(self, at: int, end: int) -> int:
        """The end of a label with its closing marks, also in the next line, and a remark in brackets."""
        if self.plain.count("(", at, end) > self.plain.count(")", at, end):
            end = _BRACKET.match(self.plain, end).end()  # type: ignore[union-attr]
        end = _CLOSING.match(self.plain, end).end()  # type: ignore[union-attr]
        remark = _REMARK.match(self.plain, end)
        return remark.end() if remark else end

    def _is_clear(self, at: int) -> bool:
        return at >= len(self.plain) or self.plain[at].isspace()

    def _continues(self, at: int) -> bool:
        """Whether another token begins at a place inside a chunk."""
        if self._keys(at):
            return True
        end = self.ends[bisect_right(self.starts, at) - 1]
        return self._is_cell(at, end) or self._glued_figure(at, end) is not None

    def _glued_figure(self, at: int, end: int) -> Token | None:
        """A figure that runs into the label behind it. Where its last digit may be that label's number, none."""
        plain = self.plain
        if plain[at] not in "0123456789+-—/无":
            return None
        for stop in range(at + 1, min(at + _LONGEST_GLUED, end)):
            if plain[stop].isdigit() and plain[stop - 1].isdigit():
                continue
            keys = self._keys(stop)
            if not keys or not self._is_cell(at, stop):
                continue
            number = self.numbers.get(keys[-1][0])
            numbered = _NUMBERING.match(plain, stop) is not None
            if number is not None and not numbered and plain[at:stop].endswith(number):
                return None
            return Token(at, stop, FIGURE)
        return None
