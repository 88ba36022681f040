"""Runs the curated notebooks and stores their outputs, the same bytes every time.

Usage: python scripts/run_notebooks.py. What would change from run to run is left out: times, views of widgets, the
versions of kernel and language, and in how many pieces a text was printed.
"""

from __future__ import annotations

from pathlib import Path

import nbformat

from gxtools.publish.curated import read_notebook
from gxtools.publish.running import run_notebooks

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def run_and_store(folder: Path) -> None:
    """Run the notebooks of a folder and write them back, normalised."""
    notebooks = {path.name: read_notebook(path) for path in sorted(folder.glob("*.ipynb"))}
    run_notebooks(notebooks, folder)
    for name, notebook in notebooks.items():
        normalise(notebook)
        nbformat.write(notebook, folder / name)


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
        if "outputs" in cell:
            cell.outputs = with_whole_streams(cell.outputs)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})


def with_whole_streams(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """The outputs, what was printed in one go as one: a kernel sends it in as many pieces as its clock has it."""
    whole: list[nbformat.NotebookNode] = []
    for output in outputs:
        before = whole[-1] if whole else None
        if before is not None and output.output_type == before.output_type == "stream" and output.name == before.name:
            before.text += output.text
        else:
            whole.append(output)
    return whole


if __name__ == "__main__":
    run_and_store(NOTEBOOKS)
