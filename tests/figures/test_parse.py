"""Characters of cells to value, unit and state: never a number from two, nor from a character that only looks so."""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gxtools.figures import Figure, is_figure, parse
from gxtools.reading.messages import WHY

COUNTS = {
    "0": 0,
    "7": 7,
    " 12\n": 12,
    "１２３": 123,
    "1,234": 1234,
    "１，２３４": 1234,
    "1,234,567": 1234567,
    "2729318": 2729318,
    "-8": -8,
    "- 8": -8,
    "－8": -8,
    "－８": -8,
    "−8": -8,
    "–8": -8,
    "—17": -17,
    "减8": -8,
    "减少 8": -8,
    "+5": 5,
    "＋5": 5,
    "增3": 3,
    "增加3项": 3,
    "-0": 0,
    "124件": 124,
    "12 件": 12,
    "124\n件": 124,
    "9条": 9,
    "9份": 9,
    "9起": 9,
    "9次": 9,
    "9宗": 9,
    "9件次": 9,
    "9人次": 9,
    "2例": 2,
    "3場": 3,
    "7個": 7,
    "1.2萬件": 12000,
    "3.5": 3.5,
    "1.0": 1,
    "3.5万": 35000,
    "2万件": 20000,
    "1亿": 100_000_000,
    "5（含上年结转1件）": 5,
    "5(含上年)": 5,
    "5【含上年】": 5,
    "（含上年）5": 5,
    "5（件）": 5,
    "5（单位：件）": 5,
    "3（万件）": 30000,
    "5（含甲）（含乙）": 5,
    "\u200b5\ufeff": 5,
    "\u200e5": 5,
    "\xa05\u3000": 5,
}
AMOUNTS = {
    "0": 0,
    "0元": 0,
    "0件": 0,
    "76320.9万元": 76320.9,
    "76,320.9 万元": 76320.9,
    "７６３２０．９万元": 76320.9,
    "251000元": 25.1,
    "251000（元）": 25.1,
    "251000元人民币": 25.1,
    "258.5亿元": 2585000,
    "1.5亿": 15000,
    "173769万": 173769,
    "12（单位：万元）": 12,
    "12 万\n元": 12,
    "802.18萬元": 802.18,
    "258.5億元": 2585000,
}
BLANKS = ("", " ", "\xa0", "\u3000", "\n", "\t \r\n", "\u200b", "\ufeff", "\u2003")
DASHES = ("-", "－", "—", "——", "--", "－－", "–", "−", "―", "/", "／", "\\", "＼", "无", " - ", "\u3000无\xa0", "─")
DOUBTS = {
    "several_figures": (
        "2 3",
        "2\n7",
        "2\xa07",
        "1 234",
        "1, 234",
        "1 ,234",
        "1. 5",
        "5 件 3",
        "2\r7",
        "1\u2009234",
        "72 | 3958 | 0",
    ),
    "masked": ("*", "**", "1*3", "＊"),
    "no_figure": (
        "见附件",
        "十二",
        "壹",
        "贰拾",
        "一",
        "三",
        "〇",
        "零",
        "无数据",
        "#",
        "?",
        "&nbsp;",
        "NaN",
        "inf",
        "(无)",
        "件",
        "万元",
        "---",
        "Ⅳ",
        "O",
    ),
    "leading_zero": ("00", "007", "-01", "000"),
    "not_plain": (
        *("--253", "-\n8", "减-8", "+-5", "规章000", "12,34", "1234,567", "1,23", "0,123", "1,234,56", ",5", "5,"),
        *(
            "1.",
            "5.",
            ".5",
            "1.2.3",
            "1..2",
            "3-5",
            "3/5",
            "1/2",
            "3、5",
            "3;5",
            "3:5",
            "3~5",
            "5—8",
            "2+3",
            "5%",
            "5％",
        ),
        *(
            "5‰",
            "约5",
            "5余件",
            "近5",
            "5左右",
            "5+",
            "1e5",
            "0x10",
            "1_000",
            "5(1)",
            "(5)",
            "（5件）",
            "(1)5",
            "a5",
            "5a",
        ),
        *(
            "5²",
            "5½",
            "½",
            "²",
            "⑤",
            "⒌",
            "㉒",
            "⑴",
            "₂",
            "٣",
            "５²",
            "𝟑",
            "1٣",
            "5̶",
            "5\ufe0f",
            "5^1",
            "~~5~~",
            "第5",
            "$5",
        ),
        *(
            "2（含上年）7",
            "1,（注）234",
            "1（注）.5",
            "5（减）",
            "5（减少）",
            "5（负数）",
            "5（约）",
            "5（约合3万元）",
            "5（千件）",
        ),
        *(
            "5件件",
            "5千",
            "5百件",
            "5人民币",
            "2020年",
            "5日",
            "１２３４５，６７",
            "12345678901234567890",
            "9" * 400,
            "1000000000000000",
        ),
        *("\u202e12", "5,,000", "5'000", "5’000", "５，"),
    ),
    "money_in_count": ("251000元", "76320.9万元", "5（元）", "0元"),
}
MONEY_DOUBTS = (
    "5件",
    "5万件",
    "5个",
    "5人民币",
    "百万元",
    "5百万元",
    "5千元",
    "5美元",
    "$5",
    "5（千元）",
    "5（约合3万元）",
    "10万余元",
)


@pytest.mark.parametrize(("raw", "value"), COUNTS.items())
def test_counts(raw: str, value: float) -> None:
    assert parse(raw) == Figure(value, "printed")
    assert is_figure(raw)


@pytest.mark.parametrize(("raw", "value"), AMOUNTS.items())
@pytest.mark.parametrize("default", [None, "10k_cny", "cny"])
def test_amounts_with_a_unit_of_their_own(raw: str, value: float, default: str | None) -> None:
    assert parse(raw, "10k_cny", default) == Figure(value, "printed")


@pytest.mark.parametrize(
    ("default", "value"),
    [("10k_cny", 15000000), ("cny", 1500), ("100m_cny", 150_000_000_000), (None, None), ("other", None)],
)
def test_a_bare_amount_has_the_unit_of_its_label_or_none(default: str | None, value: float | None) -> None:
    assert parse("15000000", "10k_cny", default) == (
        Figure(value, "printed") if value else Figure(None, "unreadable", "no_unit")
    )
    assert parse("0", "10k_cny", default) == Figure(0.0, "printed")


@pytest.mark.parametrize("raw", BLANKS)
def test_blanks(raw: str) -> None:
    assert parse(raw) == parse(raw, "10k_cny", None) == Figure(None, "blank")
    assert not is_figure(raw)


@pytest.mark.parametrize("raw", DASHES)
def test_marks_that_stand_for_nothing(raw: str) -> None:
    assert parse(raw) == parse(raw, "10k_cny", None) == Figure(None, "dash")
    assert is_figure(raw)


@pytest.mark.parametrize(("doubt", "raw"), [(doubt, raw) for doubt, raws in DOUBTS.items() for raw in raws])
def test_doubts_of_counts(doubt: str, raw: str) -> None:
    assert parse(raw) == Figure(None, "unreadable", doubt)


@pytest.mark.parametrize("raw", MONEY_DOUBTS)
def test_doubts_of_amounts(raw: str) -> None:
    assert parse(raw, "10k_cny", "10k_cny").state == "unreadable"


def test_every_doubt_has_words() -> None:
    assert {*DOUBTS, "no_unit"} <= set(WHY)


def test_no_other_character_is_taken_for_a_digit() -> None:
    """Every character of Unicode that is numeric or folds into digits, alone and beside a digit."""
    read = set("0123456789０１２３４５６７８９万亿萬億")
    numeric = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if character not in read
        and (character.isnumeric() or re.search(r"\d", unicodedata.normalize("NFKC", character)))
    ]
    assert len(numeric) > 1500
    wrong = [c for c in numeric for raw in (c, f"5{c}", f"{c}5", f"1,23{c}") if parse(raw).state == "printed"]
    assert wrong == []


_FIGURES = st.integers(0, 10**9).map(str)
_PARTS = st.sampled_from([" ", "\n", "\t", "\xa0", "\u3000", "、", ";", "；", "/", "|", "-", "—", "~", "+", "  \n "])


@given(one=_FIGURES, mark=_PARTS, other=_FIGURES)
@example(one="1", mark=" ", other="234")
def test_two_numbers_are_never_one(one: str, mark: str, other: str) -> None:
    for unit, default in (("count", "count"), ("10k_cny", "10k_cny"), ("10k_cny", None)):
        assert parse(one + mark + other, unit, default).state == "unreadable"


@given(st.text(alphabet="0123456789,. -－+减件万亿元()（）约²½①٣\n\xa0\u3000*/无", max_size=12))
def test_a_value_is_what_the_characters_spell(raw: str) -> None:
    """Whatever is printed holds exactly one run of plain digits, marks of thousands and one point, in their order."""
    figure = parse(raw)
    assert (figure.value is None) == (figure.state != "printed")
    assert (figure.doubt is None) == (figure.state != "unreadable")
    if figure.value is not None:
        spelled = re.findall(r"[0-9,.]*[0-9]", unicodedata.normalize("NFKC", raw))
        assert len(spelled) == 1
        size = Decimal(spelled[0].replace(",", ""))
        assert abs(figure.value) in {float(size * scale) for scale in (1, 10_000, 100_000_000)}
        assert figure.value >= 0 or re.search("[-－减]", raw)


@given(st.text())
def test_any_text_has_a_state_and_none_raises(raw: str) -> None:
    for unit, default in (("count", "count"), ("10k_cny", None), ("10k_cny", "cny")):
        assert parse(raw, unit, default).state in {"printed", "blank", "dash", "unreadable"}


@pytest.mark.parametrize(
    "raw", ["(" * 300_000, "（" + "啊" * 300_000, "5" + " " * 300_000 + "x", "1 " * 300_000, "9" * 300_000]
)
def test_long_texts_are_refused_at_once(raw: str) -> None:
    start = time.perf_counter()
    assert parse(raw).state == "unreadable"
    assert time.perf_counter() - start < 5
