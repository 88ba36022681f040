"""What a form is: tables with columns, lines and groups, and the rules that it promises. Immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from gxtools.forms.terms import Term


class FormCell(NamedTuple):
    """One cell that the official form has; ``unit`` is ``count`` or ``10k_cny``."""

    table: str
    line: str
    column: str
    unit: str


@dataclass(frozen=True, slots=True)
class Column:
    """``default_unit`` is that of a figure printed bare; null where a bare figure has no certain unit."""

    id: str
    zh: str
    en: str
    unit: str
    default_unit: str | None
    signed: bool
    group: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """``columns`` are the ids of the columns in which this line has a cell; ``article`` of the regulation.

    ``unit`` overrides its columns' where the lines of a table are counted in different units; ``counted`` is the word
    that the form prints for it in a column of units (条, 万元), empty where it has none. ``under`` is the line that
    heads this one, where lines under different heads bear one label (其他情形数).
    """

    id: str
    number: str
    zh: str
    en: str
    article: str | None
    group: str | None
    columns: tuple[str, ...]
    unit: str | None
    counted: str
    under: str | None

    @property
    def label(self) -> str:
        """The label as the form prints it, numbering included."""
        return self.number + self.zh


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the form that has no cell of its own; in a rule it stands for the sum of its members."""

    id: str
    number: str
    zh: str
    en: str
    parent: str | None
    columns: tuple[str, ...] | None

    @property
    def label(self) -> str:
        """The label as the form prints it, numbering included."""
        return self.number + self.zh


@dataclass(frozen=True)
class Table:
    """``layout`` tells whether lines run down the page or across its header, as in ``disputes``.

    ``unit_head`` is the head of the column in which the form prints each line's unit, empty where it has none.
    """

    id: str
    zh: str
    en: str
    heading: str
    layout: str
    corner: tuple[str, ...]
    note: str
    unit_head: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    column_groups: tuple[Group, ...]

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Column | Line | Group]:
        found: dict[tuple[str, str], Column | Line | Group] = {("column", c.id): c for c in self.columns}
        found |= {("line", line.id): line for line in self.lines}
        found |= {("group", group.id): group for group in self.groups}
        return found

    def line(self, id: str) -> Line:
        """The line of that id; ``KeyError`` for another."""
        found = self._by_id["line", id]
        assert isinstance(found, Line)
        return found

    def column(self, id: str) -> Column:
        """The column of that id; ``KeyError`` for another."""
        found = self._by_id["column", id]
        assert isinstance(found, Column)
        return found

    def group(self, id: str) -> Group:
        """The group of that id; ``KeyError`` for another."""
        found = self._by_id["group", id]
        assert isinstance(found, Group)
        return found

    def members(self, id: str) -> tuple[str, ...]:
        """The ids of the lines under a group, however deep; ``(id,)`` for a line or column itself."""
        if ("group", id) not in self._by_id:
            return (id,)
        inner = {id} | {g.id for g in self.groups if self._within(g, id)}
        return tuple(line.id for line in self.lines if line.group in inner)

    def _within(self, group: Group, id: str) -> bool:
        parent = group.parent
        while parent is not None:
            if parent == id:
                return True
            parent = self.group(parent).parent
        return False

    @cached_property
    def cells(self) -> tuple[FormCell, ...]:
        """The table's cells in printed order."""
        by_id = {column.id: column for column in self.columns}
        return tuple(
            FormCell(self.id, line.id, column, line.unit or by_id[column].unit)
            for line in self.lines
            for column in line.columns
        )

    @cached_property
    def default_units(self) -> dict[tuple[str, str], str | None]:
        """By line and column, the unit of a figure that is printed bare."""
        by_id = {column.id: column for column in self.columns}
        return {
            (cell.line, cell.column): "count" if cell.unit == "count" else by_id[cell.column].default_unit
            for cell in self.cells
        }


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise of the form: signed terms whose sum is 0 (``=``) or not below 0 (``>=``).

    ``axis`` is ``columns`` where it runs down each column (terms are lines or groups of lines), ``lines`` where it runs
    along each line (terms are columns). ``left`` and ``right`` are the sides as printed in ``text``. ``part`` tells
    apart the rules of one form that bear one id.
    """

    id: str
    part: str
    table: str
    axis: str
    relation: str
    text: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    only: tuple[str, ...]
    strength: str
    severity: str
    article: str
    en: str
    zh: str


@dataclass(frozen=True)
class Form:
    """One vintage of the official form. ``last_year`` is null while it is in force."""

    id: str
    zh: str
    en: str
    document: str
    first_year: int
    last_year: int | None
    lenient_years: tuple[int, ...]
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]

    def table(self, id: str) -> Table:
        """The table of that id; ``KeyError`` for another."""
        for table in self.tables:
            if table.id == id:
                return table
        raise KeyError(id)

    @cached_property
    def cells(self) -> tuple[FormCell, ...]:
        """Every cell of the form, in printed order."""
        return tuple(cell for table in self.tables for cell in table.cells)


class Meaning(NamedTuple):
    """What a label means in one form: ``axis`` is ``line``, ``column``, ``group``, ``column_group`` or ``corner``."""

    form: str
    table: str
    axis: str
    id: str


@dataclass(frozen=True, eq=False)
class Forms:
    """All forms with their labels. ``hash`` names the data they were loaded from: 16 hex digits."""

    all: tuple[Form, ...]
    labels: dict[str, tuple[Meaning, ...]]
    hash: str
    folder: str
    sections: dict[str, str] = field(default_factory=dict)

    def by_id(self, id: str) -> Form:
        """The form of that id; ``KeyError`` names those there are."""
        for form in self.all:
            if form.id == id:
                return form
        raise KeyError(f"no form '{id}'; there are {', '.join(form.id for form in self.all)}")

    def for_year(self, year: int) -> Form | None:
        """The form that serves a report year; null where no national form did."""
        for form in self.all:
            if form.first_year <= year and (form.last_year is None or year <= form.last_year):
                return form
        return None
