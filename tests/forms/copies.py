"""Copies of the shipped forms' data, to be changed by a test."""

from __future__ import annotations

import shutil
from pathlib import Path

from gxtools.forms.loading import SHIPPED

FICTIONAL = Path(__file__).parent / "data_2027"


def copy_of_data(folder: Path) -> Path:
    """A fresh copy of the shipped data in a folder."""
    copy = folder / "data"
    shutil.copytree(SHIPPED, copy)
    return copy


def change(file: Path, old: str, new: str) -> None:
    """Put ``new`` in the place of ``old``, which must stand in the file just once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def with_2027(folder: Path) -> Path:
    """A copy in which the 2021 form ends with 2026 and the fictional form follows."""
    copy = copy_of_data(folder)
    change(copy / "2021.toml", "first_year = 2021", "first_year = 2021\nlast_year = 2026")
    shutil.copy(FICTIONAL / "2027.toml", copy)
    return copy
