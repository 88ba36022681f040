"""How often each interval holds the truth, summed exactly over all outcomes at every point of a grid.

    python benchmarks/measures_coverage.py

One proportion: n of 10, 20, 30, 50, 100, 200 and 500, p of 0.005 to 0.995 in steps of 0.01. Differences: both n of 10,
30 and 100, both p of 0.05 to 0.95 in steps of 0.05. Rates: expected counts of 0.25 to 50 in steps of 0.25. Nothing is
drawn, so there is no error of simulation; probabilities are SciPy's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

import numpy as np
import polars as pl
from scipy.stats import binom
from scipy.stats import poisson as poisson_law

from gxtools.measures.differences import square_and_add
from gxtools.measures.intervals import clopper_pearson, jeffreys, poisson, wilson

Interval = Callable[[pl.DataFrame, float], pl.DataFrame]
SIZES = (10, 20, 30, 50, 100, 200, 500)
SHARES = np.arange(0.005, 1, 0.01)
PAIRED_SIZES = (10, 30, 100)
PAIRED_SHARES = np.arange(0.05, 0.951, 0.05)
EXPECTED = np.arange(0.25, 50.01, 0.25)


def limits(interval: Interval, cases: np.ndarray, size: float) -> tuple[np.ndarray, np.ndarray]:
    frame = pl.DataFrame({"numerator": cases.astype(float), "denominator": float(size)}, strict=False)
    found = interval(frame.with_columns(pl.lit(float(size)).alias("denominator")), 0.95)
    return found["low"].to_numpy(), found["high"].to_numpy()


def of_one_share(interval: Interval) -> np.ndarray:
    covered = []
    for size in SIZES:
        cases = np.arange(size + 1)
        low, high = limits(interval, cases, size)
        for share in SHARES:
            covered.append(binom.pmf(cases, size, share)[(low <= share) & (share <= high)].sum())
    return np.array(covered)


def of_differences() -> np.ndarray:
    covered = []
    for one, other in product(PAIRED_SIZES, repeat=2):
        x, y = (a.ravel() for a in np.meshgrid(np.arange(one + 1), np.arange(other + 1), indexing="ij"))
        (low, high), (low_before, high_before) = limits(wilson, x, one), limits(wilson, y, other)
        columns = {"value": x / one, "low": low, "high": high}
        before = {"value_before": y / other, "low_before": low_before, "high_before": high_before}
        frame = square_and_add(pl.DataFrame(columns | before))
        lowest, highest = frame["low"].to_numpy(), frame["high"].to_numpy()
        for p, q in product(PAIRED_SHARES, repeat=2):
            weight = binom.pmf(x, one, p) * binom.pmf(y, other, q)
            covered.append(weight[(lowest <= p - q + 1e-12) & (p - q - 1e-12 <= highest)].sum())
    return np.array(covered)


def of_rates() -> np.ndarray:
    cases = np.arange(200)
    low, high = limits(poisson, cases, 1)
    return np.array([poisson_law.pmf(cases, m)[(low <= m) & (m <= high)].sum() for m in EXPECTED])


def main() -> None:
    found = {
        "wilson": of_one_share(wilson),
        "jeffreys": of_one_share(jeffreys),
        "clopper_pearson": of_one_share(clopper_pearson),
        "newcombe": of_differences(),
        "poisson": of_rates(),
    }
    print("| interval (95 %) | points | mean | least | most |\n|---|---|---|---|---|")
    for name, covered in found.items():
        shown = " | ".join(f"{100 * x:.2f} %" for x in (covered.mean(), covered.min(), covered.max()))
        print(f"| {name} | {len(covered)} | {shown} |")


if __name__ == "__main__":
    main()
