"""Word documents that are damaged, locked, or made to do harm: a sentence, soon, and nothing expanded or fetched."""

from __future__ import annotations

import builtins
import io
import struct
import sys
import time
import zipfile

import pytest

from gxtools.documents import docx, docx_package, open_document
from gxtools.errors import UnreadableDocument
from tests.documents.wordml import NAMES, members, p, relations, tbl, tc, tr, word, zipped

SOUND = members(p("年度报告") + tbl(tr("规章", "0")))
BODY = str(SOUND["word/document.xml"])


def refused(data: bytes) -> str:
    started = time.process_time()
    with pytest.raises(UnreadableDocument) as caught:
        open_document(data, "report.docx")
    assert time.process_time() - started < 5
    assert str(caught.value).startswith("report.docx: ")
    assert caught.value.wrong.endswith(".")
    assert caught.value.advice.endswith(".")
    return caught.value.wrong


def with_body(body: str) -> bytes:
    return zipped(SOUND | {"word/document.xml": body})


def test_damaged_files() -> None:
    sound = zipped(SOUND)
    for data in (sound[:-30], sound[: len(sound) // 2], sound[:200] + b"x" * 9 + sound[209:], with_body(BODY[:-20])):
        assert "damaged or was cut off" in refused(data)
    assert "damaged" in refused(with_body("<html/>"))
    assert "damaged" in refused(with_body("<w:document/>"))
    assert "zip archive" in refused(zipped({"word/other.xml": "x"}))
    assert "zip archive" in refused(zipped({"report.docx": zipped(SOUND)}, zipfile.ZIP_STORED))


def test_every_cut_of_a_file_is_refused() -> None:
    sound = zipped(SOUND)
    for end in range(30, len(sound), 61):
        refused(sound[:end])


def test_nothing_but_pictures() -> None:
    picture = '<w:p><w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r></w:p>'
    assert "pictures and no text" in refused(word(picture))
    assert refused(word("")) == "the Word document holds no text."


def test_encrypted() -> None:
    data = bytearray(zipped(SOUND, zipfile.ZIP_STORED))
    at = data.rfind(b"PK\x01\x02", 0, data.index(b"PK\x01\x02") + 10_000)
    for entry in [i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"]:
        data[entry + 8] |= 1
    assert at > 0
    assert "password" in refused(bytes(data))


def test_parts_of_one_name() -> None:
    buffer = io.BytesIO(zipped(SOUND))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", BODY.replace(">0<", ">1<"))
    assert "damaged" in refused(buffer.getvalue())


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are lowered: what they keep out would take its time here too."""
    monkeypatch.setattr(docx_package, "_MOST_BYTES_OF_A_PART", 100_000)
    monkeypatch.setattr(docx_package, "_MOST_MARKS", 2_000)
    monkeypatch.setattr(docx_package, "_MOST_MEMBERS", 20)
    monkeypatch.setattr(docx, "_MOST_PIECES", 500)
    monkeypatch.setattr("gxtools.documents.text._MOST_CELLS", 200)
    assert "a part of 10" in refused(with_body(BODY + " " * 100_000))
    # A size that the directory belies is not believed.
    data = bytearray(with_body(BODY.replace("年度报告", "年" * 100)))
    entry = data.index(b"PK\x01\x02", data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 60)
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert "damaged" in refused(bytes(data))
    assert "20 parts" in refused(zipped(SOUND | {f"x{n}": "" for n in range(21)}))
    assert "2,000 elements" in refused(with_body(BODY.replace("<w:p>", "<w:x/>" * 2001 + "<w:p>")))
    assert "201 cells" in refused(word(tbl(tr(*["<w:tc/>"] * 201))))
    assert "over the limit of 500" in refused(word("<w:p/>" * 501))


def test_many_columns_are_text() -> None:
    document, _ = open_document(word(p("年") + tbl(tr(*["1"] * 1001))), "x")
    assert not list(document.grids())
    assert "columns" in document.notes[0].message


def test_entities_are_refused_in_any_encoding() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE w [<!ENTITY a0 "年">{bomb}]>' + BODY.replace("年度报告", "&a11;")
    assert "entities" in refused(with_body(body))
    outside = BODY.replace("年度报告", "&a;")
    assert "entities" in refused(with_body(f'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>{outside}'))
    declared = f"<?xml version='1.0' encoding='utf-16'?>{body}"
    assert "entities" in refused(zipped(SOUND | {"word/document.xml": declared.encode("utf-16")}))
    seven = b"<?xml version='1.0' encoding='utf-7'?>" + body.encode("utf-7").replace(b"<!DOCTYPE", b"+ADwAIQ-DOCTYPE")
    refused(zipped(SOUND | {"word/document.xml": seven}))


def test_nothing_outside_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = members(p("年") + '<w:altChunk r:id="a"/>')
    target = '<Relationship Id="a" Type="x/aFChunk" Target="file:///etc/passwd" TargetMode="External"/>'
    styles = '<Relationship Id="s" Type="x/styles" Target="../../../../etc/passwd"/>'
    found["word/_rels/document.xml.rels"] = relations().replace("</R", target + styles + "</R")
    data = zipped(found)

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("a file was opened")

    open_document(data, "x")  # all modules are there now
    monkeypatch.setattr(builtins, "open", opened)
    monkeypatch.setattr("socket.socket.connect", opened)
    document, _ = open_document(data, "x")
    assert [line.text for line in document.lines()] == ["年"]


def test_deep_nesting() -> None:
    deep = "甲"
    for _ in range(60):
        deep = tbl(tr(tc(deep if deep.startswith("<") else p(deep)), "1"))
    document, _ = open_document(word(deep), "x")
    assert "甲" in "".join(cell.text for grid in document.grids() for row in grid.rows for cell in row)
    for _ in range(60):
        deep = tbl(tr(tc(deep), "1"))
    assert "damaged" in refused(word(deep))
    assert "damaged" in refused(with_body(f"<w:document {NAMES}><w:body>" + "<w:sdt>" * 300_000))


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith(("gxtools.documents.docx", "lxml"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(UnreadableDocument, match=r"lxml is not installed\. Run: pip install 'gxtools\[word\]'\."):
        open_document(zipped(SOUND), "report.docx")
