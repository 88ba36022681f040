"""The fictional bodies: blocks of one prefecture each with its counties, townships and departments, drawn apart.

A block is named by its number alone, so that a world of more bodies begins with those of a smaller one. Provinces are
numbered; their codes begin with digits that GB/T 2260 gives to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gxtools.marks import SIMULATED_NAME

_UNASSIGNED = [
    *range(11),
    *range(16, 21),
    *range(24, 31),
    *range(38, 41),
    *range(47, 50),
    *range(55, 61),
    *range(66, 71),
    *range(72, 81),
    *range(83, 100),
]
"""Two digits with which no code of GB/T 2260 begins."""
_PREFECTURES = 89  # codes xx90yy are of counties without a prefecture
_COUNTIES, _TOWNSHIPS = 3, 4
_OFFICES = ("财政", "教育", "公安", "自然资源")
_DIGITS = "〇一二三四五六七八九"

GROUPS = ("province_government", "prefecture_government", "county_government", "township_government", "department")
GOVERNMENTS = GROUPS[:3]
"""Groups whose figures may be consolidated, but for provinces: their prefectures lie in other blocks."""


@dataclass(frozen=True, slots=True)
class SimulatedBody:
    """One body; ``parent`` is the place in its block of the government that it belongs to, null for none."""

    agency: str
    group: str
    level: str
    kind: str
    province: str
    region_code: str
    parent: int | None


BODIES_A_BLOCK = 1 + len(_OFFICES) + _COUNTIES * (1 + len(_OFFICES) + _TOWNSHIPS)
OF_A_PROVINCE = 1 + len(_OFFICES)
MOST_BODIES = len(_UNASSIGNED) * (_PREFECTURES * BODIES_A_BLOCK + OF_A_PROVINCE)


def block_of(number: int) -> tuple[SimulatedBody, ...]:
    """The bodies of a block. The first block of each province has the province's own bodies too."""
    place, prefecture = number % len(_UNASSIGNED), number // len(_UNASSIGNED) + 1
    province, code = f"{SIMULATED_NAME}{_chinese(place + 1)}省", f"{_UNASSIGNED[place]:02}"
    found: list[SimulatedBody] = []

    def add(name: str, level: str, region_code: str, above: int | None) -> int:
        """A government with its departments."""
        own = len(found)
        found.append(
            SimulatedBody(f"{name}人民政府", f"{level}_government", level, "government", province, region_code, above)
        )
        ending = "厅" if level == "province" else "局"
        found.extend(
            SimulatedBody(f"{name}{office}{ending}", "department", level, "department", province, region_code, own)
            for office in _OFFICES
        )
        return own

    if prefecture == 1:
        add(province, "province", f"{code}0000", None)
    city = f"{province}{_chinese(prefecture)}市"
    over_counties = add(city, "prefecture", f"{code}{prefecture:02}00", None)
    for county in range(1, _COUNTIES + 1):
        name, region_code = f"{city}{_chinese(county)}县", f"{code}{prefecture:02}{county:02}"
        over_townships = add(name, "county", region_code, over_counties)
        for township in range(1, _TOWNSHIPS + 1):
            agency = f"{name}{_chinese(township)}镇人民政府"
            found.append(
                SimulatedBody(
                    agency, "township_government", "township", "government", province, region_code, over_townships
                )
            )
    return tuple(found)


def blocks_of(bodies: int) -> list[tuple[int, int]]:
    """The numbers of the blocks that so many bodies fill, each with how many of its bodies there are."""
    found, left, number = [], bodies, 0
    while left > 0:
        size = BODIES_A_BLOCK + (OF_A_PROVINCE if number < len(_UNASSIGNED) else 0)
        found.append((number, min(size, left)))
        left -= size
        number += 1
    return found


def summing(bodies: tuple[SimulatedBody, ...], consolidated: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The matrix, bodies x bodies, by which own figures become reported ones: 1 where a body's are counted."""
    matrix = np.eye(len(bodies), dtype=np.int64)
    for place, body in enumerate(bodies):
        above = body.parent
        while above is not None:
            matrix[above, place] = consolidated[above]
            above = bodies[above].parent
    return matrix


def _chinese(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))
