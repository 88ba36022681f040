"""Declarations of CSS, and their values as numbers: lengths in pixels, and colors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_PIXELS = {
    "": 1, "px": 1, "pt": 4 / 3, "pc": 16, "em": 16, "rem": 16, "ex": 8, "ch": 8, "%": 0.16, "mm": 3.78, "cm": 37.8,
    "in": 96, "vw": 12, "vh": 8,
}  # fmt: skip
_NUMBER = r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)"
_LENGTH = re.compile(rf"({_NUMBER})(px|pt|pc|r?em|ex|ch|%|mm|cm|in|vw|vh|)")
_HEXADECIMAL = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_CHANNEL = re.compile(rf"({_NUMBER})(%|)")
_NEARLY_WHITE = frozenset(
    (
        *("white", "snow", "ivory", "whitesmoke", "ghostwhite", "floralwhite", "mintcream", "azure", "aliceblue"),
        *("honeydew", "seashell", "lavenderblush", "oldlace", "linen"),
    )
)


class Color(NamedTuple):
    """Channels from 0 to 255; ``opaque`` from 0 to 1."""

    red: float
    green: float
    blue: float
    opaque: float = 1


WHITE = Color(255, 255, 255)


@lru_cache(maxsize=4096)
def declarations(style: str) -> Mapping[str, str]:
    """The properties of a ``style`` or of a rule with their values, in lower case; of two the last."""
    found: dict[str, str] = {}
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        if value := value.partition("!")[0].strip():
            found[name.strip()] = value
    return found


def pixels(value: str) -> float | None:
    """A length in pixels, one of a font by the usual size; null for what is no length of one number."""
    match = _LENGTH.fullmatch(value)
    return float(match[1]) * _PIXELS[match[2]] if match else None


@lru_cache(maxsize=4096)
def color(value: str) -> Color | None:
    """A color by its value; null for a name of a darker one, and for what is no color."""
    if value in _NEARLY_WHITE:
        return WHITE
    if value == "transparent":
        return Color(0, 0, 0, 0)
    if match := _HEXADECIMAL.fullmatch(value):
        digits = match[1] if len(match[1]) > 4 else "".join(digit * 2 for digit in match[1])
        red, green, blue, alpha = (float(int(digits[place : place + 2] or "ff", 16)) for place in (0, 2, 4, 6))
        return Color(red, green, blue, alpha / 255)
    match = _FUNCTION.fullmatch(value)
    numbers = _CHANNEL.findall(match[2]) if match else []
    if match is None or len(numbers) not in (3, 4):
        return None
    opaque = [float(number) * (0.01 if percent else 1) for number, percent in numbers[3:]]
    if match[1] == "hsl":
        light = 2.55 * float(numbers[2][0])
        return Color(light, light, light, *opaque)
    red, green, blue = (float(number) * (2.55 if percent else 1) for number, percent in numbers[:3])
    return Color(red, green, blue, *opaque)
