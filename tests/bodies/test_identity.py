"""One identity for a body over years and spellings, and none where the name does not tell."""

from __future__ import annotations

import pytest

from gxtools.bodies import all_units, full_name, identify, last_of, lineage


@pytest.mark.parametrize(
    "names",
    [
        [("杭州市余杭区人民政府", 2020), ("浙江省杭州市余杭区人民政府", 2023), ("杭州市余杭区", 2019)],
        [("密云县人民政府", 2013), ("北京市密云区人民政府", 2022), ("北京市密云县", 2010)],
        [("临夏州乡村振兴局", 2022), ("临夏回族自治州乡村振兴局", 2021)],
        [("上海市宝山区吴淞街道", 2021), ("上海市宝山区吴淞街道办事处", 2024)],
        [("昭化区清水镇人民政府", 2021), ("广元市昭化区清水镇人民政府", 2023)],
    ],
)
def test_spellings_and_years_meet(names: list[tuple[str, int]]) -> None:
    found = {identify(name, "", year).body for name, year in names}
    assert len(found) == 1
    assert None not in found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("嘉兴市人民政府", "嘉兴市人民政府办公室"),
        ("福州市鼓楼区人民政府", "南京市鼓楼区人民政府"),
        ("杭州市财政局", "杭州市余杭区财政局"),
        ("重庆市人民政府", "重庆市渝中区人民政府"),
    ],
)
def test_others_stay_apart(one: str, other: str) -> None:
    assert identify(one, "", 2022).body != identify(other, "", 2022).body


def test_the_code_is_that_of_the_year() -> None:
    then, now = identify("密云县人民政府", "", 2013), identify("北京市密云区人民政府", "", 2022)
    assert (then.region_code, now.region_code) == ("110228", "110118")
    assert then.name == now.name == "北京市密云区人民政府"


@pytest.mark.parametrize(
    ("agency", "context", "why"),
    [
        ("鼓楼区人民政府", "", "may be any of"),
        ("平湖市某局", "浙江", "not known"),
        ("上海市各级政府机关", "上海", "a group"),
        ("综合执法局", "", "no place"),
    ],
)
def test_what_the_name_does_not_tell_stays_unmatched(agency: str, context: str, why: str) -> None:
    found = identify(agency, context, 2022)
    assert found.body is None
    assert found.ambiguous is not None
    assert why in found.ambiguous


def test_the_context_decides_between_places_of_one_name() -> None:
    assert identify("鼓楼区人民政府", "福建省福州市", 2022).body == "350102 人民政府"


@pytest.mark.parametrize(
    ("agency", "parent"),
    [
        ("杭州市余杭区财政局", "330110 人民政府"),
        ("杭州市余杭区人民政府", "330100 人民政府"),
        ("杭州市人民政府", "330000 人民政府"),
        ("浙江省人民政府", None),
        ("仙桃市人民政府", "420000 人民政府"),
    ],
)
def test_the_government_above(agency: str, parent: str | None) -> None:
    assert identify(agency, "", 2022).parent == parent


def test_lineages_part_all_units() -> None:
    units = list(all_units())
    for unit in units:
        assert unit in lineage(unit)
        assert last_of(last_of(unit)) == last_of(unit)
        assert full_name(unit).endswith(unit.name)
    assert sum(last_of(unit) != unit for unit in units) > 100
