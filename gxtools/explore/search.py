"""Bodies by what a person types: a part of the name, a usual abbreviation, pinyin in full or by initials."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib import resources
from itertools import islice
from typing import Any

import polars as pl

from gxtools.explore.spelling import Spelling
from gxtools.forms.characters import simplified

_ABBREVIATIONS = "abbreviations.toml"
_LETTERS = re.compile(r"[a-z]+")
# What people leave out between the parts of a name: 苏州公安局, 新疆乌鲁木齐.
_LEFT_OUT = r"(?:(?:维吾尔|壮族|回族)?自治区|自治州|自治县|特别行政区|[省市县区州盟旗])?"
# A run of letters has so many readings at most that are looked for; those with the longest syllables come first.
_READINGS = 64
# So many bodies found are told by name.
_NAMED = 5
# Exact, from the start, any part, an abbreviation; then pinyin, by the ways to spell below.
_EXACT, _PREFIX, _PART, _SHORT, _PINYIN = range(5)


class BodySearch:
    """Finds names among ``names``, which are prepared once: a query over 20,000 then takes some milliseconds."""

    def __init__(self, names: Iterable[str]) -> None:
        distinct = sorted({name for name in names if name})
        keys = ["".join(_folded(name).split()) for name in distinct]
        self._names = pl.DataFrame({"name": distinct, "key": keys}, schema={"name": pl.String, "key": pl.String})

    def find(self, text: str) -> list[str]:
        """The names that fit every word of ``text``, the likeliest first; all without a word.

        A name equal to what was typed comes before one that begins so, then any other part, then abbreviations, then
        pinyin; among equals governments and short names first. Traditional characters count as simplified ones.
        """
        words = _folded(text).replace("'", "").replace("’", "").split()
        if not words:
            return self._names["name"].to_list()
        fits = [self._rank(word) for word in words]
        found = (
            self._names.with_columns(
                rank=pl.max_horizontal(fits), lacks=pl.any_horizontal(fit.is_null() for fit in fits)
            )
            .filter(~pl.col("lacks"))
            .sort("rank", ~pl.col("key").str.ends_with("人民政府"), pl.col("key").str.len_chars(), "name")
        )
        return found["name"].to_list()

    def _rank(self, word: str) -> pl.Expr:
        """How well a name fits a word, 0 the best; null where it does not."""
        key = pl.col("key")
        rank = (
            pl.when(key == word)
            .then(_EXACT)
            .when(key.str.starts_with(word))
            .then(_PREFIX)
            .when(key.str.contains(word, literal=True))
            .then(_PART)
        )
        for place, pattern in self._patterns(word):
            rank = rank.when(key.str.contains(pattern)).then(place)
        return rank.otherwise(None)

    def _patterns(self, word: str) -> Iterator[tuple[int, str]]:
        """What else the word may stand for, as patterns over the characters of a name, with the rank of each."""
        if not _LETTERS.search(word):
            yield _SHORT, _in_full(word)
            return
        runs = re.findall(r"[a-z]+|[^a-z]+", word)
        for place, (spelled, anchor) in enumerate(self._ways, _PINYIN):
            pieces = [spelled(run) if _LETTERS.fullmatch(run) else _in_full(run) for run in runs]
            if all(pieces):
                yield place, f"{anchor}(?:{_LEFT_OUT.join(pieces)})"

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self._names["key"])

    @property
    def _ways(self) -> list[tuple[Callable[[str], str], str]]:
        """The ways to spell a name in letters, the likeliest first: each gives a pattern, empty where none fits."""
        return [
            (self._complete, "^"),
            (self._begun, "^"),
            (self._complete, ""),
            (self._begun, ""),
            (self._initials, "^"),
            (self._initials, ""),
        ]

    def _complete(self, letters: str) -> str:
        """Characters that ``letters`` spell syllable by syllable."""
        return _any_of(islice(self._spelling.ways(letters), _READINGS))

    def _begun(self, letters: str) -> str:
        """The same where the last syllable is begun only."""
        return _any_of(islice(self._spelling.ways(letters, begun=True), _READINGS))

    def _initials(self, letters: str) -> str:
        """Characters whose usual pinyin begins with each of ``letters``."""
        classes = [self._spelling.initials.get(letter, "") for letter in letters]
        return _any_of([classes]) if all(classes) else ""


def named_bodies(found: Sequence[str]) -> str:
    """The bodies that a search found, the first by name."""
    if not found:
        return "没有找到这样的机构 No such body was found"
    more = f" 等 {len(found):,} 个 and others, {len(found):,} in all" if len(found) > _NAMED else ""
    return f"搜索到的机构 Bodies found: {'、'.join(found[:_NAMED])}{more}"


def _folded(text: str) -> str:
    return simplified(unicodedata.normalize("NFKC", text)).lower()


def _any_of(ways: Iterable[list[str]]) -> str:
    """A pattern for sequences of characters, each given by those that may stand at its place."""
    patterns = [_LEFT_OUT.join(f"[{characters}]" for characters in way) for way in ways]
    return f"(?:{'|'.join(patterns)})" if patterns else ""


def _in_full(word: str) -> str:
    """A pattern for a word in Chinese: each abbreviation in it also in full, types of divisions left out or not."""
    provinces, words = _abbreviations()
    pieces, rest = [], word
    if word[0] in provinces:
        pieces.append(f"(?:{word[0]}|{provinces[word[0]]})")
        rest = word[1:]
    while rest:
        short = next((short for short in words if rest.startswith(short)), None)
        pieces.append(re.escape(rest[0]) if short is None else f"(?:{'|'.join([short, *words[short]])})")
        rest = rest[len(short or rest[0]) :]
    return _LEFT_OUT.join(pieces)


@cache
def _abbreviations() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Provinces by their character; words by their abbreviation, the longest first."""
    data: dict[str, Any] = tomllib.loads((resources.files("gxtools.explore") / _ABBREVIATIONS).read_text("utf-8"))
    return data["provinces"], dict(sorted(data["words"].items(), key=lambda item: (-len(item[0]), item[0])))
