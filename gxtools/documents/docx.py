"""Word documents (.docx, .docm) to grids and paragraphs."""

from __future__ import annotations

from lxml import etree

from gxtools.documents.docx_flow import Flow
from gxtools.documents.docx_names import BODY, CELL, PARAGRAPH, ROW, RUN, W
from gxtools.documents.docx_numbering import Numbering
from gxtools.documents.docx_package import Package
from gxtools.documents.docx_styles import Styles
from gxtools.documents.docx_text import Texts
from gxtools.documents.docx_visible import keep_visible
from gxtools.documents.encodings import decode
from gxtools.documents.html import read_html
from gxtools.documents.markup import is_page
from gxtools.documents.mhtml import read_mhtml
from gxtools.documents.signatures import MHTML, kind_of
from gxtools.documents.text import check_size
from gxtools.errors import UnreadableDocument
from gxtools.grids import Block, Document, Note, TextLine

_SHEETS = etree.XPath(
    "count(.//*[local-name()='OLEObject'][starts-with(@ProgID, 'Excel') or starts-with(@ProgID, 'ET.')])"
)
_PICTURES = etree.XPath("boolean(.//*[local-name()='blip' or local-name()='imagedata'])")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PIECES = (PARAGRAPH, RUN, W + "br", W + "cr")
_MOST_PIECES = 500_000


def read_docx(data: bytes, name: str) -> Document:
    """A Word document's tables and paragraphs in reading order, both numbered from 1, as in its final text.

    Numbers that Word writes before paragraphs stand before their text. Headers, footers, notes and comments are not
    read. A table that only lays out the page is walked as text, as in a page. The title among the properties counts
    only where the text prints it too: files are made from last year's, and their title stays behind.

    Raises ``UnreadableDocument`` for a damaged or encrypted file, one that holds no text, and one beyond all limits.
    """
    package = Package(data, name)
    main = package.main()
    root = package.xml(main)
    body = root.find(BODY) if root is not None else None
    if body is None:
        raise package.damaged()
    styles = Styles(package.related(main, "styles"))
    sheets, pictures = int(_SHEETS(body)), bool(_PICTURES(body))
    notes = keep_visible(body, styles)
    check_size(name, _count(body, CELL), _count(body, ROW))
    if (pieces := _count(body, *_PIECES)) > _MOST_PIECES:
        raise UnreadableDocument(
            name,
            f"the Word document holds {pieces:,} paragraphs and pieces of text, over the limit of {_MOST_PIECES:,}.",
            "Read the report alone.",
        )
    texts = Texts(body, styles, Numbering(package.related(main, "numbering"), styles))
    flow = Flow(texts, lambda element: _embedded(element, package, main, name))
    blocks = flow.blocks(body)
    if not blocks:
        raise UnreadableDocument(name, *_nothing_shown(pictures))
    notes += flow.notes()
    if sheets:
        notes += (
            Note(
                f"The document embeds {sheets} spreadsheets, which were not read.",
                f"文件内嵌有{sheets}个电子表格，未读取。",
            ),
        )
    return Document("docx", blocks, _titles(package, blocks), notes=notes)


def _count(body: etree._Element, *names: str) -> int:
    return sum(1 for _ in body.iter(*names))


def _embedded(element: etree._Element, package: Package, main: str, name: str) -> Document | None:
    """A page that the document embeds whole, as scripts do that export pages to Word; None where it is none."""
    targets = (relation.target for relation in package.relations(main) if relation.id == element.get(_ID))
    data = package.read(next(targets, ""))
    if data is None:
        return None
    try:
        if kind_of(data) is MHTML:
            return read_mhtml(data, name)
        text, _, notes = decode(data)
        return read_html(text, name, notes) if is_page(text) else None
    except UnreadableDocument:
        return None


def _nothing_shown(pictures: bool) -> tuple[str, str]:
    if pictures:
        return (
            "the Word document holds pictures and no text, perhaps a scan.",
            "Look for the page or the text version of the report.",
        )
    return "the Word document holds no text.", "Open it in Word, and if its text shows, save it anew and read that."


def _titles(package: Package, blocks: tuple[Block, ...]) -> tuple[str, ...]:
    core = package.related("", "core-properties")
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title") if core is not None else None
    wanted = "".join((title or "").split())
    printed = "".join("".join(block.text.split()) for block in blocks if isinstance(block, TextLine))
    return (title.strip(),) if title and wanted and wanted in printed else ()
