"""What damage to a text chooses, and how it notes what it may have cost."""

from __future__ import annotations

import random

from benchmarks.text_tokens import FIGURE, LINE, Piece, Text, value_of


def pick(text: Text, rng: random.Random, *kinds: str) -> int:
    return rng.choice([i for i, piece in enumerate(text.pieces) if piece.kind in kinds])


def touch(text: Text, *pieces: Piece) -> None:
    """The cells of the lines, or of the whole table, that a damaged piece speaks for."""
    for piece in pieces:
        if piece.kind in (LINE, FIGURE) and piece.table != "disputes" and piece.key:
            text.touched |= {key for key in text.values if key[:2] == piece.key[:2]}
        elif piece.table:
            text.touched |= {key for key in text.values if key[0] == piece.table}


def restate(text: Text, *pieces: Piece) -> None:
    """What stands in a cell is what may be read there from now on."""
    for piece in pieces:
        value = value_of(piece)
        if piece.key is not None:
            text.values[piece.key] = float("nan") if value is None else value
