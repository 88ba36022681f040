"""The reports as Word documents, by python-docx and by LibreOffice."""

from __future__ import annotations

import copy
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from scripts.goldens.made import Cell, Key, Made, Table, parts, title_of
from scripts.goldens.pages import page_html, printed

NAMES = (
    f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)

Fill = Callable[..., None]


def add_table(page: object, table: Table, made: Made, fill: Fill) -> object:
    width = sum(cell.columns for cell in table[0])
    found = page.add_table(len(table), width)
    found.style = "Table Grid"
    places = [list(row.cells) for row in found.rows]
    free = [[True] * width for _ in table]
    for y, row in enumerate(table):
        for cell in row:
            x = free[y].index(True)
            for down in range(y, y + cell.rows):
                free[down][x : x + cell.columns] = [False] * cell.columns
            place = places[y][x]
            if cell.rows * cell.columns > 1:
                place = place.merge(places[y + cell.rows - 1][x + cell.columns - 1])
            fill(place, cell, made)
    return found


def plainly(place: object, cell: Cell, made: Made) -> None:
    place.paragraphs[0].add_run(printed(cell, made))


def new_document(made: Made) -> object:
    document = docx.Document()
    document.core_properties.title = f"{made.agency}{made.year - 1}年政府信息公开工作年度报告"  # left from last year
    document.sections[0].header.paragraphs[0].text = "2011年政府信息公开年报"
    document.sections[0].footer.paragraphs[0].text = "第 7 页 共 88 页"
    for style in list(document.styles.element.iterchildren(qn("w:style"))):
        # Most of the template's bytes are styles that nothing here uses.
        if style.get(qn("w:styleId")) not in ("Normal", "TableNormal", "TableGrid", "Header", "Footer"):
            style.getparent().remove(style)
    return document


def numbering(document: object, style: str, text: str) -> int:
    """A list that Word counts; returns its number."""
    lists = document.part.numbering_part.element
    id = 100 + len(lists)
    level = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>'
    list = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{id}"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
    lists.insert(0, parse_xml(list))
    return lists.add_num(id).numId


def number(paragraph: object, list: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = list


def word_numbered(made: Made, path: Path) -> None:
    """Word counts the headings and the reasons; labels are broken over paragraphs, figures over runs."""
    document = new_document(made)
    heads = numbering(document, "chineseCounting", "%1、")
    reasons: list[int] = []

    def fill(place: object, cell: Cell, made: Made) -> None:
        paragraph = place.paragraphs[0]
        if cell.key:
            for digit in made.printed[cell.key]:
                paragraph.add_run(digit)
        elif cell.number:
            if cell.number == 1:
                reasons.append(numbering(document, "decimal", "%1."))
            number(paragraph, reasons[-1])
            paragraph.add_run(cell.text)
        elif 3 < len(cell.text) < 7:
            paragraph.add_run(cell.text[:2])
            place.add_paragraph(cell.text[2:])
        else:
            paragraph.add_run(cell.text)

    document.add_paragraph(title_of(made))
    for _, heading, sentence, tables in parts(made):
        number(document.add_paragraph(heading), heads)
        if sentence:
            document.add_paragraph(sentence)
        for table in tables:
            add_table(document, table, made, fill)
            document.add_paragraph()
    document.save(path)


def word_nested(made: Made, path: Path) -> None:
    """The page is a table with tables in it; the title stands in a text box, a row in a content control."""
    document = new_document(made)
    box = f"<w:txbxContent><w:p><w:r><w:t>{title_of(made)}</w:t></w:r></w:p></w:txbxContent>"
    twice = (
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    )
    alternatives = parse_xml(f"<mc:AlternateContent {NAMES}>{twice}</mc:AlternateContent>")
    document.add_paragraph().add_run()._r.append(alternatives)
    page = document.add_table(1, 2).cell(0, 1)
    for index, heading, sentence, tables in parts(made):
        page.add_paragraph(f"{'一二三四五六'[index]}、{heading}")
        if sentence:
            page.add_paragraph(sentence)
        for table in tables:
            found = add_table(page, table, made, plainly)
            row = found.rows[-1]._tr
            control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
            row.addprevious(control)
            control.append(content)
            content.append(row)
    document.save(path)


CHANGED: Key = ("requests", "granted", "natural_person")
NOTED: Key = ("requests", "granted", "business")
STRUCK: Key = ("requests", "handled", "research")
HIDDEN: Key = ("disputes", "reconsideration", "upheld")


def word_changed(made: Made, path: Path) -> None:
    """Tracked changes in a cell and of a row; the mark of a footnote, a struck figure, hidden digits."""
    document = new_document(made)

    def fill(place: object, cell: Cell, made: Made) -> None:
        plainly(place, cell, made)
        paragraph = place.paragraphs[0]
        if cell.key == CHANGED:
            change = f'{NAMES} w:id="1" w:author="x"'
            old = f"<w:del {change}><w:r><w:delText>999</w:delText></w:r></w:del>"
            inserted = parse_xml(f"<w:ins {change}/>")
            run = paragraph.runs[0]._r
            run.addprevious(parse_xml(old))
            run.addprevious(inserted)
            inserted.append(run)
        elif cell.key == NOTED:
            paragraph.add_run("1").font.superscript = True
        elif cell.key == STRUCK:
            paragraph.runs[0].font.strike = True
        elif cell.key == HIDDEN:
            paragraph.add_run("77").font.hidden = True

    document.add_paragraph(title_of(made))
    for index, heading, sentence, tables in parts(made):
        document.add_paragraph(f"{'一二三四五六'[index]}、{heading}")
        if sentence:
            document.add_paragraph(sentence)
        for table in tables:
            found = add_table(document, table, made, fill)
            if index == 2:
                row = found.rows[3]._tr
                gone = copy.deepcopy(row)
                for text in gone.iter(qn("w:t")):
                    text.text = "888" if text.text.isdigit() else text.text
                gone.get_or_add_trPr().append(OxmlElement("w:del"))
                row.addprevious(gone)
            document.add_paragraph()
    document.save(path)


def word_by_libreoffice(made: Made, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / f"{path.stem}.html"
        page.write_text(page_html(made), encoding="utf-8")
        command = ["soffice", "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML"]
        subprocess.run([*command, "--outdir", folder, page], check=True, capture_output=True)
        shutil.copyfile(page.with_suffix(".docx"), path)
