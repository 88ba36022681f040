"""Lines of text on pages -> paragraphs: a line that is full goes on in the next one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gxtools.documents.pdf_layout import TextRow
from gxtools.documents.pdf_text import join_lines
from gxtools.grids import TextLine

# Of the font's size: lines of a paragraph follow each other so closely; a line that begins farther in begins a new
# one; a little room is left even where the next word did not fit.
_PITCH, _INDENT, _ROOM = 2.3, 0.8, 0.6
_SIZES = 0.1
_FIRST_WORD = re.compile(r"[A-Za-z0-9.,%+\-]+|.")
_CLOSING = "，。、；：？！）》”’％%,.;:?!)"
# What begins a heading or an item of a list.
NUMBERED = re.compile(
    r"(?:[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}\s*[、．.](?!\d)|第[一二三四五六七八九十百\d]+[条章节部]|附件|注[:：])"
)


def paragraphs(rows: Iterable[TextRow]) -> Iterator[TextLine]:
    """The paragraphs of lines that follow each other."""
    paragraph: list[TextRow] = []
    for row in rows:
        if paragraph and not _goes_on(paragraph[-1], row):
            yield _text_line(paragraph)
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield _text_line(paragraph)


def _text_line(paragraph: list[TextRow]) -> TextLine:
    return TextLine(join_lines(row.text for row in paragraph), paragraph[0].number, paragraph[0].place)


def _goes_on(row: TextRow, following: TextRow) -> bool:
    """Whether a line goes on in the following one, on the same page or on the next."""
    size = row.size
    if abs(following.size - size) > _SIZES * size or NUMBERED.match(following.text):
        return False
    if following.page == row.page and not 0 < following.base - row.base <= _PITCH * size:
        return False
    indented = following.left - following.margins[0] > _INDENT * size
    return not indented and row.margins[1] - row.right < (width_of_first(following.text) + _ROOM) * size


def width_of_first(text: str) -> float:
    """How wide the first word of a line is, with the mark behind it that may not begin a line, by the font's size."""
    match = _FIRST_WORD.match(text)
    word = match[0] if match else ""
    closing = len(text[len(word) : len(word) + 1].strip()) if text[len(word) : len(word) + 1] in _CLOSING else 0
    return sum(1.0 if character >= "\u2e80" else 0.6 for character in word) + closing
