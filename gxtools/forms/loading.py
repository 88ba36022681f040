"""Loads the forms from their data files and refuses what is not sound: unknown key, duplicate id, missing term,
a label with two meanings, years that overlap or leave a hole. Every fault is a ``FormError`` with file and line.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from gxtools.errors import FormError
from gxtools.forms.labels import label_keys
from gxtools.forms.merging import FormSource, merged_sources
from gxtools.forms.model import Column, Form, Forms, Group, Line, Meaning, Rule, Table
from gxtools.forms.sources import Entry, read_csv, read_toml
from gxtools.forms.terms import parse_relation

SHIPPED = Path(__file__).parent / "data"

_UNITS = {"count", "10k_cny"}
_STRENGTHS = {"form", "built_in", "expected"}
_SEVERITIES = {"error", "warning", "notice"}
_LABEL_COLUMNS = ("form", "table", "axis", "id", "label", "address")
_AXES = ("line", "column", "group", "column_group", "corner")


@cache
def load_forms(folder: str | Path = SHIPPED) -> Forms:
    """Load and verify every form of a folder (``*.toml`` with an ``id``, ``labels.csv``, ``sections.toml``).

    Raises ``FormError`` with file and line for the first fault. The shipped folder is loaded once.
    """
    path = Path(folder)
    files = sorted(p for p in path.iterdir() if p.suffix in {".toml", ".csv"})
    sources = merged_sources([read_toml(p) for p in files if p.suffix == ".toml" and p.stem[:1].isdigit()])
    forms = tuple(sorted((_form(source) for source in sources), key=lambda form: form.first_year))
    _check_years(forms, sources)
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return Forms(forms, _labels(forms, path / "labels.csv"), digest.hexdigest()[:16], str(path), _sections(path))


def _form(source: FormSource) -> Form:
    top = source.top
    tables = tuple(_table(id, source) for id in source.tables)
    lenient = top.values.get("lenient_years", [])
    return Form(
        id=top.text("id"),
        zh=top.text("zh"),
        en=top.text("en"),
        document=top.text("document"),
        first_year=_year(top, "first_year"),
        last_year=_year(top, "last_year") if "last_year" in top.values else None,
        lenient_years=tuple(lenient),
        tables=tables,
        rules=tuple(_rule(entry, tables) for entry in source.rules),
    )


def _year(entry: Entry, key: str) -> int:
    value = entry.values[key]
    if not isinstance(value, int) or not 2000 <= value <= 2100:
        raise entry.fault(f"'{key}' must be a year, not {value!r}", key)
    return value


def _table(id: str, source: FormSource) -> Table:
    parts = source.tables[id]
    top = parts.top
    top.check_keys({"zh", "en", "heading", "layout"}, {"corner", "note", "replace", "remove_lines"})
    if top.text("layout") not in {"lines_down", "lines_across"}:
        raise top.fault("'layout' must be lines_down or lines_across", "layout")
    column_groups = tuple(_group(entry) for entry in parts.column_groups)
    groups = tuple(_group(entry) for entry in parts.groups)
    columns = tuple(_column(entry, {g.id for g in column_groups}) for entry in parts.columns)
    lines = tuple(_line(entry, groups, columns) for entry in parts.lines)
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
        signed=bool(entry.values.get("signed", False)),
        group=group,
    )


def _unit(entry: Entry, key: str) -> str | None:
    value: Any = entry.values.get(key)
    if value is not None and value not in _UNITS:
        raise entry.fault(f"'{key}' must be one of {', '.join(sorted(_UNITS))}, not {value!r}", key)
    return str(value) if value is not None else None


def _line(entry: Entry, groups: tuple[Group, ...], columns: tuple[Column, ...]) -> Line:
    entry.check_keys({"id", "zh", "en"}, {"number", "group", "article", "unit", "after"})
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
        article=entry.values.get("article"),
        group=group,
        columns=own if own is not None else tuple(column.id for column in columns),
        unit=_unit(entry, "unit"),
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
    entry.check_keys(required, {"only"})
    table = next((t for t in tables if t.id == entry.text("table")), None)
    if table is None:
        raise entry.fault(f"no table '{entry.text('table')}'", "table")
    for key, known in (("axis", {"columns", "lines"}), ("strength", _STRENGTHS), ("severity", _SEVERITIES)):
        if entry.text(key) not in known:
            raise entry.fault(f"'{key}' must be one of {', '.join(sorted(known))}", key)
    try:
        relation, left, right = parse_relation(entry.text("terms"))
    except ValueError as error:
        raise entry.fault(str(error), "terms") from error
    runs_down = entry.text("axis") == "columns"
    terms_known = {x.id for x in (*table.lines, *table.groups)} if runs_down else {c.id for c in table.columns}
    for term in (*left, *right):
        if term.id not in terms_known:
            raise entry.fault(f"term '{term.id}' is no {'line' if runs_down else 'column'} of {table.id}", "terms")
    only = entry.texts("only")
    for id in only:
        if id not in ({c.id for c in table.columns} if runs_down else {line.id for line in table.lines}):
            raise entry.fault(f"'{id}' in 'only' is not in {table.id}", "only")
    return Rule(
        id=entry.text("id"),
        table=table.id,
        axis=entry.text("axis"),
        relation=relation,
        text=entry.text("terms"),
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
        if id in seen:
            raise entry.fault(f"id '{id}' stands twice", "id")
        seen.add(id)


def _check_groups(groups: tuple[Group, ...], entries: list[Entry], columns: set[str]) -> None:
    known = {group.id for group in groups}
    for group, entry in zip(groups, entries, strict=True):
        if group.parent is not None and group.parent not in known:
            raise entry.fault(f"no group '{group.parent}'", "parent")
        for column in group.columns or ():
            if column not in columns:
                raise entry.fault(f"no column '{column}'", "columns")


def _check_years(forms: tuple[Form, ...], sources: list[FormSource]) -> None:
    tops = {source.top.text("id"): source.top for source in sources}
    for form in forms:
        if form.last_year is not None and form.last_year < form.first_year:
            raise tops[form.id].fault("'last_year' lies before 'first_year'", "last_year")
    for earlier, later in zip(forms, forms[1:], strict=False):
        if earlier.last_year is None or earlier.last_year >= later.first_year:
            raise tops[later.id].fault(
                f"its years overlap those of form {earlier.id}; give that one a 'last_year'", "first_year"
            )
        if earlier.last_year + 1 != later.first_year:
            raise tops[later.id].fault(
                f"no form serves {earlier.last_year + 1} to {later.first_year - 1}", "first_year"
            )


def _labels(forms: tuple[Form, ...], path: Path) -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, dict[Meaning, None]] = {}
    taken: dict[tuple[str, str, str, str], str] = {}

    def add(label: str, meaning: Meaning, entry: Entry | None) -> None:
        for key in label_keys(label):
            slot = (meaning.form, meaning.table, meaning.axis, key)
            if taken.setdefault(slot, meaning.id) != meaning.id and not _told_apart(forms, meaning):
                text = f"label '{label}' means both '{taken[slot]}' and '{meaning.id}'"
                raise entry.fault(text) if entry else FormError(f"{meaning.form}.toml", 1, text)
            found.setdefault(key, {})[meaning] = None

    for form in forms:
        for table in form.tables:
            parts = (table.lines, table.columns, table.groups, table.column_groups)
            for axis, items in zip(_AXES, parts, strict=False):
                for item in items:
                    add(item.zh, Meaning(form.id, table.id, axis, item.id), None)
            for corner in table.corner:
                add(corner, Meaning(form.id, table.id, "corner", ""), None)
    known = {meaning for meanings in found.values() for meaning in meanings}
    for entry in read_csv(path, _LABEL_COLUMNS) if path.exists() else []:
        if entry.text("axis") not in _AXES:
            raise entry.fault(f"axis '{entry.text('axis')}' is none of {', '.join(_AXES)}")
        meanings = [
            meaning
            for form in forms
            if entry.text("form") in ("*", form.id)
            and (meaning := Meaning(form.id, entry.text("table"), entry.text("axis"), entry.text("id"))) in known
        ]
        if not meanings:
            raise entry.fault(f"no form has {entry.text('axis')} '{entry.text('id')}' in table '{entry.text('table')}'")
        for meaning in meanings:
            add(entry.text("label"), meaning, entry)
    return {key: tuple(meanings) for key, meanings in found.items()}


def _told_apart(forms: tuple[Form, ...], meaning: Meaning) -> bool:
    """Lines of different groups may bear one label: what stands above tells them apart."""
    if meaning.axis != "line":
        return False
    table = next(form for form in forms if form.id == meaning.form).table(meaning.table)
    same = [line for line in table.lines if set(label_keys(line.zh)) & set(label_keys(table.line(meaning.id).zh))]
    return len({line.group for line in same}) == len(same) > 1


def _sections(folder: Path) -> dict[str, str]:
    path = folder / "sections.toml"
    if not path.exists():
        return {}
    file = read_toml(path)
    found: dict[str, str] = {}
    for entry in file.entries(file.data.get("sections", []), "sections"):
        entry.check_keys({"id", "labels"}, set())
        for label in entry.texts("labels"):
            for key in label_keys(label):
                if found.setdefault(key, entry.text("id")) != entry.text("id"):
                    raise entry.fault(f"heading '{label}' means two sections", "labels")
    return found
