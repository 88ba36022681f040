"""Word documents: what a reader of the final text sees, in its order, with its spans."""

from __future__ import annotations

import pytest

from gxtools.documents import open_document
from gxtools.grids import Document, Grid
from tests.documents.wordml import members, p, r, relations, tbl, tc, tr, word, zipped

SPAN2 = '<w:gridSpan w:val="2"/>'
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
RAISED = '<w:vertAlign w:val="superscript"/>'
HIDDEN = "<w:vanish/>"


def read(data: bytes) -> Document:
    document, _ = open_document(data, "report.docx")
    assert document.format == "docx"
    return document


def text(*body: str, **parts: str) -> list[str]:
    """The lines of a body without tables."""
    document = read(word("".join(body), **parts))
    assert not list(document.grids())
    return [line.text for line in document.lines()]


def cells(*rows: str, widths: tuple[int, ...] = ()) -> list[tuple[str, int, int, int, int]]:
    """The cells of the one table with such rows."""
    (grid,) = read(word(tbl(*rows, widths=widths))).grids()
    return [tuple(cell) for row in grid.rows for cell in row]


def cell(*content: str, **parts: str) -> str:
    """What a cell with such content reads."""
    (grid,) = read(word(tbl(tr(tc(*content), "9")), **parts)).grids()
    return grid.rows[0][0].text


def test_blocks_in_their_order_and_numbered() -> None:
    document = read(word(p("一") + tbl(tr("规章", "0")) + p("  ") + p("二") + tbl(tr("甲", "1")) + tbl(tr("乙", "2"))))
    assert [block.number for block in document.blocks] == [1, 1, 2, 2, 3]
    assert [isinstance(block, Grid) for block in document.blocks] == [False, True, False, True, True]
    assert [line.where for line in document.lines()] == ["paragraph 1", "paragraph 2"]
    grids = list(document.grids())
    assert grids[1].where(grids[1].rows[0][1]) == "table 2, row 1, column 2"
    assert document.notes == ()


def test_spans() -> None:
    merged = tr(tc("甲", properties=DOWN + SPAN2), "乙"), tr(tc("藏", properties=ON + SPAN2), "1"), tr("a", "b", "2")
    assert cells(*merged) == [
        ("甲", 0, 0, 2, 2),
        ("乙", 0, 2, 1, 1),
        ("1", 1, 2, 1, 1),
        ("a", 2, 0, 1, 1),
        ("b", 2, 1, 1, 1),
        ("2", 2, 2, 1, 1),
    ]


def test_a_cell_goes_on_only_under_one_that_begins_so_with_the_same_sides() -> None:
    assert cells(tr("甲", "1"), tr(tc("乙", properties=ON), "2"))[2] == ("乙", 1, 0, 1, 1)
    rows = tr(tc("甲", properties=DOWN + SPAN2), "1"), tr(tc("乙", properties=ON), "丙", "2")
    assert cells(*rows)[2] == ("乙", 1, 0, 1, 1)
    again = tr(tc("甲", properties=DOWN), "1"), tr(tc("乙", properties=DOWN), "2"), tr(tc(properties=ON), "3")
    assert [found[0] for found in cells(*again) if found[3] == 2] == ["乙"]


def test_old_merges_along_a_row() -> None:
    first, on = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    rows = tr(tc("甲", properties=first), tc("藏", properties=on), "1"), tr("a", "b", "2")
    assert cells(*rows)[:2] == [("甲", 0, 0, 1, 2), ("1", 0, 2, 1, 1)]


def test_a_row_may_begin_late() -> None:
    rows = tr("a", "b", "c"), tr("1", "2", properties='<w:gridBefore w:val="1"/>')
    assert cells(*rows)[3:] == [("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1)]


def test_lines_a_hair_apart_are_one() -> None:
    head = tr("项", tc("数", properties=SPAN2), "计")
    body = tr(tc("甲", properties=SPAN2), "1", "2")
    expected = [("项", 0, 0, 1, 1), ("数", 0, 1, 1, 1), ("计", 0, 2, 1, 1), ("甲", 1, 0, 1, 1), ("1", 1, 1, 1, 1)]
    assert cells(head, body, widths=(2000, 40, 1000, 1000))[:5] == expected
    # A column as wide as a digit is one.
    assert cells(head, body, widths=(2000, 300, 1000, 1000))[1] == ("数", 0, 1, 1, 2)
    # A cell that would vanish shows that such a narrow column is meant, or that the widths are not to be believed.
    assert len(cells(head, body, tr("a", "b", "c", "d"), widths=(2000, 40, 1000, 1000))) == 10
    assert cells(head, body, widths=(0, 0, 0, 0))[1] == ("数", 0, 1, 1, 2)


def test_grid_columns_in_which_no_cell_begins_are_none() -> None:
    wide = '<w:gridSpan w:val="1000000000"/>'
    assert cells(tr(tc("甲", properties=wide), "1"), tr(tc("乙", properties=wide), "2")) == [
        ("甲", 0, 0, 1, 1),
        ("1", 0, 1, 1, 1),
        ("乙", 1, 0, 1, 1),
        ("2", 1, 1, 1, 1),
    ]


def test_tables_that_lay_out_the_page_are_walked() -> None:
    inner = tbl(tr("规章", "0"), tr("规范性文件", "3"))
    document = read(word(tbl(tr(tc("左"), tc("标题", inner, "后")))))
    assert [line.text for line in document.lines()] == ["左", "标题", "后"]
    assert [len(grid.rows) for grid in document.grids()] == [2]
    assert text(tbl(tr(tc("一", "二")))) == ["一", "二"]
    assert cell(tbl(tr("盒")), "尾") == "盒\n尾"


def test_content_controls_at_every_level() -> None:
    def control(content: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    prompt = "<w:showingPlcHdr/>"
    rows = control(tr(control(tc(control(p("甲")))), tc(p(control(r("1"))))))
    assert [found[0] for found in cells(rows, tr("乙", tc(p(control(r("单击此处输入"), prompt)))))] == [
        "甲",
        "1",
        "乙",
        "",
    ]
    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    assert text(control(p("一、总体情况 1"), contents), p("正文")) == ["正文"]


def test_text_boxes_once_after_their_paragraph() -> None:
    def box(*content: str) -> str:
        inside = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
        return (
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )

    assert text(p("前", box(p("一"), p("二")), box(p("三")), "后"), p("末")) == ["前后", "一", "二", "三", "末"]
    document = read(word(p(box(tbl(tr("规章", "0"))))))
    assert [grid.rows[0][1].text for grid in document.grids()] == ["0"]
    empty = "<w:r><mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback><w:t>8</w:t></mc:Fallback>"
    assert text(p(empty + "</mc:AlternateContent></w:r>")) == ["8"]


CHANGES = {
    "put in": (p("1", f"<w:ins>{r('2')}</w:ins>"), "12"),
    "taken out": (p("1", "<w:del><w:r><w:delText>7</w:delText></w:r></w:del>", "2"), "12"),
    "replaced": (p("<w:del><w:r><w:delText>7</w:delText></w:r></w:del>", f"<w:ins>{r('5')}</w:ins>"), "5"),
    "moved": (p(f"<w:moveFrom>{r('7')}</w:moveFrom>", f"<w:moveTo>{r('5')}</w:moveTo>"), "5"),
    "nothing left": (p("<w:del><w:r><w:delText>7</w:delText></w:r></w:del>"), ""),
}


@pytest.mark.parametrize(("content", "expected"), CHANGES.values(), ids=CHANGES)
def test_tracked_changes_are_accepted(content: str, expected: str) -> None:
    document = read(word(tbl(tr("规章", tc(content)), tr("甲", "1"))))
    assert next(document.grids()).rows[0][1].text == expected
    assert "tracked changes" in document.notes[0].message
    assert not document.notes[0].lost


def test_rows_and_ends_of_paragraphs_that_were_taken_out() -> None:
    rows = tr("甲", "1"), tr("乙", "2", properties="<w:del/>"), tr("丙", "3", properties="<w:ins/>")
    assert [found[0] for found in cells(*rows)] == ["甲", "1", "丙", "3"]
    for end in ("<w:rPr><w:del/></w:rPr>", f"<w:rPr>{HIDDEN}</w:rPr>"):
        assert cell(p("1", properties=end), p("2")) == "12"
    old = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    assert cell(p("5", properties=old)) == "5"


def test_hidden_text_is_not_read_and_noted() -> None:
    styles = (
        f'<w:style w:type="character" w:styleId="H"><w:rPr>{HIDDEN}</w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="HP"><w:basedOn w:val="B"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="HP"/><w:rPr>{HIDDEN}</w:rPr></w:style>'
    )
    body = p("1", r("2", HIDDEN), r("3", '<w:vanish w:val="0"/>'), r("4", '<w:rStyle w:val="H"/>'))
    document = read(
        word(body + p("藏", r("见", '<w:vanish w:val="false"/>'), properties='<w:pStyle w:val="HP"/>'), styles=styles)
    )
    assert [line.text for line in document.lines()] == ["13", "见"]
    assert document.notes[0].message == "Hidden text of 3 characters was not read."


def test_marks_of_notes_are_no_digits() -> None:
    assert cell(p("5", "<w:r><w:footnoteReference w:id='1'/></w:r>")) == "5"
    assert cell(p("5", r("1", RAISED))) == "5^1"
    assert cell(p("5", r("[", RAISED), r("1", RAISED), r("]", RAISED))) == "5^[1]"
    assert cell(p("5", r("2", '<w:vertAlign w:val="subscript"/>'))) == "5_2"
    assert cell(p("5", r("1", '<w:position w:val="8"/>'))) == "5^1"
    assert cell(p("5", r("1", '<w:position w:val="1"/>'))) == "51"
    assert cell(p(r("1", RAISED), r("2", RAISED))) == "12"
    styles = f'<w:style w:type="character" w:styleId="S"><w:rPr>{RAISED}</w:rPr></w:style>'
    assert cell(p("5", r("1", '<w:rStyle w:val="S"/>')), styles=styles) == "5^1"
    assert cell(p("5", r("1", '<w:rStyle w:val="S"/><w:vertAlign w:val="baseline"/>')), styles=styles) == "51"


def test_struck_text_is_marked() -> None:
    assert cell(p(r("1", "<w:strike/>"), r("2", "<w:dstrike/>"), "3")) == "~~12~~3"
    assert cell(p(r("5", '<w:strike w:val="0"/>'))) == "5"


def field(instruction: str, result: str, end: bool = True) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    begun = f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return f"{begun}{mark('separate')}{result}{mark('end') if end else ''}"


def test_fields_are_their_results() -> None:
    assert cell(p(field(" =SUM(ABOVE) 9", r("12")))) == "12"
    assert cell(p(field("IF " + field("PAGE", r("7")) + r("8"), r("12")))) == "12"
    assert cell(p("<w:fldSimple w:instr='=1+1'>" + r("2") + "</w:fldSimple>")) == "2"
    assert text(p(field("TITLE", r("题"), end=False)), p("正文")) == ["题", "正文"]
    unclosed = '<w:r><w:fldChar w:fldCharType="begin"/><w:t>藏</w:t></w:r>'
    assert text(p(unclosed), p("正文")) == ["正文"]
    choices = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='甲'/><w:listEntry w:val='乙'/></w:ddList>"
    assert cell(p(f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{choices}</w:ffData></w:fldChar></w:r>')) == "乙"


def test_characters_that_are_elements() -> None:
    assert cell(p("<w:r><w:t>1</w:t><w:br/><w:t>2</w:t><w:cr/><w:t>3</w:t></w:r>")) == "1\n2\n3"
    assert cell(p("<w:r><w:t>1</w:t><w:tab/><w:t>2\n3</w:t></w:r>")) == "1 2 3"
    assert cell(p("<w:r><w:noBreakHyphen/><w:softHyphen/><w:t>8</w:t></w:r>")) == "-8"
    assert cell(p("<m:oMath><m:r><m:t>5</m:t></m:r></m:oMath>")) == "5"
    ruby = "<w:ruby><w:rubyPr/><w:rt>" + r("gui") + "</w:rt><w:rubyBase>" + r("规") + "</w:rubyBase></w:ruby>"
    assert cell(p(f"<w:r>{ruby}</w:r>")) == "规"


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        ("宋体", "0035", "5"),
        ("Symbol", "F035", "5"),
        ("Symbol", "F02D", "\ufffd"),
        ("Wingdings", "F081", "\ufffd"),
        ("Wingdings", "0035", "\ufffd"),
        ("", "2713", "✓"),
        ("宋体", "xyz", "\ufffd"),
        ("宋体", "D800", "\ufffd"),
    ],
)
def test_symbols(font: str, code: str, expected: str) -> None:
    assert cell(p(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>')) == expected


def test_digits_in_a_font_of_symbols_are_none() -> None:
    assert cell(p(r("5", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'))) == "\ufffd"
    assert cell(p(r("5", '<w:rFonts w:ascii="Times New Roman"/>'))) == "5"


def test_lines_of_a_cell() -> None:
    assert cell("商业", "", "企业") == "商业\n企业"
    assert cell("", "\u3000") == "\u3000"
    assert cell(" 1 ") == "1"


def test_lines_set_with_tabs_are_a_table() -> None:
    def row(*fields: str) -> str:
        return p("<w:r>" + "<w:tab/>".join(f"<w:t>{part}</w:t>" for part in fields) + "</w:r>")

    document = read(word(p("二、主动公开") + row("规章", "0", "3") + row("规范性文件", "1", "2") + row("", "段首空格")))
    assert [[found.text for found in line] for line in next(document.grids()).rows][1] == ["规范性文件", "1", "2"]
    assert [line.text for line in document.lines()] == ["二、主动公开"]
    assert text(row("", "本机关认真执行条例。"), row("一、", "总体情况")) == ["本机关认真执行条例。", "一、 总体情况"]


def test_headers_and_footers_are_not_read() -> None:
    found = members(p("正文"))
    found["word/header1.xml"] = "<w:hdr/>"
    found["word/_rels/document.xml.rels"] = relations(header="header1.xml")
    assert [line.text for line in read(zipped(found)).lines()] == ["正文"]


def test_a_title_among_the_properties_counts_where_it_is_printed() -> None:
    body = p("某市") + p("2023年政府信息公开工作年度报告")
    assert read(word(body, core="某市2023年政府信息公开工作年度报告")).titles == ("某市2023年政府信息公开工作年度报告",)
    assert read(word(body, core="某市2022年政府信息公开工作年度报告")).titles == ()
    assert read(word(body, core="")).titles == ()


def test_lines_of_contents_are_not_read() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
    assert text(p("一、总体情况", "1", properties='<w:pStyle w:val="10"/>'), p("正文"), styles=styles) == ["正文"]


def test_what_it_embeds() -> None:
    chunk = '<w:altChunk r:id="aFChunk"/>'
    found = members(p("前") + chunk + p("后"))
    found["word/_rels/document.xml.rels"] = relations(aFChunk="a.mht")
    page = "<html><body><p>中<table><tr><td>规章<td>0</table></body></html>"
    for data in (page, f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{page}"):
        found["word/a.mht"] = data.encode()
        document = read(zipped(found))
        assert [line.text for line in document.lines()] == ["前", "中", "后"]
        assert next(document.grids()).rows[0][1].text == "0"
    found["word/a.mht"] = b"{\\rtf1}"
    assert "embeds another one" in read(zipped(found)).notes[0].message
    sheet = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    assert "spreadsheets" in read(word(p("年", sheet))).notes[0].message


def test_other_programs_write_parts_otherwise() -> None:
    found = members(tbl(tr("规章", "0")), main="word/document2.xml", numbering="")
    assert next(read(zipped(found)).grids()).rows[0][1].text == "0"
    without = {name: data for name, data in members(tbl(tr("规章", "0"))).items() if "rels" not in name}
    assert next(read(zipped(without)).grids()).rows[0][1].text == "0"
    strict = {
        name: data.replace(
            "schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace("schemas.openxmlformats.org/officeDocument/2006/", "purl.oclc.org/ooxml/officeDocument/")
        for name, data in members(tbl(tr("规章", "0"))).items()
        if isinstance(data, str)
    }
    assert next(read(zipped(strict)).grids()).rows[0][1].text == "0"
    slashes = {name.replace("/", "\\"): data for name, data in members(tbl(tr("规章", "0"))).items()}
    assert next(read(zipped(slashes)).grids()).rows[0][1].text == "0"


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "properties",
    [
        WHITE,
        '<w:color w:val="auto" w:themeColor="background1"/>',
        '<w:sz w:val="2"/>',
        '<w:w w:val="1"/>',
        '<w:spacing w:val="-200"/>',
        '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>',
        '<w:rStyle w:val="W"/>',
        '<w:rStyle w:val="W"/><w:sz w:val="24"/>',
    ],
)
def test_digits_that_are_hardly_seen(properties: str) -> None:
    styles = f'<w:style w:type="character" w:styleId="W"><w:rPr>{WHITE}</w:rPr></w:style>'
    assert cell(p("54", r("9", properties)), styles=styles) == "54\ufffd"
    assert cell(p(r("9", properties)), styles=styles) == "\ufffd"
    assert cell(p(r("3.其他", properties)), styles=styles) == "3.其他"


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="000000"/><w:sz w:val="18"/><w:w w:val="90"/><w:spacing w:val="-10"/>',
        WHITE + '<w:shd w:val="clear" w:fill="1F4E79"/>',
        WHITE + '<w:highlight w:val="black"/>',
        '<w:rStyle w:val="W"/><w:color w:val="FF0000"/>',
    ],
)
def test_digits_that_are_seen(properties: str) -> None:
    styles = f'<w:style w:type="character" w:styleId="W"><w:rPr>{WHITE}</w:rPr></w:style>'
    assert cell(p("54", r("9", properties)), styles=styles) == "549"


def test_white_digits_on_a_shaded_cell_are_seen() -> None:
    dark, paper = (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' for fill in ("1F4E79", "FFFFFF"))
    for shade, expected in ((dark, "9"), (paper, "\ufffd")):
        assert cells(tr(tc(p(r("9", WHITE)), properties=shade), "1"))[0][0] == expected
        assert cell(p(r("9", WHITE), properties=shade)) == expected
    styles = f'<w:style w:type="table" w:styleId="D"><w:tcPr>{dark}</w:tcPr></w:style>'
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="D"/></w:tblPr>{tr(tc(p(r("9", WHITE))), "1")}</w:tbl>'
    (grid,) = read(word(table, styles=styles)).grids()
    assert grid.rows[0][0].text == "9"


def test_digits_set_from_right_to_left() -> None:
    assert cell(p('<w:bdo w:val="rtl">' + r("12", "") + "</w:bdo>")) == "\ufffd\ufffd"
