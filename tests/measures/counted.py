"""Corpora of many bodies whose shares are drawn from a known law, with the standard library alone."""

from __future__ import annotations

import random

from tests.measures.frames import Frames, Made, corpus, handled


def bodies(counts: list[tuple[int, int]], year: int = 2023, level: str = "county") -> list[Made]:
    """One report a pair: so many granted of so many handled."""
    return [Made(f"{year}-{n}", f"body {n:04}", year, handled(x, of), level=level) for n, (x, of) in enumerate(counts)]


def drawn(
    seed: int, bodies_wanted: int, mean: float, strength: float | None, sizes: tuple[int, int]
) -> list[tuple[int, int]]:
    """Counts of bodies whose own share is Beta(mean x strength, ...), or all ``mean`` where there is no strength."""
    chance = random.Random(seed)
    pairs = []
    for _ in range(bodies_wanted):
        size = chance.randint(*sizes)
        share = mean if strength is None else chance.betavariate(mean * strength, (1 - mean) * strength)
        pairs.append((sum(chance.random() < share for _ in range(size)), size))
    return pairs


def of(counts: list[tuple[int, int]]) -> Frames:
    return corpus(*bodies(counts))
