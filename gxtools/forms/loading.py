"""Loads the forms from their data files and refuses what is not sound: unknown key, duplicate id, missing term,
a label with two meanings, years that overlap or leave a hole. Every fault is a ``FormError`` with file and line.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from functools import cache
from pathlib import Path
from typing import Any

from gxtools.errors import FormError
from gxtools.forms.meanings import meanings_of_headings, meanings_of_labels
from gxtools.forms.merging import FormSource, merged_sources
from gxtools.forms.model import Column, Form, Forms, Group, Line, Rule, Table
from gxtools.forms.sources import Entry, read_toml
from gxtools.forms.terms import parse_relation

SHIPPED = Path(__file__).parent / "data"

_UNITS = {"count", "10k_cny"}
_STRENGTHS = {"form", "built_in", "expected"}
_SEVERITIES = {"error", "warning", "notice"}
_ID = re.compile(r"[a-z][a-z0-9_]*")


@cache
def load_forms(folder: str | Path = SHIPPED) -> Forms:
    """Load and verify every form of a folder (``*.toml`` with an ``id``, ``labels.csv``, ``sections.toml``).

    Raises ``FormError`` with file and line for the first fault. The shipped folder is loaded once.
    """
    path = Path(folder)
    files = sorted(p for p in path.iterdir() if p.suffix in {".toml", ".csv"})
    sources = merged_sources([read_toml(p) for p in files if p.suffix == ".toml" and p.stem[:1].isdigit()])
    if not sources:
        raise FormError(str(path), 1, "holds no form, such as 2021.toml")
    forms = tuple(sorted((_form(source) for source in sources), key=lambda form: form.first_year))
    _check_years(forms, sources)
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    labels = meanings_of_labels(forms, sources, path / "labels.csv")
    return Forms(forms, labels, digest.hexdigest()[:16], str(path), meanings_of_headings(path / "sections.toml"))


def _form(source: FormSource) -> Form:
    top = source.top
    tables = tuple(_table(id, source) for id in source.tables)
    first = _year(top, "first_year")
    last = _year(top, "last_year") if "last_year" in top.values else None
    if last is not None and last < first:
        raise top.fault("'last_year' lies before 'first_year'", "last_year")
    return Form(
        id=top.text("id"),
        zh=top.text("zh"),
        en=top.text("en"),
        document=top.text("document"),
        first_year=first,
        last_year=last,
        lenient_years=_lenient_years(top, first, last),
        tables=tables,
        rules=tuple(_rule(entry, tables) for entry in source.rules),
    )


def _year(entry: Entry, key: str) -> int:
    value = entry.values[key]
    if type(value) is not int or not 2000 <= value <= 2100:
        raise entry.fault(f"'{key}' must be a year, not {value!r}", key)
    return value


def _lenient_years(top: Entry, first: int, last: int | None) -> tuple[int, ...]:
    years = top.values.get("lenient_years", [])
    served = range(first, (last or first) + 1)
    if not isinstance(years, list) or not all(type(year) is int and year in served for year in years):
        raise top.fault(f"'lenient_years' must be a list of years that the form serves, not {years!r}", "lenient_years")
    return tuple(years)


def _table(id: str, source: FormSource) -> Table:
    parts = source.tables[id]
    top = parts.top
    top.check_keys({"zh", "en", "heading", "layout"}, {"corner", "note", "unit_head", "replace", "remove_lines"})
    if top.text("layout") not in {"lines_down", "lines_across"}:
        raise top.fault("'layout' must be lines_down or lines_across", "layout")
    column_groups = tuple(_group(entry) for entry in parts.column_groups)
    groups = tuple(_group(entry) for entry in parts.groups)
    columns = tuple(_column(entry, {g.id for g in column_groups}) for entry in parts.columns)
    lines = tuple(_line(entry, groups, columns) for entry in parts.lines)
    for line, entry in zip(lines, parts.lines, strict=True):
        if line.under is not None and line.under not in {other.id for other in lines}:
            raise entry.fault(f"no line '{line.under}' to be under", "under")
    _check_unique([*parts.lines, *parts.groups])
    _check_unique([*parts.columns, *parts.column_groups])
    _check_groups(groups, parts.groups, {column.id for column in columns})
    return Table(
        id=id,
        zh=top.text("zh"),
        en=top.text("en"),
        heading=top.text("heading"),
        layout=top.text("layout"),
        corner=top.texts("corner"),
        note=top.text("note", ""),
        unit_head=top.text("unit_head", ""),
        columns=columns,
        lines=lines,
        groups=groups,
        column_groups=column_groups,
    )


def _column(entry: Entry, groups: set[str]) -> Column:
    entry.check_keys({"id", "zh", "en"}, {"unit", "default_unit", "signed", "group", "after"})
    unit = _unit(entry, "unit") or "count"
    group = entry.values.get("group")
    if group is not None and group not in groups:
        raise entry.fault(f"no column group '{group}'", "group")
    return Column(
        id=entry.text("id"),
        zh=entry.text("zh"),
        en=entry.text("en"),
        unit=unit,
        default_unit=_unit(entry, "default_unit") or ("count" if unit == "count" else None),
        signed=entry.flag("signed"),
        group=group,
    )


def _unit(entry: Entry, key: str) -> str | None:
    value: Any = entry.values.get(key)
    if value is not None and value not in _UNITS:
        raise entry.fault(f"'{key}' must be one of {', '.join(sorted(_UNITS))}, not {value!r}", key)
    return str(value) if value is not None else None


def _line(entry: Entry, groups: tuple[Group, ...], columns: tuple[Column, ...]) -> Line:
    entry.check_keys({"id", "zh", "en"}, {"number", "group", "article", "unit", "counted", "under", "after"})
    group = entry.values.get("group")
    found = next((g for g in groups if g.id == group), None)
    if group is not None and found is None:
        raise entry.fault(f"no group '{group}'", "group")
    own = found.columns if found is not None else None
    return Line(
        id=entry.text("id"),
        number=entry.text("number", ""),
        zh=entry.text("zh"),
        en=entry.text("en"),
        article=entry.text("article") if "article" in entry.values else None,
        group=group,
        columns=own if own is not None else tuple(column.id for column in columns),
        unit=_unit(entry, "unit"),
        counted=entry.text("counted", ""),
        under=entry.text("under") if "under" in entry.values else None,
    )


def _group(entry: Entry) -> Group:
    entry.check_keys({"id", "zh", "en"}, {"number", "parent", "columns"})
    return Group(
        id=entry.text("id"),
        number=entry.text("number", ""),
        zh=entry.text("zh"),
        en=entry.text("en"),
        parent=entry.values.get("parent"),
        columns=entry.texts("columns") if "columns" in entry.values else None,
    )


def _rule(entry: Entry, tables: tuple[Table, ...]) -> Rule:
    required = {"id", "table", "axis", "terms", "strength", "severity", "article", "en", "zh"}
    entry.check_keys(required, {"part", "only"})
    table = next((t for t in tables if t.id == entry.text("table")), None)
    if table is None:
        raise entry.fault(f"no table '{entry.text('table')}'", "table")
    for key, known in (("axis", {"columns", "lines"}), ("strength", _STRENGTHS), ("severity", _SEVERITIES)):
        if entry.text(key) not in known:
            raise entry.fault(f"'{key}' must be one of {', '.join(sorted(known))}", key)
    text = entry.text("terms")
    try:
        relation, left, right = parse_relation(text)
    except ValueError as error:
        raise entry.fault(str(error), "terms") from error
    runs_down = entry.text("axis") == "columns"
    lines = {line.id for line in table.lines} | {group.id for group in table.groups}
    terms_known = lines if runs_down else {column.id for column in table.columns}
    for term in (*left, *right):
        if term.id not in terms_known:
            raise entry.fault(f"term '{term.id}' is no {'line' if runs_down else 'column'} of {table.id}", "terms")
    only = entry.texts("only")
    for id in only:
        if id not in ({c.id for c in table.columns} if runs_down else {line.id for line in table.lines}):
            raise entry.fault(f"'{id}' in 'only' is not in {table.id}", "only")
    return Rule(
        id=entry.text("id"),
        part=entry.text("part", ""),
        table=table.id,
        axis=entry.text("axis"),
        relation=relation,
        text=text,
        left=left,
        right=right,
        only=only,
        strength=entry.text("strength"),
        severity=entry.text("severity"),
        article=entry.text("article"),
        en=entry.text("en"),
        zh=entry.text("zh"),
    )


def _check_unique(entries: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        id = entry.text("id")
        if _ID.fullmatch(id) is None:
            raise entry.fault(f"id '{id}' must be small letters, digits and underscores", "id")
        if id in seen:
            raise entry.fault(f"id '{id}' stands twice", "id")
        seen.add(id)


def _check_groups(groups: tuple[Group, ...], entries: list[Entry], columns: set[str]) -> None:
    known = {group.id for group in groups}
    for group, entry in zip(groups, entries, strict=True):
        if group.parent is not None and group.parent not in known:
            raise entry.fault(f"no group '{group.parent}'", "parent")
        if group.parent is not None and _in_ring(group, groups):
            raise entry.fault(f"group '{group.id}' lies within itself", "parent")
        for column in group.columns or ():
            if column not in columns:
                raise entry.fault(f"no column '{column}'", "columns")


def _in_ring(group: Group, groups: tuple[Group, ...]) -> bool:
    parents = {g.id: g.parent for g in groups}
    above = group.parent
    for _ in groups:
        above = parents.get(above) if above is not None else None
    return above is not None


def _check_years(forms: tuple[Form, ...], sources: list[FormSource]) -> None:
    tops = {source.top.text("id"): source.top for source in sources}
    for earlier, later in itertools.pairwise(forms):
        if earlier.last_year is None or earlier.last_year >= later.first_year:
            raise tops[later.id].fault(
                f"its years overlap those of form {earlier.id}; give that one a 'last_year'", "first_year"
            )
        if earlier.last_year + 1 != later.first_year:
            raise tops[later.id].fault(
                f"no form serves {earlier.last_year + 1} to {later.first_year - 1}", "first_year"
            )
