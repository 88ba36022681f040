"""Which characters letters may spell: pinyin without tones, by pypinyin, of the characters that some names hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_CHINESE = re.compile(r"[㐀-鿿]")
# Between these a name falls into places and titles, of which there are far fewer than names.
_TYPES = re.compile(r"[省市县区州盟旗]")
_LONGEST = 6


class Spelling:
    """``syllables``: the characters that each may spell, by every reading: 重 stands with chong and with zhong.

    ``initials``: the characters by the first letter of their usual readings alone, as rare ones would find too much:
    the commonest, and that in the names at hand (chóng in 重庆). ü is typed v, u or yu.
    """

    def __init__(self, names: Iterable[str]) -> None:
        from pypinyin import Style, lazy_pinyin, pinyin

        words = sorted({word for name in names for word in _TYPES.split(name)} | {"省市县区州盟旗"})
        usual: dict[str, set[str]] = {}
        for word in words:
            chinese = "".join(_CHINESE.findall(word))
            for character, reading in zip(chinese, lazy_pinyin(chinese), strict=True):
                usual.setdefault(character, set()).add(reading)
        syllables: dict[str, list[str]] = {}
        initials: dict[str, list[str]] = {}
        for character in sorted(usual):
            readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
            for syllable in sorted({typed for reading in {*readings, *usual[character]} for typed in _typed(reading)}):
                syllables.setdefault(syllable, []).append(character)
            for letter in sorted({reading[0] for reading in {readings[0], *usual[character]}}):
                initials.setdefault(letter, []).append(character)
        self.syllables = {syllable: "".join(characters) for syllable, characters in syllables.items()}
        self.initials = {letter: "".join(characters) for letter, characters in initials.items()}

    def ways(self, letters: str, begun: bool = False) -> Iterator[list[str]]:
        """The ways to read ``letters`` as syllables, the longest first: for each the characters it may spell.

        ``begun``: the last syllable is the beginning of one.
        """
        lasts = [
            self._begun(letters[at:]) if begun else self.syllables.get(letters[at:], "") for at in range(len(letters))
        ]
        # From where the end can be reached: without it, letters that spell nothing would take forever to find so.
        leads = [bool(last) for last in lasts]
        for at in range(len(letters) - 1, -1, -1):
            leads[at] = leads[at] or any(leads[end] for end in self._ends(letters, at))
        return self._ways(letters, 0, lasts, leads)

    def _ways(self, letters: str, at: int, lasts: list[str], leads: list[bool]) -> Iterator[list[str]]:
        if lasts[at]:
            yield [lasts[at]]
        for end in self._ends(letters, at):
            if leads[end]:
                for rest in self._ways(letters, end, lasts, leads):
                    yield [self.syllables[letters[at:end]], *rest]

    def _ends(self, letters: str, at: int) -> list[int]:
        """Where a syllable that begins at ``at`` may end, short of the last letter, the longest first."""
        most = min(at + _LONGEST, len(letters) - 1)
        return [end for end in range(most, at, -1) if letters[at:end] in self.syllables]

    def _begun(self, letters: str) -> str:
        if len(letters) == 1:
            return self.initials.get(letters, "")
        found = {char for syllable, chars in self.syllables.items() if syllable.startswith(letters) for char in chars}
        return "".join(sorted(found))


def _typed(reading: str) -> set[str]:
    return {reading, reading.replace("v", "u"), reading.replace("v", "yu")}
