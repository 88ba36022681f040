"""The prose of a report -> its claims: lines that broke off are joined, headings kept in mind, paragraphs read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from gxtools.forms import forms
from gxtools.forms.claim_subjects import load_claim_subjects, subjects_of
from gxtools.grids import TextLine
from gxtools.reading.claims.paragraph import Paragraph
from gxtools.reading.claims.spelling import spelling

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
_LONGEST_SENTENCE = 2000
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
    for text, where in _paragraphs(lines):
        if len(text) <= _LONGEST_HEADING and (match := _HEADING.match(text)):
            top = text if match[1] else top
            heading = top if match[1] else top + text
        if _TRIGGER.search(text) is None:
            continue
        paragraph = Paragraph(data, known, heading, own_area)
        silent = ""
        for mark, sentence in _sentences(text):
            if len(sentence) > _LONGEST_SENTENCE or _TRIGGER.search(sentence) is None:
                silent += mark + sentence
                continue
            if silent:
                paragraph.pass_by(spelling(silent, year, agency))
                silent = ""
            stated = paragraph.read(spelling(sentence, year, agency), mark)
            claims += (Claim(subject, value, unit, sentence, where) for subject, value, unit in stated)
    return claims


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


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[tuple[str, str]]:
    """Text and place; a line that breaks off is joined to the next, so that no sentence loses what governs it."""
    text, where = "", ""
    last: TextLine | None = None
    for line in lines:
        if last is not None and _runs_on(last, line):
            text += "\n" + line.text
        else:
            if text:
                yield text, where
            text, where = line.text, line.where
        last = line
    if text:
        yield text, where


def _runs_on(line: TextLine, following: TextLine) -> bool:
    """Whether a line of a text file stops inside a sentence that the next line continues."""
    text = line.text.rstrip()
    return (
        line.kind == "line"
        and following.number == line.number + 1
        and len(text) >= _SHORTEST_BROKEN_LINE
        and text[-1] not in _UNBROKEN
        and _HEADING.match(following.text) is None
    )
