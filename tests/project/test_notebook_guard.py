"""The shipped notebooks are fit to be tested and shown, and the guard that says so sees each planted fault."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.project.notebook_guard import MAX_BYTES, faults

ROOT = Path(__file__).resolve().parents[2]
Cell = dict[str, Any]


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").rglob("*.ipynb")), ids=lambda path: path.name)
def test_shipped_notebook_has_no_fault(path: Path) -> None:
    assert faults(path) == []


def test_there_are_notebooks_to_guard() -> None:
    assert list((ROOT / "notebooks").glob("*.ipynb")) != []


def output(mime: str, data: Any) -> Cell:
    return {"output_type": "display_data", "metadata": {}, "data": {mime: data}}


GOOD: Cell = {
    "cell_type": "code",
    "id": "a",
    "execution_count": 1,
    "metadata": {"tags": ["parameters"]},
    "source": ["# the address https://example.org in a comment\n", "print(1)"],
    "outputs": [
        {"output_type": "stream", "name": "stdout", "text": ["1\n"]},
        output(
            "text/html", '<svg xmlns="http://www.w3.org/2000/svg"></svg><a href="https://example.org/page">page</a>'
        ),
        output("application/vnd.vegalite.v5+json", {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}),
    ],
}


def written(folder: Path, *cells: Cell) -> Path:
    path = folder / "planted.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


def with_outputs(*outputs: Cell) -> Callable[[Cell], None]:
    return lambda cell: cell.update(outputs=list(outputs))


def with_tag(tag: str) -> Callable[[Cell], None]:
    return lambda cell: cell["metadata"].update(tags=[tag])


def with_source(source: Any) -> Callable[[Cell], None]:
    return lambda cell: cell.update(source=source)


def test_a_good_notebook_passes(tmp_path: Path) -> None:
    assert faults(written(tmp_path, GOOD)) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda cell: cell.update(execution_count=None), "was not run"),
        (with_tag("nbval-skip"), "tag nbval-skip"),
        (with_tag("nbval-ignore-output"), "tag nbval-ignore-output"),
        (with_tag("nbval-raises-exception"), "tag nbval-raises-exception"),
        (with_source(["x = 1\n", "# NBVAL_SKIP\n"]), "comment NBVAL_SKIP"),
        (with_source("#NBVAL_IGNORE_OUTPUT\nx"), "comment NBVAL_IGNORE_OUTPUT"),
        (with_source("# PYTEST_VALIDATE_IGNORE_OUTPUT"), "comment PYTEST_VALIDATE_IGNORE_OUTPUT"),
        (with_outputs({"output_type": "stream", "name": "stderr", "text": "warned"}), "holds stderr"),
        (with_outputs({"output_type": "error", "ename": "KeyError", "evalue": "", "traceback": []}), "KeyError"),
        (with_outputs(output("text/html", ["<script>import('https://", "cdn.example/x.js')</script>"])), "network"),
        (with_outputs(output("text/html", '<script src="https://cdn.example/x.js"></script>')), "network"),
        (with_outputs(output("text/html", '<img src="//cdn.example/x.png">')), "network"),
        (with_outputs(output("text/html", '<link rel="stylesheet" href="https://cdn.example/x.css">')), "network"),
        (
            with_outputs(output("text/html", "<style>p { background: url(https://cdn.example) }</style>")),
            "network",
        ),
        (
            with_outputs(output("application/vnd.vegalite.v5+json", {"data": {"url": "https://data.example"}})),
            "network",
        ),
        (with_outputs(output("application/javascript", 'fetch("https://cdn.example")')), "network"),
        (
            with_outputs(output("image/svg+xml", '<image href="http://cdn.example/x.png"/>')),
            "network",
        ),
    ],
)
def test_a_planted_fault_is_seen(tmp_path: Path, spoil: Callable[[Cell], None], fault: str) -> None:
    cell = copy.deepcopy(GOOD)
    spoil(cell)
    found = faults(written(tmp_path, GOOD, cell))
    assert found
    assert all(sentence.startswith("code cell 2: ") and fault in sentence for sentence in found)


def test_a_large_notebook_is_seen(tmp_path: Path) -> None:
    large = copy.deepcopy(GOOD)
    large["outputs"] = [output("text/plain", "x" * MAX_BYTES)]
    assert any("chart fewer rows" in sentence for sentence in faults(written(tmp_path, large)))


def test_a_notebook_without_code_is_seen(tmp_path: Path) -> None:
    text = {"cell_type": "markdown", "id": "b", "metadata": {}, "source": "words"}
    assert faults(written(tmp_path, text)) == ["no code cell: nothing is tested"]


def test_what_is_no_notebook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "no.ipynb"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no\.ipynb is no notebook"):
        faults(path)
