"""Damage to single figures and to the cells that hold them."""

from __future__ import annotations

import copy
import itertools
import random

from benchmarks.mutations import choosing
from benchmarks.mutations.model import FIGURE, Cell, Page, printed

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_NO_FIGURES = ("*", "见附件", "1*3", "1\ufffd3", "12 7", "1\n2", "007", "2、3", "约30", "10的30次方")


def change_figure(page: Page, rng: random.Random) -> None:
    """Another figure: the page says so."""
    if spot := choosing.figure(page, rng):
        value = float(rng.choice([rng.randint(0, 9), rng.randint(0, 5000), 643954]))
        spot.cell.say(printed(value) + _unit(spot.cell), value)


def change_digit(page: Page, rng: random.Random) -> None:
    """One digit of a figure is another."""
    spot = choosing.figure(page, rng)
    if spot and spot.cell.value is not None and spot.cell.text.isdigit() and len(spot.cell.text) > 1:
        place = rng.randrange(1, len(spot.cell.text))
        text = spot.cell.text[:place] + rng.choice("0123456789") + spot.cell.text[place + 1 :]
        spot.cell.say(text, float(text))


def dress_figure(page: Page, rng: random.Random) -> None:
    """The same figure otherwise printed: a separator, full-width digits, a unit, spaces around it."""
    spot = choosing.figure(page, rng)
    if spot and spot.cell.value is not None and spot.cell.text.isdigit():
        grouped, wide = f"{int(spot.cell.text):,}", spot.cell.text.translate(_WIDE)
        others = [spot.cell.text + "件"] if spot.cell.value == int(spot.cell.value) and not _is_money(spot) else []
        spot.cell.text = rng.choice([grouped, wide, f" {spot.cell.text}\u3000", *others])


def _is_money(spot: choosing.Spot) -> bool:
    home = spot.cell.home
    return home is None or "amount" in home or home[1] in ("fees_charged", "budget")


def blank_figure(page: Page, rng: random.Random) -> None:
    """Nothing, or a mark that stands for nothing."""
    if spot := choosing.figure(page, rng):
        spot.cell.say(rng.choice(["", "\xa0", "-", "/", "——", "无"]))


def spoil_figure(page: Page, rng: random.Random) -> None:
    """Text that is no figure, a masked one, one with noise in it, two in one cell."""
    if spot := choosing.figure(page, rng):
        spot.cell.say(rng.choice(_NO_FIGURES))


def drop_digits_between(page: Page, rng: random.Random) -> None:
    """Two figures run together in one cell, the next cell gone or blank."""
    spot = choosing.figure(page, rng, "requests", "disputes", "proactive")
    if spot and spot.after is not None and spot.cell.text.strip() and spot.after.text.strip():
        run = spot.cell.text + spot.after.text
        after = spot.after
        # What is printed is one figure at this place; that it was two nobody can see where no sum tells.
        spot.cell.say(run, float(run) if run.isdigit() and not run.startswith("0") else None)
        spot.cell.home = None
        if rng.random() < 0.5:
            after.say("")
        else:
            del spot.row[spot.index + 1]


def drop_cell(page: Page, rng: random.Random) -> None:
    """A figure's cell goes; the row is one short, or filled with a blank at its end."""
    if spot := choosing.figure(page, rng):
        del spot.row[spot.index]
        if rng.random() < 0.5:
            spot.row.append(Cell("", FIGURE))


def add_cell(page: Page, rng: random.Random) -> None:
    """A cell too many before a figure; the last of the row may go for it."""
    if spot := choosing.figure(page, rng):
        value = float(rng.choice([0, spot.cell.value or 0, rng.randint(1, 99)]))
        spot.row.insert(spot.index, Cell(*rng.choice([("", FIGURE), (printed(value), FIGURE, None, value)])))
        if rng.random() < 0.5:
            spot.row.pop()


def move_right(page: Page, rng: random.Random) -> None:
    """A figure slips into its neighbour's place, over what stood there."""
    spot = choosing.figure(page, rng)
    if spot and spot.after is not None:
        spot.after.say(spot.cell.text, spot.cell.value)
        spot.cell.say("")


def move_left(page: Page, rng: random.Random) -> None:
    """All figures of a row behind a cell slip one place to the left; the last is blank, or there twice."""
    if spot := choosing.figure(page, rng):
        cells = spot.row[spot.index :]
        for cell, following in itertools.pairwise(cells):
            cell.text, cell.value, cell.home = following.text, following.value, following.home
        if rng.random() < 0.5:
            cells[-1].say("")
            cells[-1].home = None


def move_down(page: Page, rng: random.Random) -> None:
    """All figures of a column below a cell slip one row down."""
    spot = choosing.figure(page, rng, "requests", "proactive")
    if not spot:
        return
    rows = [row for row in spot.table.rows[spot.table.row_of(spot.cell) :] if any(c.kind == FIGURE for c in row)]
    behind = len(spot.row) - spot.index
    cells = [row[-behind] for row in rows if len(row) >= behind and row[-behind].kind == FIGURE]
    for below, cell in reversed(list(zip(cells[1:], cells, strict=False))):
        below.text, below.value, below.home = cell.text, cell.value, cell.home
    spot.cell.say(rng.choice(["", "0"]))
    spot.cell.value = 0.0 if spot.cell.text else None
    spot.cell.home = None


def exchange_figures(page: Page, rng: random.Random) -> None:
    """Two figures stand in each other's place: the page says so."""
    one, other = choosing.figure(page, rng), choosing.figure(page, rng)
    if one and other and one.table.table == other.table.table and _unit(one.cell) == _unit(other.cell):
        one.cell.exchange(other.cell)


def merge_right(page: Page, rng: random.Random) -> None:
    """A figure's cell covers its neighbour's place."""
    spot = choosing.figure(page, rng)
    if spot and spot.after is not None:
        spot.cell.across += spot.after.across
        del spot.row[spot.index + 1]


def merge_row(page: Page, rng: random.Random) -> None:
    """One cell with one figure covers all columns of a line."""
    spot = choosing.figure(page, rng)
    if spot:
        figures = [cell for cell in spot.row if cell.kind == FIGURE]
        figures[0].across = sum(cell.across for cell in figures)
        figures[0].say("0", 0.0)
        spot.row[:] = [cell for cell in spot.row if cell.kind != FIGURE or cell is figures[0]]


def merge_down(page: Page, rng: random.Random) -> None:
    """A figure's cell covers the place below it."""
    spot = choosing.figure(page, rng, "requests", "proactive")
    if not spot or spot.cell.down > 1:
        return
    y = spot.table.row_of(spot.cell) + 1
    behind = len(spot.row) - spot.index
    if y < len(spot.table.rows) and len(spot.table.rows[y]) >= behind:
        below = spot.table.rows[y][-behind]
        if below.kind == FIGURE and below.down == 1:
            spot.cell.down = 2
            del spot.table.rows[y][-behind]


def doubled_figure(page: Page, rng: random.Random) -> None:
    """A figure's cell stands twice in its row, which is one too long."""
    if spot := choosing.figure(page, rng):
        spot.row.insert(spot.index, copy.copy(spot.cell))


def figure_in_label(page: Page, rng: random.Random) -> None:
    """The first figure of a line has run into its label, as in 规章000."""
    spot = choosing.label(page, rng)
    if spot and spot.index + 1 < len(spot.row) and spot.row[spot.index + 1].kind == FIGURE:
        figure = spot.row[spot.index + 1]
        spot.cell.text += figure.text
        spot.cell.value, spot.cell.home, spot.cell.worn = figure.value, figure.home, True
        if rng.random() < 0.5:
            del spot.row[spot.index + 1]
        else:
            figure.say("")


def _unit(cell: Cell) -> str:
    return "万元" if "万元" in cell.text else ""
