"""Frames round pages and text, and lines through figures: what hangs together with the lines of a table and is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from gxtools.documents.pdf_borders import table_of
from gxtools.documents.pdf_raw import Color, Stroke
from gxtools.documents.pdf_ruling import MEET, Line, Ruling, by_color, hanging_together, rulings
from gxtools.documents.pdf_tables import Cell, RuledTable
from gxtools.documents.pdf_text import lines_of
from gxtools.documents.pdf_words import Word, is_of_figure

# Of the size of the page's text: a row of one cell that is higher is text in a frame, with so many lines or none; of
# whatever lines where it is as high as that.
_HIGH, _FEWEST_LINES, _HIGHEST = 4.0, 2, 8.0
_SHORT = 0.5  # of the width of a ruling
_SIDES = 2
_FEWEST_WORDS, _APART = 4, 1.4  # in lines that stand in columns; of the font's size, a gap that parts them


def tables_of(strokes: Iterable[tuple[Color, Stroke]], turn: int, em: float) -> list[RuledTable]:
    """The tables that the lines of a page draw, where need be the lines of one color without the others, or the lines
    without those that belong to no table."""
    return [table for ruling in rulings(strokes, turn, em) for table in _tables_of(ruling, em)]


def _tables_of(ruling: Ruling, em: float) -> list[RuledTable]:
    inside = _without_crossed_frame(ruling, em)
    if inside is not None:
        return [table for part in inside for table in _tables_of(part, em)]
    for parts_of in (_itself, by_color, _without_others):
        if tables := [table for part in parts_of(ruling, em) if (table := table_of(part, em)) is not None]:
            return tables
    loose = table_of(ruling, em, loose=True)
    return [] if loose is None else [loose]


def _itself(ruling: Ruling, em: float) -> list[Ruling]:
    return [ruling]


def _without_crossed_frame(ruling: Ruling, em: float) -> list[Ruling] | None:
    """The lines without a frame in a color of its own that they reach over: a table too wide for the text in the frame.

    Null where there is no such frame.
    """
    colors = Counter(line.color for line in ruling.upright)
    for color in (color for color, lines in colors.items() if lines == _SIDES):
        sides = [line for line in ruling.upright if line.color == color]
        level = [line for line in ruling.level if line.color != color]
        if level and any(_is_crossed(side, level, em) for side in sides):
            return hanging_together(level, [line for line in ruling.upright if line.color != color], em)
    return None


def _is_crossed(side: Line, level: Sequence[Line], em: float) -> bool:
    """Whether a line that goes on far above or below level ones stands among them."""
    above = min(line.at for line in level) - side.start
    below = side.end - max(line.at for line in level)
    if min(above, below) < -MEET * em or max(above, below) < em:
        return False
    return any(line.start < side.at - em and line.end > side.at + em for line in level)


def _without_others(ruling: Ruling, em: float) -> list[Ruling]:
    """The lines without strikes, or without a frame, or without both."""
    plain = _without_strikes(ruling, em)
    if plain is not None and table_of(plain, em) is not None:
        return [plain]
    inner = _without_frame(plain or ruling, em)
    return [] if inner is None else [inner]


def _without_strikes(ruling: Ruling, em: float) -> Ruling | None:
    """The lines without the short level ones that end in the middle of a cell; null where there are none."""
    width = max(line.end for line in ruling.level) - min(line.start for line in ruling.level)
    near = MEET * em
    places = [line.at for line in ruling.upright]

    def ends_in_a_cell(line: Line) -> bool:
        return line.end - line.start < _SHORT * width and not all(
            any(abs(end - place) <= near for place in places) for end in (line.start, line.end)
        )

    kept = tuple(line for line in ruling.level if not ends_in_a_cell(line))
    return Ruling(kept, ruling.upright) if 1 < len(kept) < len(ruling.level) else None


def _without_frame(ruling: Ruling, em: float) -> Ruling | None:
    """The lines without the outermost that no line between them meets; null where there are none such."""
    near = MEET * em
    level = _without_outermost(ruling.level, ruling.upright, near)
    upright = _without_outermost(ruling.upright, ruling.level, near)
    if len(level) < 2 or not upright or len(level) + len(upright) == len(ruling.level) + len(ruling.upright):
        return None
    return Ruling(level, upright)


def _without_outermost(lines: tuple[Line, ...], across: tuple[Line, ...], near: float) -> tuple[Line, ...]:
    first, last = min(line.at for line in across), max(line.at for line in across)
    inner = [line for line in across if first + near < line.at < last - near]
    ends = {min(line.at for line in lines), max(line.at for line in lines)}
    return tuple(
        line
        for line in lines
        if line.at not in ends or any(other.start - near <= line.at <= other.end + near for other in inner)
    )


def unframed(table: RuledTable) -> tuple[list[RuledTable], list[Word]]:
    """The tables inside a frame whose sides are theirs, and the words that stand above, between and below them."""
    wide = [cell for cell in table.cells if (cell.left, cell.right) == (0, len(table.xs) - 1)]
    starts = _starts(table) if wide else []
    framed = [cell for cell in wide if _is_framed(table, cell) or _parts_tables(starts, cell)]
    unruled = {row for cell in table.cells if _is_unruled(cell) for row in range(cell.top, cell.bottom)}
    framed += [cell for cell in table.cells if cell.top in unruled and cell not in framed]
    between = {cell.top for cell in framed} | unruled | _gaps(table, wide)
    if not between:
        return [table], []
    bounds = [-1, *sorted(between), len(table.ys) - 1]
    parts = [table.rows_between(above + 1, below) for above, below in pairwise(bounds) if below > above + 1]
    for part in parts:
        _drop_columns_of_others(part)
    return parts, [word for cell in framed for word in cell.words]


def _drop_columns_of_others(part: RuledTable) -> None:
    """Take from a part of a table the lines between columns of the other parts."""
    used = sorted({side for cell in part.cells for side in (cell.left, cell.right)})
    if len(used) == len(part.xs):
        return
    place = {side: number for number, side in enumerate(used)}
    part.xs = [part.xs[side] for side in used]
    for cell in part.cells:
        cell.left, cell.right = place[cell.left], place[cell.right]


def _gaps(table: RuledTable, wide: Iterable[Cell]) -> set[int]:
    """The rows that no cell covers, and the first and the last where they are one cell with nothing in it."""
    rows = len(table.ys) - 1
    covered = {row for cell in table.cells for row in range(cell.top, cell.bottom)}
    blank = {cell.top for cell in wide if not cell.words and cell.bottom == cell.top + 1}
    return ({*range(rows)} - covered) | (blank & {0, rows - 1})


def _is_framed(table: RuledTable, cell: Cell) -> bool:
    """Whether a cell as wide as the table is a row of several lines of text, or of nothing, and high, or of several
    lines that stand in columns."""
    if cell.bottom != cell.top + 1:
        return False
    height = (table.ys[cell.bottom] - table.ys[cell.top]) / table.em
    lines = lines_of(cell.words) if height > _HIGH or len(cell.words) >= _FEWEST_WORDS else []
    if height > _HIGH:
        return height > _HIGHEST or not lines or len(lines) >= _FEWEST_LINES
    return sum(map(_is_in_columns, lines)) >= _FEWEST_LINES


def _is_unruled(cell: Cell) -> bool:
    """Whether several lines of heads stand in columns within one cell: no lines part the columns of the table."""
    if len(cell.words) < _FEWEST_WORDS:
        return False
    heads = [line for line in lines_of(cell.words) if not any(is_of_figure(word.text) for word in line)]
    return sum(map(_is_in_columns, heads)) >= _FEWEST_LINES


def _is_in_columns(line: Sequence[Word]) -> bool:
    """Whether wide gaps part a line."""
    return any(after.left - before.right > _APART * before.size for before, after in pairwise(line))


def _parts_tables(starts: Sequence[set[int]], cell: Cell) -> bool:
    """Whether a cell stands between rows whose columns have no more in common than two tables have.

    ``starts`` are where columns begin in each row of the table.
    """
    above = _columns(starts[: cell.top][::-1])
    below = _columns(starts[cell.bottom :])
    return bool(above and below) and not (above <= below or below <= above)


def _columns(rows: Iterable[set[int]]) -> set[int]:
    """Where columns begin in the nearest rows that have several, up to the next row that is one cell."""
    found: set[int] = set()
    for starts in rows:
        if found and not starts:
            break
        found |= starts
    return found


def _starts(table: RuledTable) -> list[set[int]]:
    """Where columns begin in each row, but for the first."""
    starts: list[set[int]] = [set() for _ in table.ys[1:]]
    for cell in table.cells:
        for row in range(cell.top, cell.bottom) if cell.left else ():
            starts[row].add(cell.left)
    return starts
