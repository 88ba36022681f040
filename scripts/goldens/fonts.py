"""Small fonts for golden documents: the characters that a document prints, cut out of an installed font."""

from __future__ import annotations

import subprocess
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem

FAMILY = "Golden Song"
# Coarse outlines are small ones: units to the em, and by how many of them a curve may differ.
UNITS, ERROR = 256, 1.0


def font_file(family: str = "Noto Serif CJK SC") -> tuple[Path, int]:
    """The file of an installed font and its number inside it."""
    asked = ["fc-match", "--format=%{file}|%{index}", f"{family}:regular"]
    file, number = subprocess.run(asked, capture_output=True, check=True, text=True).stdout.split("|")
    return Path(file), int(number)


def write_font(text: str, path: Path, outlines: str) -> None:
    """Write a font with the characters of a text; ``outlines`` are ``cubic`` (CFF) or ``quadratic`` (TrueType)."""
    file, number = font_file()
    font = TTFont(file, fontNumber=number)
    options = Options()
    options.layout_features, options.hinting, options.notdef_outline = [], False, True
    options.drop_tables += ["GSUB", "GPOS", "BASE", "VORG", "vhea", "vmtx"]
    cutter = Subsetter(options)
    cutter.populate(text=text + " .-0123456789")
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = FAMILY if record.nameID in (1, 3, 4, 16) else FAMILY.replace(" ", "")
    scale_upem(font, UNITS)
    if outlines == "quadratic":
        _make_quadratic(font)
    font.save(path)


def _make_quadratic(font: TTFont) -> None:
    glyphs = font.getGlyphSet()
    made = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, ERROR, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), made
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for name in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(font["maxp"], name, 1 if name == "maxZones" else 0)
    for name in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(font["maxp"], name, 0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"
