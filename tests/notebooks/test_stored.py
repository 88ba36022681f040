"""The stored notebooks: the same bytes when run again, and nbval that sees a changed figure and a broken callback."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

NOTEBOOKS = ("00_start_here.ipynb", "01_one_report.ipynb")
FAILED = re.compile(r"\.ipynb::Cell (\d+)")
EXPLORER = Path("gxtools", "explore", "report_explorer.py")


def run_notebooks_script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_notebooks", root / "scripts" / "run_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def copied(root: Path, folder: Path) -> Path:
    """A folder with copies of the notebooks and of the shipped data."""
    shutil.copytree(root / "data", folder / "data")
    shutil.copytree(root / "notebooks", folder / "notebooks")
    return folder


def test_another_run_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    folder = copied(root, tmp_path) / "notebooks"
    run_notebooks_script(root).run_and_store(folder)
    for name in NOTEBOOKS:
        assert (folder / name).read_bytes() == (root / "notebooks" / name).read_bytes(), "run scripts/run_notebooks.py"


def nbval(folder: Path, name: str, package: Path | None = None) -> subprocess.Popen[str]:
    """Hold a copied notebook against what its cells give now; ``package`` is a folder with another gxtools."""
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    environment = os.environ | ({"PYTHONPATH": str(package)} if package else {})
    path = folder / "notebooks" / name
    return subprocess.Popen([*command, path], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)


def with_one_figure_changed(root: Path, folder: Path) -> subprocess.Popen[str]:
    page = copied(root, folder) / "data" / "reports" / "suqian_2024.html"
    change(page, ">1431<", ">1432<")
    return nbval(folder, "00_start_here.ipynb")


def with_explorer_changed(root: Path, folder: Path, sound: str, broken: str) -> subprocess.Popen[str]:
    package = copied(root, folder) / "package"
    shutil.copytree(root / "gxtools", package / "gxtools", ignore=shutil.ignore_patterns("__pycache__"))
    change(package / EXPLORER, sound, broken)
    return nbval(folder, "01_one_report.ipynb", package)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def failed_cells(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[int]]:
    """The cells that nbval finds wrong after each mutation. The runs go side by side: each waits on its kernel."""
    running = {
        "figure": with_one_figure_changed(root, tmp_path_factory.mktemp("figure")),
        "silent": with_explorer_changed(
            root, tmp_path_factory.mktemp("silent"), 'control.observe(self._changed, names="value")', "pass"
        ),
        "raising": with_explorer_changed(
            root, tmp_path_factory.mktemp("raising"), 'self._follow(change["owner"])', 'raise RuntimeError("broken")'
        ),
    }
    outputs = {name: process.communicate()[0] for name, process in running.items()}
    assert {name: process.returncode for name, process in running.items()} == dict.fromkeys(running, 1), outputs
    return {name: {int(number) for number in FAILED.findall(output)} for name, output in outputs.items()}


@pytest.mark.parametrize(
    ("mutation", "name", "source"),
    [
        ("figure", "00_start_here.ipynb", "gx.explore.findings(corpus)"),
        ("figure", "00_start_here.ipynb", "gx.charts.disclosure_rate(corpus)"),
        ("silent", "01_one_report.ipynb", "explorer.table.value = "),
        ("raising", "01_one_report.ipynb", "explorer.table.value = "),
    ],
)
def test_a_mutation_fails(root: Path, failed_cells: dict[str, set[int]], mutation: str, name: str, source: str) -> None:
    cells = json.loads((root / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    (number,) = (number for number, text in enumerate(code) if text.startswith(source))
    assert number in failed_cells[mutation]
    assert 0 not in failed_cells[mutation]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_prose_and_data_agree(root: Path, name: str) -> None:
    notebook = json.loads((root / "notebooks" / name).read_text(encoding="utf-8"))
    prose = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    manifest = json.loads((root / "data" / "manifest.json").read_text(encoding="utf-8"))
    assert {"三份报告", "两个机关", "three reports", "two bodies"} <= {
        words for words in ("三份报告", "两个机关", "three reports", "two bodies") if words in prose
    }
    assert len(manifest) == 3
    assert len({Path(file).name.split("_")[0] for file in manifest}) == 2
    sources = {entry["source"] for entry in manifest.values()}
    assert "read from a third party's comparison document; held against the agency's own page: not yet" in sources
    assert "read from a third party's comparison document; held against the agency's own page: not yet" in prose
    # Every figure of a report is computed: none stands in the prose.
    assert re.findall(r"\d+(?:\.\d+)?\s?%", prose) in ([], ["95%", "95 %"], ["95%", "95%"])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_cells_are_few_and_short(root: Path, name: str) -> None:
    cells = json.loads((root / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code[0]["metadata"] == {"tags": ["parameters"]}
    assert len(code) <= 13
    assert max(len(cell["source"]) for cell in code) <= 8
