"""The run: pages set, damaged, read and judged, the same whatever the number of workers."""

from __future__ import annotations

import multiprocessing
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import gxtools as gx
from benchmarks.mutations.damages import KINDS, damage, kinds_for
from benchmarks.mutations.judging import Tally, judge, refuse
from benchmarks.mutations.model import Page
from benchmarks.mutations.setting import ENDINGS, Look, draw_sound
from benchmarks.mutations.standing import standing

# One sound page is damaged so many times; a chunk is what one worker does at a time.
_A_PAGE = 50
_CHUNK = 500
# PDF is few of all: setting one costs more than everything else.
_SHARES = {"web": 60, "word": 10, "json": 3, "mhtml": 3, "pipes": 8, "tabs": 6, "lines": 10, "one_line": 3, "pdf": 0.1}
_SHARES |= {"padded_pipes": 8, "folded_pipes": 4, "padded_lines": 4, "padded_lone_pipes": 4}
_SHARES |= {"spread_pipes": 6, "pipes_with_blanks": 6, "filled_pipes": 4, "aligned_spaces": 4}
_SHARES |= {"commas": 4, "tabs_with_blanks": 4}


class Silent(NamedTuple):
    """A document with silently wrong cells. ``data`` is the document itself."""

    number: int
    look: str
    damage: str
    cells: tuple[str, ...]
    data: bytes


@dataclass
class Outcome:
    """Tallies by kind of damage and by look."""

    by_damage: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_look: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    silent: list[Silent] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Add what another part of the run found."""
        for mine, theirs in ((self.by_damage, other.by_damage), (self.by_look, other.by_look)):
            for name, tally in theirs.items():
                mine[name].add(tally)
        self.silent += other.silent

    @property
    def total(self) -> Tally:
        """All documents together."""
        found = Tally()
        for tally in self.by_look.values():
            found.add(tally)
        return found


class Part(NamedTuple):
    """Documents ``first`` to before ``last`` of a run."""

    seed: int
    first: int
    last: int
    kinds: tuple[str, ...]
    looks: tuple[str, ...]


def run(
    documents: int,
    seed: int,
    *,
    kinds: Sequence[str] = KINDS,
    looks: Sequence[str] = tuple(_SHARES),
    workers: int = 1,
) -> Iterator[Outcome]:
    """Damage so many pages, each kind of damage in turn; the outcome of each part of the run as it is done."""
    parts = [
        Part(seed, first, min(first + _CHUNK, documents), tuple(kinds), tuple(looks))
        for first in range(0, documents, _CHUNK)
    ]
    if workers == 1:
        yield from map(run_part, parts)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(run_part, parts)


def run_part(part: Part) -> Outcome:
    """One part, in the order of its documents."""
    outcome = Outcome()
    for first in range(part.first, part.last, _A_PAGE):
        rng = random.Random(f"{part.seed}-{first}")
        look = rng.choices(part.looks, [_SHARES[name] for name in part.looks])[0]
        page, setting = draw_sound(rng, look)
        kinds = [kind for kind in kinds_for(spans_shown=setting.shown.spans) if kind in part.kinds]
        for number in range(first, min(first + _A_PAGE, part.last)):
            _one(outcome, number, kinds[number % len(kinds)], page.copy(), setting, rng)
    return outcome


def _one(outcome: Outcome, number: int, kind: str, page: Page, look: Look, rng: random.Random) -> None:
    done = damage(page, kind, rng, spans_shown=look.shown.spans)
    data = look.set_bytes(page)
    tally = Tally()
    expected = standing(page, look.shown)
    silent: list[str] = []
    try:
        silent = judge(gx.read(data, name=f"{done}.{look.name}"), page, expected, tally)
    except gx.UnreadableDocument:
        refuse(expected, tally)
    outcome.by_damage[kind].add(tally)
    outcome.by_look[look.name].add(tally)
    if silent:
        outcome.silent.append(Silent(number, look.name, done, tuple(silent), data))


def keep(silent: Silent, folder: Path) -> None:
    """Write a document with silently wrong cells to a folder, and beside it what is wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = ENDINGS.get(silent.look, "txt")
    (folder / f"{silent.number:06}.{ending}").write_bytes(silent.data)
    told = [f"{silent.look}: {silent.damage}", *silent.cells]
    (folder / f"{silent.number:06}.wrong").write_text("\n".join(told) + "\n", encoding="utf-8")
