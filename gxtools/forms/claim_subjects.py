"""Loads ``claims.toml``: the statements of prose that count something, as patterns that are verified and compiled.

Every fault is a ``FormError`` with file and line: an unknown key, word or topic, a pattern that does not compile, a
subject of three parts that no form has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gxtools.errors import FormError
from gxtools.forms.loading import SHIPPED, load_forms
from gxtools.forms.model import Form, Forms
from gxtools.forms.sources import Entry, TomlFile, read_toml

# Each unit word has a character of its own, which stands for a figure in that unit; these stand for the rest.
_FIRST, _LAST = "\ue000", "\uf8ff"
ZERO, OTHER, WHOLE, PERCENT = "\uf000", "\uf001", "\uf002", "\uf003"
FIGURES = f"{_FIRST}-{_LAST}"

_WORD = re.compile(r"\{([a-z_]+)\}")
_EXAMPLE = re.compile(r"(?:\[(\d{4})\] )?(.+?) => (.+)")
_EXAMPLE_YEAR = 2020
# Where a clause begins, a word or two before what governs it.
_OPENS = "[,;。:(](?:[一二三四五六七八九十]是|在|从|截至|截止|到)?"
_CONDITIONS = ("after", "not_after", "before", "not_before")


class Expected(NamedTuple):
    """An example of the data file: in a report of ``year`` the sentence states just these figures."""

    year: int
    sentence: str
    claims: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class ReadingRule:
    """One way to understand a statement: the subjects that it gives and the conditions under which it holds."""

    subjects: tuple[str, ...]
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    follows: tuple[str, ...]
    part: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """Patterns with the readings that they admit, in order of preference. ``unit`` is ``count`` or ``10k_cny``."""

    unit: str
    zero: bool
    readings: tuple[ReadingRule, ...]
    examples: tuple[Expected, ...]
    counter_examples: tuple[Expected, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Topic:
    """One expression for all statements of a topic; ``words`` must be met before it is tried at all.

    Its first group is empty and stands where the opening words end; that of ``statements[i]`` is ``i + 2``, empty too.
    """

    id: str
    words: re.Pattern[str]
    expression: re.Pattern[str]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ClaimSubjects:
    """Everything of ``claims.toml``, ready to match. ``units`` gives the character for a figure in a unit word.

    ``scope_time`` and ``scope_body`` find what governs the clauses after it; group 1 matches what is not the report's own.
    """

    units: Mapping[str, str]
    topics: tuple[Topic, ...]
    scope_time: re.Pattern[str]
    scope_body: re.Pattern[str]
    part: re.Pattern[str]
    whole_area: re.Pattern[str]


def subjects_of(form: Form) -> frozenset[str]:
    """The subjects of three parts that a form has: its cells, and the totals of its groups of lines and columns."""
    found = {f"{cell.table}.{cell.line}.{cell.column}" for cell in form.cells}
    for table in form.tables:
        for group in table.groups:
            lines = [table.line(id) for id in table.members(group.id)]
            found |= {f"{table.id}.{group.id}.{column}" for line in lines for column in line.columns}
        found |= {f"{table.id}.{line.id}.{group.id}" for group in table.column_groups for line in table.lines}
    return frozenset(found)


@cache
def load_claim_subjects(path: Path = SHIPPED / "claims.toml") -> ClaimSubjects:
    """Load and verify the shipped statements, or those of another file, against the shipped forms."""
    file = read_toml(path)
    file.entry(file.data).check_keys({"units", "vocabulary", "neutral", "scope", "topics", "statements"}, set())
    return _Loader(file, load_forms()).load()


class _Loader:
    """The words and units of one file while its statements are put together."""

    def __init__(self, file: TomlFile, forms: Forms) -> None:
        self.file = file
        self.known = frozenset().union(*(subjects_of(form) for form in forms.all))
        entry = self._entry("units")
        self.sets = {name: entry.texts(name) for name in entry.values}
        longest_first = sorted({word for set in self.sets.values() for word in set}, key=lambda word: (-len(word), word))
        self.units = {word: chr(ord(_FIRST) + index) for index, word in enumerate(longest_first)}
        self.words = {"other": f"[{FIGURES}]", "whole": WHOLE}
        entry = self._entry("vocabulary")
        for name in entry.values:
            self.words[name] = f"(?:{self.expand(entry.text(name), entry, name)})"

    def load(self) -> ClaimSubjects:
        scope = self._entry("scope")
        scope.check_keys({"part", "whole_area", "own_time", "other_time", "own_body", "other_body"}, set())
        neutral = self._entry("neutral")
        neutral.check_keys({"words", "followers"}, set())
        opening = f"(?>(?:{self._choice(neutral, 'words')})*)"
        # After a figure the text may go on; after a word it might go on with what changes its meaning (行政复议、诉讼).
        closing = f"(?:(?<=[{FIGURES}])(?=[、与占和及]|{self._choice(neutral, 'followers')})|(?=$|[,:;()]|其中|均|全部|已))"
        topics = self._entry("topics")
        statements: dict[str, list[tuple[str, Statement]]] = {id: [] for id in topics.values}
        for entry in self.file.entries(self.file.data["statements"], "statements"):
            topic, pattern, statement = self._statement(entry, statements)
            statements[topic].append((pattern, statement))
        return ClaimSubjects(
            units=self.units,
            topics=tuple(
                Topic(
                    id=id,
                    words=self.compile(topics.text(id), topics, id),
                    expression=re.compile(f"{opening}()(?:{'|'.join(f'(?:{pattern})()' for pattern, _ in found)}){closing}"),
                    statements=tuple(statement for _, statement in found),
                )
                for id, found in statements.items()
            ),
            scope_time=re.compile(
                f"{_OPENS}(?:(?:本年|今年)?[度的]?({self._choice(scope, 'other_time')})|(?:{self._choice(scope, 'own_time')}))"
            ),
            scope_body=re.compile(
                f"{_OPENS.replace('(', '', 1)}(?:{self._choice(scope, 'own_body')}|({self.compile(scope.text('other_body'), scope, 'other_body').pattern}))"
            ),
            part=self.compile(scope.text("part"), scope, "part"),
            whole_area=self.compile(scope.text("whole_area"), scope, "whole_area"),
        )

    def expand(self, text: str, entry: Entry, key: str) -> str:
        """The pattern with its words put in; what may be anything but some marks is never a figure either."""

        def word(match: re.Match[str]) -> str:
            if match[1] not in self.words:
                raise entry.fault(f"no word '{{{match[1]}}}' in the vocabulary", key)
            return self.words[match[1]]

        return _WORD.sub(word, text).replace("[^", f"[^{FIGURES}")

    def compile(self, text: str, entry: Entry, key: str) -> re.Pattern[str]:
        try:
            pattern = re.compile(self.expand(text, entry, key))
        except re.error as error:
            raise entry.fault(f"'{text}' is no pattern: {error}", key) from error
        if pattern.groups:
            raise entry.fault(f"'{text}' holds a capturing group; write (?:…)", key)
        return pattern

    def _entry(self, header: str) -> Entry:
        return self.file.entry(self.file.data[header], header)

    def _choice(self, entry: Entry, key: str) -> str:
        return "|".join(self.compile(text, entry, key).pattern for text in entry.texts(key))

    def _statement(self, entry: Entry, topics: Mapping[str, object]) -> tuple[str, str, Statement]:
        entry.check_keys({"topic", "patterns", "readings", "examples", "counter_examples"}, {"units", "zero"})
        topic, zero = entry.text("topic"), entry.values.get("zero") is True
        if topic not in topics:
            raise entry.fault(f"topic '{topic}' is none of {', '.join(topics)}", "topic")
        if zero == ("units" in entry.values):
            raise entry.fault("states either 'units' or 'zero = true'")
        unit = "" if zero else entry.text("units")
        if unit and unit not in self.sets:
            raise entry.fault(f"units '{unit}' are none of {', '.join(self.sets)}", "units")
        figure = f"[{''.join(self.units[word] for word in self.sets.get(unit, ()))}{ZERO}]"
        patterns = []
        for text in entry.texts("patterns"):
            if text.count("{n}") != (0 if zero else 1):
                raise entry.fault(f"'{text}' must hold {'no' if zero else 'one'} {{n}}", "patterns")
            patterns.append(self.compile(text.replace("{n}", figure), entry, "patterns").pattern)
        return topic, "|".join(patterns), Statement(
            unit="10k_cny" if unit == "money" else "count",
            zero=zero,
            readings=self._readings(entry),
            examples=tuple(self._example(text, entry, "examples") for text in entry.texts("examples")),
            counter_examples=tuple(
                self._example(f"{text} => nothing", entry, "counter_examples")
                for text in entry.texts("counter_examples")
            ),
            line=entry.line,
        )

    def _readings(self, entry: Entry) -> tuple[ReadingRule, ...]:
        readings = []
        for values in entry.values["readings"]:
            reading = Entry(values, entry.file, entry.line, entry.lines)
            try:
                reading.check_keys(set(), {"subject", "subjects", "follows", "part", *_CONDITIONS})
            except FormError as error:
                raise entry.fault(error.wrong, "readings") from error
            subjects = reading.texts("subjects") or (reading.text("subject"),)
            follows = reading.texts("follows")
            for subject in (*subjects, *follows):
                self._check_subject(subject, follows, entry)
            readings.append(
                ReadingRule(
                    subjects,
                    *(self.compile(values[key], entry, "readings") if key in values else None for key in _CONDITIONS),
                    follows=follows,
                    part=values.get("part") is True,
                )
            )
        return tuple(readings)

    def _check_subject(self, subject: str, follows: tuple[str, ...], entry: Entry) -> None:
        """A subject of three parts stands in some form, whatever claim it follows; any other is a bare name."""
        lines = {head.rpartition(".")[0] for head in follows if "{" not in head}
        for full in {subject.replace("{line}", line) for line in lines} if "{line}" in subject else {subject}:
            if full not in self.known and not re.fullmatch(r"[a-z][a-z0-9_]*", full):
                raise entry.fault(f"subject '{full}' is neither in a form nor a name of its own", "readings")

    def _example(self, text: str, entry: Entry, key: str) -> Expected:
        match = _EXAMPLE.fullmatch(text)
        if match is None:
            raise entry.fault(f"'{text}' is no example such as 'sentence => subject 3, subject 4'", key)
        claims = [part.rpartition(" ") for part in match[3].split(", ")] if match[3] != "nothing" else []
        return Expected(
            int(match[1] or _EXAMPLE_YEAR), match[2], tuple((subject, float(value)) for subject, _, value in claims)
        )
