"""Lines of a page as tables without lines have them: words, and the figures behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.pdf_labels import Text
from gxtools.documents.pdf_layout import TextRow
from gxtools.documents.pdf_text import text_of_line
from gxtools.documents.pdf_words import Word, is_of_figure
from gxtools.figures import is_cell, is_unit

# Of the font's size: words of one label are no farther apart, columns of figures no nearer, nor a figure to its label.
_WORDS, _APART, _BESIDE = 1.0, 0.3, 0.5
_LINE = 1.9  # of the font's size: the next line of a cell is no farther
_LONGEST_FIGURE = 12


class FigureLine(NamedTuple):
    """A line of the page: the words that are no figures, and the figures behind them."""

    words: list[Word]
    figures: list[Text]
    row: TextRow

    @property
    def base(self) -> float:
        """The height of the line."""
        return self.row.base

    def texts(self, edge: float) -> list[Text]:
        """The words as texts: those left of an edge joined where they stand near each other, the others as they are."""
        left = [word for word in self.words if word.right <= edge]
        return [text_of(run, self.row) for run in [*_runs(left), *([word] for word in self.words[len(left) :])]]

    @property
    def is_one_text(self) -> bool:
        """Whether it is one text, and no figures."""
        return not self.figures and len(list(_runs(self.words))) == 1


def figure_line(row: TextRow) -> FigureLine:
    """A line of the page with its last words as figures, as far as they are such."""
    words = _words_of(row)
    first = len(words)
    while first and _is_value(words[first - 1].text):
        first -= 1
    if not any(is_of_figure(word.text) for word in words[first:]) or (first == 0 and len(words) == 1):
        first = len(words)
    return _divided(row, first)


def _words_of(row: TextRow) -> list[Word]:
    return [word for segment in row.segments for word in segment]


def _divided(row: TextRow, first: int) -> FigureLine:
    words = _words_of(row)
    return FigureLine(words[:first], [text_of(run, row) for run in _with_units(words[first:])], row)


def without_numbers_in_labels(lines: Sequence[FigureLine], size: float) -> list[FigureLine]:
    """The lines; a number close behind words that stands in no column of the other lines is one of them: 计1次."""
    apart = [line for line in lines if not _is_close(line, size)]
    columns = columns_of_figures(apart, size) if apart else []
    found: list[FigureLine] = []
    for line in lines:
        while columns and _is_close(line, size) and not _is_in(line.figures[0], columns):
            line = _divided(line.row, len(line.words) + 1)
        found.append(line)
    return found


def _is_close(line: FigureLine, size: float) -> bool:
    return bool(line.words and line.figures) and line.figures[0].left - line.words[-1].right < _BESIDE * size


def _is_in(text: Text, columns: Sequence[tuple[float, float]]) -> bool:
    return any(text.left < right and text.right > left for left, right in columns)


def without_broken(lines: Sequence[FigureLine], size: float) -> list[FigureLine]:
    """The lines, with figures doubted below which digits go on in the next line, as in a cell too narrow for them."""
    found = list(lines)
    for place, (above, below) in enumerate(pairwise(lines)):
        if not above.figures or below.base - above.base > _LINE * size:
            continue
        words = _words_of(below.row)
        rest = [w for w in words if is_of_figure(w.text[:1]) and not (below.figures and is_cell(w.text))]
        figures = [
            figure._replace(text=figure.text + REPLACEMENT)
            if any(word.left < figure.right and figure.left < word.right for word in rest)
            else figure
            for figure in above.figures
        ]
        found[place] = above._replace(figures=figures)
    return found


def with_lone(lines: Sequence[FigureLine], columns: Sequence[tuple[float, float]]) -> list[FigureLine]:
    """The lines; what is nothing but a number within a column of figures is one too: its label is of two lines."""
    return [_as_figure(line) if _is_lone(line, columns) else line for line in lines]


def _is_lone(line: FigureLine, columns: Sequence[tuple[float, float]]) -> bool:
    if line.figures or len(line.words) != 1 or not is_cell(line.words[0].text):
        return False
    return any(left <= line.words[0].left and line.words[0].right <= right for left, right in columns)


def _as_figure(line: FigureLine) -> FigureLine:
    return FigureLine([], [text_of(line.words, line.row)], line.row)


def _with_units(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Figures, each with the unit just behind it."""
    run: list[Word] = []
    for word in words:
        if run and not (is_unit(word.text) and word.left - run[-1].right < _WORDS * word.size):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _is_value(text: str) -> bool:
    return (
        is_cell(text) or is_unit(text) or (len(text) <= _LONGEST_FIGURE and is_of_figure(text[:1]) and "." not in text)
    )


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that stand so near each other that they are one text."""
    run: list[Word] = []
    for word in words:
        if run and word.left - run[-1].right > _WORDS * word.size:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def text_of(words: list[Word], row: TextRow) -> Text:
    """Words of a line as one text."""
    return Text(text_of_line(words), words[0].left, words[-1].right, row.base, row)


def columns_of_figures(lines: Sequence[FigureLine], size: float) -> list[tuple[float, float]]:
    """Where columns of figures stand, as the longest rows show; none where they come too near each other."""
    most = max(len(line.figures) for line in lines)
    if not most:
        return []
    longest = [line for line in lines if len(line.figures) == most]
    spans = [
        (min(text.left for text in column), max(text.right for text in column))
        for column in zip(*(line.figures for line in longest), strict=True)
    ]
    return spans if all(after[0] - before[1] >= _APART * size for before, after in pairwise(spans)) else []
