"""How fast the package reads, as ratios against what a user would use instead; all measured in one run.

    python benchmarks/speed.py --pages 1000

``load`` is ``gx.load`` with one worker, ``read`` is ``gx.read`` through ``.cells``, ``.claims`` and ``.problems`` of
each report; claims and checks are included in both. Against them: ``pandas.read_html`` (lxml), and the same HTML
parser's parse with the text of every ``td``. The rounds alternate, and the least time of each counts.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import pandas as pd
import turbohtml
from pages import write_pages

import gxtools as gx


def parse_and_text(pages: list[bytes]) -> None:
    for data in pages:
        for cell in turbohtml.parse(data.decode("utf-8")).find_all("td"):
            cell.text  # noqa: B018 - the text is made when it is asked for


def read_html(pages: list[bytes]) -> None:
    for data in pages:
        pd.read_html(io.StringIO(data.decode("utf-8")), flavor="lxml")


def read(pages: list[bytes]) -> None:
    for data in pages:
        report = gx.read(data, name="page.html")
        report.cells, report.claims, report.problems  # noqa: B018 - frames are built when asked for


def least(work: Callable[[], object], rounds: int) -> float:
    """The least of several wall times, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def import_time(module: str) -> float:
    code = f"import time; s = time.perf_counter(); import {module}; print(time.perf_counter() - s)"
    run = [sys.executable, "-c", code]
    return min(
        float(subprocess.run(run, cwd=ROOT, capture_output=True, check=True, text=True).stdout) for _ in range(5)
    )


def notebooks_time() -> float:
    command = [sys.executable, "-m", "pytest", "-q", "notebooks"]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--no-notebooks", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = write_pages(Path(folder), options.pages)
        pages = [path.read_bytes() for path in paths]
        sizes = sorted(len(data) for data in pages)
        print(f"{len(pages)} pages of {sizes[0] / 1000:.0f} to {sizes[-1] / 1000:.0f} KB")
        works: dict[str, Callable[[], object]] = {
            "pandas.read_html": lambda: read_html(pages),
            "parse and text of td": lambda: parse_and_text(pages),
            "gx.load, one worker": lambda: gx.load(folder, workers=1, progress=False),
            "gx.read with frames": lambda: read(pages),
            f"gx.load, {os.cpu_count()} workers": lambda: gx.load(folder, progress=False),
        }
        times = dict.fromkeys(works, float("inf"))
        for _ in range(options.rounds):
            for name, work in works.items():
                times[name] = min(times[name], least(work, 1))
    for name, seconds in times.items():
        print(f"{name:24}{seconds * 1000 / len(pages):10.2f} ms a page")
    html, bare, one, each, many = times.values()
    print(f"load is {html / one:.1f} times as fast as pandas.read_html, {one / bare:.1f} times the parse with cells")
    print(f"read is {html / each:.1f} times as fast as pandas.read_html")
    print(f"{os.cpu_count()} workers are {one / many:.2f} times as fast as one")
    print(f"import gxtools takes {import_time('gxtools') / import_time('polars'):.2f} times import polars")
    if not options.no_notebooks:
        print(f"the notebooks under nbval take {notebooks_time():.1f} s")


if __name__ == "__main__":
    main()
