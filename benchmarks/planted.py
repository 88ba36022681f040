"""Faults of every kind planted into consistent simulated reports: what the rules find, and whom they accuse wrongly.

    python benchmarks/planted.py --bodies 200 --seed 1

Each body has reports of 2017 to 2024 that hold every rule, and a prose that agrees; one body in two has one of them
damaged by a fault, one in six by several at once. Beside them stand governments with their bodies, and reports in
another year's form. The same is done with 2 and 10 % of the cells left blank.

One row a fault and rule: ``planted`` instances of the rule that it breaks, worked out from the rules written by hand
(``oracle``); ``complete`` of them without a blank; ``decidable`` those that bounds decide by the same hand, or that
were; ``found``. A false alarm is anything said of a rule that no planted change breaks, undecided ones and blanks named
as such apart. That sums cannot hold together, which names one of them, is an alarm where the report has no fault.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.faults import Instance
from benchmarks.planted_world import SEVERAL, YEARS, World, instances
from gxtools.checks.wording import undecided
from gxtools.forms import forms

STATISTICAL = ["implausible"]
_SCHEMA = ["fault", "rule", "planted", "complete", "decidable", "found"]


def _named(problems: pl.DataFrame, world: World) -> list[set[Instance]]:
    """By report, what is said of it in the names of ``instances``."""
    said: list[set[Instance]] = [set() for _ in world.sheets]
    sentences = {
        rule.en: _cells_of(rule)
        for rule in forms().by_id("2014").rules  # told apart by their sentences, which the messages quote
    }
    rows = problems.select("report", "rule", "line", "column", "message").iter_rows()
    for report, rule, line, column, message in rows:
        if rule.startswith("statistics_"):
            column = next(cells for sentence, cells in sentences.items() if f"that {sentence}:" in message)
        said[int(report[1:])].add((rule, line, column))
    return said


def _cells_of(rule: object) -> str:
    terms = (*rule.left, *rule.right)  # type: ignore[attr-defined]
    return ",".join(sorted(f"statistics.{term.id}.value" for term in terms))


def run(bodies: int, seed: int, blanks: float) -> pl.DataFrame:
    """One row a kind of fault and rule; false alarms by rule at its end."""
    world = World(bodies, seed, blanks)
    problems = world.problems()
    loud = problems.filter(~undecided() & (pl.col("rule") != "blank_cell") & ~pl.col("rule").is_in(STATISTICAL))
    together = pl.col("message").str.contains("together with the other sums", literal=True)
    said = _named(loud.filter(~together), world)
    rows: dict[tuple[str, str], list[int]] = {}
    for number, expected in enumerate(world.expected):
        kind = world.kinds.get(number, "damage of the year before")
        for name, complete in expected.items():
            counts = rows.setdefault((kind, name[0]), [0, 0, 0, 0])
            found = name in said[number]
            for place, adds in enumerate((True, complete is True, complete is not False or found, found)):
                counts[place] += adds
        # Of several faults, rules without terms may name any.
        innocent = said[number] - set(expected)
        if kind == SEVERAL:
            innocent = {name for name in innocent if name[0] in {p.rule for p in instances("2021").values()}}
        for name in innocent:
            rows.setdefault(("false alarms", name[0]), [0, 0, 0, 0])[3] += 1
    rows["blanks", "blank_cell"] = _of_blanks(world, problems)
    sound = {f"r{number}" for number, expected in enumerate(world.expected) if not expected}
    for rule in loud.filter(together & pl.col("report").is_in(sound))["rule"]:
        rows.setdefault(("false alarms", rule), [0, 0, 0, 0])[3] += 1
    told = [(kind, rule, *counts) for (kind, rule), counts in sorted(rows.items())]
    return pl.DataFrame(told, schema=_SCHEMA, orient="row")


def _of_blanks(world: World, problems: pl.DataFrame) -> list[int]:
    """Blank cells, all of them decidable, and how many are named."""
    named = problems.filter(pl.col("rule") == "blank_cell").select("report", "table", "line", "column").rows()
    blank = {(f"r{number}", *key) for number, held in enumerate(world.blanks) for key in held}
    assert set(named) <= blank
    return [len(blank)] * 3 + [len(blank & set(named))]


def by_rule(table: pl.DataFrame) -> pl.DataFrame:
    """One row a rule, its false alarms beside what it found."""
    false = table.filter(pl.col("fault") == "false alarms").select("rule", false_alarms="found")
    sums = table.filter(pl.col("fault") != "false alarms").group_by("rule", maintain_order=True)
    counted = sums.agg(pl.col("planted", "complete", "decidable", "found").sum())
    return (
        counted.join(false, on="rule", how="full", coalesce=True, maintain_order="left_right")
        .fill_null(0)
        .sort("rule")
        .with_columns(recall=(pl.col("found") / pl.col("decidable")).round(4))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bodies", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true", help="a row for each fault, not only for each rule")
    options = parser.parse_args()
    for blanks in (0.0, 0.02, 0.1):
        print(f"\n{blanks:.0%} of the cells blank; {options.bodies} bodies, years {min(YEARS)} to {max(YEARS)}")
        table = run(options.bodies, options.seed, blanks)
        with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
            print(table if options.faults else by_rule(table))


if __name__ == "__main__":
    main()
