"""How often each interval holds the truth, summed exactly over all outcomes at every point of a grid.

    python benchmarks/measures_coverage.py

One proportion: n of 10, 20, 30, 50, 100, 200 and 500, p of 0.005 to 0.995 in steps of 0.01. Differences: both n of 10,
30 and 100, both p of 0.05 to 0.95 in steps of 0.05. Rates: expected counts of 0.25 to 50 in steps of 0.25. Nothing is
drawn of these, so there is no error of simulation; probabilities are SciPy's.

``clustered`` is drawn, from one seed: 1,000 groups for every number of bodies, law of their sizes and mean share; the
bodies' own shares follow a beta law of strength 12, as the outcomes of ``gx.simulate`` do. Groups without a case are
left out. Once with limits about the share itself, once on the logit scale as they are given.
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
from gxtools.measures.pooling import pooled

Interval = Callable[[pl.DataFrame, float], pl.DataFrame]
SIZES = (10, 20, 30, 50, 100, 200, 500)
SHARES = np.arange(0.005, 1, 0.01)
PAIRED_SIZES = (10, 30, 100)
PAIRED_SHARES = np.arange(0.05, 0.951, 0.05)
EXPECTED = np.arange(0.25, 50.01, 0.25)
STRENGTH = 12
SEED = 7
RARE_SHARES = (0.01, 0.03, 0.05, 0.1, 0.4, 0.9)
# How many, and mean and spread of the normal logarithm of their sizes: of one size, or as gx.simulate has them.
BODIES = {
    "8, alike": (8, 5, 0),
    "20, alike": (20, 5, 0),
    "60, alike": (60, 5, 0),
    "60, as departments": (60, 1.37, 1.74),
}
BODIES |= {"200, as counties": (200, 3.89, 1.5), "400, as departments": (400, 1.37, 1.74)}


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


def drawn_groups(bodies: tuple[int, float, float], share: float, groups: int) -> pl.DataFrame:
    """``report_sums`` of so many groups, but those without a case; the bodies' own shares scatter about ``share``."""
    random = np.random.default_rng(SEED)
    count, mean, spread = bodies
    shape = (groups, count)
    sizes = np.maximum(1, np.rint(random.lognormal(mean, spread, shape))).astype(int)
    cases = random.binomial(sizes, random.beta(STRENGTH * share, STRENGTH * (1 - share), shape))
    frame = pl.DataFrame(
        {
            "group": np.repeat(np.arange(groups), count),
            "body": np.tile(np.arange(count), groups),
            "numerator": cases.ravel().astype(float),
            "denominator": sizes.ravel().astype(float),
        }
    ).with_columns(entered=pl.lit(True), rank=0)
    return frame.filter(pl.col("numerator").sum().over("group") > 0)


def of_bodies(bodies: tuple[int, float, float], share: float, groups: int) -> tuple[float, float]:
    """How often limits about the share itself hold it (those of a ratio), and those on the logit scale."""
    sums = drawn_groups(bodies, share, groups)
    frames = (pooled(sums, ["group"], kind).drop_nulls("low") for kind in ("ratio", "share"))
    straight, logit = (frame.select(pl.lit(share).is_between("low", "high").mean()).item() for frame in frames)
    return straight, logit


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
    print("\n| bodies | " + " | ".join(f"{100 * share:.0f} %" for share in RARE_SHARES) + " |\n|---" + "|---" * 6 + "|")
    for name, bodies in BODIES.items():
        pairs = [of_bodies(bodies, share, 1000) for share in RARE_SHARES]
        print(f"| {name} | " + " | ".join(f"{100 * one:.1f}, {100 * other:.1f}" for one, other in pairs) + " |")


if __name__ == "__main__":
    main()
