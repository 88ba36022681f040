"""How long measures and models take over many reports, and how much more that is than reading their columns.

    python benchmarks/measures.py --reports 200000

Made-up reports, one row each, as ``wide_reports`` gives them, in a Parquet file; ``scan`` is Polars' own sum of the
very columns that the measure needs from the same file, of text by its length. Least of three rounds that alternate, so
the file is in the system's cache. ``per million`` is in proportion. The models run on ten thousand bodies over six
years.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

import numpy as np
import polars as pl

from gxtools.forms import forms
from gxtools.forms.measure_definitions import measure_definitions
from gxtools.measures import measure_wide
from gxtools.measures.body_effects import fitted_effects
from gxtools.measures.shrinking import fitted
from gxtools.measures.terms import rate_terms
from gxtools.measures.trends import found_changes

YEARS = range(2014, 2025)


def made_up(reports: int) -> pl.DataFrame:
    """Reports of bodies that each report eleven years; every cell of every form a small count, a tenth of them null."""
    drawn = np.random.default_rng(1)
    known = forms()
    bodies = np.arange(reports) // len(YEARS)
    years = np.arange(reports) % len(YEARS) + YEARS[0]
    by_year = {
        year: form.id for form in known.all for year in YEARS if form.first_year <= year <= (form.last_year or year)
    }
    frame = pl.DataFrame({"body": bodies, "year": pl.Series(years, dtype=pl.Int32)}).select(
        report=pl.format("{}", pl.int_range(pl.len()).hash().cast(pl.String).str.slice(0, 16)),
        agency=pl.format("body {}", "body"),
        level=(pl.col("body") % 5).cast(pl.String),
        kind=(pl.col("body") % 7).cast(pl.String),
        province=(pl.col("body") % 31).cast(pl.String),
        year="year",
        form=pl.col("year").replace_strict(by_year, return_dtype=pl.String),
    )
    columns = []
    for name in dict.fromkeys(".".join(cell[:3]) for form in known.all for cell in form.cells):
        values = drawn.poisson(3, reports).astype(float) + (40 if ".handled." in name else 0)
        # The form that has the cell, or null: as a wide frame of several forms is.
        served = [form.id for form in known.all if name in {".".join(cell[:3]) for cell in form.cells}]
        keep = frame["form"].is_in(served) & pl.Series(drawn.random(reports) > 0.02)
        columns.append(pl.DataFrame({name: values, "keep": keep}).select(pl.when("keep").then(name).alias(name)))
    return pl.concat([frame, *columns], how="horizontal")


def least(*works: Callable[[], object]) -> list[float]:
    times: list[list[float]] = [[] for _ in works]
    for _ in range(3):
        for work, told in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            told.append(time.perf_counter() - start)
    return [min(told) for told in times]


def measures(path: Path, reports: int) -> None:
    print("| measure | measure s | scan s | ratio | per million s |\n|---|---|---|---|---|")
    whole = 0.0
    for id, found in measure_definitions(forms()).items():
        if found.kind == "composition":
            continue
        terms = rate_terms(found.definitions[0], forms(), [])
        needed = terms.select(pl.format("{}.{}.{}", "table", "line", "column").unique()).to_series().to_list()

        def ours(id: str = id) -> object:
            return measure_wide(pl.scan_parquet(path), id, ["province", "year"])

        def scan(needed: list[str] = needed) -> object:
            keys = pl.col("agency", "report", "form", "province").str.len_bytes().sum()
            return pl.scan_parquet(path).select(keys, pl.col("year", *needed).sum()).collect()

        taken, plain = least(ours, scan)
        whole = max(whole, taken)
        print(f"| {id} | {taken:.3f} | {plain:.3f} | {taken / plain:.1f} | {taken * 1e6 / reports:.2f} |")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\nslowest: {whole * 1e6 / reports:.2f} s per million; most memory {memory:.1f} GB, all told\n")


def models() -> None:
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
    parser.add_argument("--reports", type=int, default=200_000)
    reports = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wide.parquet"
        made_up(reports).write_parquet(path, compression="zstd")
        measures(path, reports)
    models()


if __name__ == "__main__":
    main()
