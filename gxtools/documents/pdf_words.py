"""Words of a page, in the frame of its text, which runs to the right and then down."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.pdf_raw import Piece

# Of the font's size: the widest gap inside a word; what is narrower than a typed space and may be either; how far
# glyphs may lie over each other; how far those of one line differ in height.
JOINED, SPACE, OVERLAP, LEVEL = 0.16, 0.24, 0.3, 0.2
_NARROW = 2.5  # of a glyph's advance: in narrowed fonts this counts for the font's size
_DOUBLES = 3
_FLATTEST = 0.1  # of the font's size: nothing is taken for lower, whatever its font says of its width
_SMALLER = 0.82  # a raised note has a smaller font than the number it stands at
_DIGIT = re.compile(r"\d")

Point = tuple[float, float]


class Part(NamedTuple):
    """A piece of text in the frame: ``base``, its line, grows downwards."""

    text: str
    left: float
    right: float
    base: float
    size: float
    spaced: bool


class Word(NamedTuple):
    """Parts that follow each other without a gap."""

    text: str
    left: float
    right: float
    base: float
    size: float
    parts: tuple[Part, ...]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.base - 0.35 * self.size


# For text that runs to the right, up, to the left, down on the page: its point on the page -> in its frame.
_INTO_FRAME: dict[int, Callable[[float, float], Point]] = {
    0: lambda x, y: (x, -y),
    90: lambda x, y: (y, x),
    180: lambda x, y: (-x, y),
    270: lambda x, y: (-y, -x),
}


def quarter(angle: float) -> int | None:
    """The quarter turn that an angle is, within two degrees; null for slanted text, as watermarks are."""
    near = round(angle / 90) * 90
    return near % 360 if abs(angle - near) <= 2 else None


def turn_of(pieces: Sequence[Piece]) -> int:
    """The direction in which most of the text runs: 0, 90, 180 or 270 degrees."""
    turns: Counter[int] = Counter()
    if {piece.angle for piece in pieces} == {0.0}:
        return 0
    for piece in pieces:
        if (turn := quarter(piece.angle)) is not None:
            turns[turn] += len(piece.text)
    return max(turns, key=lambda turn: turns[turn], default=0)


def into_frame(turn: int, x: float, y: float) -> Point:
    """A point of the page in the frame of text that runs in a direction."""
    return _INTO_FRAME[turn](x, y)


def out_of_frame(turn: int, point: Point) -> Point:
    """A point of the frame on the page."""
    left, base = point
    return {0: (left, -base), 90: (base, left), 180: (-left, base), 270: (-base, -left)}[turn]


def words_of(pieces: list[Piece], turn: int) -> list[Word]:
    """The words of one direction, from top to bottom and left to right."""
    into = _INTO_FRAME[turn]
    parts: list[Part] = []
    for text, x, y, advance, size, angle, spaced in pieces:
        if angle == turn or quarter(angle) == turn:
            left, base = into(x, y)
            parts.append(Part(text, left, left + advance, base, size, spaced))
    parts.sort(key=lambda part: part.base)
    return [word for line in _lines(parts) for word in _words_of_line(line)]


def upright_words(pieces: list[Piece], turn: int) -> list[Word]:
    """The words that run in another direction than the page's, each as one piece where it stands in the frame.

    Slanted text is left out: a watermark stands over the text and is none of it.
    """
    found: list[Word] = []
    for other in {quarter(piece.angle) for piece in pieces} - {turn, None}:
        for word in words_of(pieces, other or 0):
            ends = ((word.left, word.base), (word.right, word.base - word.size))
            corners = [into_frame(turn, *out_of_frame(other or 0, end)) for end in ends]
            (left, right), (top, bottom) = (sorted(values) for values in zip(*corners, strict=True))
            size = min(word.size, max(bottom - top, _FLATTEST * word.size))
            part = Part(word.text, left, right, bottom, size, False)
            found.append(Word(word.text, left, right, (top + bottom) / 2 + 0.35 * part.size, part.size, (part,)))
    return found


def _lines(parts: list[Part]) -> Iterator[list[Part]]:
    """Runs of parts that stand on one level."""
    line: list[Part] = []
    lowest = 0.0
    for part in parts:
        if line and part.base > lowest:
            yield line
            line = []
        if not line:
            lowest = part.base + LEVEL * part.size
        line.append(part)
    if line:
        yield line


def _words_of_line(line: list[Part]) -> Iterator[Word]:
    line.sort(key=lambda part: part.left)
    run: list[Part] = []
    end = size = wide = 0.0
    strange = False
    for part in line:
        _, left, right, _, own, spaced = part
        if run:
            gap = left - end
            if gap < -OVERLAP * size:
                if _is_double(part, run):
                    continue
                strange = True
            elif spaced or gap > JOINED * min(size, _NARROW * max(wide, right - left)):
                yield word_of(run, strange)
                run, strange = [], False
            elif own != size:
                strange = True
        run.append(part)
        end, size, wide = right, own, right - left
    if run:
        yield word_of(run, strange)


def _is_double(part: Part, run: list[Part]) -> bool:
    """Whether a text was drawn twice in one place, as some programs make bold."""
    return any(
        other.text == part.text and part.left - other.left < OVERLAP * part.size / 2 for other in run[-_DOUBLES:]
    )


def word_of(run: list[Part], strange: bool = False) -> Word:
    """One word of the parts of a line. ``strange`` where some lie over each other or differ in size."""
    text = _doubted(run) if strange else "".join([part.text for part in run])
    first = run[0]
    return Word(text, first.left, run[-1].right, first.base, first.size, tuple(run))


def characters_of(word: Word) -> Iterator[Part]:
    """The characters of a word, each by itself."""
    for part in word.parts:
        wide = (part.right - part.left) / len(part.text)
        for place, character in enumerate(part.text):
            left = part.left + place * wide
            yield Part(character, left, left + wide, part.base, part.size, part.spaced and not place)


def is_of_figure(text: str) -> bool:
    """Whether a text holds a digit."""
    return _DIGIT.search(text) is not None


def _doubted(run: list[Part]) -> str:
    """The text of a run in which parts lie over each other or differ in size: no figure among them can be told."""
    texts = [run[0].text]
    for before, part in pairwise(run):
        if _is_doubtful(before, part):
            texts.append(REPLACEMENT)
        texts.append(part.text)
    return "".join(texts)


def _is_doubtful(before: Part, part: Part) -> bool:
    pair = before.text[-1] + part.text[0]
    if not _DIGIT.search(pair) or any(map(_is_wide_mark, pair)):
        return False
    small, large = sorted((before.size, part.size))
    return before.right - part.left > OVERLAP * small or (
        small < _SMALLER * large and len(_DIGIT.findall(pair)) == len(pair)
    )


def _is_wide_mark(char: str) -> bool:
    """Brackets and stops of Chinese text, which a typesetter sets at half their width."""
    return unicodedata.category(char)[0] == "P" and unicodedata.east_asian_width(char) in "WF"
