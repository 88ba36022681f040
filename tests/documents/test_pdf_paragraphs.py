"""Lines on a page -> paragraphs."""

from __future__ import annotations

from tests.documents.pdf_made import pdf, said, text

PATH = "您当前的位置：首页>政务公开>政府信息公开年报"
TITLE = "云南省人民政府2020年政府信息公开工作年度报告"
FULL = "围绕群众关心的重点领域，持续完善公开目录，规范发布流程，及时回应社会关切，做到应公开"
END = "尽公开，全年工作平稳有序推进。"


def page(*lines: str) -> str:
    return "".join(text(string, 60, 780 - 18 * number) for number, string in enumerate(lines))


def test_short_lines_of_like_length_above_a_longer_one_are_paragraphs() -> None:
    """Where they end is no margin: the longer line goes beyond it."""
    assert said(pdf(page(PATH, TITLE, "一、总体情况", FULL, END))) == [PATH, TITLE, "一、总体情况", FULL + END]


def test_a_line_that_goes_beyond_the_margin_of_many() -> None:
    assert said(pdf(page(f"{FULL}，另附表格", *[FULL] * 5, END))) == [f"{FULL}，另附表格" + FULL * 5 + END]
