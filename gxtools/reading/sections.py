"""The report's text as its headings divide it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gxtools.forms import Forms, label_keys
from gxtools.grids import TextLine

_LONGEST_HEADING = 40
# A heading of the first order or none: （二）依申请公开情况 divides a section and begins none.
_LOWER_ORDER = re.compile(r"^\s*(?:[(（]|\d+[.、．)）]|[①-⑳])")


class Section(NamedTuple):
    """``id`` is the contract's, null for what stands before the first heading."""

    id: str | None
    heading: str
    lines: tuple[TextLine, ...]
    where: str
    heading_line: TextLine | None = None


def divide(lines: Sequence[TextLine], forms: Forms) -> list[Section]:
    """Divide lines at the headings of ``sections.toml``, in reading order."""
    sections: list[Section] = []
    id: str | None = None
    heading: TextLine | None = None
    held: list[TextLine] = []

    def close() -> None:
        if held or heading is not None:
            start = heading or held[0]
            sections.append(Section(id, heading.text.strip() if heading else "", tuple(held), start.where, heading))

    for line in lines:
        found = _heading(line.text, forms) if len(line.text) <= _LONGEST_HEADING else None
        if found is None:
            held.append(line)
            continue
        close()
        id, heading, held = found, line, []
    close()
    return sections


@lru_cache(maxsize=16384)
def _heading(text: str, forms: Forms) -> str | None:
    """The section that a short line begins; null for any other line."""
    if _LOWER_ORDER.match(text):
        return None
    for key in label_keys(text):
        if key in forms.sections:
            return forms.sections[key]
    return None
