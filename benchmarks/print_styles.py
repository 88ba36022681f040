"""Reports printed by programs of others: each table drawn in one of several ways, on one of several sheets."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.mutations.laying_out import lay_out
from benchmarks.mutations.model import Page, PageTable
from benchmarks.mutations.parts import Part, blocks

_LEVEL = "table.data td { border-width: 1px 0; border-style: solid; border-color: #666 }"
_WEB_STYLES = {
    "ruled": "table.data td { border: 1px solid #000 }",
    "level rules": _LEVEL,
    "three lines": "table.data { border-top: 2px solid #000; border-bottom: 2px solid #000 } "
    "table.data tr:first-child td { border-bottom: 1px solid #000 }",
    "shaded": "table.data tr:nth-child(odd) td { background: #eef }",
    "no rules": "",
}
_SHEETS = {
    "plain": "",
    "small": "table.data { font-size: 7px !important }",
    "landscape": "@page { size: A4 landscape }",
    "narrow": "table.data { font-size: 12px !important; table-layout: fixed } @page { margin: 22mm }",
    "cut": "@page { size: A5; margin: 10mm } table.data { font-size: 7px !important } "
    "table.data td { padding: 2px 3px }",
}
_WEB = (
    "<style>@page {{ size: A4; margin: 15mm }} .page, .banner div, .foot {{ width: auto !important; padding: 0 "
    "!important }} table.data {{ font-size: 11px !important; border-collapse: collapse; border: 0; width: 100% }} "
    "table.data td {{ border: 0; padding: 2px 6px }} {style} {sheet}</style></head>"
)
_WORD_STYLES = {
    "ruled": "Table Grid",
    "light grid": "Light Grid",
    "light list": "Light List",
    "light shading": "Light Shading",
    "light shading 1": "Light Shading Accent 1",
    "medium shading 1": "Medium Shading 1",
    "medium list 1": "Medium List 1",
    "colorful list": "Colorful List",
    "no rules": "Normal Table",
}
# Of a Word page: size of the font in points, width and height in twentieths of a point.
_WORD_SHEETS = {"plain": (9, 11906, 16838), "small": (7, 11906, 16838), "landscape": (10, 16838, 11906)}


class Way(NamedTuple):
    """One way to print a report: by which program, its tables drawn how, on what sheet."""

    program: str
    style: str
    sheet: str

    @property
    def is_ruled(self) -> bool:
        """Whether lines stand between all rows and columns."""
        return self.style in ("ruled", "light grid")


WAYS = (
    *(Way(program, style, sheet) for sheet in _SHEETS for style in _WEB_STYLES for program in ("chromium", "weasy")),
    *(Way("office", style, sheet) for sheet in _WORD_SHEETS for style in _WORD_STYLES),
)


class Job(NamedTuple):
    """A report to be printed to ``path``: its web page, or its parts with the page in them."""

    path: Path
    way: Way
    web: bytes
    parts: list[Part]
    page: Page


def print_all(jobs: Sequence[Job]) -> None:
    """Print every report whose file is not there yet."""
    for program, printer in _PRINTERS.items():
        if own := [job for job in jobs if job.way.program == program and not job.path.exists()]:
            printer(own)


def _web_page(job: Job) -> str:
    head = _WEB.format(style=_WEB_STYLES[job.way.style], sheet=_SHEETS[job.way.sheet])
    return job.web.decode().replace("</head>", head)


def _by_weasyprint(jobs: Sequence[Job]) -> None:
    import weasyprint

    for job in jobs:
        weasyprint.HTML(string=_web_page(job)).write_pdf(job.path)


def _by_chromium(jobs: Sequence[Job]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for job in jobs:
            page.set_content(_web_page(job))
            page.pdf(path=job.path, prefer_css_page_size=True, print_background=True)
        browser.close()


def _by_libreoffice(jobs: Sequence[Job]) -> None:
    for job in jobs:
        job.path.with_suffix(".docx").write_bytes(_word_file(job))
    folder = jobs[0].path.parent
    files = [str(job.path.with_suffix(".docx")) for job in jobs]
    profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True)


def _word_file(job: Job) -> bytes:
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Pt, Twips

    document = docx.Document()
    points, width, height = _WORD_SHEETS[job.way.sheet]
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Serif CJK SC", Pt(points)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    normal.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.left_margin = section.right_margin = Twips(1000)
    for block in blocks(job.parts, job.page):
        if isinstance(block, PageTable):
            _add_table(document, block, _WORD_STYLES[job.way.style])
        document.add_paragraph("" if isinstance(block, PageTable) else block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: object, table: PageTable, style: str) -> None:
    grid = lay_out(table.rows).grid
    width = max((len(line) for line in grid), default=0)
    if not width:
        return
    made = document.add_table(len(grid), width, style)  # type: ignore[attr-defined]
    held = [list(row.cells) for row in made.rows]
    for y, row in enumerate(table.rows):
        for cell in row:
            covered = [(v, u) for v, line in enumerate(grid) for u, own in enumerate(line) if own is cell]
            if not covered:
                continue
            (top, left), (bottom, right) = min(covered), max(covered)
            last = bottom if len(covered) == (bottom - top + 1) * (right - left + 1) else top
            held[y][left].text = cell.text
            if (last, right) != (y, left):
                held[y][left].merge(held[last][right])


_PRINTERS: dict[str, Callable[[Sequence[Job]], None]] = {
    "chromium": _by_chromium,
    "weasy": _by_weasyprint,
    "office": _by_libreoffice,
}


def ways(count: int) -> Iterator[Way]:
    """So many ways, all of them in turn."""
    return (WAYS[number % len(WAYS)] for number in range(count))
