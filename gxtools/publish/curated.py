"""The curated notebooks: where they are, and a copy of one that reads another folder."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import nbformat

_DATA = re.compile(r"^DATA = .*?(?=\s*#|$)", re.MULTILINE)
_TAG = "parameters"


def notebook_paths() -> list[Path]:
    """The curated notebooks in the order of their numbers, from the installed package or else from the checkout.

    Raises ``FileNotFoundError`` where there are none.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if found := sorted(folder.glob("[0-9][0-9]_*.ipynb")):
            return found
    raise FileNotFoundError(2, "The curated notebooks are not there; install gxtools again", str(package / "notebooks"))


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """One notebook, in the current version of the format."""
    notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # typed in part
    return notebook


def on_folder(notebook: nbformat.NotebookNode, data: str) -> nbformat.NotebookNode:
    """A copy whose one cell tagged ``parameters`` says ``DATA = data``, without outputs, which were of other data.

    Raises ``ValueError`` for a notebook that has no such cell or several.
    """
    changed = copy.deepcopy(notebook)
    tagged = [cell for cell in changed.cells if _TAG in cell.metadata.get("tags", [])]
    if len(tagged) != 1 or len(_DATA.findall(tagged[0].source)) != 1:
        raise ValueError(f"a curated notebook needs one cell tagged '{_TAG}' with one line 'DATA = ...'")
    tagged[0].source = _DATA.sub(lambda _: f"DATA = {json.dumps(data, ensure_ascii=False)}", tagged[0].source)
    for cell in changed.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return changed
