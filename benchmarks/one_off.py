"""Single figures off by one, in reports with blanks: which of them any figures in the blanks could not explain, told by
linear programming, and which of those the rules find.

    python benchmarks/one_off.py --reports 500 --seed 1
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from scipy.optimize import linprog

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.oracle import promises_of
from benchmarks.worlds import Key, Values, cell_rows, frames, panel, report_row
from gxtools.checks import check_reports
from gxtools.forms import forms
from gxtools.frames import frame

YEARS = range(2019, 2025)


class Counted(NamedTuple):
    """Reports with a figure off by one; those of them that no figures in the blanks explain; those of these found; and
    sound reports, or such as could be, that are accused."""

    planted: int
    decidable: int
    found: int
    false: int


def counted(reports: int, seed: int, blanks: float, sound: float = 0.2) -> Counted:
    """Reports of which a share is ``sound``, with a share of ``blanks`` among their cells under sums."""
    rng = random.Random(seed)
    rows: list[tuple[Any, ...]] = []
    cells: list[tuple[Any, ...]] = []
    changed: set[str] = set()
    impossible: set[str] = set()
    for number in range(reports):
        year, form, values = rng.choice(panel(rng, YEARS))
        held = [key for key in values if key[0] in ("requests", "disputes")]
        key = rng.choice(held)
        id = f"r{number}"
        if rng.random() >= sound:
            changed.add(id)
            values[key] = (values[key] or 0) + (-1 if values[key] and rng.random() < 0.5 else 1)
        lacking = frozenset(other for other in held if other != key and rng.random() < blanks)
        if not feasible(values, lacking, form.id):
            impossible.add(id)
        rows.append(report_row(id, f"模拟机关{number}", year, form))
        cells += cell_rows(id, form, values, lacking)
    found = check_reports(*frames(rows, cells), frame("claims", []), frame("sections", []), forms())
    accused = set(found.filter(pl.col("severity") == "error")["report"])
    return Counted(len(changed), len(impossible), len(accused & impossible), len(accused - impossible))


def feasible(values: Values, blanks: frozenset[Key], form: str) -> bool:
    """Whether some figures not below 0 in place of the blanks make every sum of the form hold."""
    numbers = {key: number for number, key in enumerate(sorted(blanks))}
    rows, sums = [], []
    for promise in (promise for promise in promises_of(form) if promise.equal):
        row, known = [0.0] * max(1, len(numbers)), 0.0
        for side, sign in ((promise.left, 1), (promise.right, -1)):
            for cell in side:
                table, line, column = cell.split(".")
                key = (table, line, column)
                if key in numbers:
                    row[numbers[key]] += sign
                else:
                    known += sign * (values[key] or 0)
        rows.append(row)
        sums.append(-known)
    return bool(linprog([0.0] * len(rows[0]), A_eq=rows, b_eq=sums, bounds=(0, None)).status == 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for blanks in (0.0, 0.02, 0.05, 0.1, 0.3):
        told = counted(options.reports, options.seed, blanks)
        print(
            f"{blanks:.0%} blank: {told.planted} planted, {told.decidable} decidable, {told.found} found,"
            f" {told.false} accused wrongly"
        )


if __name__ == "__main__":
    main()
