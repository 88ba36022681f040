"""How fast the rules run over a large corpus: seconds and memory, against a plain scan of the same columns.

    python benchmarks/checks.py --reports 100000

The frames are a panel of simulated bodies (模拟) over 2019 to 2024, repeated under other names with other numbers of
decisions; one report in ten has a fault, one in twenty has blanks. All rules: those within reports, between years,
between bodies, outliers and copies.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.worlds import cell_rows, frames, panel, report_row
from gxtools.checks import check_corpus, check_reports
from gxtools.forms import forms
from gxtools.frames import frame

YEARS = range(2019, 2025)
_BASE = 200


def corpus(count: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """``count`` reports, or a few more, as declared frames."""
    rng = random.Random(seed)
    reports, cells = [], []
    for body in range(_BASE):
        for year, form, values in panel(rng, YEARS):
            id = f"{body}-{year}"
            if rng.random() < 0.1:
                key = rng.choice(sorted(values))
                values[key] = (values[key] or 0) + 1
            blanks = frozenset(key for key in values if rng.random() < 0.02) if rng.random() < 0.05 else frozenset()
            reports.append(report_row(id, f"模拟机关{body}", year, form))
            cells += cell_rows(id, form, values, blanks)
    base = frames(reports, cells)
    copies = -(-count // base[0].height)
    named = [
        (
            base[0].with_columns(pl.format("{}-{}", "report", pl.lit(n)), pl.format("{}-{}", "agency", pl.lit(n))),
            base[1].with_columns(pl.format("{}-{}", "report", pl.lit(n)), _other_decisions(n)),
        )
        for n in range(copies)
    ]
    return pl.concat([part[0] for part in named]), pl.concat([part[1] for part in named])


def _other_decisions(copy: int) -> pl.Expr:
    """Large figures that no rule binds, in other proportions in each copy: bodies of a name each count their own."""
    value = pl.col("value")
    return pl.when(pl.col("column") == "decisions").then((value * (1 + copy * 0.0173)).round()).otherwise(value)


def peak() -> float:
    """The most memory that this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    reports, cells = corpus(options.reports, options.seed)
    print(
        f"{reports.height:,} reports, {cells.height:,} cells, {cells.estimated_size() / 1e9:.1f} GB laid out;"
        f" {peak():.1f} GB held before the rules"
    )
    start = time.perf_counter()
    cells.lazy().select(pl.col("value").sum(), pl.col("line", "column", "state").n_unique()).collect()
    scan = time.perf_counter() - start
    worked = time.process_time()
    start = time.perf_counter()
    within = check_reports(reports, cells, frame("claims", []), frame("sections", []), forms())
    first = time.perf_counter() - start
    start = time.perf_counter()
    between = check_corpus(reports, cells.lazy(), frame("sections", []).lazy(), forms())
    second = time.perf_counter() - start
    worked = time.process_time() - worked
    print(
        f"rules within reports {first:.1f} s, {within.height:,} rows;"
        f" between reports {second:.1f} s, {between.height:,} rows"
    )
    print(
        f"all rules {first + second:.1f} s, {(first + second) / scan:.1f} times"
        f" a plain scan of the columns ({scan:.2f} s)"
    )
    print(f"processor time of all rules, over all threads: {worked:.1f} s")
    print(f"most memory held, the frames included: {peak():.1f} GB")


if __name__ == "__main__":
    main()
