"""How long a wide frame, measures and models take over a million simulated reports, each in a process of its own.

    python benchmarks/measures.py --reports 1000000        (five minutes more, for drawing the world)
    python benchmarks/measures.py --world folder           (a data set that is there already)

``wide_reports`` of ``gx.scan`` is written to a Parquet file; then every measure of the dictionary, by province and
year, in a new process. ``process``: from start to end, with Python and all imports. ``measure``: the first and only
call, which imports SciPy (some 0.3 s) and reads the forms. ``work``: what the process took of both processors in all.
``scan``: in another new process, Polars' own sum of the very columns that the measure needs, of text by its length.
``MB``: the most memory that the process held. The file is in the system's cache, as it was just written. The models run
on ten thousand bodies over six years.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

import polars as pl

YEARS = range(2019, 2026)


def measured(wide: str, id: str) -> None:
    """Only what a person needs who asks for one measure."""
    from gxtools.measures import measure_wide

    start = time.perf_counter()
    frame = measure_wide(pl.scan_parquet(wide), id, ["province", "year"])
    told(time.perf_counter() - start, frame.height)


def scanned(wide: str, *columns: str) -> None:
    start = time.perf_counter()
    keys = pl.col("agency", "report", "form", "province").str.len_bytes().sum()
    frame = pl.scan_parquet(wide).select(keys, pl.col("year", *columns).sum()).collect()
    told(time.perf_counter() - start, frame.height)


def widened(world: str, wide: str) -> None:
    import gxtools as gx
    from gxtools.measures import wide_reports

    start = time.perf_counter()
    wide_reports(gx.scan(world)).sink_parquet(wide, compression="zstd", row_group_size=100_000)
    told(time.perf_counter() - start, 0)


def told(seconds: float, rows: int) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"seconds": seconds, "rows": rows, "memory": memory, "work": time.process_time()}))


def apart(task: str, *arguments: str) -> dict[str, float]:
    """What a task told from a new process, and how long that took in all."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, __file__, "--task", task, *arguments], check=True, capture_output=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found | {"process": time.perf_counter() - start}


def measures(wide: str) -> None:
    from gxtools.forms import forms
    from gxtools.forms.measure_definitions import measure_definitions
    from gxtools.measures.terms import rate_terms

    print("| measure | process s | work s | measure s | scan s | measure / scan | MB |\n|---|---|---|---|---|---|---|")
    for id, found in measure_definitions(forms()).items():
        if found.kind == "composition":
            continue
        terms = rate_terms(found.definitions[0], forms(), [])
        needed = terms.select(pl.format("{}.{}.{}", "table", "line", "column").unique(maintain_order=True)).to_series()
        ours, plain = apart("measured", wide, id), apart("scanned", wide, *needed)
        ratio = ours["seconds"] / plain["seconds"]
        shown = (
            f"{ours['process']:.2f} | {ours['work']:.2f} | {ours['seconds']:.2f} | {plain['seconds']:.2f} | {ratio:.1f}"
        )
        print(f"| `{id}` | {shown} | {ours['memory']:.0f} |", flush=True)


def least(*works: Callable[[], object]) -> list[float]:
    times: list[list[float]] = [[] for _ in works]
    for _ in range(3):
        for work, told in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            told.append(time.perf_counter() - start)
    return [min(told) for told in times]


def models() -> None:
    import numpy as np

    from gxtools.measures.body_effects import fitted_effects
    from gxtools.measures.shrinking import fitted
    from gxtools.measures.trends import found_changes

    drawn = np.random.default_rng(2)
    bodies, years = 10_000, 6
    own = np.repeat(drawn.normal(-0.3, 0.8, bodies), years)
    year = np.tile(np.arange(2019, 2019 + years), bodies)
    size = drawn.integers(5, 200, bodies * years).astype(float)
    share = 1 / (1 + np.exp(-own - 0.4 * (year >= 2022) - drawn.normal(0, 0.25, bodies * years)))
    counts = pl.DataFrame(
        {
            "body": [f"{n // years:05}" for n in range(bodies * years)],
            "year": pl.Series(year, dtype=pl.Int32),
            "numerator": drawn.binomial(size.astype(int), share).astype(float),
            "denominator": size,
        }
    )
    shaped = counts.with_columns(trend=pl.col("year") - 2021.5, level=(pl.col("year") >= 2022).cast(pl.Float64))
    last = counts.filter(pl.col("year") == 2024)
    tried: dict[str, Callable[[], object]] = {
        "trend and break, 10,000 body effects": lambda: fitted_effects(shaped, ["trend", "level"]),
        "change points, 10,000 body effects": lambda: found_changes(counts, 0.95),
        "partial pooling of 10,000 bodies": lambda: fitted(last["numerator"], last["denominator"]),
    }
    print("| model | s |\n|---|---|")
    for name, work in tried.items():
        print(f"| {name} | {least(work)[0]:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--world")
    parser.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        tasks: dict[str, Callable[..., None]] = {"measured": measured, "scanned": scanned, "widened": widened}
        tasks[options.task[0]](*options.task[1:])
        return
    with tempfile.TemporaryDirectory() as folder:
        world, wide = options.world or f"{folder}/world", f"{folder}/wide.parquet"
        if not options.world:
            import gxtools as gx

            gx.simulate(bodies=options.reports // len(YEARS), years=YEARS, seed=1, out=world)
        built = apart("widened", world, wide)
        rows = pl.scan_parquet(wide).select(pl.len()).collect().item()
        size = Path(wide).stat().st_size / 1e6
        print(
            f"{rows} reports widened in {built['seconds']:.0f} s ({built['work']:.0f} s of work), most memory "
            f"{built['memory']:.0f} MB; {size:.0f} MB on disk\n"
        )
        measures(wide)
    models()


if __name__ == "__main__":
    main()
