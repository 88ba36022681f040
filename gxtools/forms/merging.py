"""A vintage that ``extends`` another states only what changed; this puts the two together, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gxtools.forms.sources import Entry, TomlFile

_TOP = {"id", "zh", "en", "document", "first_year"}
_TOP_OPTIONAL = {"extends", "last_year", "lenient_years", "remove_rules", "tables", "rules"}
_PARTS = ("groups", "column_groups", "columns", "lines")


@dataclass
class TableSource:
    """The entries of one table, merged."""

    top: Entry
    groups: list[Entry]
    column_groups: list[Entry]
    columns: list[Entry]
    lines: list[Entry]


@dataclass
class FormSource:
    """The entries of one form, merged with those of the form that it extends."""

    top: Entry
    tables: dict[str, TableSource]
    rules: list[Entry]


def merged_sources(files: list[TomlFile]) -> list[FormSource]:
    """Every file as one whole form. ``FormError`` for an unknown base, an id that stands in two files, a ring."""
    by_id: dict[str, TomlFile] = {}
    for file in files:
        top = _top(file)
        if top.text("id") in by_id:
            raise top.fault(f"id '{top.text('id')}' stands in {by_id[top.text('id')].path.name} too", "id")
        by_id[top.text("id")] = file
    return [_merged(id, by_id, ()) for id in by_id]


def _top(file: TomlFile) -> Entry:
    top = file.entry(file.data)
    top.check_keys(_TOP, _TOP_OPTIONAL)
    return top


def _merged(id: str, files: dict[str, TomlFile], above: tuple[str, ...]) -> FormSource:
    file = files[id]
    top = _top(file)
    base_id = top.values.get("extends")
    base = FormSource(top, {}, [])
    if base_id is not None:
        if base_id in (*above, id) or base_id not in files:
            raise top.fault(f"extends '{base_id}', which is {'itself' if base_id in files else 'no form'}", "extends")
        base = _merged(base_id, files, (*above, id))
    tables = dict(base.tables)
    for table_id, values in file.data.get("tables", {}).items():
        tables[table_id] = _table(file, table_id, values, tables.get(table_id))
    rules = _without(base.rules, top)
    stated: set[tuple[str, str]] = set()
    for entry in file.entries(file.data.get("rules", []), "rules"):
        rule = (entry.text("id"), entry.text("part", ""))
        if rule in stated:
            raise entry.fault(f"rule '{rule[0]}' stands twice; tell them apart by a 'part'", "id")
        stated.add(rule)
        rules = _with(rules, entry, ("id", "part"))
    # A rule of the base whose table this form dropped a term from must be stated anew, or removed: loading finds the
    # missing term.
    return FormSource(top, tables, rules)


def _without(rules: list[Entry], top: Entry) -> list[Entry]:
    """The rules of the base but those that this form removes."""
    removed = top.texts("remove_rules")
    known = {entry.text("id") for entry in rules}
    for id in removed:
        if id not in known:
            raise top.fault(f"'{id}' in 'remove_rules' is no rule of the form that it extends", "remove_rules")
    return [entry for entry in rules if entry.text("id") not in removed]


def _table(file: TomlFile, id: str, values: dict[str, object], base: TableSource | None) -> TableSource:
    header = f"tables.{id}"
    own = {key: value for key, value in values.items() if key not in _PARTS}
    top = file.entry(own, header)
    if base is None or top.flag("replace"):
        base = TableSource(top, [], [], [], [])
    else:
        top = replace(top, values={**base.top.values, **own})
    # What the base did to its own base is done.
    removed = top.texts("remove_lines") if "remove_lines" in own else ()
    for line in removed:
        if line not in {entry.text("id") for entry in base.lines}:
            raise top.fault(f"'{line}' in 'remove_lines' is no line of the form that it extends", "remove_lines")
    parts = {part: list(getattr(base, part)) for part in _PARTS}
    parts["lines"] = [entry for entry in parts["lines"] if entry.text("id") not in removed]
    for part in _PARTS:
        before = {entry.text("id") for entry in parts[part]}
        stated: set[str] = set()
        for entry in file.entries(values.get(part, []), f"{header}.{part}"):  # type: ignore[arg-type]
            entry_id = entry.text("id")
            if entry_id in stated:
                raise entry.fault(f"id '{entry_id}' stands twice", "id")
            stated.add(entry_id)
            parts[part] = _with(parts[part], entry, ("id",) if entry_id in before else ())
    return TableSource(top, **parts)


def _with(entries: list[Entry], entry: Entry, keys: tuple[str, ...]) -> list[Entry]:
    """The entries with one more: laid over that of the same ``keys``, else ``after`` its neighbour, else last."""
    for index, old in enumerate(entries):
        if keys and all(old.values.get(key) == entry.values.get(key) for key in keys):
            laid = replace(entry, values={**old.values, **entry.values})
            return [*entries[:index], laid, *entries[index + 1 :]]
    after = entry.values.get("after")
    if after is None:
        return [*entries, entry]
    for index, old in enumerate(entries):
        if old.values.get("id") == after:
            return [*entries[: index + 1], entry, *entries[index + 1 :]]
    raise entry.fault(f"no '{after}' to stand after", "after")
