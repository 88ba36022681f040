"""What became of the cells of one form in the next, as data: ``crosswalk.toml``, refused where a cell is not known.

Every fault is a ``FormError`` with file and line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from gxtools.forms.loading import SHIPPED
from gxtools.forms.model import Form, Forms
from gxtools.forms.sources import Entry, read_toml

FILE = "crosswalk.toml"
RELATIONS = ("same", "renamed", "merged", "split", "overlaps")
_KEYS = {"from", "to", "old", "new", "relation", "joins"}

Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """From cells of one form to those of the next, each ``table, line, column``; ``relation`` as the data file has it,
    or ``none`` where one side is empty. ``joins``: whether both sides, added up, may stand in one series.
    """

    before: str
    after: str
    old: tuple[Cell, ...]
    new: tuple[Cell, ...]
    relation: str
    joins: bool
    zh: str = ""
    en: str = ""


def crosswalk(forms: Forms) -> tuple[Step, ...]:
    """Every step from each form to the next, each cell in at least one of them, in printed order of the later form.

    Cells without a successor come last. From ``crosswalk.toml`` beside the forms, or else the shipped one.
    """
    own = Path(forms.folder) / FILE
    stated = load_steps(own if own.exists() else SHIPPED / FILE, forms.all)
    return tuple(step for before, after in pairwise(forms.all) for step in _between(before, after, stated))


@cache
def load_steps(path: Path, forms: tuple[Form, ...]) -> tuple[Step, ...]:
    """Load and verify a file of steps against ``forms``. Raises ``FormError`` for the first fault."""
    file = read_toml(path)
    file.entry({key: value for key, value in file.data.items() if key != "steps"}).check_keys(set(), set())
    return tuple(step for entry in file.entries(file.data["steps"], "steps") for step in _steps(entry, forms))


def _steps(entry: Entry, forms: tuple[Form, ...]) -> Iterator[Step]:
    """One step, or one for every column that ``*`` stands for."""
    entry.check_keys(_KEYS, {"zh", "en"})
    ids = [form.id for form in forms]
    for key in ("from", "to"):
        if entry.text(key) not in ids:
            raise entry.fault(f"'{key}' must be one of {', '.join(ids)}", key)
    before, after = ids.index(entry.text("from")), ids.index(entry.text("to"))
    if after != before + 1:
        raise entry.fault("'to' must be the form after 'from'", "to")
    if entry.text("relation") not in RELATIONS:
        raise entry.fault(f"'relation' must be one of {', '.join(RELATIONS)}", "relation")
    for column in _columns(entry, forms[before]):
        yield Step(
            before=ids[before],
            after=ids[after],
            old=_cells(entry, "old", forms[before], column),
            new=_cells(entry, "new", forms[after], column),
            relation=entry.text("relation"),
            joins=entry.flag("joins"),
            zh=entry.text("zh", ""),
            en=entry.text("en", ""),
        )


def _columns(entry: Entry, before: Form) -> list[str]:
    """The columns that ``*`` stands for: those of the first line that has one; a single empty one without it."""
    for id in entry.texts("old"):
        table, line, column = id.split(".") if id.count(".") == 2 else ("", "", "")
        if column == "*" and any(cell.table == table and cell.line == line for cell in before.cells):
            return list(before.table(table).line(line).columns)
    return [""]


def _cells(entry: Entry, key: str, form: Form, column: str) -> tuple[Cell, ...]:
    existing = {".".join(cell[:3]): cell[:3] for cell in form.cells}
    ids = [id.replace("*", column) if column else id for id in entry.texts(key)]
    for id in ids:
        if id not in existing:
            raise entry.fault(f"form {form.id} has no cell '{id}'", key)
    if not ids:
        raise entry.fault(f"'{key}' names no cell", key)
    return tuple(existing[id] for id in ids)


def _between(before: Form, after: Form, stated: tuple[Step, ...]) -> Iterator[Step]:
    own = [step for step in stated if (step.before, step.after) == (before.id, after.id)]
    old = {cell[:3] for cell in before.cells}
    told_new = {cell for step in own for cell in step.new}
    told_old = {cell for step in own for cell in step.old}
    seen: set[int] = set()
    for *place, _ in after.cells:
        cell = (place[0], place[1], place[2])
        if cell in told_new:
            for number, step in enumerate(own):
                if cell in step.new and number not in seen:
                    seen.add(number)
                    yield step
        elif cell in old and cell not in told_old:
            relation = "same" if _label(before, cell) == _label(after, cell) else "renamed"
            yield Step(before.id, after.id, (cell,), (cell,), relation, joins=True)
        else:
            yield Step(before.id, after.id, (), (cell,), "none", joins=False)
    new = {cell[:3] for cell in after.cells}
    for *place, _ in before.cells:
        cell = (place[0], place[1], place[2])
        if cell not in told_old and cell not in new:
            yield Step(before.id, after.id, (cell,), (), "none", joins=False)


def _label(form: Form, cell: Cell) -> tuple[str, str]:
    table = form.table(cell[0])
    return table.line(cell[1]).zh, table.column(cell[2]).zh
