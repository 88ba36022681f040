"""Which units of GB/T 2260 are one under changed names or codes: 密云县 (110228) until 2014, 密云区 (110118) since."""

from __future__ import annotations

import functools

from gxtools.bodies.units import Unit, index


@functools.cache
def last_of(unit: Unit) -> Unit:
    """The unit that a unit has become: itself while it stands, or where no single unit of its name followed it.

    A unit follows another that bears the same bare name at the same level in the same province and ends the year
    before it begins. A unit that was merged into one of another name is followed by none.
    """
    followers = {other for other in _namesakes(unit) if other.first == unit.last + 1}
    return last_of(followers.pop()) if len(followers) == 1 else unit


def lineage(unit: Unit) -> tuple[Unit, ...]:
    """All that a unit has been and has become, the earliest first."""
    last = last_of(unit)
    own = {other for other in (unit, *_namesakes(unit)) if last_of(other) == last}
    return tuple(sorted(own, key=lambda other: (other.first, other.code or "")))


def full_name(unit: Unit) -> str:
    """The name with those of the units above it: 浙江省杭州市余杭区."""
    names = [_name_of(f"{unit.province_code}0000", unit), _name_of(unit.prefecture_code, unit), unit.name]
    return "".join(dict.fromkeys(name for name in names if name))


def above(unit: Unit) -> Unit | None:
    """The unit directly above; null for a province."""
    if unit.level == "province":
        return None
    code = unit.prefecture_code or f"{unit.province_code}0000"
    found = _standing_with(code, unit)
    return found[-1] if found else None


def _name_of(code: str | None, unit: Unit) -> str:
    found = _standing_with(code, unit) if code is not None else ()
    return found[-1].name if found else ""


def _standing_with(code: str, unit: Unit) -> tuple[Unit, ...]:
    """The units of a code that stood while another did, the latest last."""
    found = [other for other in index().by_code.get(code, ()) if other.first <= unit.last and unit.first <= other.last]
    return tuple(sorted(found, key=lambda other: other.first))


@functools.cache
def _namesakes(unit: Unit) -> tuple[Unit, ...]:
    found = {other for core in _cores_of(unit) for other in index().bare[core]}
    same = [other for other in found if other.level == unit.level and other.province_code == unit.province_code]
    return tuple(other for other in same if other != unit)


def _cores_of(unit: Unit) -> tuple[str, ...]:
    return _cores().get(unit, ())


@functools.cache
def _cores() -> dict[Unit, tuple[str, ...]]:
    found: dict[Unit, tuple[str, ...]] = {}
    for core, units in index().bare.items():
        for unit in units:
            found[unit] = (*found.get(unit, ()), core)
    return found
