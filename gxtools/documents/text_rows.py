"""Lines of a text, and those that are rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

_Piece = TypeVar("_Piece")
_Other = TypeVar("_Other")


class Line(NamedTuple):
    """A line of text by its number, which counts from 1."""

    number: int
    text: str


class Row(NamedTuple):
    """A line split into fields. ``edged`` where it begins or ends with a pipe; ``mark`` is what parts the fields.

    ``aligned`` is false where empty fields were left out, as nothing says which of them are cells.
    """

    number: int
    text: str
    fields: tuple[str, ...]
    mark: str
    edged: bool
    aligned: bool = True


def lines_parted(
    pieces: Iterable[Line | _Piece], part: Callable[[list[Line]], Iterable[Line | _Other]]
) -> Iterator[Line | _Piece | _Other]:
    """Pieces of a text in order, each run of lines between the others parted further."""
    held: list[Line] = []
    for piece in pieces:
        if isinstance(piece, Line):
            held.append(piece)
            continue
        yield from part(held)
        yield piece
        held = []
    yield from part(held)
