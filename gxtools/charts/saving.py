"""Saves a chart as PNG, SVG or PDF with an installed Chinese font, or says what to install."""

from __future__ import annotations

import json
import os
from pathlib import Path

import altair as alt
import vl_convert

from gxtools.charts.fonts import require_chinese_font

# Vega-Lite 5 as the renderer has it: a saved picture is the chart that the notebook shows.
VERSION = "5.21"
PIXELS = 2
FORMATS = (".png", ".svg", ".pdf")


def save(chart: alt.TopLevelMixin, path: str | os.PathLike[str]) -> Path:
    """Write ``chart`` to ``path``, whose ending (``.png``, ``.svg``, ``.pdf``) names the format; return the path.

    PNG has two pixels a point. An SVG keeps its text as text and names the fonts. Raises ``MissingFont`` where no
    installed font has Chinese, ``ValueError`` for another ending, ``OSError`` where the file cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() not in FORMATS:
        raise ValueError(f"path: {target} ends in {target.suffix!r}; allowed are {', '.join(FORMATS)}")
    require_chinese_font()
    spec = json.dumps(chart.to_dict())
    match target.suffix.lower():
        case ".png":
            target.write_bytes(vl_convert.vegalite_to_png(spec, vl_version=VERSION, scale=PIXELS, ppi=72))
        case ".svg":
            target.write_text(vl_convert.vegalite_to_svg(spec, vl_version=VERSION), encoding="utf-8")
        case _:
            target.write_bytes(vl_convert.vegalite_to_pdf(spec, vl_version=VERSION))
    return target
