"""Faults of every kind planted into consistent simulated reports: what the rules find, and whom they accuse wrongly.

    python benchmarks/planted.py --bodies 100 --seed 1

Each body has reports of 2019 to 2024 that hold every rule. A fault is found where a rule that the planted change breaks
names it: its column, its line or its cell, with ``error`` or ``warning``. A false alarm is a row of a rule in a report
without a fault, or on a rule that no planted change touches. The same is done with a tenth of the cells left blank;
``complete`` counts the instances that have no blank among their cells, and bounds find more than those.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent)]

from worlds import Key, Values, cell_rows, frames, panel, report_row

from gxtools.checks import check_corpus, check_reports
from gxtools.forms import Form, forms
from gxtools.frames import frame

YEARS = range(2019, 2025)
ARITHMETIC = ("balance", "handled_sum", "applicant_sum", "dispute_sum")
CHAINS = ("carry_over", "stock_flow")

Fault = Callable[[random.Random, Form, Values], bool]
FAULTS: dict[str, Fault] = {}


def fault(work: Fault) -> Fault:
    """A kind of fault: changes the figures in place, and tells whether it could be planted there."""
    FAULTS[work.__name__.replace("_", " ")] = work
    return work


def _pick(rng: random.Random, values: Values, *tables: str) -> Key:
    return rng.choice([key for key in values if key[0] in tables])


@fault
def one_more_or_less(rng: random.Random, form: Form, values: Values) -> bool:
    key = _pick(rng, values, "requests", "disputes")
    by = rng.choice([1, -1])
    values[key] = max(0.0, (values[key] or 0) + by) if by < 0 and values[key] else (values[key] or 0) + 1
    return True


@fault
def digits_transposed(rng: random.Random, form: Form, values: Values) -> bool:
    for _ in range(50):
        key = _pick(rng, values, "requests", "disputes")
        text = f"{values[key]:.0f}"
        turned = float(text[::-1])
        if turned != values[key]:
            values[key] = turned
            return True
    return False


@fault
def two_cells_swapped(rng: random.Random, form: Form, values: Values) -> bool:
    for _ in range(50):
        one = _pick(rng, values, "requests")
        other = rng.choice([key for key in values if key[0] == "requests" and key[1] != one[1] and key[2] != one[2]])
        if values[one] != values[other]:
            values[one], values[other] = values[other], values[one]
            return True
    return False


@fault
def carried_in_counted_as_received(rng: random.Random, form: Form, values: Values) -> bool:
    columns = [column.id for column in form.table("requests").columns]
    if not values["requests", "carried_in", "total"]:
        return False
    for column in columns:
        into = values["requests", "carried_in", column] or 0
        values["requests", "received", column] = (values["requests", "received", column] or 0) + into
    return True


@fault
def total_of_natural_persons_only(rng: random.Random, form: Form, values: Values) -> bool:
    line = rng.choice([line.id for line in form.table("requests").lines])
    if values["requests", line, "total"] == values["requests", line, "natural_person"]:
        return False
    values["requests", line, "total"] = values["requests", line, "natural_person"]
    return True


@fault
def handled_with_carried_out(rng: random.Random, form: Form, values: Values) -> bool:
    if not values["requests", "carried_out", "total"]:
        return False
    for column in form.table("requests").columns:
        out = values["requests", "carried_out", column.id] or 0
        values["requests", "handled", column.id] = (values["requests", "handled", column.id] or 0) + out
    return True


@fault
def pending_left_out_of_the_total(rng: random.Random, form: Form, values: Values) -> bool:
    line = rng.choice([line.id for line in form.table("disputes").lines])
    pending = values["disputes", line, "pending"] or 0
    values["disputes", line, "total"] = (values["disputes", line, "total"] or 0) - pending
    return bool(pending)


@fault
def carried_in_of_another_year(rng: random.Random, form: Form, values: Values) -> bool:
    """Carried in and received shift together: nothing within the report shows it."""
    column = rng.choice([column.id for column in form.table("requests").columns if column.id != "total"])
    if (values["requests", "received", column] or 0) < 1:
        return False
    for line, by in (("carried_in", 1), ("received", -1)):
        for place in (column, "total"):
            values["requests", line, place] = (values["requests", line, place] or 0) + by
    return True


@fault
def in_force_off(rng: random.Random, form: Form, values: Values) -> bool:
    key = ("proactive", rng.choice(["rules", "normative_documents"]), "in_force")
    if key not in values:
        return False
    values[key] = (values[key] or 0) + rng.randint(1, 9)
    return True


def touched(before: Values, after: Values, form: Form, year: int) -> set[tuple[str, str | None, str | None]]:
    """The rules that no longer hold, as (rule, line, column), computed anew from the figures alone."""
    found: set[tuple[str, str | None, str | None]] = set()
    lines = [line.id for line in form.table("requests").lines]
    outcomes = [line for line in lines if line not in ("received", "carried_in", "handled", "carried_out")]
    columns = [column.id for column in form.table("requests").columns]

    def of(table: str, line: str, column: str) -> float:
        return after[table, line, column] or 0

    for column in columns:
        into, out = of("requests", "carried_in", column), of("requests", "carried_out", column)
        if of("requests", "received", column) + into != of("requests", "handled", column) + out:
            found.add(("balance", None, column))
        if sum(of("requests", line, column) for line in outcomes) != of("requests", "handled", column):
            found.add(("handled_sum", None, column))
        if year > min(YEARS) and into != before["requests", "carried_in", column]:
            found.add(("carry_over", None, column))
    for line in lines:
        if sum(of("requests", line, column) for column in columns[:-1]) != of("requests", line, "total"):
            found.add(("applicant_sum", line, None))
    for block in form.table("disputes").lines:
        names = [column.id for column in form.table("disputes").columns]
        if sum(of("disputes", block.id, name) for name in names[:-1]) != of("disputes", block.id, "total"):
            found.add(("dispute_sum", block.id, None))
    for line in ("rules", "normative_documents"):
        flows = [("proactive", line, column) for column in ("in_force", "made", "repealed")]
        if year >= 2022 and any(after[key] != before[key] for key in flows):
            found.add(("stock_flow", line, None))
    return found


def run(bodies: int, seed: int, blanks: float) -> pl.DataFrame:
    """One row a kind of fault and rule: planted, found, and false alarms of the rule over all reports."""
    rng = random.Random(seed)
    reports, cells = [], []
    expected: dict[tuple[str, str], set[tuple[str, str | None, str | None]]] = {}
    kinds: dict[str, str] = {}
    blank_cells: dict[str, frozenset[Key]] = {}
    for body in range(bodies):
        told = panel(rng, YEARS)
        # The last year's report alone is damaged: what it carries over is nobody's carried in.
        for year, form, values in told:
            id = f"{body}-{year}"
            blank_cells[id] = frozenset(key for key in values if rng.random() < blanks)
            changed = dict(values)
            if year == max(YEARS) and body % 2:
                for kind in rng.sample(sorted(FAULTS), len(FAULTS)):
                    if FAULTS[kind](rng, form, changed):
                        kinds[id] = kind
                        break
                expected[id, kinds[id]] = touched(values, changed, form, year)
            reports.append(report_row(id, f"模拟机关{body}", year, form))
            cells += cell_rows(id, form, changed, blank_cells[id])
    held = frames(reports, cells)
    problems = pl.concat(
        [
            check_reports(*held, frame("claims", []), frame("sections", []), forms()),
            check_corpus(held[0], held[1].lazy(), frame("sections", []).lazy(), forms()),
        ]
    )
    return _counted(problems, expected, blank_cells)


def _counted(
    problems: pl.DataFrame,
    expected: dict[tuple[str, str], set[tuple[str, str | None, str | None]]],
    blanks: dict[str, frozenset[Key]],
) -> pl.DataFrame:
    loud = problems.filter(pl.col("severity") != "notice").select("report", "rule", "line", "column")
    said: dict[str, set[tuple[str, str | None, str | None]]] = {}
    for report, rule, line, column in loud.iter_rows():
        if rule in (*ARITHMETIC, *CHAINS):
            said.setdefault(report, set()).add((rule, line, column))
    rows: dict[tuple[str, str], list[int]] = {}
    for (report, kind), broken in expected.items():
        for instance in broken:
            counts = rows.setdefault((kind, instance[0]), [0, 0, 0])
            counts[0] += 1
            counts[1] += _is_decidable(instance, blanks[report])
            counts[2] += instance in said.get(report, set())
    broken_of = {report: broken for (report, _), broken in expected.items()}
    for report, instances in said.items():
        for instance in instances - broken_of.get(report, set()):
            rows.setdefault(("false alarms", instance[0]), [0, 0, 0])[2] += 1
    told = [(kind, rule, *counts) for (kind, rule), counts in sorted(rows.items())]
    return pl.DataFrame(told, schema=["fault", "rule", "planted", "complete", "found"], orient="row")


def _is_decidable(instance: tuple[str, str | None, str | None], blanks: frozenset[Key]) -> bool:
    """Whether every cell of an instance that runs along a line or down a column is printed."""
    rule, line, column = instance
    table = {"dispute_sum": "disputes", "stock_flow": "proactive"}.get(rule, "requests")
    of_flow = ("received", "carried_in", "handled", "carried_out")
    return not any(
        key[0] == table
        and (line is None or key[1] == line)
        and (column is None or key[2] == column)
        and (rule != "balance" or key[1] in of_flow)
        and (rule != "handled_sum" or key[1] not in ("received", "carried_in", "carried_out"))
        and (rule != "carry_over" or key[1] == "carried_in")
        for key in blanks
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bodies", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for blanks in (0.0, 0.1):
        print(f"\n{blanks:.0%} of the cells blank; {options.bodies} bodies, years {min(YEARS)} to {max(YEARS)}")
        table = run(options.bodies, options.seed, blanks)
        with pl.Config(tbl_rows=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
            print(table)


if __name__ == "__main__":
    main()
