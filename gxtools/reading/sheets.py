"""A grid laid out for reading: its rows, what their labels speak for, and where each cell stands."""

from __future__ import annotations

from functools import reduce
from operator import or_

from gxtools.grids import Grid, GridCell
from gxtools.reading.captions import Caption
from gxtools.reading.finds import Found, new_found
from gxtools.reading.layout import LaidRow, lay_out
from gxtools.reading.lexicon import Lexicon, Marks
from gxtools.reading.skeletons import cells_of


def _marks_of(row: LaidRow, words: Lexicon) -> Marks:
    """What a row speaks for; its labels are noted in it."""
    texts = [cell.text for cell in row.cells]
    row.labelled = words.labelled(texts)
    return words.marks_of_row(texts, row.labelled)


class Sheet:
    """``marks`` are those of each row, ``evidence`` all of them. ``first`` is the place of the grid's first cell among
    the texts of the skeleton; ``repeats`` where one cell stands twice, so that it has no place of its own.
    ``caption`` is what the line of text above says; where it is the label of a line that the heads of the grid lack
    (行政复议 above 结果维持 and the others), it is the first of the ``rows``.
    ``weighed`` as soon as the values of its figures have a say in where they belong: whoever looks at them sets it.
    """

    def __init__(self, grid: Grid, first: int, words: Lexicon, caption: Caption) -> None:
        self.grid = grid
        self.caption = caption
        self.rows: list[LaidRow] = lay_out(grid)
        self.marks = [_marks_of(row, words) for row in self.rows]
        self.evidence: Marks = reduce(or_, self.marks, 0)
        if caption.title and words.lacks_line(caption.title, self.evidence):
            over = GridCell(caption.title, 0, 0, 1, max((row.extent for row in self.rows), default=0))
            self.rows.insert(0, LaidRow([over] * over.column_span))
            self.marks.insert(0, _marks_of(self.rows[0], words))
            self.evidence |= self.marks[0]
        self.where = grid.where
        self.weighed = False
        cells = list(cells_of(grid))
        # Cells live as long as their grid, so each is told by its identity; one that stood twice would have no place.
        self._sources = {id(cell): place for place, cell in enumerate(cells, first)}
        self.repeats = len(self._sources) < len(cells)

    def found(self, cell: GridCell, evidence: str, unit: str | None = None) -> Found:
        """What a cell holds, with where it stands."""
        return new_found((cell[0], self.where(cell), evidence, unit, self._sources[id(cell)]))

    def source(self, cell: GridCell) -> int:
        """The place of a cell among the texts of the skeleton."""
        return self._sources[id(cell)]
