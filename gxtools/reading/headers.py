"""The header of a table: which grid column is which column of the form, and whether its geometry can be trusted."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from gxtools.figures import is_figure
from gxtools.grids import GridCell
from gxtools.reading.broken_heads import with_whole_heads
from gxtools.reading.layout import LaidRow
from gxtools.reading.lexicon import NO_LABEL, TableLexicon
from gxtools.reading.units import unit_named


@dataclass(frozen=True)
class Header:
    """``ids`` by grid column (null where no label of the form stands above); ``labels`` the lowest text above each;
    ``units`` those of money that the texts above a column name, ``unit`` that which any of the header's does.

    ``sound`` is false where a cell is missing, a label stands twice or rows differ in width: then only the order of the
    labels and a count of figures may place a row. ``order`` is that order, left to right. ``contradicts`` where they
    stand in another order than the form's. ``first`` is the first grid column of the form's;
    ``strange`` where words that no form knows are among its labels, so that a count may mean other columns;
    ``merged`` where a head covers several grid columns;
    ``hidden`` by grid column with a blank head the columns of the form that can have been printed there.
    """

    ids: tuple[str | None, ...]
    labels: tuple[str, ...]
    units: dict[str, str]
    unit: str | None
    order: tuple[str, ...]
    sound: bool
    contradicts: bool
    first: int
    strange: bool
    merged: bool
    hidden: dict[int, frozenset[str]]

    @property
    def width(self) -> int:
        """The number of grid columns that the header covers."""
        return len(self.ids)

    def is_astray(self, cell: GridCell, columns: Collection[str]) -> bool:
        """Whether a figure stands left of the form's columns, or under a blank head that hides none of ``columns``."""
        hidden = self.hidden.get(cell.column)
        return hidden is not None and hidden.isdisjoint(columns) and is_figure(cell.text)

    def is_foreign(self, cells: Iterable[GridCell], lexicon: TableLexicon) -> bool:
        """Whether words stand above the cells and none of the header's is a column of the form: another table's."""
        above = [self.labels[cell.column] for cell in cells if cell.column < self.width]
        return not any(self.ids) and any(text.strip() and lexicon.label(text) is NO_LABEL for text in above)

    def ids_over(self, cell: GridCell) -> tuple[str, ...]:
        """The columns of the form over a cell: one where all is well, none beside the form's columns."""
        over = self.ids[cell.column : cell.column + cell.column_span]
        return tuple(dict.fromkeys(id for id in over if id is not None))


def read_header(rows: list[LaidRow], lexicon: TableLexicon) -> Header:
    """The header that consecutive rows form: the lowest label above each grid column counts."""
    rows = with_whole_heads(rows, lexicon)
    extents = {row.extent for row in rows}
    width = max(extents)
    sound = len(extents) == 1 and width > 0
    width = max(width, 0)
    ids: list[str | None] = [None] * width
    labels = [""] * width
    above: list[list[str]] = [[] for _ in range(width)]
    anchors: dict[tuple[int, int], str] = {}
    for row in rows:
        for column, cell in enumerate(row.positions[:width]):
            if cell is None:
                continue
            meaning = lexicon.label(cell.text).column
            above[column].append(cell.text)
            if cell.text.strip():
                labels[column] = cell.text
                ids[column] = meaning
            if meaning is not None:
                anchors[cell.row, cell.column] = meaning
    standing = set(ids)
    used = [(anchor, id) for anchor, id in sorted(anchors.items()) if id in standing]
    if len({id for _, id in used}) != len(used):
        sound = False
    texts = _texts(rows)
    if sound:
        order = tuple(id for _, id in sorted(used, key=lambda item: item[0][1]))
    else:
        order = flattened_order(texts, lexicon)
    units = {id: unit for id, words in zip(ids, above, strict=True) if id and (unit := unit_named(words))}
    first = next((column for column, id in enumerate(ids) if id is not None), 0)
    strange = any(text.strip() and lexicon.label(text) is NO_LABEL for text in texts)
    contradicts = not in_official_order(texts, lexicon) or not (sound or is_plain(texts, lexicon))
    merged = any(one is not None and one == other for one, other in itertools.pairwise(ids))
    hidden = {
        column: _hidden_at(column, ids, lexicon) if column > first else frozenset[str]()
        for column in range(width if order else 0)
        if ids[column] is None and not labels[column].strip()
    }
    return Header(
        tuple(ids), tuple(labels), units, unit_named(texts), order, sound, contradicts, first, strange, merged, hidden
    )


def _hidden_at(column: int, ids: Sequence[str | None], lexicon: TableLexicon) -> frozenset[str]:
    """The columns of the form that the heads left and right of a blank one leave room for."""
    places = lexicon.columns.index
    left = [places(id) for id in ids[:column] if id is not None]
    right = [places(id) for id in ids[column:] if id is not None]
    between = range(max(left, default=-1) + 1, min(right, default=len(lexicon.columns)))
    return frozenset(lexicon.columns[place] for place in between) - set(filter(None, ids))


def in_official_order(texts: Iterable[str], lexicon: TableLexicon) -> bool:
    """Whether the columns' labels, as far as they are seen, follow one another as in the form.

    The columns under a label over several stand in a row of their own, so these and the others are looked at apart.
    """
    seen = [id for text in texts if (id := lexicon.label(text).column) is not None]
    places = [lexicon.columns.index(id) for id in seen if id in lexicon.grouped]
    others = [lexicon.columns.index(id) for id in seen if id not in lexicon.grouped]
    return _rising(places) and _rising(others)


def _rising(places: list[int]) -> bool:
    """Whether each comes after the one before: a label that stands twice contradicts any order."""
    return all(one < other for one, other in itertools.pairwise(places))


def flattened_order(texts: Iterable[str], lexicon: TableLexicon) -> tuple[str, ...]:
    """The order of the columns from a header's texts as they are read, row after row.

    A label over several columns (法人或其他组织) comes before them in another row: its members stand where it stands.
    Empty where the labels can have been printed in more ways than one: where one stands twice, where such a label is
    lost and the order is not the form's, where a corner (申请人情况) stands behind a column.
    """
    texts = list(texts)
    if not is_plain(texts, lexicon):
        return ()
    read: list[str] = []
    groups: list[str] = []
    for text in texts:
        label = lexicon.label(text)
        if label.column_group is not None:
            groups.append(label.column_group)
            read.append(f"group {label.column_group}")
        elif label.column is not None:
            read.append(label.column)
    group_of = {column.id: column.group for column in lexicon.table.columns}
    order: list[str] = []
    for id in read:
        if id.startswith("group "):
            order += [column for column in read if group_of.get(column) == id.removeprefix("group ")]
        elif group_of[id] not in groups:
            order.append(id)
    if len(set(order)) != len(order) or len(set(groups)) != len(groups):
        return ()
    needs_group = any(group_of[id] is not None and group_of[id] not in groups for id in order)
    official = tuple(id for id in lexicon.columns if id in order)
    return () if needs_group and tuple(order) != official else tuple(order)


def is_plain(texts: Iterable[str], lexicon: TableLexicon) -> bool:
    """Whether columns under a common label stand behind all others, or right behind that label in the form's order."""
    met: list[str] = []
    places: list[int] = []
    for text in texts:
        label = lexicon.label(text)
        if label.column in lexicon.grouped:
            places.append(lexicon.columns.index(label.column))
            met.append("under")
        elif label.column is not None:
            met.append("beside")
        elif label.column_group is not None:
            met.append("over")
        elif label.corner and met:
            return False
    if "over" not in met or "under" not in met:
        return True
    first, last = met.index("under"), len(met) - met[::-1].index("under")
    together = met[first:last] == ["under"] * (last - first) and met.index("over") < first
    return together and (last == len(met) or (met[first - 1] == "over" and places == sorted(places)))


def _texts(rows: list[LaidRow]) -> list[str]:
    """The texts of the header's cells, each once, row after row."""
    cells = {(cell.row, cell.column): cell.text for row in rows for cell in row.cells}
    return [text for _, text in sorted(cells.items())]
