"""Whether the program that draws the pictures can draw Chinese here: found out by letting it draw."""

from __future__ import annotations

import vl_convert

from gxtools.charts.theme import FONTS
from gxtools.errors import MissingFont

ADVICE = (
    "No installed font can draw Chinese, so the picture would show boxes; nothing was saved. Install one and start "
    "again: `apt-get install fonts-noto-cjk` (Debian, Ubuntu), `dnf install google-noto-sans-cjk-fonts` (Fedora), or "
    "the free font Noto Sans CJK SC in any other way. macOS and Windows bring one."
)


def require_chinese_font() -> None:
    """Raise ``MissingFont`` where two different characters come out as the same picture: as boxes, or not at all."""
    if _drawn("公") == _drawn("开"):
        raise MissingFont(ADVICE)


def _drawn(character: str) -> bytes:
    return vl_convert.svg_to_png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        f'<text x="4" y="32" font-size="32" font-family="{FONTS}">{character}</text></svg>'
    )
