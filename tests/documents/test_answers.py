"""Answers of web services in JSON and XML: the one article that they hold, whatever its name, and never two mixed."""

from __future__ import annotations

import html
import json

import pytest

from gxtools.documents import open_document
from gxtools.errors import UnreadableDocument
from gxtools.grids import Document

TABLE = "<p>总体情况</p><table><tr><td>规章</td><td>5</td></tr><tr><td>规范性文件</td><td>6</td></tr></table>"
OTHER = TABLE.replace("5", "7")
LONG = "本机关认真执行《中华人民共和国政府信息公开条例》。\n" * 12


def read(text: str, codec: str = "utf-8", format: str = "json") -> Document:
    document, _ = open_document(text.encode(codec), "answer.json")
    assert document.format == format
    return document


def figures(document: Document) -> list[str]:
    return [grid.rows[0][1].text for grid in document.grids()]


def refused(text: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        open_document(text.encode(), "answer.json")
    assert str(caught.value).startswith("answer.json: ")
    assert caught.value.wrong.endswith(".")
    return caught.value.wrong


HOLDING = {
    "named anyhow": json.dumps({"code": 0, "x7": TABLE}),
    "deep": json.dumps({"data": {"list": [{"detail": {"body": TABLE}}]}}),
    "a list": json.dumps([TABLE]),
    "characters as they are": json.dumps({"content": TABLE}, ensure_ascii=False),
    "escaped twice": json.dumps({"content": html.escape(TABLE)}),
    "JSON in JSON": json.dumps({"data": json.dumps({"data": json.dumps({"content": TABLE})})}),
    "the same twice": json.dumps({"content": TABLE, "mobile": TABLE, "detail": {"content": TABLE}}),
    "beside its summary": json.dumps({"content": TABLE, "summary": LONG}),
    "JSONP": f"jQuery_1.cb({json.dumps({'content': TABLE})});",
    "JSONP behind a comment": f"/**/cb ( {json.dumps({'content': TABLE})} )\n",
    "a variable": f"var data = {json.dumps({'content': TABLE})};",
    "a whole page": json.dumps({"content": f"<!DOCTYPE html><html><body>{TABLE}</body></html>"}),
}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("text", HOLDING.values(), ids=HOLDING)
def test_the_article_is_found(text: str, codec: str) -> None:
    document = read(text, codec)
    assert figures(document) == ["5"]
    assert [line.text for line in document.lines()] == ["总体情况"]
    assert document.notes == ()


def test_text_without_tags() -> None:
    document = read(json.dumps({"body": f"{LONG}规章 | 5 | 6 |\n规范性文件 | 7 | 8 |\n"}))
    assert figures(document) == ["5"]
    assert len(list(document.lines())) == 12


def test_what_it_says_of_itself() -> None:
    article = {"info_title": "<b>年报</b>&nbsp;2022", "pubDate": "2023-01-28 09:00", "url": "http://x.gov.cn/a.html"}
    document = read(json.dumps({"title": "政府信息公开年报", "data": {**article, "content": TABLE}}))
    assert document.titles == ("年报 2022", "政府信息公开年报")
    assert (document.published, document.address) == ("2023-01-28 09:00", "http://x.gov.cn/a.html")
    for stated in (1674867600000, "1674867600000", 1674867600):
        assert read(json.dumps({"content": TABLE, "publishTime": stated})).published == "2023-01-28"
    for stated in (1, True, "", "n/a", None, {"x": 1}):
        assert read(json.dumps({"content": TABLE, "publishTime": stated})).published is None
    for stated in ("/a.html", "http://x.gov.cn/", "http://["):
        assert read(json.dumps({"content": TABLE, "url": stated})).address is None
    two = {"content": TABLE, "url": "http://x.gov.cn/a.html", "link": "http://y.gov.cn/b.html"}
    assert read(json.dumps(two)).address is None


def test_what_stands_beside_an_article_says_nothing_of_it() -> None:
    others = [{"title": "别的", "url": "http://x.cn/1"}, {"title": "本篇", "content": TABLE}]
    document = read(json.dumps({"title": "栏目", "list": others}))
    assert document.titles == ("本篇",)
    assert document.address is None


def test_several_articles() -> None:
    assert "2 articles" in refused(json.dumps([{"content": TABLE}, {"content": OTHER}]))
    assert "2 articles" in refused(json.dumps({"a": {"content": TABLE}, "b": {"content": OTHER}}))
    assert "3 articles" in refused(json.dumps([LONG, LONG + "甲", LONG + "乙"]))
    large = TABLE + "".join(f"<table><tr><td>{n}<td>1</table>" for n in range(20))
    document = read(json.dumps([{"content": OTHER}, {"content": large}, {"content": LONG}]))
    assert figures(document)[0] == "5"
    assert "further texts with tables (1)" in document.notes[0].message


def test_several_fields_of_an_article() -> None:
    document = read(json.dumps({"intro": "<p>序</p><p>一</p><p>二</p>", "content": TABLE, "text": LONG}))
    assert [line.text for line in document.lines()] == ["序", "一", "二", "总体情况"]
    assert figures(document) == ["5"]
    assert "2 articles" in refused(json.dumps({"content": TABLE, "lastYear": OTHER}))


def test_nothing_to_read() -> None:
    for answer in (
        {"code": 404, "msg": "未找到"},
        [],
        {},
        [1, 2],
        {"a": "x" * 500},
        {"a": html.escape(html.escape(TABLE))},
    ):
        assert "no page" in refused(json.dumps(answer))


def test_damage() -> None:
    whole = json.dumps({"content": TABLE})
    assert "breaks off" in refused(whole[:-1])
    assert "breaks off" in refused(whole[:90])
    assert "breaks off" in refused(f"[{whole},")
    assert "breaks off" in refused(f"cb({whole[:90]}")
    assert "something follows" in refused(whole + whole)
    assert "nested more deeply" in refused('{"a":' * 100_000)
    assert "2,000,000 values" in refused('{"a":[' + "[]," * 1_000_000)


def test_texts_that_only_begin_like_json() -> None:
    for text in ("[2020]1号", "{未完", "[" * 9, "附件(1)", "cb([未完", "a=[1]号", "[1,2]是表"):
        assert read(text, format="text").blocks
    assert read("[甲]<table><tr><td>规章<td>5</table>", format="html").blocks


def test_codes_that_are_no_characters() -> None:
    document = read('{"content": "<table><tr><td>规章</td><td>1\\u00002</td><td>\\ud800</td></tr></table>"}')
    assert [cell.text for cell in next(document.grids()).rows[0]] == ["规章", "1\ufffd2", "\ufffd"]
    assert document.notes[0].lost


FEED = (
    "<?xml version='1.0' encoding='gb2312'?><rss><channel><title>栏目</title>"
    "<item><title>年报</title>{}</item></channel></rss>"
)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("body", [f"<![CDATA[{TABLE}]]>", html.escape(TABLE), html.escape(html.escape(TABLE))])
def test_feeds(body: str, codec: str) -> None:
    text = FEED.format(
        f"<pubDate>2023-01-28</pubDate><link>http://x.cn/a</link><content:e xmlns:content='x'>{body}</content:e>"
    )
    document = read(text, codec, "xml")
    assert figures(document) == ["5"]
    assert document.titles == ("年报", "栏目")
    assert (document.published, document.address) == ("2023-01-28", "http://x.cn/a")


def test_feeds_of_several_articles_and_damaged_ones() -> None:
    item = f"<d><![CDATA[{TABLE}]]></d></item><item><d><![CDATA[{OTHER}]]></d>"
    assert "2 articles" in refused(FEED.format(item))
    assert "damaged in line 1" in refused(FEED.format(item)[:-20])
    assert "damaged" in refused(FEED.format(f"&nbsp;<![CDATA[{TABLE}]]>"))
    assert "no page" in refused(FEED.format("<d>x</d>"))
    bomb = '<!DOCTYPE r [<!ENTITY a "年"><!ENTITY b "&a;&a;&a;">]>'
    assert "entities" in refused(f"<?xml version='1.0'?>{bomb}<r>&b;<![CDATA[{TABLE}]]></r>")
    assert "tags" in refused("<?xml version='1.0'?><r>" + "<x>" * 2_000_001)


def test_xml_that_is_a_page() -> None:
    xhtml = (
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'><html xmlns='x'>{}</html>"
    )
    empty = "<head><title/><script src='a'/></head><body><sup/><p/><del class='a'/>"
    document = read(xhtml.format(f"{empty}{TABLE}<br/></body>"), format="html")
    assert figures(document) == ["5"]
    assert [line.text for line in document.lines()] == ["总体情况"]
    assert figures(read(f"<?xml version='1.0'?><div>{TABLE}</div>", format="html")) == ["5"]
    mixed = f"<?xml version='1.0'?><doc><![CDATA[<p>甲</p>]]>{TABLE}</doc>"
    assert [line.text for line in read(mixed, format="html").lines()] == ["甲", "总体情况"]
