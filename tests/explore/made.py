"""Reports made for these tests: shipped figures, some of them replaced, under a name of choice."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from gxtools.writing import Content, HtmlLayout, set_page

FIGURES = Path(__file__).resolve().parents[2] / "scripts" / "figures"
Key = tuple[str, str, str]


def shipped_cells(name: str = "suqian_2024") -> dict[Key, str]:
    """The printed characters of a shipped report by table, line and column."""
    with (FIGURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["line"], row["column"]): row["raw"] for row in csv.DictReader(file)}


def write_report(
    folder: Path,
    *,
    agency: str = "宿迁市人民政府",
    year: int = 2024,
    changed: Mapping[Key, str] | None = None,
    without: str | None = None,
    address: str | None = None,
) -> Path:
    """Write one report in the 2021 form; ``without`` names a table to leave out."""
    cells = {key: raw for key, raw in (shipped_cells() | dict(changed or {})).items() if key[0] != without}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{agency}_{year}.html"
    path.write_bytes(set_page(Content("2021", agency, year, cells, address=address), HtmlLayout()).encode())
    return path
