"""Words to text: how the words of a cell, or of a line, stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.pdf_words import SPACE, Word

# Of the font's size: words of one line differ less in height; Chinese characters farther apart are two words.
_LEVEL, _APART = 0.3, 0.5
_WIDE = "\u2e80"


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words by line, from top to bottom, and within each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if lines and word.base - lines[-1][0].base <= _LEVEL * max(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=lambda word: word.left)
    return lines


def text_of_line(words: list[Word]) -> str:
    """The words of one line with the spaces that stand between them."""
    return "".join(_spaced(words))


def _spaced(words: list[Word]) -> Iterator[str]:
    yield words[0].text
    for before, word in pairwise(words):
        yield _between(before, word)
        yield word.text


def _between(before: Word, word: Word) -> str:
    """Nothing between Chinese characters; between digits only a gap as wide as a space is one for certain."""
    last, first = before.text[-1], word.text[0]
    if last.isdecimal() and first.isdecimal():
        narrow = word.left - before.right < SPACE * min(before.size, word.size) and not word.parts[0].spaced
        return REPLACEMENT if narrow else " "
    near = word.left - before.right < _APART * min(before.size, word.size)
    return "" if near and last >= _WIDE and first >= _WIDE else " "


def text_of_cell(words: Sequence[Word]) -> str:
    """The lines of a cell as one text: a word broken over two lines is one word where it is Chinese."""
    if len(words) == 1:
        return words[0].text
    texts = [text_of_line(line) for line in lines_of(words)]
    return join_lines(texts)


def join_lines(texts: Iterable[str]) -> str:
    """Lines of text that go on in each other: no space between Chinese characters, one between others."""
    joined = ""
    for text in texts:
        if joined and text:
            joined += "" if joined[-1] >= _WIDE or text[0] >= _WIDE else " "
        joined += text
    return joined
