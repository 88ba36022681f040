"""Writes the README's table of the notebooks, made from the notebooks themselves.

Usage: python scripts/list_notebooks.py. The question is a notebook's first heading; what it rests on and what it shows
is read off its code.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- the table is made by scripts/list_notebooks.py -->", "<!-- end of the table -->"
RESTS_ON = {
    "your reports 您的报告": re.compile(r"\bDATA\b"),
    "observed figures 实载数字": re.compile(r"datasets\.observed|measures\.stated|charts\.stated"),
    "simulated world 模拟": re.compile(r"gx\.simulate"),
}
SHOWS = re.compile(r"gx\.(charts|explore)\.(\w+)")
NO_VIEW = {"findings", "save"}


def table(folder: Path) -> str:
    """The table in Markdown, a row a notebook."""
    rows = ["| notebook | question | rests on | charts and explorers |", "|---|---|---|---|"]
    for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        prose, code = (
            "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == kind)
            for kind in ("markdown", "code")
        )
        heading = next(line.lstrip("# ") for line in prose.splitlines() if line.startswith("#"))
        rests_on = ", ".join(name for name, pattern in RESTS_ON.items() if pattern.search(code))
        shown = dict.fromkeys(f"`{name}`" for _, name in SHOWS.findall(code) if name not in NO_VIEW)
        rows.append(f"| [`{path.stem}`](notebooks/{path.name}) | {heading} | {rests_on} | {', '.join(shown)} |")
    return "\n".join(rows)


def with_table(readme: str, folder: Path) -> str:
    """``readme`` with the table of the notebooks in ``folder`` between its two marks."""
    before, rest = readme.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n\n{table(folder)}\n\n{END}{after}"


if __name__ == "__main__":
    target = ROOT / "README.md"
    target.write_text(with_table(target.read_text(encoding="utf-8"), ROOT / "notebooks"), encoding="utf-8")
