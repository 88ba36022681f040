"""Loads ``cells.toml``: words that stand in a cell where a figure belongs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from gxtools.forms.loading import SHIPPED
from gxtools.forms.sources import read_toml


@cache
def no_figure(path: Path = SHIPPED / "cells.toml") -> re.Pattern[str]:
    """What matches the whole of a cell, spaces left out, that holds such words. ``FormError`` for a faulty pattern."""
    file = read_toml(path)
    top = file.entry(file.data)
    top.check_keys({"no_figure"}, set())
    for text in top.texts("no_figure"):
        try:
            re.compile(text)
        except re.error as error:
            raise top.fault(f"'{text}' is no pattern: {error}", "no_figure") from error
    return re.compile("|".join(f"(?:{text})" for text in top.texts("no_figure")))
