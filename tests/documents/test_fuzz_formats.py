"""Files of every format, changed at random: read, or refused with a sentence; never another exception."""

from __future__ import annotations

import contextlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxtools.documents import open_document
from gxtools.errors import UnreadableDocument
from tests.documents.wordml import members, p, r, tbl, tc, tr, zipped

TABLE = (
    "<p>年报</p><table><tr><td rowspan=2>规章</td><td>5</td></tr><tr><td>6</td></tr></table>"
    "<iframe src='cid:a'></iframe>"
)
FILES = {
    "mhtml": "\r\n".join(
        [
            *(
                "From: <Saved by Blink>",
                "MIME-Version: 1.0",
                'Content-Type: multipart/related; boundary="b"',
                "",
                "--b",
            ),
            *("Content-Type: text/html", "Content-Transfer-Encoding: quoted-printable", "", TABLE, "--b"),
            *(
                "Content-Type: text/html",
                "Content-ID: <a>",
                "Content-Transfer-Encoding: base64",
                "",
                "PHA+5bm0",
                "--b--",
            ),
        ]
    ),
    "json": json.dumps({"title": "年报", "time": [1, 2.5, None], "data": json.dumps({"x": TABLE})}),
    "xml": f"<?xml version='1.0'?><rss><item><title>年报</title><d><![CDATA[{TABLE}]]></d></item></rss>",
}
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
WORD = members(
    p("年报", properties='<w:pStyle w:val="S"/>')
    + p(r("项", "<w:vanish/>"), "<w:ins><w:r><w:t>入</w:t></w:r></w:ins>", properties=NUMBERED)
    + tbl(
        tr(tc("规章", properties='<w:vMerge w:val="restart"/>'), tc("5", properties='<w:gridSpan w:val="2"/>')),
        tr(tc(properties="<w:vMerge/>"), tc(p(r("6", '<w:vertAlign w:val="superscript"/>'))), "7"),
        widths=(900, 900, 900),
    ),
    styles='<w:style w:type="paragraph" w:styleId="S"><w:basedOn w:val="T"/></w:style>',
    numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
TAGS = re.compile(r"<[^<>]*>")
PIECES = sorted(
    {tag for part in WORD.values() for tag in TAGS.findall(str(part))} | {"<w:txbxContent>", "</w:txbxContent>"}
)


def check(data: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        document, _ = open_document(data, "x")
        assert document.blocks


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
@given(st.integers(0, 700), st.binary(max_size=4), st.integers(0, 700), st.booleans())
def test_changed_texts(file: str, place: int, put: bytes, end: int, cut: bool) -> None:
    data = file.encode()
    check(data[:place] + put + (b"" if cut else data[end:]))


@given(st.integers(0, 3000), st.binary(max_size=4), st.integers(0, 3000), st.booleans())
def test_changed_archives(place: int, put: bytes, end: int, cut: bool) -> None:
    data = zipped(WORD)
    check(data[:place] + put + (b"" if cut else data[end:]))


@given(
    st.sampled_from([name for name in WORD if name.endswith((".xml", ".rels"))]),
    st.lists(st.tuples(st.integers(0, 150), st.sampled_from(PIECES), st.booleans()), min_size=1, max_size=4),
)
def test_changed_parts(name: str, changes: list[tuple[int, str, bool]]) -> None:
    parts = re.findall(r"<[^<>]*>|[^<>]+", str(WORD[name]))
    for place, piece, instead in changes:
        parts[place : place + instead] = [piece]
    check(zipped(WORD | {name: "".join(parts)}))


@given(st.permutations(list(WORD)))
def test_exchanged_parts(names: list[str]) -> None:
    check(zipped(dict(zip(names, WORD.values(), strict=True))))
