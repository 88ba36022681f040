"""Figures in cells of a page that style makes hardly seen, moves, turns or adds to: none of them is read."""

from __future__ import annotations

import time

import pytest

import gxtools as gx
from gxtools.documents import open_document
from gxtools.documents.css_values import Color, color, pixels
from gxtools.grids import Document

TABLE = "<table><tr><td>规章<td>{}<td>1</table>"


def read(markup: str) -> Document:
    return open_document(f"<!DOCTYPE html><html><body>{markup}</body></html>".encode())[0]


def cell(markup: str) -> str:
    """The text of the first cell of figures of a page; a note stands where it is doubted and nowhere else."""
    document = read(markup)
    (grid,) = document.grids()
    text = grid.rows[0][1].text
    assert len(document.notes) == ("\ufffd" in text)
    return text


@pytest.mark.parametrize(
    "style",
    [
        "font-size:1px",
        "FONT-SIZE: 1.0pt",
        "font-size:0.1em",
        "font:1px/1 宋体",
        "display:inline-block;width:0;overflow:hidden",
        "max-height:1px;overflow-y:hidden",
        "color:#fff",
        "color:white !important",
        "color:rgb(255, 255, 255)",
        "color:rgba(0,0,0,0)",
        "color:hsl(0,0%,100%)",
        "color:#fefefe",
        "color:#333;background:#343434",
        "-webkit-text-fill-color:transparent",
        "-webkit-text-security:disc",
        "clip-path:inset(50%)",
        "display:inline-block;transform:scale(0)",
        "margin-left:-9999px",
        "position:absolute;left:9999px",
        "opacity:.05",
        "filter:blur(9px)",
        "letter-spacing:-9px",
        # What stands elsewhere among the others.
        "float:left",
        "order:-1",
        "position:relative;left:-2em",
        "margin-left:-1em",
    ],
)
def test_digits_that_are_hardly_seen_or_moved(style: str) -> None:
    assert cell(TABLE.format(f"54<span style='{style}'>9</span>")) == "54\ufffd"
    assert cell(f"<style>.x{{{style}}}</style>" + TABLE.format("54<span class=x>9</span>")) == "54\ufffd"
    assert cell(f"<style>.x{{{style}}}</style>" + TABLE.format("54<i class=x style='top:0'>9</i>")) == "54\ufffd"


@pytest.mark.parametrize(
    "inside",
    [
        "<span style='color:#fff;background:#1f4e79'>9</span>",
        "<span style='font-size:1px'><b style='font-size:14px'>9</b></span>",
        "<span style='color:white'><b style='color:#000'>9</b></span>",
        "<span style='font-size:9pt;letter-spacing:-.5pt;opacity:.8;transform:none;margin-left:2px'>9</span>",
        "<span style='width:0'>9</span>",
        "<span style='display:inline-block;transform:scale(.8)'>9</span>",
        "<span style='transform:translate3d(0,0,0)'>9</span>",
        "<span style='float:left'>9</span>",
        "<p style='margin-left:-5.4pt;text-indent:-21pt'>9</p>",
        "<span style='direction:rtl'>9</span>",
        "<font color=#000000>9</font>",
        "<font color=yellow>9</font>",
    ],
)
def test_digits_that_are_seen(inside: str) -> None:
    assert cell(TABLE.format(inside)) == "9"


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>规章<td style='color:#fff'>9<td>1</table>",
        "<table><tr style='color:#fff'><td>规章<td>9<td>1</table>",
        "<table><tr style='visibility:collapse'><td>规章<td>9<td>1</table>",
        "<table><tr><td>规章<td><font color=FFFFFF>9</font><td>1</table>",
        "<table bgcolor=#fafafa><tr><td>规章<td><font color=white>9</font><td>1</table>",
    ],
)
def test_cells_that_are_hardly_seen(table: str) -> None:
    assert cell(table) == "\ufffd"


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr style='background:#1f4e79'><td>规章<td style='color:#fff'>9<td>1</table>",
        "<table bgcolor=navy><tr><td>规章<td><font color=white>9</font><td>1</table>",
        "<style>tr{background:url(a.png)}</style><table><tr><td>规章<td style='color:#fff'>9<td>1</table>",
        "<style>*{background:#fff} .h{background:red}</style><table><tr><td>规<td class=h style='color:#fff'>9</table>",
        "<style>.w{color:#fff} td{color:#000}</style><table><tr><td>规章<td class=w>9<td>1</table>",
        "<table><tr style='height:0;overflow:hidden'><td>规章<td style='width:0;overflow:hidden'>9<td>1</table>",
        "<style>td:hover,tr:active td{opacity:0}</style><table><tr><td>规章<td>9<td>1</table>",
        "<div style='font-size:0;height:0;overflow:hidden'><table><tr><td>规章<td>9<td>1</table></div>",
    ],
)
def test_what_stands_on_a_ground_is_seen(table: str) -> None:
    assert cell(table) == "9"


def test_faint_words_leave_labels() -> None:
    (grid,) = read("<table><tr><td style='color:#fff'>3.其他<td>9<td>1</table>").grids()
    assert [each.text for each in grid.rows[0]] == ["3.其他", "9", "1"]


@pytest.mark.parametrize(
    "inside",
    [
        "<bdo dir=rtl>12</bdo>",
        "<span style='direction:rtl;unicode-bidi:bidi-override'>12</span>",
        "<span style='display:flex;flex-direction:row-reverse'><i>1</i><i>2</i></span>",
    ],
)
def test_digits_that_are_turned(inside: str) -> None:
    assert cell(TABLE.format(inside)) == "\ufffd\ufffd"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("收到3<span style='font-size:1px'>5</span>件", "收到3\ufffd件"),
        ("收到3<font color=white>5</font>件", "收到3\ufffd件"),
        ("收到3<span style='display:inline-block;width:0;overflow:hidden'>5</span>件", "收到3\ufffd件"),
        # All of a line, words with it, another ground, only moved: seen by somebody, or shown by a script.
        ("<span style='color:white'>2023</span>", "2023"),
        ("<span style='color:white'>2023年</span>年度", "2023年年度"),
        ("收到<span style='background:navy'><b style='color:#fff'>35</b>件</span>", "收到35件"),
        ("收到<span style='float:left'>35</span>件", "收到35件"),
    ],
)
def test_digits_among_words(inside: str, text: str) -> None:
    (line,) = read(f"<div style='transform:scale(1)'><p>{inside}</p></div>").lines()
    assert line.text == text


def test_a_faint_sign_or_magnitude() -> None:
    assert cell(TABLE.format("<i style='color:#fff'>-</i>5<i style='color:#fff'>万</i>")) == "\ufffd5\ufffd"


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (".x::after{content:'7'}", "5\ufffd"),
        (".x:BEFORE{content:'-'}", "5\ufffd"),
        ("td b.x::after{content:'\\37 '}", "5\ufffd"),
        (".y, .x::after{content:attr(data-n)}", "5\ufffd"),
        (".x::after{content:counter(rows)}", "5\ufffd"),
        (".x::after{content:'万'}", "5\ufffd"),
        (".x::first-letter{font-size:0}", "5\ufffd"),
        ("@media screen{.x::after{content:'7'}}", "5\ufffd"),
        # Nothing, a picture, a mark that clears floats, the heads that narrow windows repeat in cells.
        (".x::after{content:'';display:block}", "5"),
        (".x::after{content:'\\e600'}", "5"),
        (".x::after{content:'020';display:block;height:0;visibility:hidden}", "5"),
        (".x::after{content:attr(data-none)}", "5"),
        ("@media (max-width:600px){.x::after{content:attr(data-n)}}", "5"),
        (".x::first-letter{color:red}", "5"),
        (".z::after{content:'7'}", "5"),
    ],
)
def test_what_a_sheet_adds_to_a_figure(sheet: str, text: str) -> None:
    assert cell(f"<style>{sheet}</style>" + TABLE.format("<b class=x data-n=7>5</b>")) == text


def test_a_figure_that_only_a_sheet_writes() -> None:
    sheet = "<style>.x::after{content:'7'} tr td:first-child::before{content:'1'}</style>"
    assert cell(sheet + TABLE.format("<b class=x>&nbsp;</b>")) == "\xa0\ufffd"


def test_a_sheet_for_every_window_hides() -> None:
    sheet = "<style>@media only screen{.x{display:none}}</style>"
    (grid,) = read(sheet + TABLE.format("5<b class=x>9</b>")).grids()
    assert grid.rows[0][1].text == "5"


def test_a_faint_figure_is_unreadable_and_told() -> None:
    rows = "<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数"
    rows += "<tr><td>规章<td>1<i style='color:white'>9</i><td>2<td>3<tr><td>行政规范性文件<td>4<td>5<td>6"
    report = gx.read(f"<title>某市2023年政府信息公开工作年度报告</title><table>{rows}</table>".encode(), name="x.html")
    made = report.cells.filter(table="proactive", line="rules", column="made").row(0, named=True)
    assert (made["state"], made["value"], made["raw"]) == ("unreadable", None, "1\ufffd")
    assert report.problems.filter(rule="unreadable_cell", line="rules", column="made").height == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<style>" + "".join(f".c{n}::after{{content:attr(a{n})}}" for n in range(5_000)) + "</style>",
        "<style>" + '.c::after{content:"' * 10_000 + "</style>",
        "<style>.c{color:rgb(" + "1," * 80_000 + "}</style>",
        "<style>.c{font:" + "1 " * 80_000 + "}</style>",
        "<style>" + "".join(f".c{n}{{color:#fff;float:left}}" for n in range(6_000)) + "</style>",
        "<table><tr><td>" + "<i style='color:#fff;float:left'>1" * 20_000 + "</table>",
    ],
    ids=["attributes", "quotes", "channels", "sizes", "rules", "nested"],
)
def test_no_style_takes_long(markup: str) -> None:
    start = time.process_time()
    read(markup + TABLE.format(5) + "<i class=c7 a7=7>a</i>" * 5_000)
    assert time.process_time() - start < 5


def test_sheets_beyond_all_measure_are_told() -> None:
    rules = "".join(f".c{number} b{{color:#{number:06x};float:left}}" for number in range(30_000))
    start = time.process_time()
    document = read(f"<style>{rules}</style>" + TABLE.format(5))
    assert [note.lost for note in document.notes] == [True]
    assert "too many rules" in document.notes[0].message
    assert time.process_time() - start < 5


def test_values_of_colors_and_lengths() -> None:
    assert color("#0f0") == Color(0, 255, 0)
    assert color("#00ff0080") == Color(0, 255, 0, 128 / 255)
    assert color("rgb(0%, 20%, 0%)") == Color(0, 51, 0)
    assert color("navy") is None
    assert (pixels("3pt"), pixels("-2em"), pixels("0"), pixels("1px 2px"), pixels("auto")) == (4, -32, 0, None, None)
