"""Runs the curated notebooks and stores their outputs, the same bytes every time.

Usage: python scripts/run_notebooks.py [NOTEBOOK ...]; by default all in notebooks/. Each runs in its own folder. What
would change from run to run is left out: times, views of widgets, the versions of kernel and language.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

from gxtools.publish.curated import read_notebook
from gxtools.publish.running import run_notebook

ROOT = Path(__file__).resolve().parent.parent
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def run_and_store(path: Path) -> None:
    """Run one notebook and write it back, normalised."""
    notebook = read_notebook(path)
    run_notebook(notebook, path.parent)
    normalise(notebook)
    nbformat.write(notebook, path)


def normalise(notebook: nbformat.NotebookNode) -> None:
    """Leave out of a notebook that was run what differs from run to run."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})


if __name__ == "__main__":
    given = [Path(name).resolve() for name in sys.argv[1:]]
    for notebook_path in given or sorted((ROOT / "notebooks").glob("*.ipynb")):
        run_and_store(notebook_path)
