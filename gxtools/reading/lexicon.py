"""What printed texts mean in one table of one form: looked up in the forms' labels, remembered by their characters."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from gxtools.forms import Form, Forms, Table, label_keys

_REMEMBERED = 20_000
_LONGEST_LABEL = 160


class Label(NamedTuple):
    """The meanings of one printed text within one table. ``lines`` holds several ids where groups tell them apart."""

    lines: tuple[str, ...]
    column: str | None
    group: str | None
    column_group: str | None
    corner: bool

    @property
    def strong_line(self) -> bool:
        """A line of the table and nothing else: 总计 and 其他 are columns as well."""
        return bool(self.lines) and self.column is None

    @property
    def strong_column(self) -> bool:
        """A column of the table and nothing else."""
        return self.column is not None and not self.lines


NO_LABEL = Label((), None, None, None, False)


class TableLexicon:
    """Printed text -> ``Label`` for one table of one form."""

    def __init__(self, forms: Forms, form: Form, table: Table) -> None:
        self.form = form
        self.table = table
        self.columns = tuple(column.id for column in table.columns)
        self._forms = forms
        self._seen: dict[str, Label] = {}

    def label(self, text: str) -> Label:
        """The meanings of a text; ``NO_LABEL`` where it has none here."""
        found = self._seen.get(text)
        if found is None:
            found = self._look_up(text) if len(text) <= _LONGEST_LABEL else NO_LABEL
            if len(self._seen) < _REMEMBERED and len(text) <= _LONGEST_LABEL:
                self._seen[text] = found
        return found

    def _look_up(self, text: str) -> Label:
        for key in label_keys(text):
            axes: dict[str, list[str]] = {}
            for meaning in self._forms.labels.get(key, ()):
                if meaning.form == self.form.id and meaning.table == self.table.id:
                    axes.setdefault(meaning.axis, []).append(meaning.id)
            if axes:
                return Label(
                    tuple(axes.get("line", ())),
                    _first(axes.get("column")),
                    _first(axes.get("group")),
                    _first(axes.get("column_group")),
                    "corner" in axes,
                )
        return NO_LABEL


def _first(ids: list[str] | None) -> str | None:
    return ids[0] if ids else None


class Lexicon:
    """The lexicons of every table of every form."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.tables = {
            (form.id, table.id): TableLexicon(forms, form, table) for form in forms.all for table in form.tables
        }
        self.table_ids = tuple(dict.fromkeys(table.id for form in forms.all for table in form.tables))
        self._evidence: dict[str, tuple[tuple[str, str, str], ...]] = {}

    def evidence(self, text: str) -> tuple[tuple[str, str, str], ...]:
        """What a text speaks for: ``(form, table, mark)`` for each label that means one thing in its table.

        总计 and 其他 stand in too many places to speak for any.
        """
        found = self._evidence.get(text)
        if found is None:
            found = self._weigh(text) if len(text) <= _LONGEST_LABEL else ()
            if len(self._evidence) < _REMEMBERED and len(text) <= _LONGEST_LABEL:
                self._evidence[text] = found
        return found

    def _weigh(self, text: str) -> tuple[tuple[str, str, str], ...]:
        found = []
        for form in self.forms.all:
            labels = [(table.id, self.tables[form.id, table.id].label(text)) for table in form.tables]
            meant = [(table, label) for table, label in labels if label.lines or label.column]
            if len(meant) == 1 and (meant[0][1].strong_line or meant[0][1].strong_column):
                table, label = meant[0]
                mark = f"line {label.lines[0]}" if label.lines else f"column {label.column}"
                found.append((form.id, table, mark))
        return tuple(found)


@lru_cache(maxsize=8)
def lexicon(forms: Forms) -> Lexicon:
    """The lexicon of a set of forms, built once."""
    return Lexicon(forms)
