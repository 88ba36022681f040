"""The names of ``stated_figures.csv`` against the level and province that its collectors wrote beside them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gxtools.bodies import Body, province_name, resolve
from gxtools.bodies.units import index

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FIGURES = SHARED / "figures" / "stated_figures.csv"
# The table's `level` mixes rank and kind: `department` is a body of any tier, and is not compared.
LEVELS = {
    "national": "national",
    "ministry": "national",
    "province": "province",
    "prefecture": "prefecture",
    "county": "county",
    "township": "township",
}
# Where the two part company, and why ours stands.
EXPLAINED = {
    "天门市人民政府": "stands directly under its province, but is a county-level city (429006)",
    "北京市第一中级人民法院": "a municipality's court; the table has the rank of courts",
    "北京市第四中级人民法院": "a municipality's court; the table has the rank of courts",
}


@pytest.fixture(scope="module")
def stated() -> list[tuple[Body, str, str]]:
    """Each name once: what we read from it, the table's level, the table's province."""
    if not FIGURES.exists():
        pytest.skip(f"{FIGURES.name} is not there: it lies beside the repository, in shared/figures.")
    with FIGURES.open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["agency"]: row for row in csv.DictReader(lines)}
    return [(resolve(name), row["level"], row["province"]) for name, row in rows.items()]


def test_levels_agree_wherever_both_tell_one(stated: list[tuple[Body, str, str]]) -> None:
    # A zone has its host's level here, where the table has the rank that the collectors took it for.
    compared = [(body, LEVELS[level]) for body, level, _ in stated if level in LEVELS and body.kind != "zone"]
    told = [(body, level) for body, level in compared if body.level is not None]
    differing = {body.agency for body, level in told if body.level != level}
    assert differing <= EXPLAINED.keys()
    # Not told: aggregates (全国, 北京市各级法院), which are no bodies, and a state farm.
    assert len(compared) - len(told) <= 17
    assert len(told) - len(differing) >= 784


def test_provinces_agree_and_are_nearly_always_told(stated: list[tuple[Body, str, str]]) -> None:
    compared = [(body, province_name(province)) for body, _, province in stated if province not in {"", "全国"}]
    assert all(province is not None for _, province in compared)
    told = [(body, province) for body, province in compared if body.province is not None]
    assert [body.agency for body, province in told if body.province != province] == []
    assert len(told) >= 1686
    assert len(compared) - len(told) <= 10


def test_codes_lie_in_the_province_told(stated: list[tuple[Body, str, str]]) -> None:
    for body, _, _ in stated:
        if body.region_code is not None:
            assert index().provinces[body.region_code[:2]] == body.province, body
