"""How every chart looks: colours that colour-blind readers and a grey print tell apart, and fonts that have Chinese."""

from __future__ import annotations

from typing import Any

# Okabe and Ito, Color Universal Design (2008), ordered so that neighbours differ in lightness too.
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#E69F00", "#009E73", "#999999"
INK, FAINT, RULE = "#222222", "#666666", "#BBBBBB"

# What Linux, macOS and Windows bring, simplified Chinese first: the first family that is there is taken.
FONTS = (
    "Noto Sans CJK SC, Source Han Sans SC, Noto Sans SC, PingFang SC, Hiragino Sans GB, "
    "Microsoft YaHei, WenQuanYi Zen Hei, WenQuanYi Micro Hei, SimHei, sans-serif"
)

SMALL = 30
"""Below this denominator a chart shows counts and a hollow mark, not a rate."""


def config() -> dict[str, Any]:
    """The Vega-Lite configuration of a chart; it holds no colour that a mark relies on."""
    text = {"labelColor": INK, "titleColor": INK}
    return {
        "font": FONTS,
        "background": "white",
        "view": {"stroke": None},
        "axis": {**text, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "gridColor": "#EEEEEE"},
        "header": {**text, "labelFontSize": 12, "labelFontWeight": "bold", "labelLimit": 600},
        "legend": {**text, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 300},
        "title": {
            "fontSize": 16,
            "subtitleFontSize": 12,
            "subtitleColor": FAINT,
            "color": INK,
            "anchor": "start",
            "frame": "bounds",
            "offset": 14,
            "subtitlePadding": 6,
            "subtitleLineHeight": 17,
            "limit": 0,
        },
        "text": {"fontSize": 12},
    }
