"""What the words after the place in an agency's name tell: its kind, and whose body it is."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from gxtools.bodies.rules import rules

_LONGEST_TOWNSHIP = 16


class Title(NamedTuple):
    """``kind`` as in the contract, None where the words tell none. ``of``: whose body it is.

    ``place``: of the unit named before; ``township``; ``zone``: of a zone of that unit's own; ``inner_zone``: of a zone
    that may belong to a unit further down; ``part``: of something of no certain level; ``branch``: of the place that
    ``where`` names.
    """

    kind: str | None
    of: str = "place"
    where: str = ""


def read_title(text: str, level: str | None) -> Title:
    """The title in ``text``, the name without its place; ``level`` is that of the place."""
    if text.startswith(rules().unnamed_aggregates):
        return Title(None, "part")
    if ending_kind(text) is None and text.endswith(rules().settlement_endings):
        return Title(None, "part")
    return (
        _government(text, level)
        or _township(text)
        or _branch(text, level)
        or _zone(text, level)
        or _county_branch(text)
        or Title(ending_kind(text, level))
    )


def in_zone(text: str) -> bool:
    """Whether a zone is named in it."""
    return _zone_pattern().match(text) is not None


def ending_kind(text: str, level: str | None = None) -> str | None:
    """The kind that the longest known ending of ``text`` tells."""
    if level == "province" and text.endswith(rules().vertical_of_a_province):
        return "vertical"
    endings = rules().endings
    for start in range(max(0, len(text) - _longest_ending()), len(text)):
        if text[start:] in endings:
            return endings[text[start:]]
    return None


def _government(text: str, level: str | None) -> Title | None:
    name = next((name for name in rules().government_names if text.startswith(name)), None)
    if name is None:
        return None
    after = text.removeprefix(name)
    if not after:
        return Title("government")
    if after in rules().government_offices:
        return Title("office")
    # 中山市人民政府 东区街道办事处, 厦门市人民政府 外事办公室; the ending is sought in all of the text, as
    # 人民政府及其办公室 has one of its own.
    return _township(after) or Title(ending_kind(text, level))


def _township(text: str) -> Title | None:
    """A township by its name and what may follow it: nothing, its government, that one's office, an institution."""
    if text.endswith(rules().township_sub_districts):
        # 花园路办事处 is a sub-district's; 驻北京办事处 stands for a government elsewhere
        return None if text.startswith(rules().township_elsewhere) else Title("government", "township")
    match = _township_pattern().fullmatch(text)
    if match is not None and match["name"] not in rules().township_not_names:
        kind = "office" if match["office"] else "government" if match["government"] else None
        return Title(kind, "township")
    match = _in_township_pattern().fullmatch(text)
    if match is None or any(word in match["name"] for word in rules().township_not_names):
        return None
    # 月浦镇 财政所, 月浦镇 事务中心; of a bureau 镇 may be part of its own name
    kind = ending_kind(match["after"])
    return Title(kind, "township") if kind == "institution" or match["after"].endswith("所") else None


@functools.cache
def _township_pattern() -> re.Pattern[str]:
    endings, governments = "|".join(rules().township_endings), "|".join(rules().township_governments)
    name = f"(?P<name>.{{0,{_LONGEST_TOWNSHIP}}}(?:{endings}))"
    return re.compile(f"{name}(?P<government>{governments})?(?P<office>{'|'.join(rules().township_offices)})?")


@functools.cache
def _in_township_pattern() -> re.Pattern[str]:
    return re.compile(f"(?P<name>.{{1,{_LONGEST_TOWNSHIP}}}?(?:{'|'.join(rules().township_endings)}))(?P<after>.+)")


def _zone(text: str, level: str | None) -> Title | None:
    match = _zone_pattern().match(text)
    if match is None:
        return None
    plain = match["name"].removeprefix("国家") in rules().zone_plain
    of = "zone" if plain else "inner_zone"
    after = match["after"]
    body = next((body for body in rules().zone_bodies if after.startswith(body)), "")
    after = after.removeprefix(body)
    if not after:
        return Title("zone", of)
    if body and after in rules().government_offices:
        return Title("office", of)
    return Title(ending_kind(after, level), of)


@functools.cache
def _zone_pattern() -> re.Pattern[str]:
    return re.compile(f"(?P<name>.*(?:{'|'.join(rules().zone_words)}))(?P<after>.*)")


def _branch(text: str, level: str | None) -> Title | None:
    """A bureau's branch that is named by a place (生态环境局 新晃 分局)."""
    match = _branch_pattern().fullmatch(text)
    if match is None:
        return None
    return Title(ending_kind(text, level), "branch", match["where"])


def _county_branch(text: str) -> Title | None:
    """A prefecture's bureau in a county whose bare name stands before it (剑阁 生态环境局)."""
    for bureau in rules().branch_bureaus:
        where = text.removesuffix(bureau)
        if where != text and where:
            return Title("department", "branch", where)
    return None


@functools.cache
def _branch_pattern() -> re.Pattern[str]:
    return re.compile(f".*局(?P<where>.{{2,10}}?)(?:{'|'.join(rules().branch_endings)})")


@functools.cache
def _longest_ending() -> int:
    return max(map(len, rules().endings))
