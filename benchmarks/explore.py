"""How long explorers take to answer one change of a control over many reports, with the charts built.

    python benchmarks/explore.py --reports 100000

Simulated bodies that each report six years. ``prepare`` is what an explorer does once: the wide table, the lists, the
first charts. Then each control is set in turn, as a person would, and the time until the new specifications are handed
to the browser is taken: least and greatest of the changes, processor seconds beside the clock's as other work may run.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import ipywidgets

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

import gxtools as gx
from gxtools.explore.explorer import Explorer
from gxtools.explore.report_explorer import ReportExplorer

YEARS = range(2019, 2025)
SEARCHED = ("财政局", "moni", "one that is not there")
NAMES = ("rates", "refusals", "disputes", "quality", "provinces", "compare", "report")


def controls(explorer: Explorer | ReportExplorer) -> dict[str, ipywidgets.ValueWidget]:
    """What a person sets, by id."""
    if isinstance(explorer, Explorer):
        return explorer._controls
    return {id: getattr(explorer, id) for id in ("report", "table", "line", "column")}


def changes(explorer: Explorer | ReportExplorer) -> Iterator[tuple[str, float, float]]:
    """Each list set to its second and first value, reports to two others, the search to a part of a name, pinyin and
    nothing; what that took: clock, processor.
    """
    for id, control in controls(explorer).items():
        values = [value for _, value in getattr(control, "_options_full", ())]
        if id in ("one", "other"):
            # The list offers the newest: the report that it began with may be gone. The other is no choice.
            rival = (explorer.other if id == "one" else explorer.one).value
            steps = [value for value in values[1:] if value != rival][:2]
        elif values:
            steps = values[1:2] + values[:1]
        elif id == "search":
            steps = [*SEARCHED, ""]
        else:
            steps = [not control.value] * 2
        for value in steps:
            if value == control.value:
                continue
            clock, processor = time.perf_counter(), time.process_time()
            control.value = value
            yield id, time.perf_counter() - clock, time.process_time() - processor


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=100_000)
    reports = parser.parse_args().reports
    start = time.perf_counter()
    world = gx.simulate(bodies=reports // len(YEARS), years=YEARS, seed=1)
    print(f"{world.reports.height:,} reports simulated in {time.perf_counter() - start:.0f} s\n")
    print("| explorer | prepare s | changes | least ms | greatest ms | of | processor ms |")
    print("|---|---|---|---|---|---|---|")
    for name in NAMES:
        start = time.perf_counter()
        explorer = getattr(gx.explore, name)(world)
        prepared = time.perf_counter() - start
        taken = list(changes(explorer))
        slowest = max(taken, key=lambda change: change[1])
        least = min(clock for _, clock, _ in taken)
        print(
            f"| {name} | {prepared:.1f} | {len(taken)} | {least * 1e3:.0f} | {slowest[1] * 1e3:.0f} | {slowest[0]} | "
            f"{max(processor for _, _, processor in taken) * 1e3:.0f} |",
            flush=True,
        )
    print(f"\nmost memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    main()
