"""Sets a report as a Word document, by python-docx."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gxtools.forms import Forms
from gxtools.writing.content import Content
from gxtools.writing.layouts import GroupsAs
from gxtools.writing.sections import sections_of
from gxtools.writing.tables import Rows, SetCell, set_tables

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_LIST = """
<w:abstractNum {namespaces} w:abstractNumId="900"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
"""


@dataclass(frozen=True, slots=True)
class WordLayout:
    """The look of a Word document."""

    groups: GroupsAs = GroupsAs.SPANNING
    table_a_block: bool = False
    """Each article's block of ``proactive`` is a table of its own."""
    inside_tables: bool = False
    """Everything stands in a table that lays out the page."""
    broken_labels: bool = False
    """A label stands in two paragraphs of its cell, as where somebody pressed Enter to make it fit."""
    split_runs: bool = False
    """Every character of a cell is a run of its own, as after many corrections."""
    numbered: bool = False
    """Word itself writes the numbers of the headings: they are not in the text."""


_DEFAULT = WordLayout()


def set_docx(content: Content, layout: WordLayout = _DEFAULT, known: Forms | None = None) -> bytes:
    """The report as a .docx file. ``known`` holds the forms, the shipped ones where not given; the address is lost.

    Needs python-docx, which comes with the extra ``word``. Raises ``ValueError`` for a cell or section that the form
    has not, or a line of which some cells are lacking.
    """
    from docx import Document as new_document

    document = new_document()
    document.core_properties.title = content.title
    page = document.add_table(1, 2).cell(0, 1) if layout.inside_tables else document
    number = _numbering(document) if layout.numbered else None
    page.add_paragraph(content.title)
    if content.published:
        page.add_paragraph(f"日期：{content.published.isoformat()}")
    for text in ((content.note,) if content.note else ()) + content.introduction:
        page.add_paragraph(text)
    for section in sections_of(content, known):
        if number is None:
            page.add_paragraph(section.heading)
        else:
            _number(page.add_paragraph(section.heading.partition("、")[2]), number)
        for text in section.paragraphs:
            page.add_paragraph(text)
        if section.table:
            for rows in set_tables(section.table, content, layout.groups, layout.table_a_block):
                _add_table(page, rows, layout)
                page.add_paragraph()  # without one between them Word joins two tables
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(page: Document | _Cell, rows: Rows, layout: WordLayout) -> None:
    table = page.add_table(len(rows), sum(cell.column_span for cell in rows[0]))
    table.style = "Table Grid"
    places = [list(row.cells) for row in table.rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            bottom, right = y + cell.row_span, x + cell.column_span
            taken |= {(down, across) for down in range(y, bottom) for across in range(x, right)}
            merged = places[y][x]
            if cell.row_span > 1 or cell.column_span > 1:
                merged = merged.merge(places[bottom - 1][right - 1])
            _fill(merged.paragraphs[0], cell, layout)


def _fill(paragraph: Paragraph, cell: SetCell, layout: WordLayout) -> None:
    texts = [cell.text]
    if layout.broken_labels and not cell.figure and len(cell.text) > 3:
        texts = [cell.text[:2], cell.text[2:]]
        paragraph.insert_paragraph_before(texts.pop(0))
    for run in texts[0] if layout.split_runs else texts:
        paragraph.add_run(run)


def _numbering(document: Document) -> int:
    """A list that counts 一、二、三、, put among those of the document; returns its number."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    lists = document.part.numbering_part.element
    lists.insert(0, parse_xml(_LIST.format(namespaces=nsdecls("w"))))
    return int(lists.add_num(900).numId)


def _number(paragraph: Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
