"""Numbers that Word writes before paragraphs, as Word counts and writes them."""

from __future__ import annotations

import pytest

from gxtools.documents import open_document
from gxtools.documents.docx_numbering import written
from tests.documents.wordml import p, tbl, tr, word


def level(depth: int, style: str, text: str, more: str = "") -> str:
    start = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>'
    return f'<w:lvl w:ilvl="{depth}">{start}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def item(text: str, depth: int = 0, list: int = 1) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list}"/></w:numPr>')


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    document, _ = open_document(word(body, numbering=numbering, styles=styles), "report.docx")
    return [line.text for line in document.lines()]


CLOSE = '<w:suff w:val="nothing"/>'
CHINESE = level(0, "chineseCounting", "%1、", CLOSE)
INNER = level(1, "chineseCounting", "（%2）", CLOSE)
DIGITS = level(2, "decimal", "%3.", CLOSE)


def test_levels_count_on_and_begin_anew_under_a_higher_one() -> None:
    body = [
        item("甲"),
        item("乙", 1),
        item("丙", 1),
        item("丁", 2),
        item("戊"),
        item("己", 1),
        item("庚", 2),
        item("辛", 2),
    ]
    assert lines("".join(body), lists(CHINESE, INNER, DIGITS)) == [
        *("一、甲", "（一）乙", "（二）丙", "1.丁", "二、戊", "（一）己", "1.庚", "2.辛"),
    ]


def test_paragraphs_without_a_number_do_not_count() -> None:
    gone = p("无", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
    assert lines(item("甲") + p("间") + gone + item("乙"), lists(CHINESE)) == ["一、甲", "间", "无", "二、乙"]
    assert lines(item("甲", list=7), lists(CHINESE)) == ["甲"]
    assert lines(item("甲", depth=5), lists(CHINESE)) == ["甲"]


def test_what_stands_between_number_and_text() -> None:
    assert lines(item("甲"), lists(level(0, "decimal", "%1."))) == ["1. 甲"]
    assert lines(item("5"), lists(level(0, "decimal", "%1.", CLOSE))) == ["1. 5"]
    assert lines(item("甲"), lists(level(0, "bullet", "\uf06c"))) == ["甲"]
    assert lines(item("甲"), lists(level(0, "hebrew1", "%1"))) == ["甲"]


def test_numbers_of_several_levels() -> None:
    legal = level(1, "decimal", "%1.%2", CLOSE + "<w:isLgl/>")
    assert lines(item("甲") + item("乙", 1), lists(CHINESE, legal)) == ["一、甲", "1.1乙"]
    assert lines(item("乙", 1), lists(CHINESE, level(1, "decimal", "%1%2", CLOSE))) == ["一1乙"]
    kept = level(1, "decimal", "%2）", CLOSE + '<w:lvlRestart w:val="0"/>')
    assert lines(item("甲") + item("乙", 1) + item("丙") + item("丁", 1), lists(CHINESE, kept)) == [
        *("一、甲", "1）乙", "二、丙", "2）丁"),
    ]


def test_lists_of_one_kind_count_together_unless_they_start_anew() -> None:
    of = '<w:abstractNumId w:val="0"/>'
    nums = f'<w:num w:numId="1">{of}</w:num><w:num w:numId="2">{of}{{}}</w:num>'
    body = item("甲") + item("乙", list=2) + item("丙", list=2)
    assert lines(body, lists(CHINESE, nums=nums.format(""))) == ["一、甲", "二、乙", "三、丙"]
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert lines(body, lists(CHINESE, nums=nums.format(anew))) == ["一、甲", "一、乙", "二、丙"]
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1)", CLOSE)}</w:lvlOverride>'
    assert lines(body, lists(CHINESE, nums=nums.format(other))) == ["一、甲", "1)乙", "2)丙"]


def test_numbers_of_styles() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="1">{numbered}</w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="3">{numbered}</w:style>'
    )
    tied = level(1, "chineseCounting", "（%2）", CLOSE + '<w:pStyle w:val="3"/>')
    body = "".join(p(text, properties=f'<w:pStyle w:val="{text}"/>') for text in ("1", "3", "2"))
    assert lines(body, lists(CHINESE, tied), styles) == ["一、 1", "（一） 3", "二、 2"]
    linked = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="1"/></w:abstractNum>'
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>'
    )
    assert lines(item("甲", list=4), lists(CHINESE, nums=linked + nums), styles) == ["一、甲"]


def test_labels_of_a_table_keep_their_numbers() -> None:
    body = tbl(tr(f"<w:tc>{item('予以公开', 1)}</w:tc>", "5"), tr(f"<w:tc>{item('部分公开', 1)}</w:tc>", "6"))
    document, _ = open_document(word(body, numbering=lists(CHINESE, INNER)), "report.docx")
    assert [row[0].text for row in next(document.grids()).rows] == ["（一）予以公开", "（二）部分公开"]


@pytest.mark.parametrize(
    ("count", "style", "expected"),
    [
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (3, "decimalEnclosedParen", "⑶"),
        (3, "decimalEnclosedFullstop", "⒊"),
        *((count, "chineseCountingThousand", zh) for count, zh in [(1, "一"), (10, "十"), (11, "十一"), (20, "二十")]),
        *(
            (count, "chineseCounting", zh)
            for count, zh in [(21, "二十一"), (103, "一百零三"), (110, "一百一十"), (0, "零")]
        ),
        (1005, "japaneseCounting", "一千零五"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (20, "ideographDigital", "二〇"),
        (3, "ideographTraditional", "丙"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (49, "lowerRoman", "xlix"),
        (4, "upperRoman", "IV"),
        (4, "none", ""),
        (99999, "chineseCounting", "99999"),
        (99999, "lowerRoman", ""),
    ],
)
def test_ways_of_writing(count: int, style: str, expected: str) -> None:
    assert written(count, style) == expected
