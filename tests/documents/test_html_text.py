"""Text of pages: what parts pieces and what does not, what is seen and what is not, what a page says of itself."""

from __future__ import annotations

import time

import pytest

from gxtools.documents import open_document
from gxtools.grids import Document, TextLine


def read(markup: str) -> Document:
    return open_document(f"<!DOCTYPE html><html><body>{markup}</body></html>".encode())[0]


def paragraphs(markup: str) -> list[str]:
    lines = list(read(markup).lines())
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert {line.kind for line in lines} <= {"paragraph"}
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("12", "12"),
        ("<span>1</span><font>2</font>", "12"),
        ("<p><span>1</span><b><i>2</i></b></p>", "12"),
        ("<p>1</p><p>2</p>", "1\n2"),
        ("1<p>2</p>", "1\n2"),
        ("<div>1</div>2", "1\n2"),
        ("<span>1<div>2</div></span>", "1\n2"),
        ("1<br>2", "1\n2"),
        ("1<hr>2", "1\n2"),
        ("<ul><li>1<li>2</ul>", "1\n2"),
        ("<span style='display:block'>1</span><span style='DISPLAY: block'>2</span>", "1\n2"),
        ("<p>1</p><p>&nbsp;</p>", "1"),
        ("&nbsp;", "\xa0"),
        ("<p>&nbsp;</p><p></p>", "\xa0"),
        ("　", "　"),
        ("", ""),
        (" \n ", ""),
        ("\n  商业\n  企业 ", "商业 企业"),
        ("&nbsp;5 ", "\xa05"),
        ("1 <!-- 9 -->2", "1 2"),
        ("1<script>9</script>2", "12"),
        ("5<sup>1</sup>", "5^1"),
        ("5<sub>1</sub>", "5_1"),
        ("<sup>5</sup>", "5"),
        ("<del>5</del>6", "~~5~~6"),
        ("<s>5</s>", "~~5~~"),
        ("<span style='text-decoration: line-through'>5</span>", "~~5~~"),
        ("<input value=7>", "7"),
        ("<input type=hidden value=7>", ""),
        ("<input type=checkbox value=7>是", "是"),
        ("<select><option>1<option selected>2</select>", "2"),
        ("<textarea>3</textarea>", "3"),
        ("0<span style='display: none'>9</span>", "0"),
        ("0<span style='visibility:hidden'>9</span>", "0"),
        ("0<b style='color:red; OPACITY: 0'>9</b>", "0"),
        ("0<font style='font-size:0px'>9</font>", "0"),
        ("0<span style='position:absolute;left:-9999px'>9</span>", "0"),
        ("0<span style='opacity:0.5;font-size:0.9em;left:-1px'>9</span>", "09"),
        ("0<span style='color: transparent;'>9</span>", "0"),
        ("0<span style='background-color:transparent'>9</span>", "09"),
        ("0<span hidden>9</span>", "0"),
        ("&lt;b&gt;", "<b>"),
        ("<o:p>3</o:p>", "3"),
    ],
)
def test_text_of_a_cell(inside: str, text: str) -> None:
    shown = "<p>" + "总体情况" * 10 + "</p>"
    for other in ("x", "<p>x</p><p>y</p>"):  # rows of simple cells and of others take different ways
        (grid,) = read(f"{shown}<table><tr><td>规章<td>{inside}<td>{other}</table>").grids()
        assert [cell.text for cell in grid.rows[0]][:2] == ["规章", text]


def test_a_row_that_is_struck_out() -> None:
    (grid,) = read("<table><tr style='text-decoration:line-through'><td>a<td>5<tr><td>b<td>6</table>").grids()
    assert [[cell.text for cell in row] for row in grid.rows] == [["~~a~~", "~~5~~"], ["b", "6"]]


def test_paragraphs() -> None:
    assert paragraphs(
        "头<b>条</b><p>一<span>、</span>总体</p>\n<div>前<div>内\n里</div>后<br>末</div><ul><li>甲<li><a>乙</a></ul>"
        "<p>&nbsp;</p><p></p><h2>二</h2>2020<sup>1</sup>尾"
    ) == ["头条", "一、总体", "前", "内 里", "后", "末", "甲", "乙", "二", "2020^1尾"]


def test_what_is_not_text() -> None:
    assert paragraphs(
        "<style>p{}</style><script>x</script><template>t</template><noscript>请启用</noscript><svg><text>s</text></svg>"
        "<!-- c --><p>文</p><input type=hidden value=h>"
    ) == ["文"]


def test_preformatted_text_is_read_as_a_text_file() -> None:
    document = read("<pre>总体\n\n| 规章 | 0 |\n| 许可 | 5 |\n</pre><p>尾</p>")
    (grid,) = document.grids()
    assert [[cell.text for cell in row] for row in grid.rows] == [["规章", "0"], ["许可", "5"]]
    assert grid.where(grid.rows[1][1]) == "table 1, row 2, column 2"
    assert [line.text for line in document.lines()] == ["总体", "尾"]


TABLE = "<table><tr><td>规章<td>{}<tr><td>许可<td>5</table>"


@pytest.mark.parametrize("hide", ["hidden", "style='display:none'", "style='color:red; DISPLAY : none;'"])
def test_a_hidden_copy_of_a_table_is_not_read(hide: str) -> None:
    document = read(TABLE.format(0) + f"<div {hide}>{TABLE.format(9)}</div>")
    assert len(list(document.grids())) == 1
    assert [note.message for note in document.notes] == ["A hidden part of the page with 4 table cells was not read."]


def test_a_page_that_a_script_will_show_is_read() -> None:
    document = read("<p>加载中</p><div style='display:none'>" + TABLE.format(0) + "</div>")
    assert len(list(document.grids())) == 1
    assert "hidden until a script shows it" in document.notes[0].message


def test_hidden_menus_go_without_a_note() -> None:
    document = read("<ul style='display:none'><li>菜单</ul><p>总体情况如下。</p>")
    assert (document.notes, [line.text for line in document.lines()]) == ((), ["总体情况如下。"])


def test_a_hidden_cell_takes_no_place() -> None:
    (grid,) = read("<table><tr><td>a<td style='display:none'>9<td>1<tr><td>b<td>2</table>").grids()
    assert [tuple(cell[:3]) for cell in grid.rows[0]] == [("a", 0, 0), ("1", 0, 1)]


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (".x { display: none }", "5"),
        ("/* .x */ td span.x, .y { color: red; DISPLAY:none !important; }", "5"),
        (".x{visibility:hidden}", "5"),
        (".x{font-size:0px}", "5"),
        (".x{position:absolute;clip:rect(0,0,0,0)}", "5"),
        (".x{color:transparent}", "5"),
        (".x{display:none} td span{font-size:12px; visibility:visible}", "5"),
        ("<!-- .x{opacity:0} -->", "5"),
        ("@charset 'utf-8'; @media print {.x{color:red}} .x{display:none}", "5"),
        # What one window or paper alone hides is shown, as is what another rule or nothing at all says of the tag.
        ("@media print { .y{color:red} .x{display:none} }", "95"),
        (".x{display:none} td .x{display:inline}", "95"),
        (".x{font-size:0.9em;opacity:0.5}", "95"),
        (".x{font-size:0} span{font-size:12px}", "5"),
        ("span{font-size:12px} .x{font-size:0}", "5"),
        (".x{font-size:0} .x{font-size:12px}", "95"),
        (".x{font-size:12px} .x{font-size:0}", "5"),
        (".x{display:none} span:not(p, b){display:inline}", "95"),
        (".x{font-size:12px !important} td span.x{font-size:0}", "95"),
        (".x.y, .x{display:none} table td span{display:inline}", "5"),
        (".x{display:none} table td span.x, p{display:inline}", "95"),
        (".z{display:none}", "95"),
        (".x::after{display:none}", "95"),
        # The end of a sheet ends its rules, as in browsers.
        (".x{display:none", "5"),
        # What is hidden in some windows only is shown in others.
        (".x{display:none} @media (min-width: 768px) { .x{display:inline} }", "95"),
        (".x{display:none} @supports (display: grid) { @media screen { .x{display:inline !important} } }", "95"),
        (".x{display:none} @media print { .x{display:inline} }", "5"),
        (".x{clip:rect(0 0 0 0)}", "5"),
        (".x{clip:rect(0, 60px, 20px, 0)}", "95"),
    ],
)
def test_what_a_style_sheet_hides_in_a_cell_is_not_read(sheet: str, text: str) -> None:
    document = read(f"<style>{sheet}</style><table><tr><td>规章<td><span class=x>9</span>5<td>1</table>")
    (grid,) = document.grids()
    assert [cell.text for cell in grid.rows[0]] == ["规章", text, "1"]
    assert len(document.notes) == (text == "5")


@pytest.mark.parametrize(
    "sheet",
    [
        "a" * 200_000,
        "/*" * 100_000,
        "{" * 200_000,
        "@media x{a{" * 20_000,
        ".x{opacity:" + "0" * 100_000 + "1}",
        "".join(f".c{number},*{{opacity:0}}" for number in range(6_000)),
    ],
    ids=["no rule", "comments", "braces", "conditions", "digits", "selectors"],
)
def test_no_style_sheet_takes_long(sheet: str) -> None:
    start = time.process_time()
    read(f"<style>{sheet}</style><table><tr><td>规章<td><span class=x>9</span>5</table>" + "<i>a</i>" * 5_000)
    assert time.process_time() - start < 5


def test_a_row_and_a_table_that_a_style_sheet_hides_are_not_read() -> None:
    row = "<table><tr><td>规章<td>0<tr class=x><td>规章<td>9<tr><td>许可<td>5</table>"
    document = read(f"<style>.x{{display:none}}</style>{row}<table class=x><tr><td>规章<td>8</table>")
    (grid,) = document.grids()
    assert [[cell.text for cell in line] for line in grid.rows] == [["规章", "0"], ["许可", "5"]]
    assert [note.message for note in document.notes] == ["A hidden part of the page with 4 table cells was not read."]


def test_a_style_sheet_for_paper_hides_nothing_and_a_style_of_its_own_shows() -> None:
    table = "<table><tr><td>规章<td>{}5<td>1</table>"
    for sheet, tag in (
        ("<style media=print>.x{display:none}</style>", "<span class=x>9</span>"),
        ("<style>.x{display:none}</style>", "<span class=x style='display:inline'>9</span>"),
    ):
        (grid,) = read(sheet + table.format(tag)).grids()
        assert grid.rows[0][1].text == "95"


def test_what_a_page_says_of_itself() -> None:
    document, _ = open_document(
        "<!DOCTYPE html><html><head><title>某市年报_门户</title><meta name='ArticleTitle' content='某市2020年年报'>"
        "<meta property='og:title' content='某市年报'><meta name='PubDate' content=' 2021-01-29 10:30'>"
        "<meta property='og:url' content='https://www.x.gov.cn/a/1.html'><link rel=canonical href='/a/1.html'></head>"
        "<body><h1>某市2020年年报</h1><div class='title'>标题</div></body></html>".encode()
    )
    assert document.titles == ("某市2020年年报", "某市年报", "某市年报_门户", "标题")
    assert document.published == "2021-01-29 10:30"
    assert document.address == "https://www.x.gov.cn/a/1.html"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("<link rel='canonical' href='http://x.cn/1.html'>", "http://x.cn/1.html"),
        ("<link rel='canonical' href='http://x.cn/'>", None),
        ("<link rel='canonical' href='javascript:alert(1)'>", None),
        ("<link rel='canonical' href='http://[x'>", None),
        ("<meta name='url' content='http://x.cn/?id=1'>", "http://x.cn/?id=1"),
        ("<!-- saved from url=(0021)http://x.cn/a/b.html -->", "http://x.cn/a/b.html"),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("", None),
    ],
)
def test_addresses(head: str, address: str | None) -> None:
    assert open_document(f"<html><head>{head}</head><body>年</body></html>".encode())[0].address == address


def test_notes_of_the_encoding_reach_the_document() -> None:
    data = "<html><body><p>年度报告</p></body></html>".encode().replace(b"</p>", b"\xff</p>")
    document, _ = open_document(data)
    assert document.blocks == (TextLine("年度报告\ufffd", 1, "paragraph"),)
    assert len(document.notes) == 1
