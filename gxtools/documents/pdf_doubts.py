"""Doubtful pages: a figure stands only where two engines agree on its characters and on where they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from gxtools.documents.encodings import REPLACEMENT
from gxtools.documents.pdf_raw import Piece, RawPage
from gxtools.documents.pdf_second import Digit, SecondOpinion

# Characters that no font of a report has: what an engine gives where a font does not say which character it shows, and
# those of private use but for the block in which symbols, such as the dots of a list, are kept.
_ODD = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uefff\uf100-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_DIGIT = re.compile(r"\d")
_NEAR = 0.5  # of the font's size


def is_doubtful(page: RawPage) -> bool:
    """Whether the fonts of a page do not say of all that they show which character it is."""
    return any(map(_ODD.search, (piece.text for piece in page.pieces)))


def settle_doubts(pages: Sequence[RawPage], data: bytes) -> list[int]:
    """Ask the second engine about doubtful pages; what it does not confirm becomes U+FFFD.

    Returns the numbers, counting from 1, of the pages with such a figure.
    """
    doubtful = [number for number, page in enumerate(pages) if is_doubtful(page)]
    if not doubtful:
        return []
    second = SecondOpinion(data)
    changed: list[int] = []
    for number in doubtful:
        page = pages[number]
        opinions = _Opinions(page.pieces, second.digits(number))
        settled = [piece if opinions.confirm(piece) else _doubted(piece) for piece in page.pieces]
        if settled != page.pieces:
            page.pieces = settled
            changed.append(number + 1)
    return changed


def _doubted(piece: Piece) -> Piece:
    return piece._replace(text=_DIGIT.sub(REPLACEMENT, piece.text))


class _Opinions:
    """The digits that both engines see on a page, from its foot to its head."""

    def __init__(self, pieces: Sequence[Piece], digits: Sequence[Digit]) -> None:
        self._pieces = sorted((piece for piece in pieces if _DIGIT.search(piece.text)), key=lambda piece: piece.y)
        self._digits = sorted(digits, key=lambda digit: digit.y)
        self._heights = [piece.y for piece in self._pieces], [digit.y for digit in self._digits]

    def confirm(self, piece: Piece) -> bool:
        """Whether a piece of text has no digit that the second engine does not see.

        All digits of its line are the same from left to right; where some are not, each must stand in the same place.
        """
        if not _DIGIT.search(piece.text):
            return True
        near = _NEAR * piece.size
        first, second = ((bisect_left(ys, piece.y - near), bisect_right(ys, piece.y + near)) for ys in self._heights)
        line = sorted((other.x, other.text) for other in self._pieces[slice(*first)])
        seen = sorted((digit.x, digit.char) for digit in self._digits[slice(*second)])
        if "".join(_DIGIT.findall("".join(text for _, text in line))) == "".join(char for _, char in seen):
            return True
        reach = near + (piece.advance if piece.angle else 0)
        low, high = bisect_left(self._heights[1], piece.y - reach), bisect_right(self._heights[1], piece.y + reach)
        return all(
            any(d.char == character and _stands_at(d, piece, place, near) for d in self._digits[low:high])
            for place, character in enumerate(piece.text)
            if character.isdecimal()
        )


def _stands_at(digit: Digit, piece: Piece, place: int, near: float) -> bool:
    """Whether a digit stands where a character of a piece does, were all of these equally wide."""
    along = piece.advance * place / len(piece.text)
    across, down = digit.x - piece.x, digit.y - piece.y
    if piece.angle == 0:
        return abs(across - along) <= near and abs(down) <= near
    return bool(abs((across**2 + down**2) ** 0.5 - along) <= near)
