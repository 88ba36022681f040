"""The place at the beginning of an agency's name: which units it may mean, and what of the name is left."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from gxtools.bodies.rules import rules
from gxtools.bodies.units import Unit, index

_CORPS_DIVISION = re.compile("第[一二三四五六七八九十]+师")
_SHORTEST = 2
_LONGEST_BARE = 6


class Place(NamedTuple):
    """``units``: all that the name may mean. ``level``: what its words tell where no unit is known.

    ``bare``: a name without its type (苏州工业园区), certain only in the names of zones and vertical bodies.
    ``loose``: a name that tells nothing without its parent (城区), and stands without it.
    ``province`` of a zone known by its own name.
    """

    units: tuple[Unit, ...] = ()
    level: str | None = None
    bare: bool = False
    loose: bool = False
    province: str | None = None


NOWHERE = Place()


def locate(text: str, year: int | None) -> tuple[Place, str] | None:
    """The place with whose full name ``text`` begins and the rest of the text."""
    units, rest = _walk(text, (), year)
    if text.removesuffix(rest) in rules().units_need_parent:
        return Place(units, loose=True), rest
    if units:
        return _corps(units, rest, year)
    if _CORPS_DIVISION.match(text):
        return _corps(index().named[rules().units_corps], text, year)
    return None


def locate_bare(text: str, year: int | None) -> tuple[Place, str] | None:
    """A province, prefecture or county-level city without its type at the beginning, also one after the other.

    Also a zone known by its own name, which then begins the rest.
    """
    first = _bare_units(text, (), year)
    if first is None:
        province = next((province for zone, province in rules().zone_known.items() if text.startswith(zone)), None)
        return None if province is None else (Place(bare=True, province=province), text)
    units, rest = first
    named, after = inside(rest, units, year)
    if named:
        return Place(named), after
    second = _bare_units(rest, units, year) if units[0].level == "province" else None
    units, rest = second or first
    return Place(units, bare=True), rest


def locate_unnamed(text: str) -> tuple[Place, str] | None:
    """县教育局, 某县教育局: the level is told, the place is not."""
    match = _unnamed(leading="{0,8}").match(text)
    if match is None or not _is_unit(match, text):
        return None
    if match["type"] == "区" and match["name"] not in {"", "某"} and not text[match.end() :].startswith("人民政府"):
        # may be a zone's name
        return None
    return Place(level=rules().unnamed_levels[match["type"]]), text[match.end() :]


def inside(text: str, parents: tuple[Unit, ...], year: int | None) -> tuple[tuple[Unit, ...], str]:
    """The units inside ``parents`` with whose name ``text`` begins, and the rest; all of it where there is none."""
    units, rest = _walk(text, parents, year)
    return ((), text) if units is parents else (units, rest)


def bare_inside(name: str, parents: tuple[Unit, ...], year: int | None) -> tuple[Unit, ...]:
    """The units inside ``parents`` that ``name`` means, with or without its type (新晃, 汉阳区)."""
    found = index().named.get(name) or index().bare.get(name) or ()
    return _standing(found, parents, year)


def unnamed_inside(text: str, units: tuple[Unit, ...]) -> tuple[Place, str] | None:
    """A unit below ``units`` of no or unknown name (衡阳市 某县 信访局): a place of known level but no code."""
    if any(unit.level == "county" for unit in units):
        return None
    match = _unnamed(leading="{1,6}").match(text)
    if match is None or not _is_unit(match, text):
        return None
    return Place(units, rules().unnamed_levels[match["type"]]), text[match.end() :]


def _walk(text: str, units: tuple[Unit, ...], year: int | None) -> tuple[tuple[Unit, ...], str]:
    """Goes down from unit to unit, by the longest name that fits each time."""
    named, longest = index().named, index().longest
    while True:
        for length in range(min(longest, len(text)), _SHORTEST - 1, -1):
            if text[:length] not in named:
                continue
            found = _standing(named[text[:length]], units, year)
            if found and _ends_unit(text, length):
                units, text = found, text[length:]
                break
        else:
            return units, text


def _standing(found: tuple[Unit, ...], parents: tuple[Unit, ...], year: int | None) -> tuple[Unit, ...]:
    """Those that stood in that year, inside one of the parents if there are any."""
    return tuple(
        unit
        for unit in found
        if unit.stood(year)
        and (not parents or any(unit.inside.startswith(p.inside) and unit.inside != p.inside for p in parents))
    )


def _ends_unit(text: str, end: int) -> bool:
    """Whether a unit's name may end there: 东方市场 is no 东方市, 新华区街道办事处 no 新华区."""
    rest = text[end:]
    if text[end - 1] == "市" and rest.startswith(("场", "容")):
        return False
    ending = next((ending for ending in rules().township_endings if rest.startswith(ending)), None)
    if ending is None:
        return True
    return rest != ending and not rest.removeprefix(ending).startswith(rules().township_governments)


def _corps(units: tuple[Unit, ...], rest: str, year: int | None) -> tuple[Place, str]:
    """A division of the corps stands at prefecture level; where its city is named too, the city is the place."""
    division = _CORPS_DIVISION.match(rest) if units[0].name == rules().units_corps else None
    if division is None:
        return Place(units), rest
    rest = rest[division.end() :]
    cities, after = inside(rest, units, year)
    return (Place(cities), after) if cities else (Place(units, "prefecture"), rest)


def _bare_units(text: str, parents: tuple[Unit, ...], year: int | None) -> tuple[tuple[Unit, ...], str] | None:
    for length in range(min(_LONGEST_BARE, len(text)), _SHORTEST - 1, -1):
        found, rest = _standing(index().bare.get(text[:length], ()), parents, year), text[length:]
        if not found or rest.startswith(("路", "街", *rules().township_endings)):
            # 云南路 and 海南镇 name no province
            continue
        known = any(unit.level != "county" or unit.name.endswith("市") for unit in found)
        # 滨海 alone may be anything, but 江苏 滨海 经济开发区 is 滨海县's
        if known or (parents and rest.startswith(rules().zone_plain)):
            return _meant_bare(found), rest
    return None


def _meant_bare(found: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """What a bare name means by custom: a province or a city rather than a county or a prefecture of another type.

    河北 is no 河北区, 海南 no 海南州, 南昌 no 南昌县; but 吉林 may be the province or the city, 大理 city or 州.
    """
    if any(unit.level == "province" for unit in found):
        kept = [
            unit for unit in found if unit.level == "province" or (unit.level, unit.name[-1]) == ("prefecture", "市")
        ]
    elif any(unit.level == "prefecture" for unit in found):
        kept = [unit for unit in found if unit.level == "prefecture" or unit.name.endswith("市")]
    else:
        kept = list(found)
    return tuple(kept)


@functools.cache
def _unnamed(leading: str) -> re.Pattern[str]:
    types = sorted(rules().unnamed_levels, key=len, reverse=True)
    return re.compile(f"(?P<name>[^()、]{leading}?)(?P<type>{'|'.join(types)})")


def _is_unit(match: re.Match[str], text: str) -> bool:
    """Whether what ends like a unit is one: not 社区, 开发区, 城市, 市场监督, 杭州."""
    if not match["name"]:
        return not text.startswith(rules().unnamed_not_beginnings)
    if match["type"] in {"省", "州", "盟"}:
        return False
    words = rules().unnamed_not_units + rules().zone_words
    return not match[0].endswith(words) and _ends_unit(text, match.end())
