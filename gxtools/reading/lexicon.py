"""What printed texts mean in one table of one form: looked up in the forms' labels, remembered by their characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gxtools.forms import Form, Forms, Table, label_keys, printed_number

_REMEMBERED = 20_000
LONGEST_LABEL = 160
# Figures are many and no labels: they are told before anything is looked up or remembered.
_WORDLESS = re.compile(r"[\W\d_]*")


class Label(NamedTuple):
    """The meanings of one printed text within one table. ``lines`` holds several ids where groups tell them apart.

    ``strong_line`` and ``strong_column`` where it is a line or a column and nothing else: 总计 and 其他 are both.
    """

    lines: tuple[str, ...]
    column: str | None
    group: str | None
    column_group: str | None
    corner: bool
    strong_line: bool
    strong_column: bool

    @property
    def is_weak(self) -> bool:
        """A word that is a line and a column both, and so says little by itself."""
        return bool(self.lines) and not self.strong_line


NO_LABEL = Label((), None, None, None, False, False, False)


class Mark(NamedTuple):
    """One label of one form, seen: it speaks for that form and table. ``axis`` is ``line`` or ``column``."""

    form: str
    table: str
    axis: str
    id: str


class Evidence(NamedTuple):
    """What a text speaks for: ``heads`` wherever it stands, ``lines`` where figures follow; ``known`` if a label.

    总计 and 其他 stand in too many places to speak for any.
    """

    heads: tuple[Mark, ...]
    lines: tuple[Mark, ...]
    known: bool


NO_EVIDENCE = Evidence((), (), False)


class TableLexicon:
    """Printed text -> ``Label`` for one table of one form."""

    def __init__(self, forms: Forms, form: Form, table: Table) -> None:
        self.form = form
        self.table = table
        self.columns = tuple(column.id for column in table.columns)
        self.heads = frozenset(line.under for line in table.lines if line.under is not None)
        self._forms = forms
        self._seen: dict[str, Label] = {}

    def label(self, text: str) -> Label:
        """The meanings of a text; ``NO_LABEL`` where it has none here."""
        found = self._seen.get(text)
        if found is None:
            if _WORDLESS.fullmatch(text):
                return NO_LABEL
            found = self._look_up(text) if len(text) <= LONGEST_LABEL else NO_LABEL
            if len(self._seen) < _REMEMBERED and len(text) <= LONGEST_LABEL:
                self._seen[text] = found
        return found

    def line_of(self, text: str, beside: str | None, before: str | None) -> str | None:
        """The line that a label means, null where that is not certain.

        ``beside`` is the group whose label stands in the same row, ``before`` the group, or the line that heads
        others, last met. 其他 and 总计 are common words: where such a line's own group does not stand there,
        its number must be the form's.
        """
        label = self.label(text)
        lines = label.lines
        near = label.group or beside or before
        if len(lines) > 1:
            lines = tuple(id for id in lines if near in (self.table.line(id).under, self.table.line(id).group))
        if len(lines) != 1:
            return None
        line = self.table.line(lines[0])
        if not label.is_weak or line.group is None or line.group == near:
            return lines[0]
        number = printed_number(text)
        if beside is not None or number not in (None, printed_number(line.label)):
            return None
        return lines[0]

    def _look_up(self, text: str) -> Label:
        keys = label_keys(text)
        for key in keys:
            label = self._meaning(key)
            if label is not NO_LABEL:
                return label
        return self._in_group("".join(text.split())) if keys else NO_LABEL

    def _meaning(self, key: str) -> Label:
        axes: dict[str, list[str]] = {}
        for meaning in self._forms.labels.get(key, ()):
            if meaning.form == self.form.id and meaning.table == self.table.id:
                axes.setdefault(meaning.axis, []).append(meaning.id)
        if not axes:
            return NO_LABEL
        return Label(
            tuple(axes.get("line", ())),
            _first(axes.get("column")),
            _first(axes.get("group")),
            _first(axes.get("column_group")),
            "corner" in axes,
            "line" in axes and "column" not in axes,
            "column" in axes and "line" not in axes,
        )

    def _in_group(self, text: str) -> Label:
        """The line that a text names behind the name of its group, as （三）不予公开1.属于国家秘密 does."""
        for group in self.table.groups:
            before, name, rest = text.partition(group.zh)
            if not name or not rest or self._meaning(next(iter(label_keys(before + name)), "")).group != group.id:
                continue
            label = self._look_up(rest)
            if label.group is None:
                label = label._replace(lines=tuple(id for id in label.lines if self.table.line(id).group == group.id))
            if label.lines:
                return Label(label.lines, None, label.group or group.id, None, False, True, False)
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
        self._across = {table.id for form in forms.all for table in form.tables if table.layout == "lines_across"}
        self._evidence: dict[str, Evidence] = {}

    def evidence(self, text: str) -> Evidence:
        """What a text speaks for, remembered by its characters."""
        found = self._evidence.get(text)
        if found is None:
            if _WORDLESS.fullmatch(text):
                return NO_EVIDENCE
            found = self._weigh(text) if len(text) <= LONGEST_LABEL else NO_EVIDENCE
            if len(self._evidence) < _REMEMBERED and len(text) <= LONGEST_LABEL:
                self._evidence[text] = found
        return found

    def _weigh(self, text: str) -> Evidence:
        heads: list[Mark] = []
        lines: list[Mark] = []
        known = False
        for form in self.forms.all:
            labels = [(table.id, self.tables[form.id, table.id].label(text)) for table in form.tables]
            known = known or any(label is not NO_LABEL for _, label in labels)
            meant = [(table, label) for table, label in labels if label.lines or label.column]
            if not meant:
                continue
            table, label = meant[0]
            if len(meant) > 1 or not (label.strong_line or label.strong_column):
                return Evidence((), (), True)
            if label.column is not None:
                heads.append(Mark(form.id, table, "column", label.column))
            else:
                (heads if table in self._across else lines).append(Mark(form.id, table, "line", label.lines[0]))
        return Evidence(tuple(heads), tuple(lines), known)

    def labelled(self, texts: Sequence[str]) -> list[int]:
        """The places of the texts that are a label of some form."""
        evidence = self.evidence
        return [index for index, text in enumerate(texts) if evidence(text).known]

    def marks_of_row(self, texts: Sequence[str], labelled: Sequence[int] | None = None) -> set[Mark]:
        """What the cells of a row speak for. A label of a line counts where it is the last label and cells follow:

        （六）其他处理 is a line of one form and a mere group in another, where the labels of its lines follow it.
        """
        found: set[Mark] = set()
        places = self.labelled(texts) if labelled is None else labelled
        for index in places:
            found.update(self.evidence(texts[index]).heads)
        if places and places[-1] + 1 < len(texts):
            found.update(self.evidence(texts[places[-1]]).lines)
        return found


@lru_cache(maxsize=8)
def lexicon(forms: Forms) -> Lexicon:
    """The lexicon of a set of forms, built once."""
    return Lexicon(forms)
