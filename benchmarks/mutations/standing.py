"""What a person may read in each cell of the form, told by the labels that stand in the damaged tables.

Where the rows of a table fill one width, what stands in a cell is the figure at which the label of its line and the
label of its column meet, whatever stood there before the damage. Where they do not, or where the label of the column is
lost, only the figure that belongs there may be read, or none; where the label of the line is lost, none.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

from benchmarks.mutations.laying_out import Laid, lay_out
from benchmarks.mutations.model import (
    COLUMN,
    FIGURE,
    GROUP,
    LINE,
    OVER,
    Cell,
    Key,
    Page,
    PageTable,
    Row,
    is_header,
    line_of,
)
from gxtools.forms import Table


class Standing(NamedTuple):
    """``figures`` are those that may be read, none where a cell must stay empty. ``certain`` where labels and geometry
    leave no choice."""

    certain: bool
    figures: frozenset[float]


NOTHING = Standing(True, frozenset())


class Seen(NamedTuple):
    """One place where a cell of the form is seen, with its ``cell``, or the figures that may belong there."""

    key: Key
    certain: bool
    figures: frozenset[float]
    cell: Cell | None = None


class Shown(NamedTuple):
    """What a format keeps of a table.

    ``spans`` are lost in every text copy; ``columns`` in one whose rows are filled up, so that they keep no more than
    the order of their cells; ``rows`` too, and blanks, in one with a cell a line. ``drawn`` where a row that is too
    short or too long stands under the heads as it comes: that may be read as well. ``spread`` where the text of a cell
    stands in every row and column that it covers: a figure over several columns stands in each of them, or, ``begun``,
    in the first of them, before blanks. ``filled`` where blanks at the end of a row hide that it is too short: under
    heads of one row it stands as it comes.
    """

    spans: bool = True
    columns: bool = True
    rows: bool = True
    drawn: bool = False
    spread: bool = False
    begun: bool = False
    filled: bool = False


def standing(page: Page, shown: Shown) -> dict[Key, Standing]:
    """What may be read in every cell of the page's form."""
    page = _parted(page, again=shown.spread) if shown.spread or shown.begun else page
    seen = _seen(page, shown)
    # Where last year's table stands there too, the labels leave a choice: what may be read is this year's figure alone.
    twice = {table.table for place in page.places for table in place if table.other_year}
    keys = [(cell.table, cell.line, cell.column) for cell in page.form.cells]
    settled = {key: _settled(seen[key]) for key in keys}
    return {key: one._replace(certain=one.certain and key[0] not in twice) for key, one in settled.items()}


def _parted(page: Page, again: bool) -> Page:
    """The page with a cell of its own in each place that a figure covers: the figure ``again``, or a blank."""
    page = page.copy()
    for table in page.tables():
        grid = lay_out(table.rows).grid
        for row, laid in zip(table.rows, grid, strict=True):
            own = set(row)
            row[:] = [
                cell if cell.kind != FIGURE else _alone(cell) if again or not (same or cell not in own) else _blank()
                for cell, same in _with_same(laid)
                if cell.kind == FIGURE or (cell in own and not same)
            ]
    return page


def _with_same(laid: list[Cell | None]) -> Iterator[tuple[Cell, bool]]:
    """The cells over the places of a row, and whether each is the one over the place before."""
    for before, cell in pairwise([None, *laid]):
        if cell is not None:
            yield cell, cell is before


def _alone(cell: Cell) -> Cell:
    cell = copy.copy(cell)
    cell.across = cell.down = 1
    return cell


def _blank() -> Cell:
    return Cell("", FIGURE)


def settle_homes(page: Page) -> None:
    """Take what a damaged page says for certain as what belongs in its cells, before it is damaged again."""
    for key, found in _seen(page, Shown()).items():
        certain = [one.cell for one in found if one.certain and one.cell is not None]
        for cell in certain:
            cell.home = key


def _seen(page: Page, shown: Shown) -> defaultdict[Key, list[Seen]]:
    seen: defaultdict[Key, list[Seen]] = defaultdict(list)
    for form_table in page.form.tables:
        header: Header | None = None
        for table in page.tables(form_table.id):
            if form_table.layout == "lines_across":
                found = list(_across(table, form_table, shown))
            else:
                reader = _Down(table, form_table, header, shown)
                found = list(reader.read())
                header = reader.header
            for one in found:
                seen[one.key].append(one)
    return seen


def _settled(seen: list[Seen]) -> Standing:
    """Seen twice, a cell must say the same twice."""
    if not seen:
        return NOTHING
    if all(one.certain for one in seen):
        return Standing(True, seen[0].figures if len({one.figures for one in seen}) == 1 else frozenset())
    return Standing(False, frozenset().union(*(one.figures for one in seen)))


class Header(NamedTuple):
    """A header laid out: the column's label over each position, null where none stands; ``worded`` where the lowest
    cell there says anything; ``orderly`` where all its labels are the form's and follow one another as in the form;
    ``width`` is -1 where its rows differ; ``rows`` is their number."""

    ids: list[str | None]
    worded: list[bool]
    width: int
    orderly: bool
    rows: int


def _header(laid: Laid, rows: list[int], table: Table, source: list[Row]) -> Header:
    widths = {laid.widths[y] for y in rows}
    width = widths.pop() if len(widths) == 1 else -1
    most = max((len(laid.grid[y]) for y in rows), default=0)
    ids: list[str | None] = [None] * most
    worded = [False] * most
    for y in rows:
        for x, cell in enumerate(laid.grid[y]):
            if cell is not None:
                ids[x] = cell.id if cell.kind == COLUMN else None
                worded[x] = cell.kind != OVER and bool(cell.text.strip())
    official: list[str | None] = [column.id for column in table.columns]
    labels = [[cell.id for cell in source[y] if cell.kind == COLUMN] for y in rows]
    orderly = all(ids == [id for id in official if id in ids] for ids in labels)
    return Header(ids, worded, width, orderly, len(rows))


class _Down:
    """Goes down a table whose lines run down the page."""

    def __init__(self, table: PageTable, form_table: Table, above: Header | None, shown: Shown) -> None:
        self.table = table
        self.form_table = form_table
        self.header = above
        self.shown = shown
        self.shared: set[Cell] = set()

    def read(self) -> Iterator[Seen]:
        laid = lay_out(self.table.rows)
        block: list[int] = []
        for y, row in enumerate(self.table.rows):
            if is_header(row):
                block = [*block, y] if y - 1 in block else [y]
                self.header = _header(laid, block, self.form_table, self.table.rows)
                continue
            labels = _labels(laid.grid[y])
            own = [label for label in labels if label in row]
            if len(own) == 1 or len(labels) == 1:
                label = (own or labels)[0]
                if label.id is not None:
                    yield from self._line(label.id, y, laid, label.worn or len(labels) > 1)

    def _line(self, line: str, y: int, laid: Laid, worn: bool) -> Iterator[Seen]:
        header, row = self.header, self.table.rows[y]
        columns = self.form_table.line(line).columns
        sound = header is not None and header.width == laid.widths[y] != -1
        if not self.shown.rows and not self._stands_alone(y, columns):
            sound = False
        below = {cell: self._lines_below(y, cell) for cell in row if cell.kind == FIGURE and cell.down > 1}
        self.shared.update(cell for cell, full in below.items() if not all(full))
        if any(below.values()) and not self.shared.intersection(below):
            sound = False
        for column in columns:
            key = (self.form_table.id, line, column)
            over = [x for x, id in enumerate(header.ids) if id == column] if header is not None else []
            if sound and over and not worn:
                yield _meeting(key, laid.grid[y], over, header.ids if header else [], self.shared)
            elif sound and not over and header is not None and self._under_other_words(key, laid.grid[y], header):
                yield Seen(key, False, frozenset())
            else:
                # A worn label may be taken for what it was, and the figure is then the one at which the labels meet.
                filled = self.shown.filled and header is not None and header.rows == 1
                as_drawn = header is not None and (self.shown.drawn or filled or (worn and sound))
                drawn = _meeting(key, laid.grid[y], over, header.ids, self.shared) if as_drawn and header else None
                figures = self._belonging(key, row, columns) | self._in_order(key, row, columns)
                yield Seen(key, False, figures | drawn.figures if drawn else figures)

    def _stands_alone(self, y: int, columns: tuple[str, ...]) -> bool:
        """Whether a copy with a cell a line still shows the row: as many figures as columns, and a label after them."""
        rows = self.table.rows
        held = [cell for cell in rows[y] if cell.kind == FIGURE and cell.text.strip()]
        follows = y + 1 == len(rows) or (rows[y + 1] and rows[y + 1][0].kind != FIGURE and rows[y + 1][0].text.strip())
        return len(held) == len(columns) and bool(follows)

    def _lines_below(self, y: int, cell: Cell) -> list[bool]:
        """For every other line into whose row a figure of this row reaches, whether that has all figures of its own."""
        full = []
        for row in self.table.rows[y + 1 : y + cell.down]:
            label = line_of(row)
            if label is not None and label.id is not None:
                figures = sum(held.kind == FIGURE for held in row)
                full.append(figures >= len(self.form_table.line(label.id).columns))
        return full

    def _under_other_words(self, key: Key, row: list[Cell | None], header: Header) -> bool:
        """Whether the figure that belongs there stands below a head that says something else."""
        return any(
            cell is not None and cell.home == key and said for cell, said in zip(row, header.worded, strict=False)
        )

    def _in_order(self, key: Key, row: Row, columns: tuple[str, ...]) -> frozenset[float]:
        """In a copy that lost its columns, what a full count gives the cell in the order in which all its heads stand;
        in one that lost its rows the first figure may have run into the label."""
        order = [id for id in dict.fromkeys(self.header.ids if self.header else []) if id in columns]
        held = [cell for cell in row if cell.home is not None or (cell.kind == FIGURE and cell.text.strip())]
        if self.shown.columns or len(order) != len(columns) or len(held) != len(columns):
            return frozenset()
        value = held[order.index(key[2])].value
        return frozenset() if value is None else frozenset([value])

    def _belonging(self, key: Key, row: Row, columns: tuple[str, ...]) -> frozenset[float]:
        """The figure that stood in the cell before any damage, as far as its line still holds it; and where the header
        is lost, that which a full count of figures gives it."""
        figures = [cell for cell in row if cell.kind == FIGURE]
        own = {cell.value for cell in row if cell.home == key}
        if (self.header is None or self.header.orderly) and len(figures) == len(columns):
            own.add(figures[columns.index(key[2])].value)
        return frozenset(value for value in own if value is not None)


def _labels(row: list[Cell | None]) -> list[Cell]:
    """The labels of lines over the positions of a row, each once."""
    found: list[Cell] = []
    for cell in row:
        if cell is not None and cell.kind == LINE and cell not in found:
            found.append(cell)
    return found


def _meeting(
    key: Key, row: list[Cell | None], over: list[int], ids: list[str | None], shared: Collection[Cell]
) -> Seen:
    """The figure below a column's label; none where a cell covers other columns or lines too, or holds no figure."""
    # A head whose span is too long is no figure of the rows into which it reaches.
    cells = [cell for x in over if x < len(row) and (cell := row[x]) is not None and cell.kind != COLUMN]
    # A figure and blanks under one head are that figure.
    cells = [cell for cell in cells if cell.text.strip() or cell.kind != FIGURE] or cells
    for cell in cells:
        covered = {ids[x] for x, held in enumerate(row[: len(ids)]) if held is cell} - {None}
        if cell.kind != FIGURE or cell.value is None or cell in shared or len(covered) > 1:
            return Seen(key, True, frozenset())
    values = frozenset(cell.value for cell in cells if cell.value is not None)
    if len(values) != 1:
        return Seen(key, True, frozenset())
    return Seen(key, True, values, cells[0])


def _across(table: PageTable, form_table: Table, shown: Shown) -> Iterator[Seen]:
    """A table whose lines and their columns stand in the header, over one row of figures."""
    laid = lay_out(table.rows)
    heads = [y for y, row in enumerate(table.rows) if any(cell.kind in (LINE, COLUMN, GROUP) for cell in row)]
    values = [y for y, row in enumerate(table.rows) if any(cell.kind == FIGURE for cell in row)]
    widths = {laid.widths[y] for y in [*heads, *values]}
    pairs = _pairs(laid, heads)
    strange = _strange(laid, heads, len(pairs))
    keys = [(form_table.id, line.id, column) for line in form_table.lines for column in line.columns]
    printed = [cell.id for y in heads for cell in table.rows[y] if cell.kind == LINE]
    orderly = printed == [line.id for line in form_table.lines if line.id in printed]
    worn = any(cell.worn for y in heads for cell in table.rows[y])
    for y in values:
        figures = [cell for cell in table.rows[y] if cell.kind == FIGURE and (shown.rows or cell.text.strip())]
        sound = not worn and len(widths) == 1 and -1 not in widths and (shown.rows or len(figures) == len(keys))
        for index, key in enumerate(keys):
            over = [x for x, pair in enumerate(pairs) if pair == f"{key[1]}.{key[2]}"]
            if sound and over:
                yield _meeting(key, laid.grid[y], over, pairs, ())
                continue
            if sound and _is_under(laid.grid[y], key, strange):
                yield Seen(key, False, frozenset())
                continue
            own = {cell.value for cell in figures if cell.home == key}
            if orderly and len(figures) == len(keys):
                own.add(figures[index].value)
            if shown.drawn:
                own |= _meeting(key, laid.grid[y], over, pairs, ()).figures
            yield Seen(key, False, frozenset(value for value in own if value is not None))


def _is_under(row: list[Cell | None], key: Key, places: Collection[int]) -> bool:
    """Whether the figure that belongs in a cell stands at one of the places."""
    return any(cell is not None and cell.home == key and x in places for x, cell in enumerate(row))


def _strange(laid: Laid, heads: list[int], width: int) -> set[int]:
    """The positions whose lowest head says anything but what the form has there."""
    lowest = {x: cell for y in heads for x, cell in enumerate(laid.grid[y]) if cell is not None and x < width}
    known = (COLUMN, LINE, GROUP)
    return {x for x, cell in lowest.items() if cell.text.strip() and (cell.kind not in known or cell.id is None)}


def _pairs(laid: Laid, heads: list[int]) -> list[str | None]:
    """The line and the column whose labels stand over each position; null unless both do."""
    width = max((len(laid.grid[y]) for y in heads), default=0)
    lines: list[str | None] = [None] * width
    columns: list[str | None] = [None] * width
    for y in heads:
        for x, cell in enumerate(laid.grid[y]):
            if cell is not None and cell.kind == LINE:
                lines[x] = cell.id
            elif cell is not None and cell.kind == COLUMN:
                columns[x] = cell.id
    return [f"{a}.{b}" if a is not None and b is not None else None for a, b in zip(lines, columns, strict=True)]
