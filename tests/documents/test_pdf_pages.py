"""Tables that the end of a page cuts: what goes on below belongs to what stands above."""

from __future__ import annotations

from tests.documents.pdf_made import line, pdf, said, table, text

Placed = tuple[str, float, float]


def levels(*lines: tuple[float, float, float]) -> str:
    """Level lines, each by its height and ends."""
    return "".join(line(left, y, right, y) for y, left, right in lines)


def uprights(top: float, bottom: float, *places: float) -> str:
    """Upright lines of one length."""
    return "".join(line(x, top, x, bottom) for x in places)


def words(*placed: Placed) -> str:
    """Texts, each where it begins."""
    return "".join(text(*word) for word in placed)


HEADS = levels((100, 60, 300), (80, 60, 300), (60, 180, 300)) + uprights(100, 60, 60, 180, 300)
HEADS += line(120, 80, 120, 60) + words(("行政复议", 64, 86), ("行政诉讼", 184, 86), ("复议后起诉", 184, 66))
REST = levels((800, 180, 300), (780, 60, 300), (760, 60, 300)) + uprights(800, 760, 60, 120, 180, 240, 300)
REST += words(("结果维持", 184, 786), ("总计", 244, 786), *((f"1{n}", 64 + 60 * n, 766) for n in range(4)))


def test_a_page_that_ends_within_heads_of_two_rows() -> None:
    """No line closes them: their text reaches below the lines of those beside them, which go on in a row of heads."""
    cut = words(("结果", 64, 58), ("维持", 64, 46), ("总计", 124, 52))
    assert said(pdf(HEADS + cut, REST)) == [
        [
            ["行政复议", "行政诉讼"],
            ["结果维持", "总计", "复议后起诉"],
            ["结果维持", "总计"],
            ["10", "11", "12", "13"],
        ]
    ]


def test_heads_of_two_rows_whose_text_stands_on_the_next_page() -> None:
    below = words(("结果维持", 64, 786), ("总计", 124, 786))
    assert said(pdf(HEADS, REST + below)) == said(pdf(HEADS + words(("结果维持", 64, 66), ("总计", 124, 66)), REST))


def test_text_below_a_cell_that_a_line_closes_is_none_of_it() -> None:
    closed = HEADS + line(60, 60, 180, 60) + words(("结果维持", 64, 66), ("总计", 124, 66))
    assert said(pdf(closed + text("说明", 64, 46)))[1:] == ["说明"]


def test_a_cut_table_hangs_together_with_the_one_above_by_a_border() -> None:
    """The lines between the columns of the one above are none of the other's, which goes on over the page."""
    above = levels((300, 60, 300), (280, 60, 300), (260, 60, 300)) + uprights(300, 260, 100, 150, 210)
    above += words(("规章", 64, 286), ("12", 104, 286), ("3", 154, 286), ("4", 214, 286))
    above += words(("行政许可", 64, 266), ("45", 104, 266), ("6", 154, 266), ("7", 214, 266))
    cut = HEADS + words(("结果维持", 64, 66), ("总计", 124, 66)) + text("二、行政复议", 64, 180)
    found = said(pdf(above + cut + uprights(300, 60, 60, 300), REST))
    assert found[1:] == ["二、行政复议", *said(pdf(HEADS + words(("结果维持", 64, 66), ("总计", 124, 66)), REST))]


def test_an_empty_row_between_tables_of_other_columns_in_one_frame() -> None:
    page = levels((700, 60, 240), (680, 60, 240), (660, 60, 240), (640, 60, 240)) + uprights(700, 640, 60, 240)
    page += line(110, 700, 110, 680) + line(150, 660, 150, 640)
    page += words(("规章", 64, 686), ("12", 114, 686), ("行政许可", 64, 646), ("45", 154, 646))
    assert said(pdf(page)) == [[["规章", "12"]], [["行政许可", "45"]]]


def test_a_label_that_a_page_cut_before_a_word_with_its_mark() -> None:
    """What may not be parted from its comma needed more room than the line has; lines close both parts of the row."""
    above = table([["规章", "12"], ["（二）部分公开（区分处理", "7"]], 60, 120, wide=147)
    below = table([["的，只计这一情形，", ""], ["1.国家秘密", "3"]], 60, 800, wide=147)
    whole = "（二）部分公开（区分处理的，只计这一情形，"
    assert said(pdf(above, below)) == [[["规章", "12"], [whole, "7"], ["1.国家秘密", "3"]]]


def test_a_label_with_room_for_the_next_word_is_whole() -> None:
    above = table([["规章", "12"], ["（二）部分公开（区分处理", "7"]], 60, 120, wide=147)
    below = table([["在办", ""], ["1.国家秘密", "3"]], 60, 800, wide=147)
    assert ["在办", ""] in said(pdf(above, below))[0]


def test_rows_that_no_lines_close_at_the_ends_of_pages() -> None:
    """Their columns are those of the row that they go on; the sides of the table go beyond its last level lines."""
    above = levels((100, 60, 180), (80, 60, 180)) + uprights(100, 60, 60, 180) + line(120, 100, 120, 80)
    above += words(("规章", 64, 86), ("1", 124, 86), ("上年结转", 64, 66), ("7", 124, 66))
    below = levels((780, 60, 180), (760, 60, 180)) + uprights(800, 740, 60, 180) + line(120, 780, 120, 760)
    below += words(("申请数量", 64, 786), ("其他", 64, 766), ("5", 124, 766), ("总计", 64, 746), ("9", 124, 746))
    assert said(pdf(above, below)) == [[["规章", "1"], ["上年结转申请数量", "7"], ["其他", "5"], ["总计", "9"]]]


def test_heads_whose_columns_only_the_next_page_shows() -> None:
    above = levels((100, 60, 300), (80, 60, 300), (60, 60, 300)) + uprights(100, 60, 60, 120, 300)
    above += words(("项目", 64, 86), ("申请人", 124, 86), ("企业", 124, 66), ("其他", 184, 66), ("总计", 244, 66))
    below = table([["收到", "1", "2", "3"], ["结转", "4", "5", "9"]], 60, 800)
    rows = [["项目", "申请人"], ["", "企业", "其他", "总计"], ["收到", "1", "2", "3"], ["结转", "4", "5", "9"]]
    assert said(pdf(above, below)) == [rows]


def test_a_figure_below_a_blank_cell_that_no_line_closes_is_none_of_it() -> None:
    above = levels((100, 60, 300), (80, 60, 300), (60, 60, 240)) + uprights(100, 60, 60, 120, 180, 240, 300)
    above += words(("项目", 64, 86), ("本年", 124, 86), ("上年", 184, 86), ("合计", 244, 86))
    above += words(("规章", 64, 66), ("1", 124, 66), ("2", 184, 66))
    below = levels((800, 60, 240), (780, 60, 300), (760, 60, 300)) + uprights(800, 760, 60, 120, 240, 300)
    below += line(180, 780, 180, 760) + words(("许可", 64, 786), ("无", 124, 786), ("3", 244, 786))
    below += words(("处罚", 64, 766), ("4", 124, 766), ("5", 184, 766), ("9", 244, 766))
    rows = [["项目", "本年", "上年", "合计"], ["规章", "1", "2", ""], ["许可", "无", "3"], ["处罚", "4", "5", "9"]]
    assert said(pdf(above, below)) == [rows]
