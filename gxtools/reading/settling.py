"""Finds -> the form's cells: one state for each cell, and a row in ``problems`` for whatever could not be read."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from gxtools import figures
from gxtools.forms import Table
from gxtools.reading.cells import Cells, Places
from gxtools.reading.finds import Doubt, Found, TableFinds
from gxtools.reading.lexicon import TableLexicon
from gxtools.reading.messages import WHY
from gxtools.reading.skeletons import kind_of
from gxtools.reading.units import FOREIGN


class Problem(NamedTuple):
    """One row of ``problems`` without the report's id."""

    rule: str
    severity: str
    table: str | None
    line: str | None
    column: str | None
    expected: float | None
    found: float | None
    message: str
    message_zh: str
    where: str | None


class Amount(NamedTuple):
    """An exchangeable figure in a cell for money: its place among the report's cells and among the skeleton's texts.

    ``unit`` and ``default_unit`` are those under which it was read.
    """

    place: int
    source: int
    unit: str
    default_unit: str | None


# Value, characters, state, place in words and evidence of one cell.
_Row = tuple[float | None, str | None, str, str | None, str]
_ABSENT: _Row = (None, None, figures.ABSENT, None, "")


class Settled:
    """The cells of a report, table after table, with their problems.

    ``counts`` (each a place among the cells and one among the skeleton's texts) and ``amounts`` are the exchangeable
    figures; ``lasting`` while nothing but those would differ if others of their kinds stood in their places.
    """

    def __init__(self) -> None:
        self.cells = Cells(Places(), [], [])
        self.problems: list[Problem] = []
        self.counts: list[tuple[int, int]] = []
        self.amounts: list[Amount] = []
        self.lasting = True

    def add_absent(self, lexicon: TableLexicon) -> None:
        """Add a table that the document does not hold."""
        self._extend(lexicon, [_ABSENT] * len(lexicon.cells))
        self.problems.append(_missing(lexicon.table))

    def add(self, lexicon: TableLexicon, finds: TableFinds) -> None:
        """Give every cell of a table its state. A doubt outweighs a find; two finds that differ are a doubt."""
        doubts: dict[tuple[str, str], Doubt] = {}
        lost: list[Doubt] = []
        for doubt in finds.doubts:
            if doubt.line is None or doubt.column is None:
                lost.append(doubt)
            else:
                doubts.setdefault((doubt.line, doubt.column), doubt)
        settled: list[_Row] = []
        for number, (place, unit, default) in enumerate(lexicon.cells, start=len(self.cells.raw)):
            found = finds.found.get(place)
            if found is not None and place in finds.again and place not in doubts:
                self._compare(place, unit, default, [found, *finds.again[place]], doubts)
            if place in doubts:
                doubt = doubts[place]
                settled.append((None, doubt.raw, figures.UNREADABLE, doubt.where or None, ""))
            elif found is None:
                settled.append(_ABSENT)
            else:
                raw, where, evidence, printed_unit, source = found
                known_unit = printed_unit or default
                if unit == "count":
                    value, state, why = figures.parse(raw)
                    if printed_unit == FOREIGN:
                        self.lasting = False  # 0 is 0 in any unit, and no other figure is
                        value, state, why = (None, figures.UNREADABLE, "unit_differs") if value else (value, state, why)
                else:
                    value, state, why = figures.parse(raw, unit, known_unit)
                settled.append((value, raw, state, where, evidence))
                if why is not None:
                    doubts[place] = Doubt(*place, why, raw, where)
                elif source is None or kind_of(raw) is None:
                    continue
                elif unit == "count":
                    self.counts.append((number, source))
                else:
                    self.amounts.append(Amount(number, source, unit, known_unit))
        self._extend(lexicon, settled)
        # A problem quotes the characters that it doubts.
        if any(kind_of(doubt.raw) is not None for doubt in (*doubts.values(), *lost)):
            self.lasting = False
        self.problems += _problems(lexicon.table, doubts, lost)

    def _compare(
        self,
        place: tuple[str, str],
        unit: str,
        default: str | None,
        founds: list[Found],
        doubts: dict[tuple[str, str], Doubt],
    ) -> None:
        """Doubt a cell of which several finds do not all say the same."""
        if any(kind_of(found.raw) is not None for found in founds):
            self.lasting = False
        read = {figures.parse(f.raw, unit, f.unit or default if unit != "count" else "count")[:2] for f in founds}
        if len(read) > 1:
            raws = " | ".join(found.raw for found in founds)
            doubts[place] = Doubt(*place, "stands_twice", raws, "; ".join(found.where for found in founds))

    def _extend(self, lexicon: TableLexicon, settled: list[_Row]) -> None:
        places, values, raws = self.cells
        for column, known in zip(
            (places.form, places.table, places.line, places.column, places.unit), _known_of(lexicon), strict=True
        ):
            column.extend(known)
        values.extend([row[0] for row in settled])
        raws.extend([row[1] for row in settled])
        places.state.extend([row[2] for row in settled])
        places.where.extend([row[3] for row in settled])
        places.evidence.extend([row[4] for row in settled])


@lru_cache(maxsize=64)
def _known_of(lexicon: TableLexicon) -> tuple[list[str], ...]:
    """Form, table, line, column and unit of a table's cells, a list a column."""
    cells = [(lexicon.form.id, *cell) for cell in lexicon.table.cells]
    return tuple(map(list, zip(*cells, strict=True)))


def _missing(table: Table) -> Problem:
    # Printing the table of 2014 to 2018 in the public report was custom, no duty.
    severity = "notice" if table.id == "statistics" else "warning"
    return Problem(
        "missing_table",
        severity,
        table.id,
        None,
        None,
        None,
        None,
        f"table '{table.en}' was not found as text: it may be an image, an attachment, or not there at all",
        f"未找到“{table.zh}”表的文字：可能是图片、附件，或报告中没有此表",
        None,
    )


def _problems(table: Table, doubts: dict[tuple[str, str], Doubt], lost: list[Doubt]) -> list[Problem]:
    """One row for a doubt that covers the whole table, a whole line or a whole column, else one for each cell."""
    by_why: dict[str, list[Doubt]] = {}
    for doubt in doubts.values():
        by_why.setdefault(doubt.why, []).append(doubt)
    problems = []
    size = sum(len(line.columns) for line in table.lines)
    for why, members in by_why.items():
        if len(members) == size > 1:
            problems.append(_problem(why, table, None, None, members[0]))
            continue
        for line, cells in _by(members, 0).items():
            if len(cells) == len(table.line(line).columns) > 1:
                problems.append(_problem(why, table, line, None, cells[0]))
                members = [doubt for doubt in members if doubt.line != line]
        for column, cells in _by(members, 1).items():
            whole = len(cells) == sum(column in line.columns for line in table.lines) > 1
            problems += [_problem(why, table, None, column, cells[0])] if whole else []
            problems += [] if whole else [_problem(why, table, cell.line, column, cell) for cell in cells]
    return problems + [_problem(doubt.why, table, doubt.line, doubt.column, doubt) for doubt in lost]


def _by(doubts: list[Doubt], field: int) -> dict[str, list[Doubt]]:
    """The doubts by their line (0) or their column (1)."""
    found: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        found.setdefault(doubt[field] or "", []).append(doubt)
    return found


def _problem(why: str, table: Table, line: str | None, column: str | None, doubt: Doubt) -> Problem:
    rule, en, zh = WHY[why]
    place_en = [table.en, table.line(line).en if line else "", table.column(column).en if column else ""]
    place_zh = [table.zh, table.line(line).zh if line else "", table.column(column).zh if column else ""]
    printed = doubt.raw if len(doubt.raw) <= 60 else doubt.raw[:57] + "…"
    return Problem(
        rule,
        "warning",
        table.id,
        line,
        column,
        None,
        None,
        f"{', '.join(part for part in place_en if part)}: {en} (printed: {printed!r})",
        f"{'，'.join(part for part in place_zh if part)}：{zh}（原文：{printed!r}）",
        doubt.where or None,
    )
