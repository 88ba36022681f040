"""Matches the sentences of one paragraph with the statements of ``claims.toml`` and weighs what governs each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gxtools.forms.claim_subjects import FIGURES, PERCENT, WHOLE, ClaimSubjects, ReadingRule, Statement

# Any figure but a percentage.
_COUNTED = re.compile(f"[{FIGURES}](?<![{WHOLE}{PERCENT}])")
# How far back a word still says what a paragraph is about, its heading included.
_CONTEXT = 2000
_PART_OPENS = ("其中", "按申请人", "申请人")


class Stated(NamedTuple):
    """What a sentence states: a subject of ``claims.toml``, the place of its figure in the sentence, the unit.

    ``place`` is null where words state that there was none.
    """

    subject: str
    place: int | None
    unit: str


class _Done(NamedTuple):
    """A claim that was made, with its value and topic, the place of its figure, its end, and whether it was a part of
    another.
    """

    subject: str
    value: float
    topic: str
    place: int | None
    end: int
    part: bool


class _Match(NamedTuple):
    """A statement met in the paragraph's text from ``begin`` to ``end``; ``sentence`` is where its sentence begins."""

    statement: Statement
    sentence: int
    begin: int
    end: int


class Paragraph:
    """One paragraph, read sentence by sentence: a time set by one sentence governs those after it.

    ``known`` are the subjects of three parts that the year's form has; ``own_area`` tells whether the whole area (全市)
    is the body's own. ``weighed`` as soon as values, beyond whether they are whole, decide what is stated.
    """

    def __init__(self, data: ClaimSubjects, known: frozenset[str], heading: str, own_area: bool) -> None:
        self._data, self._known, self._own_area = data, known, own_area
        self.weighed = False
        self._text = "".join(heading.split())
        self._values: dict[int, float] = {}
        self._done: list[_Done] = []
        self._void = False
        # Where the text names a time that governs what follows, whether it is the report's own; how far that is known.
        self._times: list[tuple[int, bool]] = []
        self._timed = len(self._text)

    def pass_by(self, text: str) -> None:
        """Sentences that state nothing, in one spelling, each after its mark: context, which may set the time."""
        self._text += text
        self._done = []
        self._void = self._void and "。" not in text

    def read(self, body: str, values: Mapping[int, float], mark: str) -> list[Stated]:
        """What the next sentence states, in one spelling and with its exact ``values`` by their places; a statement on
        a pair of subjects gives two.

        ``mark`` is what ends the one before, ``。`` or ``;``: a semicolon ends neither the body that acts nor a list of
        parts whose whole is not known.
        """
        if not body.startswith(_PART_OPENS):
            self._done = []
        start = len(self._text) + 1
        self._text += mark + body
        self._values = {start + place: value for place, value in values.items()}
        void = self._void and mark == ";"
        stated: list[Stated] = []
        for match in self._matches(start) if not void else ():
            if self._own_time(match) and self._own_body(match):
                stated += self._claims(match)
        opened = self._data.part.search(self._text, start)
        self._void = void or (opened is not None and not self._is_known(opened.start(), start, None))
        return stated

    def _matches(self, start: int) -> Iterator[_Match]:
        """The statements that account for a clause from its beginning to the figure and on to the next mark."""
        text, done = self._text, start
        for opening in self._data.opening.finditer(text, start - 1):
            place = opening.end()
            if place == len(text) or opening.start() < done - 1:
                continue
            choice = self._data.index.beginning(text[place])
            if choice is None:
                continue
            found = choice.expression.match(text, place)
            if found is not None and found.lastindex is not None:
                done = found.end()
                yield _Match(choice.statements[found.lastindex - 1], start, place, done)

    def _own_time(self, match: _Match) -> bool:
        """Whether the time named last before the statement, in its sentence or an earlier one, is the report's own.

        Where none is named it is, but for what is counted up (累计) since some time.
        """
        if self._timed < len(self._text):
            found = self._data.scope_time.finditer(self._text, self._timed)
            self._times += ((time.start(), time[1] is None) for time in found)
            self._timed = len(self._text)
        for place, own in reversed(self._times):
            if place < match.begin:
                return own
        return self._data.cumulative.search(self._text, match.sentence, match.end) is None

    def _own_body(self, match: _Match) -> bool:
        """Whether the body named last before the statement as the one that acts, if any, is the report's own."""
        text, start = self._text, self._text.rfind("。", 0, match.sentence)
        if not self._own_area and self._data.whole_area.search(text, start, match.begin):
            return False
        own = True
        for body in self._data.scope_body.finditer(text, start, match.begin):
            own = body[1] is None
        return own

    def _claims(self, match: _Match) -> list[Stated]:
        place = next((place for place in self._values if match.begin <= place < match.end), None)
        value = self._values[place] if place is not None else 0.0
        if place is None and not match.statement.zero:
            return []
        if match.statement.unit == "count" and not value.is_integer():
            return []
        opened = self._data.part.search(self._text, match.sentence, match.begin)
        if opened is not None and not self._is_known(opened.start(), match.sentence, match.statement.topic):
            return []
        for reading in match.statement.readings:
            if (opened is not None and not reading.part) or not self._holds(reading, match):
                continue
            head = self._head(reading, match)
            if reading.follows and (head is None or (opened is not None and self._exceeds(value, head))):
                continue
            line = head.subject.rpartition(".")[0] if head is not None else ""
            subjects = [subject.replace("{line}", line) for subject in reading.subjects]
            if any("." in subject and subject not in self._known for subject in subjects):
                continue
            topic, part = match.statement.topic, opened is not None
            self._done += [_Done(subject, value, topic, place, match.end, part) for subject in subjects]
            within = place - match.sentence if place is not None else None
            return [Stated(subject, within, match.statement.unit) for subject in subjects]
        return []

    def _exceeds(self, value: float, head: _Done) -> bool:
        self.weighed = True
        return value > head.value

    def _is_known(self, opened: int, sentence: int, topic: str | None) -> bool:
        """Whether the whole of which 其中 takes parts is a claim, of the same topic if given, and no other figure."""
        text = self._text
        if _COUNTED.search(text, sentence, opened) is None and not text.startswith(_PART_OPENS, sentence):
            return True
        whole = next((done for done in reversed(self._done) if not done.part and done.end <= opened), None)
        return whole is not None and topic in (None, whole.topic) and self._accounted(whole.end, opened)

    def _accounted(self, begin: int, end: int) -> bool:
        """Whether every figure between two places is one of the claims made."""
        places = [done.place for done in self._done]
        return all(found.start() in places for found in _COUNTED.finditer(self._text, begin, end))

    def _holds(self, reading: ReadingRule, match: _Match) -> bool:
        text = self._text
        before = text[match.sentence - 1 : match.begin]
        return (
            (reading.after is None or reading.after.search(text[match.end :]) is not None)
            and (reading.not_after is None or reading.not_after.search(text, match.end) is None)
            and (
                reading.before is None
                or reading.before.search(text, max(0, match.end - _CONTEXT), match.end) is not None
            )
            and (reading.not_before is None or reading.not_before.search(before) is None)
        )

    def _head(self, reading: ReadingRule, match: _Match) -> _Done | None:
        """The claim that the reading continues, where nothing else was counted since but its own parts and columns."""
        for index in range(len(self._done) - 1, -1, -1):
            done = self._done[index]
            if done.subject in reading.follows:
                line = done.subject.rpartition(".")[0]
                between = self._done[index + 1 :]
                own = all(other.part or other.subject.startswith(line + ".") for other in between)
                return done if own and self._accounted(done.end, match.begin) else None
        return None
