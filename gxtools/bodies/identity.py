"""One identity for a body over years and spellings: 杭州市余杭区人民政府, 浙江省余杭区人民政府 and 余杭区 are one."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from gxtools.bodies.lineages import above, full_name, last_of
from gxtools.bodies.names import meant, resolve
from gxtools.bodies.places import NOWHERE, locate
from gxtools.bodies.rules import rules
from gxtools.bodies.titles import read_title
from gxtools.bodies.units import Unit

_GOVERNMENT = "人民政府"
_TOWNSHIP_BODIES = {"镇": _GOVERNMENT, "乡": _GOVERNMENT, "街道": "办事处"}
# A name of which a part is not there, as those who collected it say: 某区统计局, (页面节选未见机关名).
_PARTIAL = re.compile(r"某|未见|不详|[?？*＊]")
_SPACES = re.compile(r"\s+")


class Identity(NamedTuple):
    """``body`` is the same for every spelling and year; ``name`` is the full name today, or that of its last year.

    ``parent`` is the ``body`` of the government above: a department's own government, a county's prefecture.
    ``region_code`` is the code as of the year that was asked for; ``ambiguous`` says why no body could be told: then
    ``body``, ``name`` and ``parent`` are null.
    """

    body: str | None
    name: str | None
    level: str | None
    kind: str | None
    province: str | None
    region_code: str | None
    parent: str | None
    ambiguous: str | None = None


@functools.lru_cache(maxsize=16384)
def identify(agency: str, context: str = "", year: int | None = None) -> Identity:
    """The identity of the body that bears a name in a report on ``year``.

    ``context`` is further text that may name its place (the province, the page's title). A name that fits several
    units, names a group of bodies or is printed in part stays without a body, and ``ambiguous`` says so.
    Source: GB/T 2260, forms.md section 8.
    """
    body = resolve(agency, context, year)
    told = (body.level, body.kind, body.province, body.region_code)
    if _PARTIAL.search(agency):
        return Identity(None, None, *told, None, "a part of the name is not known / 名称不全")
    text = _SPACES.sub("", unicodedata.normalize("NFKC", agency))
    place, rest = locate(text, year) or (NOWHERE, text)
    if rest.startswith(rules().unnamed_aggregates) or (body.level == "national" and body.kind is None):
        return Identity(None, None, *told, None, "a group of bodies, not one / 多个机关的合计")
    units = meant(place, context, year)
    if place.units and len(units) != 1:
        names = ", ".join(sorted(full_name(unit) for unit in units or place.units))
        return Identity(None, None, *told, None, f"the place may be any of: {names} / 地名对应多个区划")
    if units:
        return _of_unit(units[0], _title(rest, units[0]), *told)
    if body.level == "national" or body.region_code is not None or body.kind in ("zone", "vertical"):
        return Identity(text, text, *told, None)
    return Identity(None, None, *told, None, "the name tells no place / 名称未写明所在地")


def _of_unit(
    unit: Unit, title: str, level: str | None, kind: str | None, province: str | None, code: str | None
) -> Identity:
    """The identity of a body with a title in a unit; of a unit alone that of its government."""
    last = last_of(unit)
    if title == _GOVERNMENT:
        superior = above(last)
        parent = _id(superior, _GOVERNMENT) if superior is not None else None
        return Identity(_id(last, title), full_name(last) + title, level, "government", province, code, parent)
    return Identity(_id(last, title), full_name(last) + title, level, kind, province, code, _id(last, _GOVERNMENT))


def _id(unit: Unit, title: str) -> str:
    return f"{unit.code or unit.name} {title}"


def _title(rest: str, unit: Unit) -> str:
    """The rest of a name behind its place in one spelling."""
    if not rest:
        return _GOVERNMENT
    if read_title(rest, unit.level).of == "township":
        for ending, body in _TOWNSHIP_BODIES.items():
            if rest.endswith(ending):
                return rest + body
    return rest
