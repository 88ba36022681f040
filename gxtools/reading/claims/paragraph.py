"""Matches the sentences of one paragraph with the statements of ``claims.toml`` and weighs what governs each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gxtools.forms.claim_subjects import FIGURES, PERCENT, WHOLE, ClaimSubjects, ReadingRule, Statement, Topic
from gxtools.reading.claims.spelling import with_figures

_CLAUSE = re.compile(rf"[,:;()]+|[{FIGURES}][、和及与并]?")
_PAUSE = re.compile("[,:;]")
# What a clause must hold to state anything: a figure, or a word for none.
_STATES = re.compile(f"[{FIGURES}未没无零]|不存在")
# Any figure but a percentage.
_COUNTED = re.compile(f"(?![{WHOLE}{PERCENT}])[{FIGURES}]")
_PART_OPENS = ("其中", "按申请人", "申请人")


class Stated(NamedTuple):
    """What a sentence states: a subject of ``claims.toml``, its value and unit."""

    subject: str
    value: float
    unit: str


class _Done(NamedTuple):
    """A claim that was made, with its topic, the place of its figure, its end, and whether it was a part of another."""

    stated: Stated
    topic: str
    place: int | None
    end: int
    part: bool


class _Match(NamedTuple):
    """A statement met in the paragraph's text from ``begin`` to ``end``; ``sentence`` is where its sentence begins."""

    statement: Statement
    topic: str
    sentence: int
    begin: int
    end: int


class Paragraph:
    """One paragraph, read sentence by sentence: a time set by one sentence governs those after it.

    ``known`` are the subjects of three parts that the year's form has; ``own_area`` whether the whole area (全市) is the
    body's own.
    """

    def __init__(self, data: ClaimSubjects, known: frozenset[str], heading: str, own_area: bool) -> None:
        self._data, self._known, self._own_area = data, known, own_area
        self._text = "".join(heading.split()) + "。"
        self._values: dict[int, float] = {}
        self._own_time = True
        self._done: list[_Done] = []

    def read(self, sentence: str, may_state: bool) -> Iterator[Stated]:
        """What the next sentence, in one spelling, states; one that cannot state anything may still set the time."""
        body, values = with_figures(sentence, self._data.units) if may_state else (sentence, {})
        if not body.startswith(_PART_OPENS):
            self._done = []
        start = len(self._text)
        self._text += body
        self._values = {start + place: value for place, value in values.items()}
        times = [(m.start(), m[1] is None) for m in self._data.scope_time.finditer(self._text, start - 1)]
        for match in self._matches(body, start) if may_state else ():
            own = next((is_own for place, is_own in reversed(times) if place < match.begin), self._own_time)
            if own and self._own_body(match):
                yield from self._claims(match)
        if times:
            self._own_time = times[-1][1]
        self._text += "。"

    def _matches(self, body: str, start: int) -> Iterator[_Match]:
        """The statements that account for a clause from its beginning to the figure and on to the next mark."""
        topics = [topic for topic in self._data.topics if topic.words.search(body)]
        done = start
        states = next(places := (match.start() for match in _STATES.finditer(self._text, start)), None)
        for opening in (start, *(match.end() for match in _CLAUSE.finditer(self._text, start))):
            while states is not None and states < opening:
                states = next(places, None)
            if opening < done or states is None or _PAUSE.search(self._text, opening, states) is not None:
                continue
            for topic in topics:
                found = topic.expression.match(self._text, opening)
                if found is not None and found.lastindex is not None:
                    done = found.end()
                    yield _Match(topic.statements[found.lastindex - 2], topic.id, start, found.start(1), done)
                    break

    def _own_body(self, match: _Match) -> bool:
        """Whether no other body than the report's own has been named, last before the statement, as the one that acts."""
        before = "。" + self._text[match.sentence : match.begin]
        if not self._own_area and self._data.whole_area.search(before):
            return False
        named = [found[1] is None for found in self._data.scope_body.finditer(before)]
        return not named or named[-1]

    def _claims(self, match: _Match) -> Iterator[Stated]:
        place = next((place for place in range(match.begin, match.end) if place in self._values), None)
        value = self._values[place] if place is not None else 0.0
        if match.statement.unit == "count" and not value.is_integer():
            return
        opened = self._data.part.search(self._text, match.sentence, match.begin)
        if opened is not None and not self._is_part(match, opened.start()):
            return
        for reading in match.statement.readings:
            if (opened is not None and not reading.part) or not self._holds(reading, match):
                continue
            head = self._head(reading, match)
            if reading.follows and (head is None or (opened is not None and value > head.value)):
                continue
            line = head.subject.rpartition(".")[0] if head is not None else ""
            subjects = [subject.replace("{line}", line) for subject in reading.subjects]
            if any("." in subject and subject not in self._known for subject in subjects):
                continue
            for subject in subjects:
                stated = Stated(subject, value, match.statement.unit)
                self._done.append(_Done(stated, match.topic, place, match.end, opened is not None))
                yield stated
            return

    def _is_part(self, match: _Match, opened: int) -> bool:
        """Whether the whole, of which 其中 takes parts, is a claim of the same topic and not some other figure before."""
        if _COUNTED.search(self._text, match.sentence, opened) is None and not self._text.startswith(
            _PART_OPENS, match.sentence
        ):
            return True
        whole = next((done for done in reversed(self._done) if not done.part and done.end <= opened), None)
        return whole is not None and whole.topic == match.topic and self._accounted(whole.end, opened)

    def _accounted(self, begin: int, end: int) -> bool:
        """Whether every figure between two places is one of the claims made."""
        places = [done.place for done in self._done]
        return all(found.start() in places for found in _COUNTED.finditer(self._text, begin, end))

    def _holds(self, reading: ReadingRule, match: _Match) -> bool:
        rest = self._text[match.end :]
        return (
            (reading.after is None or reading.after.search(rest) is not None)
            and (reading.not_after is None or reading.not_after.search(rest) is None)
            and (reading.before is None or reading.before.search(self._text, 0, match.end) is not None)
            and (reading.not_before is None or reading.not_before.search(self._text[: match.begin]) is None)
        )

    def _head(self, reading: ReadingRule, match: _Match) -> Stated | None:
        """The claim that the reading continues, where nothing else was counted since but its own parts and columns."""
        for index in range(len(self._done) - 1, -1, -1):
            done = self._done[index]
            if done.stated.subject in reading.follows:
                line = done.stated.subject.rpartition(".")[0]
                between = self._done[index + 1 :]
                own = all(other.part or other.stated.subject.startswith(line + ".") for other in between)
                return done.stated if own and self._accounted(done.end, match.begin) else None
        return None
