"""Reports printed to PDF by Chromium, WeasyPrint and LibreOffice, and what is read of each cell.

    python benchmarks/pdf_prints.py --prints 160 --seed 1 --folder /tmp/prints

Tables are drawn with all rules, with level ones, three, none, or shading, and in Word's own light styles; on plain,
landscape and small sheets, in small print, with heads broken over lines, over two pages. Of each way one report is
printed sound and one damaged before it is printed, by every damage of ``mutations`` that a print without spans shows,
each in turn. What may be read is told by the tables as there. Prints that the folder holds already are not made again.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import polars as pl

import gxtools as gx
from benchmarks.mutations import web_files
from benchmarks.mutations.damages import damage, kinds_for
from benchmarks.mutations.judging import OF_READING, Tally, judge, refuse
from benchmarks.mutations.parts import parts_of
from benchmarks.mutations.sound_pages import draw
from benchmarks.mutations.standing import Shown, standing
from benchmarks.print_styles import Job, Way, print_all, ways
from gxtools.writing import GroupsAs, HtmlLayout


class Print(NamedTuple):
    """A printed report with what stands on it, and how it was damaged."""

    job: Job
    damage: str


def drawn(prints: int, seed: int, folder: Path, sound: bool) -> Iterator[Print]:
    """Reports to be printed; every second one is damaged, unless all are to be ``sound``."""
    kinds = kinds_for(spans_shown=False)
    for number, way in enumerate(ways(prints) if sound else (way for way in ways((prints + 1) // 2) for _ in "01")):
        rng = random.Random(f"{seed}-{number}")
        groups = rng.choice(list(GroupsAs))
        content, page = draw(rng, groups, table_a_block=False)
        web = web_files.web_setter(content, HtmlLayout(groups=groups, table_a_block=False))
        parts = parts_of(content, page)
        kind = "none"
        if number % 2 and not sound:
            kind = damage(page, rng.choice(kinds), rng, spans_shown=False)
        name = "-".join((f"{seed}", f"{number:04}", *(part.replace(" ", "_") for part in way)))
        yield Print(Job(folder / f"{name}.pdf", way, web(page), parts, page), kind)


def judged(one: Print, tally: Tally) -> list[str]:
    """Read a print and count its cells into a tally; the silently wrong ones in words.

    A cell left empty is told where its whole table is said to be unread or missing: lost rules may cost a table.
    """
    expected = standing(one.job.page, Shown(drawn=True))
    try:
        report = gx.read(one.job.path)
    except gx.UnreadableDocument:
        refuse(expected, tally)
        return []
    silent = judge(report, one.job.page, expected, tally)
    whole = report.problems.filter(pl.col("line").is_null(), pl.col("rule").is_in(OF_READING))["table"].to_list()
    told = [cell for cell in silent if " read None" in cell and cell.partition(".")[0] in whole]
    tally.silent -= len(told)
    tally.told += len(told)
    return [cell for cell in silent if cell not in told]


def main() -> None:
    """Print, read, and tell by program and style; exit code 1 where anything was silently wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prints", type=int, default=154)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the prints are kept")
    parser.add_argument("--sound", action="store_true", help="damage none")
    parser.add_argument("--each", action="store_true", help="a line for every print that is not read in full")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        prints = list(drawn(options.prints, options.seed, folder, options.sound))
        print_all([one.job for one in prints])
        raise SystemExit(_report(prints, options.each))


def _report(prints: list[Print], each: bool) -> bool:
    tallies: defaultdict[str, defaultdict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    silent: list[str] = []
    for one in prints:
        tally = Tally()
        silent += [f"{one.job.path.name}, {one.damage}: {cell}" for cell in judged(one, tally)]
        if each and tally.plain_read < tally.plain:
            print(f"{one.job.path.name:60} {tally.plain_read:4} of {tally.plain:4}  {one.damage}", flush=True)
        for name in _names(one.job.way):
            tallies[name]["damaged" if one.damage != "none" else "sound"].add(tally)
    print(f"{'':36}{'sound':>7}{'cells':>8}{'read':>8}{'silent':>8}{'damaged':>10}{'cells':>8}{'read':>8}{'silent':>8}")
    for name, parts in sorted(tallies.items()):
        sound, damaged = parts["sound"], parts["damaged"]
        print(f"{name:36}{sound.documents:7}{_counts(sound)}{damaged.documents:10}{_counts(damaged)}")
    print(f"silently wrong cells: {len(silent)}")
    print(*silent[:40], sep="\n")
    return bool(silent)


def _names(way: Way) -> Iterator[str]:
    yield "all, ruled" if way.is_ruled else "all, not ruled"
    yield f"{way.program}, {way.style}"
    yield f"sheet {way.sheet}, {'ruled' if way.is_ruled else 'not ruled'}"


def _counts(tally: Tally) -> str:
    share = f"{tally.plain_read / tally.plain:.1%}" if tally.plain else "-"
    return f"{tally.plain:8}{share:>8}{tally.silent:8}"


if __name__ == "__main__":
    main()
