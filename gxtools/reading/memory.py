"""What was worked out once and may serve again, within bounds."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """Keeps what was asked for of late. ``most`` bounds the weight of each of its two halves: when the younger is full
    it becomes the older, and what was in that and not asked for since is forgotten.

    No step leaves it broken for another thread: the worst is that something is worked out again.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.forget()

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())

    def forget(self) -> None:
        """Forget everything."""
        self._young: dict[Hashable, tuple[Kept, int]] = {}
        self._old: dict[Hashable, tuple[Kept, int]] = {}
        self._weight = 0

    def get(self, key: Hashable) -> Kept | None:
        """What is kept under a key; null where nothing is."""
        held = self._young.get(key)
        if held is None:
            held = self._old.get(key)
            if held is None:
                return None
            self.keep(key, *held)
        return held[0]

    def keep(self, key: Hashable, value: Kept, weight: int) -> None:
        """Keep a value under a key, unless it alone would fill the memory."""
        if weight > self._most // 10:
            return
        if self._weight + weight > self._most:
            self._old, self._young, self._weight = self._young, {}, 0
        self._young[key] = (value, weight)
        self._weight += weight
