"""Sound pages: drawn figures, set by the writer's tables, as cells that know what they are."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.mutations.model import COLUMN, FIGURE, GROUP, LINE, OVER, Cell, Key, Page, PageTable, Row
from benchmarks.pages import consistent_values
from gxtools.forms import Form, Table, forms
from gxtools.writing import Content, GroupsAs, content_of
from gxtools.writing.tables import set_tables

AGENCIES = (
    "江苏省宿迁市人民政府",
    "云南省人民政府",
    "重庆市九龙坡区人民政府",
    "杭州市余杭区财政局",
    "定西市安定区内官营镇人民政府",
)
YEARS = {"2014": range(2014, 2019), "2019": (2019, 2020), "2021": range(2021, 2026)}
_FILLER = "围绕群众关心的重点领域，持续完善公开目录，规范发布流程，及时回应社会关切，做到应公开尽公开。"


def draw(rng: random.Random, groups: GroupsAs, table_a_block: bool) -> tuple[Content, Page]:
    """A report with its page. One in ten is the statistics table of 2014 to 2018; half of the others are mostly 0."""
    form = forms().by_id(rng.choices(["2014", "2019", "2021"], [1, 4, 5])[0])
    values = _figures(form, rng)
    prose = {id: (_FILLER * rng.randint(1, 3),) for id in ("overview", "shortcomings", "other")}
    content = content_of(form.id, rng.choice(AGENCIES), rng.choice(YEARS[form.id]), values, prose=prose)
    places = []
    for table in form.tables:
        homes = iter([cell[:3] for cell in table.cells])
        for rows in set_tables(table, content, groups, table_a_block):
            places.append([PageTable(table.id, list(_rows(table, rows, homes, values)))])
    return content, Page(form, places)


def _figures(form: Form, rng: random.Random) -> dict[Key, float | str | None]:
    if form.id != "2014":
        return consistent_values(form, rng, large=rng.random() < 0.5)
    return {cell[:3]: float(rng.choice([0, 0, rng.randint(1, 900)])) for cell in form.cells}


def _rows(table: Table, rows: object, homes: Iterator[Key], values: dict[Key, float | str | None]) -> Iterator[Row]:
    for set_row in rows:  # type: ignore[attr-defined]
        row = []
        has_figures = any(cell.figure for cell in set_row)
        for cell in set_row:
            if cell.figure:
                home = next(homes)
                made = Cell(cell.text, FIGURE, None, float(values[home]), home)  # type: ignore[arg-type]
            else:
                made = Cell(cell.text, *_meaning(table, cell.text, has_figures))
            made.across, made.down = cell.column_span, cell.row_span
            row.append(made)
        if has_figures and table.layout == "lines_down":
            label = row[sum(cell.kind != FIGURE for cell in row) - 1]
            label.kind, label.id = LINE, row[-1].home[1] if row[-1].home else None
        yield row


def _meaning(table: Table, text: str, beside_figures: bool) -> tuple[str, str | None]:
    """What a label of the form means, by its printed words; the corner and remarks mean nothing."""
    for group in table.groups:
        if text == group.label:
            return GROUP, group.id
    if not beside_figures:
        for column in table.columns:
            if text == column.zh:
                return COLUMN, column.id
        for group in table.column_groups:
            if text == group.label:
                return OVER, group.id
        for line in table.lines:
            if text == line.label:
                return LINE, line.id
    return "words", None
