"""How long the shipped figures take: ``python benchmarks/datasets.py``; beside a plain read of the same file."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import gxtools as gx

ROUNDS = 9


def seconds(call: Callable[[], object]) -> float:
    """The median of several rounds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return median(times)


def main() -> None:
    """Print one line a data set."""
    begin = time.perf_counter()
    gx.datasets.observed()
    print(f"observed, the first time, with what it imports: {1000 * (time.perf_counter() - begin):.0f} ms (aim: 100)")
    plain = seconds(lambda: pl.read_parquet(ROOT / "data/observed/figures.parquet"))
    for name in ("observed", "bodies", "divisions", "population"):
        own = seconds(getattr(gx.datasets, name))
        print(f"{name}: {1000 * own:.1f} ms, {own / plain:.1f} times a plain read of the observed figures")


if __name__ == "__main__":
    main()
