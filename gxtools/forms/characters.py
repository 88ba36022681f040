"""Traditional characters -> simplified ones, as far as labels, titles and the names of divisions need them.

``data/traditional.csv`` holds them, made by ``scripts/make_traditional.py``; it also holds the words that copies made
for readers in other places put for others (檔案 for 文件).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from gxtools.forms.sources import read_csv

_FILE = Path(__file__).parent / "data" / "traditional.csv"


def simplified(text: str) -> str:
    """The text with the traditional characters and words of the table put in simplified ones, the rest untouched."""
    table, pattern = _table()
    return text if text.isascii() else pattern.sub(lambda match: table.get(match[0], match[0]), text)


def traditional() -> str:
    """The characters with which an entry of the table begins."""
    return "".join(sorted({word[0] for word in _table()[0]}))


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    """The table, and what matches an entry of it, words before characters. A set at its front makes searches quick."""
    table = {row.text("traditional"): row.text("simplified") for row in read_csv(_FILE, ("traditional", "simplified"))}
    first = "".join(sorted({word[0] for word in table}))
    rest = "|".join(f"(?<={word[0]}){word[1:]}" for word in table if len(word) > 1)
    return table, re.compile(f"[{first}](?:{rest})?")
