"""Pages printed to PDF by WeasyPrint, Chromium and LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.shared import Pt

from scripts.goldens.fonts import FAMILY, write_font

STYLE = """
@page { size: A4; margin: 2cm } body { font: 10.5pt/1.5 "Golden Song" } h1, b, th { font-weight: normal }
h1 { font-size: 16pt; text-align: center } table { border-collapse: collapse; width: 100% }
td, th { border: 1px solid #000; padding: 1px 3px; text-align: center }
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>"""


def styled(page: str, style: str, font: Path) -> str:
    face = f'@font-face {{ font-family: "{FAMILY}"; src: url({font.as_uri()}) }}'
    return page.replace("</head>", f"<style>{face}{STYLE}{style}</style></head>")


def by_weasyprint(page: str, path: Path, style: str = "") -> None:
    import weasyprint

    with tempfile.TemporaryDirectory() as folder:
        font = Path(folder) / "song.otf"
        write_font(page, font, "cubic")
        weasyprint.HTML(string=styled(page, style, font)).write_pdf(path)


def by_chromium(
    page: str, path: Path, style: str = "", outlines: str = "quadratic", arguments: tuple[str, ...] = ()
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        font, source = Path(folder) / "song.ttf", Path(folder) / "page.html"
        write_font(page, font, outlines)
        source.write_text(styled(page, style, font), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", *arguments]
        subprocess.run([*command, f"--print-to-pdf={path.resolve()}", source.as_uri()], check=True, capture_output=True)


def by_libreoffice(source: Path, text: str, path: Path, through: str | None = None) -> None:
    """A document converted to PDF, first to the format ``through``. ``text`` holds the characters that it prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_font(text, folder / "song.ttf", "quadratic")
        (folder / "fonts.conf").write_text(FONTS.format(folder=folder), encoding="utf-8")
        shutil.copy(source, folder / f"made{source.suffix}")
        suffix = source.suffix.removeprefix(".")
        for wanted in (through, "pdf") if through else ("pdf",):
            _convert(folder, f"made.{suffix}", wanted)
            suffix = wanted
        shutil.copy(folder / "made.pdf", path)


def _convert(folder: Path, source: str, wanted: str) -> None:
    filters = {"odt": "odt:writer8", "docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export"}
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", filters[wanted], "--outdir", str(folder)]
    surroundings = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run([*command, str(folder / source)], check=True, capture_output=True, env=surroundings)


def set_in_song(path: Path, size: float) -> None:
    """Set a Word document in the small font."""
    document = docx.Document(path)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FAMILY, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FAMILY)
    document.save(path)
