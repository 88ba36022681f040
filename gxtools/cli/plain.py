"""Text from documents made safe to print: a terminal obeys control characters, so none of them gets there."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

_OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_OUTSIDE_ASCII = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def plain(text: str) -> str:
    """One line without control characters, marks of writing direction and bytes that are no text."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in _OBEYED)


def plain_lines(text: str) -> str:
    """The same with its lines kept."""
    return "\n".join("".join(c for c in line if unicodedata.category(c) not in _OBEYED) for line in text.split("\n"))


def as_json(data: Any) -> str:
    """JSON with Chinese as it is, and whatever a terminal would obey as an escape that reads back the same."""
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    return _OUTSIDE_ASCII.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
