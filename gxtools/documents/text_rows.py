"""Lines of a text, and those that are rows of a table."""

from __future__ import annotations

from typing import NamedTuple


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
