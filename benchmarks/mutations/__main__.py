"""The command of the mutation run; see the package's own words."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import benchmarks.mutations as package
from benchmarks.mutations.damages import KINDS
from benchmarks.mutations.judging import Tally
from benchmarks.mutations.running import Outcome, keep, run


def main() -> None:
    """Run and print the tallies; exit code 1 where anything was silently wrong."""
    parser = argparse.ArgumentParser(description=package.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--only", choices=KINDS, action="append", help="this kind of damage alone")
    parser.add_argument("--look", action="append", help="this look alone")
    parser.add_argument("--keep", type=Path, help="a folder for the documents with silently wrong cells")
    options = parser.parse_args()
    wanted = {"kinds": options.only, "looks": options.look}
    chosen = {name: value for name, value in wanted.items() if value}
    outcome = Outcome()
    for part in run(options.documents, options.seed, workers=options.workers, **chosen):
        outcome.add(part)
        if options.keep:
            for silent in part.silent:
                keep(silent, options.keep)
    report(outcome)
    raise SystemExit(bool(outcome.silent))


def report(outcome: Outcome) -> None:
    """Print the tallies as a table, and the first silently wrong cells."""
    print(f"{'':26}{'documents':>10}{'right':>10}{'told':>9}{'flagged':>9}{'silent':>8}{'plain read':>12}")
    for tallies in (outcome.by_damage, outcome.by_look, {"all": outcome.total}):
        for name, tally in tallies.items():
            print(_row(name, tally))
        print()
    sound = outcome.by_damage.get("none", Tally())
    print(f"sound documents with any doubt of their reading: {sound.doubted} of {sound.documents}")
    print(f"documents refused: {outcome.total.refused}")
    print(f"silently wrong cells: {outcome.total.silent}, in {len(outcome.silent)} documents")
    for silent in outcome.silent[:40]:
        print(f"{silent.number} {silent.look}, {silent.damage}: {silent.cells[0]} ({len(silent.cells)} cells)")


def _row(name: str, tally: Tally) -> str:
    share = f"{tally.plain_read / tally.plain:.4f}" if tally.plain else "-"
    return f"{name:26}{tally.documents:10}{tally.right:10}{tally.told:9}{tally.flagged:9}{tally.silent:8}{share:>12}"


if __name__ == "__main__":
    main()
