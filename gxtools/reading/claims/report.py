"""The prose of a report -> its claims: lines that broke off are joined, headings kept in mind, paragraphs read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from gxtools.forms import forms
from gxtools.forms.claim_subjects import ClaimSubjects, load_claim_subjects, subjects_of
from gxtools.grids import TextLine
from gxtools.reading.claims.paragraph import Paragraph, Stated
from gxtools.reading.claims.spelling import spelling, with_figures
from gxtools.reading.memory import Memory

# Whether a text can hold a claim at all: a figure with its unit, or words for none. Like the next it begins with a
# plain set of characters, which makes the search cheap.
_TRIGGER = re.compile(
    r"[0-9０-９为未没无零](?:(?<=[0-9０-９])\s*(?:万元|亿元|[元件条份起次宗个项篇期场例部])|(?<=为)\s*[0０]"
    r"|(?<=[未没无])[^。；;]{0,40}?(?:申请|复议|诉讼)|(?<=零)[，。,；;件申])"
)
_SENTENCE_END = re.compile(r"[。；;！!？?.](?:(?<!\.)|(?<=[一-鿿]\.)(?!\d))")
_HEADING = re.compile(r"\s*(?:([一二三四五六七八九十]{1,2}[、.．])|[(（][一二三四五六七八九十]{1,2}[)）])")
_UNBROKEN = "。；;！!？?：:|"
_LONGEST_HEADING, _SHORTEST_BROKEN_LINE = 40, 20
# A longer one is a list, or a table that has lost its form.
_LONGEST_SENTENCE, _LONGEST_PARAGRAPH = 2000, 100_000
_OWN_AREA = ("政府", "管理委员会", "管委会", "街道办事处", "镇", "乡")


class Claim(NamedTuple):
    """A figure of the prose: ``value`` in ``unit`` (``count`` or ``10k_cny``), its ``sentence`` as printed.

    ``where`` is the line or paragraph in which the sentence's text begins.
    """

    subject: str
    value: float
    unit: str
    sentence: str
    where: str


class _Sentence(NamedTuple):
    """A sentence that may state something, as ``body`` in one spelling with its exact ``values`` by their places, after
    the ``mark`` that ends the one before it; or several that cannot, each with its mark inside ``body``.
    """

    mark: str
    body: str
    values: dict[int, float]
    printed: str


# In characters of paragraphs.
_memory: Memory[list[list[Stated]]] = Memory(1_000_000)


def read_claims(lines: Sequence[TextLine], year: int | None, agency: str | None = None) -> list[Claim]:
    """The claims of a report on ``year`` by ``agency``, in reading order; ``lines`` are its text without tables.

    With ``year`` null only what names no year is understood. With ``agency`` the body's own name may open a sentence,
    and the whole area (全市) is another's in a department's report. What stands twice, or contradicts, gives a claim
    each time.
    """
    data = load_claim_subjects()
    known = _known_subjects(year)
    own_area = agency is None or agency.endswith(_OWN_AREA)
    claims: list[Claim] = []
    top = heading = ""
    for text, begins in _paragraphs(lines):
        if len(text) <= _LONGEST_HEADING:
            order, may_state = _of_short(text)
            if order == 1:
                top = heading = text
            elif order == 2:
                heading = top + text
        else:
            may_state = _TRIGGER.search(text) is not None
        if not may_state or len(text) > _LONGEST_PARAGRAPH:
            continue
        spelled = list(_spelled(text, year, agency, data))
        for sentence, stated in zip(spelled, _stated(spelled, data, known, heading, own_area), strict=True):
            for subject, place, unit in stated:
                value = sentence.values[place] if place is not None else 0.0
                claims.append(Claim(subject, value, unit, sentence.printed, begins.where))
    return claims


def _spelled(text: str, year: int | None, agency: str | None, data: ClaimSubjects) -> Iterator[_Sentence]:
    """The sentences of a paragraph to the last that may state something, those between that cannot taken together."""
    silent = ""
    for mark, sentence in _sentences(text):
        if len(sentence) > _LONGEST_SENTENCE or _TRIGGER.search(sentence) is None:
            silent += mark + sentence
            continue
        if silent:
            yield _Sentence("", spelling(silent, year, agency), {}, silent)
            silent = ""
        body, values = with_figures(spelling(sentence, year, agency), data.units)
        yield _Sentence(mark, body, values, sentence)


def _stated(
    spelled: list[_Sentence], data: ClaimSubjects, known: frozenset[str], heading: str, own_area: bool
) -> list[list[Stated]]:
    """What each sentence of a paragraph states, worked out, or remembered from one that differed in figures alone."""
    whole = tuple(tuple(map(float.is_integer, sentence.values.values())) for sentence in spelled)
    key = (tuple((sentence.mark, sentence.body) for sentence in spelled), whole, known, heading, own_area)
    found = _memory.get(key)
    if found is None:
        paragraph = Paragraph(data, known, heading, own_area)
        found = []
        for mark, body, values, _ in spelled:
            if mark:
                found.append(paragraph.read(body, values, mark))
            else:
                paragraph.pass_by(body)
                found.append([])
        if not paragraph.weighed:
            _memory.keep(key, found, sum(len(sentence.body) for sentence in spelled))
    return found


@lru_cache(maxsize=16384)
def _of_short(text: str) -> tuple[int, bool]:
    """Of which order a short line is a heading (1 is 一、, 2 is （一）, 0 none), and whether it can hold a claim."""
    match = _HEADING.match(text)
    return 0 if match is None else 1 if match[1] else 2, _TRIGGER.search(text) is not None


@cache
def _known_subjects(year: int | None) -> frozenset[str]:
    """The subjects of three parts that the year's form has, none where it has no form; without a year, those of any."""
    served = forms().all if year is None else tuple(form for form in (forms().for_year(year),) if form is not None)
    return frozenset(subject for form in served for subject in subjects_of(form))


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence after the mark that ends the one before it: ``;`` or, for any other, ``。``."""
    place, mark = 0, "。"
    for end in _SENTENCE_END.finditer(text):
        if sentence := text[place : end.start()].strip():
            yield mark, sentence
        place, mark = end.end(), ";" if end[0] in ";；" else "。"
    if sentence := text[place:].strip():
        yield mark, sentence


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[tuple[str, TextLine]]:
    """Text and first line; a line that breaks off is joined to the next, so that no sentence loses what governs it."""
    text, first, last = "", None, None
    for line in lines:
        if last is not None and last.kind == "line" and _runs_on(last, line):
            text += "\n" + line.text
        else:
            if first is not None and text:
                yield text, first
            text, first = line.text, line
        last = line
    if first is not None and text:
        yield text, first


def _runs_on(line: TextLine, following: TextLine) -> bool:
    """Whether a line of a text file stops inside a sentence that the next line continues."""
    text = line.text.rstrip()
    return (
        following.number == line.number + 1
        and len(text) >= _SHORTEST_BROKEN_LINE
        and text[-1] not in _UNBROKEN
        and _HEADING.match(following.text) is None
    )
