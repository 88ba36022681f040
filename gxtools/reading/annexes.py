"""Tables of another year that a report has in an annex, under a line that says so: they are none of this report's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gxtools.forms import Forms, label_keys
from gxtools.grids import Block, Document, Grid, TextLine
from gxtools.reading.captions import names_another_year
from gxtools.reading.lexicon import Lexicon

_LONGEST_CAPTION = 40
_NEAR = 30  # lines between the title of a report and its first heading
_ANNEX_BEGINS, _REPORT_ENDS = "附", "年度报告"
_ANNEX = re.compile(f"{_ANNEX_BEGINS}[件表录]?")
_REPORT = re.compile(f"政府信息公开(?:工作)?{_REPORT_ENDS}$")
_SENTENCE = re.compile("[。；，！？]")
# So many labels of the form before and behind are a table; one or two may stand in a menu.
_LABELS_OF_A_TABLE = 10


class Own(NamedTuple):
    """A document without its annexes of other years, and the lines that announced them."""

    document: Document
    captions: tuple[TextLine, ...]


def without_other_years(document: Document, year: int | None, words: Lexicon) -> Own:
    """The document without what stands below a line that names last year: up to the next section, a report to its end.

    Such a line begins an annex, or is the title above last year's report. It stands between tables, that of
    an annex also before them, as this year's may be gone.
    """
    blocks = document.blocks
    if not any(isinstance(block, TextLine) and _announces_another_year(block.text, year) for block in blocks):
        return Own(document, ())
    first, last = _end_of_table(blocks, words), len(blocks) - _end_of_table(blocks[::-1], words)
    kept: list[Block] = []
    captions: list[TextLine] = []
    until = section = None
    for index, block in enumerate(blocks):
        if until == "section" and _begins_section(block, section, words.forms):
            until = None
        if isinstance(block, TextLine):
            section = _section_of(block, words.forms) or section
            annex = _ANNEX.match(block.text.strip()) is not None
            # Before the first table a menu may name reports, but not behind a heading of this one.
            behind = first <= index or (annex and section is not None)
            begins = until is None and behind and index < last and _announces_another_year(block.text, year)
            if begins and (annex or _begins_report(blocks[index + 1 : index + _NEAR], words.forms)):
                until = "end" if _REPORT.search(block.text.strip()) else "section"
                captions.append(block)
        if until is None:
            kept.append(block)
    return Own(replace(document, blocks=tuple(kept)) if captions else document, tuple(captions))


def _announces_another_year(text: str, year: int | None) -> bool:
    text = text.strip()
    if not (text.startswith(_ANNEX_BEGINS) or text.endswith(_REPORT_ENDS)):  # plainly none: every line is asked
        return False
    announces = _ANNEX.match(text) or _REPORT.search(text)
    return announces is not None and _SENTENCE.search(text) is None and names_another_year(text, year)


def _end_of_table(blocks: Sequence[Block], words: Lexicon) -> int:
    """The place behind the first table, or behind so many labels as make one; behind all where there is none."""
    labels = 0
    for index, block in enumerate(blocks):
        if isinstance(block, TextLine):
            labels += len(block.text) <= _LONGEST_CAPTION and words.evidence(block.text.strip()).known
        if isinstance(block, Grid) or labels == _LABELS_OF_A_TABLE:
            return index + 1
    return len(blocks) + 1


def _begins_section(block: Block, section: str | None, forms: Forms) -> bool:
    """Whether a section begins here; with a table where its heading was taken for a row of it, and is another one."""
    if isinstance(block, TextLine):
        return _section_of(block, forms) is not None
    return any(_section_named(row[0].text, forms) not in (None, section) for row in block.rows if len(row) == 1)


def _begins_report(blocks: Sequence[Block], forms: Forms) -> bool:
    """Whether the first heading that follows is a report's first; below a page's running title the next one is."""
    return next((id for block in blocks if (id := _section_of(block, forms)) is not None), None) == "overview"


def _section_of(block: Block, forms: Forms) -> str | None:
    """The section that a line begins."""
    return None if isinstance(block, Grid) else _section_named(block.text, forms)


def _section_named(text: str, forms: Forms) -> str | None:
    if len(text) > _LONGEST_CAPTION:
        return None
    return next((forms.sections[key] for key in label_keys(text) if key in forms.sections), None)
