"""Damage to several heads at once, and to the words around them."""

from __future__ import annotations

import itertools
import random

from benchmarks.mutations import choosing
from benchmarks.mutations.column_damage import Columns
from benchmarks.mutations.model import COLUMN, OVER, WORDS, Cell, Page, PageTable, is_header, printed

_STRANGE = ("行政机关总数", "本年数量", "备注", "上年数", "占比", "合计数", "其中：本级")


def _heads(table: PageTable | None) -> list[Cell]:
    return [cell for row in table.rows for cell in row if cell.kind == COLUMN] if table else []


def break_heads(page: Page, rng: random.Random) -> None:
    """All heads of a table are broken over lines within their words: they mean what they meant."""
    table = choosing.table(page, rng)
    for cell in _heads(table):
        half = len(cell.text) // 2
        cell.text = f"{cell.text[:half]}\n{cell.text[half:]}" if half else cell.text


def two_strange_heads(page: Page, rng: random.Random) -> None:
    """Words of another meaning stand where two heads were."""
    heads = _heads(choosing.table(page, rng))
    for cell in rng.sample(heads, min(2, len(heads))):
        cell.text, cell.id = rng.choice(_STRANGE), None


def rotate_heads(page: Page, rng: random.Random) -> None:
    """The heads of one row move on by one place, the last to the first: the page then says another thing."""
    table = choosing.table(page, rng, "requests", "disputes", "proactive")
    rows = [row for row in table.rows if sum(cell.kind == COLUMN for cell in row) > 1] if table else []
    if rows:
        heads = [cell for cell in rng.choice(rows) if cell.kind == COLUMN]
        for one, other in itertools.pairwise(heads):
            one.exchange(other)


def two_extra_columns(page: Page, rng: random.Random) -> None:
    """A province's own columns with their heads, two of them, each before or behind one of the form's."""
    table = choosing.table(page, rng, "requests", "disputes")
    for _ in range(2):
        columns = Columns(table) if table else None
        if columns is None or not (places := columns.heads()):
            return
        for cell in columns.double(rng.choice(places), heads=True):
            if cell.kind == COLUMN:
                cell.text, cell.id = rng.choice(_STRANGE), None
            else:
                value = float(rng.randint(0, 99))
                cell.say(printed(value), value)
                cell.home = None


def strange_over(page: Page, rng: random.Random) -> None:
    """The head over several columns says something else; the heads below it are whole."""
    table = choosing.table(page, rng, "requests")
    for cell in [cell for row in table.rows for cell in row if cell.kind == OVER] if table else []:
        cell.blot(rng.choice(_STRANGE))


def strange_corner(page: Page, rng: random.Random) -> None:
    """The corner of a header says something else, or nothing."""
    table = choosing.table(page, rng, "requests", "proactive")
    rows = [row for row in table.rows if is_header(row) and row[0].kind == WORDS] if table else []
    if rows:
        rng.choice(rows)[0].text = rng.choice(["", "项目", "申请人类别", "指标", "单位：件"])
