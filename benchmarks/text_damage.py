"""Damages reports in plain text in every way met in copies, and counts what the reader makes of each cell.

    python benchmarks/text_damage.py --documents 2000 --seed 1

``damage(text, rng)`` does one damage to a ``text_tokens.Text`` in place and returns its name; ``judge`` reads the text
and compares. A cell is right where it holds a figure that stands there, told where it is null and a row of
``problems`` names it by cell, line, column or table, flagged where another figure is named so, else silently wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import gxtools as gx
from benchmarks.text_piece_damage import (
    Damage,
    break_label,
    change_figure,
    cut_label,
    double,
    drop,
    foreign_number,
    garble_label,
    glue,
    join_figures,
    move,
    nothing,
    running_title,
    split_figure,
    swap_any,
    swap_figures,
    swap_heads,
)  # fmt: skip
from benchmarks.text_row_damage import (
    cut,
    cut_to_next,
    double_row,
    drop_row,
    join_lines,
    lose_figures_and_label,
    lose_heading,
    lose_heads,
    slip_labels,
    strange_head,
    strange_row,
    swap_labels,
)  # fmt: skip
from benchmarks.text_tokens import FIGURE, HEAD, LINE, OTHER, STYLES, Text, sound

DAMAGES: tuple[Damage, ...] = (
    nothing, drop(FIGURE), drop(LINE), drop(HEAD), drop(OTHER), double(FIGURE), double(LINE), double(HEAD),
    swap_figures, change_figure, swap_labels, swap_heads, swap_any, move, slip_labels, cut, cut_to_next,
    lose_figures_and_label, drop_row, double_row, split_figure, join_figures, glue, cut_label, garble_label,
    break_label, foreign_number, running_title, join_lines, strange_row, strange_head, lose_heads, lose_heading,
)  # fmt: skip


def damage(text: Text, rng: random.Random, *kinds: Damage) -> str:
    """Do one damage to a text, in place, of those given or any; return its name."""
    chosen = rng.choice(kinds or DAMAGES)
    chosen(text, rng)
    return chosen.__name__


def judge(text: Text) -> tuple[Counter[str], list[str]]:
    """How many cells are right, told, flagged, silent; of the cells that damage spared, plain and plain read."""
    try:
        report = gx.read(text.printed().encode(), name="damaged.txt")
    except gx.UnreadableDocument:
        return Counter(), []
    flags = [(r["table"], r["line"], r["column"]) for r in report.problems.iter_rows(named=True) if r["table"]]
    allowed = text.allowed()
    damaged = {key[0] for key in text.touched}
    counts: Counter[str] = Counter()
    silent = []
    for row in report.cells.iter_rows(named=True):
        key = row["table"], row["line"], row["column"]
        value = row["value"]
        named = any(
            t == key[0]
            and line in (None, key[1])
            and c in (None, key[2])
            and ((line, c) != (None, None) or t in damaged)
            for t, line, c in flags
        )
        if key not in allowed:
            counts["other form"] += 1
            continue
        if key not in text.touched:
            counts["plain"] += 1
            counts["plain read"] += value in allowed[key]
        if value in allowed[key]:
            counts["right"] += 1
        elif named:
            counts["told" if value is None else "flagged"] += 1
        else:
            counts["silent"] += 1
            silent.append(f"{'.'.join(key)}: read {value} ({row['where']}), may be {sorted(allowed[key])}")
    return counts, silent


def run(documents: int, seed: int, only: str | None = None, style: str | None = None, most: int = 3):  # type: ignore[no-untyped-def]
    """Damage so many texts, one to ``most`` damages each; tallies by damage and by style, and what was silent."""
    chosen = [one for one in DAMAGES if only in (None, one.__name__)]
    tallies: dict[str, Counter[str]] = {}
    shown: list[tuple[int, str, str, list[str]]] = []
    for number in range(documents):
        rng = random.Random(f"{seed} {number}")
        text = sound(rng, style)
        times = 1 if rng.random() < 0.6 else rng.randint(2, max(2, most))
        names = [damage(text, rng, *(chosen if i == 0 else ())) for i in range(times if most > 1 else 1)]
        counts, silent = judge(text)
        for name in ([names[0]] if len(names) == 1 else ["several"]) + [text.style, "all"]:
            tallies.setdefault(name, Counter()).update(counts)
        if silent:
            shown.append((number, text.style, "+".join(names), silent))
    return tallies, shown


def main() -> None:
    """Run and print; exit code 1 where anything was silently wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[one.__name__ for one in DAMAGES])
    parser.add_argument("--style", choices=STYLES)
    parser.add_argument("--most", type=int, default=3)
    options = parser.parse_args()
    tallies, shown = run(options.documents, options.seed, options.only, options.style, options.most)
    print(f"{'':26}{'right':>9}{'told':>8}{'flagged':>8}{'silent':>7}{'plain read':>12}")
    for name, tally in sorted(tallies.items()):
        share = f"{tally['plain read'] / tally['plain']:.4f}" if tally["plain"] else "-"
        print(f"{name:26}{tally['right']:9}{tally['told']:8}{tally['flagged']:8}{tally['silent']:7}{share:>12}")
    for number, style, names, silent in shown[:40]:
        print(f"{options.seed} {number} {style} {names}: {silent[0]} ({len(silent)} cells)")
    raise SystemExit(bool(shown))


if __name__ == "__main__":
    main()
