"""What is opened, what is refused, and the sentences that refuse it."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import sys
import types
import zipfile
from pathlib import Path

import pytest

from gxtools.documents import open_document
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document, TextLine

PAGE = "<html><body><p>年度报告</p><table><tr><td>规章</td><td>0</td></tr></table></body></html>"


def refused(data: bytes, name: str = "x.html") -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        open_document(data, name)
    assert str(caught.value).startswith(f"{name}: ")
    assert caught.value.wrong.endswith(".")
    assert caught.value.advice.endswith(".")
    assert "\n" not in str(caught.value)
    return caught.value


def zipped(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return buffer.getvalue()


def test_returns_the_document_and_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode())
    for source in (path, str(path), PAGE.encode()):
        document, data = open_document(source)
        assert (document.format, data) == ("html", PAGE.encode())


@pytest.mark.parametrize("ending", ["html", "txt", "pdf", "docx", "dat"])
def test_content_decides_never_the_ending(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"report.{ending}"
    path.write_text(PAGE, encoding="utf-8")
    assert open_document(path)[0].format == "html"
    path.write_text("规章\n0\n", encoding="utf-8")
    assert open_document(path)[0].format == "text"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<td>规章<td>0", "html"),
        ("5</td><td>6</td></tr></table>", "html"),
        ("<P>总体情况</P>\n<P>如下</P>", "html"),
        ("<?xml version='1.0'?><html xmlns='x'><body>年</body></html>", "html"),
        ("a < b 且 c > d", "text"),
        ("| 规章<br>总数 | 0 |\n| 规范性文件<br>总数 | 3 |", "text"),
        ("《<通知>》", "text"),
        ("[2020]1号", "text"),
        ("{未完", "text"),
    ],
)
def test_pages_are_told_by_their_markup(text: str, expected: str) -> None:
    assert open_document(text.encode())[0].format == expected


@pytest.mark.parametrize(
    ("data", "called"),
    [
        (zipped("xl/workbook.xml"), ".xlsx"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (zipped("report.html"), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office"),
        (gzip.compress(PAGE.encode()), "gzip"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0", "JPEG"),
        (b"GIF89a\0", "GIF"),
        (b"RIFF\0\0\0\0WEBPVP8", "WebP"),
        (b"BM" + (10).to_bytes(4, "little") + b"\0\0\0\0", "BMP"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"{\\rtf1\\ansi 0}", "rich text"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", "XML"),
        (b"<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'/>", "XML"),
        (zipped("xl/workbook.xml", "xl/embeddings/word/document.xml"), ".xlsx"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",  # an archive holds the time that it was made
)
def test_other_formats_are_refused_by_name(data: bytes, called: str) -> None:
    assert called in refused(data).wrong


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "word\\document.xml"), "docx"),
        (zipped("[Content_Types].xml", "word/document.xml")[:110], "docx"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_readers_of_their_own(data: bytes, format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(format, (TextLine("年", 1),))
    reader = types.SimpleNamespace(**{f"read_{format}": lambda data, name: document})
    monkeypatch.setitem(sys.modules, f"gxtools.documents.{format}", reader)
    assert open_document(data, "x")[0] is document


def test_a_missing_library_is_named_and_no_other_fault_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gxtools.documents.pdf", None)
    with pytest.raises(ModuleNotFoundError):
        open_document(b"%PDF-1.7", "x")


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (f"MIME-Version: 1.0\nContent-Type: text/html\n\n{PAGE}", "mhtml"),
        ('{"content": "<table><tr><td>规章</td><td>0</td></tr></table>"}', "json"),
        (f"<?xml version='1.0'?><rss><d><![CDATA[{PAGE}]]></d></rss>", "xml"),
        (f"<p>%PDF-1.4</p>{PAGE}", "html"),
        ("文件头：MIME-Version: 1.0", "text"),
        ("From: 某局\n规章 0", "text"),
    ],
)
def test_what_holds_a_page(text: str, format: str) -> None:
    assert open_document(text.encode(), "report.doc")[0].format == format


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", "\u3000\xa0\n".encode(), b"\xff\xfe \0"])
def test_empty(data: bytes) -> None:
    assert refused(data).wrong == "it is empty."


@pytest.mark.parametrize(
    "data",
    [b"\0" * 200, bytes(range(1, 9)) * 50, bytes(range(256)) * 8, b"\x93\xff\x80\x01" * 90, b"report\0\0\0\0\0\0\0"],
)
def test_noise(data: bytes) -> None:
    assert "no Chinese text" in refused(data).wrong


@pytest.mark.parametrize(
    "page",
    ["<html><body><script>draw()</script></body></html>", "<html></html>", "<html><body>&nbsp;<p> </p></body></html>"],
)
def test_pages_without_text(page: str) -> None:
    assert "holds no text" in refused(page.encode()).wrong


def test_frames_are_named() -> None:
    assert "frames" in refused(b"<html><frameset><frame src='a.html'></frameset></html>").wrong
    document, _ = open_document("<html><body><p>年报</p><iframe src='t.html'></iframe></body></html>".encode())
    assert "t.html" in document.notes[0].message


def test_only_separators() -> None:
    assert "separators" in refused(b"|||\n | \n").wrong


def test_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"0" * 1001)
    for source in (path, path.read_bytes()):
        with pytest.raises(UnreadableDocument, match=r"1,001 bytes or more, over the limit of 1,000\..*max_bytes"):
            open_document(source, max_bytes=1000)
    assert open_document(path, max_bytes=1001)[0].format == "text"


def test_endless_device_stops_at_the_limit() -> None:
    with pytest.raises(UnreadableDocument, match="over the limit"):
        open_document("/dev/zero", max_bytes=1000)


@pytest.mark.parametrize("address", ["http://www.gov.cn/a.html", "HTTPS://x.cn", "ftp://x/y"])
def test_an_address_is_told_to_be_saved(address: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"an address, not a file\. Save the page first"):
        open_document(address)


def test_paths_that_cannot_be_read_are_pythons_own_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_document(tmp_path / "none.html")
    with pytest.raises(IsADirectoryError):
        open_document(tmp_path)
    if os.geteuid() != 0:
        path = tmp_path / "locked.html"
        path.write_text(PAGE)
        path.chmod(0)
        with pytest.raises(PermissionError):
            open_document(path)


def test_too_many_cells() -> None:
    assert "200,000" in refused(b"<table>" + b"<tr><td>1" * 200_001).wrong
    assert "200,000" in refused(b"<table>" + b"<tr>" * 200_001).wrong
    assert "200,000" in refused((b"1|" * 100 + b"\n") * 2_001).wrong


def test_errors_cross_processes() -> None:
    error = refused(b"")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
