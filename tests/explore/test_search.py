"""A body is found by what people type for it, the likeliest first, and quickly among twenty thousand."""

from __future__ import annotations

import re
import time

import pytest

import gxtools as gx
from gxtools.explore.search import BodySearch, _abbreviations, named_bodies

NAMES = [
    "重庆市人民政府",
    "重庆市公安局",
    "重庆市九龙坡区人民政府",
    "重庆市渝北区人民政府",
    "江苏省发展和改革委员会",
    "江苏省宿迁市人民政府",
    "宿迁市人民政府",
    "宿迁市人民政府办公室",
    "宿迁市人力资源和社会保障局",
    "宿迁市发展改革委",
    "苏州市公安局",
    "厦门市人民政府",
    "六安市人民政府",
    "吕梁市人民政府",
    "西安市人民政府",
    "内蒙古自治区赤峰市人民政府",
    "国家税务总局宿迁市税务局",
]


@pytest.fixture(scope="module")
def search() -> BodySearch:
    return BodySearch(NAMES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("宿迁市人民政府", "宿迁市人民政府"),
        ("九龙坡", "重庆市九龙坡区人民政府"),
        ("重庆九龙坡", "重庆市九龙坡区人民政府"),
        ("重慶公安局", "重庆市公安局"),
        ("苏州公安局", "苏州市公安局"),
        ("渝公安局", "重庆市公安局"),
        ("苏发改委", "江苏省发展和改革委员会"),
        ("宿迁发改委", "宿迁市发展改革委"),
        ("宿迁人社局", "宿迁市人力资源和社会保障局"),
        ("市府办", "宿迁市人民政府办公室"),
        ("内蒙古赤峰", "内蒙古自治区赤峰市人民政府"),
        ("chongqing", "重庆市人民政府"),
        ("CHONGQING", "重庆市人民政府"),
        ("chong qing", "重庆市人民政府"),
        ("cqgaj", "重庆市公安局"),
        ("cq", "重庆市人民政府"),
        ("chongqinggong", "重庆市公安局"),
        ("jiulongp", "重庆市九龙坡区人民政府"),
        ("重庆gaj", "重庆市公安局"),
        ("xiamen", "厦门市人民政府"),
        ("luan", "六安市人民政府"),
        ("lvliang", "吕梁市人民政府"),
        ("luliang", "吕梁市人民政府"),
        ("xi'an", "西安市人民政府"),
        ("suqian shuiwu", "国家税务总局宿迁市税务局"),
    ],
)
def test_the_likeliest_comes_first(search: BodySearch, typed: str, first: str) -> None:
    assert search.find(typed)[0] == first


def test_exact_then_prefix_then_part_then_pinyin() -> None:
    search = BodySearch(["宿迁", "宿迁市人民政府", "江苏省宿迁市人民政府", "宿千市人民政府"])
    assert search.find("宿迁") == ["宿迁", "宿迁市人民政府", "江苏省宿迁市人民政府"]
    assert set(search.find("suqian")) == {"宿迁", "宿千市人民政府", "宿迁市人民政府", "江苏省宿迁市人民政府"}
    assert search.find("suqian")[-1] == "江苏省宿迁市人民政府"


def test_what_fits_nothing_finds_nothing(search: BodySearch) -> None:
    for typed in ("(", "[a", "\\", ".*", "^", "北京", "zzzz", "重庆 宿迁"):
        assert search.find(typed) == []


def test_without_a_word_all_names(search: BodySearch) -> None:
    assert search.find("  ") == sorted(NAMES)
    assert BodySearch([]).find("宿迁") == BodySearch([]).find("") == []


@pytest.mark.parametrize("typed", ["chongqing", "cqs", "渝公安局", "市府办", "n" * 40, "nan" * 20 + "x"])
def test_no_search_is_without_an_end(typed: str) -> None:
    """Some letters can be syllables in so many ways that trying all of them would take minutes."""
    titles = ["人民政府", "公安局", "发展和改革委员会", "人力资源和社会保障局", "财政局", "卫生健康委员会"]
    names = [place + title for place in gx.datasets.divisions(2023)["full_name"] for title in titles]
    search = BodySearch(names[:20_000])
    start = time.process_time()
    search.find(typed)
    assert time.process_time() - start < 5


def test_abbreviations_are_words_and_shorter_than_what_they_stand_for() -> None:
    provinces, words = _abbreviations()
    full_names = set(gx.datasets.divisions(2023).filter(level="province")["name"])
    assert {len(short) for short in provinces} == {1}
    assert all(any(name.startswith(place) for name in full_names) for place in provinces.values())
    for short, names in words.items():
        assert all(len(name) > len(short) for name in names if name != "数据局"), short
        assert all(re.fullmatch(r"[一-鿿]+", word) for word in (short, *names))


def test_bodies_found_are_told_by_name() -> None:
    assert named_bodies([]) == "没有找到这样的机构 No such body was found"
    assert named_bodies(["甲", "乙"]) == "搜索到的机构 Bodies found: 甲、乙"
    assert named_bodies(list("甲乙丙丁戊己")).endswith("甲、乙、丙、丁、戊 等 6 个 and others, 6 in all")


def test_a_search_leaves_nobody_out_however_many_fit() -> None:
    names = [f"第{number}县人民政府" for number in range(10_050)]
    assert set(BodySearch(names).find("县")) == set(names)
