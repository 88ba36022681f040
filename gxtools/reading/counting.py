"""Where headers are lost or the geometry is broken: placing a row by its full count of figures, borne out by the sums.

Sums alone cannot see two columns exchanged, so the count must be full, the order that of the printed header (or, where
none is left, of the form), and a rule of the form that runs along the line must hold on figures that are not all 0.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from gxtools.figures import parse
from gxtools.forms import Rule, Table
from gxtools.reading.finds import COUNTED, INHERITED, Doubt, Found, TableFinds
from gxtools.reading.lexicon import Label, TableLexicon


class CountedRow(NamedTuple):
    """One line's figures in the order of ``order``, the header's labels (empty where they are lost).

    ``labelled`` where that header was seen whole and only flattened: then a full count needs no sums. ``contradicts``
    where what is seen of it stands in another order than the form's: then no count can place the row. ``ragged`` where
    the figures stand in several lines, some together: then the row's own sum must hold. ``filled`` where blanks at the
    end may fill it up.
    """

    line: str
    founds: list[Found]
    order: tuple[str, ...]
    labelled: bool = False
    contradicts: bool = False
    ragged: bool = False
    filled: bool = False


def place_by_count(finds: TableFinds, lexicon: TableLexicon, rows: Sequence[CountedRow]) -> None:
    """Place the rows that geometry could not place; those that cannot be settled become doubts."""
    table = lexicon.table
    rule = row_sum(lexicon)
    rows = [row._replace(founds=_without_filling(row, table, rule)) for row in rows]
    seen = {row.line for row in rows if row.founds}
    confirmed = rule is not None and any(
        _holds(rule, _values(table, row.order or table.line(row.line).columns, row.founds)) is True
        for row in rows
        if len(row.founds) == len(table.line(row.line).columns)
    )
    fillers = any(
        len(row.founds) == len(table.line(row.line).columns) + 1 and _begins_blank(row.founds) for row in rows
    )
    for line, founds, order, labelled, contradicts, ragged, _ in rows:
        columns = table.line(line).columns
        if not founds and line in seen:
            continue
        if len(founds) != len(columns):
            _doubt(finds, line, columns, "count_differs", founds)
            continue
        placed = order or columns
        values = _values(table, placed, founds)
        held = _holds(rule, values) if rule is not None else None
        certain = held is True or _all_alike(founds)
        if ragged and not certain:
            _doubt(finds, line, columns, "row_broken", founds)
        elif fillers and _begins_blank(founds) and not certain:
            # A blank stands before the figures of other rows: one here may fill up for a figure that was lost.
            _doubt(finds, line, columns, "filled_up", founds)
        elif order and (labelled or (rule is None and not contradicts)):
            _place(finds, line, placed, founds, INHERITED)
        elif len(table.columns) == 1 and not contradicts:
            # One figure in a table of one column has no other place.
            _place(finds, line, placed, founds, COUNTED)
        elif (
            rule is not None
            and not (contradicts and not order)
            and (_all_alike(founds) or ((confirmed or order) and held is not False))
        ):
            _place(finds, line, placed, founds, INHERITED if order else COUNTED)
        else:
            _doubt(finds, line, columns, "header_lost", founds)


def _without_filling(row: CountedRow, table: Table, rule: Rule | None) -> list[Found]:
    """A row without the blanks at its end that only fill it up: behind a full count of figures whose sum holds, or any
    of a table that has them.
    """
    if row.filled:
        return without_blank_end(row.founds)
    columns = table.line(row.line).columns
    founds, behind = row.founds[: len(columns)], row.founds[len(columns) :]
    if not behind or any(found.raw.strip() for found in behind) or not all(found.raw.strip() for found in founds):
        return row.founds
    held = _holds(rule, _values(table, row.order or columns, founds))
    return founds if held or (rule is not None and _all_alike(founds)) else row.founds


def without_blank_end(founds: Sequence[Found]) -> list[Found]:
    """The figures of a row without the blanks at its end; one that is blank throughout as it is."""
    last = max((place for place, found in enumerate(founds) if found.raw.strip()), default=len(founds) - 1)
    return list(founds[: last + 1])


def place_across_by_count(
    finds: TableFinds, lexicon: TableLexicon, founds: list[Found], header: Sequence[Label], *, strange: bool = False
) -> None:
    """Place one run of figures over all lines of a table whose ``header`` is flattened or lost.

    ``strange`` where words that no form knows stand among its labels: then no count can say whose the figures are.
    """
    table = lexicon.table
    labelled, contradicts = across_header(header, lexicon)
    labelled, contradicts = labelled and not strange, contradicts or strange
    pairs = [(line.id, column) for line in table.lines for column in line.columns]
    if len(founds) != len(pairs):
        why = "count_differs"
    else:
        size = len(lexicon.columns)
        groups = [founds[start : start + size] for start in range(0, len(founds), size)]
        rule = row_sum(lexicon)
        held = [_holds(rule, _values(table, lexicon.columns, group)) if rule else None for group in groups]
        borne_out = _all_alike(founds) or (True in held and False not in held)
        proven = labelled or (borne_out and not contradicts)
        if proven:
            for (line, column), found in zip(pairs, founds, strict=True):
                finds.add(line, column, found._replace(evidence=INHERITED if labelled else COUNTED))
            return
        why = "header_lost"
    raw = " ".join(found.raw for found in founds)
    where = founds[0].where if founds else ""
    finds.doubts += [Doubt(line, column, why, raw, where) for line, column in pairs]


def across_header(header: Sequence[Label], lexicon: TableLexicon) -> tuple[bool, bool]:
    """Whether a flattened header shows every label of lines and columns in the form's order; whether it contradicts it.

    The columns' labels are printed once for each line, or once for all: an order is another one where they begin anew
    more often than there are lines.
    """
    table = lexicon.table
    places: dict[str, float] = {}
    for number, line in enumerate(table.lines):
        places[f"line {line.id}"] = number
        if line.group is not None:
            places.setdefault(f"group {line.group}", number - 0.5)
    lines = [
        f"line {label.lines[0]}" if label.lines else f"group {label.group}"
        for label in header
        if label.lines or label.group
    ]
    columns = [lexicon.columns.index(label.column) for label in header if label.column is not None and not label.lines]
    met = [places[id] for id in lines if id in places]
    runs = sum(second <= first for first, second in itertools.pairwise(columns)) + 1
    contradicts = met != sorted(set(met)) or runs > len(table.lines)
    seen = [id for id in lines if id.startswith("line ")]
    whole = seen == [f"line {line.id}" for line in table.lines]
    whole = whole and columns == [*range(len(lexicon.columns))] * len(table.lines)
    return whole and not contradicts, contradicts


def row_sum(lexicon: TableLexicon) -> Rule | None:
    """The form's rule that runs along every line of a table (``applicant_sum``, ``dispute_sum``)."""
    for rule in lexicon.form.rules:
        if rule.table == lexicon.table.id and rule.axis == "lines" and rule.relation == "=" and not rule.only:
            return rule
    return None


def _values(table: Table, columns: Sequence[str], founds: Sequence[Found]) -> dict[str, float | None]:
    return {
        column: parse(found.raw, table.column(column).unit, found.unit or table.column(column).default_unit).value
        for column, found in zip(columns, founds, strict=True)
    }


def _holds(rule: Rule | None, values: dict[str, float | None]) -> bool | None:
    """Whether the sum holds on figures that are not all 0; null where it proves nothing."""
    if rule is None:
        return None
    terms = [*((t.id, t.coefficient) for t in rule.left), *((t.id, -t.coefficient) for t in rule.right)]
    total = 0.0
    for id, coefficient in terms:
        value = values.get(id)
        if value is None:
            return None
        total += coefficient * value
    if total != 0:
        return False
    return True if any(values.values()) else None


def _begins_blank(founds: Sequence[Found]) -> bool:
    return not founds[0].raw.strip() if founds else False


def _all_alike(founds: Sequence[Found]) -> bool:
    """One figure or mark throughout: then no order can be wrong."""
    return len({found.raw.strip() for found in founds}) == 1


def _place(finds: TableFinds, line: str, columns: Sequence[str], founds: list[Found], evidence: str) -> None:
    for column, found in zip(columns, founds, strict=True):
        finds.add(line, column, found._replace(evidence=evidence))


def _doubt(finds: TableFinds, line: str, columns: Sequence[str], why: str, founds: list[Found]) -> None:
    raw = " ".join(found.raw for found in founds)
    where = founds[0].where if founds else ""
    finds.doubts += [Doubt(line, column, why, raw, where) for column in columns] if founds else []
