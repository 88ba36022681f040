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
from gxtools.forms.openings import ANY, opening_characters
from gxtools.forms.sources import Entry, TomlFile, read_toml

# Each unit word has a character of its own, which stands for a figure in that unit; these stand for the rest.
_FIRST, _LAST = "\ue000", "\uf8ff"
ZERO, OTHER, WHOLE, PERCENT = "\uf000", "\uf001", "\uf002", "\uf003"
FIGURES = f"{_FIRST}-{_LAST}"

_WORD = re.compile(r"\{([a-z_]+)\}")
_EXAMPLE = re.compile(r"(?:\[(\d{4})\] )?(.+?) => (.+)")
_EXAMPLE_YEAR = 2020
# Where a statement may begin: after a mark, or after a word that joins it to a figure.
_MARK = rf"[,:;()。、和及与并](?:(?<![、和及与并])|(?<=[{FIGURES}].))"
# What may come before the words that name a time or a body.
_LEADS = "(?:[一二三四五六七八九十]是|在|从|截至|截止|到)?"
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

    def covers(self, subject: str) -> bool:
        """Whether a claim on ``subject`` may come of this reading, ``{line}`` being that of the claim it follows."""
        return subject in {own.replace("{line}", subject.rpartition(".")[0]) for own in self.subjects}


@dataclass(frozen=True, slots=True)
class Statement:
    """Patterns with the readings that they admit, in order of preference.

    ``topic`` is the table of the forms that it speaks of; ``openings`` are the characters with which ``pattern`` can
    begin; ``zero`` is true where the words themselves state none; ``unit`` is ``count`` or ``10k_cny``; ``line`` is
    that of the file.
    """

    topic: str
    pattern: str
    openings: frozenset[str]
    unit: str
    zero: bool
    readings: tuple[ReadingRule, ...]
    examples: tuple[Expected, ...]
    counter_examples: tuple[Expected, ...]
    line: int


class Choice(NamedTuple):
    """Statements as one expression; the empty group ``i + 1`` tells that it was ``statements[i]``."""

    expression: re.Pattern[str]
    statements: tuple[Statement, ...]


class StatementIndex:
    """The statements by the character with which they can begin; expressions are compiled when first asked for."""

    def __init__(self, statements: tuple[Statement, ...], goes_on: str) -> None:
        self.statements = statements
        self._closing = goes_on
        self._by_character: dict[str, Choice | None] = {}

    def beginning(self, character: str) -> Choice | None:
        """The statements that can begin with a character, null where none can."""
        key = _FIRST if character >= _FIRST else character
        if key not in self._by_character:
            self._by_character[key] = self._choice(key)
        return self._by_character[key]

    def _choice(self, character: str) -> Choice | None:
        found = tuple(s for s in self.statements if character in s.openings or ANY in s.openings)
        if not found:
            return None
        patterns = "|".join(f"(?:{statement.pattern})()" for statement in found)
        return Choice(re.compile(f"(?:{patterns}){self._closing}"), found)


@dataclass(frozen=True, slots=True)
class ClaimSubjects:
    """Everything of ``claims.toml``, ready to match. ``units`` gives the character for a figure in a unit word.

    ``opening`` matches a mark with the words after it that change nothing, where the clause counts something; a
    statement may stand at its end. ``scope_time`` and ``scope_body`` find what governs the clauses after it; group 1
    matches what is not the report's own. ``equivalents`` name a subject in a form that counts the same elsewhere.
    """

    units: Mapping[str, str]
    equivalents: Mapping[str, str]
    opening: re.Pattern[str]
    index: StatementIndex
    scope_time: re.Pattern[str]
    scope_body: re.Pattern[str]
    part: re.Pattern[str]
    whole_area: re.Pattern[str]
    cumulative: re.Pattern[str]


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
    file.entry(file.data).check_keys({"units", "equivalents", "vocabulary", "neutral", "scope", "statements"}, set())
    return _Loader(file, load_forms()).load()


class _Loader:
    """The words and units of one file while its statements are put together."""

    def __init__(self, file: TomlFile, forms: Forms) -> None:
        self.file = file
        self.known = frozenset().union(*(subjects_of(form) for form in forms.all))
        self.tables = {table.id for form in forms.all for table in form.tables}
        entry = self._entry("units")
        self.sets = {name: entry.texts(name) for name in entry.values}
        words = dict.fromkeys(word for set in self.sets.values() for word in set)
        # A bare 0 has no unit word.
        self.units = {"": ZERO} | {word: chr(ord(_FIRST) + index) for index, word in enumerate(words)}
        self.words = {"other": f"[{FIGURES}]", "whole": WHOLE}
        entry = self._entry("vocabulary")
        for name in entry.values:
            self.words[name] = f"(?:{self.expand(entry.text(name), entry, name)})"

    def load(self) -> ClaimSubjects:
        scope = self._entry("scope")
        scope.check_keys(
            {"part", "whole_area", "cumulative", "own_time", "other_time", "own_body", "other_body"}, set()
        )
        neutral = self._entry("neutral")
        neutral.check_keys({"words", "followers"}, set())
        statements = tuple(self._statement(e) for e in self.file.entries(self.file.data["statements"], "statements"))
        counted = "".join(self.units.values()) + "未没无零"
        own_time, other_time, own_body = (self._choice(scope, key) for key in ("own_time", "other_time", "own_body"))
        other_body = self.expand(scope.text("other_body"), scope, "other_body")
        return ClaimSubjects(
            units=self.units,
            equivalents=self._equivalents(),
            opening=re.compile(f"{_MARK}(?=[^,:;]*[{counted}])(?>(?:{self._choice(neutral, 'words')})*)"),
            # After a figure the text may go on; after a word it might go on with what changes its meaning.
            index=StatementIndex(
                statements,
                f"(?:(?<=[{FIGURES}])(?=[、与占和及]|{self._choice(neutral, 'followers')})"
                "|(?=$|[,:;()]|其中|均|全部|已))",
            ),
            scope_time=re.compile(rf"[,;。:(]{_LEADS}(?:(?:本年|今年)?[度的]?({other_time})|(?:{own_time}))"),
            scope_body=re.compile(rf"[,;。:]{_LEADS}(?:(?:{own_time})度?)*(?:{own_body}|({other_body}))"),
            part=self.compile(scope.text("part"), scope, "part"),
            whole_area=self.compile(scope.text("whole_area"), scope, "whole_area"),
            cumulative=self.compile(scope.text("cumulative"), scope, "cumulative"),
        )

    def _equivalents(self) -> dict[str, str]:
        entry = self._entry("equivalents")
        found = {subject: entry.text(subject) for subject in entry.values}
        for subject in (*found, *found.values()):
            if subject not in self.known:
                raise entry.fault(f"subject '{subject}' is in no form", subject)
        return found

    def expand(self, text: str, entry: Entry, key: str) -> str:
        """The pattern with its words put in; what may be anything but some marks is never a figure either.

        It is tried with its words left out: each was tried when it was named, and to compile them all takes its time.
        """

        def word(match: re.Match[str]) -> str:
            if match[1] == "n":
                return match[0]
            if match[1] not in self.words:
                raise entry.fault(f"no word '{{{match[1]}}}' in the vocabulary", key)
            return self.words[match[1]]

        try:
            groups = re.compile(_WORD.sub("(?:x)", text)).groups
        except re.error as error:
            raise entry.fault(f"'{text}' is no pattern: {error}", key) from error
        if groups:
            raise entry.fault(f"'{text}' holds a capturing group; write (?:…)", key)
        return _WORD.sub(word, text).replace("[^", f"[^{FIGURES}")

    def compile(self, text: str, entry: Entry, key: str) -> re.Pattern[str]:
        return re.compile(self.expand(text, entry, key))

    def _entry(self, header: str) -> Entry:
        return self.file.entry(self.file.data[header], header)

    def _choice(self, entry: Entry, key: str) -> str:
        return "|".join(self.expand(text, entry, key) for text in entry.texts(key))

    def _statement(self, entry: Entry) -> Statement:
        entry.check_keys({"topic", "patterns", "readings", "examples", "counter_examples"}, {"units", "zero"})
        topic, zero = entry.text("topic"), entry.values.get("zero") is True
        if topic not in self.tables:
            raise entry.fault(f"topic '{topic}' is no table of the forms: {', '.join(sorted(self.tables))}", "topic")
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
            patterns.append(self.expand(text, entry, "patterns").replace("{n}", figure))
        return Statement(
            topic=topic,
            pattern="|".join(patterns),
            openings=self._openings(patterns, entry),
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

    def _openings(self, patterns: list[str], entry: Entry) -> frozenset[str]:
        """The first characters of the patterns, which also finds what is wrong with them; all figures count as one."""
        found: set[str] = set()
        for pattern in patterns:
            try:
                found |= opening_characters(pattern)
            except ValueError as error:
                raise entry.fault(f"a pattern {error}", "patterns") from error
        return frozenset(_FIRST if character >= _FIRST else character for character in found)

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
            after, not_after, before, not_before = (
                self.compile(reading.text(key), entry, "readings") if key in values else None for key in _CONDITIONS
            )
            part = values.get("part") is True
            readings.append(ReadingRule(subjects, after, not_after, before, not_before, follows, part))
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
