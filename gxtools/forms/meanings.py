"""What each printed label means in each form, and which section a heading begins. Two meanings are refused."""

from __future__ import annotations

from pathlib import Path

from gxtools.forms.labels import damaged_keys, label_keys
from gxtools.forms.merging import FormSource
from gxtools.forms.model import Form, Meaning
from gxtools.forms.sources import Entry, read_csv, read_toml

_COLUMNS = ("form", "table", "axis", "id", "label", "address")
_AXES = ("line", "column", "group", "column_group", "corner")


def meanings_of_labels(
    forms: tuple[Form, ...], sources: list[FormSource], variants: Path
) -> dict[str, tuple[Meaning, ...]]:
    """Spelling of a label -> its meanings, from the forms' own labels and the printed variants of ``labels.csv``.

    ``FormError`` where a label has no words, stands for nothing, or means two things that nothing tells apart.
    """
    found: dict[str, dict[Meaning, None]] = {}
    taken: dict[tuple[str, str, str, str], str] = {}

    def add(label: str, meaning: Meaning, entry: Entry) -> None:
        keys = label_keys(label)
        if not keys:
            raise entry.fault(f"label '{label}' has no words", "zh")
        for key in (*keys, *damaged_keys(label)):
            slot = (meaning.form, meaning.table, meaning.axis, key)
            if taken.setdefault(slot, meaning.id) != meaning.id and not _told_apart(forms, meaning):
                raise entry.fault(f"label '{label}' means both '{taken[slot]}' and '{meaning.id}'", "zh")
            found.setdefault(key, {})[meaning] = None

    for source in sources:
        form = source.top.text("id")
        for table, stated in source.tables.items():
            parts = (stated.lines, stated.columns, stated.groups, stated.column_groups)
            for axis, items in zip(_AXES, parts, strict=False):
                for item in items:
                    add(item.text("zh"), Meaning(form, table, axis, item.text("id")), item)
            for corner in stated.top.texts("corner"):
                add(corner, Meaning(form, table, "corner", ""), stated.top)
    known = {meaning for meanings in found.values() for meaning in meanings}
    for entry in read_csv(variants, _COLUMNS) if variants.exists() else []:
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
    """Lines of different groups, or under different lines, may bear one label: what stands above tells them apart."""
    if meaning.axis != "line":
        return False
    table = next(form for form in forms if form.id == meaning.form).table(meaning.table)
    same = [line for line in table.lines if set(label_keys(line.zh)) & set(label_keys(table.line(meaning.id).zh))]
    return len({(line.group, line.under) for line in same}) == len(same) > 1


def meanings_of_headings(path: Path) -> dict[str, str]:
    """Spelling of a heading -> the id of its section. ``FormError`` where a heading means two sections."""
    if not path.exists():
        return {}
    file = read_toml(path)
    file.entry(file.data).check_keys({"sections"}, set())
    found: dict[str, str] = {}
    for entry in file.entries(file.data["sections"], "sections"):
        entry.check_keys({"id", "labels"}, set())
        for label in entry.texts("labels"):
            for key in label_keys(label):
                if found.setdefault(key, entry.text("id")) != entry.text("id"):
                    raise entry.fault(f"heading '{label}' means two sections", "labels")
    return found
