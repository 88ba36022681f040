"""How much memory ``gx.load`` takes for more and more documents, and ``write`` with it: it must stay flat.

    python benchmarks/memory.py --documents 500 2000 8000

Each number of documents is loaded and written by a process of its own, of which the peak is taken. The documents are
reports of simulated figures, of some 30 KB each.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from pages import consistent_values, prose

from gxtools import writing
from gxtools.forms import forms

MEASURED = """
import resource, sys, time
import gxtools as gx

folder, out = sys.argv[1:]
start = time.perf_counter()
corpus = gx.load(folder, progress=False)
loaded = time.perf_counter() - start
corpus.write(out)
written = time.perf_counter() - start - loaded
assert corpus.reports["error"].count() == 0
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{len(corpus):9} {peak:10.0f} {loaded:9.1f} {written:10.1f}")
"""


def write_reports(folder: Path, count: int) -> None:
    """A hundred reports over and over, each with a number of its own so that none is a copy."""
    rng = random.Random(1)
    form = forms().by_id("2021")
    bodies = []
    for _ in range(min(count, 100)):
        values = consistent_values(form, rng)
        content = writing.content_of(form.id, "模拟省模拟市人民政府", 2022, values, prose=prose(values, 2022))
        bodies.append(writing.set_page(content, writing.HtmlLayout()))
    for number in range(count):
        (folder / f"{number:06}.html").write_text(f"{bodies[number % 100]}<!-- {number} -->", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[500, 2000, 8000])
    options = parser.parse_args()
    print("documents   peak, MB   load, s   write, s")
    for count in options.documents:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place, "reports")
            folder.mkdir()
            write_reports(folder, count)
            subprocess.run([sys.executable, "-c", MEASURED, str(folder), f"{place}/set"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
