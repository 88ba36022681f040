"""How fast PDF is read, as ratios against what a user would use instead, on pages printed by each program.

    python benchmarks/pdf_speed.py --reports 6

The same reports are printed by LibreOffice, Chromium and WeasyPrint, each where it is installed. ``bare words`` is the
engine alone: the text of every page with the box of every character, joined to words at spaces, as one writes it with
pypdfium2's own functions. ``tables`` is pdfplumber's ``extract_tables``. ``gx.read`` goes through ``.cells``,
``.claims`` and ``.problems``; ``document`` is the step from bytes to grids and text alone. Processor time, in this
process and in those that the package starts; the rounds alternate, and the median counts.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from pages import consistent_values, prose

import gxtools as gx
from gxtools import writing
from gxtools.documents import open_document
from gxtools.forms import forms

_ON_PAPER = (
    "<style>@page { size: A4; margin: 15mm }"
    " .page, .banner div, .foot { width: auto !important; padding: 0 !important }"
    " table.data { font-size: 11px !important; border-collapse: collapse } table.data td { border: 1px solid #000 }"
    "</style></head>"
)


def contents(count: int, seed: int = 1) -> Iterator[writing.Content]:
    """Simulated reports of the form of 2021, of three to six printed pages each."""
    rng = random.Random(seed)
    form = forms().by_id("2021")
    for _ in range(count):
        year = rng.randint(2021, 2025)
        values = consistent_values(form, rng)
        yield writing.content_of(form.id, "模拟省模拟市人民政府", year, values, prose=prose(values, year))


def page_of(content: writing.Content) -> str:
    return writing.set_page(content, writing.HtmlLayout()).replace("</head>", _ON_PAPER)


def print_by_weasyprint(folder: Path, held: list[writing.Content]) -> None:
    import weasyprint

    for number, content in enumerate(held):
        weasyprint.HTML(string=page_of(content)).write_pdf(folder / f"{number}.pdf")


def print_by_chromium(folder: Path, held: list[writing.Content]) -> None:
    for number, content in enumerate(held):
        page = folder / f"{number}.html"
        page.write_text(page_of(content), encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command = ["chromium", *options, f"--print-to-pdf={folder / f'{number}.pdf'}", str(page)]
        subprocess.run(command, check=True, capture_output=True)


def print_by_libreoffice(folder: Path, held: list[writing.Content]) -> None:
    import docx

    files = []
    for number, content in enumerate(held):
        document = docx.Document(io.BytesIO(writing.set_docx(content)))
        for table in document.tables:
            table.style = document.styles["Table Grid"]
        files.append(folder / f"{number}.docx")
        document.save(files[-1])
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True)


WRITERS: dict[str, tuple[str, Callable[[Path, list[writing.Content]], None]]] = {
    "LibreOffice": ("soffice", print_by_libreoffice),
    "Chromium": ("chromium", print_by_chromium),
    "WeasyPrint": ("", print_by_weasyprint),
}


def bare_words(paths: list[Path]) -> None:
    """The words of every page with their boxes, and nothing more."""
    for path in paths:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                _words(page.get_textpage())


def _words(page: pypdfium2.PdfTextPage) -> list[tuple[str, float, float, float, float]]:
    words = []
    word = ""
    boxes: list[tuple[float, float, float, float]] = []
    for place in range(page.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(page, place))
        if character.isspace():
            if word:
                words.append(_word(word, boxes))
            word, boxes = "", []
            continue
        word += character
        boxes.append(page.get_charbox(place))
    return [*words, _word(word, boxes)] if word else words


def _word(word: str, boxes: list[tuple[float, float, float, float]]) -> tuple[str, float, float, float, float]:
    left, bottom, right, top = zip(*boxes, strict=True)
    return word, min(left), min(bottom), max(right), max(top)


def tables(paths: list[Path]) -> None:
    for path in paths:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_tables()


def documents(paths: list[Path]) -> None:
    for path in paths:
        open_document(path)


def read(paths: list[Path]) -> None:
    for path in paths:
        report = gx.read(path)
        report.cells, report.claims, report.problems  # noqa: B018 - frames are built when asked for


def load(paths: list[Path]) -> None:
    gx.load(paths, workers=1, progress=False)


WORKS: dict[str, Callable[[list[Path]], None]] = {
    "bare words": bare_words,
    "tables": tables,
    "document": documents,
    "gx.read": read,
    "gx.load": load,
}


def processor_time() -> float:
    """Seconds that this process and its ended children took so far."""
    return time.process_time() + sum(os.times()[2:4])


def children_time() -> float:
    """Seconds that children took that still run: Linux says so."""
    total = 0.0
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text().split():
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def measured(work: Callable[[list[Path]], None], paths: list[Path]) -> float:
    start = processor_time() + children_time()
    work(paths)
    return processor_time() + children_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    held = list(contents(options.reports))
    print(
        f"{'':14}{'pages':>6}"
        + "".join(f"{name:>12}" for name in WORKS)
        + "   ms a page; as many times the bare words,"
    )
    print(f"{'':92}   tables as many times each")
    for writer, (program, print_all) in WRITERS.items():
        if program and shutil.which(program) is None:
            print(f"{writer}: not installed")
            continue
        with tempfile.TemporaryDirectory() as name:
            print_all(Path(name), held)
            _report(writer, sorted(Path(name).glob("*.pdf")), options.rounds)


def _report(writer: str, paths: list[Path], rounds: int) -> None:
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    times: dict[str, list[float]] = {name: [] for name in WORKS}
    for work in WORKS.values():
        work(paths[:1])
    for _ in range(rounds):
        for name, work in WORKS.items():
            times[name].append(measured(work, paths))
    least = {name: statistics.median(found) for name, found in times.items()}
    print(f"{writer:14}{pages:6}" + "".join(f"{seconds * 1000 / pages:12.2f}" for seconds in least.values()))
    of_words = [f"{least[name] / least['bare words']:.2f}" for name in WORKS]
    print(f"{'':20}" + "".join(f"{ratio:>12}" for ratio in of_words) + "   times the bare words")
    of_tables = [f"{least['tables'] / least[name]:.1f}" for name in WORKS]
    print(f"{'':20}" + "".join(f"{ratio:>12}" for ratio in of_tables) + "   times as fast as the tables")


if __name__ == "__main__":
    main()
