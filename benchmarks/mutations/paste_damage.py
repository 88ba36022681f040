"""What pasting and printing put into tables: page headers, notes, rows in another order, parts and reports again."""

from __future__ import annotations

import random

from benchmarks.mutations import choosing
from benchmarks.mutations.model import FIGURE, Cell, Page, PageTable, Row, line_of, printed

_RUNNING = (
    "江苏省宿迁市人民政府2022年政府信息公开工作年度报告",
    "第 12 页 共 20 页",
    "— 12 —",
    "打印日期：2023年1月28日",
    "扫一扫在手机打开当前页",
)
_NOTES = ("①", "[1]", "（注1）", "*", "（含上年结转3件）", " 注", "¹")


def running_title(page: Page, rng: random.Random) -> None:
    """A page's head or foot stands between two rows."""
    table = choosing.table(page, rng)
    if table and (rows := choosing.line_rows(table)):
        y = rng.choice(rows)
        for cell in choosing.spans_from_above(table, y):
            cell.down += 1
        table.rows.insert(y, [Cell(rng.choice(_RUNNING), across=sum(cell.across for cell in table.rows[y]))])


def running_title_in_row(page: Page, rng: random.Random) -> None:
    """A page's head or foot stands twice in the middle of a row."""
    if spot := choosing.figure(page, rng):
        text = rng.choice(_RUNNING)
        spot.row[spot.index : spot.index] = [Cell(text), Cell(text)]


def note_on_figure(page: Page, rng: random.Random) -> None:
    """A mark of a note stands behind a figure."""
    if spot := choosing.figure(page, rng):
        spot.cell.text += rng.choice(_NOTES) if spot.cell.text.strip() else ""


def notes_on_row(page: Page, rng: random.Random) -> None:
    """Every figure of a row bears the mark of a note."""
    if spot := choosing.figure(page, rng):
        note = rng.choice(_NOTES)
        for cell in spot.row:
            if cell.kind == FIGURE and cell.text.strip():
                cell.text += note


def shuffle_rows(page: Page, rng: random.Random) -> None:
    """The rows of a table that begin no group stand in another order, each with its label."""
    table = choosing.table(page, rng, "requests", "proactive")
    form_lines = page.form.table(table.table).lines if table else ()
    told_by_place = {line.id for line in form_lines if line.under} | {line.under for line in form_lines}
    free = [
        y
        for y in (choosing.line_rows(table) if table else [])
        if table and not choosing.begins_group(table.rows[y]) and _line(table.rows[y]) not in told_by_place
    ]
    for width in {len(table.rows[y]) for y in free} if table else ():
        places = [y for y in free if table and len(table.rows[y]) == width]
        rows = [table.rows[y] for y in places] if table else []
        rng.shuffle(rows)
        for y, row in zip(places, rows, strict=True):
            table.rows[y] = row  # type: ignore[union-attr]


def _line(row: Row) -> str | None:
    label = line_of(row)
    return label.id if label else None


def half_table_twice(page: Page, rng: random.Random) -> None:
    """The end of a table, three rows or more, stands again behind it; half of the time with one figure that differs."""
    table = choosing.table(page, rng, "requests", "proactive", "statistics")
    rows = choosing.line_rows(table) if table else []
    free = [y for y in rows[1:-2] if table and not choosing.spans_from_above(table, y)]
    if table is None or not free:
        return
    twin = table.copy()
    again = PageTable(table.table, twin.rows[rng.choice(free) :])
    figures = [cell for row in again.rows for cell in row if cell.kind == FIGURE]
    if figures and rng.random() < 0.5:
        value = float(rng.randint(0, 300))
        rng.choice(figures).say(printed(value), value)
    place = page.place_of(table)
    place.insert(place.index(table) + 1, again)


def last_years_report(page: Page, rng: random.Random) -> None:
    """Last year's report with all its tables stands behind this year's."""
    place = page.places[-1]
    caption = "附：上一年度政府信息公开工作年度报告"
    for table in list(page.tables()):
        page.touched.add(table.table)
        other = table.copy()
        other.other_year, other.caption = True, caption
        caption = ""
        for cell in (cell for row in other.rows for cell in row if cell.kind == FIGURE and cell.value is not None):
            value = float(rng.randint(0, 300))
            cell.say(printed(value) + ("万元" if "万元" in cell.text else ""), value)
        place.append(other)


def annex_alone(page: Page, rng: random.Random) -> None:
    """One of this year's tables is lost, and last year's report with all its tables stands behind this year's."""
    last_years_report(page, rng)
    tables = list(page.tables())
    if len(tables) > 1:
        lost = rng.choice(tables[:-1])
        page.place_of(lost).remove(lost)


def label_twice(page: Page, rng: random.Random) -> None:
    """A line's label stands twice before its figures."""
    spot = choosing.label(page, rng)
    if spot and spot.table.table != "disputes":
        spot.row.insert(spot.index, Cell(spot.cell.text))
