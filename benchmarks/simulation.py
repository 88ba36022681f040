"""Simulated reports per second, as a data set and as documents, with the memory that it takes.

    python benchmarks/simulation.py --reports 20000

The world is written to a temporary folder. What a million reports would take is extrapolated from what was measured.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent)]

import gxtools as gx
from gxtools.simulation import documents
from gxtools.writing import CellsAs, HtmlLayout, TextLayout

YEARS = range(2019, 2026)
MILLION = 1_000_000


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--documents", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        gx.simulate(bodies=10, years=YEARS, seed=0)  # Imports and forms are loaded once.
        begun, work, before = time.perf_counter(), time.process_time(), peak()
        out = Path(folder) / "set"
        corpus = gx.simulate(bodies=options.reports // len(YEARS), years=YEARS, seed=1, out=out)
        seconds, work = time.perf_counter() - begun, time.process_time() - work
        size = sum(path.stat().st_size for path in out.iterdir()) / 1e6
        print(f"{len(corpus)} reports in {seconds:.1f} s: {len(corpus) / seconds:.0f} a second, {size:.1f} MB on disk")
        print(f"peak memory {peak():.0f} MB, {before:.0f} MB of it before")
        minutes, of_work = (taken * MILLION / len(corpus) / 60 for taken in (seconds, work))
        print(f"a million: {minutes:.1f} minutes as the machine was, {of_work:.1f} of processor time")
    small = gx.simulate(bodies=max(1, options.documents // len(YEARS)), years=YEARS, seed=1, errors={})
    for name, layout in (("pages", HtmlLayout()), ("texts", TextLayout(cells=CellsAs.PIPES))):
        next(documents(small, layout))
        begun = time.perf_counter()
        told = sum(1 for _ in itertools.islice(documents(small, layout), options.documents))
        print(f"{name}: {told / (time.perf_counter() - begun):.0f} a second")


if __name__ == "__main__":
    main()
