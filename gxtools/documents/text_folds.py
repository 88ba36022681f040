"""Rows of pipes that a text folds after each pipe: a lone ``|`` begins the row, its cells follow in indented lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gxtools.documents.text_rows import Line

_LONGEST = 200  # lines of one row: no table is so wide


def unfolded(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines in order, each row that is folded as one line, numbered as its first.

    Every line of such a row is indented and ends with a pipe, so that a blank cell (`` |``) begins no row.
    """
    row: list[Line] = []
    for line in lines:
        if row and len(row) < _LONGEST and _goes_on(line.text):
            row.append(line)
            continue
        yield from _joined(row)
        row = []
        if line.text.rstrip() == "|":
            row = [line]
        else:
            yield line
    yield from _joined(row)


def _goes_on(text: str) -> bool:
    return text[:1] in (" ", "\u3000", "\xa0") and text.rstrip().endswith("|")


def _joined(row: list[Line]) -> Iterator[Line]:
    if len(row) > 1:
        # A blank cell keeps a wider gap: a pipe that follows another more closely closes none.
        cells = [line.text.strip() for line in row[1:]]
        yield Line(row[0].number, " ".join(["|", *(" |" if cell == "|" else cell for cell in cells)]))
    else:
        yield from row
