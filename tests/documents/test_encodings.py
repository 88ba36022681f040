"""Encodings with right, wrong and missing declarations, and bytes that no encoding explains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxtools.documents.encodings import REPLACEMENT, decode

TEXT = "重庆市九龙坡区人民政府2020年政府信息公开工作年度报告。本年度办理信息公开申请104件，答复率100%，均在期限内答复。"
DECLARATIONS = ("", "utf-8", "gb2312", "GBK", "gb18030", "big5", "iso-8859-1", "nonsense")


def page(text: str, declared: str) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("declared", DECLARATIONS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_bytes_decide_whatever_is_declared(codec: str, declared: str) -> None:
    text = page(TEXT, declared)
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.notes == ()


def test_characters_beyond_gb2312_are_read_in_a_page_that_declares_it() -> None:
    text = page(TEXT + "赵朱镕基㛃𠮷", "gb2312")
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("declared", ["big5", "", "utf-8"])
def test_big5(declared: str) -> None:
    text = page("本年度辦理資訊公開申請104件，答覆率百分之百。政府資訊公開工作年度報告。" * 5, declared)
    decoded = decode(text.encode("big5"))
    assert (decoded.text, decoded.encoding) == (text, "Big5")


@pytest.mark.parametrize("text", ["规章", "规章 0", "行政许可\n20\n行政处罚\n3289\n", "二〇二〇年", "联通", "度告公"])
def test_short_texts_in_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", ""])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_cut_last_character(codec: str, declared: str) -> None:
    text = page(TEXT, declared) + TEXT
    decoded = decode((text + "告").encode(codec)[:-1])
    assert decoded.text == text + REPLACEMENT
    assert len(decoded.notes) == 1
    assert "one place" in decoded.notes[0].message


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", ""])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_cost_only_their_own_place(codec: str, declared: str) -> None:
    data = page(TEXT, declared).encode(codec)
    middle = data.index("104件".encode(codec))
    decoded = decode(data[:middle] + b"\xff" + data[middle:])
    assert decoded.text.replace(REPLACEMENT, "") == page(TEXT, declared)
    assert "U+FFFD" in decoded.notes[0].message


def test_a_mark_of_utf8_before_gb18030() -> None:
    assert decode(b"\xef\xbb\xbf" + TEXT.encode("gb18030")).text == TEXT


def test_nul_never_joins_what_stood_on_its_sides() -> None:
    decoded = decode(TEXT.encode() + b"2\x003")
    assert decoded.text.endswith(f"2{REPLACEMENT}3")
    assert "NUL" in decoded.notes[0].message


def test_replacement_characters_of_the_source_are_no_loss_of_ours() -> None:
    assert decode(f"规章{REPLACEMENT}0".encode()).notes == ()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=60))
def test_utf8_is_read_as_it_is_unless_every_character_has_two_bytes(text: str) -> None:
    if not any(character > "\u07ff" for character in text):
        text += "年"
    assert decode(text.encode()).text == text


@given(st.text(st.sampled_from("政府信息公开工作年度报告的，。、0123456789 <>/tdr"), min_size=1, max_size=300))
def test_chinese_in_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030")).text == text


@given(st.binary(max_size=400))
def test_any_bytes_decode(data: bytes) -> None:
    decode(data)
