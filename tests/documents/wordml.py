"""Word documents written out by hand for the tests: parts of XML in a zip file, nothing of any library."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def word(body: str, **parts: str) -> bytes:
    """A document with that body; ``styles``, ``numbering`` and ``core`` are the insides of further parts."""
    return zipped(members(body, **parts))


def members(body: str, main: str = "word/document.xml", **parts: str) -> dict[str, str | bytes]:
    """The members of such a document by name, to be changed before they are zipped."""
    folder = main.rpartition("/")[0]
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(officeDocument=main, **({"core-properties": "core.xml"} if "core" in parts else {})),
        main: f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        f"{folder}/_rels/{main.rpartition('/')[2]}.rels": relations(
            **{kind: f"{kind}.xml" for kind in ("styles", "numbering") if kind in parts}
        ),
    }
    for kind in ("styles", "numbering"):
        if kind in parts:
            found[f"{folder}/{kind}.xml"] = f"<w:{kind} {NAMES}>{parts[kind]}</w:{kind}>"
    if "core" in parts:
        found["core.xml"] = (
            f'<p:c xmlns:p="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{parts["core"]}</dc:title></p:c>'
        )
    return found


def relations(**targets: str) -> str:
    """A part of relations by kind, with the kind as id too."""
    inside = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a string without tags is a run of that text."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    of_run = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{of_run}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*content: str, properties: str = "") -> str:
    """A cell; a string without tags is a paragraph of that text."""
    inside = "".join(part if part.startswith("<") else p(part) for part in content or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; a string without tags is a cell of that text."""
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table; ``widths`` are those of its grid's columns."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
