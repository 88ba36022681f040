"""Tables without lines: figures that stand below each other in columns, beside labels.

Where every text stands in one row and one column for certain they are a grid. Else each text is a line by itself, the
heads from left to right whatever their height, and whoever reads them must count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gxtools.documents.pdf_figures import (
    FigureLine,
    columns_of_figures,
    figure_line,
    text_of,
    with_lone,
    without_broken,
    without_numbers_in_labels,
)
from gxtools.documents.pdf_heads import over_in_order, split_heads
from gxtools.documents.pdf_labels import Text, labels_of_rows, split_groups, stacked
from gxtools.documents.pdf_layout import TextRow
from gxtools.documents.pdf_paragraphs import NUMBERED
from gxtools.figures import is_unit
from gxtools.grids import Grid, GridCell, TextLine

# Of the font's size: texts reach so far over a column beside theirs, and begin or end so near to where its figures do.
_GAP, _FLUSH = 0.3, 0.35


class _Block(NamedTuple):
    """Rows of figures under one set of heads. ``labels`` are the texts beside the figures and those of the heads'
    corner, not yet told apart; ``groups`` those farther left, ``over`` those over labels and figures alike.
    """

    heads: list[Text]
    labels: list[Text]
    groups: list[Text]
    over: list[Text]
    rows: list[FigureLine]


class _GridRow(NamedTuple):
    """One row: its page, and a text or none for each column."""

    page: int
    texts: list[str]


class AlignedTable:
    """Consecutive lines of a page whose texts stand in columns."""

    def __init__(self, rows: Sequence[TextRow]) -> None:
        self._size = rows[0].size
        lines = without_numbers_in_labels([figure_line(row) for row in rows], self._size)
        self._as_printed = without_broken(lines, self._size)
        self._columns = columns_of_figures(self._as_printed, self._size)
        self._lines = with_lone(self._as_printed, self._columns)
        self._rows = self._find_rows()

    @property
    def is_certain(self) -> bool:
        """Whether it is certain in which row and column each text stands."""
        return bool(self._rows)

    def parts(self) -> list[AlignedTable]:
        """The table as one for each set of heads, whose columns may be others than those of the one before."""
        edge = self._edge()
        starts = [0]
        filled = False
        for place, line in enumerate(self._lines):
            if filled and any(word.right > edge for word in line.words) and not _is_name(line):
                starts.append(place - (_is_name(self._lines[place - 1]) or self._is_title(place - 1)))
                filled = False
            filled = filled or bool(line.figures)
        ends = [*starts[1:], len(self._lines)]
        return [AlignedTable([line.row for line in self._lines[a:b]]) for a, b in zip(starts, ends, strict=True)]

    def _is_title(self, place: int) -> bool:
        """Whether a line is one text that stands no nearer to the line above it than to the one below."""
        line, above, below = self._lines[place], self._lines[place - 1], self._lines[place + 1]
        if place < 1 or not line.is_one_text:
            return False
        return line.base - above.base >= below.base - line.base - _GAP * self._size

    def grid(self, number: int) -> Grid:
        """The table as a grid."""
        rows = (tuple(GridCell(text, y, x) for x, text in enumerate(row.texts)) for y, row in enumerate(self._rows))
        return Grid(number, tuple(rows), pages=tuple(row.page for row in self._rows))

    def _find_rows(self) -> list[_GridRow]:
        """The rows of the grid; none where the place of some text is not certain."""
        rows: list[_GridRow] = []
        heads: list[str] = []
        for block in self._blocks() if self._columns else []:
            own, wide = self._heads(block)
            labels = labels_of_rows(block.labels, [row.row for row in block.rows], self._size)
            if labels is None:
                return []
            rows += [self._alone(text) for text in [*block.over, *wide]]
            if not heads or any(own) or len(wide) > 1:
                heads = own
                rows.append(_GridRow(block.rows[0].row.page, ["".join(text.text for text in labels.above), *heads]))
            else:
                rows += [self._alone(text) for text in stacked(labels.above, self._size)]
            groups = stacked([*block.groups, *labels.alone], self._size)
            for label, row in zip(labels.of_rows, block.rows, strict=True):
                rows += [self._alone(text) for text in groups if text.base < row.base]
                groups = [text for text in groups if text.base >= row.base]
                figures = self._in_columns(row.figures)
                if figures is None or not label or any(f and not head for f, head in zip(figures, heads, strict=True)):
                    return []
                rows.append(_GridRow(row.row.page, [label, *figures]))
            rows += [self._alone(text) for text in groups]
        return rows

    def _alone(self, text: Text) -> _GridRow:
        return _GridRow(text.row.page, [text.text, *("" for _ in self._columns)])

    def lines(self) -> Iterator[TextLine]:
        """Each text as a line."""
        return (TextLine(text.text, text.row.number, text.row.place) for text in self._in_order())

    def _in_order(self) -> Iterator[Text]:
        heads: list[Text] = []
        edge = self._edge()
        for line in self._as_printed:
            if not line.figures:
                heads += line.texts(edge)
                continue
            yield from self._heads_in_order(heads, beside=bool(line.words))
            yield from line.texts(edge)
            yield from (text for text in line.figures if not is_unit(text.text))
            heads = []
        yield from self._heads_in_order(heads, beside=True)

    def _heads_in_order(self, heads: list[Text], beside: bool) -> list[Text]:
        """Heads from left to right; above figures with no label ``beside`` them, those over several columns first."""
        if beside or not self._columns:
            return sorted(heads, key=lambda text: text.left)
        columns, wide = self._by_column(heads)
        own, over = split_heads(columns, wide, self._size)
        named = [columns[place][-1]._replace(text=text) for place, text in sorted(own.items())]
        return [*over_in_order([*wide, *over], self._size), *named]

    def _edge(self) -> float:
        """Where the columns of figures begin."""
        return self._columns[0][0] - _GAP * self._size if self._columns else float("inf")

    def _heads(self, block: _Block) -> tuple[list[str], list[Text]]:
        """The head of each column, and heads that stand over several."""
        columns, wide = self._by_column(block.heads)
        own, over = split_heads(columns, wide, self._size)
        filled = {self._column(figure) for row in block.rows for figure in row.figures}
        if not own and len(wide) == len(filled) == 1 and (place := next(iter(filled))) is not None:
            left, right = self._columns[place]
            if wide[0].left < right and wide[0].right > left:  # a head as wide as several columns, of one figure
                own, wide = {place: wide[0].text}, []
        return [own.get(place, "") for place in range(len(self._columns))], over_in_order([*wide, *over], self._size)

    def _by_column(self, heads: Sequence[Text]) -> tuple[dict[int, list[Text]], list[Text]]:
        """The texts over each column alone, from the top, and those over several."""
        columns: dict[int, list[Text]] = {}
        wide: list[Text] = []
        for text in sorted(heads, key=lambda text: text.base):
            place = self._column(text)
            if place is None:
                place = self._nearest(text)
            if place is None:
                wide.append(text)
            else:
                columns.setdefault(place, []).append(text)
        return columns, wide

    def _in_columns(self, figures: Sequence[Text]) -> list[str] | None:
        """The figures of a row by column; null where one stands in two columns or two in one."""
        found = ["" for _ in self._columns]
        for text in figures:
            place = self._column(text)
            if place is None or found[place]:
                return None
            found[place] = text.text
        return found

    def _column(self, text: Text) -> int | None:
        """The one column in whose reach a text stands."""
        bounds = [(a[1] + b[0]) / 2 for a, b in pairwise(self._columns)]
        lows, highs = [float("-inf"), *bounds], [*bounds, float("inf")]
        slack = _GAP * self._size
        left, right = min(text.left + slack, text.right), max(text.right - slack, text.left)
        over = [place for place in range(len(lows)) if left < highs[place] and right > lows[place]]
        return over[0] if len(over) == 1 else None

    def _nearest(self, text: Text) -> int | None:
        """The column at whose left or right side a text begins or ends, or on whose middle it is centred, where it does
        not reach the next one."""
        near = _FLUSH * self._size
        ends = [float("-inf"), *(right for _, right in self._columns[:-1])]
        starts = [*(left for left, _ in self._columns[1:]), float("inf")]
        for place, (left, right) in enumerate(self._columns):
            aside = text.left - left, text.right - right
            flush = min(*map(abs, aside), abs(sum(aside)) / 2) < near
            if flush and ends[place] < text.left and text.right < starts[place]:
                return place
        return None

    def _blocks(self) -> list[_Block]:
        """The rows of figures, those under the same heads together; none where figures come before any head."""
        edge = self._edge()
        texts = [[text_of([word], line.row) for word in line.words] for line in self._lines]
        rows = [line.base for line in self._lines if line.figures]
        beside = [text for line in texts for text in line if text.right <= edge]
        groups, labels = split_groups(beside, rows, self._size)
        blocks: list[_Block] = []
        above: list[Text] = []
        for line, own in zip(self._lines, texts, strict=True):
            heads = [text for text in own if text.right > edge]
            if heads and (_is_name(line) or (blocks and blocks[-1].rows and self._reaches_over(line))):
                if blocks and blocks[-1].rows:
                    blocks.append(_Block([], [], [], [], []))
                (blocks[-1].over if blocks else above).append(text_of(line.words, line.row))
                continue
            if heads and (not blocks or blocks[-1].rows):
                blocks.append(_Block([], [], [], above, []))
                above = []
            if not blocks:
                if not line.is_one_text:
                    return []
                above.append(text_of(line.words, line.row))
                continue
            block = blocks[-1]
            block.heads.extend(heads)
            block.labels.extend(text for text in own if text in labels)
            block.groups.extend(text for text in own if text in groups)
            if line.figures:
                block.rows.append(line)
        return blocks if all(block.rows for block in blocks) else []

    def _reaches_over(self, line: FigureLine) -> bool:
        """Whether a line is one text that begins left of the figures and ends over them: the name of a group."""
        if not line.is_one_text:
            return False
        return line.words[0].left < self._edge() < line.words[-1].right


def _is_name(line: FigureLine) -> bool:
    """Whether a line is one text that begins an item: the name of a part of the table, or of a group of its lines."""
    return line.is_one_text and NUMBERED.match(line.words[0].text) is not None
