"""What printed texts mean in one table of one form: looked up in the forms' labels, remembered by their characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from gxtools.forms import Form, Forms, Table, label_keys, printed_number

_REMEMBERED = 20_000
LONGEST_LABEL = 160
# Figures are many and no labels: they are told before anything is looked up, and never remembered.
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

# Labels that were seen, one bit for each line and column of each table of each form: joined and counted at once.
Marks = int


class Evidence(NamedTuple):
    """What a text speaks for: ``heads`` wherever it stands, ``lines`` where figures follow; ``known`` if a label.

    总计 and 其他 stand in too many places to speak for any.
    """

    heads: Marks
    lines: Marks
    known: bool


NO_EVIDENCE = Evidence(0, 0, False)

Meant = TypeVar("Meant")


class _Remembered(dict[str, Meant]):
    """Text -> what it means, worked out when first asked for. It begins anew when it has grown too large."""

    def __init__(self, work_out: Callable[[str], Meant], nothing: Meant) -> None:
        self._work_out, self._nothing = work_out, nothing

    def __missing__(self, text: str) -> Meant:
        if len(text) > LONGEST_LABEL or _WORDLESS.fullmatch(text):
            return self._nothing
        if len(self) >= _REMEMBERED:
            self.clear()
        meant = self[text] = self._work_out(text)
        return meant


class TableLexicon:
    """Printed text -> ``Label`` for one table of one form."""

    def __init__(self, forms: Forms, form: Form, table: Table) -> None:
        self.form = form
        self.table = table
        self.columns = tuple(column.id for column in table.columns)
        self.grouped = frozenset(column.id for column in table.columns if column.group is not None)
        # The form's own words for lines, their groups and columns.
        self.words = tuple(
            [line.label for line in table.lines]
            + [group.label for group in table.groups]
            + [column.zh for column in table.columns]
        )
        self.heads = frozenset(line.under for line in table.lines if line.under is not None)
        # Each cell's line and column, its unit and that of a figure which is printed bare, in printed order.
        self.cells = [((c.line, c.column), c.unit, table.default_units[c.line, c.column]) for c in table.cells]
        # The same lines and columns, by line and then by column.
        self.places: dict[str, dict[str, tuple[str, str]]] = {line.id: {} for line in table.lines}
        # The units of the cells of each line.
        self.units: dict[str, set[str]] = {line.id: set() for line in table.lines}
        for place, unit, _ in self.cells:
            self.places[place[0]][place[1]] = place
            self.units[place[0]].add(unit)
        self._forms = forms
        # The meanings of a text; ``NO_LABEL`` where it has none here.
        self.label: Callable[[str], Label] = _Remembered(self._look_up, NO_LABEL).__getitem__

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
        if not label.is_weak:
            return lines[0]
        line = self.table.line(lines[0])
        if line.group is None or line.group == near:
            return lines[0]
        number, own = printed_number(text), printed_number(line.label)
        if number is not None and number == own and not number.isdecimal():
            # （七）总计 among the parts of （三）, numbered 1. and 2., is the line （七） out of its place.
            return lines[0]
        if beside is not None or number not in (None, own):
            return None
        return lines[0]

    def _look_up(self, text: str) -> Label:
        whole, *shorter = label_keys(text) or ("",)
        label = self._meaning(whole)
        # 行政诉讼（复议后起诉） is a line: what stands in brackets behind a group is looked up before it is left out.
        if label is NO_LABEL and whole:
            label = self._in_group("".join(text.split()))
        for key in shorter:
            if label is NO_LABEL:
                label = self._meaning(key)
        return label

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
    """The lexicons of every table of every form, and what labels speak for."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.tables = {
            (form.id, table.id): TableLexicon(forms, form, table) for form in forms.all for table in form.tables
        }
        self.table_ids = tuple(dict.fromkeys(table.id for form in forms.all for table in form.tables))
        self._across = {table.id for form in forms.all for table in form.tables if table.layout == "lines_across"}
        self._groups = {group.zh for form in forms.all for table in form.tables for group in table.groups}
        self._bits: dict[tuple[str, str, str, str], Marks] = {}
        # Every mark of a form's table, those of its lines alone, and every mark of a table in whatever form.
        self.marks: dict[tuple[str, str], Marks] = dict.fromkeys(self.tables, 0)
        self.marks_of_lines: dict[tuple[str, str], Marks] = dict.fromkeys(self.tables, 0)
        self._marks_of_tables: dict[str, Marks] = dict.fromkeys(self.table_ids, 0)
        for form, table in self.tables:
            self._number(form, self.tables[form, table].table)
        # What a text speaks for.
        self.evidence: Callable[[str], Evidence] = _Remembered(self._weigh, NO_EVIDENCE).__getitem__

    def _number(self, form: str, table: Table) -> None:
        """Give each line and column of a form's table its bit."""
        for axis, items in (("line", table.lines), ("column", table.columns)):
            for item in items:
                bit = self._bits[form, table.id, axis, item.id] = 1 << len(self._bits)
                self.marks[form, table.id] |= bit
                self._marks_of_tables[table.id] |= bit
                if axis == "line":
                    self.marks_of_lines[form, table.id] |= bit

    def counts(self, marks: Marks, table: str) -> dict[str, int]:
        """By form, how many labels of a table are among the marks; forms of which there are none are left out."""
        if not marks & self._marks_of_tables[table]:
            return {}
        counted = {form.id: (marks & self.marks.get((form.id, table), 0)).bit_count() for form in self.forms.all}
        return {form: count for form, count in counted.items() if count}

    def only_table(self, marks: Marks) -> str | None:
        """The table that all the marks speak for; null where there are several, or none."""
        for table, own in self._marks_of_tables.items():
            if marks & own:
                return table if not marks & ~own else None
        return None

    def lacks_line(self, text: str, marks: Marks) -> bool:
        """Whether a text is the label of a line that stands across the heads of a table, of which the marks are heads
        of columns and no line."""
        own = self.evidence(text).heads
        for form, table in self.tables:
            lines = self.marks_of_lines[form, table]
            if table in self._across and own & lines:
                return marks & self.marks[form, table] & ~lines != 0 and not marks & lines
        return False

    def _weigh(self, text: str) -> Evidence:
        if not self._may_be_label(text):
            return NO_EVIDENCE
        heads = lines = 0
        known = False
        for form in self.forms.all:
            labels = [(table.id, self.tables[form.id, table.id].label(text)) for table in form.tables]
            known = known or any(label is not NO_LABEL for _, label in labels)
            meant = [(table, label) for table, label in labels if label.lines or label.column]
            if not meant:
                continue
            table, label = meant[0]
            if len(meant) > 1 or not (label.strong_line or label.strong_column):
                return Evidence(0, 0, True)
            if label.column is not None:
                heads |= self._bits[form.id, table, "column", label.column]
            elif table in self._across:
                heads |= self._bits[form.id, table, "line", label.lines[0]]
            else:
                lines |= self._bits[form.id, table, "line", label.lines[0]]
        return Evidence(heads, lines, known)

    def _may_be_label(self, text: str) -> bool:
        """Whether any form's table could know the text: most texts are in none, which one look tells."""
        keys = label_keys(text)
        if any(key in self.forms.labels for key in keys):
            return True
        joined = "".join(text.split())
        return bool(keys) and any(group in joined for group in self._groups)

    def labelled(self, texts: Sequence[str]) -> list[int]:
        """The places of the texts that are a label of some form."""
        evidence = self.evidence
        return [index for index, text in enumerate(texts) if not text.isdecimal() and evidence(text).known]

    def marks_of_row(self, texts: Sequence[str], labelled: Sequence[int] | None = None) -> Marks:
        """What the cells of a row speak for. A label of a line counts where it is the last label and cells follow:

        （六）其他处理 is a line of one form and a mere group in another, where the labels of its lines follow it.
        """
        found = 0
        places = self.labelled(texts) if labelled is None else labelled
        for index in places:
            found |= self.evidence(texts[index]).heads
        if places and places[-1] + 1 < len(texts):
            found |= self.evidence(texts[places[-1]]).lines
        return found


@lru_cache(maxsize=8)
def lexicon(forms: Forms) -> Lexicon:
    """The lexicon of a set of forms, built once."""
    return Lexicon(forms)
