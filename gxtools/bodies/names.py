"""From an agency's name to its body: level, kind, province and code, each only where it can be told for certain."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from gxtools.bodies.places import (
    NOWHERE,
    Place,
    bare_inside,
    inside,
    locate,
    locate_bare,
    locate_unnamed,
    unnamed_inside,
)
from gxtools.bodies.rules import rules
from gxtools.bodies.titles import in_zone, read_title
from gxtools.bodies.units import Unit, index

_BRACKETS = re.compile(r"\(([^()]*)\)")
_SPACES = re.compile(r"\s+")
_NEW_AREA = "新区"
_CACHED_NAMES = 16384


@dataclass(frozen=True, slots=True)
class Body:
    """A reporting body as the contract has it; whatever is not certain is None.

    ``agency`` is the name as given, ``province`` the full official name, ``region_code`` six digits of GB/T 2260.
    """

    agency: str
    level: str | None
    kind: str | None
    province: str | None
    region_code: str | None


class _Reading(NamedTuple):
    """What a name says by itself; which of the place's units it means may still need the context.

    ``of``: ``nation``, ``place`` (the place's level and code), ``inner_zone`` (its code, no level), ``township`` (in
    it), ``part`` (something in it, of no certain level or code).
    """

    kind: str | None
    of: str
    place: Place = NOWHERE


def resolve(name: str, context: str = "", year: int | None = None) -> Body:
    """The body that bears ``name``, an agency's name as printed in its report's title.

    Level and code are those of the nearest government in the name: a department's of its government, a zone's of its
    host, a township's code that of its county; a sub-district's office (街道办事处) counts as its government.
    ``context`` is further text (title line, breadcrumbs, publisher): it decides between units of one name and nothing
    else. ``year`` is the year reported on: names and codes are then that year's; without it today's, or the last.
    Source: forms.md section 8; GB/T 2260.
    """
    reading = _read(name, year)
    units = meant(reading.place, context.replace(name, ""), year)
    level, code = _level_and_code(reading, units)
    province = reading.place.province or _only({index().provinces[unit.province_code] for unit in units})
    return Body(name, level, reading.kind, province, code)


def province_name(short: str) -> str | None:
    """The full official name of a province by its short or full name (江苏, 江苏省), None for anything else."""
    found = index().bare.get(short, ()) + index().named.get(short, ())
    return _only({index().provinces[unit.province_code] for unit in found if unit.level == "province" and unit.code})


def _level_and_code(reading: _Reading, units: tuple[Unit, ...]) -> tuple[str | None, str | None]:
    unnamed = reading.place.level
    unit = units[0] if len(units) == 1 and unnamed is None else None
    code = unit.code if unit is not None else None
    match reading.of:
        case "nation":
            return "national", None
        case "township":
            return "township", code if unit is not None and unit.holds_townships else None
        case "inner_zone":
            # The host may be a unit further down; a whole province is no host that the name tells.
            return None, code if unit is not None and not unit.is_wide else None
        case "part":
            return None, None
        case _:
            return unnamed or _only({unit.level for unit in units}), code


@functools.lru_cache(_CACHED_NAMES)
def _read(name: str, year: int | None) -> _Reading:
    text = _SPACES.sub("", unicodedata.normalize("NFKC", name))
    # A joint report is the government's that stands first.
    government, joint, _ = text.partition("人民政府、")
    text = government + joint.rstrip("、")
    for form in rules().national_forms_of_state:
        text = text.removeprefix(form)
    return _national(text, year) or _local(text, year)


def _national(text: str, year: int | None) -> _Reading | None:
    """The State Council, its bodies, and what stands under one of them in some place (国家税务总局 无锡市税务局)."""
    if text == rules().national_council:
        return _Reading("government", "nation")
    if text == rules().national_council_office:
        return _Reading("office", "nation")
    institution = text.startswith(rules().national_institutions)
    if not institution and not text.startswith(rules().national_bodies):
        return None
    bodies = rules().national_institutions if institution else rules().national_bodies
    body = next(name for name in bodies if text.startswith(name))
    kind, rest = "institution" if institution else "department", text.removeprefix(body)
    if not rest or rest in rules().government_offices:
        return _Reading(kind, "nation")
    place, rest = locate(rest, year) or locate_bare(rest, year) or (NOWHERE, rest)
    if institution:
        return _Reading(kind, "part", place)
    title = read_title(rest, None)
    return _Reading("vertical", title.of if title.of == "inner_zone" else "place", place)


def _local(text: str, year: int | None) -> _Reading:
    located = locate(text, year)
    if located is None:
        return _local_bare(text, year) or _titled(*(locate_unnamed(text) or (NOWHERE, text)), year)
    return _titled(*located, year)


def _local_bare(text: str, year: int | None) -> _Reading | None:
    """A name that begins with a bare place: certain for zones and vertical bodies, of others only the province is."""
    located = locate_bare(text, year)
    if located is None:
        return None
    place, rest = located
    reading = _titled(place, rest, year)
    if not place.bare or reading.kind == "vertical" or in_zone(rest):
        return reading
    if reading.of == "place" and all(unit.level == "province" for unit in place.units):
        return reading._replace(of="part")
    return None


def _titled(place: Place, rest: str, year: int | None) -> _Reading:
    """The reading of a name whose place is found."""
    place, rest = _bracketed(place, rest, year)
    if place.units and place.level is None and not place.bare:
        place, rest = unnamed_inside(rest, place.units) or (place, rest)
    if rest.startswith(rules().zone_bodies) and all(unit.name.endswith(_NEW_AREA) for unit in place.units):
        # 两江新区管理委员会 is the zone that was there before the district
        return _Reading(read_title(_NEW_AREA + rest, None).kind, "part", place)
    title = read_title(rest, _only({unit.level for unit in place.units}))
    if title.of == "zone":
        return _Reading(title.kind, "place", place)
    if title.of != "branch":
        return _Reading(title.kind, title.of, place)
    units = bare_inside(title.where, place.units, year) if place.units else ()
    if units:
        return _Reading(title.kind, "place", Place(units))
    certain = title.kind == "vertical" or title.where in rules().zone_branches
    return _Reading(title.kind, "place" if certain else "part", place)


def _bracketed(place: Place, rest: str, year: int | None) -> tuple[Place, str]:
    """Without brackets; a unit that one names is the place: 高新区管委会(虎丘区人民政府), 开发区(汉南区)卫生健康局."""
    while match := _BRACKETS.search(rest):
        before, after = rest[: match.start()], rest[match.end() :]
        units, title = inside(match[1], place.units, year)
        if units and (not title or title in rules().government_names):
            return Place(units), title + after
        if before.endswith(rules().government_names) and match[1].endswith(rules().government_offices):
            # 播州区人民政府（区政府办公室）: which of the two reports, the name does not tell
            before += f"及其{rules().government_offices[0]}"
        rest = before + after
    return place, rest


def meant(place: Place, context: str, year: int | None) -> tuple[Unit, ...]:
    """Those of the place's units that the context leaves; one only if name, context and year tell it for certain."""
    units = place.units
    if len(units) > 1 or place.loose:
        scores = [_mentioned(unit, context) for unit in units]
        best = max(scores)
        if place.loose and not best:
            return ()
        units = tuple(unit for unit, score in zip(units, scores, strict=True) if score == best)
    return _latest(units, year) if len(units) > 1 else units


def _latest(units: tuple[Unit, ...], year: int | None) -> tuple[Unit, ...]:
    """The one that stood in ``year``, or last, where all are of one province and one followed the other.

    江口县 was 522222 until 2010 and has been 520621 since.
    """
    units = tuple(sorted(units, key=lambda unit: unit.first))
    followed = all(earlier.last < later.first for earlier, later in itertools.pairwise(units))
    if not followed or len({unit.province_code for unit in units}) > 1:
        return units
    then = tuple(unit for unit in units if year is not None and unit.first <= year <= unit.last)
    return then or units[-1:]


def _mentioned(unit: Unit, context: str) -> int:
    """2 where the context names the unit's direct superior, 1 where only its province, else 0."""
    if unit.prefecture_code is not None and any(name in context for name in _names_of(unit.prefecture_code)):
        return 2
    if any(name in context for name in _names_of(f"{unit.province_code}0000")):
        return 1 if unit.prefecture_code is not None else 2
    return 0


@functools.cache
def _names_of(code: str) -> tuple[str, ...]:
    """The bare names of a unit, today's and earlier ones: each is part of the full name."""
    held = set(index().by_code.get(code, ()))
    return tuple(name for name, units in index().bare.items() if held.intersection(units))


def _only(values: set[str]) -> str | None:
    return values.pop() if len(values) == 1 else None
