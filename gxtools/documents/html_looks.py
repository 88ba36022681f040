"""What declarations of style do to a text: hide it, move it among others, turn the order of its pieces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from gxtools.documents.css_values import WHITE, Color, color, declarations, pixels

# In pixels: no reader sees a letter so small; nothing shows in a box so narrow; so far away it is off the page; drawn
# so close, letters stand on one another.
_SMALLEST, _NARROWEST, _OFF_LEFT, _OFF_RIGHT, _CLOSEST = 3, 2, -100, 1000, -3
_LEAST_OPAQUE = 0.15
# Colors that differ less than this are hardly told from each other.
_NEARLY = 32
_SIZE_OF_FONT = re.compile(r"(?<![\w.])(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:px|pt|r?em|%)|(?<![\w.])0(?=[ /])")
_NUMBER = re.compile(r"[0-9.]*[0-9]")
# Transforms that leave a text where it is, as it is written, and of a size that one reads.
_IN_PLACE = re.compile(r"scale\((?:0?\.[5-9][0-9]*|1(?:\.[0-9]+)?)\)|translate(?:z|3d)?\(0[^()]*\)")
_SETS_NOTHING = frozenset(("none", "inherit", "initial", "unset", "auto", "normal"))
_SHIFTS = ("left", "right", "top", "bottom", "margin-left", "margin-right", "margin-top", "text-indent")


@lru_cache(maxsize=4096)
def is_lost(style: str) -> bool | None:
    """Whether a text is hardly seen, or not as it is written, where these declarations hold around it; else null."""
    said = declarations(style)
    return _is_off(said) or _is_spoilt(said) or _is_like_its_ground(said) or None


@lru_cache(maxsize=4096)
def is_cut(style: str) -> bool | None:
    """Whether a box has no room and shows nothing beyond it; a cell of a table always has the room that it needs."""
    said = declarations(style)
    if not any(value in ("hidden", "clip") for name, value in said.items() if name.startswith("overflow")):
        return None
    sides = (pixels(said.get(name, "")) for name in ("width", "height", "max-width", "max-height"))
    return any(side is not None and side <= _NARROWEST for side in sides) or None


@lru_cache(maxsize=4096)
def is_moved(style: str) -> bool | None:
    """Whether a text may stand elsewhere among the others of its cell than it is written; else null."""
    said = declarations(style)
    shifts = [pixels(said.get(name, "")) for name in _SHIFTS]
    return (
        any(_sets(said, name) for name in ("float", "order"))
        or said.get("position") in ("absolute", "fixed")
        or (said.get("position") == "relative" and any(shifts[:2]))
        or any(shift is not None and shift < 0 for shift in shifts[4:6])
        or None
    )


@lru_cache(maxsize=4096)
def is_turned(style: str) -> bool | None:
    """Whether several pieces of text, or all characters, may be shown in another order than written; else null."""
    said = declarations(style)
    flow = said.get("flex-direction", "") + said.get("flex-flow", "")
    turned = said.get("direction") == "rtl" or "override" in said.get("unicode-bidi", "") or "reverse" in flow
    return turned or None


def is_tiny(style: str) -> bool | None:
    """Whether the size of the font is one that nobody reads; null where nothing is said of it."""
    said = declarations(style)
    size = said.get("font-size")
    if size is None and (found := _SIZE_OF_FONT.search(said.get("font", ""))):
        size = found[0]
    if size is None:
        return None
    wide = pixels(size)
    return wide is not None and wide <= _SMALLEST


def is_light(style: str) -> bool | None:
    """Whether the color of a text is lost on white paper; null where nothing is said of it."""
    said = declarations(style)
    value = said.get("-webkit-text-fill-color") or said.get("color")
    return None if value is None else is_light_color(value)


def is_light_color(value: str) -> bool:
    """Whether a color is lost on white paper."""
    found = color(value)
    return found is not None and _is_lost_on(found, WHITE)


def is_paper(style: str) -> bool | None:
    """Whether what is painted behind a text is as white as paper; null where nothing is painted."""
    said = declarations(style)
    value = said.get("background-color") or said.get("background")
    if value is None or value in _SETS_NOTHING or value == "transparent":
        return None
    return is_light_color(value) or ("url" not in value and any(map(is_light_color, value.split())))


def _is_off(said: Mapping[str, str]) -> bool:
    shifts = (pixels(said.get(name, "")) for name in _SHIFTS)
    return any(shift is not None and not _OFF_LEFT < shift < _OFF_RIGHT for shift in shifts)


def _is_spoilt(said: Mapping[str, str]) -> bool:
    """Whether a text is drawn otherwise than it is written, or not at all."""
    spacing, opacity = pixels(said.get("letter-spacing", "")), pixels(said.get("opacity", ""))
    return (
        (spacing is not None and spacing <= _CLOSEST)
        or (opacity is not None and opacity < _LEAST_OPAQUE)
        or any(_sets(said, name) for name in ("clip-path", "-webkit-clip-path", "-webkit-text-security"))
        or any(_sets(said, n) and not _IN_PLACE.fullmatch(said[n]) for n in ("transform", "-webkit-transform"))
        or any(word in said.get("filter", "") for word in ("opacity", "blur"))
        or said.get("visibility") in ("hidden", "collapse")
        or (bool(corners := _NUMBER.findall(said.get("clip", ""))) and all(float(corner) <= 1 for corner in corners))
    )


def _is_like_its_ground(said: Mapping[str, str]) -> bool:
    """Whether a text is transparent, or has the color that the same declarations put behind it."""
    value = said.get("-webkit-text-fill-color") or said.get("color") or ""
    text, ground = color(value), color(said.get("background-color") or said.get("background") or "")
    if text is None:
        return False
    return text.opaque < _LEAST_OPAQUE or (ground is not None and ground.opaque > 0 and _is_lost_on(text, ground))


def _is_lost_on(text: Color, ground: Color) -> bool:
    return max(abs(one - other) for one, other in zip(text[:3], ground[:3], strict=True)) * text.opaque < _NEARLY


def _sets(said: Mapping[str, str], name: str) -> bool:
    return said.get(name, "none") not in _SETS_NOTHING
