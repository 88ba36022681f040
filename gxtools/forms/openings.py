"""The characters with which text can begin that a pattern matches, so that only patterns with a chance need be tried.

It knows the part of the syntax that the data files use: literals, sets, ``(?:…)``, look-arounds and repeats.
"""

from __future__ import annotations

import re

# Stands among the characters of a pattern that may begin with anything.
ANY = ""

_REPEAT = re.compile(r"(?:[*+?]|\{(\d*)(?:,\d*)?\})[?+]?")
_GROUP = re.compile(r"\((?:\?(:|>|=|!|<=|<!))?")
_DIGITS = frozenset("0123456789")
_WIDEST_RANGE = 100


def opening_characters(pattern: str) -> frozenset[str]:
    """The characters, with ``ANY`` among them where there is no telling. Raises ``ValueError`` for other syntax."""
    reader = _Reader(pattern)
    characters, _ = reader.choice()
    if reader.place < len(pattern):
        raise ValueError("has a bracket too many")
    return characters


class _Reader:
    """Walks a pattern once; each step gives the characters that may come first, and whether it may match nothing."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.place = pattern, 0

    def choice(self) -> tuple[frozenset[str], bool]:
        characters, empty = self._sequence()
        while self._next() == "|":
            self.place += 1
            more, also_empty = self._sequence()
            characters, empty = characters | more, empty or also_empty
        return characters, empty

    def _next(self) -> str:
        return self.pattern[self.place : self.place + 1]

    def _sequence(self) -> tuple[frozenset[str], bool]:
        characters: frozenset[str] = frozenset()
        empty = True
        while self._next() not in ("", "|", ")"):
            more, may_be_empty = self._item()
            repeat = _REPEAT.match(self.pattern, self.place)
            if repeat is not None:
                self.place = repeat.end()
                may_be_empty = may_be_empty or repeat[0][0] in "*?" or repeat[1] in ("", "0")
            if empty:
                characters |= more
            empty = empty and may_be_empty
        return characters, empty

    def _item(self) -> tuple[frozenset[str], bool]:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return self._set(), False
        self.place += 1
        if character == "\\":
            character = self._next()
            self.place += 1
            return (_DIGITS if character == "d" else frozenset((character,))), False
        if character in "^$":
            return frozenset(), True
        return frozenset((ANY if character == "." else character,)), False

    def _group(self) -> tuple[frozenset[str], bool]:
        opened = _GROUP.match(self.pattern, self.place)
        assert opened is not None
        if opened[1] is None:
            raise ValueError("holds a capturing group; write (?:…)")
        self.place = opened.end()
        characters, empty = self.choice()
        if self._next() != ")":
            raise ValueError("has a bracket that is not closed")
        self.place += 1
        return (characters, empty) if opened[1] in ":>" else (frozenset(), True)

    def _set(self) -> frozenset[str]:
        end = self.pattern.find("]", self.place + 2)
        if end < 0:
            raise ValueError("has a set that is not closed")
        inner, self.place = self.pattern[self.place + 1 : end], end + 1
        if inner.startswith("^") or "\\" in inner:
            return frozenset((ANY,))
        characters = set(re.sub(r"(?<=.)-(?=.)", "", inner))
        for first, last in re.findall(r"(.)-(.)", inner):
            if ord(last) - ord(first) > _WIDEST_RANGE:
                return frozenset((ANY,))
            characters.update(chr(code) for code in range(ord(first), ord(last) + 1))
        return frozenset(characters)
