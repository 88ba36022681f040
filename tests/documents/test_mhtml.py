"""Web archives in the flavours of Chromium, Internet Explorer, Word and WPS, whole and damaged."""

from __future__ import annotations

import base64
import contextlib
import quopri

import pytest

from gxtools.documents import open_document
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document

PAGE = "<html><head><title>年报</title></head><body><p>总体情况{}</p><table><tr><td>规章<td>5</table></body></html>"
PLAIN = PAGE.format("")


def part(text: str, *headers: str, encoding: str = "8bit", codec: str = "utf-8") -> bytes:
    data = text.encode(codec)
    body = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(data)
    lines = ["Content-Type: text/html", f"Content-Transfer-Encoding: {encoding}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def archive(
    *parts: bytes, boundary: str = "----=_Next", more: str = "", kind: str = "related", close: bool = True
) -> bytes:
    kind = f'Content-Type: multipart/{kind};\r\n\tboundary="{boundary}"'
    head = f"From: <Saved by Blink>\r\n{more}MIME-Version: 1.0\r\n{kind}"
    line = f"\r\n--{boundary}".encode()
    body = b"".join(line + b"\r\n" + inner for inner in parts)
    return head.encode() + b"\r\n\r\n" + body + (line + b"--\r\n" if close else b"")


def read(data: bytes) -> Document:
    document, _ = open_document(data, "page.mht")
    assert document.format == "mhtml"
    return document


def figures(document: Document) -> list[str]:
    return [grid.rows[0][1].text for grid in document.grids()]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        open_document(data, "page.mht")
    assert str(caught.value).startswith("page.mht: ")
    return caught.value.wrong


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit", "binary"])
def test_encodings(encoding: str, codec: str) -> None:
    if codec == "utf-16" and encoding != "base64":
        return
    document = read(archive(part(PLAIN, encoding=encoding, codec=codec)))
    assert [line.text for line in document.lines()] == ["总体情况"]
    assert figures(document) == ["5"]
    assert document.titles == ("年报",)
    assert document.notes == ()


def test_a_page_alone_and_parts_within_parts() -> None:
    alone = b"Subject: x\nMIME-Version: 1.0\n" + part(PLAIN, encoding="quoted-printable").replace(b"\r\n", b"\n")
    assert figures(read(alone)) == ["5"]
    assert figures(read(b"\xef\xbb\xbf\r\n" + alone)) == ["5"]
    text = b"Content-Type: text/plain\r\n\r\n99"
    inner = archive(text, part(PLAIN), boundary="inner", kind="alternative").partition(b"1.0\r\n")[2]
    assert figures(read(archive(inner, b"Content-Type: text/css\r\n\r\np {}"))) == ["5"]


def test_the_part_named_as_the_start_is_the_page() -> None:
    other = PLAIN.replace("5", "6")
    whole = archive(part(other, "Content-ID: <b>"), part(PLAIN, "Content-ID: <a>"))
    assert figures(read(whole)) == ["6"]
    assert figures(read(whole.replace(b"related;", b'related; start="<a>";'))) == ["5"]


def test_addresses() -> None:
    of_part = "Content-Location: http://www.x.gov.cn/a/1.html"
    assert read(archive(part(PLAIN, of_part))).address == "http://www.x.gov.cn/a/1.html"
    of_whole = "Snapshot-Content-Location: https://www.x.gov.cn/\r\n a/2.html\r\n"
    assert read(archive(part(PLAIN, of_part), more=of_whole)).address == "https://www.x.gov.cn/a/2.html"
    for location in ("file:///C:/a.htm", "cid:x", "http://[", "javascript:alert(1)"):
        assert read(archive(part(PLAIN, f"Content-Location: {location}"))).address is None
    canonical = PLAIN.replace("</head>", '<link rel="canonical" href="http://www.x.gov.cn/c.html"></head>')
    assert read(archive(part(canonical, "Content-Location: file:///a.htm"))).address == "http://www.x.gov.cn/c.html"


@pytest.mark.parametrize(
    ("source", "header"),
    [
        ("cid:f-1@mhtml.blink", "Content-ID: <f-1@mhtml.blink>"),
        ("http://x.cn/a/t.html?x=1&amp;y=2", "Content-Location: http://x.cn/a/t.html?x=1&y=2"),
        ("t.html", "Content-Location: http://x.cn/a/t.html"),
        ("/a/t.html", "Content-Location: http://x.cn/a/t.html"),
    ],
)
def test_frames_of_the_page_are_read_after_it(source: str, header: str) -> None:
    for frame in (f'<iframe width="9" src="{source}"></iframe>', f"<IFRAME SRC='{source}'></IFRAME>"):
        main = PAGE.format(frame).replace("5", "6")
        unshown = part(PLAIN.replace("5", "7"), "Content-Location: http://x.cn/a/other.html")
        document = read(archive(part(main, "Content-Location: http://x.cn/a/m.html"), unshown, part(PLAIN, header)))
        assert figures(document) == ["6", "5"]
        assert [grid.number for grid in document.grids()] == [1, 2]
        assert [line.number for line in document.lines()] == [1, 2]
        assert len(document.notes) == 1
        assert "frames" in document.notes[0].message


def test_frames_that_show_themselves_or_nothing() -> None:
    main = "Content-Location: http://x.cn/m.html"
    twice = PAGE.format('<iframe src="m.html"></iframe><iframe src="m.html"></iframe><iframe></iframe>')
    assert figures(read(archive(part(twice, main)))) == ["5"]
    gone = PAGE.format('<iframe src="gone.html"></iframe>').replace("<table>", "<div>")
    assert "gone.html" in read(archive(part(gone, main))).notes[0].message
    frames = '<html><frameset><frame src="a.html"><frame src="b.html"></frameset></html>'
    inner = part(PLAIN, "Content-Location: http://x.cn/b.html")
    empty = part("<html></html>", "Content-Location: http://x.cn/a.html")
    assert figures(read(archive(part(frames, main), empty, inner))) == ["5"]
    assert "only frames" in refused(archive(part(frames, main)))


def test_damage() -> None:
    cut = archive(part(PLAIN), close=False)
    assert "cut off" in read(cut).notes[0].message
    assert read(cut).notes[0].lost
    assert "damaged or was cut off" in refused(archive(part(PLAIN, encoding="base64")[:-10], close=False))
    assert "damaged or was cut off" in refused(archive(part(PLAIN, encoding="base64").replace(b"=", b"") + b"=AAA"))
    assert "no page" in refused(archive(b"Content-Type: image/gif\r\n\r\nx"))
    assert "no page" in refused(archive())
    assert "no text" in refused(archive(part("<html></html>")))
    lost = archive(part(PLAIN).replace("总".encode(), b"\xff\xfe\xfd"))
    assert "no valid UTF-8" in read(lost).notes[0].message


def test_every_cut_is_read_or_refused() -> None:
    whole = archive(part(PLAIN, encoding="base64"), b"Content-Type: image/gif\r\n\r\nx")
    for end in range(25, len(whole), 7):
        try:
            document, _ = open_document(whole[:end], "page.mht")
        except UnreadableDocument:
            continue
        assert figures(document) in ([], ["5"])


def test_bombs() -> None:
    nested = part(PLAIN)
    for depth in range(30):
        nested = archive(nested, boundary=f"b{depth}").partition(b"1.0\r\n")[2]
    for data in (
        b"MIME-Version: 1.0\r\n" + nested,
        archive(*[b"Content-Type: text/html\r\n\r\n"] * 10_001),
        archive(part("<iframe src=" * 100_000)),
        archive(part("<iframe src=x>" * 100_000 + PLAIN, "Content-Location: http://x.cn/x")),
        b"MIME-Version: 1.0\r\n" + b"A: b\r\n" * 300_000,
        b"MIME-Version: 1.0\r\n" + b" " * 3_000_000,
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="'
        + b"a" * 30_000
        + b'"\r\n\r\n'
        + b"-" * 900_000,
    ):
        with contextlib.suppress(UnreadableDocument):
            open_document(data, "page.mht")
