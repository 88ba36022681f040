"""Tables without lines: which label, and which head, each figure stands beside and below, and where neither is told."""

from __future__ import annotations

from tests.documents.pdf_made import line, pdf, said, text

Placed = tuple[str, float, float]


def page(*words: Placed, size: float = 10) -> str:
    return "".join(text(string, x, y, size) for string, x, y in words)


def row(y: float, *figures: str, left: float = 260, wide: float = 80) -> list[Placed]:
    return [(figure, left + wide * n, y) for n, figure in enumerate(figures)]


HEADS = row(700, "本年", "上年", "合计")


def test_names_of_groups_between_the_rows_of_one_column_of_labels() -> None:
    """Texts set in the middle of their column: a short label is no name of a group, a longer name no label."""
    words = [*HEADS, ("项目", 130, 700), ("一、新收甲类申请的数量", 85, 681), *row(681, "1", "2", "3")]
    words += [("二、处理的结果", 105, 663), ("（一）予以公开", 105, 645), *row(645, "4", "5", "9")]
    words += [("（二）甲类信息已归入的档案", 75, 627), *row(627, "6", "1", "7"), ("四、结转", 120, 609)]
    words += row(609, "2", "2", "4")
    assert said(pdf(page(*words))) == [
        [
            ["项目", "本年", "上年", "合计"],
            ["一、新收甲类申请的数量", "1", "2", "3"],
            ["二、处理的结果", "", "", ""],
            ["（一）予以公开", "4", "5", "9"],
            ["（二）甲类信息已归入的档案", "6", "1", "7"],
            ["四、结转", "2", "2", "4"],
        ]
    ]


def test_the_last_lines_of_the_last_label() -> None:
    words = [*HEADS, ("1.甲类", 60, 686), ("事项", 60, 672), *row(679, "1", "2", "3")]
    words += [("2.乙类", 60, 652), ("的其他", 60, 638), ("事项", 60, 624), *row(638, "4", "5", "9")]
    assert said(pdf(page(*words)))[0][1:] == [["1.甲类事项", "1", "2", "3"], ["2.乙类的其他事项", "4", "5", "9"]]


def test_labels_that_begin_on_the_line_of_their_figures() -> None:
    words = [*HEADS, ("1.甲类", 60, 680), *row(680, "1", "2", "3"), ("事项", 60, 666)]
    words += [("2.乙类", 60, 652), *row(652, "4", "5", "9"), ("的其他", 60, 638), ("事项", 60, 624)]
    assert said(pdf(page(*words)))[0][1:] == [["1.甲类事项", "1", "2", "3"], ["2.乙类的其他事项", "4", "5", "9"]]


def test_a_column_of_groups_and_a_line_over_both_columns_of_labels() -> None:
    words = [*HEADS, ("（一）不", 60, 680), ("予公开", 60, 666), ("1.甲类", 120, 680), *row(680, "1", "2", "3")]
    words += [("事项", 120, 666), ("2.乙类", 120, 652), *row(652, "4", "5", "9"), ("事项", 120, 638)]
    words += [("（二）总", 60, 624), *row(624, "5", "7", "12"), ("三、结转下年度继续办理", 60, 610)]
    words += row(610, "0", "1", "1")
    found = said(pdf(page(*words)))[0]
    assert [cells for cells in found[1:] if cells[1]] == [
        ["1.甲类事项", "1", "2", "3"],
        ["2.乙类事项", "4", "5", "9"],
        ["（二）总", "5", "7", "12"],
        ["三、结转下年度继续办理", "0", "1", "1"],
    ]
    assert ["（一）不予公开", "", "", ""] in found


def test_a_text_that_may_be_a_line_of_either_label_beside_it() -> None:
    """No figure is placed: what is not a name of a group by its number may go on the label above."""
    words = [*HEADS, ("甲类", 60, 680), *row(680, "1", "2", "3"), ("附带", 60, 667), ("乙类", 60, 653)]
    words += [*row(646, "4", "5", "9"), ("事项", 60, 639)]
    assert not any(isinstance(block, list) for block in said(pdf(page(*words))))


def test_a_head_over_several_columns_is_no_part_of_the_head_below_it() -> None:
    words = [("申请人", 265, 714), *row(700, "自然人", "企业", "其他", "总计", wide=50, left=210), ("项目", 60, 700)]
    words += [("申请", 60, 680), *row(680, "1", "2", "3", "6", left=215, wide=50)]
    found = said(pdf(page(*words)))[0]
    assert found[-2:] == [["项目", "自然人", "企业", "其他", "总计"], ["申请", "1", "2", "3", "6"]]


def test_heads_broken_over_lines_beside_whole_ones() -> None:
    words = [*row(700, "自然人", "企业", left=210, wide=60), ("公益组", 330, 707), ("织", 340, 693), ("总计", 390, 700)]
    words += [("申请", 60, 675), *row(675, "1", "2", "3", "6", left=215, wide=60)]
    found = said(pdf(page(*words)))[0]
    assert found[0] == ["", "自然人", "企业", "公益组织", "总计"]


def test_a_row_of_figures_without_a_label() -> None:
    """The names of the lines stand over the columns: all heads in their order, each whole, and then the figures."""
    kinds = ["维持", "纠正", "总计"]
    words = [("行政复议", 95, 726), ("行政诉讼", 245, 726), *row(712, *kinds, *kinds, left=60, wide=50)]
    words += [*row(690, "1", "2", "3", "4", "5", "9", left=65, wide=50)]
    order = ["行政复议", "行政诉讼", *kinds, *kinds, "1", "2", "3", "4", "5", "9"]
    assert said(pdf(page(*words))) == order


def test_a_head_as_wide_as_several_columns_over_the_one_figure() -> None:
    words = [*HEADS, ("项目", 60, 700), ("甲类", 60, 685), *row(685, "1", "2", "3"), ("第二十条第（八）项", 60, 670)]
    words += [("项目", 60, 655), ("本年收费金额（单位：万元）", 260, 655), ("收费", 60, 640), ("77.5", 260, 640)]
    found = said(pdf(page(*words)))[0]
    assert found[-2:] == [["项目", "本年收费金额（单位：万元）", "", ""], ["收费", "77.5", "", ""]]


def test_a_label_of_many_lines_that_is_numbered_like_a_heading() -> None:
    words = [*HEADS, ("一、本", 60, 686), ("年新收", 60, 672), ("申请数", 60, 658), ("量", 60, 644)]
    words += [*row(665, "1", "2", "3"), ("二、上", 60, 624), ("年结转", 60, 610), *row(617, "4", "5", "9")]
    assert said(pdf(page(*words)))[0][1:] == [["一、本年新收申请数量", "1", "2", "3"], ["二、上年结转", "4", "5", "9"]]


def test_a_page_of_nothing_but_a_table_is_not_read_by_columns() -> None:
    words = [("项目", 60, 700), *HEADS]
    for n in range(6):
        words += [(f"{n + 1}.事项", 60, 680 - 20 * n), *row(680 - 20 * n, "11", "22", "33")]
    assert said(pdf(page(*words)))[0][1:] == [[f"{n + 1}.事项", "11", "22", "33"] for n in range(6)]


def test_the_head_in_a_band_over_a_table_without_lines() -> None:
    band = "".join(line(56, y, 520, y) for y in (714, 696)) + "".join(line(x, 714, x, 696) for x in (56, 250, 520))
    words = [*HEADS, ("项目", 60, 700), ("甲类", 60, 683), *row(683, "1", "2", "3"), ("乙类", 60, 668)]
    words += row(668, "4", "5", "9")
    assert said(pdf(page(*words) + band)) == [
        [["项目", "本年", "上年", "合计"], ["甲类", "1", "2", "3"], ["乙类", "4", "5", "9"]]
    ]


def test_a_head_over_all_columns_as_near_as_the_next_line() -> None:
    """The heads below it begin where others do: the text above is no line of the first one's."""
    words = [("项目", 60, 728), ("申请人情况", 210, 728), ("自然人", 210, 714), ("法人组织", 280, 714)]
    words += [("总计", 420, 714)]
    words += [*row(686, "企业", "其他", left=280, wide=70), ("申请", 60, 665)]
    words += row(665, "1", "2", "3", "6", left=210, wide=70)
    found = said(pdf(page(*words)))[0]
    assert found[-2:] == [["项目", "自然人", "企业", "其他", "总计"], ["申请", "1", "2", "3", "6"]]


def test_a_figure_broken_over_lines_is_doubted() -> None:
    words = [*HEADS, ("项目", 60, 700), ("1.甲类", 60, 680), *row(680, "1", "2", "3"), ("6（注", 340, 666)]
    found = [
        text
        for block in said(pdf(page(*words)))
        for cells in ([block] if isinstance(block, str) else block)
        for text in ([cells] if isinstance(cells, str) else cells)
    ]
    assert "2" not in found


def test_one_figure_between_the_two_lines_of_its_label() -> None:
    words = [("统计指标", 60, 700), ("统计数", 260, 700), ("1.发布会次数", 60, 680), ("12", 260, 680)]
    words += [("其中：主要负责人参加的", 60, 660), ("7", 263, 653), ("次数", 60, 646)]
    words += [("2.访谈次数", 60, 626), ("30", 260, 626)]
    rows = [["统计指标", "统计数"], ["1.发布会次数", "12"], ["其中：主要负责人参加的次数", "7"], ["2.访谈次数", "30"]]
    assert said(pdf(page(*words))) == [rows]


def test_a_number_within_a_label_at_the_end_of_its_line() -> None:
    words = [("统计指标", 60, 700), ("统计数", 260, 700), ("热点数（同一热点计", 60, 680), ("1", 153, 680)]
    words += [("420", 260, 680), ("次）", 60, 666), ("1.发布会次数", 60, 648), ("12", 260, 648)]
    rows = [["统计指标", "统计数"], ["热点数（同一热点计1次）", "420"], ["1.发布会次数", "12"]]
    assert said(pdf(page(*words))) == [rows]


def test_a_number_at_the_end_of_a_label_whose_figure_stands_on_another_line() -> None:
    words = [("统计指标", 60, 700), ("统计数", 260, 700), ("热点数（同一热点", 60, 680), ("420", 260, 680)]
    words += [("计", 60, 666), ("1", 73, 666), ("次）", 60, 652), ("1.发布会次数", 60, 634), ("12", 260, 634)]
    rows = [["统计指标", "统计数"], ["热点数（同一热点计1次）", "420"], ["1.发布会次数", "12"]]
    assert said(pdf(page(*words))) == [rows]


def test_a_figure_close_to_its_label_in_the_column_of_the_others() -> None:
    words = [("统计指标", 60, 700), ("统计数", 260, 700), ("热点数", 60, 680), ("420", 260, 680)]
    words += [("发布会次数，包括负责人参加的次数的", 87, 660), ("12", 261, 660), ("访谈次数", 60, 640), ("3", 260, 640)]
    found = said(pdf(page(*words)))[0]
    assert found[2] == ["发布会次数，包括负责人参加的次数的", "12"]


def test_a_label_that_begins_where_the_corner_of_the_heads_ends() -> None:
    """Some programs cut the row of heads at the end of a page and draw its last line over the first label."""
    words = [*HEADS, ("（本列数据的", 60, 714), ("勾稽关系）", 60, 690), ("一、本年", 60, 687), ("新收申请", 60, 673)]
    words += [*row(680, "1", "2", "3"), ("二、上年结转", 60, 655), *row(655, "4", "5", "9")]
    assert said(pdf(page(*words)))[-1][1:] == [["一、本年新收申请", "1", "2", "3"], ["二、上年结转", "4", "5", "9"]]


def test_a_head_wider_than_its_column_is_centred_over_it() -> None:
    """It reaches farther than half the way to the next column, and not to the figures there."""
    words = [("项目", 60, 700), ("自然人", 205, 700), ("法律服务机构", 250, 700), ("其他", 320, 700)]
    for y, label, figures in ((680, "收到", "123"), (660, "结转", "459")):
        words += [(label, 60, y), *((figure, x, y) for figure, x in zip(figures, (218, 278, 328), strict=True))]
    rows = [["项目", "自然人", "法律服务机构", "其他"], ["收到", *"123"], ["结转", *"459"]]
    assert said(pdf(page(*words))) == [rows]
