"""A grid with its spans laid out: for each row, the cells that it shows and the positions that they cover."""

from __future__ import annotations

from gxtools.figures import is_cell, parse
from gxtools.grids import Grid, GridCell

Row = list[GridCell | None]


class LaidRow:
    """One row. ``positions`` holds the cell over each grid column, null where none is; ``cells`` each of them once.

    ``extent`` is how many columns the row fills from the left without a hole; -1 where there is a hole. ``labelled``
    are the places in ``cells`` of those that bear a label of some form: whoever lays out the row fills it in.
    """

    __slots__ = ("cells", "extent", "labelled", "positions")

    def __init__(self, positions: Row) -> None:
        self.positions = positions
        filled = len(positions)
        while filled and positions[filled - 1] is None:
            filled -= 1
        self.extent = filled
        cells: list[GridCell] = []
        last: GridCell | None = None
        for cell in positions[:filled]:
            if cell is None:
                self.extent = -1
            elif cell is not last:
                cells.append(cell)
            last = cell
        self.cells = cells
        self.labelled: list[int] = []


def lay_out(grid: Grid) -> list[LaidRow]:
    """The rows of a grid. Where two cells claim a position the later keeps it, as the source's own spans collide."""
    height = len(grid.rows)
    width = max((row[-1].column + row[-1].column_span for row in grid.rows if row), default=0)
    rows: list[Row] = [[None] * width for _ in range(height)]
    for line in grid.rows:
        for cell in line:
            _, row, column, row_span, column_span = cell
            if row_span == 1 and column_span == 1:
                rows[row][column] = cell
                continue
            for covered in rows[row : row + row_span]:
                covered[column : column + column_span] = [cell] * column_span
    return [LaidRow(row) for row in rows]


def is_value(cell: GridCell) -> bool:
    """Whether a cell is one of those for figures: blank, or holding one, or several or a damaged one."""
    return not cell.text.strip() or is_cell(cell.text) or parse(cell.text).doubt == "several_figures"
