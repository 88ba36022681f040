"""nbval itself, held against every output that the notebooks store: each of them, tampered with, must be caught.

The cells here put out again what a notebook stores, instead of computing it: one kernel and a few seconds do for all
notebooks, and the comparison is nbval's own, as strict as in the run that compares the notebooks with the code.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from gxtools.charts.renderer import MIME

FAILED = re.compile(r"\.ipynb::Cell (\d+)")
Output = dict[str, Any]


def stored_outputs(root: Path) -> dict[str, list[Output]]:
    """The outputs of every code cell of every notebook that has any, by notebook and number of the cell."""
    found = {}
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        found |= {f"{path.stem} {number}": cell["outputs"] for number, cell in enumerate(code) if cell["outputs"]}
    return found


def putting_out(outputs: list[Output], stored: list[Output]) -> nbformat.NotebookNode:
    """A cell that puts out ``outputs`` and stores ``stored``."""
    source = ["import json", "from IPython.display import publish_display_data"]
    for output in outputs:
        if output["output_type"] == "stream":
            source.append(f"print({''.join(output['text'])!r}, end='')")
        else:
            data = {mime: _joined(mime, value) for mime, value in output["data"].items()}
            source.append(f"publish_display_data(json.loads({json.dumps(data)!r}))")
    outputs_node = [nbformat.from_dict(output) for output in stored]
    return new_code_cell("\n".join(source), outputs=outputs_node, execution_count=1)


def _joined(mime: str, value: Any) -> Any:
    return value if mime.endswith("json") else "".join(value)


def one_digit_changed(outputs: list[Output]) -> list[Output] | None:
    """The last digit that an output of text, HTML or a chart's data shows, one higher; null where none is shown."""
    for number, output in enumerate(outputs):
        held = [("text", output["text"])] if output["output_type"] == "stream" else list(output["data"].items())
        for mime, value in held:
            text = json.dumps(value, ensure_ascii=False)
            digits = list(re.finditer(r"(?<![#\w.\\-])\d(?![\w%])", text))
            if not digits:
                continue
            place = digits[-1].start()
            changed = json.loads(text[:place] + str((int(text[place]) + 1) % 9 + 1) + text[place + 1 :])
            tampered = copy.deepcopy(outputs)
            target = tampered[number] if mime == "text" and "text" in output else tampered[number]["data"]
            target["text" if target is tampered[number] else mime] = changed
            return tampered
    return None


def an_encoding_changed(outputs: list[Output]) -> list[Output] | None:
    """The first chart drawn from another field; null where the cell shows no chart."""
    for number, output in enumerate(outputs):
        if MIME in output.get("data", {}):
            tampered = copy.deepcopy(outputs)
            text = json.dumps(output["data"][MIME])
            tampered[number]["data"][MIME] = json.loads(re.sub(r'("field": ")', r"\1other_", text, count=1))
            assert tampered[number]["data"][MIME] != output["data"][MIME]
            return tampered
    return None


def stripped(outputs: list[Output]) -> list[Output]:
    """Nothing stored where the cell puts something out."""
    return []


TAMPERINGS = {
    "untouched": lambda outputs: outputs,
    "a digit": one_digit_changed,
    "an encoding": an_encoding_changed,
    "stripped": stripped,
}


@pytest.fixture(scope="module")
def caught(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bool]:
    """Whether nbval finds a cell wrong, by tampering and cell."""
    cells: dict[tuple[str, str], nbformat.NotebookNode] = {}
    for name, outputs in stored_outputs(root).items():
        for tampering, tampered_with in TAMPERINGS.items():
            if (stored := tampered_with(outputs)) is not None:
                cells[tampering, name] = putting_out(outputs, stored)
    folder = tmp_path_factory.mktemp("tampered")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    nbformat.write(new_notebook(cells=list(cells.values())), folder / "all.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    run = subprocess.run([*command, folder / "all.ipynb"], cwd=folder, capture_output=True, text=True, check=False)
    failed = {int(number) for number in FAILED.findall(run.stdout)}
    assert run.returncode == 1, run.stdout
    return {key: number in failed for number, key in enumerate(cells)}


def test_what_is_stored_is_what_is_put_out(caught: dict[tuple[str, str], bool]) -> None:
    assert [name for (tampering, name), found in caught.items() if tampering == "untouched" and found] == []


@pytest.mark.parametrize("tampering", ["a digit", "an encoding", "stripped"])
def test_every_tampering_is_caught(caught: dict[tuple[str, str], bool], tampering: str) -> None:
    tried = {name: found for (kind, name), found in caught.items() if kind == tampering}
    assert len(tried) >= 5
    assert [name for name, found in tried.items() if not found] == []
