"""Remakes data/reports and data/manifest.json from scripts/figures, the same bytes every time.

Usage: python scripts/set_data.py. Each report is a pair there: NAME.csv holds the printed characters of every cell with
their source, NAME.toml the agency, the year, the remark on the source and the prose.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from gxtools.writing import Content, HtmlLayout, set_page

ROOT = Path(__file__).resolve().parent.parent
FIGURES = Path(__file__).resolve().parent / "figures"


def set_data(folder: Path) -> None:
    """Write ``reports/`` and ``manifest.json`` into a folder."""
    manifest: dict[str, dict[str, str | int]] = {}
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    for description in sorted(FIGURES.glob("*.toml")):
        report = tomllib.loads(description.read_text(encoding="utf-8"))
        data = set_page(content(report, description.with_suffix(".csv")), HtmlLayout()).encode()
        name = f"reports/{description.stem}.html"
        (folder / name).write_bytes(data)
        manifest[name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "source": report["source"]}
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / "manifest.json").write_bytes(text.encode())


def content(report: dict[str, Any], figures: Path) -> Content:
    """The content of one report from its description and its figures."""
    with figures.open(encoding="utf-8", newline="") as file:
        cells = {(row["table"], row["line"], row["column"]): row["raw"] for row in csv.DictReader(file)}
    return Content(
        form=report["form"],
        agency=report["agency"],
        year=report["year"],
        cells=cells,
        published=report.get("published"),
        introduction=tuple(report["introduction"]),
        prose={section: tuple(paragraphs) for section, paragraphs in report["prose"].items()},
        note=report["note"].strip(),
    )


if __name__ == "__main__":
    set_data(ROOT / "data")
