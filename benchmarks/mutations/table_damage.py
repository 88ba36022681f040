"""Damage to whole tables: foreign ones beside them, split, joined, twice there, gone."""

from __future__ import annotations

import random

from benchmarks.mutations import choosing
from benchmarks.mutations.model import FIGURE, Cell, Page, PageTable, printed

_FOREIGN = (
    (("索引号", "01430/2021-0002", "分类", "规章"), ("文号", "12", "有效性", "3")),
    (("项目", "数量"), ("行政许可", "77"), ("门户网站", "88")),
    (("总计", "5"), ("其他", "6")),
    (("部门", "新收申请数量", "总计"), ("市财政局", "12", "12"), ("市公安局", "7", "7")),
    (("公开渠道", "本年新公开数量"), ("政府公报", "15"), ("规范性文件", "4"), ("行政处罚", "9")),
    (("自然人", "商业企业", "总计"), ("3", "4", "7")),
    (("结果维持", "结果纠正", "总计"), ("3", "4", "7")),
)


def foreign_table(page: Page, rng: random.Random) -> None:
    """A table that is none of the form's, before or behind one, some of its words the form's."""
    rows = [[Cell(text) for text in row] for row in rng.choice(_FOREIGN)]
    place = rng.choice(page.places)
    place.insert(rng.choice([0, len(place)]), PageTable("", rows))


def last_years_table(page: Page, rng: random.Random) -> None:
    """Last year's table beside this year's, in the same form, under a line that names its year."""
    table = choosing.table(page, rng)
    if table is None:
        return
    other = table.copy()
    other.other_year = True
    other.caption = "附：上一年度数据"
    for cell in (cell for row in other.rows for cell in row if cell.kind == FIGURE and rng.random() < 0.3):
        value = float(rng.randint(0, 300))
        cell.say(printed(value) + ("万元" if "万元" in cell.text else ""), value)
    place = page.place_of(table)
    place.insert(place.index(table) + 1, other)


def table_twice(page: Page, rng: random.Random) -> None:
    """The same table again; in half of the pages with one figure that differs."""
    table = choosing.table(page, rng)
    if table is None:
        return
    twin = table.copy()
    figures = [cell for row in twin.rows for cell in row if cell.kind == FIGURE]
    if figures and rng.random() < 0.5:
        value = float(rng.randint(0, 300))
        rng.choice(figures).say(printed(value), value)
    place = page.place_of(table)
    place.insert(place.index(table) + rng.randint(0, 1), twin)


def split_table(page: Page, rng: random.Random) -> None:
    """A page break: the table goes on in another one, with its header again or without."""
    table = choosing.table(page, rng, "requests", "proactive", "statistics")
    rows = choosing.line_rows(table) if table else []
    free = [y for y in rows[1:] if table and not choosing.spans_from_above(table, y)]
    if table is None or not free:
        return
    y = rng.choice(free)
    again = table.copy().rows[: rows[0]] if rng.random() < 0.5 and table.table != "proactive" else []
    rest = PageTable(table.table, [*again, *table.rows[y:]])
    del table.rows[y:]
    place = page.place_of(table)
    place.insert(place.index(table) + 1, rest)


def split_within_group(page: Page, rng: random.Random) -> None:
    """A page break within a group: the group's label begins again behind it."""
    table = choosing.table(page, rng, "requests")
    rows = choosing.line_rows(table) if table else []
    if table is None or len(rows) < 3:
        return
    y = rng.choice(rows[1:])
    begins = []
    for above in choosing.spans_from_above(table, y):
        row = table.row_of(above)
        twin = Cell(above.text, above.kind, above.id, across=above.across, down=row + above.down - y)
        above.down = y - row
        begins.append(twin)
    rest = PageTable(table.table, [[*begins, *table.rows[y]], *table.rows[y + 1 :]])
    del table.rows[y:]
    place = page.place_of(table)
    place.insert(place.index(table) + 1, rest)


def join_tables(page: Page, rng: random.Random) -> None:
    """Two tables of the page that follow one another are one."""
    if len(page.places) < 2:
        return
    first = rng.randrange(len(page.places) - 1)
    if page.places[first] and page.places[first + 1]:
        one, other = page.places[first][-1], page.places[first + 1][0]
        if one.table and one.table == other.table:
            page.touched.add(one.table)
            one.rows += other.rows
            del page.places[first + 1][0]


def lose_table(page: Page, rng: random.Random) -> None:
    """A table is an image now: nothing of it is there as text."""
    if table := choosing.table(page, rng):
        page.place_of(table).remove(table)


def exchange_tables(page: Page, rng: random.Random) -> None:
    """Two tables stand under each other's heading."""
    one, other = choosing.table(page, rng), choosing.table(page, rng)
    if one is not None and other is not None and one is not other:
        places = page.place_of(one), page.place_of(other)
        numbers = [place.index(table) for place, table in zip(places, (one, other), strict=True)]
        places[0][numbers[0]], places[1][numbers[1]] = other, one
