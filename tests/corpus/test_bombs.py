"""Documents made to take time and memory without end: each has its row, and the report beside them is read."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from pathlib import Path

import polars as pl
import pytest

import gxtools as gx
from gxtools.corpus.apart import end_kept
from tests.corpus.samples import page, rows_of, sources

TITLE = "宿迁市人民政府2022年政府信息公开工作年度报告"
HEAD = f"<html><body><h1>{TITLE}</h1>"
SPAN = "<table><tr><td colspan=1000000 rowspan=1000000>规章</td></tr>"
WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
ENTITIES = b'<!DOCTYPE a [<!ENTITY a0 "a">%s]>' % b"".join(
    b'<!ENTITY a%d "%s">' % (depth, b"&a%d;" % (depth - 1) * 10) for depth in range(1, 12)
)


def docx(*parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"".join(parts))
    return held.getvalue()


def pdf(*objects: bytes) -> bytes:
    """Objects 1 to n; the first is the catalogue."""
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + head + table + end


def stream(data: bytes, times: int = 1, extra: bytes = b"") -> bytes:
    """A compressed stream of some bytes over and over: they are packed once, and their packed block is repeated."""
    packing = zlib.compressobj(9)
    head = packing.compress(b"") + packing.flush(zlib.Z_FULL_FLUSH)
    block = packing.compress(data) + packing.flush(zlib.Z_FULL_FLUSH)
    packed = head + block * times + packing.flush()
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), extra, packed)


def one_page(contents: bytes, *more: bytes) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        contents,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>"


def bombs() -> dict[str, bytes]:
    deep = 300_000
    return {
        "zip.docx": docx(WORD, *[b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % (b" " * 1_000_000)] * 100),
        "elements.docx": docx(WORD, *[b"<w:p/>" * 100_000] * 50),
        "entities.docx": docx(ENTITIES, WORD, b"<w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"),
        "entities.xml": b'<?xml version="1.0"?>' + ENTITIES + b"<a>&a11;</a>",
        "nested.html": (HEAD + "<div>" * deep).encode(),
        "nested tables.html": (HEAD + "<table><tr><td>" * deep).encode(),
        "nested.json": b"[" * deep * 10,
        "span.html": (HEAD + SPAN).encode(),
        "spans.html": (HEAD + SPAN + "<tr><td>1" * deep).encode(),
        "rows.html": (HEAD + "<table>" + "<tr><td>规章</td><td>1</td></tr>" * deep).encode(),
        "line.txt": (TITLE + "\n" + "1" * 50_000_000).encode(),
        "nul.html": HEAD.encode() + b"\0" * 3_000_000,
        "parts.mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        + b"--x\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" * 20_000,
        "stream.pdf": one_page(stream(b" " * 1_000_000, 2000)),
        "loop.pdf": one_page(stream(b"/X Do"), stream(b"/X Do /X Do", 1, FORM % 6)),
        "pages.pdf": pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>"),
        "arrays.pdf": b"%PDF-1.7\n1 0 obj\n" + b"[" * 1_000_000,
    }


@pytest.mark.usefixtures("faults")  # for the shorter time that it gives
def test_no_bomb_takes_more_than_its_limits(tmp_path: Path) -> None:
    held = {**bombs(), "report.html": page(requests__granted__total=10**30).encode()}
    for name, data in held.items():
        (tmp_path / name).write_bytes(data)
    corpus = gx.load(tmp_path, workers=2)
    assert sources(corpus, tmp_path) == sorted(held)
    report = corpus.reports.filter(pl.col("source").str.ends_with("report.html")).row(0, named=True)
    assert report["error"] is None
    cell = rows_of(corpus.cells, report["report"]).filter(line="granted", column="total")
    assert cell["raw"][0] == "1" + "0" * 30
    assert cell["value"][0] in (1e30, None)
    told = dict(zip(sources(corpus, tmp_path), corpus.reports["error"], strict=True))
    for name, error in told.items():
        assert error is None or error.startswith(f"{tmp_path / name}: "), error
        assert error is None or "an error of ours" not in error, error
        if name.endswith((".pdf", ".docx")):
            assert error is not None, name
    if sys.platform.startswith("linux"):
        import resource

        end_kept()
        # A process that is started counts what its starter takes as if it had taken it itself.
        own, others = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        assert others < max(1_000_000, own + 1)
