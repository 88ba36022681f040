"""``implausible`` measured: false alarms on consistent simulated worlds (模拟), and what it finds of planted figures.

    python benchmarks/outliers.py --worlds 100 --bodies 120

Each world has bodies of one level and kind over 2019 to 2024 whose sizes are log-normal or of three kinds. In a sound
world every accusation is false: the share of worlds with any is held against the stated rate. In another copy of each a
figure in a hundred is misprinted: then the share of false ones among all accusations is, and the share that is found.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.worlds import Values, cell_rows, frames, panel, report_row
from gxtools.checks.outliers import implausible_figures
from gxtools.forms import forms
from gxtools.forms.outlier_cells import outlier_cells

YEARS = range(2019, 2025)
CHOSEN = set(outlier_cells(forms()).cells)
SPREADS = (None, 0.8, 1.5)
MISPRINTS = {"元 for 万元": 10_000.0, "two digits more": 100.0, "a digit more": 10.0, "a digit lost": 0.1}


def world(rng: random.Random, bodies: int, spread: float | None) -> list[tuple[str, str, int, object, Values]]:
    """Reports as id, agency, year, form and figures."""
    return [
        (f"{body}-{year}", f"模拟机关{body}", year, form, values)
        for body in range(bodies)
        for year, form, values in panel(rng, YEARS, spread)
    ]


def accused(reports: list[tuple[str, str, int, object, Values]]) -> set[tuple[str, str, str, str]]:
    """The figures that ``implausible`` names."""
    rows = [report_row(id, agency, year, form) for id, agency, year, form, _ in reports]  # type: ignore[arg-type]
    cells: list[tuple[object, ...]] = []
    for id, _, _, form, values in reports:
        cells += [row for row in cell_rows(id, form, values) if row[2:5] in CHOSEN]  # type: ignore[arg-type]
    held = frames(rows, cells)
    found = implausible_figures(held[0], held[1].lazy(), forms())
    return set(found.select("report", "table", "line", "column").iter_rows())


def misprinted(
    rng: random.Random, reports: list[tuple[str, str, int, object, Values]], factor: float
) -> tuple[list[tuple[str, str, int, object, Values]], set[tuple[str, str, str, str]]]:
    """The world with a report in twenty misprinted in one figure of at least 10, and those figures."""
    changed, planted = [], set()
    for id, agency, year, form, values in reports:
        own = dict(values)
        large = sorted(key for key, value in own.items() if key in CHOSEN and (value or 0) >= 10)
        if large and rng.random() < 0.05:
            key = rng.choice(large)
            own[key] = float(round((own[key] or 0) * factor))
            planted.add((id, *key))
        changed.append((id, agency, year, form, own))
    return changed, planted


def measured(worlds: int, bodies: int, seed: int, spread: float | None) -> dict[str, float]:
    """Shares over so many worlds: of sound ones with an alarm; of false alarms beside planted ones; of those found."""
    rng = random.Random(seed)
    alarmed = false = 0
    said = 0
    found = dict.fromkeys(MISPRINTS, 0)
    planted_in_all = dict.fromkeys(MISPRINTS, 0)
    for number in range(worlds):
        reports = world(rng, bodies, spread)
        alarmed += bool(accused(reports))
        kind = list(MISPRINTS)[number % len(MISPRINTS)]
        changed, planted = misprinted(rng, reports, MISPRINTS[kind])
        named = accused(changed)
        said += len(named)
        # One misprint makes other years of its body look odd no more than itself; what is named beside it is false.
        false += len(named - planted)
        found[kind] += len(named & planted)
        planted_in_all[kind] += len(planted)
    shares = {kind: found[kind] / max(1, planted_in_all[kind]) for kind in MISPRINTS}
    return {"sound worlds with an alarm": alarmed / worlds, "false among all named": false / max(1, said), **shares}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--bodies", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"stated rate {outlier_cells(forms()).false_discoveries}; {options.worlds} worlds of {options.bodies} bodies")
    rows = [
        {"sizes": "three kinds" if spread is None else f"log-normal, {spread}"}
        | measured(options.worlds, options.bodies, options.seed, spread)
        for spread in SPREADS
    ]
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        print(pl.DataFrame(rows).transpose(include_header=True, column_names="sizes"))


if __name__ == "__main__":
    main()
