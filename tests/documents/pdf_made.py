"""Small PDF files by hand: every byte of them is said here, and no program of others has a part in them."""

from __future__ import annotations

from collections.abc import Sequence

from gxtools.documents.pdf import read_pdf
from gxtools.grids import Grid

# Half as wide as high are the characters of the ASCII range in Adobe-GB1; all others are as wide as high.
_FONTS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
)
_FIRST_FREE = 5
A4 = (0, 0, 595, 842)


def text(string: str, x: float, y: float, size: float = 10, before: str = "") -> str:
    """A text that begins at a point. ``before`` are operators that stand before it."""
    code = string.encode("utf-16-be").hex()
    return f"q {before} BT /F {size} Tf {x} {y} Td <{code}> Tj ET Q\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A thin black line."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S\n"


def box(x: float, y: float, wide: float, high: float, color: str = "0 0 0") -> str:
    """A filled box."""
    return f"q {color} rg {x} {y} {wide} {high} re f Q\n"


def table(rows: Sequence[Sequence[str]], x: float, y: float, wide: float = 60, high: float = 20) -> str:
    """A ruled table whose upper left corner is at a point."""
    across, down = len(rows[0]), len(rows)
    drawn = [line(x, y - n * high, x + across * wide, y - n * high) for n in range(down + 1)]
    drawn += [line(x + n * wide, y, x + n * wide, y - down * high) for n in range(across + 1)]
    for number, row in enumerate(rows, start=1):
        drawn += [text(cell, x + 4 + n * wide, y - number * high + 6) for n, cell in enumerate(row) if cell]
    return "".join(drawn)


def pdf(
    *pages: str,
    box: Sequence[float] = A4,
    of_page: str = "",
    resources: str = "",
    of_catalog: str = "",
    objects: Sequence[bytes] = (),
    count: int | None = None,
) -> bytes:
    """A file of pages, each given by its drawing. ``objects`` have the numbers from 5 on; ``count`` is what the file
    says of the number of its pages."""
    first = _FIRST_FREE + len(objects)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {of_catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages) if count is None else count} >>".encode(),
        *_FONTS,
        *objects,
    ]
    sides = " ".join(map(str, box))
    for n, drawing in enumerate(pages):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{sides}] /Contents {first + 2 * n + 1} 0 R {of_page} "
            f"/Resources << /Font << /F 3 0 R >> {resources} >> >>".encode()
        )
        bodies.append(stream(drawing.encode()))
    return assembled(bodies)


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream and the dictionary before it."""
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def assembled(bodies: Sequence[bytes], of_trailer: str = "") -> bytes:
    """Objects as a file, numbered from 1; the first is the catalog."""
    file = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return (
        file
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + f"trailer << /Size {size} /Root 1 0 R {of_trailer} >>\nstartxref\n{len(file)}\n%%EOF\n".encode()
    )


def said(data: bytes) -> list[str | list[list[str]]]:
    """What is read of a file: its lines, and its tables as rows of texts."""
    blocks = read_pdf(data, "x.pdf").blocks
    return [
        [[cell.text for cell in row] for row in block.rows] if isinstance(block, Grid) else block.text
        for block in blocks
    ]
