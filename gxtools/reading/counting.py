"""Where headers are lost or the geometry is broken: placing a row by its full count of figures, borne out by the sums.

Sums alone cannot see two columns exchanged, so the count must be full, the order that of the printed header (or, where
none is left, of the form), and a rule of the form that runs along the line must hold on figures that are not all 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gxtools.figures import parse
from gxtools.forms import Rule, Table
from gxtools.reading.finds import COUNTED, INHERITED, Doubt, Found, TableFinds
from gxtools.reading.lexicon import TableLexicon


class CountedRow(NamedTuple):
    """One line's figures in the order of ``order``, the header's labels (empty where they are lost).

    ``labelled`` where that header was seen whole and only flattened: then a full count needs no sums.
    """

    line: str
    founds: list[Found]
    order: tuple[str, ...]
    labelled: bool = False


def place_by_count(finds: TableFinds, lexicon: TableLexicon, rows: Sequence[CountedRow]) -> None:
    """Place the rows that geometry could not place; those that cannot be settled become doubts."""
    table = lexicon.table
    rule = row_sum(lexicon)
    seen = {row.line for row in rows if row.founds}
    confirmed = rule is not None and any(
        _holds(rule, _values(table, row.order or table.line(row.line).columns, row.founds)) is True
        for row in rows
        if len(row.founds) == len(table.line(row.line).columns)
    )
    for line, founds, order, labelled in rows:
        columns = table.line(line).columns
        if not founds and line in seen:
            continue
        if len(founds) != len(columns):
            _doubt(finds, line, columns, "count_differs", founds)
            continue
        placed = order or columns
        values = _values(table, placed, founds)
        held = _holds(rule, values) if rule is not None else None
        if order and (labelled or rule is None):
            _place(finds, line, placed, founds, INHERITED)
        elif _all_alike(founds) or (confirmed and held is not False):
            _place(finds, line, placed, founds, INHERITED if order else COUNTED)
        else:
            _doubt(finds, line, columns, "header_lost", founds)


def place_across_by_count(
    finds: TableFinds, lexicon: TableLexicon, founds: list[Found], labelled: bool = False
) -> None:
    """Place one run of figures over all lines of a table whose header is flattened or lost.

    ``labelled`` where every label of lines and columns was seen, in the form's order.
    """
    table = lexicon.table
    pairs = [(line.id, column) for line in table.lines for column in line.columns]
    if len(founds) != len(pairs):
        why = "count_differs"
    else:
        size = len(lexicon.columns)
        groups = [founds[start : start + size] for start in range(0, len(founds), size)]
        rule = row_sum(lexicon)
        held = [_holds(rule, _values(table, lexicon.columns, group)) if rule else None for group in groups]
        proven = labelled or _all_alike(founds) or (True in held and False not in held)
        if proven:
            for (line, column), found in zip(pairs, founds, strict=True):
                finds.add(line, column, found._replace(evidence=INHERITED if labelled else COUNTED))
            return
        why = "header_lost"
    raw = " ".join(found.raw for found in founds)
    where = founds[0].where if founds else ""
    finds.doubts += [Doubt(line, column, why, raw, where) for line, column in pairs]


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
