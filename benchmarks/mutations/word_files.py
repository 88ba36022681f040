"""A page's tables as a Word document: the least XML that Word opens."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from benchmarks.mutations.laying_out import lay_out
from benchmarks.mutations.model import Cell, Page, PageTable
from benchmarks.mutations.parts import Part, blocks

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def word_setter(parts: list[Part]) -> Callable[[Page], bytes]:
    """What sets pages as Word documents."""

    def set_bytes(page: Page) -> bytes:
        held = blocks(parts, page)
        # Word joins two tables without a paragraph between them.
        body = "".join(_paragraph(block) if isinstance(block, str) else _table(block) + "<w:p/>" for block in held)
        document = (
            f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        )
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _RELATIONS)
            archive.writestr("word/document.xml", document)
        return file.getvalue()

    return set_bytes


def _paragraph(text: str) -> str:
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def _table(table: PageTable) -> str:
    """Every row names the cells that reach into it from above; a hole in the grid is an empty cell."""
    grid = lay_out(table.rows).grid
    rows = []
    for row, line in zip(table.rows, grid, strict=True):
        cells = []
        x = 0
        while x < len(line):
            cell, across = line[x], 1
            while x + across < len(line) and cell is not None and line[x + across] is cell:
                across += 1
            cells.append(_cell(cell, across, cell in row))
            x += across
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>" if cells else "")
    width = max((len(line) for line in grid), default=0)
    return f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{''.join(rows)}</w:tbl>" if any(rows) else ""


def _cell(cell: Cell | None, across: int, begins: bool) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merge = ""
    if cell is not None and cell.down > 1:
        merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_paragraph(cell.text if cell and begins else '')}</w:tc>"
