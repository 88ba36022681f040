"""A document in the neutral form -> the report that it holds: identity, cells, extras, sections, claims."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gxtools import figures
from gxtools.bodies import Body
from gxtools.errors import UnreadableDocument
from gxtools.forms import Forms
from gxtools.grids import Document, TextLine
from gxtools.reading.annexes import without_other_years
from gxtools.reading.cells import Cells
from gxtools.reading.claims import Claim, read_claims
from gxtools.reading.identity import Identity, identify
from gxtools.reading.lexicon import Lexicon, lexicon
from gxtools.reading.messages import WHY
from gxtools.reading.pieces import pieces_of
from gxtools.reading.placing import TableExtra, place_tables
from gxtools.reading.sections import Section, divide
from gxtools.reading.settling import Problem

# The tables of requests and of statistics have so many rows at least, in any form.
_ROWS_OF_A_TABLE = 20
# A report has some 3,000 lines where every cell is one, and 100,000 characters.
_MOST_LINES = 40_000
_MOST_CHARACTERS = 1_000_000
# A longer line is a sentence, even where it is a label of the form too.
_LONGEST_LABEL_LINE = 60


@dataclass(frozen=True)
class Reading:
    """What a document says, before it becomes frames. ``problems`` are those of reading alone; ``cells`` and ``extras``
    may be shared with other readings and are not to be changed.
    """

    body: Body | None
    year: int | None
    form: str | None
    published: datetime.date | None
    address: str | None
    format: str
    cells: Cells
    extras: list[TableExtra]
    claims: list[Claim]
    sections: list[Section]
    problems: list[Problem]


def read_document(document: Document, name: str, forms: Forms) -> Reading:
    """Read a document. Raises ``UnreadableDocument`` where neither a title nor a table of such a report is there."""
    words = lexicon(forms)
    lines = list(document.lines())
    _check_size(name, lines)
    identity = identify(document, lines)
    sections = divide(lines, forms)
    own, captions = without_other_years(document, identity.year, words)
    own_lines = list(own.lines()) if captions else lines
    pieces = _pieces(own, own_lines, forms)
    parts = sections if pieces is lines else divide(pieces, forms)
    due = forms.for_year(identity.year) if identity.year is not None else None
    default = due if identity.year is not None else forms.all[-1]
    placed = place_tables(own, parts, words, identity.year, due, default)
    if not identity.titled and identity.other:
        raise UnreadableDocument(
            name,
            "is no annual report: its title names a half-year, a quarter, an interpretation or instructions.",
            "Give the page of the annual report (政府信息公开工作年度报告) itself.",
        )
    if not placed.tables and (not identity.titled or identity.other or identity.listed):
        raise UnreadableDocument(
            name,
            "holds neither a table nor the title of a report on government information disclosure "
            "(政府信息公开工作年度报告).",
            "Give the page of the report itself; a list of links or an attachment's cover page is not enough.",
        )
    prose = _prose(parts, words)
    return Reading(
        body=identity.body,
        year=identity.year,
        form=placed.form,
        published=identity.published,
        address=document.address,
        format=document.format,
        cells=placed.cells,
        extras=placed.extras,
        claims=read_claims(prose, identity.year, identity.body.agency if identity.body else None),
        # A flattened text is divided by its pieces alone.
        sections=max(sections, parts, key=len),
        problems=_doubts_of_whole(identity, document) + [_annexed(line) for line in captions] + placed.problems,
    )


def _check_size(name: str, lines: Sequence[TextLine]) -> None:
    """Refuse more text than any report has: telling labels, figures and prose apart in it would take minutes."""
    characters = sum(len(line.text) for line in lines)
    for size, most, what in ((len(lines), _MOST_LINES, "lines"), (characters, _MOST_CHARACTERS, "characters")):
        if size > most:
            raise UnreadableDocument(
                name,
                f"it holds {size:,} {what} of text, over the limit of {most:,}.",
                "Read the report's own page or text alone.",
            )


def _pieces(document: Document, lines: list[TextLine], forms: Forms) -> Sequence[TextLine]:
    """The lines with the tables among them told piece by piece; paragraphs beside true tables need it not."""
    in_paragraphs = not any(kind.endswith("line") for kind in {line.kind for line in lines})
    if in_paragraphs and any(len(grid.rows) >= _ROWS_OF_A_TABLE for grid in document.grids()):
        return lines
    return pieces_of(lines, forms)


def _prose(sections: Sequence[Section], words: Lexicon) -> list[TextLine]:
    """The lines that are sentences: neither labels of the form nor bare figures."""
    return [
        line
        for section in sections
        for line in section.lines
        if len(line.text) > _LONGEST_LABEL_LINE or _is_prose(line.text, words)
    ]


@lru_cache(maxsize=16384)
def _is_prose(text: str, words: Lexicon) -> bool:
    return not (words.evidence(text.strip()).known or figures.is_figure(text))


def _doubts_of_whole(identity: Identity, document: Document) -> list[Problem]:
    """What is uncertain of the document as a whole, and everything that opening it had to note."""
    told = [("warning", *WHY[key][1:]) for key in identity.doubts]
    told += [("warning" if note.lost else "notice", note.message, note.message_zh) for note in document.notes]
    return [
        Problem("uncertain_reading", severity, None, None, None, None, None, message, message_zh, None)
        for severity, message, message_zh in told
    ]


def _annexed(caption: TextLine) -> Problem:
    said = caption.text.strip()
    return Problem(
        "uncertain_reading",
        "notice",
        None,
        None,
        None,
        None,
        None,
        f"what stands below the line {said!r} is another year's and was not read",
        f"“{said}”之下为其他年度的内容，未读取",
        caption.where,
    )
